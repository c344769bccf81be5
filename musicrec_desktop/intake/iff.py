"""Title, artist and album of WAV and AIFF files: chunks with a name and a length, texts in whatever encoding."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Literal

from musicrec_desktop.intake.id3 import LONGEST_TAG, LONGEST_TEXT, Fields, read_v2

MOST_CHUNKS = 1000
_FIELDS = {b"INAM": "title", b"IART": "artist", b"IPRD": "album", b"NAME": "title", b"AUTH": "artist"}
Order = Literal["little", "big"]


def read_iff(file: BinaryIO) -> Fields:
    """From INFO or NAME and AUTH chunks, and from an ID3 tag inside, which counts more."""
    file.seek(0)
    head = file.read(12)
    order: Order = "little" if head[:4] == b"RIFF" else "big"
    said: Fields = {}
    tagged: Fields = {}
    for name, length in _chunks(file, order):
        if name in (b"id3 ", b"ID3 "):
            tagged = read_v2(io.BytesIO(file.read(min(length, LONGEST_TAG)))) | tagged
        elif name == b"LIST" and file.read(4) == b"INFO":
            info = io.BytesIO(file.read(min(max(0, length - 4), LONGEST_TAG)))
            said |= {_FIELDS[inner]: [_text(info, size)] for inner, size in _chunks(info, order) if inner in _FIELDS}
        elif name in _FIELDS and order == "big":
            said[_FIELDS[name]] = [_text(file, length)]
    return {field: values for field, values in (said | tagged).items() if any(values)}


def _chunks(file: BinaryIO, order: Order) -> Iterator[tuple[bytes, int]]:
    """Names and lengths; the file stands at the content of each."""
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        length = int.from_bytes(head[4:], order)
        content = file.tell()
        yield head[:4], length
        file.seek(content + length + length % 2)


def _text(file: BinaryIO, length: int) -> bytes:
    return file.read(min(length, LONGEST_TEXT)).split(b"\0")[0]
