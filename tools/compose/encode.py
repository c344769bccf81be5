"""Samples into an Ogg/Opus file whose bytes do not depend on chance.

The encoder gives every stream a random serial number; here it becomes one made from the file's tags, and the check
sums of the pages are counted anew (RFC 3533). Equal samples then give equal bytes, as long as the encoder is the
same build on the same kind of processor; for other encoders, `songs.json` keeps the digest of the samples.
"""

import io
import struct
import zlib
from functools import lru_cache

import numpy as np
import soundfile
from numpy.typing import NDArray

from musicrec_desktop.core.types import Tags
from tools.compose.exact import SR

COMPRESSION = 0.948  # of 0..1: about 39 kbit/s for two channels
BLOCK = SR  # samples at once
_HEADER = struct.Struct("<4sBBqIIIB")
_POLYNOMIAL = 0x04C11DB7


def encoded(pcm: NDArray[np.int16], tags: Tags, *, compression: float = COMPRESSION) -> bytes:
    """An Ogg/Opus file of samples (n, channels) at 48 kHz."""
    store = io.BytesIO()
    with soundfile.SoundFile(
        store, "w", SR, pcm.shape[1], format="OGG", subtype="OPUS", compression_level=compression
    ) as file:
        for name in ("title", "artist", "album"):
            if getattr(tags, name):  # the library takes no empty text
                setattr(file, name, getattr(tags, name))
        for start in range(0, len(pcm), BLOCK):
            file.write(pcm[start : start + BLOCK])
    return with_serial(store.getvalue(), zlib.crc32("\n".join((tags.title, tags.artist, tags.album)).encode()))


def decoded(data: bytes) -> NDArray[np.float64]:
    samples, _ = soundfile.read(io.BytesIO(data), always_2d=True)
    return np.asarray(samples)


def with_serial(data: bytes, serial: int) -> bytes:
    """The same Ogg stream under this serial number."""
    out, at = bytearray(data), 0
    while at < len(out):
        *begin, n_segments = _HEADER.unpack_from(out, at)
        if begin[0] != b"OggS":
            raise ValueError(f"no Ogg page at byte {at}")
        body = at + _HEADER.size
        stop = body + n_segments + sum(out[body : body + n_segments])
        struct.pack_into("<I", out, at + 14, serial)
        struct.pack_into("<I", out, at + 22, 0)
        struct.pack_into("<I", out, at + 22, _checksum(bytes(out[at:stop])))
        at = stop
    return bytes(out)


@lru_cache(maxsize=1)
def _remainders() -> tuple[int, ...]:
    table = []
    for value in range(256):
        rest = value << 24
        for _ in range(8):
            rest = (rest << 1) ^ _POLYNOMIAL if rest & 0x80000000 else rest << 1
        table.append(rest & 0xFFFFFFFF)
    return tuple(table)


def _checksum(page: bytes) -> int:
    rest, table = 0, _remainders()
    for byte in page:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ table[(rest >> 24) ^ byte]
    return rest
