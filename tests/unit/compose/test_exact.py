"""Arithmetic without a library's rounding is still right, and the same every time."""

import hashlib
import math

import numpy as np
import pytest

from tools.compose import exact
from tools.compose.exact import SR, Dice, Sound


def test_sine_by_table() -> None:
    cycles = np.linspace(-3, 3, 10001)
    assert np.abs(exact.sine(cycles) - np.sin(2 * np.pi * cycles)).max() < 5e-5
    assert math.isclose(exact.sine_of(0.25), 1.0, rel_tol=1e-12)


@pytest.mark.parametrize("x", [-40.3, -1.0, 0.0, 0.5, 1 / 12, 9.99])
def test_powers_of_two(x: float) -> None:
    assert math.isclose(exact.exp2(x), 2**x, rel_tol=1e-14)


def test_pitches() -> None:
    assert exact.hz_of(69) == 440.0
    assert math.isclose(exact.hz_of(60), 261.6255653, rel_tol=1e-9)


def test_decay_halves() -> None:
    gone = exact.decay(0.25, SR)
    assert np.allclose(gone[[0, SR // 4, SR // 2]], [1, 0.5, 0.25], rtol=1e-9)


def test_low_pass_is_the_recursion() -> None:
    x = Dice(1).noise(3000)
    a, y, by_hand = math.exp(-2 * math.pi * 300 / SR), 0.0, []
    for value in x:
        y = (1 - a) * value + a * y
        by_hand.append(y)
    assert np.abs(exact.low_pass(x, 300) - by_hand).max() < 1e-5


def test_envelopes_begin_and_end_at_rest() -> None:
    for shape in (exact.envelope(0.01, 0.5, 0.2), exact.closing(4800, 0.01, 0.02)):
        assert shape[0] < 1e-4
        assert shape[-1] < 1e-4
        assert shape.max() == 1.0
    assert len(exact.closing(5, 1.0, 1.0)) == 5


def test_dice_are_the_same_for_ever() -> None:
    """Frozen numbers: another NumPy or processor must throw the same."""
    dice = Dice(7, 3)
    assert [dice.below(1000) for _ in range(5)] == [975, 884, 231, 731, 405]
    assert _digest(Dice(1).noise(1000)) == "bb274b4df725502486b5791048c64b95b1ffb40d3476b0b6f7efa000249f46e1"


def test_the_sine_is_the_same_on_every_processor() -> None:
    found = exact.sine(np.arange(1000) / 777)
    assert _digest(found) == "f5c70b521df105f8c6bda4b102dc83e707e53eeb380004580f8d95dec9428fbd"


def _digest(x: Sound) -> str:
    return hashlib.sha256(x.tobytes()).hexdigest()


def test_noise_is_white_and_centred() -> None:
    noise = Dice(2).noise(100_000)
    assert -1 <= noise.min() < -0.99 < 0.99 < noise.max() < 1
    assert abs(noise.mean()) < 0.01
    assert abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.02
