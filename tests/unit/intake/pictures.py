"""Files with pictures in them, byte by byte, so that no tagger is needed."""

import struct
import zlib
from pathlib import Path

JPEG = bytes.fromhex(  # 1 × 1 px
    "ffd8ffe000104a46494600010100000100010000ffdb004300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc2000b0801000100010111"
    "00ffc40014100100000000000000000000000000000000ffda00080101000105ff00ffd9"
)


def png(wide: int, high: int, *, colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    """A picture of one colour; also one so large that only its file is small."""
    row = b"\0" + bytes(colour) * wide
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(high)) + packer.flush()
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def claiming_png(wide: int, high: int) -> bytes:
    """A small file that says it is this large."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def mp3(path: Path, picture: bytes, *, kind: int = 3, mime: bytes = b"image/png") -> Path:
    """ID3v2.3 with one APIC frame, and a little noise of frames behind it."""
    body = b"\0" + mime + b"\0" + bytes([kind]) + b"\0" + picture
    frame = b"APIC" + struct.pack(">I", len(body)) + b"\0\0" + body
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + size + frame + b"\xff\xfb\x90\0" + bytes(413))
    return path


def flac_block(picture: bytes, *, kind: int = 3) -> bytes:
    mime = b"image/png"
    return (
        struct.pack(">II", kind, len(mime))
        + mime
        + struct.pack(">I", 0)
        + struct.pack(">IIII", 1, 1, 24, 0)
        + struct.pack(">I", len(picture))
        + picture
    )


def flac(path: Path, picture: bytes) -> Path:
    """STREAMINFO and a picture block."""
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + (44100 << 12 | 1 << 9 | 15 << 4).to_bytes(4, "big") + bytes(20)
    block = flac_block(picture)
    path.write_bytes(
        b"fLaC" + b"\0" + len(info).to_bytes(3, "big") + info + b"\x86" + len(block).to_bytes(3, "big") + block
    )
    return path


def m4a(path: Path, picture: bytes) -> Path:
    """moov/udta/meta/ilst/covr."""
    data = _atom(b"data", struct.pack(">II", 14, 0) + picture)
    meta = bytes(4) + _atom(b"ilst", _atom(b"covr", data))
    path.write_bytes(_atom(b"ftyp", b"M4A \0\0\0\0M4A ") + _atom(b"moov", _atom(b"udta", _atom(b"meta", meta))))
    return path


def _atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body
