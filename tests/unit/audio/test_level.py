"""Levels of signals whose level is known."""

import numpy as np
import pytest

from musicrec_desktop.audio.level import FLOOR_DB, SILENT, level_of
from tests.signals import silence, sine


def test_a_full_sine_has_minus_three_db() -> None:
    level = level_of(sine(440, 1.0, level=0.98).samples)
    assert level.rms_db == pytest.approx(-3.01 - 0.18, abs=0.02)
    assert level.peak_db == pytest.approx(-0.18, abs=0.01)
    assert not level.clipped


def test_a_tenth_is_twenty_db_less() -> None:
    loud, soft = level_of(sine(440, 1.0, level=0.5).samples), level_of(sine(440, 1.0, level=0.05).samples)
    assert loud.rms_db - soft.rms_db == pytest.approx(20.0, abs=0.01)


def test_silence_is_at_the_floor() -> None:
    assert level_of(silence(1.0).samples) == SILENT == level_of(np.zeros(0, np.float32))
    assert SILENT.rms_db == FLOOR_DB


def test_clipping_is_a_share_of_the_samples() -> None:
    samples = np.zeros(1000, np.float32)
    samples[:100] = 1.0
    samples[100:150] = -1.0
    assert level_of(samples).clipped_share == pytest.approx(0.15)
    assert level_of(np.clip(sine(440, 1.0, level=3.0).samples, -1, 1)).clipped_share > 0.5
