"""How the parts of the spectrogram are drawn: axes, veil, frames, the reading under the pointer."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from musicrec_desktop.features.display import HIGH_HZ, LOW_HZ, note_name, to_db
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.level_meter import decibels
from musicrec_desktop.ui.painting import fill_round, outline_round
from musicrec_desktop.ui.text import draw_middle, draw_text, width
from musicrec_desktop.ui.theme import Theme, with_alpha

VEIL_ARMED, VEIL = 0.42, 0.52
_FREQUENCIES = ((50, "50"), (100, "100"), (200, "200"), (500, "500"), (1000, "1k"), (2000, "2k"), (5000, "5k"))
_TICK = 4
_LABEL_HEIGHT = 24
_GRIP_WIDTH, _GRIP_HEIGHT = 8, 26
_READING_HEIGHT = 26


def frequency_y(box: QRectF, frequency_hz: float) -> float:
    share = math.log(HIGH_HZ / frequency_hz) / math.log(HIGH_HZ / LOW_HZ)
    return box.top() + share * box.height()


def frequency_at(box: QRectF, y: float) -> float:
    """Hz at a height of the picture."""
    return HIGH_HZ * (LOW_HZ / HIGH_HZ) ** ((y - box.top()) / box.height())


def corners(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Round the corners by painting the sheet over them: cheaper than a clip, and smooth."""
    side = tokens.RADIUS_BUTTON
    for x, to_right in ((box.left(), 1), (box.right(), -1)):
        for y, down in ((box.top(), 1), (box.bottom(), -1)):
            corner = QPainterPath(QPointF(x + to_right * side, y))
            corner.quadTo(x, y, x, y + down * side)
            corner.lineTo(x, y)
            painter.fillPath(corner, theme.sheet)


def empty(painter: QPainter, box: QRectF, message: str, theme: Theme) -> None:
    fill_round(painter, box, tokens.RADIUS_BUTTON, QColor.fromRgba(theme.ember[0]))
    draw_middle(painter, box, message, font("row", bold=False), theme.text2)


