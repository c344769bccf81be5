"""Recognising a file: unread by size and time, read by its content."""

import hashlib
from pathlib import Path

from musicrec_desktop.core.errors import UndecodableFile


def size_and_time(path: Path) -> tuple[int, int]:
    """Bytes and modification time in nanoseconds of what the path leads to. Raises UndecodableFile."""
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return found.st_size, found.st_mtime_ns


def content_hash(path: Path) -> str:
    """SHA-256 of the bytes. Raises UndecodableFile."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> UndecodableFile:
    """Why the system does not let us read a file."""
    reasons = {PermissionError: "denied", IsADirectoryError: "not_a_file"}
    return UndecodableFile(path=path, reason=reasons.get(type(error), "missing"), detail=str(error))
