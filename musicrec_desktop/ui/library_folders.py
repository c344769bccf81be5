"""The watched folders as the window sees them: added with an import, told of, stopped, removed with their songs."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.intake.changes import Changes, WatchedFolder
from musicrec_desktop.intake.results import Followed
from musicrec_desktop.ui.importer import Importer
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.strings import tr


class Watcher(Protocol):
    """What the window needs of the watch thread."""

    def watch(self, folders: Iterable[Path]) -> None: ...

    def followed(self, followed: Followed) -> None: ...


class LibraryFolders(QObject):
    """`watcher` is the watch thread's, `drop(changes)` goes to the import thread; what they say comes by the slots."""

    changed = Signal(object)  # tuple of names, for the settings

    def __init__(
        self,
        *,
        window: MainWindow,
        importer: Importer,
        names: Sequence[str],
        watcher: Watcher,
        drop: Callable[[Changes], None],
    ) -> None:
        super().__init__(window)
        self._window, self._importer, self._watcher, self._drop = window, importer, watcher, drop
        self._folders = tuple(WatchedFolder(Path(name), True, 0) for name in names)
        section = window.settings.catalogue
        section.stop_wanted.connect(self.stop_watching)
        section.remove_wanted.connect(self.remove)
        self._trouble = ""  # said last
        self._new: list[Path] = []  # watched as soon as they are imported
        importer.ended.connect(self._on_imported)
        importer.quiet_progressed.connect(window.library.card.show_quiet)
        self._show()

    @property
    def paths(self) -> list[Path]:
        return [folder.path for folder in self._folders]

    def begin(self) -> None:
        """Watch what the settings name."""
        self._watcher.watch(self.paths)

    def add(self, paths: Iterable[Path]) -> None:
        """Watch those of these paths that are folders, after the import that has just begun with them."""
        self._new += [path for path in (path.absolute() for path in paths if path.is_dir()) if path not in self.paths]
        self._set(with_folders(self.paths, self._new))

    @Slot(object)
    def _on_imported(self, result: object) -> None:
        new, self._new = self._new, []
        if new and self._importer.was_cancelled:
            self._set([path for path in self.paths if path not in new])  # the listener thought better of them
        self._watcher.watch(self.paths)

    @Slot(object)
    def stop_watching(self, path: Path) -> None:
        """Its songs stay."""
        self._give_up(path)
        self._say(tr("folder.stopped"))

    @Slot(object)
    def remove(self, path: Path) -> None:
        """Its songs leave the catalogue; no file is touched."""
        self._give_up(path)
        self._drop(Changes(dropped=(path,), kept=tuple(self.paths)))

    @Slot(object)
    def on_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """What the watch thread saw; it may not know of the newest change yet."""
        seen = {folder.path: folder for folder in folders}
        self._folders = tuple(seen.get(folder.path, folder) for folder in self._folders)
        self._show()

    @Slot(object)
    def on_followed(self, followed: Followed) -> None:
        """Changes in the folders have come to their end."""
        self._watcher.followed(followed)
        self.on_dropped(followed)

    @Slot(object)
    def on_dropped(self, followed: Followed) -> None:
        """The songs of a folder have left, too."""
        self._importer.end_quiet(followed)
        self._window.library.card.end_quiet()
        trouble = describe(followed.error).text if followed.error else ""
        # It is tried again every minute; the same trouble is news only once.
        if trouble and trouble != self._trouble:
            self._window.status.say(trouble, "warning")
        self._trouble = trouble
        added, removed = followed.summary.added, followed.removed
        parts = [tr("folder.songs_came", n=added)] * bool(added) + [tr("folder.songs_went", n=removed)] * bool(removed)
        if parts:
            self._say(" · ".join(parts))

    def _give_up(self, path: Path) -> None:
        """Look at it no more, while an import runs too: what is dropped would be found again."""
        self._new = [other for other in self._new if other != path]
        self._set([other for other in self.paths if other != path])
        self._watcher.watch([other for other in self.paths if other not in self._new])

    def _set(self, paths: Sequence[Path]) -> None:
        if list(paths) == self.paths:
            return
        known = {folder.path: folder for folder in self._folders}
        self._folders = tuple(known.get(path) or WatchedFolder(path, True, 0) for path in paths)
        self._show()
        self.changed.emit(tuple(map(str, paths)))

    def _show(self) -> None:
        self._window.settings.catalogue.set_folders(self._folders)
        self._window.library.set_folders(self._folders)

    def _say(self, text: str) -> None:
        self._window.status.say(text, "folder")


def with_folders(paths: Sequence[Path], new: Sequence[Path]) -> list[Path]:
    """The folders with the new ones; one that lies in another is watched with that."""
    everything = list(dict.fromkeys([*paths, *new]))
    return [
        path for path in everything if not any(path != other and path.is_relative_to(other) for other in everything)
    ]
