"""Arcade: three small wave generators and a noise, as fast as they can."""

from tools.compose import drums, voices
from tools.compose.score import Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import MAJOR, MINOR, MIXOLYDIAN

DEGREES = ((0, 3, 4, 0), (0, 5, 3, 4), (0, 6, 3, 4), (0, 4, 5, 3), (0, 2, 3, 4), (0, 5, 6, 0), (3, 4, 0, 5))
RHYTHMS = (
    ((0, 0.5), (0.5, 0.5), (1.0, 0.5), (1.5, 0.25), (1.75, 0.25), (2.0, 0.5), (3.0, 0.5), (3.5, 0.5)),
    ((0, 0.75), (0.75, 0.75), (1.5, 0.5), (2.0, 0.75), (2.75, 0.75), (3.5, 0.5)),
    ((0, 0.25), (0.25, 0.25), (0.5, 0.5), (1.0, 0.5), (2.0, 0.25), (2.25, 0.25), (2.5, 0.5), (3.0, 1.0)),
)
ARPEGGIOS = (
    (0, 1, 2, 3, 2, 1, 2, 3, 0, 1, 2, 3, 4, 3, 2, 1),
    (0, 2, 1, 3, 0, 2, 1, 3, 0, 2, 1, 3, 4, 2, 3, 1),
    (0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 2, 1, 0),
)
BASSES = ("x.x.x.x.x.x.x.x.", "x..xx..xx..xx..x", "x.xxx.xxx.xxx.xx")


def arcade(take: Take) -> Piece:
    scale = take.nth((MAJOR, MAJOR, MIXOLYDIAN, MAJOR, MAJOR, MINOR, MAJOR))
    song = Sketch(
        take,
        bpm=take.nth((156, 164, 150, 170, 160, 152, 166)),
        key=take.nth((0, 7, 2, 5, 0, 9, 7)),
        scale=scale,
        degrees=take.nth(DEGREES),
    )
    chords = song.chord_notes(low=60, high=81)
    whole, body, lift = song.bars, song.between(song.verse, song.last), song.between(song.lift, song.last)
    song.add(
        voices.thin_pulse,
        song.broken(chords, whole, take.nth(ARPEGGIOS), length=0.2) + song.ending(chords, loud=0.5),
        Place(-21.5, pan=-0.5, room=0.05, dull_hz=9500),
    )
    song.add(
        voices.square,
        song.story(RHYTHMS, low=69, high=88),
        Place(-19.5, pan=0.1, room=0.1, echo=0.2, dull_hz=9000),
    )
    song.add(
        take.nth((voices.blip, voices.thin_pulse)),
        song.rhythm_chords(chords, lift, "..x...x...x..x..", length=0.2),
        Place(-27, pan=0.45, room=0.1, dull_hz=9000),
    )
    song.add(
        voices.triangle,
        song.bass(whole, take.nth(BASSES), low=36, length=0.23, fifths=take.number % 2 == 0) + song.last_bass(low=36),
        Place(-20, room=0.0),
    )
    song.add(drums.chip_kick, song.drum(body, take.nth(("X...X...X...X...", "X.....X.X.....X."))), Place(-21, room=0.0))
    song.add(drums.chip_snare, song.drum(body, "....X.......X...", fill="....X...X.X.XXXX"), Place(-23, room=0.05))
    song.add(drums.chip_hat, song.drum(body, take.nth(("x.o.x.o.x.o.x.o.", "xooxooxoxooxooxo"))), Place(-30, room=0.0))
    return song.piece(Room(0.5, 6000, 0.12), loose_s=0.0, tail_s=1.5)
