"""Stand-ins for what is slow or needs a model: analyses of tracks, a model, candidates. All seeded."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.types import (
    Floats,
    MfccSequence,
    Mood,
    PackedPassages,
    PassageTable,
    Reason,
    Tags,
    Track,
    TrackAnalysis,
    TrackId,
    frozen,
)
from musicrec_desktop.engine.calibration import NAMING_INPUTS, Calibration

FINGERPRINT = "0123456789ab"
N_STATISTICS, N_DIMENSIONS, N_MOODS = 30, 16, 10


def fake_analysis(
    seed: int = 0,
    *,
    duration_s: float = 30.0,
    fingerprint: str = FINGERPRINT,
    n_statistics: int = N_STATISTICS,
) -> TrackAnalysis:
    """What the extractor would keep of a track; passages of 6 s every 3 s, ten steps a second."""
    rng = np.random.default_rng(seed)
    starts = np.arange(0.0, max(duration_s - 5.9, 0.1), 3.0, dtype=np.float32)
    values = rng.integers(-127, 128, (round(duration_s * 10), 12)).astype(np.int8)
    return TrackAnalysis(
        fingerprint=fingerprint,
        duration_s=duration_s,
        level_db=-18.0,
        passage_starts_s=frozen(starts),
        statistics=frozen(rng.normal(0.0, 3.0, (len(starts), n_statistics)).astype(np.float32)),
        sequence=MfccSequence(frozen(values), frozen(rng.uniform(0.1, 1.0, 12).astype(np.float32)), 10.0),
        summary={"tempo_bpm": float(rng.uniform(60, 180)), "centroid_hz_mean": float(rng.uniform(500, 4000))},
        sound_print=frozen(rng.integers(0, 256, (12, 14)).astype(np.uint8)),
    )


def fake_tags(number: int) -> Tags:
    return Tags(f"Title {number}", f"Artist {number % 5}", f"Album {number % 3}")


def fake_moods(n: int = N_MOODS) -> tuple[Mood, ...]:
    return tuple(
        Mood(
            id=i,
            key=f"mood-{i}",
            name_ko=f"분위기|{i}",
            name_en=f"Mood|{i}",
            short_ko=f"짧은 {i}",
            short_en=f"Short {i}",
            description_ko=f"설명 {i}",
            description_en=f"Description {i}",
        )
        for i in range(n)
    )


def fake_calibration_card(n_statistics: int = N_STATISTICS) -> dict[str, Any]:
    """A calibration as the model's card holds it: whatever follows in time is named, and everything is music."""
    weights = dict.fromkeys(NAMING_INPUTS, 0.0) | {"correlation": 30.0}
    return {
        "mean": [0.0] * n_statistics,
        "scale": [1.0] * n_statistics,
        "clip": 5.0,
        "naming": {"weights": weights, "bias": -18.0, "threshold": 0.5},
        "music": {"weights": [0.0] * n_statistics, "bias": 3.0, "threshold": 0.5},
        "nothing_close": -1.0,
        "closeness": [[-1.0, 0.0], [0.0, 50.0], [1.0, 100.0]],
        "typical_distance": {kind.value: 1.0 for kind in Reason},
    }


class FakeClassifier:
    """A random but fixed linear model with the shape of the real one."""

    def __init__(self, model_id: str = "model-a", *, seed: int = 1, n_statistics: int = N_STATISTICS) -> None:
        rng = np.random.default_rng(seed)
        self.model_id = model_id
        self.moods = fake_moods()
        self.calibration = Calibration.from_card(fake_calibration_card(n_statistics))
        self.n_runs = 0
        self._trunk = rng.normal(size=(n_statistics, N_DIMENSIONS)).astype(np.float32)
        self._head = rng.normal(size=(N_DIMENSIONS, N_MOODS)).astype(np.float32)

    def run(self, statistics: Floats) -> tuple[Floats, Floats]:
        """Embeddings (n, d) of unit length and mood probabilities (n, n_moods)."""
        self.n_runs += 1
        embeddings = statistics @ self._trunk
        embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
        weights = np.exp(4.0 * embeddings @ self._head)
        return embeddings, weights / weights.sum(axis=1, keepdims=True)


class FakeCandidates:
    """A catalogue in memory, in the shape of engine's CandidateSource."""

    def __init__(self, analyses: Sequence[TrackAnalysis], classifier: FakeClassifier) -> None:
        ids = [TrackId(f"track-{i:03d}") for i in range(len(analyses))]
        self._analyses = dict(zip(ids, analyses, strict=True))
        self._classifier = classifier

    def generation(self) -> int:
        return 1

    def passages(self, model_id: str) -> PassageTable:
        outputs = [self._classifier.run(analysis.statistics) for analysis in self._analyses.values()]
        sizes = [len(embeddings) for embeddings, _ in outputs]
        return PassageTable(
            model_id=model_id,
            generation=self.generation(),
            track_ids=tuple(self._analyses),
            track_index=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
            starts_s=np.concatenate([analysis.passage_starts_s for analysis in self._analyses.values()]),
            embeddings=np.concatenate([embeddings for embeddings, _ in outputs]),
            mood_probabilities=np.stack([probabilities.mean(axis=0) for _, probabilities in outputs]),
        )

    def sequences(self, track_ids: Sequence[TrackId]) -> dict[TrackId, MfccSequence]:
        return {name: self._analyses[name].sequence for name in track_ids if name in self._analyses}

    def statistics(self, track_id: TrackId) -> tuple[Floats, Floats]:
        if track_id not in self._analyses:
            raise UnknownTrack(track_id=track_id)
        analysis = self._analyses[track_id]
        return analysis.passage_starts_s, analysis.statistics

    def packed(self, model_id: str) -> PackedPassages | None:
        return None

    def statistics_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, tuple[Floats, Floats]]:
        return {name: self.statistics(name) for name in track_ids if name in self._analyses}

    def tracks_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, Track]:
        return {name: self._track(name) for name in track_ids if name in self._analyses}

    def _track(self, track_id: TrackId) -> Track:
        tags = fake_tags(int(track_id[-3:]))
        duration_s = self._analyses[track_id].duration_s
        return Track(track_id, None, tags.title, tags.artist, tags.album, duration_s, 0, "own")
