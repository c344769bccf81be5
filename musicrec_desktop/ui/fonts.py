"""The type tokens as QFonts."""

from functools import cache
from typing import Literal

from PySide6.QtGui import QFont

FAMILIES = [
    "Pretendard",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "sans-serif",
]
SMALLEST_PX = 11

Role = Literal["display", "count", "count_small", "title", "heading", "tile", "row", "body", "small", "axis"]

# pixels, bold, line height
_TOKENS: dict[str, tuple[int, bool, float]] = {
    "display": (28, True, 1.32),
    "count": (46, True, 1.0),
    "count_small": (42, True, 1.0),
    "title": (20, True, 1.32),
    "heading": (16, True, 1.5),
    "tile": (15, True, 1.36),
    "row": (14, True, 1.5),
    "body": (13, False, 1.5),
    "small": (12, False, 1.5),
    "axis": (11, False, 1.5),
}


@cache
def _made(px: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    if px >= 24:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return font


def font(role: Role, *, bold: bool | None = None) -> QFont:
    """The font of a type token; `bold` overrides the token's weight. The object is yours."""
    px, usual, _ = _TOKENS[role]
    return QFont(_made(px, usual if bold is None else bold))


def sized(px: int, *, bold: bool = False) -> QFont:
    """A font between the tokens (the number in the large ring); never under 11 px."""
    return QFont(_made(max(px, SMALLEST_PX), bold))


def line_height(role: Role) -> int:
    """Height of the token's line box in px."""
    px, _, factor = _TOKENS[role]
    return round(px * factor)
