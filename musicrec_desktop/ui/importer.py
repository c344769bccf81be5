"""Imports as the window sees them: begin, follow, stop; the library is read anew as songs come in."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.intake.results import Followed, ImportedFile, ImportProgress, Summary

_REFRESH_MS = 1500


class Importer(QObject):
    """`start` and `cancel` go to the import thread; what it says arrives by the slots."""

    began = Signal()
    progressed = Signal(object)  # ImportProgress
    file_done = Signal(object)  # ImportedFile
    ended = Signal(object)  # Summary, or Exception
    catalogue_changed = Signal()
    quiet_progressed = Signal(object)  # ImportProgress of what watched folders brought

    def __init__(self, start: Callable[[Sequence[Path]], None], cancel: Callable[[], None]) -> None:
        super().__init__()
        self._start, self._cancel = start, cancel
        self._changed = QTimer(self)
        self._changed.setSingleShot(True)
        self._changed.setInterval(_REFRESH_MS)
        self._changed.timeout.connect(self.catalogue_changed)
        self._batches = 0
        self.was_cancelled = False  # the import under way, or the last one

    @property
    def running(self) -> bool:
        return self._batches > 0

    def start(self, paths: Sequence[Path]) -> None:
        """Import files and folders; while another import runs, after it."""
        if not paths:
            return
        if not self.running:
            self.was_cancelled = False
            self.began.emit()
        self._batches += 1
        self._start(paths)

    @Slot()
    def cancel(self) -> None:
        self.was_cancelled = True
        self._batches = min(self._batches, 1)  # those that wait are dropped
        self._cancel()

    @Slot(object)
    def on_progress(self, progress: ImportProgress) -> None:
        (self.progressed if self.running else self.quiet_progressed).emit(progress)

    @Slot(object)
    def on_file(self, file: ImportedFile) -> None:
        if self.running:
            self.file_done.emit(file)
        if file.status != "failed" and not self._changed.isActive():
            self._changed.start()

    @Slot(object)
    def on_done(self, summary: Summary) -> None:
        self._end(summary)

    @Slot(object)
    def on_error(self, error: Exception) -> None:
        self._end(error)

    def end_quiet(self, followed: Followed) -> None:
        """What watched folders brought has come to its end."""
        self._changed.stop()
        if followed.summary.added or followed.summary.moved or followed.removed:
            self.catalogue_changed.emit()

    def _end(self, result: Summary | Exception) -> None:
        self._batches = max(0, self._batches - 1)
        self._changed.stop()
        self.catalogue_changed.emit()
        if not self.running:
            self.ended.emit(result)
