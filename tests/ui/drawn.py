"""What the window writes on itself: every line of text, where it stands, and how much of it can be seen."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLineEdit, QToolTip, QWidget

from musicrec_desktop.ui import text as text_of_ui
from musicrec_desktop.ui.fonts import SMALLEST_PX
from musicrec_desktop.ui.painting import FocusRing

SLACK_PX = 1.0  # what rounding may add


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: what was to be written, what was, and the boxes of its letters and of its widget, in the window."""

    widget: QWidget
    wanted: str
    shown: str
    font: QFont
    ink: QRectF

    def __str__(self) -> str:
        box = f"{self.ink.left():.0f},{self.ink.top():.0f} {self.ink.width():.0f}x{self.ink.height():.0f}"
        return f"{self.shown!r} of {self.wanted!r} at {box} in {type(self.widget).__name__}"


@contextmanager
def watched(seen: Callable[..., None]) -> Iterator[None]:
    """Every module's `draw_text` tells `seen(painter, box, text, font, **how)` first."""
    real = text_of_ui.draw_text

    def telling(painter: QPainter, box: QRectF, text: str, font: QFont, colour: object, **how: Any) -> float:
        seen(painter, box, text, font, **how)
        return real(painter, box, text, font, colour, **how)

    modules = [module for name, module in sys.modules.items() if name.startswith("musicrec_desktop.ui.")]
    holding = [module for module in modules if getattr(module, "draw_text", None) is real]
    for module in holding:
        module.draw_text = telling
    try:
        yield
    finally:
        for module in holding:
            module.draw_text = real


def drawn_by(window: QWidget) -> list[Drawn]:
    """Every line of one painting of the whole window."""
    found: list[Drawn] = []

    def seen(painter: QPainter, box: QRectF, text: str, font: QFont, **how: Any) -> None:
        widget = painter.device()
        if not isinstance(widget, QWidget) or not text.strip():
            return
        shown = text_of_ui.elided(text, font, box.width()) if how.get("elide", True) else text
        ink = painter.worldTransform().mapRect(ink_of(box, shown, font, how.get("align")))
        ink.translate(QPointF(widget.mapTo(window, QPoint(0, 0))))
        if not scrolled(widget) or ink.intersects(viewport_box(widget, window)):
            found.append(Drawn(widget, text, shown, font, ink))

    with watched(seen):
        window.grab()
    return found


def ink_of(box: QRectF, shown: str, font: QFont, align: object) -> QRectF:
    """Where `draw_text` puts the letters: their advance, from the top of the capitals to the base line."""
    metrics = QFontMetricsF(font)
    used, height = metrics.horizontalAdvance(shown), metrics.capHeight()
    name = getattr(align, "name", "AlignLeft")
    left = {"AlignHCenter": box.center().x() - used / 2, "AlignRight": box.right() - used}.get(name, box.left())
    return QRectF(left, text_of_ui.baseline(box, font) - height, used, height)


def faults(window: QWidget, drawn: list[Drawn]) -> Iterator[str]:
    """Sentences about text that cannot be read."""
    for line in drawn:
        if line.font.pixelSize() < SMALLEST_PX:
            yield f"small: {line}, {line.font.pixelSize()} px"
        if (line.shown != line.wanted or text_of_ui.ELLIPSIS in line.wanted) and not tip_at(line, window):
            yield f"cut without a tool tip: {line}"
        if outside(line, window):
            yield f"clipped: {line}, {outside(line, window)}"
    yield from collisions(window, drawn)
    yield from fields_too_small(window)


def collisions(window: QWidget, drawn: list[Drawn]) -> Iterator[str]:
    """Text on text, and text under what is operated."""
    seen = [(line, visible(line, window)) for line in drawn]
    for (one, one_box), (other, other_box) in combinations(seen, 2):
        if overlap(one_box, other_box) and (one.shown, one.ink) != (other.shown, other.ink):
            yield f"on top of each other: {one} and {other}"
    for widget in solid(window):
        box = viewport_box(widget, window)
        for line, ink in seen:
            if widget is not line.widget and not related(widget, line.widget) and overlap(ink, box):
                yield f"under {type(widget).__name__} {box}: {line}"


