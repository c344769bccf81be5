"""Sound prints, and covers in their place: asked for when a row is first painted, kept in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.core.types import TrackId
from musicrec_desktop.ui.cover_images import Cover
from musicrec_desktop.ui.covers import CoverShelf
from musicrec_desktop.ui.sound_print import Print

TOPIC = "prints"
_AT_ONCE = 60
_KEPT = 5000  # 168 bytes each


class Sleeve(NamedTuple):
    """What a song can be pictured by."""

    sound_print: Print | None
    path: Path | None  # of its file


Prints = dict[TrackId, Sleeve]


class PrintShelf(QObject):
    """Hands out prints; what is missing is fetched in one question for all rows painted in the meantime."""

    arrived = Signal()

    def __init__(self, ask: Callable[[list[TrackId]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._shelf: Prints = {}
        self._wanted: dict[TrackId, None] = {}  # an ordered set: the newest last
        self._asking = False
        self._covers: CoverShelf | None = None
        self._covers_shown = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    def use_covers(self, covers: CoverShelf) -> None:
        """Where covers come from, once they are to be shown."""
        self._covers = covers
        covers.arrived.connect(self.arrived)

    def show_covers(self, shown: bool) -> None:
        """Covers in place of prints, where songs have any."""
        if shown != self._covers_shown:
            self._covers_shown = shown
            self.arrived.emit()

    def print_of(self, track_id: TrackId) -> Print | Cover | None:
        """The cover or else the print, or None while nothing is here yet, or the track has none."""
        if track_id not in self._shelf:
            self._wanted[track_id] = None
            self._soon.start()
            return None
        sleeve = self._shelf[track_id]
        if self._covers is not None and self._covers_shown and sleeve.path is not None:
            return self._covers.cover_of(sleeve.path) or sleeve.sound_print
        return sleeve.sound_print

    @Slot()
    def _fetch(self) -> None:
        if not self._asking and self._wanted:
            self._asking = True
            self._ask(list(self._wanted)[-_AT_ONCE:])

    def take(self, prints: Prints) -> None:
        """Put what was fetched on the shelf."""
        self._asking = False
        if len(self._shelf) > _KEPT:
            self._shelf.clear()
        self._shelf.update(prints)
        for track_id in prints:
            self._wanted.pop(track_id, None)
        self.arrived.emit()
        if self._wanted:
            self._soon.start()

    def forget(self) -> None:
        """The catalogue has changed: a track may sound otherwise now."""
        self._shelf.clear()
        self._asking = False
        if self._covers is not None:
            self._covers.forget()
