"""Theme: the tokens as QColors, handed to every painter."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor

from musicrec_desktop.ui import tokens

THEMES = ("light", "dark")


@dataclass(frozen=True, eq=False)
class MoodColours:
    """Colours of one mood slot; `outlined` marks the second ten."""

    slot: int
    mark: QColor
    tint: QColor
    ink: QColor
    cover: QColor
    print: QColor


@dataclass(frozen=True, eq=False, repr=False)
class Theme:
    """All colours of one theme. There is one object per name, so identity is equality."""

    name: str
    base: QColor
    sheet: QColor
    raised: QColor
    hover: QColor
    line: QColor
    line2: QColor
    text: QColor
    text2: QColor
    text3: QColor
    record: QColor
    record_fill: QColor
    ok: QColor
    warn: QColor
    danger: QColor
    focus: QColor
    scrim: QColor
    control: QColor
    moods: tuple[MoodColours, ...]
    ember: tuple[int, ...]  # 256 × 0xAARRGGBB, silence first

    @staticmethod
    def named(name: str) -> "Theme":
        """The theme "light" or "dark"; KeyError for another name."""
        return _theme(name)

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    @property
    def on_record(self) -> QColor:
        """Text on `record_fill` and on the veil over a cover: the only white there is."""
        return QColor(tokens.WHITE)

    @property
    def cover_veil(self) -> QColor:
        """Veil over a cover, under the white play sign; dark in both themes."""
        return QColor(tokens.DARK["base"])

    @property
    def chosen(self) -> QColor:
        """Fill of the chosen part of a segment or of the navigation: raised in light, lighter in dark."""
        return self.line2 if self.dark else self.raised

    def mood(self, slot: int | None) -> MoodColours:
        """Colours of a mood id; they repeat after ten. None (no model yet) borrows no mood: greys."""
        if slot is None:
            return MoodColours(-1, self.text3, self.hover, self.text2, self.line2, self.text2)
        return self.moods[slot % len(self.moods)]


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """The colour with opacity 0..1."""
    veil = QColor(colour)
    veil.setAlphaF(alpha)
    return veil


@cache
def _theme(name: str) -> Theme:
    colours, moods, stops = {
        "light": (tokens.LIGHT, tokens.LIGHT_MOODS, tokens.LIGHT_EMBER),
        "dark": (tokens.DARK, tokens.DARK_MOODS, tokens.DARK_EMBER),
    }[name]
    return Theme(
        name=name,
        moods=tuple(MoodColours(slot, *(QColor(c) for c in row)) for slot, row in enumerate(moods)),
        ember=_ember([QColor(stop) for stop in stops]),
        **{key: QColor(value) for key, value in colours.items()},
    )


def _ember(stops: list[QColor]) -> tuple[int, ...]:
    """256 colours between 17 stops; the stops lie at equal steps of perception, so straight lines do."""
    table = []
    for index in range(256):
        place = index / 255 * (len(stops) - 1)
        left = min(int(place), len(stops) - 2)
        table.append(_between(stops[left], stops[left + 1], place - left).rgba())
    return tuple(table)


def _between(first: QColor, second: QColor, share: float) -> QColor:
    pairs = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def stylesheet(theme: Theme) -> str:
    """QSS for what Qt draws itself: menus, scroll bars, line edits, tool tips. Everything else is painted."""
    return f"""
QMenu {{ background: {theme.raised.name()}; color: {theme.text.name()}; border: 1px solid {theme.line2.name()};
  border-radius: {tokens.RADIUS_BUTTON}px; padding: 6px; }}
QMenu::item {{ padding: 6px 28px 6px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {theme.hover.name()}; }}
QMenu::item:disabled {{ color: {theme.text3.name()}; }}
QMenu::separator {{ height: 1px; background: {theme.line.name()}; margin: 6px 8px; }}
QToolTip {{ background: {theme.raised.name()}; color: {theme.text.name()}; border: 1px solid {theme.line2.name()};
  padding: 5px 8px; font-size: 12px; }}
QLineEdit {{ background: {theme.raised.name()}; color: {theme.text.name()}; border: 1px solid {theme.control.name()};
  border-radius: {tokens.RADIUS_BUTTON}px; padding: 0 12px; min-height: 38px; font-size: 14px;
  selection-background-color: {theme.focus.name()}; selection-color: {theme.sheet.name()}; }}
QLineEdit:focus {{ border: 2px solid {theme.focus.name()}; padding: 0 11px; min-height: 36px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {theme.control.name()}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {theme.text2.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
