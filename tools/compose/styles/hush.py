"""Hush: pads that breathe, a few notes of a piano, nothing to count."""

from tools.compose import voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import LYDIAN, MAJOR, PENTATONIC

DEGREES = ((0, 3, 0, 4), (0, 5, 3, 0), (3, 0, 3, 4), (0, 2, 3, 3), (0, 1, 0, 1), (5, 3, 0, 0), (0, 4, 3, 3))
LEADS = (voices.soft_piano, voices.glass, voices.music_box, voices.soft_piano, voices.celesta, voices.harp)


def hush(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((52, 56, 50, 54, 58, 51, 55)),
        key=take.nth((0, 7, 5, 2, 9, 3, 10)),
        scale=LYDIAN if take.number == 4 else MAJOR,
        degrees=take.nth(DEGREES),
        ninth=True,
    )
    chords, high = song.chord_notes(low=48, high=69), song.chord_notes(low=64, high=81, n_notes=3)
    everything = range(song.last + 1)
    breath = [Note(n.beat, n.length + 0.8, n.midi, n.velocity) for n in song.held(chords, everything)]
    song.add(voices.hush_pad, breath, Place(-18, spread=0.9, room=0.5))
    low = [Note(bar * 4, 4.4, chords[bar][0] - 12, 0.6) for bar in everything]
    song.add(voices.hush_pad, low, Place(-23, room=0.3))
    song.add(
        voices.choir if take.number % 2 else voices.hush_pad,
        song.held(high, song.between(song.lift, song.last)),
        Place(-28, spread=0.9, room=0.7, dull_hz=2000),
    )
    song.add(
        take.nth(LEADS),
        sparse(song, low=67, high=84),
        Place(-25, pan=0.1, room=0.8, echo=0.35, echo_beats=1.5, dull_hz=3500),
    )
    return song.piece(Room(4.5, 3000, 0.45), loose_s=0.03, level_db=-18.0)


def sparse(song: Sketch, *, low: int, high: int) -> list[Note]:
    """A note or two in a bar, always of its chord or its pentatonic."""
    rhythms = (((0.5, 3.0),), ((0.0, 2.0), (2.5, 1.5)), ((1.0, 1.0), (2.0, 2.0)), ((1.5, 2.5),))
    return song.tune(song.between(song.verse, song.last), rhythms, low=low, high=high, scale=PENTATONIC, loud=0.5)
