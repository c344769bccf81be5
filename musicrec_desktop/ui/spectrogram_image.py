"""A picture that rolls: columns of bytes in a ring, coloured by a table of 256 entries."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from musicrec_desktop.features.display import FLOOR_DB, STEPS_PER_DB, Columns
from musicrec_desktop.ui.theme import Theme


class SpectrogramImage:
    """`capacity` columns of `n_bins` bytes. The newest is at the right; what was never written is silence."""

    def __init__(self, *, n_bins: int, capacity: int) -> None:
        self.n_bins, self.capacity = n_bins, capacity
        # QImage neither owns the buffer nor knows its length: rows are padded to four bytes and kept alive here.
        self._stride = (capacity + 3) // 4 * 4
        self._pixels = np.zeros((n_bins, self._stride), np.uint8)
        self._image = QImage(self._pixels.data, capacity, n_bins, self._stride, QImage.Format.Format_Indexed8)
        self._next = 0
        self.written = 0

    def clear(self) -> None:
        self._pixels.fill(0)
        self._next = self.written = 0

    def push(self, columns: Columns) -> None:
        """Append (n_bins, n) columns; only the newest `capacity` are kept."""
        kept = columns[:, -self.capacity :]
        count = kept.shape[1]
        first = min(count, self.capacity - self._next)
        self._pixels[:, self._next : self._next + first] = kept[:, :first]
        self._pixels[:, : count - first] = kept[:, first:]
        self._next = (self._next + count) % self.capacity
        self.written = min(self.capacity, self.written + count)

    def value(self, row: int, column: int) -> int:
        """The byte at a row and a column counted from the oldest, at the left."""
        return int(self._pixels[row, (self._next + column) % self.capacity])

    def set_colours(self, theme: Theme, *, top_db: float, span_db: float) -> None:
        """Colour the bytes: `top_db` and louder is the last colour, `span_db` below it the first."""
        self._image.setColorTable(colour_table(theme, top_db=top_db, span_db=span_db))

    def colour(self, value: int) -> int:
        """0xAARRGGBB of a byte."""
        return self._image.color(value)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw oldest to newest from left to right, scaled into the box: two pieces of the ring."""
        older = self.capacity - self._next
        seam = box.left() + box.width() * older / self.capacity
        left = QRectF(box.left(), box.top(), seam - box.left(), box.height())
        right = QRectF(seam, box.top(), box.right() - seam, box.height())
        painter.drawImage(left, self._image, QRectF(self._next, 0, older, self.n_bins))
        if self._next:
            painter.drawImage(right, self._image, QRectF(0, 0, self._next, self.n_bins))


def colour_table(theme: Theme, *, top_db: float, span_db: float) -> list[int]:
    """256 × 0xAARRGGBB for bytes of half a decibel."""
    levels = np.arange(256) / STEPS_PER_DB + FLOOR_DB
    places = np.clip((levels - (top_db - span_db)) / span_db, 0.0, 1.0) * 255
    return [theme.ember[place] for place in np.rint(places).astype(int).tolist()]
