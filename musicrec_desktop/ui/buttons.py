"""Painted push buttons: primary, secondary, quiet, the record pill, and icons alone."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import Themed, canvas, fill_round, outline_round
from musicrec_desktop.ui.text import draw_text, width
from musicrec_desktop.ui.theme import Theme, with_alpha

HEIGHT = 34
PILL_HEIGHT = 42
_ICON = 18
_PLAY_ICON = 18
_LEAD = 20  # from the left of an icon to the word
_PRESSED = 0.82
DISABLED = 0.45


class PaintedButton(Themed, QAbstractButton):
    """A button that paints itself; Space, Enter and the mouse press it."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class TextButton(PaintedButton):
    """A word on a rounded shape, an icon before it if wanted; `pill` makes the ends round."""

    side = 16
    bold = False

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str | None = None,
        pill: bool = False,
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._icon, self._pill = icon, pill
        self._height = height or (PILL_HEIGHT if pill else HEIGHT)
        super().__init__(theme, text, parent)

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, border, label."""
        raise NotImplementedError  # every kind of button below has its own

    def sizeHint(self) -> QSize:
        words = width(self.text(), self._font())
        return QSize(round(words + self._lead() + 2 * self.side), self._height)

    def _font(self) -> object:
        return font("body", bold=self.bold)

    def _lead(self) -> float:
        return 0 if self._icon is None else _LEAD

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), self._radius()

    def _radius(self) -> float:
        return self.height() / 2 if self._pill else tokens.RADIUS_BUTTON

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED)
        fill, border, label = self.colours()
        box = QRectF(self.rect())
        if fill is not None:
            fill_round(painter, box, self._radius(), with_alpha(fill, _PRESSED) if self.isDown() else fill)
        if border is not None:
            outline_round(painter, box, self._radius(), border)
        self._paint_label(painter, label)

    def _paint_label(self, painter: QPainter, colour: QColor) -> None:
        words = width(self.text(), self._font())
        left = max(float(self.side), (self.width() - words - self._lead()) / 2)
        if self._icon is not None:
            draw_icon(painter, self._icon, left + self._icon_px() / 2 - 2, self.height() / 2, self._icon_px(), colour)
        room = QRectF(left + self._lead(), 0, self.width() - left - self._lead() - 6, self.height())
        draw_text(painter, room, self.text(), self._font(), colour)

    def _icon_px(self) -> int:
        return _PLAY_ICON if self._icon in ("play", "pause") else _ICON


class PrimaryButton(TextButton):
    """Ink as fill: the one thing to do."""

    bold = True

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        hovered = self.underMouse() and self.isEnabled()
        return (with_alpha(self.theme.text, 0.9) if hovered else self.theme.text), None, self.theme.sheet


class SecondaryButton(TextButton):
    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        hovered = self.underMouse() and self.isEnabled()
        return (self.theme.hover if hovered else self.theme.raised), self.theme.line2, self.theme.text


class QuietButton(TextButton):
    """No fill until hovered."""

    side = 10

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        hovered = self.underMouse() and self.isEnabled()
        return (self.theme.hover if hovered else None), None, self.theme.text if hovered else self.theme.text2


class RecordPill(TextButton):
    """ "Listen again": the only coloured button, with a dot before the words."""

    bold = True
    side = 20

    def __init__(self, theme: Theme, text: str, *, height: int = PILL_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, pill=True, height=height, parent=parent)

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        hovered = self.underMouse() and self.isEnabled()
        fill = self.theme.record_fill.lighter(104) if hovered else self.theme.record_fill
        return fill, None, self.theme.on_record

    def _font(self) -> object:
        return font("row")

    def _lead(self) -> float:
        return 20 if self._height >= PILL_HEIGHT else 14

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(0 if self._height >= PILL_HEIGHT else -2, 0)

    def _paint_label(self, painter: QPainter, colour: QColor) -> None:
        large = self._height >= PILL_HEIGHT
        radius = 6.0 if large else 5.0
        left = (self.width() - width(self.text(), self._font()) - self._lead()) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(left + (4 if large else 1), self.height() / 2), radius, radius)
        room = QRectF(left + self._lead(), 0, self.width() - left - self._lead(), self.height())
        draw_text(painter, room, self.text(), self._font(), colour)


class PillButton(SecondaryButton):
    """A secondary button with round ends, 42 high: the second choice of a text block."""

    def __init__(self, theme: Theme, text: str, *, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, icon=icon, pill=True, parent=parent)


class IconButton(PaintedButton):
    """An icon alone; its text is the accessible name and the tool tip. `filled` puts it on a disc of ink."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        icon_px: int = 20,
        size: int = 36,
        filled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._icon, self._icon_px, self._size, self._filled = icon, icon_px, size, filled
        super().__init__(theme, text, parent)
        self.setToolTip(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), self.width() / 2 if self._filled else tokens.RADIUS_BUTTON

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        hovered = self.underMouse() and self.isEnabled()
        middle = QRectF(self.rect()).center()
        if self._filled:
            self._paint_disc(painter, hovered)
            return
        colour = self.theme.text if hovered or self.isChecked() else self.theme.text2
        draw_icon(painter, self._icon, middle.x(), middle.y(), self._icon_px, colour)

    def _paint_disc(self, painter: QPainter, hovered: bool) -> None:
        fill = self.theme.text if self.isEnabled() else self.theme.line2
        fill_round(painter, QRectF(self.rect()), self.width() / 2, with_alpha(fill, 0.9) if hovered else fill)
        label = self.theme.sheet if self.isEnabled() else self.theme.text3
        nudge = 1 if self._icon == "play" else 0
        draw_icon(painter, self._icon, self.width() / 2 + nudge, self.height() / 2, self._icon_px, label)
