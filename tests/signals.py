"""Signals with a known answer. All mono, seeded, as Excerpts."""

import numpy as np

from musicrec_desktop.core.types import Excerpt, Floats

DEFAULT_SR = 22050


def sine(hz: float, duration_s: float, sr: int = DEFAULT_SR, level: float = 0.3) -> Excerpt:
    """A pure tone of amplitude `level`, starting at phase 0."""
    t = _times(duration_s, sr)
    return Excerpt.from_samples(level * np.sin(2 * np.pi * hz * t), sr)


def chord(hz: tuple[float, ...], duration_s: float, sr: int = DEFAULT_SR, level: float = 0.3) -> Excerpt:
    """Several pure tones at once; `level` is the amplitude of the sum's peak at most."""
    t = _times(duration_s, sr)
    tones = sum(np.sin(2 * np.pi * each * t) for each in hz)
    return Excerpt.from_samples(level / len(hz) * np.asarray(tones), sr)


def click_track(bpm: float, duration_s: float, sr: int = DEFAULT_SR, level: float = 0.8) -> Excerpt:
    """Clicks of 20 ms (a decaying 1 kHz tone), the first at 0 s, one every 60 / bpm seconds."""
    samples = np.zeros(round(duration_s * sr))
    t = _times(0.02, sr)
    click = level * np.sin(2 * np.pi * 1000 * t) * np.exp(-t * 200)
    for onset_s in np.arange(0, duration_s, 60 / bpm):
        start = round(onset_s * sr)
        room = samples[start : start + len(click)]
        room += click[: len(room)]
    return Excerpt.from_samples(samples, sr)


def white_noise(duration_s: float, seed: int = 1, sr: int = DEFAULT_SR, level: float = 0.3) -> Excerpt:
    """Gaussian noise of RMS `level` / 3, clipped to -1..1."""
    noise = np.random.default_rng(seed).normal(0, level / 3, round(duration_s * sr))
    return Excerpt.from_samples(np.clip(noise, -1, 1), sr)


def silence(duration_s: float, sr: int = DEFAULT_SR) -> Excerpt:
    return Excerpt.from_samples(np.zeros(round(duration_s * sr)), sr)


def melody(duration_s: float, seed: int = 1, sr: int = DEFAULT_SR, level: float = 0.3) -> Excerpt:
    """Random notes of a quarter second with overtones and a decay: never the same passage twice."""
    t = _times(duration_s, sr)
    note = np.floor(t / 0.25).astype(int)
    steps = np.random.default_rng(seed).integers(0, 25, int(np.ceil(duration_s / 0.25)) + 1)
    hz, since_s = 220 * 2 ** (steps[note] / 12), t - note * 0.25
    overtones = sum(np.sin(2 * np.pi * hz * k * since_s) / k for k in (1, 2, 3, 5))
    return Excerpt.from_samples(level / 2 * np.asarray(overtones) * np.exp(-6 * since_s), sr)


def _times(duration_s: float, sr: int) -> Floats:
    """Float64 on purpose: a float32 phase would drift within seconds."""
    return np.arange(round(duration_s * sr)) / sr
