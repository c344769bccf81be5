"""A picture that rolls: columns of bytes in a ring, and the same ring at the size of the screen.

Scaling a 420 × 2580 picture in every frame costs 20 ms; copying one that has the screen's size costs 1 ms. So each
new column is brought to the screen's size once, when it comes, and a change of size builds the small ring anew.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from musicrec_desktop.features.display import FLOOR_DB, STEPS_PER_DB, Columns
from musicrec_desktop.ui.area_means import area_means
from musicrec_desktop.ui.theme import Theme


class SpectrogramImage:
    """`capacity` columns of `n_bins` bytes. The newest is at the right; what was never written is silence."""

    def __init__(self, *, n_bins: int, capacity: int) -> None:
        self.n_bins, self.capacity = n_bins, capacity
        self._ring = np.zeros((n_bins, capacity), np.uint8)
        self._total = 0  # columns ever written; number i lies at i % capacity
        self._screen = _ScreenRing(1, 1)
        self._done = 0  # screen columns ever made
        self._stale = False  # the screen's ring is to be built anew: once, when it is next drawn
        self._tables: tuple[list[int], list[int]] = ([], [])

    @property
    def written(self) -> int:
        """How many of the columns have been heard."""
        return min(self._total, self.capacity)

    def clear(self) -> None:
        self._ring.fill(0)
        self._total = 0
        self._stale = True

    def push(self, columns: Columns) -> None:
        """Append (n_bins, n) columns; only the newest `capacity` are kept."""
        kept = columns[:, -self.capacity :]
        self._total += columns.shape[1]
        places = np.arange(self._total - kept.shape[1], self._total) % self.capacity
        self._ring[:, places] = kept
        new = self._total * self._screen.width // self.capacity - self._done
        if new >= self._screen.width // 2:
            self._stale = True
        elif not self._stale:
            self._extend(new)

    def value(self, row: int, column: int) -> int:
        """The byte at a row and a column counted from the oldest, at the left."""
        return int(self._ring[row, (self._total + column) % self.capacity])

    def set_colours(self, theme: Theme, *, top_db: float, span_db: float, veil: float = 0.0) -> None:
        """Colour the bytes: `top_db` and louder is the last colour, `span_db` below it the first.

        `veil` is the strength 0..1 of the scrim over what is dimmed.
        """
        table = colour_table(theme, top_db=top_db, span_db=span_db)
        self._tables = (table, veiled(table, theme.scrim, veil))
        self._screen.set_tables(*self._tables)

    def colour(self, value: int) -> int:
        """0xAARRGGBB of a byte."""
        return self._tables[0][value]

    def draw(self, painter: QPainter, box: QRectF, *, bright: tuple[float, float] = (0.0, 1.0)) -> None:
        """Draw oldest to newest from left to right; what lies outside the `bright` part, in shares, is dimmed."""
        dpr = painter.device().devicePixelRatioF()
        self._fit(max(1, round(box.width() * dpr)), max(1, round(box.height() * dpr)))
        first, last = (round(min(1.0, max(0.0, share)) * self._screen.width) for share in bright)
        corner = QPointF(round(box.left() * dpr), round(box.top() * dpr))
        painter.save()
        painter.scale(1 / dpr, 1 / dpr)  # one pixel of the ring is one of the screen
        spans = ((0, first, True), (first, last, False), (last, self._screen.width, True))
        for start, end, dim in spans:
            self._screen.draw(painter, corner, start, end, oldest=self._done, dim=dim)
        painter.restore()

    def _fit(self, width: int, height: int) -> None:
        if (self._screen.width, self._screen.height) != (width, height):
            self._screen = _ScreenRing(width, height)
            self._screen.set_tables(*self._tables)
            self._stale = True
        if self._stale:
            self._rebuild()

    def _extend(self, count: int) -> None:
        """Make the screen columns that are complete since the last time."""
        width = self._screen.width
        for number in range(self._done, self._done + count):
            start = number * self.capacity // width
            end = max(start + 1, (number + 1) * self.capacity // width)
            part = self._ring[:, np.arange(start, end) % self.capacity]
            self._screen.write(number, self._to_screen_rows(part.mean(axis=1, keepdims=True, dtype=np.float32)))
        self._done += max(0, count)

    def _rebuild(self) -> None:
        self._stale = False
        width = self._screen.width
        self._done = self._total * width // self.capacity
        if self._total == 0:
            self._screen.clear()
            return
        numbers = np.arange(self._done - width, self._done)
        oldest = self._total - self.capacity
        ordered = np.roll(self._ring, -(self._total % self.capacity), axis=1)
        starts = np.clip(numbers * self.capacity // width - oldest, 0, self.capacity - 1)
        counts = np.maximum(1, np.diff(starts, append=self.capacity))
        total = np.cumsum(ordered, axis=1, dtype=np.int32)
        sums = total[:, starts + counts - 1] - total[:, starts] + ordered[:, starts]
        self._screen.write(numbers, self._to_screen_rows(sums / counts.astype(np.float32)))

    def _to_screen_rows(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        # Sums stay below 2**17, where single precision is exact enough for bytes.
        return area_means(columns, self._screen.height, axis=0, dtype=np.float32)


class _ScreenRing:
    """The same ring in screen pixels, seen by two images: one bright, one dimmed."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        # QImage neither owns the buffer nor knows its length: rows are padded to four bytes and kept alive here.
        stride = (width + 3) // 4 * 4
        self._pixels = np.zeros((height, stride), np.uint8)
        form = QImage.Format.Format_Indexed8
        self._bright = QImage(self._pixels.data, width, height, stride, form)
        self._dimmed = QImage(self._pixels.data, width, height, stride, form)

    def set_tables(self, bright: list[int], dimmed: list[int]) -> None:
        self._bright.setColorTable(bright)
        self._dimmed.setColorTable(dimmed)

    def clear(self) -> None:
        self._pixels.fill(0)

    def write(self, numbers: int | NDArray[np.int64], columns: NDArray[np.float32]) -> None:
        """Put columns (height, n) at their numbers, round the ring."""
        self._pixels[:, np.atleast_1d(numbers) % self.width] = np.rint(columns)

    def draw(self, painter: QPainter, corner: QPointF, start: int, end: int, *, oldest: int, dim: bool) -> None:
        """Draw the columns from `start` to `end` counted from the oldest: one piece, or two across the seam."""
        image = self._dimmed if dim else self._bright
        while start < end:
            source = (oldest + start) % self.width
            count = min(end - start, self.width - source)
            at = QPointF(corner.x() + start, corner.y())
            painter.drawImage(at, image, QRect(source, 0, count, self.height))
            start += count


def colour_table(theme: Theme, *, top_db: float, span_db: float) -> list[int]:
    """256 × 0xAARRGGBB for bytes of half a decibel."""
    levels = np.arange(256) / STEPS_PER_DB + FLOOR_DB
    places = np.clip((levels - (top_db - span_db)) / span_db, 0.0, 1.0) * 255
    return [theme.ember[place] for place in np.rint(places).astype(int).tolist()]


def veiled(table: list[int], scrim: QColor, strength: float) -> list[int]:
    """The table under a veil of the scrim's colour."""
    colours = np.array([QColor.fromRgba(entry).getRgb()[:3] for entry in table], np.float64)
    mixed = np.rint(colours * (1 - strength) + np.array(scrim.getRgb()[:3]) * strength).astype(int)
    return [(255 << 24) | (int(r) << 16) | (int(g) << 8) | int(b) for r, g, b in mixed.tolist()]
