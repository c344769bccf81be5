"""Excerpts check once, at the door; what crosses threads cannot be changed."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Excerpt, MfccSequence, frozen


def test_channels_are_averaged() -> None:
    stereo = np.array([[1.0, 0.0], [0.5, -0.5]])
    assert Excerpt.from_samples(stereo, 8000).samples.tolist() == [0.5, 0.0]


def test_integers_become_fractions_of_full_scale() -> None:
    pcm = np.array([0, 16384, 32767, -32767], dtype=np.int16)
    assert Excerpt.from_samples(pcm, 8000).samples == pytest.approx([0.0, 0.5, 1.0, -1.0], abs=1e-4)


def test_what_is_not_finite_becomes_silence() -> None:
    samples = np.array([0.1, np.nan, np.inf, -np.inf], dtype=np.float32)
    assert Excerpt.from_samples(samples, 8000).samples.tolist() == pytest.approx([0.1, 0.0, 0.0, 0.0])


def test_samples_are_a_copy_that_nobody_can_write_to() -> None:
    source = np.zeros(4, dtype=np.float32)
    excerpt = Excerpt.from_samples(source, 8000)
    source[:] = 1.0
    assert not excerpt.samples.any()
    with pytest.raises(ValueError, match="read-only"):
        excerpt.samples[0] = 1.0


@pytest.mark.parametrize(("shape", "sr"), [((2, 2, 2), 8000), ((), 8000), ((4,), 0), ((4,), -1)])
def test_other_shapes_and_rates_are_refused(shape: tuple[int, ...], sr: int) -> None:
    with pytest.raises(ValueError, match="samples of shape"):
        Excerpt.from_samples(np.zeros(shape), sr)


def test_duration_and_part() -> None:
    excerpt = Excerpt.from_samples(np.arange(100) / 100, 10)
    assert excerpt.duration_s == 10.0
    part = excerpt.part(2.0, 3.0)
    assert part.samples == pytest.approx(np.arange(20, 50) / 100)
    assert part.sr == 10
    assert len(excerpt.part(9.0, 5.0).samples) == 10
    assert len(excerpt.part(20.0, 5.0).samples) == 0
    assert excerpt.part(-1.0, 2.0).samples == pytest.approx(excerpt.samples[:20])


def test_a_stored_sequence_gives_mfcc_back() -> None:
    values = np.array([[127, -127], [0, 64]], dtype=np.int8)
    sequence = MfccSequence(frozen(values), frozen(np.array([0.5, 2.0], dtype=np.float32)), 10.0)
    assert sequence.mfcc().tolist() == [[63.5, -254.0], [0.0, 128.0]]
    assert sequence.mfcc().dtype == np.float32
