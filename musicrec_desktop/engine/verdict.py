"""Refusals before anything is searched, and whether the take is the very recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Excerpt, Floats, MfccSequence, RefusalReason
from musicrec_desktop.engine import alignment, dtw
from musicrec_desktop.engine.shortlist import Found

MIN_DURATION_S = 3.0
MIN_LEVEL_DB = -60.0  # genuine takes through a microphone reach -47
MAX_CLIPPED_SHARE = 0.2  # a loud song is still recognisable
FULL_SCALE = 0.999
SILENCE_DB = -120.0
NAMING_TRACKS = 50  # as many of the shortlist are aligned
SHIFTED_TRACKS = 20  # … at other pitches: the embedding minds those little
SHIFTED_COST = 0.03  # by so much a correlation at another pitch must be better
MARGIN_S = 9.0  # a take is looked for so far around its best passage: in repeating music that is often another one
STRETCH_ROOM = max(alignment.STRETCHES)
DTW_RADIUS_S = 0.5
# What the best of many other tracks reaches by chance: in a small catalogue, too, this much must be beaten.
USUAL_CORRELATION, USUAL_DISTANCE, USUAL_SIMILARITY = 0.25, 1.1, 0.35
VERSION = 0.65  # stretches of two tracks that correlate so well are one recording; endings that fade reach 0.6


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is recommended: what was measured, and what would have been needed."""

    reason: RefusalReason
    value: float
    needed: float

    @property
    def measured(self) -> Mapping[str, float]:
        return {"value": self.value, "needed": self.needed}


def level_db(excerpt: Excerpt) -> float:
    """RMS level in dBFS, at least SILENCE_DB."""
    if not len(excerpt.samples):
        return SILENCE_DB
    power = float(np.mean(np.square(excerpt.samples, dtype=np.float64)))
    return float(10 * np.log10(max(power, 10 ** (SILENCE_DB / 10))))


def refusal_of(excerpt: Excerpt) -> Refusal | None:
    """What is wrong with the recording itself, if anything."""
    if excerpt.duration_s < MIN_DURATION_S:
        return Refusal("too_short", excerpt.duration_s, MIN_DURATION_S)
    level = level_db(excerpt)
    if level < MIN_LEVEL_DB:
        return Refusal("too_quiet", level, MIN_LEVEL_DB)
    clipped = float(np.mean(np.abs(excerpt.samples) >= FULL_SCALE))
    if clipped > MAX_CLIPPED_SHARE:
        return Refusal("clipped", clipped, MAX_CLIPPED_SHARE)
    return None


@dataclass(frozen=True, slots=True)
class Suspect:
    """The track that the take fits best in time."""

    track: int  # position in the passage table
    at_s: float
    inputs: Floats  # the evidence, as calibration.NAMING_INPUTS
    versions: tuple[int, ...] = ()  # tracks that hold the same stretch of the same recording


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The stretches of some tracks in which a take is looked for."""

    order: NDArray[np.int64]  # (k,) positions in the passage table
    similarity: Floats  # (k,)
    segments: Floats  # (k, n_steps, c)
    places: alignment.Places  # the segments, made ready
    begins: NDArray[np.int64]  # (k,) steps of the tracks at which the segments begin
    rate: float

    def nearest(self, n: int) -> "Surroundings":
        """Those of the first n tracks."""
        places = self.places.of(np.arange(min(n, len(self.order))))
        return Surroundings(self.order[:n], self.similarity[:n], self.segments[:n], places, self.begins[:n], self.rate)


def surroundings(
    n_steps: int, found: Found, order: NDArray[np.int64], sequences: Sequence[MfccSequence]
) -> Surroundings:
    """Where to look for a take of `n_steps` in the tracks of `order`, whose `sequences` are given in that order."""
    rate = sequences[0].rate
    begins = np.round((found.at_s[order] - MARGIN_S) * rate).astype(np.int64)
    segments = _segments(sequences, begins, round(n_steps * STRETCH_ROOM + 2 * MARGIN_S * rate))
    return Surroundings(order, found.similarity[order], segments, alignment.Places(segments), begins, rate)


def best_suspect(query: Floats, found: Found, order: NDArray[np.int64], sequences: Sequence[MfccSequence]) -> Suspect:
    """Align the take's MFCC `query` (n, c) with the tracks of `order`, whose `sequences` are given in that order."""
    return suspect_in(surroundings(len(query), found, order, sequences), query)


