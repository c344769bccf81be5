"""The picture of a song: what its file holds, else what lies beside it. Bytes only; they are decoded elsewhere."""

import os
from pathlib import Path

from tinytag import TinyTag

from musicrec_desktop.intake.careful import BAD_TAGS, CarefulFile

LARGEST = 16_000_000  # bytes of a picture
_STEMS = ("cover", "folder", "front", "albumart", "album")  # in this order
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


def embedded_picture(path: Path) -> bytes | None:
    """The front cover in the file's tags, else any other picture there. Never fails; too large a one is none."""
    try:
        with CarefulFile(path, most_at_once=2 * LARGEST) as file:  # twice: as text it is longer
            images = TinyTag.get(path, file_obj=file, duration=False, image=True).images
    except BAD_TAGS:
        return None
    image = images.front_cover or images.any
    data = image.data if image is not None else None
    return data if isinstance(data, bytes) and 0 < len(data) <= LARGEST else None


def folder_picture(folder: Path) -> Path | None:
    """`cover.jpg` and the like, whatever their case. Never fails."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.lower().endswith(_ENDINGS) and entry.is_file()]
    except OSError:
        return None
    ranked = [(rank, name) for name in names if (rank := _rank(name)) is not None]
    return folder / min(ranked)[1] if ranked else None


def read_picture(path: Path) -> bytes | None:
    """The bytes of a picture file. Never fails; too large a one is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    return data if 0 < len(data) <= LARGEST else None


def _rank(name: str) -> int | None:
    stem = Path(name).stem.lower()
    for rank, usual in enumerate(_STEMS):
        if stem == usual or (usual == "front" and stem.startswith("front")):
            return rank
    return None
