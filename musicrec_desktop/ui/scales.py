"""Numbers as pictures: the ring of closeness, heard against needed, the shares of the moods."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.painting import Themed, arc, canvas, fill_round
from musicrec_desktop.ui.strings import percent
from musicrec_desktop.ui.text import draw_middle, draw_text, width
from musicrec_desktop.ui.theme import Theme, with_alpha

RING_RADIUS, RING_STROKE = 18, 2.4


def paint_closeness(painter: QPainter, x: float, y: float, score: float, theme: Theme, *, strong: bool = False) -> None:
    """A ring filled by score/100 with the number inside; never coloured by value."""
    box = QRectF(x - RING_RADIUS, y - RING_RADIUS, 2 * RING_RADIUS, 2 * RING_RADIUS)
    solid = Qt.PenStyle.SolidLine
    arc(painter, box, 1.0, QPen(theme.line2, RING_STROKE, solid, Qt.PenCapStyle.FlatCap))
    fill = theme.text if strong else theme.text2
    arc(painter, box, score / 100, QPen(fill, RING_STROKE, solid, Qt.PenCapStyle.RoundCap))
    draw_middle(painter, box, f"{score:.0f}", font("body", bold=True), theme.text)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a refusal measured, on a scale from `low` to `high`; good lies between `good_from` and `good_to`."""

    low: float
    high: float
    heard: float
    good_from: float
    good_to: float
    heard_text: str
    good_text: str


class RefusalScale(Themed, QWidget):
    """Heard beside needed: a groove, the part heard, and the part that would do."""

    HEIGHT = 74
    _TOP, _BAR = 28, 12

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._measured: Measured | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_measured(self, measured: Measured) -> None:
        self._measured = measured
        self.setAccessibleName(f"{measured.heard_text}. {measured.good_text}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(620, self.HEIGHT)

    def x_of(self, value: float) -> float:
        """Where a value lies, kept inside the groove."""
        low, high = self._measured.low, self._measured.high
        return max(0.0, min(1.0, (value - low) / (high - low))) * self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._measured is None:
            return
        painter = canvas(self)
        self._paint_bar(painter)
        self._paint_heard(painter)
        self._paint_good(painter)

    def _paint_bar(self, painter: QPainter) -> None:
        groove = QRectF(0, self._TOP, self.width(), self._BAR)
        fill_round(painter, groove, self._BAR / 2, self.theme.line)
        outline = QPainterPath()
        outline.addRoundedRect(groove, self._BAR / 2, self._BAR / 2)
        painter.save()
        painter.setClipPath(outline)
        start, end = self.x_of(self._measured.good_from), self.x_of(self._measured.good_to)
        painter.fillRect(QRectF(start, self._TOP, end - start, self._BAR), with_alpha(self.theme.ok, 0.32))
        painter.fillRect(QRectF(0, self._TOP, self.x_of(self._measured.heard), self._BAR), self.theme.warn)
        painter.restore()

    def _paint_heard(self, painter: QPainter) -> None:
        x = self.x_of(self._measured.heard)
        fill_round(painter, QRectF(x - 1.5, self._TOP - 6, 3, self._BAR + 12), 1.5, self.theme.text)
        bold = font("body", bold=True)
        self._paint_words(painter, self._measured.heard_text, bold, x, 0, self.theme.text, centred=True)

    def _paint_good(self, painter: QPainter) -> None:
        # The edge that matters is the one on the side of what was heard.
        below = self._measured.heard <= self._measured.good_from
        x = self.x_of(self._measured.good_from if below else self._measured.good_to)
        painter.fillRect(QRectF(round(x) - 1, self._TOP - 4, 2, self._BAR + 8), self.theme.ok)
        top = self._TOP + self._BAR + 8
        self._paint_words(painter, self._measured.good_text, font("body"), x + 10, top, self.theme.ok, centred=False)

    def _paint_words(
        self, painter: QPainter, words: str, face: object, x: float, top: float, colour: object, *, centred: bool
    ) -> None:
        used = width(words, face)
        left = min(max(0.0, x - used / 2 if centred else x), max(0.0, self.width() - used))
        draw_text(painter, QRectF(left, top, used + 1, 20), words, face, colour, elide=False)


class MoodShare(Themed, QWidget):
    """One mood and how much of the passage it is: mark, word, bar, per cent."""

    HEIGHT = 30

    def __init__(self, theme: Theme, mood_id: int, text: str, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(mood_id, text, share)

    def set_share(self, mood_id: int, text: str, share: float) -> None:
        """`share` is 0..1."""
        self._mood_id, self._text, self._share = mood_id, text, share
        self.setAccessibleName(f"{text} {share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(236, self.HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        middle = self.height() / 2
        colours = self.theme.mood(self._mood_id)
        paint_mark(painter, self._mood_id, 6, middle, 5.5, colours.mark)
        draw_text(painter, QRectF(22, 0, 70, self.height()), self._text, font("body"), self.theme.text)
        groove = QRectF(96, middle - 2, max(10, self.width() - 96 - 46), 4)
        fill_round(painter, groove, 2, self.theme.line)
        filled = QRectF(groove.left(), groove.top(), max(4.0, groove.width() * self._share), 4)
        fill_round(painter, filled, 2, colours.mark)
        number = QRectF(self.width() - 44, 0, 44, self.height())
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, number, percent(self._share), font("small"), self.theme.text2, align=right)
