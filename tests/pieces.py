"""Six small pieces, synthesised, and one of them heard through noise."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Excerpt

SR = 22050
LENGTH_S = 24
TAKE_FROM_S, TAKE_S = 9.0, 6.0
ASKED = "Brass Parade"

Samples = NDArray[np.float64]
Voice = Callable[[float, Samples], Samples]  # a tone of that frequency at these times since its beginning


def plucked(hz: float, t: Samples) -> Samples:
    return sum_of(hz, t, lambda k: np.exp(-t * (2 + k)) / k)


def reed(hz: float, t: Samples) -> Samples:
    return sum_of(hz, t, lambda k: np.minimum(1, t * 20) * (k % 2) / k)


def brass(hz: float, t: Samples) -> Samples:
    return sum_of(hz, t, lambda k: np.minimum(1, t * 8 / k) / k**0.7)


def soft(hz: float, t: Samples) -> Samples:
    return np.asarray(np.minimum(1, t * 3) * np.sin(2 * np.pi * hz * t + 0.8 * np.sin(2 * np.pi * 5 * t)))


def sum_of(hz: float, t: Samples, strength: Callable[[int], Samples]) -> Samples:
    partials = [strength(k) * np.sin(2 * np.pi * k * hz * t) for k in range(1, 13) if k * hz < SR / 2]
    return np.asarray(np.sum(partials, axis=0))


@dataclass(frozen=True, slots=True)
class Piece:
    title: str
    voice: Voice
    bpm: float
    scale: tuple[int, ...]  # MIDI numbers
    drums: float  # how loud
    seed: int


PIECES = (
    Piece("Harp by the Window", plucked, 92, (60, 62, 64, 67, 69, 72), 0.0, 1),
    Piece(ASKED, brass, 126, (53, 57, 60, 62, 65, 69), 0.5, 2),
    Piece("Reed Organ Hymn", reed, 66, (48, 52, 55, 59, 60, 64), 0.0, 3),
    Piece("Night Bus", soft, 80, (45, 48, 50, 52, 55, 57), 0.2, 4),
    Piece("Marching Clockwork", plucked, 150, (72, 74, 77, 79, 81, 84), 0.7, 5),
    Piece("Kettle and Tambourine", soft, 174, (64, 67, 69, 71, 74, 76), 1.0, 6),
)


def played(piece: Piece) -> Samples:
    """The whole piece: a random but fixed tune over its scale, chords below, drums on the beat."""
    random = np.random.default_rng(piece.seed)
    beat = round(SR * 60 / piece.bpm)
    sound = np.zeros(LENGTH_S * SR + 4 * beat)
    for start in range(0, LENGTH_S * SR, beat):
        notes = random.choice(piece.scale, size=1 + (start // beat) % 4 // 3 * 2, replace=False)
        t = np.arange(beat * int(random.integers(1, 4))) / SR
        for note in notes:
            sound[start : start + len(t)] += piece.voice(440 * 2 ** ((note - 69) / 12), t)[: len(sound) - start]
        hit = random.standard_normal(beat // 4) * np.exp(-np.arange(beat // 4) / (beat / 24))
        sound[start : start + len(hit)] += piece.drums * hit * (1.5 if start // beat % 2 else 0.7)
    whole = sound[: LENGTH_S * SR]
    return np.asarray(0.5 * whole / np.abs(whole).max())


def heard(sound: Samples) -> Excerpt:
    """Six seconds as a small microphone in a room might take them: dull, quieter, with noise."""
    part = sound[round(TAKE_FROM_S * SR) :][: round(TAKE_S * SR)]
    dull = np.convolve(part, np.hanning(7) / np.hanning(7).sum(), mode="same")
    noise = np.random.default_rng(0).standard_normal(len(dull)) * dull.std() * 10 ** (-15 / 20)
    return Excerpt.from_samples(0.4 * (dull + noise), SR)
