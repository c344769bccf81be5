"""What an MP4 header says: hand-made boxes, whole, broken and lying."""

from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.audio.mp4 import SoundTrack, is_mp4, sound_track
from musicrec_desktop.core.errors import UndecodableFile


def box(name: bytes, *content: bytes) -> bytes:
    inner = b"".join(content)
    return (len(inner) + 8).to_bytes(4, "big") + name + inner


def number(value: int, width: int = 4) -> bytes:
    return value.to_bytes(width, "big")


def track(kind: bytes = b"mp4a", *, handler: bytes = b"soun", seconds: int = 10, shown: int | None = None) -> bytes:
    entry = box(kind, bytes(16), number(2, 2), number(16, 2), bytes(4), number(44100, 2), bytes(2))
    shown = seconds if shown is None else shown
    return box(
        b"trak",
        box(b"tkhd", bytes(20), number(shown * 1000), bytes(60)),
        box(
            b"mdia",
            box(b"mdhd", bytes(12), number(44100), number(seconds * 44100), bytes(4)),
            box(b"hdlr", bytes(8), handler, bytes(13)),
            box(b"minf", box(b"stbl", box(b"stsd", bytes(4), number(1), entry))),
        ),
    )


def movie(*tracks: bytes) -> bytes:
    return box(b"moov", box(b"mvhd", bytes(12), number(1000), number(10_000), bytes(80)), *tracks)


FTYP = box(b"ftyp", b"M4A \0\0\0\0")


def written(path: Path, *content: bytes) -> Path:
    path.write_bytes(b"".join(content))
    return path


def reason_of(path: Path) -> str:
    with pytest.raises(UndecodableFile) as caught:
        sound_track(path)
    return caught.value.reason


def test_the_description_is_found_wherever_it_is(tmp_path: Path) -> None:
    data = box(b"mdat", bytes(5000))
    long_data = number(1) + b"mdat" + number(5016, 8) + bytes(5000)
    for content in ([movie(track()), data], [data, movie(track())], [box(b"free"), long_data, movie(track())]):
        path = written(tmp_path / "x.m4a", FTYP, *content)
        assert is_mp4(path)
        assert sound_track(path) == SoundTrack(10.0, 44100, 2)


def test_the_sound_beside_pictures_and_locked_sound(tmp_path: Path) -> None:
    film = movie(track(b"avc1", handler=b"vide"), track(b"drms"), track(b"alac", seconds=7))
    assert sound_track(written(tmp_path / "film.mp4", FTYP, film)).duration_s == 7.0
    assert reason_of(written(tmp_path / "dumb.mp4", FTYP, movie(track(b"avc1", handler=b"vide")))) == "empty"
    for kind in (b"drms", b"enca", b"aavd"):
        assert reason_of(written(tmp_path / "locked.m4p", FTYP, movie(track(kind)))) == "protected"


def test_what_an_edit_list_cuts_away_is_not_promised(tmp_path: Path) -> None:
    assert sound_track(written(tmp_path / "x.m4a", FTYP, movie(track(seconds=10, shown=8)))).duration_s == 8.0
    assert sound_track(written(tmp_path / "x.m4a", FTYP, movie(track(seconds=0, shown=0)))).duration_s == 0.0


def test_without_its_description_it_is_damaged(tmp_path: Path) -> None:
    whole = FTYP + box(b"mdat", bytes(500)) + movie(track())
    for length in (len(FTYP), len(FTYP) + 100, len(whole) - 1):
        assert reason_of(written(tmp_path / "cut.m4a", whole[:length])) == "damaged"


@pytest.mark.parametrize("length", [0, 15, 10**6, 2**63 + 5, 2**64 - 1])
def test_a_box_longer_than_any_file_is_damage(tmp_path: Path, length: int) -> None:
    endless = (1).to_bytes(4, "big") + b"mdat" + length.to_bytes(8, "big") + bytes(100)
    assert reason_of(written(tmp_path / "x.m4a", FTYP, endless, movie(track()))) == "damaged"


def test_other_files_are_no_mp4(tmp_path: Path) -> None:
    for content in (b"", b"a text", b"the free man, and so on", b"RIFF1234WAVEfmt ", bytes(100)):
        assert not is_mp4(written(tmp_path / "x.m4a", content))


def test_spoilt_headers_end_in_a_track_or_in_our_error(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    whole = np.frombuffer(FTYP + movie(track(), track(b"drms")) + box(b"mdat", bytes(50)), np.uint8)
    path = tmp_path / "x.m4a"
    for _ in range(500):
        content = whole.copy()
        content[rng.integers(0, len(content), rng.integers(1, 20))] = rng.integers(0, 256)
        path.write_bytes(content.tobytes()[: rng.integers(1, len(content) + 1)])
        try:
            assert sound_track(path).duration_s >= 0
        except UndecodableFile as error:
            assert error.reason in {"damaged", "empty", "protected"}
