"""Library: the listener's own songs, and the way to add more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musicrec_desktop.core.types import Mood, Track, TrackId
from musicrec_desktop.intake.changes import WatchedFolder
from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.import_card import ImportCard
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.result_view import inset
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import draw_middle, draw_text
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.track_list import BLEED, TrackList, columns

MARGIN = 24
_COVER_COLUMN = 44


class TableHead(Themed, QWidget):
    """Names of the columns."""

    def __init__(self, theme: Theme, table: TrackList) -> None:
        super().__init__()
        self.theme, self._table = theme, table
        self.setFixedHeight(30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        room = self._table.viewport().width() - 2 * BLEED - _COVER_COLUMN
        box = QRectF(_COVER_COLUMN, 0, room, self.height() - 1)
        names = ("library.title", "library.artist", "library.album", "library.length", "library.mood")
        for (left, room), name in zip(columns(box), names, strict=True):
            room_box = QRectF(left, box.top(), room, box.height())
            draw_text(painter, room_box, tr(name), font("small"), self.theme.text3)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.theme.line)


class DropZone(Themed, QWidget):
    """What an empty library shows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(220)

    def retranslate(self) -> None:
        self.setAccessibleName(tr("library.drop"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self.theme.control, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 12, 12)
        draw_icon(painter, "folder", box.center().x(), box.center().y() - 24, 26, self.theme.text2)
        words = QRectF(box.left(), box.center().y() + 2, box.width(), 30)
        draw_middle(painter, words, tr("library.drop"), font("row", bold=False), self.theme.text2)


class LibraryPage(QWidget):
    folder_wanted = Signal()
    files_wanted = Signal()
    play_requested = Signal(object)  # Track
    similar_requested = Signal(object)  # Track

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None]) -> None:
        super().__init__()
        self.add_folder = SecondaryButton(theme, "", icon="folder")
        self.add_files = SecondaryButton(theme, "", icon="plus")
        self.header = Header(theme, self.add_folder, self.add_files)
        self.card = ImportCard(theme)
        self.drop_zone = DropZone(theme)
        self.note = Label(theme, "row", colour="text2", bold=False, wrap=True)
        self._demonstration = False
        self._folders: Sequence[WatchedFolder] = ()
        self.table = TrackList(theme, print_of)
        self.head = TableHead(theme, self.table)
        self._lay_out()
        self.add_folder.clicked.connect(self.folder_wanted)
        self.add_files.clicked.connect(self.files_wanted)
        self.table.play_requested.connect(self.play_requested)
        self.table.similar_requested.connect(self.similar_requested)
        self.set_tracks([])
        self.retranslate()

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN - BLEED, 8, MARGIN - BLEED, 0)
        body.setSpacing(0)
        body.addWidget(inset(self.card))
        body.addWidget(inset(self.drop_zone))
        body.addWidget(inset(self.note))
        body.addSpacing(4)
        body.addWidget(inset(self.head))
        body.addWidget(self.table, 1)
        body.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(body, 1)

    def set_tracks(self, tracks: Sequence[Track]) -> None:
        """The newest first would move rows under the pointer during an import, so they stay in order."""
        bar = self.table.verticalScrollBar()
        at = bar.value()
        self.table.set_tracks(tracks)
        bar.setValue(at)
        empty = not tracks
        self.drop_zone.setVisible(empty)
        self.head.setVisible(not empty)
        self.table.setVisible(not empty)
        self.note.setVisible(self._demonstration and not empty)
        self.header.sub.setText("" if empty else self._counts(len(tracks)))

    def set_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """Those that are watched; the songs of one that is not at hand stay, and are drawn fainter."""
        self._folders = folders
        self.table.set_away([folder.path for folder in folders if not folder.is_at_hand])
        self.set_tracks(self.table.tracks.tracks)

    def _counts(self, n_songs: int) -> str:
        if self._demonstration:
            return tr("demo.songs", n=n_songs)
        parts = [tr("library.sub", n=n_songs)]
        if self._folders:
            parts.append(tr("library.folders", n=len(self._folders)))
        if away := sum(not folder.is_at_hand for folder in self._folders):
            parts.append(tr("library.away", n=away))
        return ", ".join(parts)

    def set_demonstration(self, in_use: bool) -> None:
        """Whether the songs are those that come with the program."""
        self._demonstration = in_use
        self.set_tracks(self.table.tracks.tracks)

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self.table.set_moods(moods)

    def retranslate(self) -> None:
        self.header.title.setText(tr("nav.library"))
        self.add_folder.setText(tr("library.add_folder"))
        self.add_files.setText(tr("library.add_files"))
        self.table.setAccessibleName(tr("library.name"))
        self.note.setText(tr("demo.note"))
        self.card.retranslate()
        self.drop_zone.retranslate()
        self.head.update()
        self.set_tracks(self.table.tracks.tracks)
