"""Large catalogues: real songs among synthetic ones, written straight into the tables or the cache."""

import json
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import numpy as np

from bench.neighbours import N_PASSAGES, Neighbours, Songs, surrogate
from musicrec_desktop import wiring
from musicrec_desktop.catalogue import packing, reading
from musicrec_desktop.catalogue.codec import FLOAT16, FLOAT32, INT8, UINT8, quantised, sealed, sealed_steps
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.types import MfccSequence, PassageTable, TrackId

AT_ONCE = 1000  # songs
WITH_SEQUENCES = 10_000  # others are found and offered, but cannot be named
STARTS = (np.arange(N_PASSAGES) * 3.0).astype(np.float32)
_TRACK = """INSERT INTO track_rows (id, track_id, path, size, mtime_ns, content_hash, title, artist, album, duration_s,
level_db, source, fingerprint, summary, sound_print, added_s) VALUES (?,?,NULL,0,0,?,?,?,?,?,-18.0,'own',?,'{}',?,0)"""


def is_synthetic(track_id: TrackId) -> bool:
    return track_id.startswith("synthetic-")


def name_of(number: int) -> str:
    """Behind every real id, in the order of the numbers."""
    return f"synthetic-{number:07d}"


def make(home: Path, real: Path, n_songs: int, *, model_id: str, direct: bool, seed: int) -> tuple[float, list[int]]:
    """A catalogue in `home`, unless it is there, of the songs in the file `real` and so many synthetic ones.

    Gives kB per synthetic song, and the position in the table of the real song that each was begun from.
    `direct`: their embeddings are written into the cache alone, as for a million songs.
    """
    home.mkdir(parents=True, exist_ok=True)
    file, kept = home / "catalogue.db", home / "made.json"
    if kept.is_file():
        kb, parents = json.loads(kept.read_text(encoding="utf-8"))
        return kb, parents
    shutil.copyfile(real, file)
    with wiring.open_catalogue(path=file) as store:
        table = store.passages(model_id)
        sequences = list(store.sequences(table.track_ids).values())
    before = file.stat().st_size
    songs = Neighbours(table, seed=seed)
    _fill(file, songs, sequences, n_songs, model_id, direct=direct)
    if direct:
        songs = Neighbours(table, seed=seed)  # from the beginning: the songs of the tables, and further ones
        _write_cache(file, table, songs, n_songs)
    kb = (file.stat().st_size - before) / 1024 / n_songs
    written(kept, [kb, songs.parents])
    return kb, songs.parents


