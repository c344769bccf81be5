"""Small painted things: segment, key caps, chips, rows that lead elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.buttons import DISABLED, PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.painting import Themed, canvas, fill_round, outline_round
from musicrec_desktop.ui.text import draw_middle, draw_text, width
from musicrec_desktop.ui.theme import Theme

SEGMENT_HEIGHT = 32
_SEGMENT_INSET = 4
_SEGMENT_ICON, _SEGMENT_LEAD, _SEGMENT_SIDES = 16, 35, 53
KEY_HEIGHT = 20
CHIP_HEIGHT, MOOD_CHIP_HEIGHT = 24, 34
_CHIP_PADDING = 9


class SegmentPart(PaintedButton):
    """One choice of a segment."""

    def __init__(self, theme: Theme, icon: str | None, text: str) -> None:
        self._icon = icon
        super().__init__(theme, text)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        # The bold width: choosing must not move the neighbour.
        words = width(self.text(), font("body", bold=True))
        sides = _SEGMENT_SIDES if self._icon else 28
        return QSize(round(words) + sides, SEGMENT_HEIGHT - 2 * _SEGMENT_INSET)

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), tokens.RADIUS_COVER

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            fill_round(painter, box, tokens.RADIUS_COVER, self.theme.chosen)
            if not self.theme.dark:
                outline_round(painter, box, tokens.RADIUS_COVER, self.theme.line)
        hovered = self.underMouse() and self.isEnabled()
        colour = self.theme.text if chosen or hovered else self.theme.text2
        words = font("body", bold=chosen)
        if self._icon is None:
            draw_middle(painter, box, self.text(), words, colour)
            return
        draw_icon(painter, self._icon, 20, self.height() / 2, _SEGMENT_ICON, colour)
        room = QRectF(_SEGMENT_LEAD, 0, self.width() - _SEGMENT_LEAD - 6, self.height())
        draw_text(painter, room, self.text(), words, colour)


class Segment(Themed, QWidget):
    """A choice of one among a few, side by side. Arrow keys move, Space chooses."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, options: Sequence[tuple[str | None, str]], parent: QWidget | None = None) -> None:
        """`options` are pairs of icon (or None) and text."""
        super().__init__(parent)
        self.theme = theme
        self._parts = [SegmentPart(theme, icon, text) for icon, text in options]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_SEGMENT_INSET, _SEGMENT_INSET, _SEGMENT_INSET, _SEGMENT_INSET)
        layout.setSpacing(0)
        for index, part in enumerate(self._parts):
            self._group.addButton(part, index)
            layout.addWidget(part)
        self._group.idClicked.connect(self._on_clicked)
        self._parts[0].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def part(self, index: int) -> SegmentPart:
        return self._parts[index]

    def set_index(self, index: int) -> None:
        """Choose without a signal."""
        self._parts[index].setChecked(True)

    def set_texts(self, texts: Sequence[str]) -> None:
        for part, text in zip(self._parts, texts, strict=True):
            part.setText(text)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in self._parts:
            part.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        fill_round(painter, QRectF(self.rect()), 9, self.theme.hover)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(index)


class KeyCap(Themed, QWidget):
    """A key, and what it does beside it."""

    def __init__(self, theme: Theme, key: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_texts(key, words)

    def set_texts(self, key: str, words: str = "") -> None:
        self._key, self._words = key, words
        self.setAccessibleName(f"{key} {words}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = 8 + width(self._words, font("small")) if self._words else 0
        return QSize(round(self._cap_width() + words + 0.5), KEY_HEIGHT)

    def _cap_width(self) -> float:
        return round(width(self._key, font("axis")) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        cap = QRectF(0, 0, self._cap_width(), KEY_HEIGHT)
        fill_round(painter, cap, 5, self.theme.hover)
        outline_round(painter, cap, 5, self.theme.line2)
        draw_middle(painter, cap, self._key, font("axis"), self.theme.text2)
        room = QRectF(cap.right() + 8, 0, self.width() - cap.right() - 8, KEY_HEIGHT)
        draw_text(painter, room, self._words, font("small"), self.theme.text2, elide=False)


def chip_width(text: str) -> float:
    return round(width(text, font("small")) + 2 * _CHIP_PADDING)


def paint_chip(painter: QPainter, box: QRectF, text: str, theme: Theme) -> None:
    """A reason: a word in a hairline pill."""
    outline_round(painter, box, box.height() / 2, theme.line2)
    draw_middle(painter, box, text, font("small"), theme.text2)


class MoodChip(PaintedButton):
    """A mood as a pill in its tint; a button."""

    def __init__(self, theme: Theme, mood_id: int, text: str, parent: QWidget | None = None) -> None:
        self.mood_id = mood_id
        super().__init__(theme, text, parent)

    def sizeHint(self) -> QSize:
        return QSize(round(30 + width(self.text(), font("body")) + 12), MOOD_CHIP_HEIGHT)

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), self.height() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        colours = self.theme.mood(self.mood_id)
        box = QRectF(self.rect())
        fill_round(painter, box, box.height() / 2, colours.tint)
        if self.underMouse():
            outline_round(painter, box, box.height() / 2, colours.mark)
        paint_mark(painter, self.mood_id, 18, box.center().y(), 5, colours.mark)
        draw_text(painter, box.adjusted(30, 0, -8, 0), self.text(), font("body"), self.theme.text)


class LinkRow(PaintedButton):
    """ "Open a file / or drop one anywhere": an icon in a box, two lines, a chevron."""

    HEIGHT = 40

    def __init__(self, theme: Theme, icon: str, text: str, second: str = "", parent: QWidget | None = None) -> None:
        self._icon, self._second = icon, second
        super().__init__(theme, text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(text, second)

    def set_texts(self, text: str, second: str) -> None:
        self._second = second
        self.setText(text)
        self.setAccessibleDescription(second)

    def sizeHint(self) -> QSize:
        words = max(width(self.text(), font("row")), width(self._second, font("body")))
        return QSize(round(52 + words + 30), self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        hovered = self.underMouse()
        box = QRectF(0, 0, self.HEIGHT, self.HEIGHT)
        fill_round(painter, box, tokens.RADIUS_BUTTON, self.theme.line if hovered else self.theme.hover)
        draw_icon(painter, self._icon, 20, 20, 20, self.theme.text)
        room = QRectF(52, -2, self.width() - 52 - 28, 20)
        draw_text(painter, room, self.text(), font("row"), self.theme.text)
        draw_text(painter, room.translated(0, 20), self._second, font("body"), self.theme.text2)
        chevron = self.theme.text if hovered else self.theme.text2
        draw_icon(painter, "chevron", self.width() - 8, 20, 16, chevron)
