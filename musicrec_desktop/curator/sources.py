"""Which songs a folder of music holds: its manifest.csv, or every audio file in it."""

import csv
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from musicrec_desktop.curator.errors import UnknownSongs

AUDIO_SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac"})
MANIFEST = "manifest.csv"


@dataclass(frozen=True, slots=True)
class SongSource:
    """A song to analyse; paths are relative to `folder`, with forward slashes."""

    folder: Path
    path: str
    other_part: str = ""
    title: str = ""
    artist: str = ""
    album: str = ""
    genre: str = ""
    licence: str = ""

    @property
    def path_key(self) -> str:
        return path_key(self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        """Relative paths of the song's files: the song itself, then another part of it if there is one."""
        return (self.path, self.other_part) if self.other_part else (self.path,)


def path_key(path: str) -> str:
    """Thirty-two hex digits that stand for a relative path, wherever its folder is."""
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:32]


def file_state(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, by which a change of it shows; None when it cannot be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def files_state(song: SongSource) -> str:
    """Thirty-two hex digits that change when one of the song's files does."""
    states = [file_state(song.folder / name) for name in song.parts]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:32]


def read_folder(folder: Path) -> list[SongSource]:
    """Every song of the folder, in order of path."""
    folder = folder.absolute()
    manifest = folder / MANIFEST
    songs = _from_manifest(folder, manifest) if manifest.is_file() else _from_files(folder)
    return sorted(songs, key=lambda song: song.path)


def chosen(songs: Collection[SongSource], paths: Collection[str]) -> list[SongSource]:
    """The songs named by relative path, absolute path, or file name; raise UnknownSongs for names nobody has."""
    by_name = {name: song for song in songs for name in (song.path, str(song.folder / song.path), Path(song.path).name)}
    missing = [path for path in paths if path not in by_name]
    if missing:
        raise UnknownSongs(names=missing)
    wanted = {by_name[path].path for path in paths}
    return [song for song in songs if song.path in wanted]


def read_list(path: Path) -> list[str]:
    """One name per line; empty lines and lines that begin with # are passed over."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _from_manifest(folder: Path, manifest: Path) -> list[SongSource]:
    texts = ("other_part", "title", "artist", "album", "genre", "licence")
    with manifest.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("path")]
    return [_titled(SongSource(folder, row["path"], **{name: row.get(name) or "" for name in texts})) for row in rows]


def _from_files(folder: Path) -> list[SongSource]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in AUDIO_SUFFIXES and path.is_file())
    return [_titled(SongSource(folder, path.relative_to(folder).as_posix())) for path in files]


def _titled(song: SongSource) -> SongSource:
    return song if song.title else replace(song, title=Path(song.path).stem)
