"""Coast road: wide strummed chords over a steady band."""

from tools.compose import drums, voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import MAJOR, MIXOLYDIAN, PENTATONIC

DEGREES = ((0, 3, 5, 4), (0, 4, 3, 3), (3, 0, 4, 5), (0, 2, 3, 4), (0, 3, 0, 4), (5, 3, 0, 4), (0, 6, 3, 0))
RHYTHMS = (
    ((0, 1.5), (1.5, 0.5), (2.0, 1.5)),
    ((0, 1.0), (1.0, 0.5), (1.5, 1.5), (3.0, 1.0)),
    ((0.5, 1.0), (1.5, 1.0), (2.5, 1.5)),
)
STRUMS = ("x.xxoxx.", "x.x.oxxo", "x.xo.xxo", "x..xx.xo")
LEADS = (voices.steel, voices.flute, voices.steel, voices.horn)


def coast(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((98, 104, 101, 94, 107, 96, 103)),
        key=take.nth((2, 7, 9, 4, 0, 5, 11)),
        scale=MIXOLYDIAN if take.number == 6 else MAJOR,
        degrees=take.nth(DEGREES),
        ninth=True,
    )
    chords = song.chord_notes(low=50, high=74, n_notes=5)
    pads = song.chord_notes(low=57, high=77, plain=True)
    whole, body, lift = song.bars, song.between(song.verse, song.last), song.between(song.lift, song.last)
    song.add(
        voices.steel,
        song.rhythm_chords(chords, whole, take.nth(STRUMS), length=0.9) + song.ending(chords),
        Place(-19.5, spread=0.85, room=0.25, strum_s=0.012, dull_hz=7500),
    )
    song.add(voices.warm_pad, song.held(pads, body) + song.ending(pads), Place(-24, spread=0.9, room=0.4))
    song.add(
        voices.bass_guitar,
        song.bass(body, take.nth(("xxxxxxxx", "x.xxx.xx", "x..xx.x.")), low=28, length=0.45) + song.last_bass(low=28),
        Place(-21.5, room=0.02),
    )
    song.add(
        drums.soft_kick,
        song.drum(body, take.nth(("X.......X.x.....", "X.....x.X.......", "X..x....X......."))) + song.last_stroke(),
        Place(-21, room=0.05),
    )
    song.add(drums.snare, song.drum(body, "....X.......X...", fill="....X.......X.oX"), Place(-23, room=0.3))
    song.add(drums.hat, song.drum(body, "xoxoxoxo"), Place(-35, pan=0.3, room=0.1))
    song.add(drums.tambourine, song.drum(lift, "..x...x...x...x."), Place(-36, pan=-0.4, room=0.2))
    lead = song.story(RHYTHMS, low=69, high=86, scale=PENTATONIC, leap=1)
    song.add(take.nth(LEADS), lead, Place(-21.5, pan=0.1, room=0.4, echo=0.35, echo_beats=1.0))
    song.add(drums.crash, [Note(4 * bar, 1, 60, 0.6) for bar in (song.lift, song.last)], Place(-32, room=0.3))
    return song.piece(Room(2.0, 5500, 0.26), kicks=(), loose_s=0.008)
