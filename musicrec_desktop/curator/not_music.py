"""Sounds that are no music, to learn refusing from: noises, hum, tones, clicks, crackle, a metronome."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.curator.twins import twin

Signal = NDArray[np.float64]
DURATION_S = 6.0


def not_music(sr: int, rng: np.random.Generator, *, each: int) -> Iterator[Excerpt]:
    """`each` excerpts of every kind, every third one through a random microphone channel."""
    n = round(DURATION_S * sr)
    for make in _KINDS:
        for number in range(each):
            y = make(n, sr, rng)
            y = y / max(float(np.abs(y).max()), 1e-9) * rng.uniform(0.05, 0.9)
            samples = y.astype(np.float32)
            yield Excerpt.from_samples(twin(samples, sr, rng) if number % 3 == 2 else samples, sr)


def _coloured(n: int, sr: int, rng: np.random.Generator) -> Signal:
    spectrum = np.fft.rfft(rng.standard_normal(n))
    hz = np.maximum(np.fft.rfftfreq(n, 1 / sr), 20.0)
    return np.asarray(np.fft.irfft(spectrum * hz ** -rng.uniform(-0.2, 1.3), n))


def _band(n: int, sr: int, rng: np.random.Generator) -> Signal:
    low, high = np.sort(np.exp(rng.uniform(np.log(60), np.log(9000), 2)))
    hz = np.maximum(np.fft.rfftfreq(n, 1 / sr), 1.0)
    gain = 1 / (1 + (low / hz) ** 4) / (1 + (hz / max(high, 1.5 * low)) ** 4)
    return np.asarray(np.fft.irfft(np.fft.rfft(rng.standard_normal(n)) * gain, n))


def _swelling(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """Noise whose loudness comes and goes: wind, surf, traffic, an audience."""
    knots = rng.gamma(1.0, 1.0, size=int(n / sr * np.exp(rng.uniform(np.log(0.5), np.log(12)))) + 2)
    envelope = np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots)
    return _band(n, sr, rng) * envelope


def _hum(n: int, sr: int, rng: np.random.Generator) -> Signal:
    t, base = np.arange(n) / sr, rng.choice((50.0, 60.0)) * rng.uniform(0.995, 1.005)
    partials = [np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6.28)) * rng.random() / k for k in range(1, 7)]
    return np.asarray(sum(partials) + np.sin(2 * np.pi * base * t) + rng.choice((0.0, 0.003, 0.03)) * _noise(n, rng))


def _tone(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """A held tone, pure or with overtones, sometimes drifting."""
    hz = np.exp(rng.uniform(np.log(60), np.log(5000)))
    phase = 2 * np.pi * hz * np.arange(n) / sr * (1 + rng.choice((0.0, 0.05)) * np.arange(n) / n)
    partials = [np.sin(k * phase) * rng.random() / k for k in range(2, int(min(8, sr / 2 / hz)))]
    return np.asarray(np.sin(phase) + sum(partials) + rng.choice((0.0, 0.003, 0.03)) * _noise(n, rng))


def _clicks(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """Single samples or short bursts at random times: crackle, typing, rain on the microphone."""
    hits = (rng.random(n) < np.exp(rng.uniform(np.log(3e-5), np.log(2e-3)))) * rng.uniform(0.2, 1.0, n)
    return np.asarray(_struck(hits, sr, rng) + rng.choice((0.0, 0.002)) * _noise(n, rng))


def _metronome(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """One and the same short sound at even distances."""
    hits = np.zeros(n)
    hits[rng.integers(0, sr // 4) :: round(60 / rng.uniform(40, 220) * sr)] = 1.0
    return np.asarray(_struck(hits, sr, rng) + rng.choice((0.0, 0.002)) * _noise(n, rng))


def _struck(hits: Signal, sr: int, rng: np.random.Generator) -> Signal:
    """Every hit as a decaying burst or a bare click."""
    if rng.random() < 0.4:
        return hits
    t = np.arange(round(0.05 * sr)) / sr
    ring = np.sin(2 * np.pi * rng.uniform(300, 5000) * t) if rng.random() < 0.5 else rng.standard_normal(len(t))
    burst = ring * np.exp(-t / rng.uniform(0.001, 0.015))
    return np.asarray(np.convolve(hits, burst)[: len(hits)])


def _applause(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """Very many soft claps."""
    hits = rng.poisson(rng.uniform(50, 1500) / sr, n) * rng.uniform(0.1, 1.0, n)
    t = np.arange(round(0.01 * sr)) / sr
    return np.asarray(np.convolve(hits, rng.standard_normal(len(t)) * np.exp(-t / 0.002))[:n])


def _noise(n: int, rng: np.random.Generator) -> Signal:
    return rng.standard_normal(n)


_KINDS: tuple[Callable[[int, int, np.random.Generator], Signal], ...] = (
    _coloured,
    _band,
    _swelling,
    _hum,
    _tone,
    _clicks,
    _metronome,
    _applause,
)
