"""The step that learns the projection: which songs, which passages, and where the result is kept.

The choice of songs is made here and holds for the steps after it, so that a model trained on one half of the songs
never meets the other by accident.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.arrays import packed, unpacked
from musicrec_desktop.curator.errors import StepMissing, TooFewSongs, UnknownSongs
from musicrec_desktop.curator.projection import Projection, fit_projection
from musicrec_desktop.curator.sources import chosen, path_key
from musicrec_desktop.curator.store import CentralStore, Passages

MIN_SONGS = 4
_ARRAYS = ("mean", "scale", "matrix", "bias")


@dataclass(frozen=True, slots=True)
class TrainingPassages:
    """What is learnt from: clean passages of all parts, and the same songs through random channels."""

    clean: Passages
    twins: Passages

    @property
    def statistics(self) -> Floats:
        return np.concatenate([self.clean.statistics, self.twins.statistics])

    @property
    def songs(self) -> NDArray[np.int64]:
        return np.concatenate([self.clean.songs, self.twins.songs])

    @property
    def is_clean(self) -> NDArray[np.bool_]:
        return np.arange(len(self.songs)) < len(self.clean.songs)

    def without(self, *, songs: Collection[int] = (), parts: Collection[int] = ()) -> "TrainingPassages":
        """Less some songs, less some parts of every song."""

        def kept(passages: Passages) -> Passages:
            dropped = np.isin(passages.songs, list(songs)) | np.isin(passages.parts, list(parts))
            return passages.of(~dropped)

        return TrainingPassages(kept(self.clean), kept(self.twins))


def embed(store: CentralStore, *, names: Collection[str] | None = None) -> Projection:
    """Learn the projection on the named songs, or on all, and keep both; raise TooFewSongs, UnknownSongs."""
    known = store.songs()
    keys = {path_key(s.path) for s in (known.values() if names is None else chosen(list(known.values()), names))}
    ids = [song_id for song_id, song in known.items() if song.path_key in keys]
    if len(ids) < MIN_SONGS:
        raise TooFewSongs(got=len(ids), needed=MIN_SONGS)
    fingerprint, recipe = _only_one(store.made_by(ids))
    projection = fitted(training_passages(store, ids))
    store.forget_from("embed")
    store.save_artefact("projection", _to_bytes(projection))
    paths = [known[song_id].path for song_id in ids]
    store.save_fact("embed", {"songs": paths, "fingerprint": fingerprint, "recipe": recipe})
    return projection


def training_passages(store: CentralStore, songs: Collection[int]) -> TrainingPassages:
    return TrainingPassages(store.passages("clean", songs), store.passages("twin", songs))


def fitted(passages: TrainingPassages) -> Projection:
    """The projection that brings each song's passages together; the same bits on any number of cores."""
    with threadpool_limits(1):
        return fit_projection(passages.statistics, passages.songs, passages.is_clean)


def chosen_songs(store: CentralStore) -> list[int]:
    """Ids of the songs `embed` learnt from, in order of path."""
    paths = set(store.fact("embed")["songs"])
    known = store.songs()
    ids = [song_id for song_id, song in known.items() if song.path in paths]
    if len(ids) < len(paths):
        raise UnknownSongs(names=sorted(paths - {song.path for song in known.values()}))
    return ids


def projection_of(store: CentralStore) -> Projection:
    """What `embed` learnt."""
    arrays = unpacked(store.artefact("projection"))
    return Projection(clip=float(arrays["clip"]), **{name: arrays[name] for name in _ARRAYS})


def song_embeddings(projection: Projection, clean: Passages, songs: Collection[int]) -> Floats:
    """One unit vector per song, (n_songs, d): the mean of its clean passages' embeddings."""
    embeddings = projection.embed(clean.statistics)
    means = np.stack([embeddings[clean.songs == song].mean(axis=0) for song in songs])
    unit: Floats = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return unit


def _only_one(made_by: set[tuple[str, str]]) -> tuple[str, str]:
    """Statistics of two extractors, or of two recipes, do not belong into one model."""
    if len(made_by) > 1:
        raise StepMissing(step="analyse")
    return made_by.pop()


def _to_bytes(projection: Projection) -> bytes:
    arrays = {name: getattr(projection, name) for name in _ARRAYS}
    return packed({**arrays, "clip": np.array(projection.clip)})
