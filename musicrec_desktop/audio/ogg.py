"""Ogg pages (RFC 3533) without a decoder: whether bytes are a whole Opus stream, how long it is, and its serial number.

Encoders give every stream a random serial number. One that is made from the sound lets equal samples give equal
bytes, as long as the encoder is the same build on the same kind of processor.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

OPUS_SR = 48_000  # what granules count, whatever rate went in
_HEADER = struct.Struct("<4sBBqIIIB")
_SERIAL_AT, _CHECKSUM_AT = 14, 22
_FIRST = 2  # the flag of a stream's first page
_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))


class _Page(NamedTuple):
    begin: int
    body: int
    end: int
    flags: int
    granule: int


def with_serial(data: bytes, serial: int) -> bytes:
    """The same Ogg stream under this serial number. Raises ValueError for what is no Ogg stream."""
    out = bytearray(data)
    for page in _pages(data):
        struct.pack_into("<I", out, page.begin + _SERIAL_AT, serial)
        struct.pack_into("<I", out, page.begin + _CHECKSUM_AT, _checksum(bytes(out[page.begin : page.end])))
    return bytes(out)


def opus_duration_s(data: bytes) -> float | None:
    """The length of an Ogg Opus stream; None unless every page is whole, with the check sum it should have."""
    try:
        pages = list(_pages(data))
    except ValueError:
        return None
    if not pages or not all(_is_sound(data, page) for page in pages):
        return None
    head = data[pages[0].body : pages[0].end]
    if not (pages[0].flags & _FIRST and head.startswith(b"OpusHead") and len(head) >= 19):
        return None
    (pre_skip,) = struct.unpack_from("<H", head, 10)
    return float(max(0, pages[-1].granule - pre_skip) / OPUS_SR)


def _pages(data: bytes) -> Iterator[_Page]:
    at = 0
    while at < len(data):
        if len(data) - at < _HEADER.size or data[at : at + 4] != b"OggS":
            raise ValueError(f"no Ogg page at byte {at}")
        _, _, flags, granule, *_, n_segments = _HEADER.unpack_from(data, at)
        body = at + _HEADER.size + n_segments
        end = body + sum(data[at + _HEADER.size : body])
        if end > len(data):
            raise ValueError(f"the Ogg page at byte {at} is cut off")
        yield _Page(at, body, end, flags, granule)
        at = end


def _is_sound(data: bytes, page: _Page) -> bool:
    (stated,) = struct.unpack_from("<I", data, page.begin + _CHECKSUM_AT)
    return bool(stated == _checksum(data[page.begin : page.end]))


def _checksum(page: bytes) -> int:
    """Of a page, its own field counted as 0: zlib's polynomial, but highest bit first, from 0 and not inverted."""
    bare = page[:_CHECKSUM_AT] + bytes(4) + page[_CHECKSUM_AT + 4 :]
    mirrored = zlib.crc32(bare.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
