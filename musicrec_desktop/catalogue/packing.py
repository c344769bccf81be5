"""The passages of a large catalogue as mapped files: a cache that is made again when the catalogue has changed.

A folder for each catalogue and generation holds one `.npy` file a column and `facts.json`. It is written under another
name and moved into place whole, so any number of processes may share it. Where nothing can be written the same columns
are kept in memory.
"""

import json
import logging
import os
import shutil
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, overload

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import PackedPassages, TrackId

log = logging.getLogger(__name__)

_FORMAT = 2
_READ_AT_ONCE = 1 << 20  # bytes
_proven: set[tuple[str, int]] = set()  # folders whose files this process has read through
_FACTS = "facts.json"
_NAMES = ("track_ids", "sizes", "starts_s", "steps", "scales", "centres", "mood_probabilities")

Columns = Mapping[str, NDArray[Any]]  # some rows of each column of PackedPassages; `sizes` instead of `begins`
Shapes = Mapping[str, tuple[np.dtype[Any], tuple[int, ...]]]  # of the columns as a whole


@dataclass(frozen=True, slots=True)
class Edition:
    """What the columns are of: equal editions have equal columns."""

    catalogue: str  # a mark of the file
    model_id: str
    generation: int
    content: str  # a mark of what is in it: a file that took the place of another may have its generation

    @property
    def folder(self) -> str:
        return f"passages-{self.catalogue}-{zlib.crc32(self.model_id.encode()):08x}-{self.generation}"

    def facts(self) -> dict[str, Any]:
        return {"format": _FORMAT, "model_id": self.model_id, "generation": self.generation, "content": self.content}


def opened(cache: Path, edition: Edition) -> PackedPassages | None:
    """What was made of this edition earlier; None where there is nothing, or it is of another one, or damaged."""
    folder = cache / edition.folder
    try:
        facts = json.loads((folder / _FACTS).read_bytes())
        if {name: facts[name] for name in edition.facts()} != edition.facts():
            return None
        if any((folder / name).stat().st_size != size for name, size in facts["sizes"].items()):
            raise ValueError("a file was cut off")
        _prove(folder, facts["checksums"])
        return _table(edition, {name: _mapped(folder / f"{name}.npy") for name in _NAMES})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("making %s again: %s", folder, error)
        return None


def made(
    cache: Path | None, edition: Edition, shapes: Shapes, blocks: Callable[[], Iterator[Columns]]
) -> PackedPassages:
    """Columns of these shapes from blocks of their rows: in files or, where those cannot be written, in memory.

    `blocks` is called a second time when writing fails. Raises what it raises.
    """
    if cache is not None:
        try:
            _write(cache, edition, shapes, blocks)
            found = opened(cache, edition)
            if found is not None:
                return found
        except OSError as error:
            log.warning("no passages in %s: %s", cache, error)
    return _table(edition, _filled(shapes, blocks()))


class _Ids(Sequence[TrackId]):
    """Ascending ids in a column of bytes, made into text when they are asked for."""

    def __init__(self, column: NDArray[np.bytes_]) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, at: int) -> TrackId: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[TrackId]: ...
    def __getitem__(self, at: int | slice) -> TrackId | Sequence[TrackId]:
        if isinstance(at, slice):
            return _Ids(self._column[at])
        return TrackId(bytes(self._column[at]).decode())

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Where this id is, by halving; raises ValueError."""
        wanted = str(value).encode()
        at = int(np.searchsorted(self._column, np.bytes_(wanted)))
        if at < len(self) and bytes(self._column[at]) == wanted and start <= at < (len(self) if stop is None else stop):
            return at
        raise ValueError(f"{value} is not among the ids")

    def __contains__(self, value: object) -> bool:
        try:
            return self.index(value) >= 0
        except ValueError:
            return False


def _table(edition: Edition, columns: Columns) -> PackedPassages:
    """Raises ValueError when the columns do not belong together."""
    sizes = columns["sizes"]
    begins = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    lengths = {name: len(column) for name, column in columns.items()}
    n_tracks, n_passages = len(sizes), int(begins[-1])
    of_tracks = ("track_ids", "centres", "mood_probabilities")
    if any(lengths[name] != (n_tracks if name in of_tracks else n_passages) for name in _NAMES if name != "sizes"):
        raise ValueError(f"columns differ in length: {lengths}")
    rest = {name: columns[name] for name in _NAMES if name not in ("sizes", "track_ids")}
    ids = _Ids(columns["track_ids"])
    return PackedPassages(edition.model_id, edition.generation, track_ids=ids, begins=begins, **rest)


def _prove(folder: Path, checksums: Mapping[str, int]) -> None:
    """Read all files through, once a process; raises ValueError when one is not as it was written.

    A flipped bit would otherwise move a song quietly. 0.9 GB, of 100,000 songs, take about a second.
    """
    mark = (str(folder), (folder / _FACTS).stat().st_ino)
    if mark in _proven:
        return
    if damaged := [name for name, checksum in checksums.items() if _checksum(folder / name) != checksum]:
        raise ValueError(f"damaged: {damaged}")
    _proven.add(mark)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(_READ_AT_ONCE):
            found = zlib.crc32(block, found)
    return found


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _filled(shapes: Shapes, blocks: Iterator[Columns]) -> Columns:
    columns = {name: np.empty(shape, dtype) for name, (dtype, shape) in shapes.items()}
    ends = dict.fromkeys(shapes, 0)
    for block in blocks:
        for name, rows in block.items():
            columns[name][ends[name] : ends[name] + len(rows)] = rows
            ends[name] += len(rows)
    return columns


def _write(cache: Path, edition: Edition, shapes: Shapes, blocks: Callable[[], Iterator[Columns]]) -> None:
    """Raises OSError."""
    cache.mkdir(parents=True, exist_ok=True)
    partial = cache / f"partial-{edition.folder}-{os.getpid()}-{threading.get_ident()}"
    whole = cache / edition.folder
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        _write_columns(partial, shapes, blocks())
        sizes = {path.name: path.stat().st_size for path in sorted(partial.iterdir())}
        checksums = {name: _checksum(partial / name) for name in sizes}
        (partial / _FACTS).write_text(json.dumps({**edition.facts(), "sizes": sizes, "checksums": checksums}))
        if opened(cache, edition) is None:  # another process may have been faster
            shutil.rmtree(whole, ignore_errors=True)
            partial.rename(whole)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    for old in cache.glob(f"passages-{edition.catalogue}-*"):
        if old != whole:
            shutil.rmtree(old, ignore_errors=True)  # where it is in use and the system minds: next time


def _write_columns(folder: Path, shapes: Shapes, blocks: Iterator[Columns]) -> None:
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        for name, (dtype, shape) in shapes.items():
            files[name] = stack.enter_context((folder / f"{name}.npy").open("wb"))
            header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(files[name], header)
        for block in blocks:
            for name, rows in block.items():
                files[name].write(np.ascontiguousarray(rows, dtype=shapes[name][0]).data)
