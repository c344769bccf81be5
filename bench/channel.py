"""A second microphone channel, for measuring only: built differently from the one the model is trained through.

Loudspeaker as biquads in the time domain, a shoe-box room by image sources (Allen & Berkley, 1979), hard clipping or
a codec now and then, noise of several kinds. Training must never import this.
"""

import io

import numpy as np
import scipy.signal
import soundfile
from numpy.typing import NDArray

Signal = NDArray[np.float64]
SOUND_M_S = 343.0


def hear(samples: NDArray[np.float32], sr: int, rng: np.random.Generator, *, snr_db: tuple[float, float]) -> Signal:
    """`samples` (n,) as a laptop might hear them from across a room; the same generator, the same sound."""
    y = samples.astype(np.float64) / max(float(np.abs(samples).max()), 1e-6)
    if rng.random() < 0.3:
        y = _coded(y, sr, rng)
    y = _loudspeaker(y, sr, rng)
    y = np.clip(y / max(float(np.abs(y).max()), 1e-9) * rng.uniform(0.7, 1.6), -1, 1)
    y = scipy.signal.fftconvolve(y, _room(sr, rng))[: len(y)]
    y = y + _noise(len(y), sr, rng) * _rms(y) * 10 ** (-rng.uniform(*snr_db) / 20)
    y = y / np.abs(y).max() * 10 ** (rng.uniform(-28, -2) / 20)
    return np.asarray(np.round(y * 32767) / 32768)


def _rms(y: Signal) -> float:
    return float(np.sqrt(np.mean(y**2) + 1e-12))


def _coded(y: Signal, sr: int, rng: np.random.Generator) -> Signal:
    """Through a lossy codec and back."""
    store = io.BytesIO()
    soundfile.write(store, 0.9 * y, sr, format="MP3", subtype="MPEG_LAYER_III", compression_level=rng.uniform(0.5, 1))
    store.seek(0)
    back, _ = soundfile.read(store)
    return np.pad(back, (0, max(0, len(y) - len(back))))[: len(y)]


def _loudspeaker(y: Signal, sr: int, rng: np.random.Generator) -> Signal:
    low, high = rng.uniform(80, 350), min(rng.uniform(4500, 10000), 0.45 * sr)
    y = scipy.signal.sosfilt(scipy.signal.bessel(rng.integers(1, 4), low, "high", fs=sr, output="sos", norm="mag"), y)
    y = scipy.signal.sosfilt(scipy.signal.butter(rng.integers(1, 5), high, "low", fs=sr, output="sos"), y)
    for _ in range(rng.integers(1, 5)):
        hz, gain = np.exp(rng.uniform(np.log(150), np.log(min(7000, 0.4 * sr)))), 10 ** (rng.uniform(-8, 8) / 20)
        b, a = scipy.signal.iirpeak(hz, rng.uniform(0.8, 4), fs=sr)
        y = y + (gain - 1) * scipy.signal.lfilter(b, a, y)
    return y


def _room(sr: int, rng: np.random.Generator) -> Signal:
    """Impulse response between two random places of a room, from its mirror images."""
    size = rng.uniform([2.5, 2.0, 2.2], [7.0, 5.0, 3.0])
    speaker, microphone = size * rng.uniform(0.15, 0.85, 3), size * rng.uniform(0.15, 0.85, 3)
    reflection = rng.uniform(0.45, 0.85)
    orders = np.stack(np.meshgrid(*[np.arange(-6, 7)] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    images = orders * size + np.where(orders % 2, size - speaker, speaker)
    distance = np.maximum(np.linalg.norm(images - microphone, axis=1), 0.3)
    delay = ((distance - distance.min()) / SOUND_M_S * sr).astype(int)
    response = np.zeros(delay.max() + 1)
    # Random signs stand for the phase that every wall turns a little.
    signs = np.where(np.abs(orders).sum(axis=1) > 1, rng.choice((-1.0, 1.0), len(orders)), 1.0)
    np.add.at(response, delay, signs * reflection ** np.abs(orders).sum(axis=1) / distance)
    return np.asarray(response * distance.min())


def _noise(n: int, sr: int, rng: np.random.Generator) -> Signal:
    kind = rng.choice(["fan", "street", "voices", "hiss"])
    white = rng.standard_normal(n)
    if kind == "fan":
        white = scipy.signal.lfilter([1], [1, -rng.uniform(0.8, 0.98)], white)
    elif kind == "street":
        swell = np.interp(np.arange(n), np.linspace(0, n, 9), rng.uniform(0.3, 1.5, 9))
        white = scipy.signal.lfilter([1], [1, -0.95], white) * swell
    elif kind == "voices":
        speech = scipy.signal.sosfilt(scipy.signal.butter(3, [180, 3200], "band", fs=sr, output="sos"), white)
        syllables = rng.gamma(0.7, 1.0, n // (sr // 5) + 2)
        talk = np.interp(np.arange(n), np.arange(len(syllables)) * (sr // 5), syllables)
        white = speech * talk
    return np.asarray(white / _rms(white))
