"""What an MP4 file (m4a, mp4, m4b, m4p) says of its sound, read before any decoder is trusted with it.

A file is a chain of boxes: a length of 4 bytes, a name of 4, content. `moov` holds the description, and in it
one `trak` per stream (ISO/IEC 14496-12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from musicrec_desktop.core.errors import UndecodableFile

FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide")
LONGEST_DESCRIPTION = 64 * 2**20  # twelve hours need 10 MB
MOST_BOXES = 100_000  # at the top, where a file in fragments has two for every few seconds
# What sellers' locks call the sound inside: iTunes, Common Encryption, Audible.
PROTECTED = (b"drms", b"enca", b"aavd")


@dataclass(frozen=True, slots=True)
class SoundTrack:
    duration_s: float  # 0 where the header does not say, as in fragmented files
    sr: int
    channels: int


def is_mp4(path: Path) -> bool:
    """Whether it begins like one. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
    length = int.from_bytes(head[:4], "big")
    return head[4:] in FIRST_BOXES and (length in (0, 1) or 8 <= length <= size)


def sound_track(path: Path) -> SoundTrack:
    """The first stream of sound. Raises UndecodableFile: damaged, empty (no sound in it), protected; OSError."""
    with path.open("rb") as file:
        description = _description(file, path.stat().st_size)
    if description is None:
        raise UndecodableFile(path=path, reason="damaged", detail="no description (moov), or one cut short")
    kinds = list(_sound_tracks(description))
    if not kinds:
        raise UndecodableFile(path=path, reason="empty", detail="no stream of sound")
    readable = [track for kind, track in kinds if kind not in PROTECTED]
    if not readable:
        raise UndecodableFile(path=path, reason="protected", detail=kinds[0][0].decode("ascii"))
    return readable[0]


def _description(file: BinaryIO, size: int) -> bytes | None:
    """The content of `moov`, wherever it is; None where it is missing or incomplete."""
    start = 0
    for _ in range(MOST_BOXES):
        file.seek(start)
        head = file.read(16)
        name, length, header = _box(head, size - start)
        if not header <= length <= size - start:  # also beyond what any file can be searched for
            return None
        if name == b"moov":
            file.seek(start + header)
            content = file.read(min(length - header, LONGEST_DESCRIPTION))
            return content if len(content) == length - header else None
        start += length
    return None


def _box(head: bytes, available: int) -> tuple[bytes, int, int]:
    """Name, length and length of the header; the length is 0 where no box is."""
    if len(head) < 8:
        return b"", 0, 8
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        return head[4:8], int.from_bytes(head[8:16], "big"), 16
    return head[4:8], length or available, 8


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of the boxes inside one."""
    start = 0
    while start + 8 <= len(content):
        name, length, header = _box(content[start : start + 16], len(content) - start)
        if length < header:
            return
        yield name, content[start + header : start + length]
        start += length


def _inside(content: bytes, *names: bytes) -> bytes:
    """The box one gets to by these names; empty where one is missing."""
    for name in names:
        content = next((inner for found, inner in _boxes(content) if found == name), b"")
    return content


def _sound_tracks(description: bytes) -> Iterator[tuple[bytes, SoundTrack]]:
    """Every stream of sound with its kind, such as mp4a, alac or drms."""
    movie_rate, _ = _rate_and_length(_inside(description, b"mvhd"))
    for name, track in _boxes(description):
        media = _inside(track, b"mdia") if name == b"trak" else b""
        if _inside(media, b"hdlr")[8:12] != b"soun":
            continue
        rate, length = _rate_and_length(_inside(media, b"mdhd"))
        shown = _shown_length(_inside(track, b"tkhd"))
        lengths_s = [length / rate if rate else 0.0, shown / movie_rate if movie_rate else 0.0]
        # What is shown lacks what an edit list cuts away; either may be missing.
        duration_s = min((each for each in lengths_s if each > 0), default=0.0)
        entry = _inside(media, b"minf", b"stbl", b"stsd")[8:]
        channels, sr = int.from_bytes(entry[24:26], "big"), int.from_bytes(entry[32:34], "big")
        yield entry[4:8], SoundTrack(duration_s, sr or rate, channels or 2)


def _rate_and_length(header: bytes) -> tuple[int, int]:
    """Ticks per second and number of ticks, of a movie (mvhd) or a medium (mdhd)."""
    at, width = (20, 8) if header[:1] == b"\1" else (12, 4)
    ticks = header[at + 4 : at + 4 + width]
    # All bits set is "unknown".
    return int.from_bytes(header[at : at + 4], "big"), 0 if ticks == b"\xff" * width else int.from_bytes(ticks, "big")


def _shown_length(header: bytes) -> int:
    """Ticks of the movie for which a track (tkhd) is shown."""
    at, width = (28, 8) if header[:1] == b"\1" else (20, 4)
    ticks = header[at : at + width]
    return 0 if ticks == b"\xff" * width else int.from_bytes(ticks, "big")
