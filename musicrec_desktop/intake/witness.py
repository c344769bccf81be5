"""Which files of a watched folder are really deleted, and which are on a disk that is not there now."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from musicrec_desktop.intake.changes import GoneFile
from musicrec_desktop.intake.survey import Identity, Survey, is_below

_FEW = 5  # fewer than one in so many of the known files here: it may be another disk in the same place


class Witness:
    """Remembers what one watched folder held, and judges what is missing.

    The nearest folder that is still there vouches for a missing file: by being the very folder in which it was met,
    or by holding anything. An empty folder of another identity may be the place where a disk is usually mounted.
    Who saw nothing before believes a folder only if enough of the known files are in it.
    """

    def __init__(self) -> None:
        self._top: Identity | None = None
        self._met: set[str] = set()
        self._folders: dict[str, Identity] = {}  # as they were when they last held anything
        self._doubted: set[str] = set()  # missing, but perhaps elsewhere

    def judge(self, now: Survey, known: Collection[str]) -> list[GoneFile]:
        """The deleted ones of the known files below the folder. Every survey comes by here, in order."""
        top = now.folders.get(os.fspath(now.root))
        if top is None:
            return []
        missing = _missing(now, known)
        if top != self._top:
            self._begin(top, now, missing, n_known=len(known))
        gone = [self._gone(path, now) for path in missing if path not in self._doubted]
        self._remember(now, missing)
        return [file for file in gone if file is not None]

    def _begin(self, top: Identity, now: Survey, missing: list[str], *, n_known: int) -> None:
        self._top, self._met, self._folders = top, set(), {}
        here = n_known - len(missing)
        self._doubted = set(missing) if here * _FEW < n_known else set()

    def _gone(self, path: str, now: Survey) -> GoneFile | None:
        folder = _nearest(path, now)
        identity, before = now.folders[folder], self._folders.get(folder)
        if path not in self._met:
            is_vouched_for = folder not in now.bare
        elif folder in now.bare:
            is_vouched_for = identity == before
        else:
            is_vouched_for = before is not None and identity[0] == before[0]
        return GoneFile(Path(path), Path(folder), identity) if is_vouched_for else None

    def _remember(self, now: Survey, missing: Iterable[str]) -> None:
        self._met = set(now.files).union(path for path in missing if path in self._met)
        self._doubted.difference_update(now.files)
        self._folders.update({folder: at for folder, at in now.folders.items() if folder not in now.bare})


def _missing(now: Survey, known: Iterable[str]) -> list[str]:
    missing = [path for path in known if path not in now.files]
    if not now.unread:
        return missing
    return [path for path in missing if not any(is_below(path, folder) for folder in now.unread)]


def _nearest(path: str, now: Survey) -> str:
    folder = Path(path).parent
    while os.fspath(folder) not in now.folders:
        folder = folder.parent  # ends at the watched folder, which was read
    return os.fspath(folder)