def suspect_in(around: Surroundings, query: Floats) -> Suspect:
    """As `best_suspect`, where everything is made ready."""
    return _suspect(query, alignment.align_in(around.places, query), around)


def shifted_suspect(around: Surroundings, queries: Sequence[Floats], *, better_than: Suspect) -> Suspect | None:
    """As `suspect_in`, by whichever of `queries` fits best: the take's MFCC as at other pitches.

    None when even that one fits no better than the take does as it is: what is unlikely must explain more.
    """
    near = around.nearest(SHIFTED_TRACKS)
    aligned = [near.places.best(query, cost=SHIFTED_COST) for query in queries]
    highest = [float(one.correlation.max()) for one in aligned]
    best = int(np.argmax(highest))
    if highest[best] <= better_than.inputs[0]:
        return None
    return _suspect(queries[best], aligned[best], near)


def _suspect(query: Floats, aligned: alignment.Alignment, around: Surroundings) -> Suspect:
    stretches = _stretches(around.segments, aligned, len(query))
    distances = _distances(query, stretches, round(DTW_RADIUS_S * around.rate))
    best = int(aligned.correlation.argmax())
    versions = _versions(stretches, best)
    return Suspect(
        track=int(around.order[best]),
        at_s=max(0.0, float(around.begins[best] + aligned.start[best]) / around.rate),
        inputs=_evidence(aligned.correlation, distances, around.similarity, best, versions),
        versions=tuple(around.order[versions].tolist()),
    )


def _versions(stretches: Floats, best: int) -> NDArray[np.bool_]:
    """Which of the stretches (k, n, c) are the same music as the best one, by themselves: clean against clean."""
    likeness = np.einsum("knc,nc->k", stretches, stretches[best]) / stretches[best].size
    same: NDArray[np.bool_] = likeness >= VERSION
    same[best] = False
    return same


def _evidence(
    correlation: Floats, distances: Floats, similarity: Floats, best: int, versions: NDArray[np.bool_]
) -> Floats:
    """A version does not speak against the best track: which of the two it is, is no question of being sure."""
    others = (np.arange(len(correlation)) != best) & ~versions
    values = (
        correlation[best],
        correlation[best] - correlation[others].max(initial=USUAL_CORRELATION),
        distances[best],
        distances[others].min(initial=USUAL_DISTANCE) - distances[best],
        similarity[best],
        similarity[best] - similarity[others].max(initial=USUAL_SIMILARITY),
    )
    return np.array(values, dtype=np.float32)


def _segments(sequences: Sequence[MfccSequence], begins: NDArray[np.int64], n_steps: int) -> Floats:
    """`n_steps` of every track from its step in `begins` on, NaN where there is no music; (k, n_steps, c)."""
    n_coefficients = sequences[0].values.shape[1]
    segments = np.full((len(sequences), n_steps, n_coefficients), np.nan, dtype=np.float32)
    for row, sequence, begin in zip(segments, sequences, begins.tolist(), strict=True):
        low, high = max(0, begin), min(len(sequence.values), begin + n_steps)
        if high > low:
            row[low - begin : high - begin] = sequence.values[low:high] * sequence.scale
    return segments


def _stretches(segments: Floats, aligned: alignment.Alignment, n_steps: int) -> Floats:
    """Of every segment the stretch that the take was aligned with, at the take's speed, normalised; (k, n_steps, c)."""
    filled = np.nan_to_num(segments)
    places = zip(filled, aligned.start.tolist(), aligned.length.tolist(), strict=True)
    return np.stack([alignment.normalised(alignment.resampled(s[at : at + n], n_steps)) for s, at, n in places])


def _distances(query: Floats, stretches: Floats, radius: int) -> Floats:
    """DTW between the take and each of the stretches, per step and coefficient; (k,)."""
    own = alignment.normalised(query)
    per_cell: Floats = dtw.distances(own, stretches, radius=radius) / np.float32(np.sqrt(own.size))
    return per_cell
