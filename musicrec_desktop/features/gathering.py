"""What the catalogue keeps of a recording, gathered piece by piece: of hours no more is held than of minutes."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Features, Floats, MfccSequence, TrackAnalysis, frozen
from musicrec_desktop.features import passages, rhythm
from musicrec_desktop.features.statistics import statistics_of_all

FRAME_ARRAYS = (
    "rms",
    "centroid_hz",
    "rolloff_hz",
    "zcr",
    "flatness",
    "chroma",
    "mfcc",
    "onset",
    "harmonic",
    "percussive",
    "bands",
)
_HALF_PRINT = 64  # frames: a sound print shows three seconds to either side of the middle


class Gathering:
    """`take` pieces of one recording's features in order, then `finish` once."""

    def __init__(self, spec: FeatureSpec) -> None:
        self._spec = spec
        self._tail: Features | None = None  # what a later passage may still begin in
        self._tail_start = 0  # its first frame
        self._next = 0  # the first frame of the next passage
        self._starts: list[NDArray[np.int64]] = []
        self._statistics: list[Floats] = []
        self._sequence = _Sequence(spec)
        self._summary = _Summary()
        self._middle = _Middle()
        self._onset: list[Floats] = []
        self._square_sum = 0.0

    def take(self, piece: Features) -> None:
        """The next frames; `tempo_bpm` and `duration_s` of a piece say nothing."""
        self._sequence.take(piece)
        self._summary.take(piece)
        self._middle.take(piece.bands)
        self._onset.append(piece.onset)
        self._square_sum += float(np.square(piece.rms, dtype=np.float64).sum())
        self._tail = piece if self._tail is None else _joined(self._tail, piece)
        self._pass_by()

    def _pass_by(self) -> None:
        """Statistics of every passage that is complete; frames that none will need are let go."""
        assert self._tail is not None
        length, n_frames = passages.passage_frames(self._spec), self._tail_start + self._tail.n_frames
        starts = np.arange(self._next, n_frames - length + 1, passages.hop_frames(self._spec))
        if not len(starts):
            return
        self._describe(starts, length)
        self._next = int(starts[-1]) + passages.hop_frames(self._spec)
        # The last passage ends with the recording, wherever that will be: it may begin before the next one.
        kept = n_frames - length
        self._tail = _cut(self._tail, kept - self._tail_start)
        self._tail_start = kept

    def _describe(self, starts: NDArray[np.int64], length: int) -> None:
        assert self._tail is not None
        self._starts.append(starts)
        self._statistics.append(statistics_of_all(self._tail, starts - self._tail_start, n_frames=length))

    def finish(self, *, duration_s: float) -> TrackAnalysis:
        """Everything that was taken; there must have been something."""
        assert self._tail is not None
        spec, n_frames = self._spec, self._tail_start + self._tail.n_frames
        planned = passages.passage_starts(n_frames, spec)
        left = planned[sum(map(len, self._starts)) :]
        if len(left):
            self._describe(left, min(passages.passage_frames(spec), n_frames))
        level = float(np.sqrt(self._square_sum / n_frames))
        tempo = rhythm.tempo_bpm(np.concatenate(self._onset), spec.frame_rate)
        return TrackAnalysis(
            fingerprint=spec.fingerprint(),
            duration_s=duration_s,
            level_db=20 * np.log10(max(level, 1e-6)),
            passage_starts_s=frozen((planned / spec.frame_rate).astype(np.float32)),
            statistics=frozen(np.concatenate(self._statistics)),
            sequence=self._sequence.finish(),
            summary=self._summary.finish() | {"tempo_bpm": tempo},
            sound_print=frozen(self._middle.sound_print()),
        )


class _Sequence:
    """MFCC steps of the whole recording; how they are scaled is known at the end."""

    def __init__(self, spec: FeatureSpec) -> None:
        self._spec = spec
        self._over = np.zeros((spec.sequence_n_mfcc, 0), np.float32)  # frames of a step not yet complete
        self._steps: list[Floats] = []

    def take(self, piece: Features) -> None:
        mfcc = np.concatenate([self._over, piece.mfcc[1 : 1 + self._spec.sequence_n_mfcc]], axis=1)
        steps = passages.step_means(mfcc, self._spec)
        self._steps.append(steps)
        self._over = mfcc[:, len(steps) * self._spec.sequence_frames_per_step :]

    def finish(self) -> MfccSequence:
        return passages.quantised(np.concatenate(self._steps), self._spec)


class _Summary:
    """Means and deviations of many rows, summed about the first piece's means so that little is lost."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._about = self._sums = self._squares = np.zeros((0, 1))
        self._n_frames = 0

    def take(self, piece: Features) -> None:
        rows = passages.summary_rows(piece)
        values = np.stack(list(rows.values())).astype(np.float64)
        if not self._names:
            self._names, self._about = list(rows), values.mean(axis=1, keepdims=True)
            self._sums = self._squares = np.zeros_like(self._about)
        values -= self._about
        self._sums = self._sums + values.sum(axis=1, keepdims=True)
        self._squares = self._squares + np.square(values).sum(axis=1, keepdims=True)
        self._n_frames += piece.n_frames

    def finish(self) -> dict[str, float]:
        off = self._sums / self._n_frames
        means, variances = self._about + off, np.maximum(self._squares / self._n_frames - off**2, 0.0)
        named = {f"{name}_mean": float(mean) for name, mean in zip(self._names, means[:, 0], strict=True)}
        deviations = zip(self._names, np.sqrt(variances)[:, 0], strict=True)
        return named | {f"{name}_std": float(deviation) for name, deviation in deviations}


class _Middle:
    """Keeps the bands from which the middle can still be cut: the later half of what has come."""

    def __init__(self) -> None:
        self._pieces: list[Floats] = []
        self._start = self._end = 0

    def take(self, bands: Floats) -> None:
        self._pieces.append(bands)
        self._end += bands.shape[1]
        while self._start + self._pieces[0].shape[1] <= self._end // 2 - _HALF_PRINT:
            self._start += self._pieces.pop(0).shape[1]

    def sound_print(self) -> NDArray[np.uint8]:
        middle = self._end // 2 - self._start
        bands = np.concatenate(self._pieces, axis=1)
        return passages.sound_print(bands[:, max(0, middle - _HALF_PRINT) : middle + _HALF_PRINT])


def _joined(first: Features, then: Features) -> Features:
    """One piece after the other."""
    pairs = {name: (getattr(first, name), getattr(then, name)) for name in FRAME_ARRAYS}
    arrays: dict[str, Any] = {name: np.concatenate(pair, axis=-1) for name, pair in pairs.items()}
    return dataclasses.replace(then, **arrays)


def _cut(features: Features, start: int) -> Features:
    """From a frame on, as a copy: the rest is let go."""
    arrays: dict[str, Any] = {name: getattr(features, name)[..., start:].copy() for name in FRAME_ARRAYS}
    return dataclasses.replace(features, **arrays)
