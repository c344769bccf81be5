"""Small pictures on the disk, so that covers are decoded once. The folder may be emptied at any time."""

import hashlib
import logging
import os
from pathlib import Path

from PySide6.QtGui import QImage

from musicrec_desktop.ui.cover_images import decode

log = logging.getLogger(__name__)

_MOST_BYTES = 64_000_000
_KEPT_SHARE = 0.75  # what stays when there are more
_CLEAR_EVERY = 500  # new pictures
_QUALITY = 92


class CoverFiles:
    """One small file for each picture, named after where it came from and the state that was in. Never fails."""

    def __init__(self, folder: Path, *, side: int, most_bytes: int = _MOST_BYTES) -> None:
        self._folder, self._side, self._most_bytes = folder, side, most_bytes
        self._n_new = 0

    def load(self, source: Path) -> QImage | None:
        """What was kept of the picture in this file, as the file is now."""
        try:
            return decode(self._file(source).read_bytes(), self._side)
        except OSError:
            return None

    def keep(self, source: Path, image: QImage) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            whole = self._file(source)
            partial = whole.with_suffix(".partial")
            if image.save(str(partial), "PNG" if image.hasAlphaChannel() else "JPG", _QUALITY):
                partial.replace(whole)
        except OSError as error:
            log.info("a cover was not kept: %s", error)
        if self._n_new % _CLEAR_EVERY == 0:
            self.clear()
        self._n_new += 1

    def clear(self) -> None:
        """Delete the oldest when all together are too large."""
        try:
            with os.scandir(self._folder) as entries:
                found = sorted((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries)
            excess = sum(size for _, size, _ in found) - self._most_bytes
            if excess <= 0:
                return
            excess += round(self._most_bytes * (1 - _KEPT_SHARE))
            for _, size, path in found:
                if excess <= 0:
                    return
                Path(path).unlink(missing_ok=True)
                excess -= size
        except OSError as error:
            log.info("the covers were not cleared: %s", error)

    def _file(self, source: Path) -> Path:
        found = source.stat()
        state = f"\0{found.st_size}\0{found.st_mtime_ns}\0{self._side}".encode()
        return self._folder / f"{hashlib.sha256(os.fsencode(source) + state).hexdigest()[:32]}.cover"
