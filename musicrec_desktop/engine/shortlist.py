"""Every passage of the catalogue against the take, by embedding: the similarity of each track and where it lies.

No track is left out because of its mood: one matrix product looks at all of them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, PassageTable

WHOLE_TRACK_SHARE = 0.6  # weight of the track as a whole beside its best passage
ECHO_SHARE = 0.6  # weight of what was found first when the search is repeated
ECHO_TRACKS, ECHO_WIDTH = 12, 0.0625  # so many tracks speak for it, each e times less per so much similarity


@dataclass(frozen=True, slots=True)
class Found:
    """How each track of the table answers a take; similarities are 0..1 for everything that is alike at all."""

    similarity: Floats  # (n_tracks,)
    at_s: Floats  # (n_tracks,) where in the track the take would begin
    passage: NDArray[np.int64]  # (n_tracks,) the row of the best passage
    near: NDArray[np.int64] | None = None  # ascending: only these tracks were looked at closely; None: all

    def order(self) -> NDArray[np.int64]:
        """Track positions, the most similar first; equal ones stay in the table's order."""
        if self.near is None:
            return np.argsort(-self.similarity, kind="stable")
        return self.near[np.argsort(-self.similarity[self.near], kind="stable")]


class Index:
    """A passage table made ready for searching; valid as long as the catalogue's generation is."""

    def __init__(self, table: PassageTable) -> None:
        self.table = table
        self._first = np.flatnonzero(np.diff(table.track_index, prepend=-1))
        sums = np.add.reduceat(table.embeddings, self._first, axis=0) if len(self._first) else table.embeddings
        self._centres = unit(sums)

    def search(self, embeddings: Floats, starts_s: Floats) -> Found:
        """Compare the passages of a take, embeddings (q, d) that begin at `starts_s` (q,), with every track."""
        products = self.table.embeddings @ embeddings.T  # (n_passages, q)
        best = np.maximum.reduceat(products, self._first, axis=0)  # (n_tracks, q)
        passage, asked = places(products, best, self.table.track_index)
        at_s = moments(self.table.starts_s[passage], starts_s, asked)
        return Found(blended(best, self._centres, embeddings), at_s, passage)

    def echoed(self, embeddings: Floats, found: Found, order: NDArray[np.int64]) -> NDArray[np.int64]:
        """The tracks of `order`, found by `embeddings` (q, d), in the order of their likeness to what was found first.

        A take through a microphone is a blurred picture of a song; the tracks nearest to it are clean ones. Asked
        again with their weighted centre mixed in, the take and its clean twin bring nearly the same list (relevance
        feedback: Rocchio, 1971). The most similar track stays first.
        """
        near = order[:ECHO_TRACKS]
        mixed = with_echo(embeddings, self._centres[near], found.similarity[near])
        again = self.search(mixed, np.zeros(len(mixed), np.float32)).similarity
        return reordered(order, again[order])

    def embeddings_of(self, track: int) -> Floats:
        """The embeddings (n, d) of the track at this position."""
        embeddings: Floats = self.table.embeddings[self.table.track_index == track]
        return embeddings


def places(
    products: Floats, best: Floats, track: NDArray[np.integer[Any]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each track the row of its best passage and which passage of the take that one answers.

    `products` (n, q) of the passages, `best` (k, q) of the tracks, `track` (n,) that each passage is of.
    """
    asked = best.argmax(axis=1)
    hits = np.flatnonzero(products[np.arange(len(products)), asked[track]] >= best[track, asked[track]])
    _, first = np.unique(track[hits], return_index=True)
    return hits[first], asked


def blended(best: Floats, centres: Floats, embeddings: Floats) -> Floats:
    """Similarity of tracks: that of their best passages, `best` (k, q), and of `centres` (k, d) to the whole take."""
    whole = centres @ unit(embeddings.sum(axis=0))
    similarity: Floats = (best.mean(axis=1) + WHOLE_TRACK_SHARE * whole) / (1 + WHOLE_TRACK_SHARE)
    return similarity


def moments(passage_s: Floats, starts_s: Floats, asked: NDArray[np.int64]) -> Floats:
    """Where a take would begin whose passage `asked` lies at `passage_s`, in seconds."""
    at_s: Floats = np.maximum(passage_s - (starts_s - starts_s[0])[asked], 0.0)
    return at_s


def with_echo(embeddings: Floats, centres: Floats, similarity: Floats) -> Floats:
    """The take's embeddings (q, d), mixed with the tracks that were found first: their `centres` and `similarity`."""
    weights = np.exp((similarity - similarity[0]) / ECHO_WIDTH)
    echo = unit((weights / weights.sum()) @ centres)
    return unit((1 - ECHO_SHARE) * embeddings + ECHO_SHARE * echo)


def reordered(order: NDArray[np.int64], again: Floats) -> NDArray[np.int64]:
    """The tracks of `order` by their likeness in a second search, `again`; the first stays first."""
    rest = np.argsort(-again[1:], kind="stable")
    return np.concatenate([order[:1], order[1:][rest]])


def unit(vectors: Floats) -> Floats:
    """Vectors (..., d) at unit length."""
    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return scaled
