"""The window with all its pages, offscreen, with fakes behind it; and whether the words in it are whole."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.settings import AudioSettings, CentralSettings, FirstSettings, LookSettings, Settings
from musicrec_desktop.core.types import Answer
from musicrec_desktop.ui.catalogue_reader import CatalogueReader
from musicrec_desktop.ui.connections import Connections
from musicrec_desktop.ui.importer import Importer
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.preview_player import PreviewPlayer
from musicrec_desktop.ui.session import SessionController
from musicrec_desktop.ui.text import width
from musicrec_desktop.workers.analysis import EngineFacts
from tests.ui.fakes import FakeEars, FakeMic, FakePlayback, FakeStore, FakeWorker, moods, songs

AUDIO = AudioSettings(armed=True)
FRESH = FirstSettings()
NO_CENTRAL = CentralSettings()
MONITOR = SimpleNamespace(name="Speakers", kind="monitor", is_default=True)
MICROPHONE = SimpleNamespace(name="Desk microphone", kind="microphone", is_default=True)


class Desk:
    """A window in front of a catalogue of forty songs; questions are answered at once."""

    facts = EngineFacts("model", moods())

    def __init__(
        self,
        qtbot: QtBot,
        look: LookSettings,
        audio: AudioSettings = AUDIO,
        *,
        first: FirstSettings = FRESH,
        central: CentralSettings = NO_CENTRAL,
        sample: Path | None = None,
        read_facts: Callable[[], EngineFacts] | None = None,
    ) -> None:
        self.settings = Settings(audio=audio, look=look, first=first, central=central)
        self.worker, self.ears, self.mic = FakeWorker(), FakeEars(), FakeMic(sr=11025)
        self.store = FakeStore(songs(40))
        self.playback = FakePlayback()
        self.imported: list[list[Path]] = []
        self.cancelled: list[bool] = []
        self.session = SessionController(
            worker=self.worker, ears=self.ears, audio=audio, now=lambda: datetime(2026, 11, 3, 21, 4)
        )
        self.catalogue = CatalogueReader(self.ask, read_facts)
        self.answers: list[tuple[str, int, object]] = []
        self.window = MainWindow(self.settings, self.session, self.catalogue)
        qtbot.addWidget(self.window)
        self.importer = Importer(lambda paths: self.imported.append(list(paths)), lambda: self.cancelled.append(True))
        self.preview = PreviewPlayer(lambda: self.playback)
        self.connections = Connections(
            window=self.window,
            session=self.session,
            catalogue=self.catalogue,
            importer=self.importer,
            preview=self.preview,
            settings=self.settings,
            sample=sample,
        )
        self.window.show()
        self.session.start()

    def ask(self, topic: str, question: object) -> int:
        number = len(self.answers) + 1
        self.answers.append((topic, number, question(self.store)))
        return number

    def settle(self) -> None:
        """Deliver the answers of the catalogue and let the window paint."""
        delivered = 0
        for _ in range(5):
            QApplication.processEvents()
            while delivered < len(self.answers):
                self.catalogue.on_answer(*self.answers[delivered])
                delivered += 1

    def make_ready(self) -> None:
        self.connections.on_ready(self.facts)
        self.session.on_ready()
        self.session.on_opened(self.mic, "Desk microphone")
        self.settle()

    def hear(self, duration_s: float, step_s: float = 0.1) -> None:
        for _ in range(round(duration_s / step_s)):
            self.mic.hear(step_s)
            self.window.listen.live.pull()
            self.session.tick()

    def show_answer(self, answer: Answer) -> None:
        """Listen for six seconds and get this answer."""
        self.session.press_last()
        self.session.on_result(self.worker.last_id, answer)
        self.settle()


def shown_labels(window: QWidget) -> list[Label]:
    return [label for label in window.findChildren(Label) if label.isVisible() and label.text()]


def assert_whole(window: MainWindow) -> None:
    for label in shown_labels(window):
        lines = label.lines(label.width())
        cut = any(width(line, label.label_font()) > label.width() + 1 for line in lines)
        elided = not label.wordWrap() and lines != [label.text()]
        assert not (cut or elided) or label.toolTip(), f"{label.text()!r} in {label.width()} px"
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
