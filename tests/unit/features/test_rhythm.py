"""Tempo, onsets, harmonic and percussive energy of signals whose answer is known."""

import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.features import rhythm
from musicrec_desktop.features.extract import extract_features
from tests.signals import chord, click_track, silence, sine, white_noise

SPEC = FeatureSpec()


def tempo_of(excerpt: Excerpt) -> float:
    return extract_features(excerpt, SPEC).tempo_bpm


@pytest.mark.parametrize("duration_s", [6.0, 30.0])
@pytest.mark.parametrize("bpm", [60, 75, 90, 100, 110, 120, 132, 140, 150, 160])
def test_clicks_read_their_tempo(bpm: float, duration_s: float) -> None:
    assert tempo_of(click_track(bpm, duration_s)) == pytest.approx(bpm, abs=2.0)


@pytest.mark.parametrize("bpm", [174, 200])
def test_a_fast_tempo_may_be_read_an_octave_lower(bpm: float) -> None:
    found = tempo_of(click_track(bpm, 20.0))
    assert min(abs(found - bpm), abs(2 * found - bpm)) < 2.0


def test_clicks_in_noise_read_their_tempo() -> None:
    samples = click_track(120.0, 12.0).samples + white_noise(12.0, level=0.1).samples
    assert tempo_of(Excerpt.from_samples(samples, SPEC.sr)) == pytest.approx(120.0, abs=2.0)


def test_nothing_beats_in_silence_or_in_a_second() -> None:
    assert tempo_of(silence(10.0)) == 0.0
    assert tempo_of(sine(440.0, 10.0)) == 0.0
    assert tempo_of(click_track(120.0, 1.0)) == 0.0


def test_the_tempo_of_a_long_track_is_that_of_its_parts() -> None:
    onset = extract_features(click_track(96.0, 20.0), SPEC).onset
    hours = np.tile(onset[:403], 300)  # 403 frames are about thirty beats
    assert rhythm.tempo_bpm(hours, SPEC.frame_rate) == pytest.approx(96.0, abs=2.0)


def test_clicks_are_percussive_and_chords_harmonic() -> None:
    shares = []
    for excerpt in (chord((220.0, 277.2, 329.6), 6.0), click_track(120.0, 6.0)):
        found = extract_features(excerpt, SPEC)
        shares.append(found.harmonic.sum() / (found.harmonic.sum() + found.percussive.sum()))
    assert shares[0] > 0.9
    assert shares[1] < 0.2


def test_autocorrelation_of_a_pulse_peaks_at_its_period() -> None:
    onset = np.zeros(200, dtype=np.float32)
    onset[::10] = 1.0
    found = rhythm.autocorrelation(onset, 45)
    assert found.shape == (45,)
    assert found[0] == pytest.approx(1.0)
    assert found[1:].argmax() + 1 in (10, 20, 30, 40)
    assert found[10] == pytest.approx(1.0, abs=0.05)


def test_autocorrelation_of_what_never_changes_is_zero() -> None:
    assert not rhythm.autocorrelation(np.full(100, 3.0, dtype=np.float32), 20).any()


def test_only_rises_are_onsets() -> None:
    mel_db = np.array([[0.0, 0.0], [10.0, -10.0], [0.0, -20.0]], dtype=np.float32)
    assert rhythm.onset_strength(mel_db, None).tolist() == [0.0, 5.0, 0.0]
    assert rhythm.onset_strength(mel_db, np.full((1, 2), -4.0, dtype=np.float32)).tolist() == [4.0, 5.0, 0.0]


def test_the_running_median_is_a_median() -> None:
    values = np.random.default_rng(1).normal(size=(40, 30)).astype(np.float32)
    found = rhythm._running_median(values)
    apart = [values[k : k + 40 - 8 * rhythm.MEDIAN_STEP] for k in range(0, 9 * rhythm.MEDIAN_STEP, rhythm.MEDIAN_STEP)]
    assert found.tolist() == np.median(apart, axis=0).tolist()
