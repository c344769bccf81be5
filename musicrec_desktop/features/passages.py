"""Passages: six-second units with one vector of statistics each, and what else is kept of a whole track."""

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Features, Floats, MfccSequence, frozen
from musicrec_desktop.features import timbre
from musicrec_desktop.features.statistics import statistics_of_all


def passage_starts(n_frames: int, spec: FeatureSpec) -> NDArray[np.int64]:
    """First frame of each passage: every `passage_hop_s`, and one that ends with the track."""
    length, hop = passage_frames(spec), hop_frames(spec)
    last = max(0, n_frames - length)
    starts = np.arange(0, last + 1, hop)
    return starts if last - starts[-1] < hop // 3 else np.append(starts, last)


def passage_frames(spec: FeatureSpec) -> int:
    return round(spec.passage_s * spec.frame_rate)


def hop_frames(spec: FeatureSpec) -> int:
    return round(spec.passage_hop_s * spec.frame_rate)


def passage_steps(spec: FeatureSpec) -> int:
    """Steps of a sequence that a passage surely holds: the frames at a take's edges are left out."""
    return (passage_frames(spec) - 2) // spec.sequence_frames_per_step


def take_statistics(features: Features, spec: FeatureSpec) -> tuple[Floats, Floats]:
    """Passages of a take: starts in seconds (p,) and statistics (p, N_STATISTICS).

    The first and the last frame reach over the take's edge, where a track goes on; they are left out.
    """
    inner = features.n_frames - 2
    starts = 1 + passage_starts(inner, spec)
    vectors = statistics_of_all(features, starts, n_frames=min(passage_frames(spec), inner))
    return (starts / features.frame_rate).astype(np.float32), vectors


def take_sequence(features: Features, spec: FeatureSpec) -> Floats:
    """MFCC of a take as a track's sequence has them, not yet rounded: (n_steps, sequence_n_mfcc)."""
    return step_means(features.mfcc[1 : 1 + spec.sequence_n_mfcc, 1:-1], spec)


def shifted_sequence(features: Features, spec: FeatureSpec, *, semitones: int) -> Floats:
    """As `take_sequence`, of the take so much higher: nearly what it would be, without hearing it again."""
    shift = timbre.pitch_shift(spec.n_mels, spec.n_mfcc, spec.sr, semitones)
    return step_means((shift @ features.mfcc)[1 : 1 + spec.sequence_n_mfcc, 1:-1], spec)


def step_means(mfcc: Floats, spec: FeatureSpec) -> Floats:
    """Means of MFCC (n_mfcc, n_frames) over each whole step of a sequence, (n_steps, n_mfcc)."""
    step = spec.sequence_frames_per_step
    n_steps = mfcc.shape[1] // step
    means: Floats = mfcc[:, : n_steps * step].reshape(len(mfcc), n_steps, step).mean(axis=2).T
    return means


def quantised(means: Floats, spec: FeatureSpec) -> MfccSequence:
    """The steps of a whole track (n_steps, n_mfcc) at `spec.sequence_rate`, one byte a value."""
    scale = np.maximum(np.abs(means).max(axis=0, initial=0.0) / 127, 1e-6).astype(np.float32)
    return MfccSequence(frozen(np.round(means / scale).astype(np.int8)), frozen(scale), spec.sequence_rate)


def sound_print(bands: Floats) -> NDArray[np.uint8]:
    """A picture of bands (n_bands, n_frames): 12 mel bands (row 0 the highest) by 14 columns, 0..255."""
    rows = np.stack([_between(bands, row) for row in np.linspace(len(bands) - 1, 0, 12)])
    columns = np.stack([chunk.mean(axis=1) for chunk in np.array_split(rows, 14, axis=1)], axis=1)
    columns -= columns.mean(axis=1, keepdims=True)
    low, high = np.percentile(columns, [18, 92])
    levels: NDArray[np.float32] = np.clip((columns - low) / max(high - low, 1e-6), 0, 1)
    return np.round(255 * levels).astype(np.uint8)


def _between(rows: Floats, position: float) -> Floats:
    below = int(position)
    above = min(below + 1, len(rows) - 1)
    mixed: Floats = rows[below] + (position - below) * (rows[above] - rows[below])
    return mixed


def summary_rows(features: Features) -> dict[str, Floats]:
    """The eight families frame by frame, each (n_frames,), whose means and deviations are kept of a track."""
    rows = {
        "centroid_hz": features.centroid_hz,
        "rolloff_hz": features.rolloff_hz,
        "zcr": features.zcr,
        "flatness": features.flatness,
        "onset": features.onset,
        "harmonic_share": features.harmonic / np.maximum(features.harmonic + features.percussive, 1e-9),
        "level_db": 20 * np.log10(np.maximum(features.rms, 1e-5)),
    }
    rows |= {f"chroma_{i}": row for i, row in enumerate(features.chroma)}
    return rows | {f"mfcc_{i}": row for i, row in enumerate(features.mfcc)}
