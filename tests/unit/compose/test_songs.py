"""The songs render to the same bits, here and in another process, and are well made."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tools.compose import drums, voices
from tools.compose.exact import Dice
from tools.compose.score import Piece
from tools.compose.shipped import FOLDER, checked, chosen, read_list
from tools.compose.sketch import Take
from tools.compose.songs import ALBUM, STYLES, Song, songs

ROOT = Path(__file__).resolve().parents[3]
QUICK = ("sunday-1", "arcade-3")  # those that render fastest
NO_PITCH = {voice for voice in vars(drums).values() if callable(voice)} | {voices.wind, voices.swelling, voices.drone}
EVERY = [song.name for song in songs()]


def named(name: str) -> Song:
    return chosen([name])[0]


def test_the_list() -> None:
    everything = songs()
    assert len(everything) >= 60
    assert len(STYLES) == 10
    assert len({song.title for song in everything}) == len({song.seed for song in everything}) == len(everything)
    assert all(song.artist.startswith(("데모", "Demo")) for song in everything)
    assert "Demonstration" in ALBUM


def test_hangul_latin_and_mixed_titles() -> None:
    kinds = Counter(
        (any("가" <= c <= "힣" for c in s.title), any(c.isascii() and c.isalpha() for c in s.title)) for s in songs()
    )
    assert min(kinds[True, False], kinds[False, True], kinds[True, True]) >= 8


def test_names_choose_songs_and_styles() -> None:
    assert [song.name for song in chosen(["waltz"])] == [f"waltz-{n}" for n in range(1, 8)]
    with pytest.raises(ValueError, match="polka"):
        chosen(["polka"])


@pytest.mark.parametrize("name", QUICK)
def test_the_shipped_song_is_rendered_again(name: str) -> None:
    (verdict,) = checked(FOLDER, [named(name)])
    assert verdict.same_samples
    assert verdict.same_bytes or verdict.difference < 0.02  # another encoder, or another processor's


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_every_shipped_song_is_rendered_again(name: str) -> None:
    test_the_shipped_song_is_rendered_again(name)


def test_another_process_renders_the_same() -> None:
    code = "from tools.compose.shipped import chosen, digest; print(digest(chosen(['sunday-2'])[0].pcm()))"
    command = [sys.executable, "-c", code]
    other = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert other.stdout.strip() == read_list(FOLDER)["sunday-2"]["pcm_sha256"]


@pytest.mark.parametrize("style", STYLES)
def test_songs_of_a_style_differ(style: str) -> None:
    pieces = [STYLES[style](Take(number, Dice(number))) for number in range(7)]
    assert len({piece.bpm for piece in pieces}) == 7
    tunes = [tuple(note.midi for part in piece.parts for note in part.notes) for piece in pieces]
    assert len(set(tunes)) == 7


def rubbing(piece: Piece) -> float:
    """Beats that tones above the bass sound a semitone or a minor ninth apart, as a share of all they sound."""
    tones = sorted(
        (note.beat, note.beat + note.length, note.midi)
        for part in piece.parts
        if part.voice not in NO_PITCH
        for note in part.notes
        if note.midi >= 48
    )
    rubbed = 0.0
    for i, (_, stop, midi) in enumerate(tones):
        for start, other_stop, other in tones[i + 1 :]:
            if start >= stop:
                break
            together = min(stop, other_stop) - start
            rubbed += together if together >= 0.45 and abs(midi - other) in (1, 13) else 0.0
    return rubbed / sum(stop - start for start, stop, _ in tones)


@pytest.mark.parametrize("name", EVERY)
def test_harmony_is_consonant(name: str) -> None:
    song = named(name)
    assert rubbing(STYLES[song.style](Take(song.number, Dice(song.seed, 1)))) < 0.04
