"""Text on canvas: placed by cap height, elided, and made harmless."""

import html
import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

ELLIPSIS = "\u2026"  # what a shortened line ends with
_ISOLATE, _POP = "\u2068", "\u2069"
_SPACES = re.compile(r"\s+")
# Every character that changes direction or joins invisibly; isolates come back around the whole.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\u200c", "\u200d"}  # joiners that Indic scripts and emoji sequences need


def plain(text: str) -> str:
    """Text without control, override and private characters, white space folded."""
    folded = _SPACES.sub(" ", text)
    return "".join(c for c in folded if c in _KEPT or unicodedata.category(c) not in _UNSEEN).strip()


def display_text(text: str) -> str:
    """A title as it may be shown: `plain`, and isolated when it runs from right to left."""
    clean = plain(text)
    if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in clean):
        return f"{_ISOLATE}{clean}{_POP}"
    return clean


def tool_tip(text: str) -> str:
    """A title for a tool tip, which takes HTML."""
    return html.escape(display_text(text))


def width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def elided(text: str, font: QFont, room: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))


def baseline(box: QRectF, font: QFont) -> float:
    """The base line that puts capitals in the vertical middle of the box, whatever the family's height."""
    return box.center().y() + QFontMetricsF(font).capHeight() / 2


def draw_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: bool = True,
) -> float:
    """Draw one line in the box, elided to its width; return the width used."""
    shown = elided(text, font, box.width()) if elide else text
    used = width(shown, font)
    left = {
        Qt.AlignmentFlag.AlignHCenter: box.center().x() - used / 2,
        Qt.AlignmentFlag.AlignRight: box.right() - used,
    }.get(align, box.left())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, baseline(box, font)), shown)
    return used


def draw_middle(painter: QPainter, box: QRectF, text: str, font: QFont, colour: QColor) -> None:
    """Draw one line centred both ways, not elided."""
    draw_text(painter, box, text, font, colour, align=Qt.AlignmentFlag.AlignHCenter, elide=False)


def balanced(text: str, font: QFont, room: float) -> list[str]:
    """At most two lines: whole if it fits, else broken after punctuation, or where the wider line is narrowest.

    A `|` is the preferred break of a title too wide for one line. A line that still does not fit is elided.
    """
    whole = " ".join(part.strip() for part in text.split("|"))
    if width(whole, font) <= room:
        return [whole]
    lines = [part.strip() for part in text.split("|", 1)] if "|" in text else _halves(whole, font, room)
    return [elided(line, font, room) for line in lines]


def _halves(text: str, font: QFont, room: float) -> list[str]:
    words = text.split(" ")
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    if not breaks:
        return _cut(text, font, room)

    def cost(pair: tuple[str, str]) -> tuple[bool, bool, float]:
        widest = max(width(line, font) for line in pair)
        return widest > room, not pair[0].endswith((",", ".", "\u00b7")), widest

    return list(min(breaks, key=cost))


def _cut(word: str, font: QFont, room: float) -> list[str]:
    """One word wider than its box, cut where the first line is full."""
    for end in range(len(word) - 1, 0, -1):
        if width(word[:end], font) <= room:
            return [word[:end], word[end:]]
    return [word]


def draw_lines(
    painter: QPainter, box: QRectF, lines: Sequence[str], font: QFont, colour: QColor, line_px: float
) -> float:
    """Draw lines from the top of the box down; return the y below the last."""
    top = box.top()
    for line in lines:
        draw_text(painter, QRectF(box.left(), top, box.width(), line_px), line, font, colour, elide=False)
        top += line_px
    return top
