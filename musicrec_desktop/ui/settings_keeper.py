"""Settings on disk: written a moment after the last change, and when the window closes."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from musicrec_desktop.core.settings import Settings, save

log = logging.getLogger(__name__)

_AFTER_MS = 400


class SettingsKeeper(QObject):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._waiting: Settings | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.write)

    @Slot(object)
    def keep(self, settings: Settings) -> None:
        self._waiting = settings
        self._timer.start()

    @Slot()
    def write(self) -> None:
        """Write what waits. A disk that cannot be written costs the change, not the session."""
        settings, self._waiting = self._waiting, None
        if settings is None:
            return
        try:
            save(settings, self._path)
        except OSError as error:
            log.warning("settings were not saved: %s", error)
