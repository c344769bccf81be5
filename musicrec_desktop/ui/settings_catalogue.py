"""Settings, Catalogue: the watched folders, and the two ways to part with one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from musicrec_desktop.intake.changes import WatchedFolder
from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import display_text
from musicrec_desktop.ui.theme import Theme


class FolderRow(QWidget):
    """Name, songs and place of one folder; "Remove with its songs" asks once more in the same place."""

    stop_wanted = Signal(object)  # Path
    remove_wanted = Signal(object)  # Path

    def __init__(self, theme: Theme, folder: WatchedFolder) -> None:
        super().__init__()
        self.folder = folder
        self._asking = False
        self.name = Label(theme, "body", bold=True)
        self.state = Label(theme, "small", colour="text2")
        for label in (self.name, self.state):  # long paths are elided, short ones stand at the left
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop = SecondaryButton(theme, "")
        self.remove = SecondaryButton(theme, "")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.stop, self.remove):
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.stop.clicked.connect(self._on_stop)
        self.remove.clicked.connect(self._on_remove)
        self.retranslate()

    def set_folder(self, folder: WatchedFolder) -> None:
        self.folder = folder
        self.retranslate()

    def retranslate(self) -> None:
        folder, songs = self.folder, tr("library.sub", n=self.folder.n_songs)
        place = display_text(str(folder.path))
        if self._asking:
            self.name.setText(tr("folder.remove_ask", n=folder.n_songs))
            self.state.setText(tr("folder.remove_files"))
        else:
            self.name.setText(display_text(folder.path.name or str(folder.path)))
            self.state.setText(f"{songs if folder.is_at_hand else tr('folder.away')} · {place}")
        self.state.set_colour("text2" if folder.is_at_hand or self._asking else "warn")
        self.stop.setText(tr("folder.keep" if self._asking else "folder.stop"))
        self.remove.setText(tr("folder.remove_yes" if self._asking else "folder.remove"))
        for button in (self.stop, self.remove):
            button.setAccessibleName(f"{button.text()}: {place}")

    @Slot()
    def _on_stop(self) -> None:
        if self._asking:
            self._ask(False)
        else:
            self.stop_wanted.emit(self.folder.path)

    @Slot()
    def _on_remove(self) -> None:
        if self._asking:
            self.remove_wanted.emit(self.folder.path)
        else:
            self._ask(True)

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        self.retranslate()
        self.stop.setFocus()  # a second press of Enter must not remove anything


class CatalogueSection(QWidget):
    add_wanted = Signal()
    stop_wanted = Signal(object)  # Path
    remove_wanted = Signal(object)  # Path

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.heading = Label(theme, "heading")
        self.help = Label(theme, "small", colour="text2", wrap=True)
        self.add = SecondaryButton(theme, "", icon="folder")
        self.rows: dict[Path, FolderRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.help)
        layout.addLayout(self._list)
        layout.addSpacing(4)
        layout.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.add_wanted)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """In this order; rows that are there stay, whatever they are asking."""
        for path in self.rows.keys() - {folder.path for folder in folders}:
            row = self.rows.pop(path)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, folder in enumerate(folders):
            row = self.rows.get(folder.path)
            if row is None:
                row = self.rows[folder.path] = FolderRow(self._theme, folder)
                row.stop_wanted.connect(self.stop_wanted)
                row.remove_wanted.connect(self.remove_wanted)
            else:
                row.set_folder(folder)
            self._list.insertWidget(place, row)
        self.help.setText(tr("settings.folders_help" if folders else "settings.folders_none"))

    def retranslate(self) -> None:
        self.heading.setText(tr("settings.catalogue"))
        self.add.setText(tr("library.add_folder"))
        self.set_folders([row.folder for row in self.rows.values()])
