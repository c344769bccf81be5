"""Chords are made of thirds, move little, and never rub."""

import pytest

from tools.compose import theory
from tools.compose.theory import HARMONIC, MAJOR, MINOR


def test_chords_of_the_major_scale() -> None:
    assert theory.chord(MAJOR, 0) == (0, 4, 7)
    assert theory.chord(MAJOR, 4, size=4) == (7, 11, 14, 17)
    assert theory.chord(MAJOR, 0, ninth=True) == (0, 4, 7, 14)


def test_no_ninth_a_semitone_above_the_root() -> None:
    assert theory.chord(MAJOR, 2, ninth=True) == (4, 7, 11)
    assert theory.chord(MAJOR, 5, ninth=True) == (9, 12, 16)
    assert theory.chord(MAJOR, 5, size=4, ninth=True) == (9, 12, 16, 19, 23)


def test_voices_move_little_and_stay_apart() -> None:
    chords = [theory.chord(MAJOR, degree, size=4) for degree in (0, 5, 1, 4, 0)]
    voicings = theory.voiced(chords, 7, low=50, high=71)
    for notes, voicing in zip(chords, voicings, strict=True):
        assert {pitch % 12 for pitch in voicing} <= {(note + 7) % 12 for note in notes}
        assert all(50 <= pitch <= 71 for pitch in voicing)
        assert all(b - a >= 2 for a, b in zip(voicing, voicing[1:], strict=False))
    moves = [sum(abs(a - b) for a, b in zip(x, y, strict=True)) for x, y in zip(voicings, voicings[1:], strict=False)]
    assert max(moves) <= 12


@pytest.mark.parametrize("key", range(12))
def test_bass_notes_are_roots_in_their_octave(key: int) -> None:
    for degree in range(7):
        notes = theory.chord(HARMONIC, degree)
        low = theory.bass_note(notes, key, low=33)
        assert 33 <= low < 45
        assert (low - key - notes[0]) % 12 == 0


def test_degrees_go_on_beyond_the_octave() -> None:
    assert [theory.step(MINOR, degree) for degree in (0, 6, 7, 9, -1)] == [0, 10, 12, 15, -2]
