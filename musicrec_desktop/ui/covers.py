"""Covers for the lists: a thread reads and decodes them when a row is first painted; kept while there is room."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.ui.cover_files import CoverFiles
from musicrec_desktop.ui.cover_images import Cover, decode

log = logging.getLogger(__name__)

LARGEST = 72  # logical px, on the "This is" card
JOIN_S = 2.0
_MOST_BYTES = 48_000_000  # in memory
_MOST_WAITING = 120  # rows that were scrolled past are not read
_TOGETHER_MS = 40  # pictures that arrive within it are painted at once


class CoverShelf(QObject):
    """Hands out covers of song files. `arrived` comes after some that were asked for are here."""

    arrived = Signal()
    _read = Signal(object, object)  # path, Cover or None; from the thread

    def __init__(self, folder: Path, *, dpr: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = round(LARGEST * dpr)
        self._most = max(128, _MOST_BYTES // (4 * self._side**2))
        self._shelf: OrderedDict[Path, Cover | None] = OrderedDict()
        self._reader = CoverReader(CoverFiles(folder, side=self._side), side=self._side, on_read=self._read.emit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self.arrived)
        self._read.connect(self._on_read)

    def cover_of(self, path: Path) -> Cover | None:
        """The cover, or None while it is not here yet, or the song has none."""
        if path in self._shelf:
            self._shelf.move_to_end(path)
            return self._shelf[path]
        self._reader.want(path)
        return None

    def forget(self) -> None:
        """Files may have changed."""
        self._shelf.clear()
        self._reader.forget()

    def stop(self) -> None:
        """Let the thread end, and wait for it a moment. May be called twice, and before anything was asked for."""
        self._reader.stop()

    @Slot(object, object)
    def _on_read(self, path: Path, cover: Cover | None) -> None:
        self._shelf[path] = cover
        while len(self._shelf) > self._most:
            self._shelf.popitem(last=False)
        if cover is not None and not self._soon.isActive():
            self._soon.start()


class CoverReader:
    """The thread: what was wanted last is read first. `on_read(path, Cover | None)` runs in it."""

    def __init__(self, files: CoverFiles, *, side: int, on_read: Callable[[Path, Cover | None], None]) -> None:
        self._files, self._side, self._on_read = files, side, on_read
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._changed = threading.Condition()
        self._stopped = False
        self._reading: Path | None = None
        self._beside: tuple[Path, Cover | None] | None = None  # the picture file met last: songs of an album share it
        self._thread = threading.Thread(target=self._run, name="covers", daemon=True)

    def want(self, path: Path) -> None:
        with self._changed:
            if self._stopped or path == self._reading:
                return
            self._waiting[path] = None
            self._waiting.move_to_end(path)
            if len(self._waiting) > _MOST_WAITING:
                self._waiting.popitem(last=False)
            if not self._thread.is_alive():
                self._thread.start()
            self._changed.notify()

    def forget(self) -> None:
        self._beside = None

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        while (path := self._next()) is not None:
            try:
                cover = self._cover(path)
            except Exception:
                log.exception("no cover from %s", path)
                cover = None
            if not self._stopped:
                self._on_read(path, cover)

    def _next(self) -> Path | None:
        with self._changed:
            self._reading = None
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            if self._stopped:
                return None
            self._reading = self._waiting.popitem(last=True)[0]
            return self._reading

    def _cover(self, path: Path) -> Cover | None:
        from musicrec_desktop.intake.covers import embedded_picture, folder_picture  # the window is painted before

        image = self._files.load(path)
        if image is not None:
            return Cover(image)
        data = embedded_picture(path)
        image = decode(data, self._side) if data else None
        if image is not None:
            self._files.keep(path, image)
            return Cover(image)
        beside = folder_picture(path.parent)
        return self._from_file(beside) if beside else None

    def _from_file(self, picture: Path) -> Cover | None:
        met = self._beside  # `forget` may empty it at any moment
        if met is not None and met[0] == picture:
            return met[1]
        from musicrec_desktop.intake.covers import read_picture

        image = self._files.load(picture)
        if image is None:
            data = read_picture(picture)
            image = decode(data, self._side) if data else None
            if image is not None:
                self._files.keep(picture, image)
        cover = Cover(image) if image is not None else None
        self._beside = picture, cover
        return cover
