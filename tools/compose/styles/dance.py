"""Dance pop: four on the floor, saws that breathe with the kick."""

from tools.compose import drums, voices
from tools.compose.score import Note, Piece, Place, Room
from tools.compose.sketch import Sketch, Take
from tools.compose.theory import MAJOR, MINOR

DEGREES = ((5, 3, 0, 4), (0, 4, 5, 3), (3, 4, 5, 0), (0, 5, 3, 4), (5, 4, 3, 4), (3, 0, 4, 5), (0, 3, 5, 4))
RHYTHMS = (
    ((0, 0.5), (0.75, 0.5), (1.5, 0.5), (2.5, 0.5), (3.0, 0.75)),
    ((0, 0.75), (1.0, 0.5), (1.75, 0.75), (2.75, 1.0)),
    ((0.5, 0.5), (1.0, 0.5), (1.5, 1.0), (3.0, 0.5), (3.5, 0.5)),
)
STABS = ("..x..x..x..x..x.", "x..x..x...x..x..", "..x...x...x...x.", "x..x..x.x..x..x.")
BASSES = ("..x...x...x...x.", "x.xx..xx..xx..xx", "..xx..xx..xx..xx", "x..x..x.x..x..x.")
LEADS = (voices.square, voices.super_saw, voices.marimba, voices.thin_pulse, voices.electric_piano)


def dance(take: Take) -> Piece:
    major = take.number % 3 != 1
    song = Sketch(
        take,
        bpm=take.nth((124, 121, 126, 123, 128, 120, 125)),
        key=take.nth((5, 9, 2, 7, 0, 4, 10)),
        scale=MAJOR if major else MINOR,
        degrees=take.nth(DEGREES) if major else (0, 5, 2, 6),
    )
    chords = song.chord_notes(low=55, high=76)
    whole, body = song.bars, song.between(song.verse, song.last)
    kicks = song.drum(body, "X...X...X...X...") + song.last_stroke()
    song.add(drums.club_kick, kicks, Place(-18.0, room=0.0))
    song.add(drums.clap, song.drum(body, "....X.......X...", fill="....X.......X.xx"), Place(-25.5, room=0.25))
    song.add(
        drums.hat,
        song.drum(body, take.nth(("xoxoxoxoxoxoxoxo", "x.xxx.xxx.xxx.xx", "xxxoxxxoxxxoxxxo"))),
        Place(-37, pan=0.15, room=0.05),
    )
    song.add(drums.open_hat, song.drum(song.between(song.lift, song.last), "..x...x...x...x."), Place(-34, pan=-0.1))
    song.add(
        voices.super_saw,
        song.rhythm_chords(chords, whole, take.nth(STABS), length=0.35) + song.ending(chords),
        Place(-20.5, spread=0.8, room=0.3, pump=0.55, dull_hz=9000),
    )
    song.add(
        voices.synth_bass,
        song.bass(body, take.nth(BASSES), low=33, length=0.22) + song.last_bass(low=33),
        Place(-20.5, room=0.0, pump=0.4),
    )
    song.add(
        take.nth(LEADS),
        song.story(RHYTHMS, low=67, high=84),
        Place(-21.5, room=0.3, echo=0.28, pump=0.25, dull_hz=8500),
    )
    song.add(voices.swelling, [Note((song.lift - 1) * 4, 4, 60)], Place(-32, spread=0.7, room=0.3))
    song.add(
        drums.crash, [Note(4 * bar, 1, 60, 0.7) for bar in (song.verse, song.lift, song.last)], Place(-33, room=0.3)
    )
    return song.piece(Room(1.4, 5000, 0.2), kicks=kicks, loose_s=0.003, level_db=-17.5)
