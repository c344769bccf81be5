"""Rows into values: the queries behind CatalogueStore's questions."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from peewee import JOIN, SQL, Case, NodeList, fn

from musicrec_desktop.catalogue.codec import (
    FLOAT32,
    INT8,
    SEAL,
    UINT8,
    DamagedBlob,
    n_numbers,
    restored,
    rows,
    unsealed,
)
from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.packing import Columns, Edition, Shapes
from musicrec_desktop.catalogue.tables import Copies, Damage, Embeddings, Facts, Passages, TrackRows, Tracks
from musicrec_desktop.catalogue.values import KnownFile
from musicrec_desktop.core.types import Floats, PassageTable, Track, TrackId, frozen

_PACKED_AT_ONCE = 1000  # tracks
_BOTH_WAYS = (Tracks.id.asc(), Tracks.id.desc())
_COUNTED = (
    fn.COUNT(Embeddings.id),
    fn.SUM(fn.LENGTH(Embeddings.scales)),
    fn.MAX(fn.LENGTH(Tracks.track_id.cast("BLOB"))),
)


def beside_the_index(column: Any) -> Any:
    """The column, where SQLite must not choose an index by it: it is worth more to have all it needs in another."""
    return NodeList((SQL("+"), column), glue="")


def track_query(*further: Any) -> Any:
    """Tracks with their mood under the model in use."""
    model_in_use = Facts.select(Facts.value).where(Facts.key == "model_id")
    joined = (Embeddings.track == Tracks.id) & (beside_the_index(Embeddings.model_id) == model_in_use)
    columns = (Tracks.track_id, Tracks.path, Tracks.title, Tracks.artist, Tracks.album, Tracks.duration_s)
    return (
        Tracks.select(*columns, Embeddings.mood_id, Tracks.source, *further)
        .join(Embeddings, JOIN.LEFT_OUTER, on=joined)
        .tuples()
    )


def as_track(row: Sequence[Any], folder: Path | None = None) -> Track:
    """A row of `track_query`, a relative path taken from `folder`; what follows the eight columns is left alone."""
    track_id, name, title, artist, album, duration_s, mood_id, source = row[:8]
    path = as_path(name)
    if folder is not None and path is not None:
        path = folder / path
    return Track(TrackId(track_id), path, title, artist, album, duration_s, mood_id, source)


def as_path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def known_files_query() -> Any:
    """The own tracks' files, whichever songs are searched."""
    rows = TrackRows
    columns = (
        rows.track_id,
        rows.path,
        rows.size,
        rows.mtime_ns,
        rows.content_hash,
        _believed_fingerprint(),
        rows.path,
    )
    return rows.select(*columns).where(rows.since == 0).tuples()


def known_copies_query() -> Any:
    """Further files with the content of a track."""
    of_track = (TrackRows.content_hash, _believed_fingerprint(), TrackRows.path)
    return (
        Copies.select(TrackRows.track_id, Copies.path, Copies.size, Copies.mtime_ns, *of_track)
        .join(TrackRows, on=(Copies.track == TrackRows.id))
        .tuples()
    )


def _believed_fingerprint() -> Any:
    """The fingerprint of a row; empty when something of it is damaged, so that its file is analysed again."""
    damaged = TrackRows.id.in_(Damage.select(Damage.track))
    return Case(None, [(damaged, "")], TrackRows.fingerprint)


def as_known_file(row: Sequence[Any]) -> KnownFile:
    track_id, path, size, mtime_ns, content_hash, fingerprint, track_path = row
    return KnownFile(TrackId(track_id), as_path(path), size, mtime_ns, content_hash, fingerprint, as_path(track_path))


def passage_query(model_id: str, fingerprint: str, *, without: Sequence[int] = ()) -> Any:
    """Vectors, scales, moods, starts and row of every track that may be matched under this model, but for some rows."""
    blobs = (Embeddings.vectors, Embeddings.scales, Embeddings.probabilities, Passages.starts)
    return (
        Embeddings.select(Tracks.track_id, *blobs, Tracks.id)
        .join(Tracks)
        .join(Passages, on=(Passages.track == Tracks.id))
        .where((Embeddings.model_id == model_id) & (Tracks.fingerprint == fingerprint))
        .where(*([Tracks.id.not_in(without)] if without else []))
        .order_by(Tracks.track_id)
        .tuples()
    )


def sifted(found: Sequence[Sequence[Any]]) -> tuple[list[Sequence[Any]], list[int]]:
    """Rows of `passage_query` that are sound and alike, and the numbers of those that are not."""
    shapes = [_shape(row) for row in found]
    usual = Counter(shape for shape in shapes if shape is not None).most_common(1)
    wanted = usual[0][0] if usual else None
    good = [row for row, shape in zip(found, shapes, strict=True) if shape is not None and shape == wanted]
    bad = [row[5] for row, shape in zip(found, shapes, strict=True) if shape is None or shape != wanted]
    return good, bad


