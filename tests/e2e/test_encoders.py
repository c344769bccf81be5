"""Songs of six encoders and four taggers, right tags and broken ones: all come in, under the right titles."""

import os
import unicodedata
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.core.types import Tags
from musicrec_desktop.intake.tags import read_tags
from tests.e2e.conftest import Run
from tests.encoders import ffmpeg
from tests.encoders import run as command
from tests.needs import need_programs
from tests.pieces import ASKED
from tests.signals import melody
from tests.tagged import id3v1, id3v2

Write = Callable[[Path, Path], object]  # from a wav file to the song

TITLE, ARTIST, ALBUM = "봄날", "방탄소년단", "You Never Walk Alone — Édition"
TAGS = Tags(TITLE, ARTIST, ALBUM)
KOREAN_ALBUM = "윙스 외전"
KOREAN = Tags(TITLE, ARTIST, KOREAN_ALBUM)
SR = 22050
IN_UTF8 = ["env", "LC_ALL=C.UTF-8"]
TO_UTF8 = ["-metadata", f"title={TITLE}", "-metadata", f"artist={ARTIST}", "-metadata", f"album={ALBUM}"]


def by_ffmpeg(*options: object) -> Write:
    return lambda wav, song: ffmpeg(wav, song, *TO_UTF8, *options)


def by_lame(*options: object) -> Write:
    tags = ["--id3v2-utf16", "--tt", TITLE, "--ta", ARTIST, "--tl", ALBUM]
    return lambda wav, song: command(*IN_UTF8, "lame", "--quiet", *options, *tags, wav, song)


def by_oggenc(wav: Path, song: Path) -> None:
    command(*IN_UTF8, "oggenc", "-Q", "-t", TITLE, "-a", ARTIST, "-l", ALBUM, "-o", song, wav)


def by_opusenc(wav: Path, song: Path) -> None:
    tags = ["--title", TITLE, "--artist", ARTIST, "--album", ALBUM]
    command(*IN_UTF8, "opusenc", "--quiet", *tags, wav, song)


def by_flac(wav: Path, song: Path) -> None:
    tags = [f"--tag={name}={text}" for name, text in (("TITLE", TITLE), ("ARTIST", ARTIST), ("ALBUM", ALBUM))]
    command(*IN_UTF8, "flac", "--silent", *tags, "-o", song, wav)


def by_metaflac(wav: Path, song: Path) -> None:
    """Names of fields in small letters."""
    command("flac", "--silent", "-o", song, wav)
    tags = [f"--set-tag=title={TITLE}", f"--set-tag=artist={ARTIST}", f"--set-tag=album={ALBUM}"]
    command(*IN_UTF8, "metaflac", *tags, song)


def by_id3v2(wav: Path, song: Path) -> None:
    """Korean bytes in frames that say Latin-1, as in most Korean collections before 2010."""
    command("lame", "--quiet", wav, song)
    tags = {"-t": TITLE, "-a": ARTIST, "-A": KOREAN_ALBUM}
    options = [part for name, text in tags.items() for part in (name.encode(), text.encode("cp949"))]
    command("id3v2", "-2", *options, song)


def by_hand_v1(wav: Path, song: Path) -> None:
    """EUC-KR in the last 128 bytes."""
    command("lame", "--quiet", wav, song)
    with song.open("ab") as file:
        file.write(id3v1(*(text.encode("euc_kr") for text in (TITLE, ARTIST, KOREAN_ALBUM))))


def by_hand_v2(wav: Path, song: Path) -> None:
    """Unsynchronised UTF-16 before AAC without a container."""
    ffmpeg(wav, song, "-c:a", "aac", "-f", "adts")
    frames = {"TIT2": TITLE, "TPE1": ARTIST, "TALB": KOREAN_ALBUM}
    tag = id3v2({name: b"\x01" + text.encode("utf-16") for name, text in frames.items()}, flags=0x80)
    song.write_bytes(tag + song.read_bytes())


def by_hand_info(wav: Path, song: Path) -> None:
    """RIFF INFO behind the samples, in CP949."""
    texts = {b"INAM": TITLE, b"IART": ARTIST, b"IPRD": KOREAN_ALBUM}
    info = b"INFO"
    for name, text in texts.items():
        data = text.encode("cp949") + b"\0"
        info += name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
    content = bytearray(wav.read_bytes() + b"LIST" + len(info).to_bytes(4, "little") + info)
    content[4:8] = (len(content) - 8).to_bytes(4, "little")
    song.write_bytes(content)


def by_nobody(wav: Path, song: Path) -> None:
    soundfile.write(song, *soundfile.read(wav))


