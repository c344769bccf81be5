"""Tunes: a motif, its answer, its variation and a cadence, over chords."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.compose.exact import Dice
from tools.compose.score import Note
from tools.compose.theory import Chord, Scale, nearest

Rhythm = tuple[tuple[float, float], ...]  # onset and length in beats, within a bar
FORM = "ABACABAD"  # one letter a bar; D closes


@dataclass(frozen=True, slots=True)
class Voicing:
    """What a tune may use."""

    scale: Scale
    key: int
    low: int
    high: int
    leap: int = 2  # largest usual step, in notes of the scale


def tune(
    dice: Dice,
    chords: Sequence[Chord],
    voicing: Voicing,
    rhythms: Sequence[Rhythm],
    *,
    beats: int = 4,
    form: str = FORM,
    loud: float = 0.75,
) -> list[Note]:
    """One note list over `chords`, one chord a bar, beginning at beat 0."""
    ladder = [p for p in range(voicing.low, voicing.high + 1) if (p - voicing.key) % 12 in voicing.scale]
    motifs = {letter: _motif(dice, rhythms, voicing.leap) for letter in "ABCD"}
    place = len(ladder) // 2
    notes: list[Note] = []
    for bar, notes_of_chord in enumerate(chords):
        letter = "D" if bar == len(chords) - 1 else form[bar % len(form)]
        calm = _calm(notes_of_chord)
        targets = [i for i, p in enumerate(ladder) if (p - voicing.key) % 12 in calm]
        for (onset, length), move in _varied(dice, motifs[letter], again=bar >= len(form) // 2):
            place = _moved(place, move, len(ladder))
            if targets and (onset == int(onset) or length >= 1):
                place = nearest(place, targets)
            accent = 0.1 if onset == 0 else 0.0
            notes.append(Note(bar * beats + onset, length, ladder[place], loud + accent + dice.between(-0.08, 0.05)))
    return notes


def _calm(notes: Chord) -> set[int]:
    """Pitch classes to rest on: chord tones, but none a semitone above another one (a root over its major seventh)."""
    heard = {note % 12 for note in notes}
    return {note for note in heard if (note - 1) % 12 not in heard}


Motif = list[tuple[tuple[float, float], int]]


def _motif(dice: Dice, rhythms: Sequence[Rhythm], leap: int) -> Motif:
    """A rhythm and an arch: up first, then down, or the other way round."""
    rhythm = dice.one_of(rhythms)
    up = 1 if dice.chance(0.6) else -1
    turn = max(1, len(rhythm) // 2)
    return [(beat, (up if i < turn else -up) * dice.below(leap + 1)) for i, beat in enumerate(rhythm)]


def _varied(dice: Dice, motif: Motif, *, again: bool) -> Motif:
    """The motif; when it comes again, one of its steps may differ."""
    if not again or not dice.chance(0.5) or len(motif) < 2:
        return motif
    changed = dice.below(len(motif))
    return [(beat, move + (1 if i == changed else 0)) for i, (beat, move) in enumerate(motif)]


def _moved(place: int, move: int, n: int) -> int:
    """A step that turns round at the ends of the ladder."""
    there = place + move
    if there < 0:
        there = -there
    if there > n - 1:
        there = 2 * (n - 1) - there
    return max(0, min(n - 1, there))


def shifted(notes: Sequence[Note], *, beats: float = 0.0, semitones: float = 0.0, louder: float = 1.0) -> list[Note]:
    return [Note(n.beat + beats, n.length, n.midi + semitones, n.velocity * louder) for n in notes]
