"""The window's composition root: builds everything, starts it, and stops it in reverse order."""

import logging
import logging.handlers
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from musicrec_desktop import central, wiring
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.core.errors import CatalogueError, SettingsError
from musicrec_desktop.core.settings import Settings, load
from musicrec_desktop.ui.bridge import Bridge
from musicrec_desktop.ui.catalogue_reader import CatalogueReader
from musicrec_desktop.ui.central_link import CentralLink
from musicrec_desktop.ui.checkup import Checkup
from musicrec_desktop.ui.connections import Connections
from musicrec_desktop.ui.covers import CoverShelf
from musicrec_desktop.ui.crash_reporter import CrashReporter
from musicrec_desktop.ui.hit_waveform import HitWaveform
from musicrec_desktop.ui.importer import Importer
from musicrec_desktop.ui.library_folders import LibraryFolders
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.playing_waveform import PlayingWaveform
from musicrec_desktop.ui.preview_player import PreviewPlayer, make_player
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.ui.settings_keeper import SettingsKeeper
from musicrec_desktop.workers.analysis import AnalysisWorker
from musicrec_desktop.workers.checkup import CheckupWorker
from musicrec_desktop.workers.importing import ImportWorker
from musicrec_desktop.workers.keeping import KeepingWorker
from musicrec_desktop.workers.microphone import MicrophoneWorker
from musicrec_desktop.workers.previews import PreviewWorker
from musicrec_desktop.workers.queries import QueryWorker
from musicrec_desktop.workers.sync import SyncWorker
from musicrec_desktop.workers.watching import WatchWorker
from musicrec_desktop.workers.waveforms import WaveformWorker

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 1_000_000, 3
TURN_S = 0.0005


