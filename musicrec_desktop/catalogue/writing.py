"""Values into rows: the statements behind CatalogueStore's changes. The caller holds lock and transaction."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from musicrec_desktop.catalogue.codec import FLOAT16, FLOAT32, INT8, UINT8, as_stored, quantised, sealed, sealed_steps
from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.reading import as_path
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.tables import (
    Contents,
    Copies,
    Damage,
    Embeddings,
    Facts,
    Passages,
    Sequences,
    TrackRows,
)
from musicrec_desktop.catalogue.values import Embedded, FileStamp
from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.types import Source, Tags, TrackAnalysis, TrackId

_ID_DIGITS = 16  # of the content hash
OWN = TrackRows.since == 0


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is kept of one analysed recording."""

    path: Path | None
    stamp: FileStamp
    tags: Tags
    analysis: TrackAnalysis
    embedded: Embedded | None
    source: Source


@dataclass(frozen=True, slots=True)
class _Known:
    row: int
    track_id: TrackId
    path: Path | None
    content_hash: str


def put(database: CatalogueDatabase, entry: Entry) -> TrackId:
    """Write all rows of one track.

    A track with this content is replaced and keeps its id and its file (`entry.path` becomes a copy of it);
    else the track at this path is replaced and keeps its id; else it is a new one.
    """
    known = _known(database, entry)
    columns = _columns(entry)
    if known is None:
        track_id = free_id(database, entry.stamp.content_hash)
        columns |= {"track_id": track_id, "added_s": time.time()}
        row = int(TrackRows.insert(columns).execute(database))
    else:
        row, track_id = known.row, known.track_id
        _clear(database, known, entry)
        TrackRows.update(columns).where(TrackRows.id == row).execute(database)
    if entry.path is not None:
        own = known is None or known.path in (None, entry.path)
        (move if own else add_copy)(database, track_id, entry.path, entry.stamp)
    _put_sound(database, row, entry.analysis)
    _put_text(database, row, entry.tags)
    if entry.embedded:
        put_embedding(database, row, entry.embedded)
    return track_id


def put_embedding(database: CatalogueDatabase, track: int, embedded: Embedded) -> None:
    """Write what a model says of the track in this row."""
    steps, scales = quantised(embedded.embeddings)
    mood_id = int(embedded.mood_probabilities.argmax())
    query = Embeddings.insert(
        model_id=embedded.model_id,
        track=track,
        mood_id=mood_id,
        mood_probability=float(embedded.mood_probabilities[mood_id]),
        probabilities=sealed(embedded.mood_probabilities, FLOAT32),
        scales=sealed(scales, FLOAT32),
        vectors=sealed(steps, INT8),
    )
    query.on_conflict_replace().execute(database)


def move(database: CatalogueDatabase, track_id: TrackId, path: Path, stamp: FileStamp) -> None:
    """Give the track this path; another track that had it keeps its rows, without a file."""
    row = _row_of(database, track_id)
    _release(database, path, row)
    TrackRows.update(path=path, size=stamp.size, mtime_ns=stamp.mtime_ns).where(TrackRows.id == row).execute(database)


def add_copy(database: CatalogueDatabase, track_id: TrackId, path: Path, stamp: FileStamp) -> None:
    """Remember a further file of the track; another track that had this path keeps its rows, without a file."""
    row = _row_of(database, track_id)
    _release(database, path, row)
    Copies.insert(path=path, size=stamp.size, mtime_ns=stamp.mtime_ns, track=row).execute(database)


def remove(database: CatalogueDatabase, track_ids: Sequence[TrackId]) -> None:
    """All rows of these own tracks, and the files that were copies of theirs."""
    for track_id in track_ids:
        for (row,) in (
            TrackRows.select(TrackRows.id).where(TrackRows.track_id == track_id, OWN).tuples().execute(database)
        ):
            _drop_text(database, row)
            TrackRows.delete().where(TrackRows.id == row).execute(database)


def forget_copies(database: CatalogueDatabase, paths: Sequence[Path]) -> None:
    for path in paths:
        Copies.delete().where(Copies.path == path).execute(database)


