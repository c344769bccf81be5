"""UserStore: what the listener likes, and which files they brought, in our types."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from musicrec_desktop.listener.database import UserFile


@dataclass(frozen=True, slots=True)
class Song:
    """A song by what stays the same wherever it is: its file's content, or its id in the central catalogue."""

    kind: Literal["content", "central"]
    name: str  # sha256 of the file, or track id


@dataclass(frozen=True, slots=True)
class Like:
    """What the listener said of a song as one of a mood; `mood_key` is never the number of a cluster."""

    song: Song
    mood_key: str
    liked: bool  # False: not for me
    at_s: float  # seconds since 1970


class UserStore:
    """One `user.db`; any thread may ask. Raises CatalogueError; a damaged file is mended when it is opened."""

    def __init__(self, path: Path) -> None:
        self._file = UserFile(path)

    def __enter__(self) -> "UserStore":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def remember_files(self, paths: Iterable[Path]) -> None:
        """These files were imported by hand: a lost catalogue takes them from here."""
        rows = [(_stored(path), time.time()) for path in paths]
        with self._file.change() as database:
            database.many("INSERT OR IGNORE INTO own_files (path, first_s) VALUES (?, ?)", rows)

    def files(self) -> list[Path]:
        """Every file that was imported by hand, in the order in which they came."""
        found = self._file.rows("SELECT path FROM own_files ORDER BY first_s, path")
        return [Path(os.fsdecode(name)) for (name,) in found]

    def say(self, song: Song, mood_key: str, *, liked: bool | None) -> None:
        """The listener likes this song, or it is not for them; None: nothing is said of it any more."""
        with self._file.change() as database:
            key = (song.kind, song.name, mood_key)
            database.run("DELETE FROM likes WHERE kind = ? AND song = ? AND mood_key = ?", key)
            if liked is not None:
                database.run("INSERT INTO likes VALUES (?, ?, ?, ?, ?)", (*key, int(liked), time.time()))

    def likes(self) -> list[Like]:
        """All that was said, the latest first."""
        found = self._file.rows("SELECT kind, song, mood_key, liked, at_s FROM likes ORDER BY at_s DESC")
        return [Like(Song(kind, name), mood_key, bool(liked), at_s) for kind, name, mood_key, liked, at_s in found]


def _stored(path: Path) -> str | bytes:
    """Text, or the raw bytes of a name that is not valid Unicode."""
    text = os.fspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text
