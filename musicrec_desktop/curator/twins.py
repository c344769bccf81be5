"""Microphone twins: a passage as some loudspeaker, room and microphone might have passed it on.

Training sees every song through many random channels, so that what survives is the music. Breadth matters more
than realism: band limits, equalisation, saturation, reverberation, noise of several kinds, level, quantisation.
"""

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

Signal = NDArray[np.float64]


def twin(samples: Floats, sr: int, rng: np.random.Generator) -> Floats:
    """`samples` (n,) at `sr` through one random channel; the same generator state gives the same twin."""
    y = samples.astype(np.float64)
    y = y / max(float(np.abs(y).max()), 1e-6)
    if rng.random() < 0.8:
        y = _saturated(y, rng)
    y = _filtered(y, _loudspeaker(len(y), sr, rng))
    if rng.random() < 0.25:
        y = _saturated(y, rng)
    y = _reverberated(y, sr, rng)
    snr_db = rng.uniform(0.0, 12.0) if rng.random() < 0.35 else rng.uniform(8.0, 28.0)
    y = y + _noise(len(y), sr, rng) * _rms(y) * 10 ** (-snr_db / 20)
    peak = 10 ** (rng.uniform(-30.0, 0.0) / 20)
    y = y / max(float(np.abs(y).max()), 1e-9) * peak
    return (np.round(y * 32767) / 32768).astype(np.float32)


def _rms(y: Signal) -> float:
    return float(np.sqrt(np.mean(np.square(y)) + 1e-12))


def _saturated(y: Signal, rng: np.random.Generator) -> Signal:
    drive, bias = rng.uniform(0.4, 2.5), rng.uniform(-0.15, 0.15)
    bent: Signal = np.tanh(drive * (y / (np.abs(y).max() + 1e-9)) + bias)
    return np.asarray(bent - bent.mean())


def _filtered(y: Signal, gain: Signal) -> Signal:
    """Zero-phase filter with the given gain at each FFT bin of len(gain) * 2 - 2 samples."""
    n = 2 * (len(gain) - 1)
    return np.asarray(np.fft.irfft(np.fft.rfft(y, n) * gain, n)[: len(y)])


def _good_size(n: int) -> int:
    """The next power of two, or one and a half times one: sizes an FFT likes."""
    power = 1 << int(np.ceil(np.log2(n)))
    return power * 3 // 4 if power * 3 // 4 >= n else power


def _loudspeaker(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """Band limits with random slopes, a random tilt and a few resonances, as a gain per FFT bin."""
    hz = np.maximum(np.fft.rfftfreq(_good_size(n), 1 / sr), 1.0)
    low_hz, high_hz = np.exp(rng.uniform(np.log(60), np.log(400))), np.exp(rng.uniform(np.log(3500), np.log(11000)))
    low_order, high_order = rng.uniform(1.0, 4.0), rng.uniform(1.0, 5.0)
    gain = 1 / np.sqrt(1 + (low_hz / hz) ** (2 * low_order)) / np.sqrt(1 + (hz / high_hz) ** (2 * high_order))
    octaves = np.log2(hz / 1000)
    curve_db = rng.uniform(-3.0, 3.0) * np.clip(octaves, -4, 4)
    for _ in range(rng.integers(2, 7)):
        centre, width = rng.uniform(-3.5, 3.0), rng.uniform(0.12, 1.0)
        curve_db = curve_db + rng.uniform(-9.0, 9.0) * np.exp(-0.5 * ((octaves - centre) / width) ** 2)
    return np.asarray(gain * 10 ** (np.clip(curve_db, -24, 18) / 20))


def _reverberated(y: Signal, sr: int, rng: np.random.Generator) -> Signal:
    response = _room(sr, rng)
    n = _good_size(len(y) + len(response))
    wet = np.fft.irfft(np.fft.rfft(y, n) * np.fft.rfft(response, n), n)
    return np.asarray(wet[: len(y)])


def _room(sr: int, rng: np.random.Generator) -> Signal:
    """Direct sound, early reflections and an exponentially decaying tail that loses its treble."""
    rt60_s = float(np.exp(rng.uniform(np.log(0.12), np.log(0.9))))
    n = int(sr * rt60_s) + int(0.05 * sr)
    t = np.arange(n) / sr
    tail = rng.standard_normal(n) * np.exp(-6.91 * t / rt60_s)
    tail[: int(rng.uniform(0.001, 0.01) * sr)] = 0.0
    spectrum = np.fft.rfft(tail)
    hz = np.fft.rfftfreq(n, 1 / sr)
    tail = np.fft.irfft(spectrum / np.sqrt(1 + (hz / rng.uniform(2000, 8000)) ** 2), n)
    response = tail / np.sqrt((tail**2).sum() + 1e-12) * 10 ** (rng.uniform(-15.0, 1.0) / 20)
    response[0] += 1.0
    for _ in range(rng.integers(0, 9)):
        response[int(rng.uniform(0.0015, 0.04) * sr)] += rng.choice((-1.0, 1.0)) * rng.uniform(0.05, 0.45)
    return np.asarray(response)


def _noise(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """One or two backgrounds mixed, RMS 1."""
    first = _background(n, sr, rng)
    if rng.random() < 0.4:
        first = first + rng.uniform(0.2, 1.0) * _background(n, sr, rng)
    return first / _rms(first)


def _background(n: int, sr: int, rng: np.random.Generator) -> Signal:
    kind = rng.choice(["coloured", "voices", "hum", "band"], p=[0.5, 0.25, 0.1, 0.15])
    size = _good_size(n)
    hz = np.maximum(np.fft.rfftfreq(size, 1 / sr), 20.0)
    white = np.fft.rfft(rng.standard_normal(size))
    if kind == "coloured":
        noise = np.fft.irfft(white * hz ** -rng.uniform(0.0, 1.2), size)[:n]
    elif kind == "hum":
        noise = _hum(n, sr, rng) + 0.1 * np.fft.irfft(white / np.sqrt(hz), size)[:n] * 10
    else:
        low, high = (150.0, 4000.0) if kind == "voices" else np.sort(np.exp(rng.uniform(np.log(80), np.log(9000), 2)))
        noise = np.fft.irfft(white / (1 + (low / hz) ** 4) / (1 + (hz / max(high, 2 * low)) ** 4), size)[:n]
        if kind == "voices":
            noise = noise * _syllables(n, sr, rng)
    return np.asarray(noise / _rms(noise))


def _hum(n: int, sr: int, rng: np.random.Generator) -> Signal:
    t = np.arange(n) / sr
    base = rng.choice((50.0, 60.0))
    return np.asarray(sum(np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6.28)) / k for k in range(1, 8)))


def _syllables(n: int, sr: int, rng: np.random.Generator) -> Signal:
    """A slowly changing envelope, a few swells a second."""
    knots = rng.gamma(0.8, 1.0, size=int(n / sr * rng.uniform(3, 8)) + 2)
    return np.asarray(np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots))
