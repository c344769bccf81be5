"""Tags written byte by byte, as old taggers wrote them, right and wrong."""

from collections.abc import Mapping


def id3v1(title: bytes = b"", artist: bytes = b"", album: bytes = b"", *, padding: bytes = b"\0") -> bytes:
    """The last 128 bytes of a file; what is too long is cut, within a letter or not."""
    fields = b"".join(field[:30].ljust(30, padding) for field in (title, artist, album))
    return b"TAG" + fields + b"1999" + bytes(30) + b"\x0c"


def synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def unsynchronised(data: bytes) -> bytes:
    return data.replace(b"\xff", b"\xff\0")


def id3v2(frames: Mapping[str, bytes], *, version: int = 3, flags: int = 0, plain_sizes: bool = False) -> bytes:
    """Frames with their encoding byte; `plain_sizes`: as old iTunes wrote them into version 4."""
    content = b""
    for name, data in frames.items():
        size = len(data).to_bytes(3 if version == 2 else 4, "big")
        if version == 4 and not plain_sizes:
            size = synchsafe(len(data))
        content += name.encode() + size + (b"" if version == 2 else b"\0\0") + data
    content += bytes(64)
    if flags & 0x80:
        content = unsynchronised(content)
    return b"ID3" + bytes([version, 0, flags]) + synchsafe(len(content)) + content
