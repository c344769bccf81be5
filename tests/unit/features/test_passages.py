"""Passages: where they begin, what a take shares with its track, and the pictures made of them."""

import librosa
import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats
from musicrec_desktop.features import passages, statistics
from musicrec_desktop.features.extract import analyse_blocks, extract_features
from tests.signals import melody, sine, white_noise

SPEC = FeatureSpec()
LENGTH, HOP = 129, 65  # frames


@pytest.mark.parametrize("n_frames", [1, 60, 128, 129, 130, 150, 151, 193, 194, 500, 646, 10_000])
def test_passages_cover_the_track(n_frames: int) -> None:
    starts = passages.passage_starts(n_frames, SPEC)
    assert starts[0] == 0
    assert (np.diff(starts) > 0).all()
    assert (np.diff(starts) <= HOP).all()
    assert starts[-1] + LENGTH <= max(n_frames, LENGTH)
    assert n_frames - (starts[-1] + LENGTH) < HOP // 3


def test_a_passage_is_six_seconds() -> None:
    assert passages.passage_frames(SPEC) == LENGTH
    assert passages.passage_starts(646, SPEC)[1] == HOP


def test_a_take_has_the_statistics_of_its_place_in_the_track() -> None:
    track = melody(30.0)
    start = 200 * SPEC.hop_length
    take = Excerpt(track.samples[start : start + 7 * SPEC.sr], SPEC.sr)
    starts_s, found = passages.take_statistics(extract_features(take, SPEC), SPEC)
    first = 200 + round(starts_s[0] * SPEC.frame_rate)
    expected = statistics.statistics(extract_features(track, SPEC), start=first, stop=first + LENGTH)
    # Only the floor, which follows the loudest of the surroundings, may differ.
    assert found[0] == pytest.approx(expected, rel=0.05, abs=0.25)


@pytest.mark.parametrize("duration_s", [3.0, 5.0, 6.0, 6.2, 10.0, 15.0])
def test_takes_of_any_length_have_passages(duration_s: float) -> None:
    starts_s, found = passages.take_statistics(extract_features(melody(duration_s), SPEC), SPEC)
    assert found.shape == (len(starts_s), statistics.N_STATISTICS)
    assert np.isfinite(found).all()
    assert starts_s[-1] + min(SPEC.passage_s, duration_s - 0.3) <= duration_s + 0.01


def test_a_stored_sequence_is_the_mfcc_to_within_half_a_step() -> None:
    features = extract_features(melody(12.0), SPEC)
    sequence = passages.quantised(passages.step_means(features.mfcc[1:13], SPEC), SPEC)
    n = len(sequence.values)
    expected = features.mfcc[1:13, : 2 * n].reshape(12, n, 2).mean(axis=2).T
    assert np.abs(sequence.mfcc() - expected).max(axis=0) == pytest.approx(sequence.scale / 2, rel=0.1)


def test_the_sequence_of_a_take_is_that_of_its_place_in_the_track() -> None:
    track = melody(20.0)
    start = 101 * SPEC.hop_length  # frame 1 of the take, its first, is then the first of a step of the track
    take = Excerpt(track.samples[start : start + 6 * SPEC.sr], SPEC.sr)
    found = passages.take_sequence(extract_features(take, SPEC), SPEC)
    stored = analyse_blocks([track], SPEC).sequence.mfcc()[51 : 51 + len(found)]
    assert found.shape == (64, 12)
    assert np.abs(found - stored).mean() < 1.0


def test_a_take_is_shifted_in_pitch_without_being_heard_again() -> None:
    rng = np.random.default_rng(3)
    song = melody(8.0).samples + rng.normal(0, 0.01, 8 * SPEC.sr).astype(np.float32)
    features = extract_features(Excerpt.from_samples(song, SPEC.sr), SPEC)
    own = passages.take_sequence(features, SPEC)
    for semitones in (-2, 2):
        heard = librosa.effects.pitch_shift(song, sr=SPEC.sr, n_steps=semitones)
        expected = passages.take_sequence(extract_features(Excerpt.from_samples(heard, SPEC.sr), SPEC), SPEC)
        found = passages.shifted_sequence(features, SPEC, semitones=semitones)
        assert _correlation(found, expected) > _correlation(own, expected) + 0.1
    unchanged = passages.shifted_sequence(features, SPEC, semitones=0)
    assert unchanged == pytest.approx(own, abs=1e-2)


def _correlation(a: Floats, b: Floats) -> float:
    return float(np.mean([np.corrcoef(x, y)[0, 1] for x, y in zip(a.T, b.T, strict=True)]))


def test_a_sound_print_shows_contrast_where_there_is_some() -> None:
    tone = analyse_blocks([sine(5_000.0, 8.0)], SPEC).sound_print
    assert tone.shape == (12, 14)
    noise = analyse_blocks([white_noise(8.0)], SPEC).sound_print
    assert len(np.unique(noise)) > 10
    alternating = np.concatenate([sine(300.0, 4.0).samples, sine(6_000.0, 4.0).samples])
    found = analyse_blocks([Excerpt.from_samples(alternating, SPEC.sr)], SPEC).sound_print.astype(float)
    assert found[1:4, 9:].mean() > found[1:4, :5].mean()  # the high rows are bright on the right
    assert found[-3:, :5].mean() > found[-3:, 9:].mean()


def test_the_summary_has_mean_and_deviation_of_every_family() -> None:
    summary = analyse_blocks([melody(8.0)], SPEC).summary
    for family in ("centroid_hz", "rolloff_hz", "zcr", "flatness", "onset", "harmonic_share", "level_db", "mfcc_3"):
        assert {f"{family}_mean", f"{family}_std"} <= set(summary)
    assert {f"chroma_{i}_mean" for i in range(12)} <= set(summary)
    assert 0 <= summary["harmonic_share_mean"] <= 1
    assert summary["tempo_bpm"] > 0