def _fill(
    file: Path, songs: Neighbours, sequences: Sequence[MfccSequence], n_songs: int, model_id: str, *, direct: bool
) -> None:
    connection = apsw.Connection(str(file))
    connection.execute("PRAGMA synchronous = OFF")
    first = int(str(connection.execute("SELECT max(id) + 1 FROM track_rows").fetchall()[0][0]))
    rng = np.random.default_rng(1)
    with connection:
        for begin in range(0, n_songs, AT_ONCE):
            numbers = range(begin, min(begin + AT_ONCE, n_songs))
            _tracks(connection, first, numbers)
            if begin < WITH_SEQUENCES:
                _sequences(connection, first, numbers, sequences, rng)
            if not direct or begin < WITH_SEQUENCES:
                _embeddings(connection, first, numbers, songs.songs(len(numbers)), model_id)
        connection.execute("UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _tracks(connection: apsw.Connection, first: int, numbers: range) -> None:
    fingerprint, picture = wiring.SPEC.fingerprint(), sealed(np.zeros((12, 14)), UINT8)
    texts = [(f"Song {number}", f"Artist {number % 20011}", f"Album {number % 50021}") for number in numbers]
    ids = [(first + number, name_of(number), name_of(number)) for number in numbers]
    length_s = STARTS[-1] + 6.0
    rows = [(*i, *t, float(length_s), fingerprint, picture) for i, t in zip(ids, texts, strict=True)]
    connection.executemany(_TRACK, rows)
    searched = [(first + number, search_text(*text)) for number, text in zip(numbers, texts, strict=True)]
    connection.executemany("INSERT INTO search (track, changed, text) VALUES (?, 0, ?)", searched)
    starts, none = sealed(STARTS, FLOAT32), sealed(np.zeros(0), FLOAT16)
    passages = [(first + number, starts, none) for number in numbers]
    connection.executemany("INSERT INTO passages (track, starts, statistics) VALUES (?,?,?)", passages)


def _sequences(
    connection: apsw.Connection,
    first: int,
    numbers: range,
    sequences: Sequence[MfccSequence],
    rng: np.random.Generator,
) -> None:
    rows = []
    for number in numbers:
        made = surrogate(sequences, rng)
        rows.append((first + number, made.rate, sealed(made.scale, FLOAT32), sealed_steps(made.values)))
    connection.executemany("INSERT INTO sequences (track, rate, scale, steps) VALUES (?,?,?,?)", rows)


def _embeddings(connection: apsw.Connection, first: int, numbers: range, songs: Songs, model_id: str) -> None:
    steps, scales = _quantised(songs)
    rows: list[tuple[Any, ...]] = []
    for i, number in enumerate(numbers):
        mood = int(songs.moods[i].argmax())
        blobs = (sealed(songs.moods[i], FLOAT32), sealed(scales[i], FLOAT32), sealed(steps[i], INT8))
        rows.append((model_id, first + number, mood, float(songs.moods[i, mood]), *blobs))
    connection.executemany(
        "INSERT INTO embeddings (model_id, track, mood_id, mood_probability, probabilities, scales, vectors)"
        " VALUES (?,?,?,?,?,?,?)",
        rows,
    )


def _quantised(songs: Songs) -> tuple[Any, Any]:
    """Steps (n, N_PASSAGES, d) and scales (n, N_PASSAGES)."""
    n, passages, d = songs.embeddings.shape
    steps, scales = quantised(songs.embeddings.reshape(-1, d))
    return steps.reshape(n, passages, d), scales.reshape(n, passages)


def _write_cache(file: Path, table: PassageTable, songs: Neighbours, n_songs: int) -> None:
    """What `CatalogueStore.packed` would make, had the tables all embeddings."""
    n_real, (n_rows, d) = len(table.track_ids), table.embeddings.shape
    n_tracks, n_passages = n_real + n_songs, n_rows + n_songs * N_PASSAGES
    width = max(len(name_of(0)), *(len(name) for name in table.track_ids))
    shapes: packing.Shapes = {
        "track_ids": (np.dtype(f"S{width}"), (n_tracks,)),
        "sizes": (np.dtype("<i4"), (n_tracks,)),
        "starts_s": (FLOAT32, (n_passages,)),
        "steps": (UINT8, (n_passages, d)),
        "scales": (FLOAT32, (n_passages,)),
        "centres": (FLOAT32, (n_tracks, d)),
        "mood_probabilities": (FLOAT32, (n_tracks, table.mood_probabilities.shape[1])),
    }
    store = CatalogueStore(file, fingerprint=wiring.SPEC.fingerprint())
    with store:
        edition = reading.edition(store._database, file, table.model_id)
    packing.made(file.parent / "cache", edition, shapes, partial(_blocks, table, songs, n_songs))


def _blocks(table: PassageTable, songs: Neighbours, n_songs: int) -> Iterator[packing.Columns]:
    steps, scales = quantised(table.embeddings)
    sizes = np.bincount(table.track_index).astype(np.int32)
    sums = np.add.reduceat(table.embeddings, np.cumsum(sizes) - sizes, axis=0)
    ids = np.array([name.encode() for name in table.track_ids])
    yield _columns(ids, sizes, table.starts_s, steps, scales, sums, table.mood_probabilities)
    for begin in range(0, n_songs, AT_ONCE):
        n = min(AT_ONCE, n_songs - begin)
        made = songs.songs(n)
        flat, scales_of = _quantised(made)
        ids = np.array([name_of(begin + i).encode() for i in range(n)])
        sizes, starts = np.full(n, N_PASSAGES, np.int32), np.tile(STARTS, n)
        sums = made.embeddings.sum(axis=1)
        yield _columns(ids, sizes, starts, flat.reshape(-1, flat.shape[-1]), scales_of.ravel(), sums, made.moods)


def _columns(ids: Any, sizes: Any, starts_s: Any, steps: Any, scales: Any, sums: Any, moods: Any) -> packing.Columns:
    centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return {
        "track_ids": ids,
        "sizes": sizes,
        "starts_s": starts_s,
        "steps": steps.view(np.uint8) ^ np.uint8(0x80),
        "scales": scales,
        "centres": centres,
        "mood_probabilities": moods,
    }


def cache_kb(home: Path) -> float:
    """Size of the cache in kB."""
    return sum(path.stat().st_size for path in (home / "cache").rglob("*") if path.is_file()) / 1024


def written(path: Path, values: object) -> None:
    path.write_text(json.dumps(values, indent=1), encoding="utf-8")
