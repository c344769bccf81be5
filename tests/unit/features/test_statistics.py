"""Statistics of a passage: what each group says, and what must leave no trace in it."""

import dataclasses

import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features, Floats
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.statistics import FLOW_LAGS, GROUPS, N_BANDS, N_STATISTICS, statistics
from tests.signals import click_track, melody, sine

SPEC = FeatureSpec()
LENGTH = 129  # frames


def vector_of(features: Features) -> Floats:
    return statistics(features, start=2, stop=2 + LENGTH)


def group(features: Features, name: str) -> Floats:
    return vector_of(features)[GROUPS[name]]


@pytest.fixture(scope="module")
def tune() -> Features:
    return extract_features(melody(7.0), SPEC)


def test_groups_fill_the_vector_without_overlap() -> None:
    covered = [i for part in GROUPS.values() for i in range(part.start, part.stop)]
    assert covered == list(range(N_STATISTICS))


def test_statistics_of_one_passage(tune: Features) -> None:
    vector = vector_of(tune)
    assert vector.shape == (N_STATISTICS,)
    assert vector.dtype == np.float32
    timbre, part = vector[GROUPS["timbre"]], tune.mfcc[1:, 2 : 2 + LENGTH]
    assert timbre[:23] == pytest.approx(part.mean(axis=1), rel=1e-5)
    assert timbre[23:46] == pytest.approx(part.std(axis=1), rel=1e-5)


@pytest.mark.parametrize("name", ["harmony", "flow"])
def test_the_key_leaves_no_trace(name: str) -> None:
    low, high = (extract_features(sine(hz, 6.5), SPEC) for hz in (440.0, 440.0 * 2 ** (5 / 12)))
    assert group(low, name) == pytest.approx(group(high, name), abs=0.08)


def test_an_equaliser_leaves_no_trace_in_how_bands_move(tune: Features) -> None:
    tilt = np.linspace(-12, 9, N_BANDS, dtype=np.float32)[:, None]
    tilted = dataclasses.replace(tune, bands=tune.bands + tilt)
    for name in ("weave", "swing", "fluctuation"):
        assert group(tilted, name) == pytest.approx(group(tune, name), abs=1e-3)


def test_bands_that_move_together_correlate_and_a_still_one_goes_with_none(tune: Features) -> None:
    t = np.arange(tune.n_frames)
    wave = np.sin(t / 3).astype(np.float32)
    bands = np.zeros((N_BANDS, len(t)), dtype=np.float32)
    bands[0], bands[1], bands[2] = wave, 5 * wave, -wave
    found = group(dataclasses.replace(tune, bands=bands), "weave")
    assert found[:3] == pytest.approx([1.0, -1.0, 0.0], abs=1e-3)  # bands 0 with 1, 2 and 3


def test_what_beats_faster_stands_at_a_higher_step() -> None:
    slow, fast = (group(extract_features(click_track(bpm, 7.0), SPEC), "fluctuation") for bpm in (120, 480))
    assert slow.reshape(8, 8).sum(axis=1)[:3].argmax() == 1  # two a second: 1.9 to 2.4 Hz
    assert fast.reshape(8, 8).sum(axis=1).argmax() == 6  # eight a second: 6.5 to 8.2 Hz


def test_a_melody_that_rises_by_a_fifth_shows_at_seven_semitones(tune: Features) -> None:
    chroma = np.zeros((12, tune.n_frames), dtype=np.float32)
    step = FLOW_LAGS[2]
    chroma[7 * (np.arange(tune.n_frames) // step) % 12, np.arange(tune.n_frames)] = 1
    found = group(dataclasses.replace(tune, chroma=chroma), "flow").reshape(len(FLOW_LAGS), 12)
    assert found[2].argmax() == 7
    assert found.sum(axis=1) == pytest.approx(np.ones(len(FLOW_LAGS)), abs=1e-5)


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_silence_and_near_silence_have_finite_statistics(level: float) -> None:
    noise = level * np.random.default_rng(1).normal(size=round(6.5 * SPEC.sr))
    assert np.isfinite(vector_of(extract_features(Excerpt.from_samples(noise, SPEC.sr), SPEC))).all()
