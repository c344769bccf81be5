"""The bytes of a tag that claims to be UTF-8 and is not, as some Korean encoders of Ogg, FLAC and WAV write it."""

from pathlib import Path

SEARCHED = 2**20  # bytes, at the beginning and at the end of a file
_VORBIS = {"title": b"title=", "artist": b"artist=", "albumartist": b"albumartist=", "album": b"album="}
_RIFF = {"title": b"inam", "artist": b"iart", "album": b"iprd"}


def bytes_of_field(path: Path, field: str) -> bytes | None:
    """What stands behind the field's name in a Vorbis comment or a RIFF INFO chunk; None if not found."""
    with path.open("rb") as file:
        head = file.read(SEARCHED)
        file.seek(max(SEARCHED, file.seek(0, 2) - SEARCHED))
        tail = file.read(SEARCHED)
    for data in (head, tail):
        for find, names in ((_vorbis, _VORBIS), (_riff, _RIFF)):
            if field in names and (found := find(data, names[field])):
                return found
    return None


def _vorbis(data: bytes, name: bytes) -> bytes:
    """The length of "NAME=text", in four bytes, precedes it."""
    at = data.lower().find(name)
    length = int.from_bytes(data[at - 4 : at], "little") if at >= 4 else 0
    return data[at + len(name) : at + length] if len(name) < length <= len(data) - at else b""


def _riff(data: bytes, name: bytes) -> bytes:
    """The length of the text, in four bytes, follows the name."""
    at = data.lower().find(name)
    length = int.from_bytes(data[at + 4 : at + 8], "little") if at >= 0 else 0
    return data[at + 8 : at + 8 + length].rstrip(b"\0") if length <= len(data) - at else b""
