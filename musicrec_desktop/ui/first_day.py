"""The first day: the songs that come with the program, the sample recording, and the first page that offers them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.ui.catalogue_questions import Overview
from musicrec_desktop.ui.catalogue_reader import CatalogueReader
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.session import SessionController, State


class FirstDay(QObject):
    """Knows whose songs are in use, tells the pages, and changes over when that changes.

    `sample` is the recording of a demonstration song; None where it is missing.
    """

    changed_over = Signal()

    def __init__(
        self, *, window: MainWindow, session: SessionController, catalogue: CatalogueReader, sample: Path | None
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._catalogue, self._sample = window, session, catalogue, sample
        self._overview: Overview | None = None
        window.listen.live.heard.connect(window.first.set_level)
        window.first.listen_wanted.connect(self._on_listen)
        session.microphone_changed.connect(self._on_microphone)
        self._offer()

    @property
    def demonstration(self) -> bool:
        """Whether the songs in use are those that come with the program."""
        return self._overview is not None and self._overview.demonstration

    def on_overview(self, overview: Overview) -> None:
        before, self._overview = self._overview, overview
        self._offer()
        if before is not None and before.demonstration is not overview.demonstration:
            self._change_over()

    def play_sample(self, *, volume: float) -> None:
        if self._sample is not None:
            self._window.show_page("listen")
            self._session.play_sample(self._sample, volume=volume)

    @Slot()
    def _on_microphone(self) -> None:
        if self._session.source is None:
            self._window.first.set_heard(False)

    @Slot()
    def _on_listen(self) -> None:
        self._window.show_page("listen")

    @Slot()
    def load_demonstration(self) -> None:
        """There were no songs at all: look once more, and ask the same again."""
        self._catalogue.refresh()
        take = self._window.listen.answers.take
        if take is not None and take.excerpt is not None:
            self._session.ask_passage(take)

    def _offer(self) -> None:
        window, demonstration = self._window, self.demonstration
        unknown = self._overview is None
        sample = self._sample is not None
        window.library.set_demonstration(demonstration)
        window.listen.set_demonstration(demonstration, sample=sample)
        window.first.set_sample_offered(sample and (demonstration or unknown))
        empty = self._overview is not None and self._overview.count == 0
        window.listen.answers.set_demonstration_offered(empty and sample)

    def _change_over(self) -> None:
        """An answer from other songs than those in use must not stay: nothing in it could be asked about."""
        self._catalogue.change_over()
        if self._session.state is State.SHOWING:
            self._session.escape()
        self.changed_over.emit()