def switch_model(database: CatalogueDatabase, model_id: str) -> None:
    """Make this the model in use; of own songs, forget the values of all but it, the one before and held contents'."""
    before = Facts.select(Facts.value).where(Facts.key == "model_id").tuples().execute(database)
    kept = [model_id, *(row[0] for row in before)]
    for key, value in zip(("model_id", "previous_model_id"), kept, strict=False):
        put_fact(database, key, value)
    held = Contents.select(Contents.model_id)
    own = TrackRows.select(TrackRows.id).where(OWN)
    forgotten = Embeddings.model_id.not_in(kept) & Embeddings.model_id.not_in(held) & Embeddings.track.in_(own)
    Embeddings.delete().where(forgotten).execute(database)


def put_fact(database: CatalogueDatabase, key: str, value: object) -> None:
    Facts.insert(key=key, value=str(value)).on_conflict_replace().execute(database)


def raise_generation(database: CatalogueDatabase) -> None:
    """Every change ends with this."""
    database.run("UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "size": entry.stamp.size,
        "mtime_ns": entry.stamp.mtime_ns,
        "content_hash": entry.stamp.content_hash,
        "title": entry.tags.title,
        "artist": entry.tags.artist,
        "album": entry.tags.album,
        "duration_s": entry.analysis.duration_s,
        "level_db": entry.analysis.level_db,
        "source": entry.source,
        "fingerprint": entry.analysis.fingerprint,
        "summary": json.dumps(dict(entry.analysis.summary)),
        "sound_print": sealed(entry.analysis.sound_print, UINT8),
    }


def _put_sound(database: CatalogueDatabase, row: int, analysis: TrackAnalysis) -> None:
    Passages.insert(
        track=row,
        starts=sealed(analysis.passage_starts_s, FLOAT32),
        statistics=sealed(as_stored(analysis.statistics), FLOAT16),
    ).execute(database)
    Sequences.insert(
        track=row,
        rate=analysis.sequence.rate,
        scale=sealed(analysis.sequence.scale, FLOAT32),
        steps=sealed_steps(analysis.sequence.values),
    ).execute(database)


def _put_text(database: CatalogueDatabase, row: int, tags: Tags) -> None:
    next_generation = "(SELECT value + 1 FROM facts WHERE key = 'generation')"
    sql = f"INSERT INTO search (track, changed, text) VALUES (?, {next_generation}, ?)"
    database.run(sql, (row, search_text(tags.title, tags.artist, tags.album)))


def _clear(database: CatalogueDatabase, known: _Known, entry: Entry) -> None:
    for table in (Passages, Sequences, Embeddings, Damage):
        table.delete().where(table.track == known.row).execute(database)
    if known.content_hash != entry.stamp.content_hash:
        # further copies have the content from before: the next import meets them as new files
        Copies.delete().where(Copies.track == known.row).execute(database)
    _drop_text(database, known.row)


def _drop_text(database: CatalogueDatabase, row: int) -> None:
    database.run("DELETE FROM search WHERE rowid = ?", (row,))


def _release(database: CatalogueDatabase, path: Path, row: int) -> None:
    """No other track and no copy has this path any more."""
    TrackRows.update(path=None).where((TrackRows.path == path) & (TrackRows.id != row)).execute(database)
    Copies.delete().where(Copies.path == path).execute(database)


def _known(database: CatalogueDatabase, entry: Entry) -> _Known | None:
    columns = (TrackRows.id, TrackRows.track_id, TrackRows.path, TrackRows.content_hash)
    conditions = [TrackRows.content_hash == entry.stamp.content_hash]
    if entry.path is not None:
        conditions.append(TrackRows.path == entry.path)
    for condition in conditions:
        for row in (
            TrackRows.select(*columns).where(condition, OWN).order_by(TrackRows.id).limit(1).tuples().execute(database)
        ):
            return _Known(row[0], TrackId(row[1]), as_path(row[2]), row[3])
    return None


def _row_of(database: CatalogueDatabase, track_id: TrackId) -> int:
    for (row,) in TrackRows.select(TrackRows.id).where(TrackRows.track_id == track_id, OWN).tuples().execute(database):
        return int(row)
    raise UnknownTrack(track_id=track_id)


def free_id(database: CatalogueDatabase, content_hash: str) -> TrackId:
    """An id from the content, numbered in the rare case that a file which changed since, or a central song, has it."""
    first = content_hash[:_ID_DIGITS]
    query = TrackRows.select(TrackRows.track_id).where(TrackRows.track_id.startswith(first))
    taken = {row[0] for row in query.tuples().execute(database)}
    names = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return TrackId(next(name for name in (first, *names) if name not in taken))
