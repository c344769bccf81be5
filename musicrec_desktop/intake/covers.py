"""The picture of a song: what its file holds, else what lies beside it. Bytes only; they are decoded elsewhere."""

import io
import os
import struct
from pathlib import Path

from tinytag import TinyTag, TinyTagException

LARGEST = 16_000_000  # bytes of a picture
_MOST_READ = 64_000_000  # bytes of one file while its picture is looked for
_MOST_READS = 20_000
_STEMS = ("cover", "folder", "front", "albumart", "album")  # in this order
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
# What a parser of bytes from anywhere may stumble over; no song is refused for its picture.
_BAD_TAGS = (TinyTagException, OSError, ValueError, LookupError, ArithmeticError, struct.error, TypeError,
             AttributeError, RecursionError, MemoryError)  # fmt: skip


def embedded_picture(path: Path) -> bytes | None:
    """The front cover in the file's tags, else any other picture there. Never fails; too large a one is none."""
    try:
        with _Careful(path) as file:
            images = TinyTag.get(path, file_obj=file, duration=False, image=True).images
    except _BAD_TAGS:
        return None
    image = images.front_cover or images.any
    data = image.data if image is not None else None
    return data if isinstance(data, bytes) and 0 < len(data) <= LARGEST else None


def folder_picture(folder: Path) -> Path | None:
    """`cover.jpg` and the like, whatever their case. Never fails."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.lower().endswith(_ENDINGS) and entry.is_file()]
    except OSError:
        return None
    ranked = [(rank, name) for name in names if (rank := _rank(name)) is not None]
    return folder / min(ranked)[1] if ranked else None


def read_picture(path: Path) -> bytes | None:
    """The bytes of a picture file. Never fails; too large a one is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    return data if 0 < len(data) <= LARGEST else None


def _rank(name: str) -> int | None:
    stem = Path(name).stem.lower()
    for rank, usual in enumerate(_STEMS):
        if stem == usual or (usual == "front" and stem.startswith("front")):
            return rank
    return None


class _Careful(io.BufferedReader):
    """A file that refuses to be read beyond all measure, however large a picture its tags announce."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))
        self._left, self._reads = _MOST_READ, _MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._size() if size is None or size < 0 else min(size, self._size())
        self._left -= wanted
        self._reads -= 1
        if wanted > 2 * LARGEST or self._left < 0 or self._reads < 0:
            raise ValueError("more than any picture needs")
        return super().read(size)

    def _size(self) -> int:
        return os.fstat(self.fileno()).st_size
