"""The ten mark shapes: the dot of a halftone, the bullet in a row, the point on the map."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

N_SLOTS = 10
_OUTLINE = 0.28  # stroke of the second ten, in half-widths


def paint_mark(painter: QPainter, slot: int, x: float, y: float, r: float, colour: QColor) -> None:
    """Fill the mark of a mood slot, centred on (x, y), in a box of half-width r. Slots past nine are outlined."""
    path = QTransform(r, 0, 0, r, x, y).map(mark_path(slot % N_SLOTS))
    if slot < N_SLOTS:
        painter.fillPath(path, colour)
    else:
        painter.strokePath(path, QPen(colour, max(1.0, r * _OUTLINE), Qt.PenStyle.SolidLine))


@cache
def mark_path(slot: int) -> QPainterPath:
    """The shape in a box from −1 to 1; slots 0..9."""
    makers = (
        _circle,
        _slanted_bar,
        _square,
        _triangle,
        _half_disc,
        _upright_capsule,
        _crescent,
        _ring,
        _diamond,
        _lying_capsule,
    )
    return makers[slot]()


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _disc(radius: float, x: float = 0.0, y: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _capsule(width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    radius = min(width, height) / 2
    path.addRoundedRect(QRectF(-width / 2, -height / 2, width, height), radius, radius)
    return path


def _circle() -> QPainterPath:
    return _disc(1.0)


def _slanted_bar() -> QPainterPath:
    return _polygon((-0.13, -0.85), (0.98, -0.85), (0.13, 0.85), (-0.98, 0.85))


def _square() -> QPainterPath:
    return _polygon((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))


def _triangle() -> QPainterPath:
    return _polygon((0.0, -1.05), (1.05, 0.85), (-1.05, 0.85))


def _half_disc() -> QPainterPath:
    path = QPainterPath(QPointF(-1.1, 0.55))
    path.arcTo(QRectF(-1.1, -0.55, 2.2, 2.2), 180, -180)
    path.closeSubpath()
    return path


def _upright_capsule() -> QPainterPath:
    return _capsule(0.76, 2.2)


def _crescent() -> QPainterPath:
    return _disc(1.0).subtracted(_disc(0.82, 0.52, -0.30))


def _ring() -> QPainterPath:
    return _disc(1.0).subtracted(_disc(0.54))


def _diamond() -> QPainterPath:
    return _polygon((0.0, -1.18), (1.05, 0.0), (0.0, 1.18), (-1.05, 0.0))


def _lying_capsule() -> QPainterPath:
    return _capsule(2.3, 0.72)
