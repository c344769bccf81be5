"""A recording gathered piece by piece is the recording at once, and hours of it take little memory."""

import itertools
import tracemalloc

import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features
from musicrec_desktop.features import extract
from musicrec_desktop.features.extract import analyse_blocks, extract_features
from musicrec_desktop.features.gathering import FRAME_ARRAYS, Gathering
from tests.signals import click_track, melody, white_noise

SPEC = FeatureSpec()
CHUNK_S = extract.CHUNK_FRAMES / SPEC.frame_rate


@pytest.fixture(scope="module")
def song() -> Excerpt:
    parts = [melody(31.0, seed=2), click_track(110.0, 22.0), white_noise(9.0)]
    return Excerpt.from_samples(np.concatenate([part.samples for part in parts]), SPEC.sr)


def test_every_array_of_frames_is_known(song: Excerpt) -> None:
    features = extract_features(song.part(0, 4.0), SPEC)
    names = [name for name in Features.__dataclass_fields__ if isinstance(getattr(features, name), np.ndarray)]
    assert sorted(names) == sorted(FRAME_ARRAYS)


@pytest.mark.parametrize("duration_s", [4.0, 2.9 * CHUNK_S, 4 * CHUNK_S, 62.0])
def test_many_pieces_are_one(song: Excerpt, duration_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    part = song.part(0, duration_s)
    whole = analyse_blocks([part], SPEC)
    monkeypatch.setattr(extract, "PIECE_CHUNKS", 1)
    found = analyse_blocks([part.part(at, 1.0) for at in np.arange(0, duration_s, 1.0)], SPEC)
    assert found.passage_starts_s.tolist() == whole.passage_starts_s.tolist()
    assert found.statistics == pytest.approx(whole.statistics, rel=1e-4, abs=1e-4)
    assert np.abs(found.sequence.values.astype(int) - whole.sequence.values).max() <= 1
    assert found.summary == pytest.approx(whole.summary, rel=1e-5, abs=1e-5)
    assert np.abs(found.sound_print.astype(int) - whole.sound_print).max() <= 1
    assert (found.duration_s, found.level_db) == pytest.approx((whole.duration_s, whole.level_db))


def test_a_summary_has_the_means_and_deviations_of_all_frames(song: Excerpt) -> None:
    features, found = extract_features(song, SPEC), analyse_blocks([song], SPEC).summary
    assert found["mfcc_3_mean"] == pytest.approx(float(features.mfcc[3].mean()), rel=1e-4)
    assert found["centroid_hz_std"] == pytest.approx(float(features.centroid_hz.std()), rel=1e-4)
    assert found["tempo_bpm"] == features.tempo_bpm


def test_an_hour_more_takes_a_few_megabytes_more() -> None:
    """The statistics and the sequence of an hour are 5 MB, the bands of half of it 2."""
    features = extract_features(melody(60.0), SPEC)

    def peak_bytes(minutes: int) -> int:
        tracemalloc.start()
        gathering = Gathering(SPEC)
        for piece in itertools.repeat(features, minutes):
            gathering.take(piece)
        gathering.finish(duration_s=60.0 * minutes)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak_bytes(65) - peak_bytes(5) < 20e6
