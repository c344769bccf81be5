"""Sounds that are no music, to learn refusing from: noises, hum, tones, clicks, a metronome, engines, talking."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.curator.twins import twin

Signal = NDArray[np.float64]
DURATION_S = 6.0


def not_music(sr: int, rng: np.random.Generator, *, each: int) -> Iterator[Excerpt]:
    """`each` excerpts of every kind, two of three through a random microphone channel."""
    n = round(DURATION_S * sr)
    for make in _KINDS:
        for number in range(each):
            y = make(n, sr, rng)
            y = y / max(float(np.abs(y).max()), 1e-9) * rng.uniform(0.05, 0.9)
            samples = y.astype(np.float32)
            yield Excerpt.from_samples(twin(samples, sr, rng) if number % 3 else samples, sr)


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


def _clapping(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """A handful of people, each with a pace of his own."""
    hits = np.zeros(n)
    for _ in range(int(rng.integers(3, 50))):
        pace = rng.uniform(0.15, 0.5) * sr
        at = (np.arange(rng.uniform(0, pace), n, pace) + rng.normal(0, 0.1 * pace)).astype(int)
        hits[at[(at >= 0) & (at < n)]] += rng.uniform(0.2, 1.0)
    t = np.arange(round(0.03 * sr)) / sr
    clap = rng.standard_normal(len(t)) * np.exp(-t / np.exp(rng.uniform(np.log(0.001), np.log(0.008))))
    return np.asarray(np.convolve(hits, clap)[:n] + rng.choice((0.0, 0.01)) * _noise(n, rng))


def _engine(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """Motors, fans and vehicles: rumble, with a low buzz that rises or falls in it."""
    seconds = np.arange(n) / sr
    rumble = _coloured(n, sr, rng)
    y = rumble / rumble.std()
    for _ in range(int(rng.integers(1, 4))):
        hz = rng.uniform(25, 200) * (1 + rng.uniform(-0.03, 0.03) * seconds)
        phase = 2 * np.pi * np.cumsum(hz) / sr
        buzz = sum(np.sin(k * phase + rng.uniform(0, 6.28)) * rng.random() / k for k in range(1, 16))
        near = np.exp(-(((seconds - rng.uniform(-2, 8)) / np.exp(rng.uniform(np.log(0.5), np.log(20)))) ** 2))
        air = _band(n, sr, rng)
        y = y + near * (rng.uniform(0, 1.5) * buzz + rng.uniform(0, 3) * air / air.std())
    return np.asarray(y)


def _signal_tone(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """What telephones, alarms and appliances give: one tone or two, held, or on and off in an even measure."""
    seconds, tones = np.arange(n) / sr, np.exp(rng.uniform(np.log(250), np.log(3500), int(rng.integers(1, 4))))
    period, share = np.exp(rng.uniform(np.log(0.15), np.log(5.0))), rng.uniform(0.2, 0.9)
    sounding = (seconds / period) % 1 < (share if rng.random() < 0.7 else 1.0)
    if rng.random() < 0.3:  # one after the other, as a two-tone alarm
        chosen = (seconds / period).astype(int) % len(tones)
        y = np.sin(2 * np.pi * tones[chosen] * seconds)
    else:
        y = sum(np.sin(2 * np.pi * hz * seconds) * rng.uniform(0.5, 1) for hz in tones)
    return np.asarray(y * sounding + rng.choice((0.0, 0.003, 0.03)) * _noise(n, rng))


def _talking(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """A voice that says nothing: buzz or hiss through three moving resonances, syllable by syllable, with pauses."""
    y, at = np.zeros(n + 2 * sr), int(rng.integers(0, sr // 4))
    pitch, size, pace = np.exp(rng.uniform(np.log(75), np.log(280))), rng.uniform(0.85, 1.25), rng.uniform(0.7, 1.5)
    whispered, melody = rng.random() < 0.12, rng.uniform(0.02, 0.25)
    phrase = 0.0
    vowel = _vowel(rng)
    while at < n:
        long_s = rng.uniform(0.09, 0.28) * pace
        following = _vowel(rng)
        hz = pitch * np.exp(rng.normal(0, melody) - 0.12 * phrase)
        spoken = _syllable(round(long_s * sr), sr, rng, 0.0 if whispered else hz, (size * vowel, size * following))
        y[at : at + len(spoken)] += spoken * rng.uniform(0.3, 1.0)
        at, vowel, phrase = at + len(spoken), following, phrase + long_s
        if rng.random() < 0.45:
            hiss = _consonant(sr, rng)
            y[at : at + len(hiss)] += hiss
            at += len(hiss)
        if phrase > 1 and rng.random() < 0.15:
            at, phrase = at + int(rng.uniform(0.15, 0.8) * sr), 0.0
    return np.asarray(y[:n] + rng.choice((0.0, 0.002, 0.01)) * _noise(n, rng))


def _vowel(rng: np.random.Generator) -> Signal:
    """Its first three resonances in Hz, anywhere among those of human vowels (after Peterson & Barney, 1952)."""
    first, second = rng.uniform(270, 750), rng.uniform(850, 2300)
    return np.array([first, max(second, first + 300), rng.uniform(2300, 3200)])


def _syllable(n: int, sr: int, rng: np.random.Generator, hz: float, vowels: tuple[Signal, Signal]) -> Signal:
    """`n` samples gliding from one vowel to the next; `hz` 0 is whispered."""
    glide = np.linspace(0, 1, n)[:, None]
    resonances = (1 - glide) * vowels[0] + glide * vowels[1]
    level = np.sin(np.pi * np.linspace(0.02, 0.98, n)) ** rng.uniform(0.3, 1.0)
    if not hz:
        return np.asarray(level * _resonant_noise(n, sr, resonances.mean(axis=0), rng))
    falling = hz * np.exp(np.linspace(0, rng.normal(-0.06, 0.12), n)) * (1 + 0.01 * np.cumsum(_noise(n, rng)) / n**0.5)
    phase = 2 * np.pi * np.cumsum(falling) / sr
    y = np.zeros(n)
    for k in range(1, int(min(4500, sr / 2) / hz)):
        gains = 1 / (1 + ((k * falling[:, None] - resonances) / (50 + 0.05 * resonances)) ** 2)
        y += np.sin(k * phase) * (gains @ np.array([1.0, 0.6, 0.3]) + 0.01) / k**0.5
    return np.asarray(level * y)


def _resonant_noise(n: int, sr: int, resonances: Signal, rng: np.random.Generator) -> Signal:
    hz = np.fft.rfftfreq(n, 1 / sr)[:, None]
    gain = (1 / (1 + ((hz - resonances) / (80 + 0.08 * resonances)) ** 2)).sum(axis=1)
    y = np.fft.irfft(np.fft.rfft(_noise(n, rng)) * gain, n)
    return np.asarray(y / max(float(np.abs(y).max()), 1e-9))


def _consonant(sr: int, rng: np.random.Generator) -> Signal:
    """A hiss, or a stop: nothing, then a burst."""
    n = round(rng.uniform(0.04, 0.14) * sr)
    y = _resonant_noise(n, sr, np.array([rng.uniform(1200, 7000)]), rng) * np.sin(np.pi * np.linspace(0, 1, n))
    stop = np.concatenate([np.zeros(n // 2), y[: n // 4] * 2])
    return np.asarray(0.4 * (stop if rng.random() < 0.5 else y))


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
    _clapping,
    _engine,
    _signal_tone,
    _talking,
)
