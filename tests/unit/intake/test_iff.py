"""Chunks of WAV and AIFF: their texts, whole and broken."""

import io
from typing import Literal

import pytest

from musicrec_desktop.intake.id3 import Fields
from musicrec_desktop.intake.iff import read_iff
from tests.tagged import id3v2

Order = Literal["little", "big"]


def chunk(name: bytes, content: bytes, order: Order) -> bytes:
    return name + len(content).to_bytes(4, order) + content + b"\0" * (len(content) % 2)


def wav(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"RIFF\0\0\0\0WAVE" + b"".join(chunk(name, content, "little") for name, content in chunks)


def info(**texts: bytes) -> tuple[bytes, bytes]:
    return b"LIST", b"INFO" + b"".join(chunk(name.encode(), text, "little") for name, text in texts.items())


def read(content: bytes) -> Fields:
    return read_iff(io.BytesIO(content))


SAMPLES = (b"data", bytes(1001))


def test_info_before_and_behind_the_samples() -> None:
    texts = info(INAM=b"Blue\0", IART="봄날".encode("cp949"), IPRD=b"", IGNR=b"Jazz")
    wanted = {"title": [b"Blue"], "artist": ["봄날".encode("cp949")]}
    assert read(wav(SAMPLES, texts)) == read(wav(texts, SAMPLES)) == wanted


@pytest.mark.parametrize("name", [b"id3 ", b"ID3 "])
def test_an_id3_tag_inside_counts_more(name: bytes) -> None:
    tag = name, id3v2({"TIT2": b"\0New"})
    assert read(wav(info(INAM=b"Old", IART=b"A"), tag)) == {"title": [b"New"], "artist": [b"A"]}


def test_aiff() -> None:
    chunks = [(b"NAME", b"Blue"), (b"SSND", bytes(99)), (b"AUTH", b"Band")]
    content = b"FORM\0\0\0\0AIFF" + b"".join(chunk(name, text, "big") for name, text in chunks)
    assert read(content) == {"title": [b"Blue"], "artist": [b"Band"]}


def test_lengths_that_lie() -> None:
    for length in (0, 1, 3, 2**31, 2**32 - 1):
        size = length.to_bytes(4, "little")
        assert read(wav() + b"LIST" + size + b"INFO") == {}
        assert read(wav() + b"LIST\xff\0\0\0INFOINAM" + size + b"Blue").keys() <= {"title"}
        assert read(wav() + b"id3 " + size) == {}
    assert read(b"RIFF") == read(b"") == {}
    assert read(wav() + bytes(10**6)) == {}
