"""Block by block equals whole, and tones keep their place."""

import numpy as np
import pytest

from musicrec_desktop.audio.resample import Resampler, resample
from tests.signals import melody, silence, sine


@pytest.mark.parametrize("sr_in", [8000, 16000, 22050, 44100, 48000, 96000])
@pytest.mark.parametrize("block", [1, 441, 65536])
def test_blocks_equal_the_whole(sr_in: int, block: int) -> None:
    excerpt = melody(0.5 if block == 1 else 5.0, sr=sr_in)
    resampler = Resampler(sr_in, 22050)
    starts = range(0, len(excerpt.samples), block)
    parts = [resampler.push(excerpt.samples[at : at + block]) for at in starts]
    streamed = np.concatenate([*parts, resampler.finish()])
    whole = resample(excerpt, 22050)
    assert whole.sr == 22050
    assert len(streamed) == len(whole.samples) == round(len(excerpt.samples) * 22050 / sr_in)
    np.testing.assert_allclose(streamed, whole.samples, atol=1e-6)


def test_a_tone_keeps_its_pitch_level_and_phase() -> None:
    there = resample(sine(1000, 2.0, sr=48000), 22050).samples
    wanted = sine(1000, 2.0, sr=22050).samples
    np.testing.assert_allclose(there[500:-500], wanted[500:-500], atol=1e-4)


def test_what_the_new_rate_cannot_hold_is_gone() -> None:
    assert np.abs(resample(sine(15000, 1.0, sr=48000), 22050).samples[500:-500]).max() < 1e-4


def test_the_same_rate_changes_nothing() -> None:
    excerpt = melody(1.0)
    assert resample(excerpt, excerpt.sr) is excerpt
    assert len(resample(silence(0.0), 44100).samples) == 0
