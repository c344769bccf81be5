"""Which six seconds of a recording stand best for the whole?"""

import numpy as np

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Features
from musicrec_desktop.features.passages import passage_frames, take_statistics

QUIET_DB = 20.0  # a passage this much below the loudest is an intro or a pause


def typical_start(features: Features, spec: FeatureSpec) -> float:
    """Start in seconds of the passage closest to the median of all, silence and near-silence apart."""
    starts_s, statistics = take_statistics(features, spec)
    first = np.round(starts_s * features.frame_rate).astype(int)
    levels = np.array([features.rms[s : s + passage_frames(spec)].mean() for s in first])
    loud = levels >= levels.max() * 10 ** (-QUIET_DB / 20)
    spread = statistics[loud].std(axis=0) + 1e-6
    distance = np.abs((statistics - np.median(statistics[loud], axis=0)) / spread).mean(axis=1)
    distance[~loud] = np.inf
    return float(starts_s[distance.argmin()])
