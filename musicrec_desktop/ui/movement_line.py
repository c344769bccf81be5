"""A mood's prototype movement as one quiet line: up where its songs turn brighter."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

STROKE = 1.5


def paint_movement(painter: QPainter, box: QRectF, values: Sequence[float], colour: QColor) -> None:
    """Draw values 0..1 from edge to edge of the box, 0.5 in its middle; nothing for fewer than two."""
    if len(values) < 2:
        return
    pen = QPen(colour, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(_path(_points(box, values)), pen)


def _points(box: QRectF, values: Sequence[float]) -> list[QPointF]:
    step, inner = (box.width() - STROKE) / (len(values) - 1), box.height() - STROKE
    left, bottom = box.left() + STROKE / 2, box.bottom() - STROKE / 2
    return [QPointF(left + i * step, bottom - min(max(v, 0.0), 1.0) * inner) for i, v in enumerate(values)]


def _path(points: Sequence[QPointF]) -> QPainterPath:
    """Through every point, level at each, so that the line never swings past its values."""
    path = QPainterPath(points[0])
    for before, after in zip(points, points[1:], strict=False):
        half = (before.x() + after.x()) / 2
        path.cubicTo(QPointF(half, before.y()), QPointF(half, after.y()), after)
    return path
