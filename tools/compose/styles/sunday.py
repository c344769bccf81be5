"""Sunday: a nylon guitar that has nowhere to go."""

from tools.compose import drums, voices
from tools.compose.score import Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import MAJOR, PENTATONIC

DEGREES = ((0, 5, 1, 4), (0, 2, 3, 4), (0, 3, 1, 4), (3, 2, 1, 0), (0, 5, 3, 4), (0, 1, 2, 3), (3, 4, 2, 5))
RHYTHMS = (
    ((0, 1.5), (1.5, 0.5), (2.0, 2.0)),
    ((0.5, 0.5), (1.0, 1.0), (2.0, 0.5), (2.5, 1.5)),
    ((0, 2.0), (2.0, 1.0), (3.0, 1.0)),
)
PICKING = (
    (0, 2, 1, 3, 2, 1, 3, 2),
    (0, 1, 2, 3, 2, 3, 2, 1),
    (0, 3, 2, 1, 0, 3, 2, 3),
    (0, 2, 3, 2, 1, 2, 3, 2),
)
LEADS = (voices.nylon, voices.flute, voices.nylon, voices.vibraphone, voices.nylon)


def sunday(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((72, 68, 76, 70, 74, 66, 78)),
        key=take.nth((7, 0, 2, 9, 5, 4, 10)),
        scale=MAJOR,
        degrees=take.nth(DEGREES),
        size=4,
    )
    chords = song.chord_notes(low=50, high=71)
    whole, lift = song.bars, song.between(song.lift, song.last)
    picked = song.broken(chords, whole, take.nth(PICKING), length=1.3, loud=0.55)
    song.add(voices.nylon, picked + song.ending(chords, loud=0.6), Place(-19, pan=-0.2, room=0.25, strum_s=0.03))
    song.add(
        voices.nylon,
        song.bass(whole, "x...x...", low=40, length=1.8, fifths=True) + song.last_bass(low=40),
        Place(-22, pan=-0.1, room=0.15),
    )
    lead = song.story(RHYTHMS, low=67, high=83, scale=PENTATONIC if take.number % 2 else None, leap=1, loud=0.7)
    song.add(take.nth(LEADS), lead, Place(-21, pan=0.25, room=0.35))
    if take.number % 3 != 2:
        song.add(voices.upright, song.bass(lift, "x...x...", low=31, length=1.6), Place(-22, room=0.05))
    if take.number % 2:
        song.add(drums.shaker, song.drum(lift, "xoxoxoxo"), Place(-37, pan=0.4, room=0.15))
    return song.piece(Room(1.2, 3600, 0.22), loose_s=0.012, swing=0.08, level_db=-17.0)
