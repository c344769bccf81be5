"""The search in a large catalogue: the same similarity as `shortlist.Index`, in blocks, from mapped bytes.

Up to EXACT_TRACKS every passage is looked at. Beyond, the tracks nearest as wholes are found first, and only their
passages are looked at.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, PackedPassages
from musicrec_desktop.engine.byte_products import ByteProducts, Halves
from musicrec_desktop.engine.shortlist import (
    ECHO_TRACKS,
    Found,
    blended,
    moments,
    places,
    reordered,
    unit,
    with_echo,
)

EXACT_TRACKS = 120_000  # up to so many, all passages are compared
PRUNED_TRACKS = 10_000  # beyond, those of so many tracks that are nearest as wholes
NEAR_TRACKS = 1_000  # come into the order; nobody reads further
ECHOED_TRACKS = 500  # are asked again
_BLOCK_PASSAGES = 1 << 15  # at once and thread: a few MB
_BLOCK_TRACKS = 512
_BLOCK_CENTRES = 1 << 16
_THREADS = max(1, min(4, os.cpu_count() or 1))

Block = tuple[int, int]  # first track and the one after the last


class PackedIndex:
    """Packed passages made ready for searching; valid as long as the catalogue's generation is."""

    def __init__(self, table: PackedPassages) -> None:
        self.table = table
        self._products = ByteProducts()
        # Kept from question to question: a thread takes milliseconds to start on a busy machine.
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")

    def search(self, embeddings: Floats, starts_s: Floats) -> Found:
        """Compare the passages of a take, embeddings (q, d) that begin at `starts_s` (q,), with the tracks.

        Of tracks that are not among the nearest, similarity is -1 and the rest 0.
        """
        n_tracks = len(self.table.track_ids)
        if n_tracks <= EXACT_TRACKS:
            similarity = blended(self._best(Halves(embeddings)), self.table.centres, embeddings)
            near = largest(similarity, NEAR_TRACKS)
        else:
            near = largest(self._whole(embeddings), PRUNED_TRACKS)
        return self._closely(near, embeddings, starts_s, n_tracks)

    def echoed(self, embeddings: Floats, found: Found, order: NDArray[np.int64]) -> NDArray[np.int64]:
        """As `shortlist.Index.echoed`, for the first ECHOED_TRACKS of the order; the others stay behind them."""
        near, asked_again = order[:ECHO_TRACKS], order[:ECHOED_TRACKS]
        mixed = with_echo(embeddings, self.table.centres[near], found.similarity[near])
        ascending = np.sort(asked_again)
        best, _, _ = self._within(ascending, Halves(mixed))
        again = blended(best, self.table.centres[ascending], mixed)
        there = np.searchsorted(ascending, asked_again)
        return np.concatenate([reordered(asked_again, again[there]), order[ECHOED_TRACKS:]])

    def embeddings_of(self, track: int) -> Floats:
        """The embeddings (n, d) of the track at this position."""
        rows = slice(int(self.table.begins[track]), int(self.table.begins[track + 1]))
        whole: Floats = (self.table.steps[rows].astype(np.float32) - 128) * self.table.scales[rows, None]
        return whole

    # -- all tracks

    def _whole(self, embeddings: Floats) -> Floats:
        """How alike the tracks as wholes are to the take, (n_tracks,)."""
        centres, take = self.table.centres, unit(embeddings.sum(axis=0))
        parts = [centres[at : at + _BLOCK_CENTRES] @ take for at in range(0, len(centres), _BLOCK_CENTRES)]
        return np.concatenate(parts)

    def _best(self, halves: Halves) -> Floats:
        """The best passage of every track for each passage of the take, (n_tracks, q)."""
        return np.concatenate(self._in_threads(lambda block: self._best_of(block, halves), list(self._blocks())))

    def _best_of(self, block: Block, halves: Halves) -> Floats:
        begins = self.table.begins[block[0] : block[1] + 1]
        rows = slice(int(begins[0]), int(begins[-1]))
        products = self._scaled(self.table.steps[rows], self.table.scales[rows], halves)
        best: Floats = np.maximum.reduceat(products, begins[:-1] - begins[0], axis=0)
        return best

    def _blocks(self) -> Iterator[Block]:
        """All tracks, so many at once as have about _BLOCK_PASSAGES passages."""
        begins, first = self.table.begins, 0
        while first < len(begins) - 1:
            after = int(np.searchsorted(begins, begins[first] + _BLOCK_PASSAGES, side="right")) - 1
            after = max(after, first + 1)
            yield first, after
            first = after

    # -- some tracks

    def _closely(self, tracks: NDArray[np.int64], embeddings: Floats, starts_s: Floats, n_tracks: int) -> Found:
        """What is found among these tracks (ascending)."""
        best, passage, asked = self._within(tracks, Halves(embeddings))
        similarity = blended(best, self.table.centres[tracks], embeddings)
        nearest = largest(similarity, NEAR_TRACKS)
        near, passage, asked = tracks[nearest], passage[nearest], asked[nearest]
        return Found(
            similarity=_spread(similarity[nearest], near, n_tracks, -1.0),
            at_s=_spread(moments(self.table.starts_s[passage], starts_s, asked), near, n_tracks, 0.0),
            passage=_spread(passage, near, n_tracks, 0),
            near=near,
        )

    def _within(self, tracks: NDArray[np.int64], halves: Halves) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        """Of these tracks (k,): the products of their best passages (k, q), which passage is best, what it answers."""
        blocks = [tracks[at : at + _BLOCK_TRACKS] for at in range(0, len(tracks), _BLOCK_TRACKS)]
        found = self._in_threads(lambda block: self._within_block(block, halves), blocks)
        best, passage, asked = zip(*found, strict=True)
        return np.concatenate(best), np.concatenate(passage), np.concatenate(asked)

    def _within_block(
        self, tracks: NDArray[np.int64], halves: Halves
    ) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        begins = self.table.begins[tracks]
        sizes = self.table.begins[tracks + 1] - begins
        first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        rows = np.arange(sizes.sum()) + np.repeat(begins - first, sizes)
        products = self._scaled(self.table.steps[rows], self.table.scales[rows], halves)
        best = np.maximum.reduceat(products, first, axis=0)
        place, asked = places(products, best, np.repeat(np.arange(len(tracks)), sizes))
        return best, rows[place], asked

    def _in_threads(self, work: Callable[[Any], Any], parts: list[Any]) -> list[Any]:
        """`work` on each part; what takes time in it holds no lock of the interpreter."""
        if len(parts) == 1 or _THREADS == 1:
            return [work(part) for part in parts]
        return list(self._pool.map(work, parts))

    def _scaled(self, steps: NDArray[np.uint8], scales: Floats, halves: Halves) -> Floats:
        products = self._products.of(steps, halves)
        products *= scales[:, None]
        return products


def largest(values: Floats, n: int) -> NDArray[np.int64]:
    """The positions of the n largest values, ascending; of equal ones at the edge the first."""
    if len(values) <= n:
        return np.arange(len(values))
    edge = np.partition(values, len(values) - n)[len(values) - n]
    above = np.flatnonzero(values > edge)
    return np.sort(np.concatenate([above, np.flatnonzero(values == edge)[: n - len(above)]]))


def _spread(values: NDArray[Any], at: NDArray[np.int64], n: int, elsewhere: float) -> NDArray[Any]:
    whole = np.full(n, elsewhere, dtype=values.dtype)
    whole[at] = values
    return whole
