"""The desk at which a style writes a song: key, chords, form, and short ways to write the usual parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tools.compose.exact import Dice
from tools.compose.melody import Rhythm, Voicing, tune
from tools.compose.score import Note, Part, Piece, Place, Room
from tools.compose.theory import Chord, Scale, bass_note, chord, nearest, voiced
from tools.compose.voices import Voice

T = TypeVar("T")

LONGEST_S, SHORTEST_S = 38.5, 31.0
TAIL_S = 2.2  # after the last bar
STRENGTH = {"X": 1.0, "x": 0.75, "o": 0.4}


@dataclass(frozen=True, slots=True)
class Take:
    """Which song of its style is to be written: its number there, and its dice."""

    number: int
    dice: Dice

    def nth(self, choices: Sequence[T]) -> T:
        """The choice that falls to this song, so that the songs of a style share out what there is."""
        return choices[self.number % len(choices)]


Style = Callable[[Take], Piece]


class Sketch:
    """A song in the making. Bars 0.. are: opening, verse (from `verse`), lift (from `lift`), and the last one."""

    def __init__(
        self,
        take: Take,
        *,
        bpm: float,
        key: int,
        scale: Scale,
        degrees: Sequence[int],
        beats: int = 4,
        size: int = 3,
        ninth: bool = False,
    ) -> None:
        self.dice, self.bpm, self.key, self.scale, self.beats = take.dice, bpm, key, scale, beats
        bars = _n_bars(beats * 60 / bpm)
        self.last = bars  # one bar more, to end on
        self.verse, self.lift = (2 if bars >= 12 else 1), bars // 2
        used = [degrees[bar % len(degrees)] for bar in range(bars)]
        self.chords: list[Chord] = [chord(scale, each, size=size, ninth=ninth) for each in used]
        self.chords.append(chord(scale, 0, size=3))
        self._parts: list[Part] = []

    @property
    def bars(self) -> range:
        """All but the one to end on."""
        return range(self.last)

    def between(self, first: int, stop: int) -> range:
        return range(max(0, first), min(stop, self.last))

    def add(self, voice: Voice, notes: Sequence[Note], place: Place) -> None:
        if notes:
            self._parts.append(Part(voice, notes, place))

    def chord_notes(self, *, low: int, high: int, n_notes: int = 4, plain: bool = False) -> list[list[int]]:
        """A voicing for every bar, the last one included; `plain`: of triads only."""
        chords = [notes[:3] for notes in self.chords] if plain else self.chords
        return voiced(chords, self.key, low=low, high=high, n_notes=n_notes)

    def held(
        self, voicings: Sequence[Sequence[int]], bars: Sequence[int], *, loud: float = 0.6, gap: float = 0.05
    ) -> list[Note]:
        """One chord a bar, held."""
        return [Note(bar * self.beats, self.beats - gap, pitch, loud) for bar in bars for pitch in voicings[bar]]

    def rhythm_chords(
        self, voicings: Sequence[Sequence[int]], bars: Sequence[int], pattern: str, *, length: float = 0.4
    ) -> list[Note]:
        """Chords on the marks of a pattern that fills a bar."""
        return [
            Note(beat, length, pitch, strength * 0.8)
            for bar in bars
            for beat, strength in self._marks(bar, pattern)
            for pitch in voicings[bar]
        ]

    def broken(
        self,
        voicings: Sequence[Sequence[int]],
        bars: Sequence[int],
        order: Sequence[int],
        *,
        length: float,
        loud: float = 0.6,
    ) -> list[Note]:
        """Chords note by note: `order` names the voice of every equal part of the bar, -1 rests."""
        each = self.beats / len(order)
        return [
            Note(bar * self.beats + i * each, length, _nth(voicings[bar], voice), loud + (0.12 if i == 0 else 0.0))
            for bar in bars
            for i, voice in enumerate(order)
            if voice >= 0
        ]

    def bass(self, bars: Sequence[int], pattern: str, *, low: int, length: float, fifths: bool = False) -> list[Note]:
        """Roots on the marks; with `fifths` every second mark is the fifth."""
        notes: list[Note] = []
        for bar in bars:
            root = bass_note(self.chords[bar], self.key, low=low)
            for number, (beat, strength) in enumerate(self._marks(bar, pattern)):
                notes.append(Note(beat, length, root + (7 if fifths and number % 2 else 0), 0.5 + 0.4 * strength))
        return notes

    def drum(self, bars: Sequence[int], pattern: str, *, fill: str = "", every: int = 4) -> list[Note]:
        """Strokes on the marks; each `every`th bar has `fill` instead, if there is one."""
        notes: list[Note] = []
        for bar in bars:
            used = fill if fill and bar % every == every - 1 else pattern
            notes.extend(Note(beat, 0.25, 60, strength) for beat, strength in self._marks(bar, used))
        return notes

    def tune(
        self,
        bars: Sequence[int],
        rhythms: Sequence[Rhythm],
        *,
        low: int,
        high: int,
        leap: int = 2,
        scale: Scale | None = None,
        loud: float = 0.75,
    ) -> list[Note]:
        voicing = Voicing(scale or self.scale, self.key, low, high, leap)
        notes = tune(self.dice, [self.chords[bar] for bar in bars], voicing, rhythms, beats=self.beats, loud=loud)
        first = bars[0] * self.beats if bars else 0
        return [Note(n.beat + first, n.length, n.midi, n.velocity) for n in notes]

    def story(
        self,
        rhythms: Sequence[Rhythm],
        *,
        low: int,
        high: int,
        leap: int = 2,
        scale: Scale | None = None,
        loud: float = 0.75,
    ) -> list[Note]:
        """A tune for the verse, another one, higher and louder, for the lift, and the tonic to end on."""
        verse, lift = self.between(self.verse, self.lift), self.between(self.lift, self.last)
        notes = self.tune(verse, rhythms, low=low, high=high - 4, leap=leap, scale=scale, loud=loud - 0.1)
        notes += self.tune(lift, rhythms, low=low + 3, high=high, leap=leap, scale=scale, loud=loud + 0.05)
        tonic = nearest(round(notes[-1].midi), [p for p in range(low - 6, high + 7) if (p - self.key) % 12 == 0])
        return [*notes, Note(self.last * self.beats, self.beats - 0.5, tonic, loud)]

    def ending(self, voicings: Sequence[Sequence[int]], *, loud: float = 0.7) -> list[Note]:
        """The last chord, held for a bar."""
        return [Note(self.last * self.beats, self.beats, pitch, loud) for pitch in voicings[self.last]]

    def last_bass(self, *, low: int) -> list[Note]:
        return [Note(self.last * self.beats, self.beats, bass_note(self.chords[-1], self.key, low=low), 0.8)]

    def last_stroke(self, velocity: float = 0.9) -> list[Note]:
        return [Note(self.last * self.beats, 0.5, 60, velocity)]

    def piece(
        self,
        room: Room,
        *,
        kicks: Sequence[Note] = (),
        swing: float = 0.0,
        swing_unit: float = 0.5,
        loose_s: float = 0.006,
        level_db: float = -16.5,
        tail_s: float = TAIL_S,
    ) -> Piece:
        return Piece(
            bpm=self.bpm,
            n_beats=(self.last + 1) * self.beats,
            parts=self._parts,
            room=room,
            swing=swing,
            swing_unit=swing_unit,
            loose_s=loose_s,
            kicks=[note.beat for note in kicks],
            tail_s=tail_s,
            level_db=level_db,
        )

    def _marks(self, bar: int, pattern: str) -> list[tuple[float, float]]:
        each = self.beats / len(pattern)
        return [(bar * self.beats + i * each, STRENGTH[mark]) for i, mark in enumerate(pattern) if mark in STRENGTH]


def _n_bars(bar_s: float) -> int:
    """An even number of bars before the last one, unless that would be too short."""
    most = int((LONGEST_S - TAIL_S) / bar_s) - 1
    even = most // 2 * 2
    return even if (even + 1) * bar_s + TAIL_S >= SHORTEST_S else most


def _nth(pitches: Sequence[int], voice: int) -> int:
    """The voice of a chord; beyond its top, an octave higher."""
    return pitches[voice % len(pitches)] + 12 * (voice // len(pitches))
