"""Arithmetic that gives the same bits on every processor.

Only operations that IEEE 754 rounds exactly are used on the way to a sample: + - * / sqrt, floor, comparisons, table
look-ups and running sums in order. Not used: sin and exp of a library, FFT, matrix products, complex numbers and
reductions, whose last bits depend on the processor's vector unit. Random numbers are the raw output of PCG64, which
NumPy keeps the same for ever. What comes out is rounded to 16 bits at the end, once.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

SR = 48000
Sound = NDArray[np.float64]
T = TypeVar("T")

_PI = 3.141592653589793
_LN2 = 0.6931471805599453
_SINES = 1 << 17
_WAVE = 4096
_TERMS = 12


def _quarter_sine(x: Sound) -> Sound:
    """sin(x) for 0 <= x <= pi/2 by its series."""
    square, total = x * x, np.ones_like(x)
    for k in range(_TERMS, 0, -1):
        total = 1.0 - square / (2 * k * (2 * k + 1)) * total
    return np.asarray(x * total)


def _sine_table() -> Sound:
    quarter = _quarter_sine(np.asarray(np.arange(_SINES // 4 + 1) * (2 * _PI / _SINES)))
    half = np.concatenate([quarter[:-1], quarter[:0:-1]])
    return np.concatenate([half, -half])


_TABLE = _sine_table()


def sine(cycles: Sound) -> Sound:
    """sin of full turns, by table."""
    return np.asarray(_TABLE[((cycles - np.floor(cycles)) * _SINES).astype(np.int64) & (_SINES - 1)])


def sine_of(turns: float) -> float:
    return float(_TABLE[int((turns - math.floor(turns)) * _SINES) & (_SINES - 1)])


def exp2(x: float) -> float:
    """2 to the power of x."""
    whole = math.floor(x)
    rest, total = (x - whole) * _LN2, 1.0
    for k in range(18, 0, -1):
        total = 1.0 + rest / k * total
    return math.ldexp(total, whole)


def from_db(db: float) -> float:
    return exp2(db / 6.020599913279624)


def hz_of(midi: float) -> float:
    return 440.0 * exp2((midi - 69) / 12)


def n_samples(seconds: float) -> int:
    return math.floor(seconds * SR + 0.5)


def seconds(n: int) -> Sound:
    """The time of each of n samples."""
    return np.asarray(np.arange(n) / SR)


def decay(half_life_s: float, n: int) -> Sound:
    """1 at the beginning, half of it after every `half_life_s`."""
    out, filled, ratio = np.ones(n), 1, exp2(-1.0 / (half_life_s * SR))
    while filled < n:
        more = min(filled, n - filled)
        out[filled : filled + more] = out[:more] * ratio
        filled, ratio = 2 * filled, ratio * ratio
    return out


def smooth(n: int) -> Sound:
    """From 0 to 1 in n samples without a corner at either end."""
    x = (np.arange(n) + 0.5) / max(n, 1)
    return np.asarray(x * x * (3.0 - 2.0 * x))


def envelope(attack_s: float, held_s: float, release_s: float) -> Sound:
    """Rises, stays 1 while the note is held, and falls; it ends `release_s` after the note."""
    up, down = n_samples(attack_s), n_samples(release_s)
    held = max(n_samples(held_s), up + 1)
    return np.concatenate([smooth(up), np.ones(held - up), smooth(down)[::-1]])


def closing(n: int, attack_s: float, release_s: float) -> Sound:
    """An envelope of exactly n samples: rises, stays 1, and falls to its end."""
    up, down = min(n_samples(attack_s), n // 2), min(n_samples(release_s), n // 2)
    return np.concatenate([smooth(up), np.ones(n - up - down), smooth(down)[::-1]])


def low_pass(x: Sound, hz: float) -> Sound:
    """One pole: y[n] = (1 - a) x[n] + a y[n - 1], by doubling the reach until nothing is left to add."""
    a = exp2(-2 * _PI * hz / SR / _LN2)
    y, reach = (1.0 - a) * x, 1
    while a > 1e-7 and reach < len(y):
        y[reach:] = y[reach:] + a * y[:-reach]
        a, reach = a * a, 2 * reach
    return np.asarray(y)


def high_pass(x: Sound, hz: float) -> Sound:
    return np.asarray(x - low_pass(x, hz))


def total_of(x: Sound) -> float:
    """The sum, one after another."""
    return float(np.cumsum(x)[-1]) if len(x) else 0.0


@lru_cache(maxsize=4096)
def wave_table(strengths: tuple[float, ...]) -> Sound:
    """One turn of a wave with these harmonics, peak 1, and its first point once more at the end."""
    turn = np.arange(_WAVE) / _WAVE
    whole = np.zeros(_WAVE)
    for k, strength in enumerate(strengths, start=1):
        whole = whole + strength * sine(turn * k)
    whole = whole / np.abs(whole).max()
    return np.concatenate([whole, whole[:1]])


def wave(table: Sound, cycles: Sound) -> Sound:
    """A `wave_table`, read at these turns."""
    place = (cycles - np.floor(cycles)) * _WAVE
    before = place.astype(np.int64) & (_WAVE - 1)
    left = table[before]
    return np.asarray(left + (place - before) * (table[before + 1] - left))


def turns(hz: float, n: int, *, bend: Sound | None = None) -> Sound:
    """Turns of an oscillator; `bend` (n,) multiplies its frequency from moment to moment."""
    if bend is None:
        return np.asarray(np.arange(n) * (hz / SR))
    return np.asarray(np.cumsum(bend) * (hz / SR))


class Dice:
    """Random numbers from a seed, the same everywhere."""

    def __init__(self, *seed: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed))

    def unit(self) -> float:
        return float(int(self._bits.random_raw()) >> 11) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.unit()

    def below(self, n: int) -> int:
        return int(self.unit() * n)

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def chance(self, probability: float) -> bool:
        return self.unit() < probability

    def noise(self, n: int) -> Sound:
        """White, uniform between -1 and 1."""
        raw = self._bits.random_raw(n) >> np.uint64(11)
        return np.asarray(raw.astype(np.float64) / (1 << 52) - 1.0)
