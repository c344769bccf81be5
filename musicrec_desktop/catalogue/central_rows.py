"""Central songs as rows: the statements behind CentralSongs. The caller holds lock and transaction.

A song can be seen in the contents since <= c < until. What a staged content brings has its number as `since`, what it
takes away has it as `until`; both change nothing for the content in use, whose number is lower.
"""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from musicrec_desktop.catalogue.codec import (
    FLOAT16,
    FLOAT32,
    INT8,
    UINT8,
    DamagedBlob,
    restored_sequence,
    rows,
    sealed,
    unsealed,
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


def probabilities_of(track: CentralTrack) -> Floats:
    """Its mood probabilities; raises DamagedBlob unless all its arrays are sound and belong together."""
    n = unsealed([track.starts], FLOAT32).size
    if unsealed([track.scales], FLOAT32).size != n:
        raise DamagedBlob(f"{track.track_id}: embeddings and passages differ in number")
    rows(unsealed([track.vectors], INT8), n)
    rows(unsealed([track.sound_print], UINT8), 12)
    restored_sequence(track.sequence_steps, track.sequence_scale, track.sequence_rate)
    probabilities = unsealed([track.probabilities], FLOAT32)
    if not probabilities.size:
        raise DamagedBlob(f"{track.track_id}: no moods")
    return probabilities


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
    sql = f"SELECT track_id, id, since, digest FROM track_rows WHERE track_id > ? AND {_ALIVE}"
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


def put(database: CatalogueDatabase, local: int, tracks: Sequence[CentralTrack]) -> bool:
    """The content holds these tracks, instead of what it held under their ids; says whether an own song was renamed.

    What is there already stays as it is.
    """
    held = alive(database, local, [track.track_id for track in tracks])
    new = [track for track in tracks if track.track_id not in held or held[track.track_id][2] != track.digest()]
    take(database, local, [held[track.track_id] for track in new if track.track_id in held])
    renamed = _make_way(database, [track.track_id for track in new])
    first = int(database.run("SELECT coalesce(max(id), 0) + 1 FROM track_rows")[0][0])
    now = time.time()
    values = [(first + i, local, now, track) for i, track in enumerate(new)]
    names = "id, track_id, since, size, mtime_ns, content_hash, title, artist, album, duration_s, level_db, source,"
    further = "fingerprint, summary, sound_print, added_s, digest, preview, preview_start_s, x, y"
    marks = "?,?,?,0,0,'',?,?,?,?,?,'central',?,?,?,?,?,?,?,?,?"
    database.many(f"INSERT INTO track_rows ({names} {further}) VALUES ({marks})", (_columns(*each) for each in values))
    _put_children(database, [(first + i, track) for i, track in enumerate(new)])
    return renamed


def take(database: CatalogueDatabase, local: int, held: Sequence[tuple[int, int, str]]) -> None:
    """The content holds these rows no longer: its own are deleted, earlier ones end with it."""
    database.many("DELETE FROM track_rows WHERE id = ?", [(row,) for row, since, _ in held if since == local])
    ended = [(local, row) for row, since, _ in held if since != local]
    database.many("UPDATE track_rows SET until = ? WHERE id = ?", ended)


def renew(database: CatalogueDatabase, row: int, track: CentralTrack) -> None:
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


def _columns(row: int, since: int, added_s: float, track: CentralTrack) -> tuple[Any, ...]:
    names = (track.title, track.artist, track.album, track.duration_s, track.level_db)
    about = (track.fingerprint, track.summary, track.sound_print, added_s, track.digest())
    return (row, track.track_id, since, *names, *about, track.preview, track.preview_start_s, track.x, track.y)


def _put_children(database: CatalogueDatabase, tracks: Sequence[tuple[int, CentralTrack]]) -> None:
    passages = [(row, track.starts, _NO_STATISTICS) for row, track in tracks]
    database.many("INSERT INTO passages (track, starts, statistics) VALUES (?,?,?)", passages)
    sequences = [(row, t.sequence_rate, t.sequence_scale, t.sequence_steps) for row, t in tracks]
    database.many("INSERT INTO sequences (track, rate, scale, steps) VALUES (?,?,?,?)", sequences)
    names = "model_id, track, mood_id, mood_probability, probabilities, scales, vectors"
    database.many(f"INSERT INTO embeddings ({names}) VALUES (?,?,?,?,?,?,?)", (_embedding(*each) for each in tracks))
    texts = [(row, search_text(track.title, track.artist, track.album)) for row, track in tracks]
    database.many(f"INSERT INTO search (track, changed, text) VALUES (?, {_NEXT}, ?)", texts)


def _embedding(row: int, track: CentralTrack) -> tuple[Any, ...]:
    probabilities = probabilities_of(track)
    mood_id = int(probabilities.argmax())
    blobs = (track.probabilities, track.scales, track.vectors)
    return (track.model_id, row, mood_id, float(probabilities[mood_id]), *blobs)


def _make_way(database: CatalogueDatabase, track_ids: Sequence[str]) -> bool:
    """An own song that happens to have the id of a central one gets another."""
    renamed = False
    for track_id in track_ids:
        for row, content_hash in database.run(
            "SELECT id, content_hash FROM track_rows WHERE track_id = ? AND since = 0", (track_id,)
        ):
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
