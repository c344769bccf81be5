"""The self-test as the window sees it: begin, follow, stop. What a stopped run still says is dropped."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.core.checkup import Finding


class Checkup(QObject):
    """`start` and `cancel` go to the thread of the self-test; what it says arrives by the slots."""

    began = Signal(object)  # names of the checks
    found = Signal(object)  # Finding
    ended = Signal(float, object)  # after so many seconds; None, or the error that broke it off

    def __init__(self, start: Callable[[], int], cancel: Callable[[], None]) -> None:
        super().__init__()
        self._start, self._cancel = start, cancel
        self._run: int | None = None
        self._began_at = 0.0

    @property
    def running(self) -> bool:
        return self._run is not None

    @Slot()
    def start(self) -> None:
        self._began_at = time.monotonic()
        self._run = self._start()

    @Slot()
    def cancel(self) -> None:
        """Give up what is under way, if anything is."""
        self._run = None
        self._cancel()

    @Slot(int, object)
    def on_begun(self, run: int, names: Sequence[str]) -> None:
        if run == self._run:
            self.began.emit(names)

    @Slot(int, object)
    def on_found(self, run: int, finding: Finding) -> None:
        if run == self._run:
            self.found.emit(finding)

    @Slot(int, object)
    def on_done(self, run: int, error: Exception | None) -> None:
        if run == self._run:
            self._run = None
            self.ended.emit(time.monotonic() - self._began_at, error)
