"""Walking home: slow and deep, and a long way between one sound and the next."""

from tools.compose import drums, voices
from tools.compose.score import Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import DORIAN, MINOR, MINOR_PENTATONIC

DEGREES = ((0, 0, 5, 5), (0, 0, 3, 3), (0, 5, 0, 6), (0, 2, 5, 5), (0, 0, 6, 5), (0, 3, 5, 0), (0, 6, 0, 3))
RHYTHMS = (
    ((1.0, 1.0), (2.5, 1.5)),
    ((0.5, 0.5), (1.0, 2.5)),
    ((0, 1.5), (3.0, 1.0)),
)
LEADS = (voices.glass, voices.electric_piano, voices.glass, voices.vibraphone)
KICKS = ("X.........x.....", "X......x........", "X.....X.........", "X...............")


def night(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((66, 62, 70, 64, 68, 60, 72)),
        key=take.nth((9, 4, 2, 7, 9, 0, 4)),
        scale=DORIAN if take.number % 3 == 1 else MINOR,
        degrees=take.nth(DEGREES),
        size=4,
    )
    chords = song.chord_notes(low=50, high=68, n_notes=3)
    whole, body = song.bars, song.between(song.verse, song.last)
    song.add(
        voices.sub_bass,
        song.bass(whole, take.nth(("x.....x.........", "x.........x.....", "x...............")), low=33, length=1.6)
        + song.last_bass(low=33),
        Place(-19, room=0.0),
    )
    song.add(
        voices.warm_pad,
        song.held(chords, whole, loud=0.5) + song.ending(chords),
        Place(-23, spread=0.8, room=0.5, dull_hz=900),
    )
    kicks = song.drum(body, take.nth(KICKS)) + song.last_stroke(0.7)
    song.add(drums.deep_kick, kicks, Place(-18.5, room=0.1))
    song.add(drums.rim, song.drum(body, "........X......."), Place(-25, pan=0.2, room=0.6, echo=0.4, echo_beats=0.75))
    song.add(drums.shaker, song.drum(body, "..o...o...o...o."), Place(-39, pan=-0.3, room=0.2))
    tune = song.story(RHYTHMS, low=64, high=81, scale=MINOR_PENTATONIC, loud=0.6)
    song.add(take.nth(LEADS), tune, Place(-21.5, pan=-0.1, room=0.6, echo=0.5, echo_beats=1.5, dull_hz=3000))
    return song.piece(Room(3.4, 2600, 0.34), loose_s=0.008, level_db=-17.5)
