"""The numbers the shipped model was trained on: whoever makes the extractor faster must not change them.

`pinned.npz` holds the statistics of three seeded songs as FeatureSpec version 3 has made them from the beginning. Only
a new version, with a new model and a new demonstration, may replace it: `python -m tests.unit.features.test_pinned`.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats, TrackAnalysis
from musicrec_desktop.features.extract import analyse_blocks, extract_features
from musicrec_desktop.features.passages import take_statistics
from tests.signals import chord, click_track, melody, silence, white_noise

SPEC = FeatureSpec()
PINNED = Path(__file__).with_name("pinned.npz")
SAME = 2e-4  # float32 sums in another order; the narrowest statistic deviates by 0.01 among songs


def song(name: str) -> Excerpt:
    parts = {
        "tune": [melody(9.0, seed=3), silence(2.5), melody(5.0, seed=4)],
        "beat": [click_track(126.0, 8.0), chord((220.0, 277.2, 329.6), 6.0), click_track(97.0, 5.0)],
        "noise": [white_noise(7.0, seed=5), melody(7.0, seed=6)],
    }[name]
    samples = np.concatenate([part.samples for part in parts])
    return Excerpt.from_samples(samples + 0.02 * white_noise(len(samples) / SPEC.sr, seed=7).samples, SPEC.sr)


def analysed(name: str) -> TrackAnalysis:
    return analyse_blocks([song(name)], SPEC)


def of_a_take(name: str) -> Floats:
    part = song(name).samples[SPEC.sr : SPEC.sr * 15 // 2]
    return take_statistics(extract_features(Excerpt(part, SPEC.sr), SPEC), SPEC)[1]


@pytest.mark.parametrize("name", ["tune", "beat", "noise"])
def test_the_numbers_are_those_the_model_was_trained_on(name: str) -> None:
    with np.load(PINNED) as pinned:
        found = analysed(name)
        assert SPEC.version == int(pinned["version"])
        assert found.statistics == pytest.approx(pinned[name], rel=SAME, abs=SAME)
        steps_off = found.sequence.values - pinned[f"{name} sequence"].astype(np.int16)
        assert np.abs(steps_off).max() <= 1  # a value between two steps may be rounded to either
        assert list(found.summary.values()) == pytest.approx(pinned[f"{name} summary"], rel=SAME, abs=SAME)
        assert of_a_take(name) == pytest.approx(pinned[f"{name} take"], rel=SAME, abs=SAME)


def pin() -> None:
    arrays: dict[str, NDArray[Any]] = {}
    for name in ("tune", "beat", "noise"):
        found = analysed(name)
        arrays |= {name: found.statistics, f"{name} take": of_a_take(name)}
        arrays[f"{name} sequence"] = found.sequence.values
        arrays[f"{name} summary"] = np.array(list(found.summary.values()))
    np.savez_compressed(PINNED, version=np.array(SPEC.version), **arrays)  # type: ignore[arg-type]  # numpy's own stub


if __name__ == "__main__":
    pin()
