"""Every passage of the catalogue against the take, by embedding: the similarity of each track and where it lies.

No track is left out because of its mood: one matrix product looks at all of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, PassageTable

WHOLE_TRACK_SHARE = 0.6  # weight of the track as a whole beside its best passage


@dataclass(frozen=True, slots=True)
class Found:
    """How each track of the table answers a take; similarities are 0..1 for everything that is alike at all."""

    similarity: Floats  # (n_tracks,)
    at_s: Floats  # (n_tracks,) where in the track the take would begin
    passage: NDArray[np.int64]  # (n_tracks,) the row of the best passage

    def order(self) -> NDArray[np.int64]:
        """Track positions, the most similar first; equal ones stay in the table's order."""
        return np.argsort(-self.similarity, kind="stable")


class Index:
    """A passage table made ready for searching; valid as long as the catalogue's generation is."""

    def __init__(self, table: PassageTable) -> None:
        self.table = table
        self._first = np.flatnonzero(np.diff(table.track_index, prepend=-1))
        sums = np.add.reduceat(table.embeddings, self._first, axis=0) if len(self._first) else table.embeddings
        self._centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    def search(self, embeddings: Floats, starts_s: Floats) -> Found:
        """Compare the passages of a take, embeddings (q, d) that begin at `starts_s` (q,), with every track."""
        products = self.table.embeddings @ embeddings.T  # (n_passages, q)
        best = np.maximum.reduceat(products, self._first, axis=0)  # (n_tracks, q)
        passage, asked = self._places(products, best)
        take = embeddings.sum(axis=0)
        whole = self._centres @ (take / max(float(np.linalg.norm(take)), 1e-9))
        similarity = (best.mean(axis=1) + WHOLE_TRACK_SHARE * whole) / (1 + WHOLE_TRACK_SHARE)
        at_s = np.maximum(self.table.starts_s[passage] - (starts_s - starts_s[0])[asked], 0.0)
        return Found(similarity, at_s, passage)

    def _places(self, products: Floats, best: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each track the row of its best passage and which passage of the take that one answers."""
        asked = best.argmax(axis=1)
        track = self.table.track_index
        hits = np.flatnonzero(products[np.arange(len(products)), asked[track]] >= best[track, asked[track]])
        _, first = np.unique(track[hits], return_index=True)
        return hits[first], asked
