"""Central songs as rows: the statements behind CentralSongs. The caller holds lock and transaction.

A song can be seen in the contents since <= c < until. What a staged content brings has its number as `since`, what it
takes away has it as `until`; both change nothing for the content in use, whose number is lower.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from musicrec_desktop.catalogue.codec import (
    FLOAT16,
    FLOAT32,
    INT8,
    UINT8,
    DamagedBlob,
    sealed,
    unsealed,
    verified,
    verified_steps,
)
from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.writing import free_id
from musicrec_desktop.core.central import CentralTrack
from musicrec_desktop.core.types import Floats

_AT_ONCE = 500  # ids in one statement
_ALIVE = "since > 0 AND since <= ? AND (until IS NULL OR until > ?)"
_NO_STATISTICS = sealed(np.zeros(0), FLOAT16)
_NEXT = "(SELECT value + 1 FROM facts WHERE key = 'generation')"

Alive = dict[str, tuple[int, int, str]]  # track id -> row, since, digest


@dataclass(frozen=True, slots=True)
class Sound:
    """A track whose arrays were looked at, once: its digest, and the mood that is likeliest."""

    track: CentralTrack
    digest: str
    mood_id: int
    mood_probability: float


def probabilities_of(track: CentralTrack) -> Floats:
    """Its mood probabilities; raises DamagedBlob unless all its arrays are sound and belong together."""
    n = verified(track.starts, FLOAT32)
    if verified(track.scales, FLOAT32) != n:
        raise DamagedBlob(f"{track.track_id}: embeddings and passages differ in number")
    verified_steps(track.sequence_steps, verified(track.sequence_scale, FLOAT32))
    arrays = ((verified(track.vectors, INT8), n), (verified(track.sound_print, UINT8), 12))
    if any(n_rows == 0 or size % n_rows for size, n_rows in arrays):
        raise DamagedBlob(f"{track.track_id}: an array is not as long as its rows")
    probabilities = unsealed([track.probabilities], FLOAT32)
    if not probabilities.size:
        raise DamagedBlob(f"{track.track_id}: no moods")
    return probabilities


def sound(track: CentralTrack, digest: str | None = None) -> Sound:
    """Look at all arrays of a track, whose `digest` the caller may have taken already; raises DamagedBlob."""
    probabilities = probabilities_of(track)
    mood_id = int(probabilities.argmax())
    return Sound(track, digest or track.digest(), mood_id, float(probabilities[mood_id]))


def alive(database: CatalogueDatabase, local: int, track_ids: Sequence[str]) -> Alive:
    """Those of these tracks that a content holds."""
    found: Alive = {}
    for begin in range(0, len(track_ids), _AT_ONCE):
        some = track_ids[begin : begin + _AT_ONCE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT track_id, id, since, digest FROM track_rows WHERE track_id IN ({marks}) AND {_ALIVE}"
        found.update({row[0]: (row[1], row[2], row[3]) for row in database.run(sql, (*some, local, local))})
    return found


def alive_between(database: CatalogueDatabase, local: int, after: str, upto: str | None) -> Alive:
    """The tracks of a content whose ids are behind `after`, up to `upto`; None: all further ones."""
    # Not by the index of `since`: the content being staged may be all there is.
    sql = (
        f"SELECT track_id, id, since, digest FROM track_rows WHERE track_id > ? AND {_ALIVE.replace('since', '+since')}"
    )
    parameters: tuple[object, ...] = (after, local, local)
    if upto is not None:
        sql, parameters = sql + " AND track_id <= ?", (*parameters, upto)
    return {row[0]: (row[1], row[2], row[3]) for row in database.run(sql, parameters)}


def digests(database: CatalogueDatabase, local: int) -> list[tuple[str, str]]:
    """Id and digest of every track that a content holds."""
    return list(database.run(f"SELECT track_id, digest FROM track_rows WHERE {_ALIVE}", (local, local)))


def changes(database: CatalogueDatabase, local: int) -> tuple[int, int, int]:
    """How many tracks a content adds, changes and takes away."""
    both = """SELECT count(*) FROM track_rows AS new JOIN track_rows AS old USING (track_id)
        WHERE new.since = ? AND old.until = ?"""
    changed = int(database.run(both, (local, local))[0][0])
    brought, ended = (
        int(database.run(f"SELECT count(*) FROM track_rows WHERE {name} = ?", (local,))[0][0])
        for name in ("since", "until")
    )
    return brought - changed, changed, ended - changed


def put(database: CatalogueDatabase, local: int, tracks: Sequence[Sound]) -> bool:
    """The content holds these tracks, instead of what it held under their ids; says whether an own song was renamed.

    What is there already stays as it is.
    """
    held = alive(database, local, [each.track.track_id for each in tracks])
    new = [each for each in tracks if each.track.track_id not in held or held[each.track.track_id][2] != each.digest]
    take(database, local, [held[each.track.track_id] for each in new if each.track.track_id in held])
    renamed = _make_way(database, [each.track.track_id for each in new])
    first = int(database.run("SELECT coalesce(max(id), 0) + 1 FROM track_rows")[0][0])
    now = time.time()
    names = "id, track_id, since, title, artist, album, duration_s, level_db, fingerprint, summary, sound_print,"
    further = "added_s, digest, preview, preview_start_s, x, y, size, mtime_ns, content_hash, source"
    marks = f"({'?,' * 17}0,0,'','central')"
    values = [_columns(first + i, local, now, each) for i, each in enumerate(new)]
    database.insert(f"INSERT INTO track_rows ({names} {further}) VALUES", marks, values)
    _put_children(database, [(first + i, each) for i, each in enumerate(new)])
    return renamed


def take(database: CatalogueDatabase, local: int, held: Sequence[tuple[int, int, str]]) -> None:
    """The content holds these rows no longer: its own are deleted, earlier ones end with it."""
    database.many("DELETE FROM track_rows WHERE id = ?", [(row,) for row, since, _ in held if since == local])
    ended = [(local, row) for row, since, _ in held if since != local]
    database.many("UPDATE track_rows SET until = ? WHERE id = ?", ended)


def renew(database: CatalogueDatabase, row: int, track: Sound) -> None:
    """Write all of a track again into the row it has."""
    since, added_s = database.run("SELECT since, added_s FROM track_rows WHERE id = ?", (row,))[0]
    names = ("track_id", "since", "title", "artist", "album", "duration_s", "level_db", "fingerprint", "summary")
    further = ("sound_print", "added_s", "digest", "preview", "preview_start_s", "x", "y")
    assignments = ", ".join(f"{name} = ?" for name in (*names, *further))
    values = _columns(row, since, added_s, track)[1:]
    database.run(f"UPDATE track_rows SET {assignments} WHERE id = ?", (*values, row))
    for table in ("passages", "sequences", "embeddings", "damage"):
        database.run(f"DELETE FROM {table} WHERE track = ?", (row,))
    database.run("DELETE FROM search WHERE track = ?", (row,))
    _put_children(database, [(row, track)])


def _columns(row: int, since: int, added_s: float, sound: Sound) -> tuple[Any, ...]:
    track = sound.track
    names = (track.title, track.artist, track.album, track.duration_s, track.level_db)
    about = (track.fingerprint, track.summary, track.sound_print, added_s, sound.digest)
    return (row, track.track_id, since, *names, *about, track.preview, track.preview_start_s, track.x, track.y)


def _put_children(database: CatalogueDatabase, tracks: Sequence[tuple[int, Sound]]) -> None:
    passages = [(row, each.track.starts, _NO_STATISTICS) for row, each in tracks]
    database.insert("INSERT INTO passages (track, starts, statistics) VALUES", "(?,?,?)", passages)
    parts = [(row, each.track) for row, each in tracks]
    sequences = [(row, t.sequence_rate, t.sequence_scale, t.sequence_steps) for row, t in parts]
    database.insert("INSERT INTO sequences (track, rate, scale, steps) VALUES", "(?,?,?,?)", sequences)
    names = "model_id, track, mood_id, mood_probability, probabilities, scales, vectors"
    embeddings = [_embedding(*each) for each in tracks]
    database.insert(f"INSERT INTO embeddings ({names}) VALUES", "(?,?,?,?,?,?,?)", embeddings)
    texts = [(row, search_text(track.title, track.artist, track.album)) for row, track in parts]
    database.insert("INSERT INTO search (track, changed, text) VALUES", f"(?,{_NEXT},?)", texts)


def _embedding(row: int, sound: Sound) -> tuple[Any, ...]:
    track = sound.track
    blobs = (track.probabilities, track.scales, track.vectors)
    return (track.model_id, row, sound.mood_id, sound.mood_probability, *blobs)


def _make_way(database: CatalogueDatabase, track_ids: Sequence[str]) -> bool:
    """An own song that happens to have the id of a central one gets another."""
    renamed = False
    for begin in range(0, len(track_ids), _AT_ONCE):
        some = track_ids[begin : begin + _AT_ONCE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT id, content_hash FROM track_rows WHERE track_id IN ({marks}) AND since = 0"
        for row, content_hash in database.run(sql, tuple(some)):
            name = free_id(database, content_hash)
            database.run("UPDATE track_rows SET track_id = ? WHERE id = ?", (name, row))
            renamed = True
    return renamed


def damaged(database: CatalogueDatabase, local: int) -> list[str]:
    """Tracks that a content holds of which something is damaged."""
    sql = f"SELECT track_id FROM track_rows WHERE id IN (SELECT track FROM damage) AND {_ALIVE} ORDER BY track_id"
    return [row[0] for row in database.run(sql, (local, local))]


def drop_some(database: CatalogueDatabase, oldest: int, limit: int) -> int:
    """Delete up to so many rows that ended with or before the content `oldest`; how many there were."""
    found = database.run(
        "SELECT id FROM track_rows WHERE until IS NOT NULL AND until <= ? AND since > 0 LIMIT ?", (oldest, limit)
    )
    database.many("DELETE FROM track_rows WHERE id = ?", found)
    return len(found)


def undo_some(database: CatalogueDatabase, local: int, limit: int) -> int:
    """Take back up to so many changes of a content that is to be no more; how many there were."""
    brought = database.run("SELECT id FROM track_rows WHERE since = ? LIMIT ?", (local, limit))
    database.many("DELETE FROM track_rows WHERE id = ?", brought)
    left = limit - len(brought)
    ended = database.run("SELECT id FROM track_rows WHERE until = ? LIMIT ?", (local, left)) if left else []
    database.many("UPDATE track_rows SET until = NULL WHERE id = ?", ended)
    return len(brought) + len(ended)


def drop_embeddings(database: CatalogueDatabase, kept: Sequence[str], limit: int) -> int:
    """Delete up to so many embeddings of own songs under other models; how many there were."""
    marks = ",".join("?" * len(kept))
    own = "track IN (SELECT id FROM track_rows WHERE since = 0)"
    sql = f"SELECT id FROM embeddings WHERE {own} AND model_id NOT IN ({marks}) LIMIT ?"
    found = database.run(sql, (*kept, limit))
    database.many("DELETE FROM embeddings WHERE id = ?", found)
    return len(found)
