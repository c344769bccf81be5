"""The last waltz: strings in three, with big swells."""

from tools.compose import voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import HARMONIC, MAJOR

DEGREES = (
    (0, 0, 4, 4, 4, 4, 0, 0),
    (0, 3, 4, 0),
    (0, 5, 3, 4),
    (0, 0, 3, 3, 4, 4, 0, 4),
    (0, 3, 0, 4),
    (0, 5, 1, 4),
    (0, 4, 3, 4),
)
RHYTHMS = (
    ((0, 2.0), (2.0, 1.0)),
    ((0, 1.0), (1.0, 1.0), (2.0, 1.0)),
    ((0, 1.5), (1.5, 0.5), (2.0, 1.0)),
    ((0, 3.0),),
)
LEADS = (voices.violin, voices.violin, voices.accordion, voices.violin)


def waltz(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((126, 138, 118, 144, 132, 112, 150)),
        key=take.nth((7, 9, 2, 4, 0, 2, 7)),
        beats=3,
        scale=HARMONIC if take.number % 2 else MAJOR,
        degrees=take.nth(DEGREES),
    )
    chords = song.chord_notes(low=55, high=72, n_notes=3)
    whole, lift = song.bars, song.between(song.lift, song.last)
    song.add(
        voices.strings,
        swelling(song.rhythm_chords(chords, whole, ".xx", length=0.55), song) + song.ending(chords),
        Place(-21, pan=0.2, spread=0.7, room=0.4),
    )
    song.add(
        voices.pizzicato,
        song.bass(whole, "X..", low=36, length=0.9) + song.last_bass(low=36),
        Place(-19.5, pan=0.2, room=0.25),
    )
    lead = swelling(song.story(RHYTHMS, low=67, high=86, loud=0.75), song)
    song.add(take.nth(LEADS), lead, Place(-18.5, pan=-0.2, room=0.4))
    song.add(voices.strings, swelling(song.held(chords, lift), song), Place(-23, spread=0.9, room=0.5))
    sparkle = song.broken([[p + 12 for p in each] for each in chords], lift, (0, 1, 2, 3, 2, 1), length=0.5, loud=0.5)
    song.add(take.nth((voices.celesta, voices.harp, voices.music_box)), sparkle, Place(-27, pan=0.4, room=0.5))
    return song.piece(Room(2.3, 4200, 0.34), loose_s=0.012, level_db=-17.0)


def swelling(notes: list[Note], song: Sketch) -> list[Note]:
    """Louder towards the middle of every eight bars."""
    half = 4 * song.beats
    return [
        Note(n.beat, n.length, n.midi, n.velocity * (0.65 + 0.4 * (1 - abs(n.beat % (2 * half) - half) / half)))
        for n in notes
    ]
