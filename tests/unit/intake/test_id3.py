"""ID3 tags of every version, by their letter and as taggers really wrote them."""

from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.core.types import Tags
from musicrec_desktop.intake.tags import read_tags
from tests.tagged import id3v1, id3v2, synchsafe, unsynchronised

# Three frames of silent mp3: something for the tags to stand before.
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
TITLE, ARTIST = "봄날", "방탄소년단"
UTF16 = b"\x01" + TITLE.encode("utf-16")
NAMED = Tags("Name", "File")


def tags_of(tmp_path: Path, *content: bytes) -> Tags:
    path = tmp_path / "File - Name.mp3"
    path.write_bytes(b"".join(content))
    return read_tags(path)


def v2(tmp_path: Path, title: bytes, **how: int) -> str:
    name = "TT2" if how.get("version") == 2 else "TIT2"
    return tags_of(tmp_path, id3v2({name: title}, **how), FRAME * 3).title


@pytest.mark.parametrize("padding", [b"\0", b" "])
def test_version_1_in_the_encoding_of_the_system(tmp_path: Path, padding: bytes) -> None:
    tag = id3v1(TITLE.encode("cp949"), ARTIST.encode("cp949"), "YOU NEVER".encode("cp949"), padding=padding)
    assert tags_of(tmp_path, FRAME * 3, tag) == Tags(TITLE, ARTIST, "YOU NEVER")


def test_version_1_cut_within_a_letter(tmp_path: Path) -> None:
    title = "a뜨거운 여름밤은 가고 남은 건 볼품없지만".encode("cp949")
    assert tags_of(tmp_path, FRAME * 3, id3v1(title)).title == title[:30].decode("cp949", "ignore").strip()


def test_version_1_with_rubbish_behind_the_end(tmp_path: Path) -> None:
    assert tags_of(tmp_path, FRAME, id3v1(b"Blue\0!rubbish")).title == "Blue"


@pytest.mark.parametrize("version", [2, 3, 4])
def test_every_encoding_of_version_2(tmp_path: Path, version: int) -> None:
    texts = {
        "Latin-1": b"\0Beyonc\xe9",
        "Latin-1 that is not": b"\0" + TITLE.encode("cp949"),
        "Latin-1 that is UTF-8": b"\0" + TITLE.encode(),
        "UTF-16, little end first": UTF16,
        "UTF-16, big end first": b"\x01\xfe\xff" + TITLE.encode("utf-16-be"),
        "UTF-16 without the mark it should have": b"\x01" + TITLE.encode("utf-16-le"),
        "UTF-16 with a terminator": UTF16 + b"\0\0",
        "UTF-16 of an odd length": UTF16 + b"\0",
        "UTF-16 without mark": b"\x02" + TITLE.encode("utf-16-be"),
        "UTF-8": b"\x03" + TITLE.encode(),
        "UTF-8 that is not": b"\x03" + TITLE.encode("cp949"),
        "no encoding named": TITLE.encode("cp949"),
    }
    read = {name: v2(tmp_path, text, version=version) for name, text in texts.items()}
    assert read == dict.fromkeys(texts, TITLE) | {"Latin-1": "Beyoncé"}


def test_the_newer_version_counts_and_the_older_fills_gaps(tmp_path: Path) -> None:
    new = id3v2({"TIT2": UTF16})
    assert tags_of(tmp_path, new, FRAME, id3v1(b"Old Title", b"Old Artist")) == Tags(TITLE, "Old Artist")
    assert tags_of(tmp_path, id3v2({"TIT2": b"\0"}), FRAME, id3v1(b"Old Title")).title == "Old Title"


def test_several_values(tmp_path: Path) -> None:
    frames = {"TIT2": b"\x03One\0Two", "TPE1": b"\x03IU\0SUGA\0IU", "TPE2": b"\x03Various"}
    assert tags_of(tmp_path, id3v2(frames, version=4), FRAME) == Tags("One", "IU, SUGA")
    frames = {"TPE1": b"\x01" + "아이유\0".encode("utf-16") + "슈가".encode("utf-16-le")}
    assert tags_of(tmp_path, id3v2(frames, version=4), FRAME).artist == "아이유, 슈가"
    assert tags_of(tmp_path, id3v2({"TPE2": b"\x03Various"}, version=4), FRAME).artist == "Various"


def test_unsynchronised_tags(tmp_path: Path) -> None:
    assert v2(tmp_path, UTF16, version=3, flags=0x80) == TITLE
    content = synchsafe(len(UTF16)) + unsynchronised(UTF16)  # one frame alone, its length before it
    frame = b"TIT2" + synchsafe(len(content)) + b"\0\x03" + content
    assert tags_of(tmp_path, b"ID3\x04\0\0" + synchsafe(len(frame)) + frame, FRAME).title == TITLE


def test_an_extended_header_is_passed_over(tmp_path: Path) -> None:
    for version, extension in ((3, b"\0\0\0\x06" + bytes(6)), (4, b"\0\0\0\x06\x01\0")):
        frame = b"TIT2" + (len(UTF16)).to_bytes(4, "big") + b"\0\0" + UTF16
        head = b"ID3" + bytes([version, 0, 0x40]) + synchsafe(len(extension) + len(frame))
        assert tags_of(tmp_path, head, extension, frame, FRAME).title == TITLE


def test_sizes_as_old_itunes_wrote_them(tmp_path: Path) -> None:
    frames = {"TALB": b"\x03" + b"x" * 300, "TIT2": UTF16}
    content = id3v2(frames, version=4, plain_sizes=True)
    assert tags_of(tmp_path, content, FRAME).title == TITLE


def test_huge_pictures_and_many_tags(tmp_path: Path) -> None:
    picture = b"\0image/jpeg\0\x03\0" + bytes(8 * 2**20)
    assert tags_of(tmp_path, id3v2({"APIC": picture, "TIT2": UTF16}), FRAME).title == TITLE
    assert tags_of(tmp_path, id3v2({"TALB": b"\0A"}), id3v2({"TIT2": UTF16}), FRAME) == Tags(TITLE, "", "A")
    assert tags_of(tmp_path, id3v2({}) * 10_000, FRAME) == NAMED


def test_nonsense_sizes(tmp_path: Path) -> None:
    frame = b"TIT2\xff\xff\xff\xff\0\0" + UTF16
    for size in (b"\x7f\x7f\x7f\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff"):
        assert tags_of(tmp_path, b"ID3\x03\0\0" + size + frame, FRAME) == NAMED
    long = b"\x01" + bytes(10 * 2**20)
    assert tags_of(tmp_path, id3v2({"TIT2": long}), FRAME) == NAMED


def test_compressed_and_encrypted_frames_are_not_guessed_at(tmp_path: Path) -> None:
    for flag in (0x80, 0x40):
        frame = b"TIT2\0\0\0\x05\0" + bytes([flag]) + b"\0abcd"
        assert tags_of(tmp_path, b"ID3\x03\0\0" + synchsafe(len(frame)) + frame, FRAME) == NAMED


def test_spoilt_tags_leave_the_name(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    whole = id3v2({"TIT2": UTF16, "TPE1": b"\0A", "TALB": b"\x03B"}, version=4) + FRAME * 3 + id3v1(b"T" * 30)
    for _ in range(500):
        content = np.frombuffer(whole, np.uint8).copy()
        content[rng.integers(0, len(content), rng.integers(1, 30))] = rng.integers(0, 256)
        assert tags_of(tmp_path, content.tobytes()[: rng.integers(1, len(content) + 1)]).title
