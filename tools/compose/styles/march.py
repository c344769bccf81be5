"""The last door: brass in minor, a field snare, drums that push."""

from tools.compose import drums, voices
from tools.compose.melody import shifted
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import HARMONIC

DEGREES = ((0, 5, 3, 4), (0, 0, 5, 4), (0, 3, 5, 4), (0, 5, 4, 0), (0, 4, 5, 4), (0, 3, 0, 4), (0, 0, 3, 4))
RHYTHMS = (
    ((0, 0.75), (0.75, 0.25), (1.0, 1.0), (2.0, 0.75), (2.75, 0.25), (3.0, 1.0)),
    ((0, 1.5), (1.5, 0.5), (2.0, 1.0), (3.0, 0.5), (3.5, 0.5)),
    ((0, 1.0), (1.0, 0.5), (1.5, 0.5), (2.0, 2.0)),
)
SNARES = ("x.ooX.oox.ooX.xx", "X.oox.ooX.ooxoxo", "x..oX..ox.ooX.oo")
OSTINATI = (
    (0, 0, 2, 0, 1, 0, 2, 0),
    (0, 2, 0, 2, 0, 2, 1, 2),
    (0, 0, 0, 1, 0, 0, 0, 2),
)


def march(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((138, 134, 142, 130, 140, 136, 144)),
        key=take.nth((2, 9, 7, 9, 2, 0, 9)),
        scale=HARMONIC,
        degrees=take.nth(DEGREES),
    )
    chords, low = song.chord_notes(low=53, high=72), song.chord_notes(low=38, high=55, n_notes=3)
    whole, body, lift = song.bars, song.between(song.verse, song.last), song.between(song.lift, song.last)
    song.add(
        voices.strings,
        song.broken(low, whole, take.nth(OSTINATI), length=0.36, loud=0.7),
        Place(-21, pan=0.2, spread=0.5),
    )
    song.add(
        voices.brass,
        song.rhythm_chords(
            chords, body, take.nth(("X.....x.X.......", "X..x..x.X.......", "X.......X..x..x.")), length=0.8
        )
        + song.ending(chords, loud=0.95),
        Place(-19.5, spread=0.7, room=0.4),
    )
    lead = song.story(RHYTHMS, low=60, high=79, loud=0.85)
    song.add(voices.brass, lead, Place(-19, pan=-0.15, room=0.4))
    if take.number % 2:
        song.add(voices.horn, shifted(lead, semitones=-12), Place(-24, pan=0.25, room=0.4))
    song.add(voices.choir, song.held(chords, lift) + song.ending(chords), Place(-25, spread=0.9, room=0.5))
    song.add(
        voices.brass,
        song.bass(body, "X.......X.......", low=29, length=1.7) + song.last_bass(low=29),
        Place(-24, room=0.2),
    )
    song.add(
        drums.field_snare,
        song.drum(whole, take.nth(SNARES), fill="x.ooXoooxoooXxxX"),
        Place(-21.5, pan=-0.1, room=0.35),
    )
    hits = song.drum(body, take.nth(("X.....X.X...X...", "X..X..X.X.......", "X...X...X..XX...")))
    song.add(drums.war_drum, hits + song.last_stroke(), Place(-21, room=0.4))
    song.add(drums.timpani, song.drum(lift, "X...........xxxx") + song.last_stroke(), Place(-25, pan=0.3, room=0.4))
    song.add(
        drums.crash, [Note(4 * bar, 1, 60, 0.8) for bar in (song.verse, song.lift, song.last)], Place(-31, room=0.4)
    )
    return song.piece(Room(1.9, 4200, 0.3), loose_s=0.007, level_db=-16.8)
