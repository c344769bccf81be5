"""Fog: dark drones, and bells a long way off."""

from tools.compose import voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import DORIAN, MINOR, MINOR_PENTATONIC

DEGREES = ((0,), (0, 0, 5, 5), (0, 0, 0, 6), (0, 0, 3, 3), (0, 5), (0, 0, 6, 5), (0, 3))
BELLS = (voices.bell, voices.tubular, voices.bell, voices.tubular)


def fog(take: Take) -> Piece:
    song = Sketch(
        take,
        bpm=take.nth((50, 54, 48, 52, 46, 56, 49)),
        key=take.nth((2, 5, 0, 9, 4, 7, 11)),
        scale=DORIAN if take.number % 3 == 2 else MINOR,
        degrees=take.nth(DEGREES),
    )
    chords = song.chord_notes(low=43, high=60, n_notes=3)
    everything, n_beats = range(song.last + 1), (song.last + 1) * 4.0
    root = 26 + (song.key - 26) % 12
    song.add(
        voices.drone,
        [Note(0, n_beats - 1, pitch, 0.8) for pitch in (root + 12, root + 19)],
        Place(-17, spread=0.7, room=0.4),
    )
    song.add(voices.drone, [Note(bar * 4, 5, chords[bar][0] - 12, 0.6) for bar in everything], Place(-21, room=0.3))
    if take.number % 2:
        dark = [Note(n.beat, n.length + 0.7, n.midi, 0.5) for n in song.held(chords, song.between(1, song.last))]
        song.add(voices.choir, dark, Place(-26, spread=0.9, room=0.8, dull_hz=900))
    air = root + take.nth((48, 55, 43))
    song.add(voices.wind, [Note(0, n_beats - 1, air, 0.7)], Place(-28, spread=0.9, room=0.4))
    rhythms = (((take.dice.below(3), 1.0),), ((0, 1.0), (2.5, 1.0)), ((1.5, 1.0),))
    bells = song.tune(
        song.between(1, song.last), rhythms, low=60 if take.number % 2 else 65, high=82, scale=MINOR_PENTATONIC, leap=3
    )
    song.add(
        take.nth(BELLS),
        bells,
        Place(-21.5, pan=take.dice.between(-0.5, 0.5), room=1.0, dull_hz=2600, echo=0.3, echo_beats=1.0),
    )
    return song.piece(Room(5.5, 2000, 0.5), loose_s=0.05, level_db=-18.0)
