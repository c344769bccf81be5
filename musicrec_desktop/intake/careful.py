"""A file for parsers of bytes from anywhere: it ends their reading where no honest file needs more."""

import io
import os
import struct
from pathlib import Path

from tinytag import TinyTagException

MOST_READ = 64 * 2**20  # bytes, with the pictures among the tags
MOST_READS = 20_000
# What such a parser may stumble over; no file is refused for its tags.
BAD_TAGS = (
    TinyTagException,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    struct.error,
    TypeError,
    AttributeError,
    RecursionError,
    MemoryError,
)


class CarefulFile(io.BufferedReader):
    """Raises ValueError when more is asked for, in bytes or in number: lengths that lie, lists without end.

    `most_at_once` is what one reading may ask for, before any memory is taken for it.
    """

    def __init__(self, path: Path, *, most_at_once: int = MOST_READ) -> None:
        super().__init__(io.FileIO(path))
        self._left, self._reads, self._most_at_once = MOST_READ, MOST_READS, most_at_once
        self._size = os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= self._size if size is None or size < 0 else min(size, self._size)
        self._reads -= 1
        if self._left < 0 or self._reads < 0 or (size or 0) > self._most_at_once:
            raise ValueError("more than any tags need")
        return super().read(size)
