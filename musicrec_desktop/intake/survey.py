"""What is in a watched folder right now, by names and stamps alone: cheap enough to look again and again."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.intake.scan import EXTENSIONS

Stamp = tuple[int, int]  # bytes, modification time in nanoseconds
Identity = tuple[int, int]  # device and number of a folder


@dataclass(frozen=True, slots=True)
class Survey:
    """One look at a folder and those below. Names are as `scan` gives them, so that they can be compared."""

    root: Path
    present: bool  # the folder itself is there and can be read
    files: Mapping[str, Stamp]
    folders: Mapping[str, Identity]  # the folders that were read
    bare: frozenset[str]  # those of them with nothing in them: perhaps a disk that is not mounted
    unread: frozenset[str]  # the folders that could not be read: nothing is known of what is below


def survey(root: Path, token: CancelToken | None = None) -> Survey:
    """Look at every audio file below `root`. Hidden names and folders met twice are passed over, as in `scan`."""
    look = _Look(token)
    waiting = [os.fspath(root)]
    while waiting:
        waiting.extend(look.read(waiting.pop()))
    top = os.fspath(root)
    return Survey(root, top in look.folders, look.files, look.folders, frozenset(look.bare), frozenset(look.unread))


class _Look:
    """A survey as it grows."""

    def __init__(self, token: CancelToken | None) -> None:
        self._token = token
        self._entered: set[Identity] = set()
        self.files: dict[str, Stamp] = {}
        self.folders: dict[str, Identity] = {}
        self.bare: set[str] = set()
        self.unread: set[str] = set()

    def read(self, folder: str) -> list[str]:
        """Note the files in one folder; return the folders in it. Raises Cancelled."""
        if self._token:
            self._token.check()
        try:
            found = Path(folder).stat()
            identity = found.st_dev, found.st_ino
            if identity in self._entered:
                return []
            self._entered.add(identity)
            with os.scandir(folder) as entries:
                below = self._note(folder, list(entries))
        except OSError:
            self.unread.add(folder)
            return []
        self.folders[folder] = identity
        return below

    def _note(self, folder: str, entries: "list[os.DirEntry[str]]") -> list[str]:
        below = []
        if not entries:
            self.bare.add(folder)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir():
                    below.append(entry.path)
                elif _extension(entry.name) in EXTENSIONS and entry.is_file():
                    stamp = entry.stat()
                    self.files[entry.path] = stamp.st_size, stamp.st_mtime_ns
                elif entry.is_symlink() and not entry.is_file():
                    self.unread.add(entry.path)  # it may lead to a disk that is not there now
            except OSError:
                self.unread.add(entry.path)
        return below


def _extension(name: str) -> str:
    return name[name.rfind(".") :].lower()  # a path object for each of 50,000 names would take longer than the rest


def is_below(path: str, folder: str) -> bool:
    """The path is the folder or in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
