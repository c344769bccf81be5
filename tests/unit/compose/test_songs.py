"""The songs render to the same bits, here and in another process, and are well made."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tools.compose.exact import SR, Dice
from tools.compose.shipped import FOLDER, checked, chosen, digest
from tools.compose.sketch import Take
from tools.compose.songs import ALBUM, STYLES, Song, songs

ROOT = Path(__file__).resolve().parents[3]
QUICK = ("sunday-1", "arcade-3", "waltz-2")  # those that render fastest
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
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert other.stdout.strip() == digest(named("sunday-2").pcm())


@pytest.mark.parametrize("style", STYLES)
def test_songs_of_a_style_differ(style: str) -> None:
    pieces = [STYLES[style](Take(number, Dice(number))) for number in range(7)]
    assert len({piece.bpm for piece in pieces}) == 7
    tunes = [tuple(note.midi for part in piece.parts for note in part.notes) for piece in pieces]
    assert len(set(tunes)) == 7


@pytest.mark.parametrize("name", QUICK[:2])
def test_sound_is_clean(name: str) -> None:
    """No clipping, no offset, silence at both ends, a level like the others', two sides."""
    sound = named(name).pcm() / 32768
    assert 30 <= len(sound) / SR <= 40
    assert 0.3 < np.abs(sound).max() < 0.9
    assert np.abs(sound.mean(axis=0)).max() < 1e-3
    assert np.abs(sound[[0, -1]]).max() < 1e-3
    assert -20 < 20 * np.log10(np.sqrt(np.mean(sound**2))) < -13
    assert np.corrcoef(sound.T)[0, 1] < 0.995
