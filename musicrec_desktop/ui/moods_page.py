"""Moods: ten tiles, made from sound."""

import random
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Mood
from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.catalogue_questions import MoodShelf
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.mood_tile import HEIGHT, WIDEST, MoodTile
from musicrec_desktop.ui.strings import language, tr
from musicrec_desktop.ui.theme import Theme

GAP = 14
MARGIN = 24
_NARROW = 900


class TileGrid(QWidget):
    """Tiles in rows of five, or four where the window is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[MoodTile] = []

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        per_row = 4 if self.width() < _NARROW else 5
        room = min(self.width() - 2 * MARGIN, per_row * WIDEST + (per_row - 1) * GAP)
        left = (self.width() - room) / 2
        wide = (room - (per_row - 1) * GAP) / per_row
        for number, tile in enumerate(self.tiles):
            row, column = divmod(number, per_row)
            x = round(left + column * (wide + GAP))
            tile.setGeometry(x, 8 + row * (HEIGHT + GAP), round(left + column * (wide + GAP) + wide) - x, HEIGHT)
        rows = -(-len(self.tiles) // per_row)
        self.setMinimumHeight(8 + rows * (HEIGHT + GAP) + 2)


class MoodsPage(QWidget):
    opened = Signal(int)
    play_wanted = Signal(int)
    import_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._moods: list[Mood] = []
        self._shelf = MoodShelf({}, {})
        self._trouble: Exception | None = None
        self.today = SecondaryButton(theme, "", icon="shuffle")
        self.header = Header(theme, self.today)
        self.grid = TileGrid()
        self.note = Label(theme, "row", colour="text2", bold=False, align=Qt.AlignmentFlag.AlignHCenter)
        scroll = bare_scroll_area(self.grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.note, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(scroll, 1)
        self.today.clicked.connect(self._on_today)
        self.retranslate()

    @property
    def counts(self) -> dict[int, int]:
        """How many songs each mood has."""
        return self._shelf.counts

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self._moods = list(moods)
        for tile in self.grid.tiles:
            tile.deleteLater()
        self.grid.tiles = [MoodTile(self._theme, mood.id, parent=self.grid) for mood in moods]
        for tile in self.grid.tiles:
            tile.clicked.connect(self._on_clicked)
            tile.play_requested.connect(self.play_wanted)
            tile.show()
        self.grid.resizeEvent(None)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_trouble(self, error: Exception | None) -> None:
        """Why there are no moods."""
        if error is not self._trouble:
            self._trouble = error
            self.retranslate()

    def set_shelf(self, shelf: MoodShelf) -> None:
        self._shelf = shelf
        for tile in self.grid.tiles:
            tile.set_print(shelf.prints.get(tile.mood_id))
        self.retranslate()

    def retranslate(self) -> None:
        self.header.title.setText(tr("nav.moods"))
        self.header.sub.setText(tr("moods.sub"))
        self.today.setText(tr("moods.today"))
        empty = bool(self._moods) and not sum(self._shelf.counts.values())
        trouble = "" if self._moods or self._trouble is None else describe(self._trouble).text
        self.note.setText(tr("moods.import") if empty else trouble)
        self.note.setVisible(bool(self.note.text()))
        self.today.setVisible(bool(self._moods) and not empty)
        for tile, mood in zip(self.grid.tiles, self._moods, strict=True):
            count = tr("moods.count", n=self._shelf.counts.get(mood.id, 0))
            tile.set_mood(mood, korean=language() == "ko", count=count)

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self.sender().mood_id)

    @Slot()
    def _on_today(self) -> None:
        filled = [mood_id for mood_id, count in self._shelf.counts.items() if count]
        if filled:
            self.play_wanted.emit(random.choice(filled))


def bare_scroll_area(content: QWidget) -> QScrollArea:
    """Scrolls up and down, shows nothing of itself but its bar."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
