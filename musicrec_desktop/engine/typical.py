"""Which six seconds of a recording stand best for the whole?"""

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Features, Floats
from musicrec_desktop.features.passages import passage_frames, take_statistics

QUIET_DB = 20.0  # a passage this much below the loudest is an intro or a pause


def typical_start(features: Features, spec: FeatureSpec) -> float:
    """Start in seconds of the passage closest to the median of all, silence and near-silence apart."""
    starts_s, statistics = take_statistics(features, spec)
    first = np.round(starts_s * features.frame_rate).astype(int)
    levels = np.array([features.rms[s : s + passage_frames(spec)].mean() for s in first])
    loud = levels >= levels.max() * 10 ** (-QUIET_DB / 20)
    return float(starts_s[most_typical(statistics, loud)])


def most_typical(statistics: Floats, counted: NDArray[np.bool_] | None = None) -> int:
    """Which of the passages (p, N_STATISTICS) is closest to the median of all, or of those that are counted."""
    counted = np.ones(len(statistics), np.bool_) if counted is None else counted
    spread = statistics[counted].std(axis=0) + 1e-6
    distance = np.abs((statistics - np.median(statistics[counted], axis=0)) / spread).mean(axis=1)
    distance[~counted] = np.inf
    return int(distance.argmin())