def _shape(row: Sequence[Any]) -> tuple[int, int] | None:
    """Numbers in a vector, and moods; None for a row that is damaged."""
    try:
        n = len(unsealed([row[2]], FLOAT32))
        vectors, moods, starts = unsealed([row[1]], INT8), unsealed([row[3]], FLOAT32), unsealed([row[4]], FLOAT32)
        rows(vectors, n)
    except ValueError:
        return None
    return (vectors.size // n, moods.size) if len(starts) == n and moods.size else None


def as_passage_table(model_id: str, generation: int, found: Sequence[Sequence[Any]]) -> PassageTable:
    """The rows of `passage_query` as one table."""
    track_ids, vectors, scales, probabilities, starts, _ = zip(*found, strict=True) if found else ((),) * 6
    sizes = [n_numbers(blob, FLOAT32) for blob in scales]
    if sizes != [n_numbers(blob, FLOAT32) for blob in starts]:
        raise DamagedBlob("embeddings and passages differ in number")
    return PassageTable(
        model_id=model_id,
        generation=generation,
        track_ids=tuple(map(TrackId, track_ids)),
        track_index=frozen(np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)),
        starts_s=floats(starts),
        embeddings=_embeddings(vectors, floats(scales)),
        mood_probabilities=_matrix(floats(probabilities), len(sizes)),
    )


def edition(database: CatalogueDatabase, path: Path, model_id: str) -> Edition:
    """What this catalogue holds now."""
    generation = Facts.select(Facts.value).where(Facts.key == "generation").scalar(database)
    columns = (Tracks.content_hash, Tracks.added_s)
    edges = [list(Tracks.select(*columns).order_by(way).limit(1).tuples().execute(database)) for way in _BOTH_WAYS]
    return Edition(_mark(str(path.absolute())), model_id, int(generation or 0), _mark(repr(edges)))


def packed_shapes(
    database: CatalogueDatabase, model_id: str, fingerprint: str, *, without: Sequence[int] = ()
) -> Shapes:
    """The shapes of all that `packed_blocks` gives; raises DamagedBlob when there is nothing to tell them from."""
    query = passage_query(model_id, fingerprint, without=without)
    first = list(query.limit(1).execute(database))
    _, vectors, scales, probabilities, *_ = first[0] if first else ("", b"", b"", b"", b"")
    n_first = n_numbers(scales, FLOAT32)
    if n_first <= 0:
        raise DamagedBlob("no passages")
    d, n_moods = n_numbers(vectors, INT8) // n_first, n_numbers(probabilities, FLOAT32)
    counted = query.order_by().select(*_COUNTED).tuples()
    n_tracks, n_bytes, width = next(iter(counted.execute(database)))
    n_passages = (n_bytes - n_tracks * SEAL) // FLOAT32.itemsize
    return {
        "track_ids": (np.dtype(f"S{width}"), (n_tracks,)),
        "sizes": (np.dtype("<i4"), (n_tracks,)),
        "starts_s": (FLOAT32, (n_passages,)),
        "steps": (UINT8, (n_passages, d)),
        "scales": (FLOAT32, (n_passages,)),
        "centres": (FLOAT32, (n_tracks, d)),
        "mood_probabilities": (FLOAT32, (n_tracks, n_moods)),
    }


def packed_blocks(
    database: CatalogueDatabase, model_id: str, fingerprint: str, *, without: Sequence[int] = ()
) -> Iterator[Columns]:
    """The rows of `passage_query` as columns, some at a time, in its order; raises DamagedBlob.

    By row numbers: asked for "the next thousand", SQLite would go through all tracks for each thousand.
    """
    for found in _in_parts(database, passage_query(model_id, fingerprint, without=without), fingerprint):
        yield _packed(found)


def damaged_rows(database: CatalogueDatabase, model_id: str, fingerprint: str) -> list[int]:
    """The numbers of the rows that `packed_blocks` cannot take."""
    shapes: dict[int, tuple[int, int] | None] = {}
    for found in _in_parts(database, passage_query(model_id, fingerprint), fingerprint):
        shapes.update({row[5]: _shape(row) for row in found})
    usual = Counter(shape for shape in shapes.values() if shape is not None).most_common(1)
    return [row for row, shape in shapes.items() if shape is None or shape != usual[0][0]]


def _in_parts(database: CatalogueDatabase, query: Any, fingerprint: str) -> Iterator[list[Any]]:
    usable = Tracks.select(Tracks.id).where(Tracks.fingerprint == fingerprint).order_by(Tracks.track_id)
    numbers = [number for (number,) in usable.tuples().execute(database)]
    for begin in range(0, len(numbers), _PACKED_AT_ONCE):
        some = Tracks.id.in_(numbers[begin : begin + _PACKED_AT_ONCE])
        if found := list(query.where(some).execute(database)):
            yield found


def _packed(found: Sequence[Sequence[Any]]) -> Columns:
    table = as_passage_table("", 0, found)
    track_ids, vectors, scales, *_ = zip(*found, strict=True)
    sizes = np.array([n_numbers(blob, FLOAT32) for blob in scales], dtype=np.int32)
    sums = np.add.reduceat(table.embeddings, np.cumsum(sizes) - sizes, axis=0)
    steps = rows(unsealed(vectors, INT8), len(table.starts_s))
    return {
        "track_ids": np.array([track_id.encode() for track_id in track_ids]),
        "sizes": sizes,
        "starts_s": table.starts_s,
        "steps": steps.view(np.uint8) ^ np.uint8(0x80),  # int8 + 128
        "scales": floats(scales),
        "centres": sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9),
        "mood_probabilities": table.mood_probabilities,
    }


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:16]


def floats(blobs: Sequence[bytes]) -> Floats:
    """float32 blobs, one after another."""
    return unsealed(blobs, FLOAT32)


def _embeddings(vectors: Sequence[bytes], scales: Floats) -> Floats:
    if not vectors:
        return _matrix(scales, 0)
    steps = rows(unsealed(vectors, INT8), len(scales))
    return frozen(restored(steps, scales))


def _matrix(flat: Floats, n_rows: int) -> Floats:
    return rows(flat, n_rows) if n_rows else frozen(np.zeros((0, 0), np.float32))
