"""Rows into values: the queries behind CatalogueStore's questions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from peewee import JOIN

from musicrec_desktop.catalogue.codec import (
    FLOAT32,
    INT8,
    DamagedBlob,
    n_numbers,
    restored,
    rows,
    unsealed,
)
from musicrec_desktop.catalogue.tables import Copies, Embeddings, Facts, Passages, Tracks
from musicrec_desktop.catalogue.values import KnownFile
from musicrec_desktop.core.types import Floats, PassageTable, Track, TrackId, frozen


def track_query(*further: Any) -> Any:
    """Tracks with their mood under the model in use."""
    model_in_use = Facts.select(Facts.value).where(Facts.key == "model_id")
    joined = (Embeddings.track == Tracks.id) & (Embeddings.model_id == model_in_use)
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
    """The tracks' own files."""
    return Tracks.select(
        Tracks.track_id,
        Tracks.path,
        Tracks.size,
        Tracks.mtime_ns,
        Tracks.content_hash,
        Tracks.fingerprint,
        Tracks.path,
    ).tuples()


def known_copies_query() -> Any:
    """Further files with the content of a track."""
    return (
        Copies.select(
            Tracks.track_id,
            Copies.path,
            Copies.size,
            Copies.mtime_ns,
            Tracks.content_hash,
            Tracks.fingerprint,
            Tracks.path,
        )
        .join(Tracks)
        .tuples()
    )


def as_known_file(row: Sequence[Any]) -> KnownFile:
    track_id, path, size, mtime_ns, content_hash, fingerprint, track_path = row
    return KnownFile(TrackId(track_id), as_path(path), size, mtime_ns, content_hash, fingerprint, as_path(track_path))


def passage_query(model_id: str, fingerprint: str) -> Any:
    """Vectors, scales, moods and starts of every track that may be matched under this model."""
    return (
        Embeddings.select(
            Tracks.track_id, Embeddings.vectors, Embeddings.scales, Embeddings.probabilities, Passages.starts
        )
        .join(Tracks)
        .join(Passages, on=(Passages.track == Tracks.id))
        .where((Embeddings.model_id == model_id) & (Tracks.fingerprint == fingerprint))
        .order_by(Tracks.track_id)
        .tuples()
    )


def as_passage_table(model_id: str, generation: int, found: Sequence[Sequence[Any]]) -> PassageTable:
    """The rows of `passage_query` as one table."""
    track_ids, vectors, scales, probabilities, starts = zip(*found, strict=True) if found else ((),) * 5
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
