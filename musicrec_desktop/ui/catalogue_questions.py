"""What the window asks of the catalogue. Each question runs in the query thread, with its store."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from musicrec_desktop.core.types import Mood, Track, TrackId
from musicrec_desktop.ui.prints import Prints, Sleeve
from musicrec_desktop.ui.sound_print import Print

if TYPE_CHECKING:
    from musicrec_desktop.catalogue.store import CatalogueStore

Question = Callable[["CatalogueStore"], Any]
MOOD_LIMIT = 200
SEARCH_LIMIT = 60


@dataclass(frozen=True, slots=True)
class MoodShelf:
    """The tiles: how many tracks each mood has, and the sound of its most typical one."""

    counts: dict[int, int]
    prints: dict[int, Print | None]


@dataclass(frozen=True, slots=True)
class Overview:
    """The catalogue at a glance."""

    generation: int
    count: int
    demonstration: bool  # the songs are those that come with the program


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, best first, how long it took, and what else could have been meant if it found nothing."""

    tracks: Sequence[Track]
    nearest: str | None
    seconds: float


def overview() -> Question:
    return _overview


def mood_shelf(moods: Sequence[Mood], model_id: str) -> Question:
    return partial(_mood_shelf, mood_ids=[mood.id for mood in moods], model_id=model_id)


def ranked_mood(mood_id: int, model_id: str) -> Question:
    """The tracks of a mood with their fit 0..1, best first."""
    return partial(_ranked_mood, mood_id=mood_id, model_id=model_id)


def hits(text: str) -> Question:
    return partial(_hits, text=text)


def all_tracks() -> Question:
    return _all_tracks


def prints_of(track_ids: Sequence[TrackId]) -> Question:
    return partial(_prints_of, track_ids=tuple(track_ids))


def _overview(store: "CatalogueStore") -> Overview:
    return Overview(store.generation(), store.count(), store.is_demonstration)


def _mood_shelf(store: "CatalogueStore", *, mood_ids: Sequence[int], model_id: str) -> MoodShelf:
    typical = {mood_id: store.mood_tracks(mood_id, limit=1, model_id=model_id) for mood_id in mood_ids}
    prints = {mood_id: store.sound_print(found[0][0].track_id) if found else None for mood_id, found in typical.items()}
    return MoodShelf(store.mood_counts(model_id), prints)


def _ranked_mood(store: "CatalogueStore", *, mood_id: int, model_id: str) -> list[tuple[Track, float]]:
    return store.mood_tracks(mood_id, limit=MOOD_LIMIT, model_id=model_id)


def _hits(store: "CatalogueStore", *, text: str) -> Hits:
    began = time.perf_counter()
    tracks = store.search(text, SEARCH_LIMIT)
    seconds = time.perf_counter() - began
    return Hits(tracks, None if tracks else store.nearest(text), seconds)


def _all_tracks(store: "CatalogueStore") -> list[Track]:
    return store.tracks()


def _prints_of(store: "CatalogueStore", *, track_ids: Sequence[TrackId]) -> Prints:
    known = store.tracks_by_id(track_ids)
    paths = {track_id: track.path for track_id, track in known.items()}
    return {track_id: Sleeve(store.sound_print(track_id), paths.get(track_id)) for track_id in track_ids}
