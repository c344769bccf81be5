"""The bytes of a Vorbis comment that is not the UTF-8 it claims to be, as some Korean encoders wrote it."""

from pathlib import Path

SEARCHED = 2**20  # bytes, at the beginning of a file


def bytes_of_field(path: Path, field: str) -> bytes | None:
    """What stands behind the field's name in an Ogg or FLAC file; None if not found. Raises OSError."""
    name = field.encode() + b"="
    with path.open("rb") as file:
        data = file.read(SEARCHED)
    at = data.lower().find(name)
    if at < 4:
        return None
    # The length of "NAME=text", in four bytes, precedes it.
    length = int.from_bytes(data[at - 4 : at], "little")
    return data[at + len(name) : at + length] if len(name) < length <= len(data) - at else None
