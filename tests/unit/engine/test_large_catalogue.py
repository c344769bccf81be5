"""The recommender over a packed catalogue: the same answers as over a plain one; songs that came without numbers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import (
    AnalysisRequest,
    Answer,
    Excerpt,
    Floats,
    PackedPassages,
    PassageTable,
    Reason,
    RequestId,
    TrackAnalysis,
    TrackId,
)
from musicrec_desktop.engine.recommender import Recommender
from musicrec_desktop.engine.shortlist import unit
from musicrec_desktop.features.extract import analyse_blocks
from musicrec_desktop.features.statistics import N_STATISTICS
from tests.fakes import FakeCandidates, FakeClassifier
from tests.signals import melody

SPEC = FeatureSpec()
N_TRACKS = 12


def in_bytes(embeddings: Floats) -> tuple[Floats, Floats]:
    """Whole numbers -127 .. 127, and the scales that give them unit length."""
    steps = np.rint(embeddings / np.abs(embeddings).max(axis=1, keepdims=True) * 127).astype(np.float32)
    return steps, (1 / np.linalg.norm(steps, axis=1)).astype(np.float32)


class Rounded(FakeCandidates):
    """Its embeddings are as a catalogue keeps them."""

    def passages(self, model_id: str) -> PassageTable:
        table = super().passages(model_id)
        steps, scales = in_bytes(table.embeddings)
        return replace(table, embeddings=steps * scales[:, None])


class Packed(Rounded):
    """Packs its passages, and counts what it is asked."""

    def __init__(self, analyses: Sequence[TrackAnalysis], model: FakeClassifier) -> None:
        super().__init__(analyses, model)
        self.n_packed, self.n_statistics, self.changes = 0, 0, 1
        self.bare: set[TrackId] = set()

    def generation(self) -> int:
        return self.changes

    def packed(self, model_id: str) -> PackedPassages:
        self.n_packed += 1
        plain = self.passages(model_id)
        steps, scales = in_bytes(plain.embeddings)
        begins = np.concatenate([[0], np.cumsum(np.bincount(plain.track_index))])
        return PackedPassages(
            plain.model_id,
            self.generation(),
            plain.track_ids,
            begins,
            plain.starts_s,
            (steps + 128).astype(np.uint8),
            scales,
            unit(np.add.reduceat(plain.embeddings, begins[:-1], axis=0)),
            plain.mood_probabilities,
        )

    def statistics(self, track_id: TrackId) -> tuple[Floats, Floats]:
        starts_s, statistics = super().statistics(track_id)
        return starts_s, statistics[:, :0] if track_id in self.bare else statistics

    def statistics_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, tuple[Floats, Floats]]:
        self.n_statistics += 1
        return super().statistics_by_id(track_ids)


@pytest.fixture(scope="module")
def analyses() -> list[TrackAnalysis]:
    return [analyse_blocks([melody(18.0, seed=number)], SPEC) for number in range(N_TRACKS)]


@pytest.fixture
def candidates(analyses: list[TrackAnalysis]) -> Packed:
    return Packed(analyses, FakeClassifier(n_statistics=N_STATISTICS))


def over(candidates: FakeCandidates) -> Recommender:
    model = FakeClassifier(n_statistics=N_STATISTICS)
    return Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)


def ask(recommender: Recommender, excerpt: Excerpt, exclude: TrackId | None = None) -> Answer:
    return recommender.recommend(AnalysisRequest(RequestId(1), excerpt, limit=8, exclude=exclude), CancelToken())


def similar(recommender: Recommender, track: str) -> Answer:
    return recommender.similar(TrackId(track), limit=8, per_artist=0, token=CancelToken())


def offered(answer: Answer) -> list[str]:
    return [row.track.track_id for row in answer.recommendations]


@pytest.mark.parametrize("number", [0, 5, 11, 77])
def test_a_packed_catalogue_answers_like_a_plain_one(
    analyses: list[TrackAnalysis], candidates: Packed, number: int
) -> None:
    plain = over(Rounded(analyses, FakeClassifier(n_statistics=N_STATISTICS)))
    take = melody(18.0, seed=number).part(4.0, 6.0)
    for exclude in (None, TrackId("track-005"), TrackId("nobody")):
        expected, found = ask(plain, take, exclude), ask(over(candidates), take, exclude)
        assert offered(found)[:5] == offered(expected)[:5]
        assert exclude not in offered(found)
        assert (found.verdict, found.reason) == (expected.verdict, expected.reason)
        assert (found.same_recording is None) == (expected.same_recording is None)
        for ours, theirs in zip(found.recommendations[:5], expected.recommendations[:5], strict=True):
            assert ours.score == pytest.approx(theirs.score, abs=1.0)
            assert (ours.at_s, ours.reasons) == (theirs.at_s, theirs.reasons)


def test_the_rows_statistics_are_fetched_together(candidates: Packed) -> None:
    assert len(ask(over(candidates), melody(6.0, seed=3)).recommendations) == 8
    assert candidates.n_statistics == 1


def test_songs_without_statistics_are_explained_by_mood_alone(candidates: Packed) -> None:
    candidates.bare = {TrackId(f"track-{number:03d}") for number in range(0, N_TRACKS, 2)}
    answer = ask(over(candidates), melody(6.0, seed=500))
    bare = [row for row in answer.recommendations if row.track.track_id in candidates.bare]
    assert bare
    assert all(set(row.reasons) <= {Reason.MOOD} for row in bare)


def test_songs_without_statistics_have_songs_like_them(candidates: Packed) -> None:
    expected = similar(over(candidates), "track-004")
    candidates.bare = {TrackId("track-004")}
    found = similar(over(candidates), "track-004")
    assert offered(found)[:2] == offered(expected)[:2]
    assert found.moods[0].mood == expected.moods[0].mood


def test_a_catalogue_that_keeps_changing_is_left_alone_for_a_while(
    candidates: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("musicrec_desktop.engine.recommender.time.monotonic", lambda: now[0])
    slow = candidates.packed

    def packed(model_id: str) -> PackedPassages:
        now[0] += 2.0  # so long it takes
        return slow(model_id)

    monkeypatch.setattr(candidates, "packed", packed)
    recommender = over(candidates)
    for passed_s, n_read in [(0.0, 1), (1.0, 1), (18.0, 1), (1.5, 2), (0.0, 2)]:
        now[0] += passed_s
        candidates.changes += 1
        assert ask(recommender, melody(6.0, seed=2)).recommendations
        assert candidates.n_packed == n_read
