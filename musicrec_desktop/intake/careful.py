"""A file for parsers of bytes from anywhere: it ends their reading where no honest file needs more."""

import io
import os
from pathlib import Path

MOST_READ = 64 * 2**20  # bytes, with the pictures among the tags
MOST_READS = 20_000


class CarefulFile(io.BufferedReader):
    """Raises ValueError when more is asked for, in bytes or in number: lengths that lie, lists without end."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))
        self._left, self._reads = MOST_READ, MOST_READS
        self._size = os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= self._size if size is None or size < 0 else min(size, self._size)
        self._reads -= 1
        if self._left < 0 or self._reads < 0:
            raise ValueError("more than any tags need")
        return super().read(size)