def outside(line: Drawn, window: QWidget) -> str:
    """How much of the letters lies outside of what can be seen of their widget."""
    room = seen_box(line.widget, window)
    sides = {
        "left": room.left() - line.ink.left(),
        "right": line.ink.right() - room.right(),
        "top": room.top() - line.ink.top(),
        "bottom": line.ink.bottom() - room.bottom(),
    }
    if scrolled(line.widget):  # what is scrolled away is not lost
        sides = {side: by for side, by in sides.items() if side in ("left", "right")}
    return ", ".join(f"{by:.1f} px on the {side}" for side, by in sides.items() if by > SLACK_PX)


def seen_box(widget: QWidget, window: QWidget) -> QRectF:
    """The part of a widget that no parent cuts off; what a parent scrolls is only cut at its sides."""
    box = box_in(widget, window)
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    while widget is not window:
        within_scroll = scrolled(widget)
        widget = widget.parentWidget()
        own = box_in(widget, window)
        left, right = max(left, own.left()), min(right, own.right())
        if not within_scroll:
            top, bottom = max(top, own.top()), min(bottom, own.bottom())
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def viewport_box(widget: QWidget, window: QWidget) -> QRectF:
    """What is seen of a widget once all that scrolls has cut it."""
    box = box_in(widget, window)
    while widget is not window:
        widget = widget.parentWidget()
        box = box.intersected(box_in(widget, window))
    return box


def visible(line: Drawn, window: QWidget) -> QRectF:
    return line.ink.intersected(viewport_box(line.widget, window)) if scrolled(line.widget) else line.ink


def box_in(widget: QWidget, window: QWidget) -> QRectF:
    return QRectF(widget.rect()).translated(QPointF(widget.mapTo(window, QPoint(0, 0))))


def scrolled(widget: QWidget) -> bool:
    """Whether it is, or stands in, the viewport of something that scrolls."""
    while (parent := widget.parentWidget()) is not None:
        if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
            return True
        widget = parent
    return False


def overlap(one: QRectF, other: QRectF) -> bool:
    both = one.intersected(other)
    return both.width() > SLACK_PX and both.height() > SLACK_PX


def solid(window: QWidget) -> list[QWidget]:
    """What must not cover text: buttons and fields that are seen."""
    kinds = (QAbstractButton, QLineEdit)
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds) and widget.isVisible() and not isinstance(widget, FocusRing)
    ]


def related(one: QWidget, other: QWidget) -> bool:
    return one.isAncestorOf(other) or other.isAncestorOf(one)


def tip_at(line: Drawn, window: QWidget) -> str:
    """The tool tip that comes when the pointer rests on the text."""
    QToolTip.hideText()
    spot = line.ink.center().toPoint()
    local = line.widget.mapFrom(window, spot)
    event = QHelpEvent(QEvent.Type.ToolTip, local, line.widget.mapToGlobal(local))
    QApplication.sendEvent(line.widget, event)
    tip = QToolTip.text()
    QToolTip.hideText()
    return tip


def fields_too_small(window: QWidget) -> Iterator[str]:
    """A field's placeholder has to fit into it, too."""
    for field in window.findChildren(QLineEdit):
        if field.isVisible() and field.placeholderText():
            used = QFontMetricsF(field.font()).horizontalAdvance(field.placeholderText())
            if used > field.width() - 2 * 12:
                yield f"cut: {field.placeholderText()!r} in a field of {field.width()} px"


def words_of(window: QWidget) -> set[str]:
    """What Qt's own widgets say that is not painted by `draw_text`: tool tips, placeholders, names for readers."""
    found = set[str]()
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible():
            found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
            found |= {getattr(widget, "placeholderText", str)()}
    return {re.sub(r"<[^>]+>", " ", text) for text in found if text}