class DesktopApp(QObject):
    """All parts of the running window. `start` begins what is heavy once the window has been painted."""

    def __init__(self, settings: Settings, reporter: CrashReporter) -> None:
        super().__init__()
        self._reporter = reporter
        self._going = False
        self.bridge = Bridge()
        self._make_answering()
        self._make_library()
        self._make_central()
        self._make_beside()
        self._make_window(settings)
        self._connect()

    def _make_answering(self) -> None:
        """The threads between a take and what is found."""
        bridge = self.bridge
        self.analysis = AnalysisWorker(
            make_engine=wiring.open_engine,
            on_ready=bridge.ready.emit,
            on_excerpt=bridge.on_excerpt,
            on_result=bridge.result.emit,
            on_error=bridge.error.emit,
        )
        self.queries = QueryWorker(
            open_catalogue=wiring.open_catalogue_in_use,
            on_answer=bridge.answered.emit,
            on_error=bridge.question_failed.emit,
        )
        self.microphone = MicrophoneWorker(
            on_opened=bridge.opened.emit,
            on_error=bridge.ear_error.emit,
            on_inputs=bridge.inputs.emit,
            on_silent=bridge.silent.emit,
        )

    def _make_library(self) -> None:
        """The threads that bring songs into the catalogue, and out of it."""
        bridge = self.bridge
        self.imports = ImportWorker(
            import_files=wiring.import_alone,
            on_progress=bridge.import_progress.emit,
            on_file=bridge.imported.emit,
            on_done=bridge.import_done.emit,
            on_error=bridge.import_failed.emit,
            forget_files=wiring.forget_alone,
            on_followed=bridge.followed.emit,
            on_dropped=bridge.dropped.emit,
        )
        self.watcher = WatchWorker(
            open_store=wiring.open_catalogue,
            fingerprint=wiring.SPEC.fingerprint(),
            follow=self.imports.follow,
            on_folders=bridge.folders.emit,
        )

    def _make_central(self) -> None:
        """The threads that bring songs of the central catalogue, and their previews."""
        bridge = self.bridge
        self.passwords = central.TypedPasswords(bridge.password_kept.emit)
        self.sync = SyncWorker(
            pull=partial(central.follow, password=self.passwords.of),
            on_status=central.with_release(bridge.sync_status.emit),
        )
        self.previews = PreviewWorker(
            opened=partial(central.open_previews, self.passwords.of),
            on_file=bridge.preview_found.emit,
            on_error=bridge.preview_failed.emit,
        )
        self.keeping = KeepingWorker(
            count=central.count_previews,
            keep=partial(central.keep_previews, password=self.passwords.of),
            drop=central.drop_previews,
            on_progress=bridge.keeping.emit,
            on_done=bridge.keeping_done.emit,
        )

    def _make_beside(self) -> None:
        """The threads that nothing waits for."""
        bridge = self.bridge
        self.waveforms = WaveformWorker(on_waveform=bridge.waveform.emit)
        self.hit_waveforms = WaveformWorker(on_waveform=bridge.hit_waveform.emit)
        self.checkups = CheckupWorker(
            examine=_examine,
            on_begun=bridge.checkup_begun.emit,
            on_found=bridge.checkup_found.emit,
            on_done=bridge.checkup_done.emit,
        )

    def _make_window(self, settings: Settings) -> None:
        self.session = SessionController(worker=self.analysis, ears=self.microphone, audio=settings.audio)
        self.catalogue = CatalogueReader(self.queries.ask, wiring.read_facts)
        self.importer = Importer(self.imports.start, self.imports.cancel)
        self.preview = PreviewPlayer(
            partial(
                make_player,
                on_finished=self.bridge.play_finished.emit,
                on_error=self.bridge.play_failed.emit,
                on_silent=self.bridge.silent.emit,
                volume=settings.audio.volume,
            ),
            fetch=self.previews.ask,
        )
        self.keeper = SettingsKeeper(paths.settings_file())
        finest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
        self.covers = CoverShelf(paths.cache_folder() / "covers", dpr=finest)
        self.catalogue.prints.use_covers(self.covers)
        self.window = MainWindow(settings, self.session, self.catalogue)
        self.picture = PlayingWaveform(self.window.player, self.waveforms.ask)
        self.hit_picture = HitWaveform(self.window.search.hits, self.hit_waveforms.ask)
        self.checkup = Checkup(self.checkups.start, self.checkups.cancel)
        self.connections = Connections(
            window=self.window,
            session=self.session,
            catalogue=self.catalogue,
            importer=self.importer,
            preview=self.preview,
            settings=settings,
            sample=paths.sample_recording(),
        )
        self.folders = LibraryFolders(
            window=self.window,
            importer=self.importer,
            names=settings.library.folders,
            watcher=self.watcher,
            drop=self.imports.drop,
        )
        self.link = CentralLink(
            window=self.window,
            worker=self.sync,
            central=settings.central,
            is_far=central.is_far,
            give=self.passwords.give,
        )

    def _connect(self) -> None:
        bridge, session, importer = self.bridge, self.session, self.importer
        bridge.ready.connect(self.connections.on_ready)
        bridge.ready.connect(session.on_ready)
        bridge.ready.connect(self._go_on)
        bridge.excerpt.connect(self.connections.on_excerpt)
        bridge.result.connect(session.on_result)
        bridge.error.connect(session.on_error)
        bridge.error.connect(self._go_on)
        bridge.opened.connect(session.on_opened)
        bridge.ear_error.connect(session.on_ear_error)
        bridge.inputs.connect(self.connections.on_inputs)
        bridge.answered.connect(self.catalogue.on_answer)
        bridge.question_failed.connect(self.catalogue.on_error)
        bridge.import_progress.connect(importer.on_progress)
        bridge.imported.connect(importer.on_file)
        bridge.import_done.connect(importer.on_done)
        bridge.import_failed.connect(importer.on_error)
        bridge.followed.connect(self.folders.on_followed)
        bridge.dropped.connect(self.folders.on_dropped)
        bridge.folders.connect(self.folders.on_folders)
        self.folders.changed.connect(self.connections.on_folders)
        self.connections.imported_by_hand.connect(self.folders.add)
        bridge.play_finished.connect(self.preview.on_finished)
        bridge.play_failed.connect(self.preview.on_error)
        bridge.silent.connect(self.connections.on_silent)
        bridge.waveform.connect(self.picture.on_waveform)
        bridge.hit_waveform.connect(self.hit_picture.on_waveform)
        self.preview.track_changed.connect(self.picture.on_track)
        self._connect_doctor()
        self._connect_central()
        self.connections.settings_changed.connect(self.keeper.keep)
        self.connections.repair_wanted.connect(self._repair)
        self.connections.log_wanted.connect(self._reporter.open_folder)
        self.window.first_painted.connect(self.start)

    def _connect_doctor(self) -> None:
        bridge, page, checkup = self.bridge, self.window.doctor, self.checkup
        bridge.checkup_begun.connect(checkup.on_begun)
        bridge.checkup_found.connect(checkup.on_found)
        bridge.checkup_done.connect(checkup.on_done)
        checkup.began.connect(page.begin)
        checkup.found.connect(page.add)
        checkup.ended.connect(page.end)
        page.run_wanted.connect(checkup.start)
        page.cancel_wanted.connect(checkup.cancel)
        page.back_wanted.connect(self.window.show_settings)
        page.log_wanted.connect(self._reporter.open_folder)
        page.said.connect(self.window.status.say)
        self.window.settings.doctor.wanted.connect(self.window.show_doctor)

    def _connect_central(self) -> None:
        bridge, link, row = self.bridge, self.link, self.window.settings.central.previews
        bridge.sync_status.connect(link.on_status)
        bridge.password_kept.connect(link.on_password_kept)
        bridge.preview_found.connect(self.preview.on_preview)
        bridge.preview_failed.connect(self.preview.on_preview_failed)
        bridge.keeping.connect(row.show_progress)
        bridge.keeping_done.connect(row.show_done)
        row.wanted.connect(self.keeping.order)
        row.cancel_wanted.connect(self.keeping.cancel)
        # Written at once: other threads read them from the file.
        link.chosen.connect(self.connections.on_central)
        link.chosen.connect(self.keeper.write)
        link.search_chosen.connect(self.connections.on_search_chosen)
        link.search_chosen.connect(self.keeper.write)
        link.search_chosen.connect(self._on_search_chosen)
        link.moved.connect(self._on_moved)

    @Slot()
    def start(self) -> None:
        """Start the threads. The engine is loaded first; the others load their libraries after it."""
        self.microphone.start()
        self.queries.start()
        self.catalogue.begin()
        self.analysis.start()
        self.session.start()

    @Slot()
    def _go_on(self) -> None:
        """The engine is there, or cannot be made: whatever it is that can be shown is shown."""
        if not self._going:
            self._going = True
            self.catalogue.refresh()
            self.microphone.look()
            self.watcher.start()
            self.folders.begin()
            self._import_lost()
            self.sync.start(self.link.central)

    @Slot()
    def _on_search_chosen(self) -> None:
        self.catalogue.change(central.search_in_chosen)

    @Slot()
    def _on_moved(self) -> None:
        """Other central songs are here, perhaps with another model and other moods."""
        self.catalogue.begin()
        self.catalogue.change_over()
        if self.session.state not in (State.LISTENING, State.ANALYSING):
            self.analysis.retry()  # the engine looks whether it is current; else it does with the next question

    def _import_lost(self) -> None:
        """What was imported by hand into a catalogue that has been lost since."""
        try:
            self.importer.start(wiring.lost_files())
        except CatalogueError as error:
            log.warning("what was imported by hand stays away: %s", error)

    @Slot()
    def _repair(self) -> None:
        try:
            wiring.set_catalogue_aside()
        except CatalogueError as error:
            self.connections.on_trouble(error)
            return
        self.session.click()
        self.catalogue.refresh()

    def stop(self) -> None:
        """In reverse order; every step has its own limit of time."""
        self.preview.stop()
        self.microphone.stop()
        self.analysis.stop()
        self.watcher.stop()
        self.sync.stop()
        self.previews.stop()
        self.keeping.stop()
        self.imports.stop()
        self.covers.stop()
        self.checkups.stop()
        self.waveforms.stop()
        self.hit_waveforms.stop()
        self.queries.stop()
        self.keeper.write()


