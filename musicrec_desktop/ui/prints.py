"""Sound prints for the covers: asked for when a row is first painted, kept in memory."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.core.types import TrackId
from musicrec_desktop.ui.sound_print import Print

TOPIC = "prints"
_AT_ONCE = 60
_KEPT = 5000  # 168 bytes each

Prints = dict[TrackId, Print | None]


class PrintShelf(QObject):
    """Hands out prints; what is missing is fetched in one question for all rows painted in the meantime."""

    arrived = Signal()

    def __init__(self, ask: Callable[[list[TrackId]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._shelf: Prints = {}
        self._wanted: dict[TrackId, None] = {}  # an ordered set: the newest last
        self._asking = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    def print_of(self, track_id: TrackId) -> Print | None:
        """The print, or None while it is not here yet, or the track has none."""
        if track_id not in self._shelf:
            self._wanted[track_id] = None
            self._soon.start()
            return None
        return self._shelf[track_id]

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
