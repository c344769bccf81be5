"""The stream: block-wise equals whole, gain leaves no trace, silence is finite, hours need little memory."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from musicrec_desktop.core.errors import TooShort
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features, Floats
from musicrec_desktop.features.extract import FeatureStream, analyse_blocks, extract_features
from musicrec_desktop.features.statistics import N_STATISTICS
from tests.signals import click_track, melody, silence, sine, white_noise

SPEC = FeatureSpec()
SAME = 1e-5
TWO_HOURS_BYTES = 300e6


def blocks_of(excerpt: Excerpt, size: int) -> Iterator[Excerpt]:
    for start in range(0, len(excerpt.samples), size):
        yield Excerpt(excerpt.samples[start : start + size], excerpt.sr)


def streamed(excerpt: Excerpt, size: int) -> Features:
    stream = FeatureStream(SPEC)
    for block in blocks_of(excerpt, size):
        stream.push(block)
    return stream.finish()


def arrays(features: Features) -> dict[str, Floats]:
    found = {field.name: getattr(features, field.name) for field in fields(features)}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


def assert_same(found: Features, expected: Features) -> None:
    for name, values in arrays(expected).items():
        assert arrays(found)[name] == pytest.approx(values, rel=SAME, abs=SAME), name
    assert found.tempo_bpm == pytest.approx(expected.tempo_bpm, rel=SAME)
    assert found.duration_s == expected.duration_s


@pytest.fixture(scope="module")
def song() -> Excerpt:
    """Melody, a pause and clicks over noise: every family has something to say. Longer than several chunks."""
    parts = [melody(9.0), silence(4.0), click_track(120.0, 8.0)]
    samples = np.concatenate([part.samples for part in parts]) + 0.01 * white_noise(21.0).samples
    return Excerpt.from_samples(samples, SPEC.sr)


@pytest.fixture(scope="module")
def whole(song: Excerpt) -> Features:
    return extract_features(song, SPEC)


# -- block by block


@pytest.mark.parametrize("size", [777, 1024, 65_536, 131_072])
def test_blocks_equal_the_whole(song: Excerpt, whole: Features, size: int) -> None:
    assert_same(streamed(song, size), whole)


def test_single_samples_equal_the_whole() -> None:
    excerpt = melody(6.5)  # just beyond the first chunk of frames
    assert_same(streamed(excerpt, 1), extract_features(excerpt, SPEC))


@pytest.mark.parametrize("n", [0, 1, 1023, 1024, 1025, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 129 * 1024])
def test_the_number_of_frames_is_librosas(n: int) -> None:
    excerpt = Excerpt(white_noise(7.0).samples[:n], SPEC.sr)
    found = extract_features(excerpt, SPEC)
    assert found.n_frames == 1 + n // SPEC.hop_length
    for name, values in arrays(found).items():
        assert values.shape[-1] == found.n_frames, name
        assert np.isfinite(values).all(), name


def test_empty_blocks_change_nothing(song: Excerpt, whole: Features) -> None:
    stream = FeatureStream(SPEC)
    nothing = Excerpt(song.samples[:0], SPEC.sr)
    for block in (nothing, song, nothing):
        stream.push(block)
    assert_same(stream.finish(), whole)


def test_what_lies_beyond_the_horizon_changes_nothing() -> None:
    quiet, loud = melody(10.0, level=0.01), white_noise(5.0, level=0.9)
    alone = extract_features(quiet, SPEC)
    followed = extract_features(Excerpt.from_samples(np.concatenate([quiet.samples, loud.samples]), SPEC.sr), SPEC)
    known = alone.n_frames - round(SPEC.horizon_s * SPEC.frame_rate) - 2
    for name, values in arrays(alone).items():
        expected = values[..., :known]
        assert arrays(followed)[name][..., :known] == pytest.approx(expected, rel=SAME, abs=SAME), name


@pytest.mark.parametrize("sr", [8_000, 44_100, 48_000])
def test_another_rate_is_refused(sr: int) -> None:
    with pytest.raises(ValueError, match=f"{sr} Hz"):
        extract_features(silence(1.0, sr=sr), SPEC)


def test_features_cannot_be_written_to(whole: Features) -> None:
    assert not any(values.flags.writeable for values in arrays(whole).values())
    assert whole.fingerprint == SPEC.fingerprint()


# -- signals with a known answer


def test_silence_is_finite() -> None:
    found = extract_features(silence(8.0), SPEC)
    assert all(np.isfinite(values).all() for values in arrays(found).values())
    assert found.tempo_bpm == 0.0
    assert not found.rms.any()
    assert not found.chroma.any()
    analysis = analyse_blocks([silence(8.0)], SPEC)
    assert np.isfinite(analysis.statistics).all()
    assert all(np.isfinite(value) for value in analysis.summary.values())


def test_a_tone_of_440_hz_is_an_a() -> None:
    chroma = extract_features(sine(440.0, 5.0), SPEC).chroma
    assert (chroma.argmax(axis=0) == 9).all()
    assert chroma[[c for c in range(12) if c != 9]].mean() < 0.1


@pytest.mark.parametrize("semitones", range(12))
def test_every_note_has_its_class(semitones: int) -> None:
    chroma = extract_features(sine(261.6256 * 2 ** (semitones / 12), 3.0), SPEC).chroma
    assert chroma.mean(axis=1).argmax() == semitones


def test_a_tone_is_at_its_frequency() -> None:
    found = extract_features(sine(1000.0, 5.0), SPEC)
    inner = slice(2, -2)
    assert found.centroid_hz[inner] == pytest.approx(1000.0, rel=0.02)
    assert found.rolloff_hz[inner] == pytest.approx(1000.0, abs=2 * SPEC.sr / SPEC.n_fft)
    assert found.zcr[inner] == pytest.approx(2 * 1000.0 / SPEC.sr, abs=1.5 / SPEC.n_fft)
    assert found.rms[inner] == pytest.approx(0.3 / np.sqrt(2), rel=0.01)


def test_white_noise_is_flat_and_crosses_zero_every_other_sample() -> None:
    noise, tone = extract_features(white_noise(6.0), SPEC), extract_features(sine(440.0, 6.0), SPEC)
    assert noise.zcr.mean() == pytest.approx(0.5, abs=0.01)
    assert noise.flatness.mean() == pytest.approx(np.exp(-np.euler_gamma), abs=0.03)  # of exponentially spread power
    assert noise.centroid_hz.mean() == pytest.approx(SPEC.sr / 4, rel=0.03)
    assert tone.flatness[2:-2].max() < 1e-4


# -- what the catalogue keeps


def test_shapes_of_an_analysis() -> None:
    analysis = analyse_blocks(blocks_of(melody(21.0), 50_000), SPEC)
    n_frames = 1 + 21 * SPEC.sr // SPEC.hop_length
    assert analysis.duration_s == pytest.approx(21.0)
    assert analysis.statistics.shape == (len(analysis.passage_starts_s), N_STATISTICS)
    assert analysis.sequence.values.shape == (n_frames // SPEC.sequence_frames_per_step, SPEC.sequence_n_mfcc)
    assert analysis.sequence.rate == pytest.approx(SPEC.sequence_rate)
    assert analysis.sound_print.shape == (12, 14)
    assert analysis.sound_print.dtype == np.uint8
    assert np.isfinite(analysis.statistics).all()


def test_the_level_is_that_of_the_samples() -> None:
    excerpt = white_noise(10.0)
    expected = 10 * np.log10(np.mean(np.square(excerpt.samples, dtype=np.float64)))
    assert analyse_blocks([excerpt], SPEC).level_db == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("duration_s", [0.0, 0.5, 2.99])
def test_less_than_three_seconds_is_too_short(duration_s: float) -> None:
    with pytest.raises(TooShort) as caught:
        analyse_blocks([melody(max(duration_s, 0.01)).part(0.0, duration_s)], SPEC)
    assert caught.value.got_s == pytest.approx(duration_s, abs=0.01)
    assert caught.value.needed_s == 3.0


def test_no_blocks_at_all_is_too_short() -> None:
    with pytest.raises(TooShort):
        analyse_blocks([], SPEC)


def test_three_seconds_are_one_passage() -> None:
    analysis = analyse_blocks([melody(3.0)], SPEC)
    assert analysis.passage_starts_s.tolist() == [0.0]
    assert np.isfinite(analysis.statistics).all()


@pytest.mark.parametrize("gain_db", [-20.0, 10.0])
def test_gain_leaves_no_trace_in_the_statistics(song: Excerpt, gain_db: float) -> None:
    quieter = Excerpt.from_samples(0.2 * song.samples, SPEC.sr)
    changed = Excerpt.from_samples(quieter.samples * 10 ** (gain_db / 20), SPEC.sr)
    expected, found = (analyse_blocks([each], SPEC) for each in (quieter, changed))
    assert found.statistics == pytest.approx(expected.statistics, rel=2e-3, abs=2e-3)
    assert found.sequence.mfcc() == pytest.approx(expected.sequence.mfcc(), abs=2e-2)
    assert found.level_db - expected.level_db == pytest.approx(gain_db, abs=0.01)


def test_ten_minutes_need_a_twelfth_of_what_two_hours_may() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 60 * SPEC.sr).astype(np.float32)
    minute = Excerpt.from_samples(noise, SPEC.sr)
    tracemalloc.start()
    try:
        analysis = analyse_blocks((minute for _ in range(10)), SPEC)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert analysis.duration_s == 600
    assert peak < TWO_HOURS_BYTES / 12
