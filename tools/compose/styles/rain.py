"""Rain on the window: soft keys, a lazy beat, the dust of a record."""

from tools.compose import drums, voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import DORIAN, MAJOR, MINOR, MINOR_PENTATONIC, PENTATONIC

DEGREES = ((1, 4, 0, 5), (0, 5, 1, 4), (3, 2, 1, 0), (0, 3, 0, 3), (5, 1, 4, 0), (3, 4, 2, 5), (0, 6, 5, 4))
RHYTHMS = (
    ((0.5, 0.5), (1.0, 1.0), (2.5, 0.5), (3.0, 1.0)),
    ((0, 1.0), (1.5, 0.5), (2.0, 1.5)),
    ((1.0, 0.5), (1.5, 0.5), (2.0, 1.5)),
)
COMPING = ("x.....x.........", "x......x..x.....", "x..x......x.....", "x.........x.....")
LEADS = (voices.vibraphone, voices.soft_piano, voices.muted, voices.electric_piano, voices.celesta)


def rain(take: Take) -> Piece:
    scale = take.nth((MAJOR, MAJOR, MAJOR, DORIAN, MAJOR, MAJOR, MINOR))
    song = Sketch(
        take,
        bpm=take.nth((78, 82, 74, 80, 76, 84, 72)),
        key=take.nth((3, 10, 5, 0, 8, 1, 6)),
        scale=scale,
        degrees=take.nth(DEGREES),
        size=4,
        ninth=True,
    )
    chords = song.chord_notes(low=52, high=72)
    whole, body, lift = song.bars, song.between(song.verse, song.last), song.between(song.lift, song.last)
    keys = take.nth((voices.electric_piano, voices.electric_piano, voices.soft_piano))
    song.add(
        keys,
        song.rhythm_chords(chords, whole, take.nth(COMPING), length=1.7) + song.ending(chords),
        Place(-19, spread=0.6, room=0.2, dull_hz=3200, strum_s=0.014),
    )
    song.add(
        voices.upright,
        song.bass(body, take.nth(("x.....x.x.......", "x..x......x.....", "x.......x..x....")), low=29, length=0.9)
        + song.last_bass(low=29),
        Place(-19.5, room=0.02, dull_hz=1500),
    )
    pentatonic = MINOR_PENTATONIC if scale in (DORIAN, MINOR) else PENTATONIC
    tune = song.story(RHYTHMS, low=65, high=81, scale=pentatonic, loud=0.6)
    song.add(take.nth(LEADS), tune, Place(-23, pan=0.2, room=0.35, echo=0.25, dull_hz=4200))
    song.add(
        drums.soft_kick,
        song.drum(body, take.nth(("X......x..X.....", "X.....x...X.....", "X.........X..x.."))),
        Place(-18, room=0.05),
    )
    song.add(
        drums.soft_snare,
        song.drum(body, "....X.......X...", fill="....X..o....X.o."),
        Place(-24, room=0.2, dull_hz=4200),
    )
    song.add(
        drums.soft_hat,
        song.drum(lift, "x.xox.xox.xox.xo") + song.drum(song.between(song.verse, song.lift), "x.x.x.x."),
        Place(-36, pan=0.25, room=0.1),
    )
    song.add(drums.crackle, [Note(0, song.last * 4 + 4, 60)], Place(-49, spread=0.9, room=0.0))
    return song.piece(Room(1.1, 2800, 0.2), swing=0.24, swing_unit=0.25, loose_s=0.011, level_db=-16.8)
