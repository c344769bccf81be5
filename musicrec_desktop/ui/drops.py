"""What was dropped on the window: one file is asked about, a folder or several files go into the library."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(data: QMimeData) -> list[Path]:
    """Local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_for_library(paths: Sequence[Path]) -> bool:
    return len(paths) > 1 or paths[0].is_dir()
