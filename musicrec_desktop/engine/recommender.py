"""A passage in, an answer out: the whole way, in the order in which it happens."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import (
    AnalysisRequest,
    Answer,
    Excerpt,
    Floats,
    MoodGuess,
    PackedPassages,
    PassageTable,
    Reason,
    Recommendation,
    SameRecording,
    Track,
    TrackId,
)
from musicrec_desktop.engine import ranking, reasons, verdict
from musicrec_desktop.engine.candidates import CandidateSource
from musicrec_desktop.engine.model import Classifier
from musicrec_desktop.engine.packed import PackedIndex
from musicrec_desktop.engine.shortlist import Found, Index
from musicrec_desktop.engine.verdict import Refusal, Suspect
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import passage_steps, shifted_sequence, take_sequence, take_statistics

PROBABLE = 0.1  # a track this likely to be the very recording, but not sure, is offered first
TRACK_PASSAGES = 8  # "similar to this track" asks with so many of its passages
READ_REST = 10  # a large catalogue that changes is left alone for so many times as long as reading it took
SEMITONES = (-2, -1, 1, 2)  # a take that was not recognised is asked about at these pitches, too
FETCHED_AT_ONCE = 60  # tracks; few lists go further


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question after analysis: what the take is, to the model."""

    starts_s: Floats  # (q,)
    statistics: Floats  # (q, n_statistics)
    embeddings: Floats  # (q, d)
    moods: Floats  # (n_moods,) mean probabilities
    sequence: Floats | None  # (n_steps, c); None for a catalogued track, whose name is no question
    movement: Floats | None  # (n_steps, c) of the first passage; None where it is not known
    shifted: tuple[Floats, ...] = ()  # the same at other pitches


