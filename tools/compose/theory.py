"""Scales, chords and how one leads to the next. Pitches are MIDI numbers, pitch classes count from the tonic."""

from collections.abc import Sequence

Scale = tuple[int, ...]
Chord = tuple[int, ...]  # semitones above the tonic, root first

MAJOR: Scale = (0, 2, 4, 5, 7, 9, 11)
MINOR: Scale = (0, 2, 3, 5, 7, 8, 10)
HARMONIC: Scale = (0, 2, 3, 5, 7, 8, 11)
DORIAN: Scale = (0, 2, 3, 5, 7, 9, 10)
MIXOLYDIAN: Scale = (0, 2, 4, 5, 7, 9, 10)
LYDIAN: Scale = (0, 2, 4, 6, 7, 9, 11)
PENTATONIC: Scale = (0, 2, 4, 7, 9)
MINOR_PENTATONIC: Scale = (0, 3, 5, 7, 10)


def step(scale: Scale, degree: int) -> int:
    """Semitones above the tonic of a scale's degree, which may go beyond the octave; 0 is the tonic."""
    return 12 * (degree // len(scale)) + scale[degree % len(scale)]


def chord(scale: Scale, degree: int, *, size: int = 3, ninth: bool = False) -> Chord:
    """Thirds stacked upon a degree: 3 notes, or 4 with the seventh.

    `ninth` adds one where it is a whole tone and, in a triad, does not rub against a minor third.
    """
    notes = [step(scale, degree + 2 * i) for i in range(size)]
    above = step(scale, degree + 8)
    if ninth and above - notes[0] == 14 and (size > 3 or notes[1] - notes[0] == 4):
        notes.append(above)
    return tuple(notes)


def classes(notes: Chord) -> tuple[int, ...]:
    return tuple(sorted({note % 12 for note in notes}))


def voiced(chords: Sequence[Chord], key: int, *, low: int, high: int, n_notes: int = 4) -> list[list[int]]:
    """Each chord as pitches in low..high, every voice moving as little as it can from the chord before."""
    voicings: list[list[int]] = []
    for notes in chords:
        options = _voicings(notes, key, low, high, n_notes)
        before = voicings[-1] if voicings else [round(low + (high - low) * (i + 0.7) / n_notes) for i in range(n_notes)]
        voicings.append(min(options, key=lambda option: (_distance(option, before), option)))
    return voicings


def _voicings(notes: Chord, key: int, low: int, high: int, n_notes: int) -> list[list[int]]:
    """Close positions: every stretch of n_notes chord tones, one upon the other."""
    wanted = {(note + key) % 12 for note in notes}
    ladder = [pitch for pitch in range(low, high + 1) if pitch % 12 in wanted]
    close = [ladder[i : i + n_notes] for i in range(max(1, len(ladder) - n_notes + 1))]
    smooth = [pitches for pitches in close if all(b - a > 1 for a, b in zip(pitches, pitches[1:], strict=False))]
    return smooth or [[pitch for i, pitch in enumerate(close[0]) if i == 0 or pitch - close[0][i - 1] > 1]]


def _distance(pitches: Sequence[int], before: Sequence[int]) -> int:
    return sum(abs(a - b) for a, b in zip(pitches, before, strict=False)) + 3 * abs(len(pitches) - len(before))


def nearest(pitch: int, allowed: Sequence[int]) -> int:
    return min(allowed, key=lambda other: (abs(other - pitch), other))


def bass_note(notes: Chord, key: int, *, low: int) -> int:
    """The root, in the octave above `low`."""
    return low + (notes[0] + key - low) % 12
