"""A small loudspeaker in a room, in a few lines: fixed, so that figures of two machines can be compared.

Milder than the channels of training and measuring, which vary at random; never used for either.
"""

import numpy as np

from musicrec_desktop.core.types import Excerpt

LOW_HZ, HIGH_HZ = 250.0, 7000.0
ECHOES = ((0.007, 0.45), (0.013, -0.35), (0.023, 0.25), (0.041, 0.2))  # after so many seconds, so strong
REVERBERATION_S, REVERBERATION = 0.3, 0.15
NOISE_DB = -15.0
LEVEL = 0.1  # RMS at the microphone


def through_loudspeaker(take: Excerpt, *, seed: int = 1) -> Excerpt:
    """The take as a microphone across the table would get it; the same seed, the same sound."""
    rng = np.random.default_rng(seed)
    n = len(take.samples)
    size = 1 << (2 * n - 1).bit_length()
    hz = np.maximum(np.fft.rfftfreq(size, 1 / take.sr), 1.0)
    gain = 1 / np.sqrt(1 + (LOW_HZ / hz) ** 4) / np.sqrt(1 + (hz / HIGH_HZ) ** 4)
    room = np.fft.rfft(_room(take.sr, rng), size)
    heard = np.fft.irfft(np.fft.rfft(take.samples, size) * gain * room, size)[:n]
    loudness = max(float(np.sqrt(np.mean(heard**2))), 1e-9)
    noise = rng.standard_normal(n) * loudness * 10 ** (NOISE_DB / 20)
    return Excerpt.from_samples((heard + noise) * LEVEL / loudness, take.sr)


def _room(sr: int, rng: np.random.Generator) -> np.ndarray:
    t = np.arange(round(REVERBERATION_S * sr)) / sr
    response = rng.standard_normal(len(t)) * np.exp(-6.91 * t / REVERBERATION_S)
    response *= REVERBERATION / np.sqrt((response**2).sum())
    response[0] = 1.0
    for after_s, strength in ECHOES:
        response[round(after_s * sr)] += strength
    return response
