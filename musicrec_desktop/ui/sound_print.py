"""Pictures made of sound: the cover of a track and the halftone of a mood, in the mood's mark."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QTransform

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.area_means import area_means
from musicrec_desktop.ui.cover_images import Cover
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.theme import Theme

Print = NDArray[np.uint8]  # (12, 14): mel bands by time, row 0 the highest band
HALFTONE_ROWS, HALFTONE_COLUMNS = 13, 14
_LOW, _HIGH = 18, 92  # percentiles that become empty and full
_GAMMA = 0.62  # areas look right when the size grows slower than the value
_LARGE_COVER = 60
_SEEN = 0.10  # smaller dots are dust
_SILENT = 0.22  # a mood without songs: its marks at rest, rather than an empty tile
_CACHE_SIZE = 512


def dot_sizes(sound_print: Print, *, n_rows: int, n_columns: int) -> NDArray[np.float64]:
    """Sizes 0..1 of (n_rows, n_columns) dots: each band's own level removed, what is left stretched."""
    bands = sound_print.astype(np.float64)
    bands -= bands.mean(axis=1, keepdims=True)
    grid = area_means(area_means(bands, n_rows, axis=0), n_columns, axis=1)
    low, high = np.percentile(grid, (_LOW, _HIGH))
    if high - low < 1e-9:
        return np.zeros_like(grid)
    sizes: NDArray[np.float64] = np.clip((grid - low) / (high - low), 0.0, 1.0) ** _GAMMA
    return sizes


def paint_dots(
    painter: QPainter, box: QRectF, sizes: NDArray[np.float64], *, slot: int, colour: QColor, largest: float
) -> None:
    """Fill the box with marks on a regular grid; `largest` is the half-width of a full mark in cells."""
    n_rows, n_columns = sizes.shape
    wide, high = box.width() / n_columns, box.height() / n_rows
    for row, column in np.argwhere(sizes >= _SEEN):
        x, y = box.left() + (column + 0.5) * wide, box.top() + (row + 0.5) * high
        paint_mark(painter, slot, x, y, float(sizes[row, column]) * min(wide, high) * largest, colour)


def cover_pixmap(
    track_id: str, sound_print: Print | Cover | None, *, mood_id: int | None, size: int, theme: Theme, dpr: float
) -> QPixmap:
    """The cover of a track, `size` logical px square; without a print a plain square in the mood's colour."""
    if isinstance(sound_print, Cover):
        return _picture(sound_print, mood_id, size, theme.name, float(dpr))
    key = None if sound_print is None else sound_print.tobytes()
    return _cover(track_id, key, mood_id, size, theme.name, float(dpr))


def draw_cover(
    painter: QPainter,
    at: QPointF,
    *,
    track_id: str,
    sound_print: Print | Cover | None,
    mood_id: int | None,
    size: int,
    theme: Theme,
) -> None:
    dpr = painter.device().devicePixelRatioF()
    pixmap = cover_pixmap(track_id, sound_print, mood_id=mood_id, size=size, theme=theme, dpr=dpr)
    painter.drawPixmap(at, pixmap)


@lru_cache(maxsize=_CACHE_SIZE)
def _cover(track_id: str, key: bytes | None, mood_id: int | None, size: int, theme_name: str, dpr: float) -> QPixmap:
    colours = Theme.named(theme_name).mood(mood_id)
    pixmap = _transparent(size, size, dpr)
    painter = _on_square(pixmap, size, colours.cover)
    if key is not None:
        count = 9 if size > _LARGE_COVER else 6
        sizes = dot_sizes(np.frombuffer(key, np.uint8).reshape(12, 14), n_rows=count, n_columns=count)
        margin = size * 0.1
        box = QRectF(margin, margin, size - 2 * margin, size - 2 * margin)
        paint_dots(painter, box, sizes, slot=_slot(mood_id), colour=colours.print, largest=0.47)
    painter.end()
    return pixmap


@lru_cache(maxsize=_CACHE_SIZE)
def _picture(cover: Cover, mood_id: int | None, size: int, theme_name: str, dpr: float) -> QPixmap:
    """A picture with the corners of all covers; the mood's colour shines through where it is clear."""
    edge, pixmap = round(size * dpr), _transparent(size, size, dpr)
    painter = _on_square(pixmap, size, Theme.named(theme_name).mood(mood_id).cover)
    smooth = Qt.TransformationMode.SmoothTransformation
    picture = QBrush(cover.image.scaled(edge, edge, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    picture.setTransform(QTransform.fromScale(size / edge, size / edge))
    painter.setBrush(picture)
    painter.drawRoundedRect(QRectF(0, 0, size, size), tokens.RADIUS_COVER, tokens.RADIUS_COVER)
    painter.end()
    return pixmap


def _on_square(pixmap: QPixmap, size: int, colour: QColor) -> QPainter:
    """A painter on the rounded square that every cover is."""
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0, 0, size, size), tokens.RADIUS_COVER, tokens.RADIUS_COVER)
    return painter


def halftone_pixmap(mood_id: int, sound_print: Print | None, *, width: int, theme: Theme, dpr: float) -> QPixmap:
    """The picture of a mood tile: 14 columns across `width`, on nothing, in the mood's mark."""
    key = None if sound_print is None else sound_print.tobytes()
    return _halftone(mood_id, key, width, theme.name, float(dpr))


def halftone_height(width: int) -> int:
    return round(width * HALFTONE_ROWS / HALFTONE_COLUMNS)


@lru_cache(maxsize=64)
def _halftone(mood_id: int, key: bytes | None, width: int, theme_name: str, dpr: float) -> QPixmap:
    height = halftone_height(width)
    pixmap = _transparent(width, height, dpr)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sizes = np.full((HALFTONE_ROWS, HALFTONE_COLUMNS), _SILENT)
    if key is not None:
        bands = np.frombuffer(key, np.uint8).reshape(12, 14)
        sizes = dot_sizes(bands, n_rows=HALFTONE_ROWS, n_columns=HALFTONE_COLUMNS)
    colour = Theme.named(theme_name).mood(mood_id).mark
    paint_dots(painter, QRectF(0, 0, width, height), sizes, slot=mood_id, colour=colour, largest=0.47)
    painter.end()
    return pixmap


def _slot(mood_id: int | None) -> int:
    return 0 if mood_id is None else mood_id


def _transparent(width: int, height: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(round(width * dpr), round(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
