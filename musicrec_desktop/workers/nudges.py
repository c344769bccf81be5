"""What the system says of changes in folders. It may say nothing, so nobody may rely on it: it only saves waiting."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_desktop.intake.scan import EXTENSIONS

if TYPE_CHECKING:  # loaded when there is something to watch
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)

_JOIN_S = 1.0


class Nudges:
    """Calls `on_change` in a thread of its own after a change below one of the folders."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._watched: dict[Path, tuple[int, int]] = {}
        self._observers: dict[Path, BaseObserver] = {}

    @property
    def is_complete(self) -> bool:
        """Every folder is told of, as far as the system said when it was asked."""
        return len(self._observers) == len(self._watched)

    def watch(self, folders: Mapping[Path, tuple[int, int]]) -> None:
        """From now on these, by their identities: a folder that was put in the place of another is watched anew."""
        for folder in [path for path, identity in self._watched.items() if folders.get(path) != identity]:
            del self._watched[folder]
            self._end(folder)
        for folder, identity in folders.items():
            if folder not in self._watched:
                self._watched[folder] = identity
                self._begin(folder)

    def stop(self) -> None:
        self.watch({})

    def _begin(self, folder: Path) -> None:
        from watchdog import events
        from watchdog.observers import Observer

        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._on_event  # type: ignore[method-assign]  # the library's own hook
        kinds = (
            events.FileCreatedEvent,
            events.FileModifiedEvent,
            events.FileDeletedEvent,
            events.FileMovedEvent,
            events.DirCreatedEvent,
            events.DirDeletedEvent,
            events.DirMovedEvent,
        )
        observer = Observer()
        try:
            observer.schedule(handler, os.fspath(folder), recursive=True, event_filter=list(kinds))
            observer.start()
        except OSError as error:  # the system's limit is reached, or it cannot watch this kind of folder
            log.info("changes in %s are not told: %s", folder, error)
            observer.unschedule_all()
            return
        self._observers[folder] = observer

    def _end(self, folder: Path) -> None:
        observer = self._observers.pop(folder, None)
        if observer is not None:
            observer.stop()
            observer.join(_JOIN_S)

    def _on_event(self, event: "FileSystemEvent") -> None:
        names = (event.src_path, event.dest_path)
        if event.is_directory or any(Path(os.fsdecode(name)).suffix.lower() in EXTENSIONS for name in names):
            self._on_change()