# How each song is written, and what it must be called. Its name says nothing, but where there are no tags.
SONGS: dict[str, tuple[Write, Tags]] = {
    "ffmpeg 2.3.mp3": (by_ffmpeg("-id3v2_version", 3), TAGS),
    "ffmpeg 2.4.mp3": (by_ffmpeg("-id3v2_version", 4, "-write_id3v1", 1), TAGS),
    "ffmpeg.m4a": (by_ffmpeg("-c:a", "aac"), TAGS),
    "ffmpeg alac.m4a": (by_ffmpeg("-c:a", "alac", "-movflags", "+faststart"), TAGS),
    "ffmpeg.mp4": (by_ffmpeg("-c:a", "aac"), TAGS),
    "ffmpeg.aac": (by_ffmpeg("-c:a", "aac", "-write_id3v2", 1), TAGS),
    "ffmpeg.flac": (by_ffmpeg(), TAGS),
    "ffmpeg.ogg": (by_ffmpeg("-c:a", "libvorbis"), TAGS),
    "ffmpeg.opus": (by_ffmpeg("-c:a", "libopus"), TAGS),
    "ffmpeg.wav": (by_ffmpeg(), TAGS),
    "ffmpeg.aiff": (by_ffmpeg("-write_id3v2", 1), TAGS),
    "lame.mp3": (by_lame("-b", 128), TAGS),
    "lame vbr.mp3": (by_lame("-V", 2, "--add-id3v2"), TAGS),
    "oggenc.ogg": (by_oggenc, TAGS),
    "opusenc.opus": (by_opusenc, TAGS),
    "flac.flac": (by_flac, TAGS),
    "metaflac.flac": (by_metaflac, TAGS),
    "id3v2 cp949.mp3": (by_id3v2, KOREAN),
    "id3v1 euckr.mp3": (by_hand_v1, KOREAN),
    "unsynchronised.aac": (by_hand_v2, KOREAN),
    "info cp949.wav": (by_hand_info, KOREAN),
    "01 - 아이유 - 밤편지.flac": (by_nobody, Tags("밤편지", "아이유")),  # in NFD, as from a Mac
}


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    need_programs(
        *("ffmpeg", "lame", "oggenc", "opusenc", "flac", "metaflac", "id3v2"),
        packages="ffmpeg lame vorbis-tools opus-tools flac id3v2",
    )
    folder = tmp_path_factory.mktemp("made")
    written = {}
    for seed, (name, (write, _)) in enumerate(SONGS.items()):
        wav = folder / "song.wav"
        soundfile.write(wav, melody(7.0, seed=seed, sr=SR).samples, SR)
        path = folder / str(seed) / unicodedata.normalize("NFD", name)
        path.parent.mkdir()
        write(wav, path)
        written[name] = path
    return written


def test_every_file_says_what_it_is_called(songs: dict[str, Path]) -> None:
    assert {name: read_tags(path) for name, path in songs.items()} == {name: tags for name, (_, tags) in SONGS.items()}


def test_all_come_in_under_the_right_titles_beside_broken_ones(
    songs: dict[str, Path], run: Run, empty_home: Path, tmp_path: Path
) -> None:
    for path in songs.values():
        (tmp_path / "music" / path.parent.name).mkdir(parents=True)
        (tmp_path / "music" / path.parent.name / path.name).symlink_to(path)
    broken = tmp_path / "music" / "broken"
    broken.mkdir()
    for name, path in songs.items():
        content = path.read_bytes()
        (broken / f"cut {name}").write_bytes(content[:200])
    (broken / "text.m4a").write_text("no song\n" * 100)
    outcome = run("import", tmp_path / "music", "--json")
    *files, summary = outcome.objects()
    assert outcome.status == 0
    failed = {Path(file["path"]).name for file in files if file["status"] == "failed"}
    assert failed == {path.name for path in broken.iterdir()}
    assert summary["added"] == len(SONGS)
    listed = {Path(track["path"]).parent.name: track for track in run("tracks", "--json").objects()}
    for number, (name, (_, tags)) in enumerate(SONGS.items()):
        track = listed[str(number)]
        assert (track["title"], track["artist"]) == (tags.title, tags.artist), name


def test_a_name_that_is_no_unicode_is_shown_right_and_opens(run: Run, empty_home: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows' names are Unicode always")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "아이유 - 밤편지.wav".encode("cp949")))
    soundfile.write(os.fsencode(path), melody(7.0, seed=99, sr=SR).samples, SR, format="WAV")
    assert run("import", path, "--json").objects()[-1]["added"] == 1
    (track,) = run("tracks", "--json").objects()
    assert (track["title"], track["artist"]) == ("밤편지", "아이유")
    assert run("import", tmp_path, "--json").objects()[-1]["unchanged"] == 1


def spoilt(contents: list[bytes], rounds: int) -> Iterator[bytes]:
    """Files with some bytes changed where tags are, and some cut, by turns."""
    rng = np.random.default_rng(2)
    for number, content in zip(range(rounds), cycle(contents), strict=False):
        changed = bytearray(content)
        for at in rng.integers(0, min(len(content), 600 if number % 2 else 6000), rng.integers(1, 40)):
            changed[at if number % 3 else -1 - at % 300] = rng.integers(0, 256)
        yield bytes(changed[: rng.integers(1, len(changed))] if number % 5 == 0 else changed)


def test_spoilt_tags_never_stop_anything(songs: dict[str, Path], tmp_path: Path) -> None:
    contents = [path.read_bytes() for path in songs.values()]
    names = cycle(path.suffix for path in songs.values())
    for content, suffix in zip(spoilt(contents, 660), names, strict=False):
        path = tmp_path / f"Somebody - Some Song{suffix}"
        path.write_bytes(content)
        tags = read_tags(path)
        assert tags.title
        path.unlink()


def test_an_m4a_copy_names_its_song(home: Path, sounds: Path, run: Run, tmp_path: Path) -> None:
    copy = ffmpeg(sounds / "songs" / f"{ASKED}.flac", tmp_path / "copy.m4a", "-c:a", "aac")
    (found,) = run("recommend", copy, "--start", 9, "--duration", 6, "--json").objects()
    assert found["verdict"] == "match"
    assert found["same_recording"]["title"] == ASKED
    assert found["same_recording"]["at_s"] == pytest.approx(9.0, abs=0.2)
    locked = tmp_path / "locked.m4p"
    locked.write_bytes(copy.read_bytes().replace(b"mp4a", b"drms"))
    refused = run("recommend", locked)
    assert refused.status == 1
    assert "DRM" in refused.err and refused.err.count("\n") == 1