def _examine(token: CancelToken) -> tuple[Sequence[str], Iterator[Finding]]:
    """The self-test, which loads what it needs when it is wanted."""
    from musicrec_desktop.doctor.checks import CHECKS, checks

    return tuple(CHECKS), checks(token=token)


def main() -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    application = open_application()
    _write_log()
    reporter = CrashReporter(paths.log_folder())
    reporter.install()
    desktop = DesktopApp(_settings(), reporter)
    desktop.window.fit(application.primaryScreen().availableSize())
    desktop.window.show()
    status = application.exec()
    desktop.stop()
    reporter.remove()
    return status


def open_application() -> QApplication:
    """Qt itself, once a process."""
    # While threads load their libraries, the window waits this long for its turn, several times in each paint.
    sys.setswitchinterval(TURN_S)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("MusicRec")
    return application


def _settings() -> Settings:
    try:
        return load(paths.settings_file())
    except SettingsError as error:
        log.warning("settings cannot be read, so the defaults are in use: %s", error)
        return Settings()


def _write_log() -> None:
    """The log of the window, three files of a megabyte; without a place to write, no log."""
    try:
        paths.log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            paths.log_folder() / "musicrec.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError as error:
        log.warning("no log is written: %s", error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("musicrec_desktop").setLevel(logging.INFO)