def hatch(painter: QPainter, box: QRectF, from_x: float, theme: Theme) -> None:
    """Diagonals, 6 px apart: nothing was heard here."""
    area = QRectF(from_x, box.top(), box.right() - from_x, box.height())
    painter.save()
    painter.setClipRect(area)
    painter.setPen(QPen(theme.control, 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QLineF(x, area.bottom(), x + area.height(), area.top()))
        x += 6 * math.sqrt(2)
    painter.restore()


def frequency_axis(painter: QPainter, box: QRectF, theme: Theme) -> None:
    axis = font("axis")
    for frequency_hz, words in _FREQUENCIES:
        y = frequency_y(box, frequency_hz)
        label = QRectF(0, y - 9, box.left() - 10, 18)
        draw_text(painter, label, words, axis, theme.text3, align=Qt.AlignmentFlag.AlignRight, elide=False)
        painter.setPen(QPen(theme.line2, 1))
        line_y = math.floor(y) + 0.5
        painter.drawLine(QLineF(box.left() - 1 - _TICK, line_y, box.left() - 1, line_y))


def time_axis(painter: QPainter, box: QRectF, labels: Sequence[tuple[float, str]], theme: Theme) -> None:
    axis = font("axis")
    for place, words in labels:
        used = width(words, axis)
        left = box.left() + place * box.width() - used / 2
        left = min(max(box.left(), left), box.right() - used)
        draw_text(painter, QRectF(left, box.bottom() + 5, used + 1, 18), words, axis, theme.text3, elide=False)


def label(painter: QPainter, box: QRectF, words: str, theme: Theme, *, inverted: bool = True) -> None:
    fill_round(painter, box, tokens.RADIUS_COVER, theme.text if inverted else theme.raised)
    if not inverted:
        outline_round(painter, box, tokens.RADIUS_COVER, theme.line2)
    draw_middle(painter, box, words, font("small", bold=True), theme.sheet if inverted else theme.text)


def label_width(words: str) -> float:
    return width(words, font("small", bold=True)) + 18


def recording_edge(painter: QPainter, box: QRectF, x: float, words: str, theme: Theme) -> None:
    """The line where the passage begins; the label is before it, or after it when there is no room."""
    painter.setPen(QPen(theme.text, 1.5))
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
    used = label_width(words)
    left = x - 8 - used if x - 8 - used > box.left() else min(x + 8, box.right() - used)
    label(painter, QRectF(left, box.top() + 12, used, _LABEL_HEIGHT), words, theme)


def frame(painter: QPainter, box: QRectF, words: str, theme: Theme, *, grips: bool) -> None:
    """The chosen passage: a frame of 2 px that stands out above and below, and two grips."""
    outer = box.adjusted(0, -2, 0, 2)
    outline_round(painter, outer, tokens.RADIUS_HANDLE, theme.text, 2)
    used = min(label_width(words), box.width() - 12)
    top = box.top() + (8 if box.height() > 40 else 4)
    if used >= label_width(words):  # a passage narrower than its words goes without
        label(painter, QRectF(box.center().x() - used / 2, top, used, 22), words, theme)
    if grips:
        for x in (outer.left() + 1, outer.right() - 1):
            _grip(painter, x, box.center().y(), theme)


def _grip(painter: QPainter, x: float, y: float, theme: Theme) -> None:
    handle = QRectF(x - _GRIP_WIDTH / 2, y - _GRIP_HEIGHT / 2, _GRIP_WIDTH, _GRIP_HEIGHT)
    fill_round(painter, handle, tokens.RADIUS_HANDLE, theme.text)
    painter.setPen(QPen(theme.sheet, 1.5))
    painter.drawLine(QLineF(x, y - 5, x, y + 5))


def dashed_frame(painter: QPainter, box: QRectF, words: str, theme: Theme) -> None:
    pen = QPen(theme.text, 1.5)
    pen.setDashPattern([4, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), tokens.RADIUS_HANDLE, tokens.RADIUS_HANDLE)
    used = label_width(words)
    label(painter, QRectF(box.center().x() - used / 2, box.top() + 8, used, 22), words, theme, inverted=False)


def reading(painter: QPainter, box: QRectF, at: QPointF, value: int, theme: Theme) -> None:
    """Cross-hair and its card: note, Hz, dB."""
    painter.setPen(QPen(with_alpha(theme.text, 0.5), 1))
    x, y = math.floor(at.x()) + 0.5, math.floor(at.y()) + 0.5
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
    painter.drawLine(QLineF(box.left(), y, box.right(), y))
    painter.setPen(QPen(theme.text, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), 4, 4)
    _reading_card(painter, box, QPointF(x, y), reading_words(frequency_at(box, at.y()), value), theme)


def reading_words(frequency_hz: float, value: int) -> tuple[str, str, str]:
    """Note, frequency, level of a point; the level of silence is "−∞ dB"."""
    level = "\u2212\u221e dB" if value == 0 else decibels(to_db(value))
    hertz = f"{frequency_hz:.0f} Hz" if frequency_hz < 1000 else f"{frequency_hz / 1000:.1f} kHz"
    return note_name(frequency_hz), hertz, level


def _reading_card(painter: QPainter, box: QRectF, at: QPointF, words: tuple[str, str, str], theme: Theme) -> None:
    small = font("small")
    widths = [width(word, small) for word in words]
    used = sum(widths) + 2 * 8 + 20
    left = at.x() + 12 if at.x() + 12 + used < box.right() else at.x() - 12 - used
    top = at.y() - 12 - _READING_HEIGHT if at.y() - 12 - _READING_HEIGHT > box.top() else at.y() + 12
    card = QRectF(round(left), round(top), used, _READING_HEIGHT)
    fill_round(painter, card, tokens.RADIUS_COVER, theme.raised)
    outline_round(painter, card, tokens.RADIUS_COVER, theme.line2)
    x = card.left() + 10
    for word, word_width in zip(words, widths, strict=True):
        draw_text(painter, QRectF(x, card.top(), word_width + 1, card.height()), word, small, theme.text, elide=False)
        x += word_width + 8
