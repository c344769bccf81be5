"""From paths as people name them to the audio files behind them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# m4p is what its seller has locked: it is named, and told why. Not m4b: books, not music.
_NAMES = "wav wave w64 rf64 flac ogg oga opus mp3 m4a mp4 m4p aac aif aiff aifc au caf"
EXTENSIONS = frozenset(f".{name}" for name in _NAMES.split())
Kind = Literal["file", "folder", "other"]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An absolute path as it was found: links stay links. `reason` says why it cannot be read, if that is known."""

    path: Path
    reason: str | None = None  # one of UNDECODABLE_REASONS


def scan(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Named files whatever their extension; in folders, and in those below, what looks like audio.

    In the order given, folders sorted by name; nothing twice. Hidden names are passed over. Links are followed,
    but no folder is entered twice. What cannot be looked at comes with its reason.
    """
    seen: set[Path] = set()
    entered: set[tuple[int, int]] = set()
    for path in map(_absolute, paths):
        kind, reason = _kind(path)
        for found in _below(path, entered) if kind == "folder" else (FoundFile(path, reason),):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _below(folder: Path, entered: set[tuple[int, int]]) -> Iterator[FoundFile]:
    waiting = [folder]
    while waiting:
        now = waiting.pop()
        try:
            if not _first_visit(now, entered):
                continue
            names = sorted(entry.name for entry in os.scandir(now) if not entry.name.startswith("."))
        except OSError as error:
            yield FoundFile(now, _reason(error))
            continue
        folders = []
        for path in (now / name for name in names):
            kind, reason = _kind(path)
            if kind == "folder":
                folders.append(path)
            elif kind == "file" and path.suffix.lower() in EXTENSIONS:
                yield FoundFile(path, reason)
        waiting.extend(reversed(folders))


def _first_visit(folder: Path, entered: set[tuple[int, int]]) -> bool:
    found = folder.stat()
    identity = found.st_dev, found.st_ino
    if identity in entered:
        return False
    entered.add(identity)
    return True


def _kind(path: Path) -> tuple[Kind, str | None]:
    """What a path leads to; an unreadable one counts as a file with a reason."""
    try:
        if path.is_dir():
            return "folder", None
        if path.is_file():
            return "file", None
        return ("other", "not_a_file") if path.exists() else ("file", "missing")
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, on older Pythons
        return "file", _reason(error)


def _reason(error: Exception) -> str:
    return "denied" if isinstance(error, PermissionError) else "missing"


def _absolute(path: Path) -> Path:
    """Without `..`, and without resolving the last name, which may be a link."""
    if ".." not in path.parts:
        return path.absolute()
    return path.resolve() if path.name == ".." else path.parent.resolve() / path.name