class Recommender:
    """One model over one catalogue. Not shared between threads.

    `resample` brings an excerpt to another rate.
    """

    def __init__(
        self,
        *,
        model: Classifier,
        candidates: CandidateSource,
        spec: FeatureSpec,
        resample: Callable[[Excerpt, int], Excerpt],
    ) -> None:
        self._model = model
        self._candidates = candidates
        self._spec = spec
        self._resample = resample
        self._index: Index | PackedIndex | None = None
        self._read_at_s = self._read_took_s = 0.0

    def warm_up(self) -> None:
        """Do what the first question would otherwise wait for."""
        self._current_index()
        noise = np.random.default_rng(0).normal(0, 0.1, round(self._spec.passage_s * self._spec.sr))
        self._heard(Excerpt.from_samples(noise, self._spec.sr))

    def recommend(self, request: AnalysisRequest, token: CancelToken) -> Answer:
        """What is this, and what sounds like it? Raises Cancelled between steps, never for a bad recording."""
        excerpt = request.excerpt
        answer = _unanswered(excerpt, request.start_s)
        refusal = verdict.refusal_of(excerpt)
        if refusal:
            return _refused(answer, refusal)
        token.check()
        asked = self._heard(self._resample(excerpt, self._spec.sr))
        token.check()
        return self._answered(
            replace(answer, moods=self._guesses(asked.moods)),
            asked,
            exclude=request.exclude,
            limit=request.limit,
            per_artist=request.per_artist,
            token=token,
        )

    def similar(
        self,
        track_id: TrackId,
        *,
        start_s: float | None = None,
        duration_s: float | None = None,
        limit: int,
        per_artist: int,
        token: CancelToken,
    ) -> Answer:
        """What sounds like this catalogued track, or like this passage of it? Raises UnknownTrack."""
        track = self._track(track_id)
        asked = self._recalled(track_id, start_s, duration_s)
        answer = Answer(
            start_s=start_s or 0.0,
            duration_s=duration_s or (self._spec.passage_s if start_s is not None else track.duration_s),
            level_db=None,
            verdict="none",
            reason="empty_catalogue",
            moods=self._guesses(asked.moods),
            same_recording=None,
            recommendations=(),
            measured={},
        )
        return self._answered(answer, asked, exclude=track_id, limit=limit, per_artist=per_artist, token=token)

    # -- what was asked

    def _heard(self, excerpt: Excerpt) -> _Asked:
        features = extract_features(excerpt, self._spec)
        starts_s, statistics = take_statistics(features, self._spec)
        embeddings, moods = self._model.run(statistics)
        sequence = take_sequence(features, self._spec)
        first = sequence[: passage_steps(self._spec)]
        shifted = tuple(shifted_sequence(features, self._spec, semitones=n) for n in SEMITONES)
        return _Asked(starts_s, statistics, embeddings, moods.mean(axis=0), sequence, first, shifted)

    def _recalled(self, track_id: TrackId, start_s: float | None, duration_s: float | None) -> _Asked:
        starts_s, statistics = self._candidates.statistics(track_id)
        if start_s is None:
            rows = np.unique(np.linspace(0, len(starts_s) - 1, TRACK_PASSAGES).round().astype(int))
        else:
            stop_s = start_s + max(duration_s or 0.0, self._spec.passage_s)
            inside = np.flatnonzero((starts_s >= start_s - 0.1) & (starts_s + self._spec.passage_s <= stop_s + 0.1))
            rows = inside if len(inside) else np.array([np.abs(starts_s - start_s).argmin()])
        if not statistics.shape[1]:
            return self._remembered(track_id, starts_s, rows)
        embeddings, moods = self._model.run(statistics[rows])
        known = self._candidates.sequences([track_id]).get(track_id)
        first = reasons.stretch(known, float(starts_s[rows[0]]), passage_steps(self._spec)) if known else None
        return _Asked(starts_s[rows], statistics[rows], embeddings, moods.mean(axis=0), None, first)

    def _remembered(self, track_id: TrackId, starts_s: Floats, rows: NDArray[np.int64]) -> _Asked:
        """A track that came with its embeddings alone. Raises UnknownTrack."""
        index = self._current_index()
        position = _position(index.table.track_ids, track_id)
        if position is None:
            raise UnknownTrack(track_id=track_id)
        embeddings, moods = index.embeddings_of(position), index.table.mood_probabilities[position]
        return _Asked(starts_s[rows], np.zeros((len(rows), 0), np.float32), embeddings[rows], moods, None, None)

    def _track(self, track_id: TrackId) -> Track:
        found = self._candidates.tracks_by_id([track_id])
        if track_id not in found:
            raise UnknownTrack(track_id=track_id)
        return found[track_id]

    def _guesses(self, probabilities: Floats) -> tuple[MoodGuess, ...]:
        by_likelihood = sorted(self._model.moods, key=lambda mood: -probabilities[mood.id])
        honest = self._model.calibration.honest(probabilities)
        return tuple(MoodGuess(mood, float(honest[mood.id])) for mood in by_likelihood)

    # -- what is answered

    def _answered(
        self,
        answer: Answer,
        asked: _Asked,
        *,
        exclude: TrackId | None,
        limit: int,
        per_artist: int,
        token: CancelToken,
    ) -> Answer:
        index = self._current_index()
        left_out = _position(index.table.track_ids, exclude)
        if len(index.table.track_ids) == (left_out is not None):
            return _refused(answer, Refusal("empty_catalogue", 0.0, 1.0))
        found = index.search(asked.embeddings, asked.starts_s)
        token.check()
        order = found.order()
        order = order if left_out is None else order[order != left_out]
        suspect = self._suspect(asked, found, order) if asked.sequence is not None else None
        token.check()
        same = self._named(suspect)
        refusal = None if same else self._refusal(asked, found, order)
        if refusal:
            reached = answer if refusal.reason == "nothing_close" else replace(answer, moods=())
            return _refused(reached, refusal)
        order = index.echoed(asked.embeddings, found, order)
        if suspect is not None and same:
            order = order[~np.isin(order, suspect.versions)]
        elif suspect is not None and self._probability(suspect) >= PROBABLE:
            order = _first(order, suspect.track)
        rows = tuple(self._rows(asked, found, order, same, limit=limit, per_artist=per_artist))
        return replace(
            answer,
            verdict="match" if same else "similar",
            reason=None,
            same_recording=same,
            recommendations=rows,
        )

    def _current_index(self) -> Index | PackedIndex:
        generation = self._candidates.generation()
        if self._index is None or (self._index.table.generation != generation and self._may_be_read_again()):
            began = time.monotonic()
            packed = self._candidates.packed(self._model.model_id)
            self._index = PackedIndex(packed) if packed else Index(self._candidates.passages(self._model.model_id))
            self._read_at_s, self._read_took_s = time.monotonic(), time.monotonic() - began
        return self._index

    def _may_be_read_again(self) -> bool:
        """A large catalogue that grows and grows is not read anew for every question: that takes seconds."""
        rest_s = READ_REST * self._read_took_s if isinstance(self._index, PackedIndex) else 0.0
        return time.monotonic() >= self._read_at_s + rest_s

    def _table(self) -> PassageTable | PackedPassages:
        """The table of the question in hand: an import may have gone on since, and moved every position."""
        return (self._index or self._current_index()).table

    def _suspect(self, asked: _Asked, found: Found, order: NDArray[np.int64]) -> Suspect | None:
        ids = self._table().track_ids
        known = self._candidates.sequences([ids[i] for i in order[: verdict.NAMING_TRACKS]])
        aligned = np.array([i for i in order[: verdict.NAMING_TRACKS].tolist() if ids[i] in known], np.int64)
        if not len(aligned) or asked.sequence is None:
            return None
        sequences = [known[ids[i]] for i in aligned.tolist()]
        around = verdict.surroundings(len(asked.sequence), found, aligned, sequences)
        suspect = verdict.suspect_in(around, asked.sequence)
        if self._is_sure(suspect) or not asked.shifted:
            return suspect
        shifted = verdict.shifted_suspect(around, asked.shifted, better_than=suspect)
        return shifted if shifted and self._is_sure(shifted) else suspect

    def _is_sure(self, suspect: Suspect) -> bool:
        return self._probability(suspect) >= self._model.calibration.naming.threshold

    def _probability(self, suspect: Suspect) -> float:
        return self._model.calibration.naming.probability(suspect.inputs)

    def _named(self, suspect: Suspect | None) -> SameRecording | None:
        if suspect is None or not self._is_sure(suspect):
            return None
        name = self._table().track_ids[suspect.track]
        track = self._candidates.tracks_by_id([name]).get(name)
        return SameRecording(track, suspect.at_s, self._probability(suspect)) if track else None

    def _refusal(self, asked: _Asked, found: Found, order: NDArray[np.int64]) -> Refusal | None:
        """What stands against recommending anything. A recognised recording is never put to this test."""
        known = self._model.calibration
        music = 1.0 if asked.sequence is None else known.music_probability(asked.statistics)
        if music < known.music_threshold:
            return Refusal("not_music", music, known.music_threshold)
        closest = float(found.similarity[order[0]])
        if closest < known.nothing_close:
            return Refusal("nothing_close", known.score(closest), known.score(known.nothing_close))
        return None

    def _rows(
        self,
        asked: _Asked,
        found: Found,
        order: NDArray[np.int64],
        same: SameRecording | None,
        *,
        limit: int,
        per_artist: int,
    ) -> Iterator[Recommendation]:
        ids = self._table().track_ids
        named = same.track if same else None
        position: dict[TrackId, int] = {}
        in_order = self._in_order(ids, order, position)
        tracks = list(ranking.diverse(in_order, limit=limit, per_artist=per_artist, named=named))
        names = [track.track_id for track in tracks]
        known, movements = self._candidates.statistics_by_id(names), self._movements(asked, found, names, position)
        scores = [self._model.calibration.score(float(found.similarity[position[t.track_id]])) for t in tracks]
        for rank, track in enumerate(tracks):
            at_s = float(found.at_s[position[track.track_id]])
            # A track may stand before one that is more similar by itself: the numbers follow the order.
            shown = max(scores[rank:])
            movement = movements[rank]
            why = self._reasons(asked, known.get(track.track_id), at_s, position[track.track_id], movement)
            yield Recommendation(rank + 1, track, round(shown, 1), at_s, why)

    def _in_order(
        self, ids: Sequence[TrackId], order: NDArray[np.int64], position: dict[TrackId, int]
    ) -> Iterator[Track]:
        """Tracks in this order, fetched in pieces, as far as they are wanted; `position` learns where they are."""
        for begin in range(0, len(order), FETCHED_AT_ONCE):
            names = {ids[i]: i for i in order[begin : begin + FETCHED_AT_ONCE].tolist()}
            position.update(names)
            known = self._candidates.tracks_by_id(list(names))
            yield from (known[name] for name in names if name in known)

    def _movements(
        self, asked: _Asked, found: Found, names: Sequence[TrackId], position: Mapping[TrackId, int]
    ) -> list[float | None]:
        """How differently each of these tracks moves, where it is offered; None where that is not known."""
        known = self._candidates.sequences(names)
        places = [(known[name], float(found.at_s[position[name]])) if name in known else None for name in names]
        return reasons.movements(asked.movement, places)

    def _reasons(
        self,
        asked: _Asked,
        known: tuple[Floats, Floats] | None,
        at_s: float,
        position: int,
        movement: float | None,
    ) -> tuple[Reason, ...]:
        """Why the track at this position is offered, whose passages and statistics are `known`."""
        if known is None:  # removed since it was found
            return ()
        starts_s, statistics = known
        found: dict[Reason, float] = {}
        if statistics.shape[1] and asked.statistics.shape[1]:
            passage = statistics[np.abs(starts_s - at_s).argmin()]
            found = reasons.distances(asked.statistics[0], passage, self._model.calibration)
        if movement is not None:
            found[Reason.MOVEMENT] = movement
        moods = self._table().mood_probabilities[position]
        if moods.argmax() == asked.moods.argmax():  # beside another mood's mark the word would make no sense
            found[Reason.MOOD] = reasons.mood_distance(asked.moods, moods)
        return reasons.chosen(found, self._model.calibration)


def _position(ids: Sequence[TrackId], track_id: TrackId | None) -> int | None:
    """Where in the table a track is, if it is there."""
    try:
        return None if track_id is None else ids.index(track_id)
    except ValueError:
        return None


def _unanswered(excerpt: Excerpt, start_s: float) -> Answer:
    return Answer(
        start_s=start_s,
        duration_s=excerpt.duration_s,
        level_db=verdict.level_db(excerpt),
        verdict="none",
        reason="nothing_close",
        moods=(),
        same_recording=None,
        recommendations=(),
        measured={},
    )


def _refused(answer: Answer, refusal: Refusal) -> Answer:
    return replace(answer, verdict="none", reason=refusal.reason, measured=refusal.measured)


def _first(order: NDArray[np.int64], track: int) -> NDArray[np.int64]:
    """The order with one track brought to the front."""
    return np.concatenate([[track], order[order != track]])
