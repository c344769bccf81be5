"""The window: lays out navigation, pages, player and status line. What is joined to what: `connections.py`."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QWidget

from musicrec_desktop.core.settings import LookSettings, Settings
from musicrec_desktop.ui.appearance import chosen_theme, dress, paint_all
from musicrec_desktop.ui.catalogue_reader import CatalogueReader
from musicrec_desktop.ui.doctor_page import DoctorPage
from musicrec_desktop.ui.drops import dropped_paths, is_for_library
from musicrec_desktop.ui.first_page import FirstPage
from musicrec_desktop.ui.library_page import LibraryPage
from musicrec_desktop.ui.listen_page import ListenPage
from musicrec_desktop.ui.mood_page import MoodPage
from musicrec_desktop.ui.moods_page import MoodsPage
from musicrec_desktop.ui.navigation import PAGES, Navigation
from musicrec_desktop.ui.player_bar import PlayerBar, PlayerWords
from musicrec_desktop.ui.search_page import SearchPage
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.ui.settings_page import SettingsPage
from musicrec_desktop.ui.sheet import Base, Sheet
from musicrec_desktop.ui.status_line import StatusLine
from musicrec_desktop.ui.strings import tr, use_language

LEAST, USUAL = QSize(900, 600), QSize(1280, 800)
NARROW_BELOW, LOW_BELOW = 1100, 700


class MainWindow(QMainWindow):
    paths_dropped = Signal(object, bool)  # list of Path; True: for the library, False: one file to ask about
    look_changed = Signal(object)  # LookSettings
    first_painted = Signal()
    first_left = Signal()  # the first page has been seen, and another one chosen
    closed = Signal()

    def __init__(self, settings: Settings, session: SessionController, catalogue: CatalogueReader) -> None:
        super().__init__()
        use_language(settings.look.language)
        self._look = settings.look
        self._session = session
        self.theme = chosen_theme(settings.look)
        dress(QApplication.instance(), self.theme)
        self.setWindowTitle("MusicRec")
        self.setMinimumSize(LEAST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self._make_pages(settings, session, catalogue)
        self._lay_out()
        self._make_shortcuts()
        self.player.set_volume(settings.audio.volume)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        self.retranslate()
        self.show_page("listen" if settings.first.welcomed or settings.audio.armed else "first")

    def fit(self, room: QSize) -> None:
        """No larger than the room (logical px) of the screen: on a small or scaled one the player would be lost."""
        self.resize(self.size().boundedTo(room))  # Qt keeps to the least size

    def _make_pages(self, settings: Settings, session: SessionController, catalogue: CatalogueReader) -> None:
        theme, prints = self.theme, catalogue.prints
        self.navigation = Navigation(theme)
        self.sheet = Sheet(theme)
        self.player = PlayerBar(theme, extras=("more_like",))
        self.status = StatusLine(theme)
        self.listen = ListenPage(theme, session, prints)
        self.moods = MoodsPage(theme)
        self.mood = MoodPage(theme, prints)
        self.search = SearchPage(theme, prints.print_of)
        self.library = LibraryPage(theme, prints.print_of)
        self.settings = SettingsPage(theme, settings.audio, settings.look, settings.central, settings.library)
        self.first = FirstPage(theme)
        self.doctor = DoctorPage(theme)
        for page in self.pages.values():
            self.sheet.pages.addWidget(page)

    def _lay_out(self) -> None:
        base = Base(self.theme)
        grid = QGridLayout(base)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.navigation, 0, 0)
        grid.addWidget(self.sheet, 0, 1)
        grid.setColumnMinimumWidth(2, 8)
        grid.addWidget(self.player, 1, 0, 1, 3)
        grid.addWidget(self.status, 2, 0, 1, 3)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(base)
        # Queued: the window is on the screen before anything else begins.
        base.first_painted.connect(self.first_painted, Qt.ConnectionType.QueuedConnection)

    def _make_shortcuts(self) -> None:
        for number, page in enumerate(PAGES, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.setProperty("page", page)
            shortcut.activated.connect(self._on_page_key)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.show_search)
        QShortcut(QKeySequence.StandardKey.Quit, self).activated.connect(self.close)
        QShortcut(QKeySequence("Shift+Space"), self).activated.connect(self._on_last)

    # pages

    @property
    def pages(self) -> dict[str, QWidget]:
        return {
            "listen": self.listen,
            "moods": self.moods,
            "search": self.search,
            "library": self.library,
            "settings": self.settings,
            "mood": self.mood,
            "first": self.first,
            "doctor": self.doctor,
        }

    @property
    def page(self) -> str:
        current = self.sheet.pages.currentWidget()
        return next(name for name, widget in self.pages.items() if widget is current)

    @Slot(str)
    def show_page(self, page: str) -> None:
        """One of the navigation's pages; or "mood": the songs of one; or "first": how to begin; or "doctor"."""
        leaving = self.page == "first" and page != "first"
        self.sheet.pages.setCurrentWidget(self.pages[page])
        self.navigation.choose({"mood": "moods", "first": "listen", "doctor": "settings"}.get(page, page))
        if leaving:
            self.first_left.emit()

    @Slot()
    def show_moods(self) -> None:
        self.show_page("moods")

    @Slot()
    def show_search(self) -> None:
        self.show_page("search")

    @Slot()
    def show_library(self) -> None:
        self.show_page("library")

    @Slot()
    def show_first(self) -> None:
        self.show_page("first")

    @Slot()
    def show_settings(self) -> None:
        self.show_page("settings")

    @Slot()
    def show_central(self) -> None:
        self.show_page("settings")
        self.settings.scroll_to_central()

    @Slot()
    def show_doctor(self) -> None:
        self.show_page("doctor")

    @Slot()
    def _on_page_key(self) -> None:
        self.show_page(self.sender().property("page"))

    # look

    @Slot(object)
    def set_look(self, look: LookSettings) -> None:
        """Another theme or language, at once."""
        self._look = look
        self.settings.set_look(look)
        use_language(look.language)
        self._put_theme_on()
        self.retranslate()
        self.look_changed.emit(look)

    @Slot()
    def _on_system_theme(self) -> None:
        self._put_theme_on()

    def _put_theme_on(self) -> None:
        theme = chosen_theme(self._look)
        if theme is not self.theme:
            self.theme = theme
            dress(QApplication.instance(), theme)
            paint_all(self, theme)

    def retranslate(self) -> None:
        self.navigation.retranslate()
        for page in self.pages.values():
            page.retranslate()
        self.player.set_words(
            PlayerWords(
                empty=tr("player.empty"),
                empty_hint=tr("player.empty_hint"),
                play=tr("player.play"),
                pause=tr("player.pause"),
                previous=tr("player.previous"),
                next=tr("player.next"),
                position=tr("player.seek"),
                volume=tr("player.volume"),
                more_like=tr("action.similar"),
            )
        )
        self.status.promise.set_text(tr("status.private"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW or self.height() < LOW_BELOW
        self.navigation.set_narrow(narrow)
        self.player.set_compact(self.height() < LOW_BELOW)
        self.status.set_narrow(self.width() < NARROW_BELOW)
        self.mood.set_shape(narrow=self.width() < NARROW_BELOW)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Esc, wherever they are not typed or used by what has the focus."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.show_page("listen")
                self._session.press()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._session.release()
        else:
            super().keyReleaseEvent(event)

    def _on_escape(self) -> None:
        if self.page == "mood" and self._session.state not in (State.LISTENING, State.ANALYSING):
            self.show_moods()
        elif self.page == "doctor":
            self.show_settings()
        else:
            self._session.escape()

    @Slot()
    def _on_last(self) -> None:
        self.show_page("listen")
        self._session.press_last()

    # files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.sheet.show_drop(tr("drop.folder" if is_for_library(paths) else "drop.file"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.sheet.show_drop("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.sheet.show_drop("")
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths, is_for_library(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
