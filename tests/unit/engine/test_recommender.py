"""The whole way over a small catalogue of melodies, with a made-up model: who is named, refused, offered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import (
    AnalysisRequest,
    Answer,
    Excerpt,
    Floats,
    Reason,
    RequestId,
    Track,
    TrackAnalysis,
    TrackId,
)
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.engine.recommender import Recommender
from musicrec_desktop.features.extract import analyse_blocks
from musicrec_desktop.features.statistics import N_STATISTICS
from tests.fakes import FakeCandidates, FakeClassifier, fake_calibration_card
from tests.signals import melody, silence, white_noise

SPEC = FeatureSpec()
N_TRACKS, DURATION_S = 12, 18.0


def song(number: int) -> Excerpt:
    return melody(DURATION_S, seed=number)


@pytest.fixture(scope="module")
def analyses() -> list[TrackAnalysis]:
    return [analyse_blocks([song(number)], SPEC) for number in range(N_TRACKS)]


def classifier(**changes: Any) -> FakeClassifier:
    """The fake model with another calibration where `changes` say so."""
    model = FakeClassifier(n_statistics=N_STATISTICS)
    model.calibration = Calibration.from_card(fake_calibration_card(N_STATISTICS) | changes)
    return model


def recommender_of(analyses: Sequence[TrackAnalysis], **changes: Any) -> Recommender:
    model = classifier(**changes)
    return Recommender(model=model, candidates=FakeCandidates(analyses, model), spec=SPEC, resample=resample)


@pytest.fixture(scope="module")
def recommender(analyses: list[TrackAnalysis]) -> Recommender:
    return recommender_of(analyses)


def ask(recommender: Recommender, excerpt: Excerpt, **how: Any) -> Answer:
    return recommender.recommend(AnalysisRequest(RequestId(1), excerpt, **how), CancelToken())


def offered(answer: Answer) -> list[str]:
    return [each.track.track_id for each in answer.recommendations]


NO_NAMES = fake_calibration_card()["naming"] | {"threshold": 1.1}


# -- the very recording


@pytest.mark.parametrize(("number", "start_s"), [(0, 0.0), (5, 4.3), (11, 11.9)])
def test_a_part_of_a_track_is_named_with_its_moment(recommender: Recommender, number: int, start_s: float) -> None:
    answer = ask(recommender, song(number).part(start_s, 6.0), start_s=99.0)
    assert answer.verdict == "match"
    assert answer.reason is None
    assert answer.same_recording is not None
    assert answer.same_recording.track.track_id == f"track-{number:03d}"
    assert answer.same_recording.at_s == pytest.approx(start_s, abs=0.15)
    assert 0.5 <= answer.same_recording.confidence <= 1
    assert f"track-{number:03d}" not in offered(answer)
    assert (answer.start_s, answer.duration_s) == (99.0, pytest.approx(6.0))


def test_a_version_of_the_recognised_song_is_no_stranger_that_sounds_like_it(analyses: list[TrackAnalysis]) -> None:
    noise = white_noise(DURATION_S, level=0.01, sr=song(3).sr)
    remix = Excerpt.from_samples(song(3).samples + noise.samples[: len(song(3).samples)], song(3).sr)
    answer = ask(recommender_of([*analyses[:6], analyse_blocks([remix], SPEC)]), song(3).part(4.3, 6.0))
    assert answer.same_recording is not None
    assert answer.same_recording.track.track_id == "track-003"
    assert {*offered(answer)} == {f"track-{number:03d}" for number in (0, 1, 2, 4, 5)}


@pytest.mark.parametrize("sr", [16_000, 44_100, 48_000])
def test_an_excerpt_may_come_at_any_rate(recommender: Recommender, sr: int) -> None:
    excerpt = resample(song(3).part(5.0, 6.0), sr)
    answer = ask(recommender, excerpt)
    assert answer.same_recording is not None
    assert answer.same_recording.track.track_id == "track-003"


def test_gain_changes_nothing(recommender: Recommender) -> None:
    take = song(4).part(3.0, 6.0)
    quiet = Excerpt.from_samples(take.samples * 0.03, SPEC.sr)
    expected, found = ask(recommender, take), ask(recommender, quiet)
    assert found.same_recording is not None and expected.same_recording is not None
    assert found.same_recording.track == expected.same_recording.track
    assert offered(found) == offered(expected)


def test_a_melody_that_is_not_in_the_catalogue_is_not_named(recommender: Recommender) -> None:
    answer = ask(recommender, melody(6.0, seed=500))
    assert answer.verdict == "similar"
    assert answer.same_recording is None


def test_a_probable_recording_stands_first(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of(analyses, naming=NO_NAMES), song(7).part(4.0, 6.0))
    assert answer.verdict == "similar"
    assert offered(answer)[0] == "track-007"
    scores = [each.score for each in answer.recommendations]
    assert scores == sorted(scores, reverse=True)


# -- what is offered


def test_rows_are_ranked_scored_and_placed(recommender: Recommender) -> None:
    answer = ask(recommender, song(2).part(6.0, 6.0), limit=8)
    assert [each.rank for each in answer.recommendations] == list(range(1, 9))
    scores = [each.score for each in answer.recommendations]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert all(0 <= each.at_s <= DURATION_S - 5 for each in answer.recommendations)
    assert all(len(each.reasons) <= 3 and set(each.reasons) <= set(Reason) for each in answer.recommendations)
    assert len(set(offered(answer))) == 8


def test_mood_is_a_reason_only_beside_the_same_mood(analyses: list[TrackAnalysis]) -> None:
    """Two moods that are hardly told apart: the distance between distributions alone would always call them alike."""

    everything = np.concatenate([analysis.statistics for analysis in analyses])
    middle = np.median(FakeClassifier(n_statistics=N_STATISTICS).run(everything)[0][:, 0])

    class Undecided(FakeClassifier):
        def run(self, statistics: Floats) -> tuple[Floats, Floats]:
            embeddings, moods = super().run(statistics)
            first = embeddings[:, :1] > middle
            pair = np.where(first, np.float32([[0.51, 0.49]]), np.float32([[0.49, 0.51]]))
            return embeddings, np.hstack([pair, np.zeros_like(moods[:, 2:])]).astype(np.float32)

    model = Undecided(n_statistics=N_STATISTICS)
    model.calibration = Calibration.from_card(fake_calibration_card(N_STATISTICS))
    candidates = FakeCandidates(analyses, model)
    recommender = Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)
    table = candidates.passages(model.model_id)
    mood_of = dict(zip(table.track_ids, table.mood_probabilities.argmax(axis=1).tolist(), strict=True))
    said, other = 0, 0
    for number in range(8):
        answer = ask(recommender, song(number).part(6.0, 6.0), limit=8)
        assert answer.mood is not None
        for each in answer.recommendations:
            same = mood_of[each.track.track_id] == answer.mood.mood.id
            assert same or Reason.MOOD not in each.reasons
            said, other = said + (Reason.MOOD in each.reasons), other + (not same)
    assert said > 0
    assert other > 0


UNLIKELY = {kind.value: 1e-9 for kind in Reason}  # so close that no kind but the very same is


def test_movement_is_a_reason_where_the_sound_goes_on_alike(analyses: list[TrackAnalysis]) -> None:
    usual = UNLIKELY | {Reason.MOVEMENT.value: 0.5}
    moved = recommender_of(analyses, naming=NO_NAMES, typical_distance=usual)
    first, *others = ask(moved, song(7).part(3.0, 6.0)).recommendations
    assert first.track.track_id == "track-007"
    assert Reason.MOVEMENT in first.reasons
    assert not any(Reason.MOVEMENT in each.reasons for each in others)


def test_movement_is_a_reason_for_tracks_like_a_catalogued_one(analyses: list[TrackAnalysis]) -> None:
    usual = dict.fromkeys(UNLIKELY, 1e9) | {Reason.MOVEMENT.value: 1e12}
    moved = recommender_of(analyses, typical_distance=usual)
    assert all(Reason.MOVEMENT in each.reasons for each in similar(moved, "track-003").recommendations)


def test_moods_come_most_probable_first(recommender: Recommender) -> None:
    answer = ask(recommender, song(2).part(6.0, 6.0))
    probabilities = [guess.probability for guess in answer.moods]
    assert len(probabilities) == 10
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1.0, abs=1e-4)
    assert answer.mood == answer.moods[0]


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_the_limit(recommender: Recommender, limit: int) -> None:
    answer = ask(recommender, song(2).part(6.0, 6.0), limit=limit, per_artist=0)
    assert len(answer.recommendations) == min(limit, N_TRACKS - 1)


@pytest.mark.parametrize("per_artist", [1, 2])
def test_so_many_of_one_artist(recommender: Recommender, per_artist: int) -> None:
    answer = ask(recommender, song(2).part(6.0, 6.0), per_artist=per_artist)
    artists = Counter(each.track.artist for each in answer.recommendations)
    assert max(artists.values()) == per_artist
    assert len(artists) == 5


def test_two_answers_to_one_question_are_one(analyses: list[TrackAnalysis], recommender: Recommender) -> None:
    take = song(9).part(2.0, 6.0)
    first = ask(recommender, take)
    assert ask(recommender, take) == first
    assert ask(recommender_of(analyses), take) == first


def test_equal_scores_keep_one_order(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of([analyses[0]] * 6, naming=NO_NAMES), song(8).part(2.0, 6.0), per_artist=0)
    assert offered(answer) == [f"track-{number:03d}" for number in range(6)]


def test_an_excluded_track_is_neither_named_nor_offered(recommender: Recommender) -> None:
    answer = ask(recommender, song(1).part(5.0, 6.0), exclude=TrackId("track-001"), per_artist=0)
    assert answer.same_recording is None
    assert len(offered(answer)) == N_TRACKS - 1
    assert "track-001" not in offered(answer)


# -- refusals


@pytest.mark.parametrize(
    ("excerpt", "reason"),
    [
        (melody(2.9), "too_short"),
        (silence(6.0), "too_quiet"),
        (Excerpt.from_samples(np.sign(white_noise(6.0).samples), SPEC.sr), "clipped"),
        (silence(0.0), "too_short"),
    ],
    ids=["short", "silent", "clipped", "nothing"],
)
def test_a_bad_recording_is_refused_before_it_is_analysed(
    recommender: Recommender, excerpt: Excerpt, reason: str
) -> None:
    answer = ask(recommender, excerpt)
    assert (answer.verdict, answer.reason) == ("none", reason)
    assert set(answer.measured) == {"value", "needed"}
    assert answer.moods == ()
    assert answer.recommendations == ()
    assert answer.level_db is not None


NOT_MUSIC = {"weights": [0.0] * N_STATISTICS, "bias": -3.0, "threshold": 0.5}


def test_what_is_no_music_is_refused_with_what_was_measured(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of(analyses, music=NOT_MUSIC), white_noise(6.0))
    assert (answer.verdict, answer.reason) == ("none", "not_music")
    assert answer.measured["value"] < answer.measured["needed"] == 0.5
    assert answer.recommendations == ()
    assert answer.moods == ()


def test_a_recognised_recording_needs_not_pass_for_music(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of(analyses, music=NOT_MUSIC, nothing_close=2.0), song(3).part(5.0, 6.0))
    assert answer.verdict == "match"


def test_nothing_close_tells_how_close(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of(analyses, nothing_close=1.5), melody(6.0, seed=500))
    assert (answer.verdict, answer.reason) == ("none", "nothing_close")
    assert answer.measured["value"] <= answer.measured["needed"]
    assert len(answer.moods) == 10
    assert answer.recommendations == ()


def test_an_empty_catalogue_is_a_refusal() -> None:
    class Nothing(FakeCandidates):
        def passages(self, model_id: str) -> Any:
            full = FakeCandidates([analyse_blocks([melody(6.0)], SPEC)], model).passages(model_id)
            return replace(
                full,
                track_ids=(),
                track_index=full.track_index[:0],
                starts_s=full.starts_s[:0],
                embeddings=full.embeddings[:0],
                mood_probabilities=full.mood_probabilities[:0],
            )

    model = classifier()
    empty = Recommender(model=model, candidates=Nothing([], model), spec=SPEC, resample=resample)
    empty.warm_up()
    answer = ask(empty, melody(6.0))
    assert (answer.verdict, answer.reason) == ("none", "empty_catalogue")
    assert answer.recommendations == ()


def test_a_catalogue_of_the_excluded_track_only_is_empty(analyses: list[TrackAnalysis]) -> None:
    answer = ask(recommender_of(analyses[:1]), melody(6.0), exclude=TrackId("track-000"))
    assert answer.reason == "empty_catalogue"


# -- cancellation


def test_a_cancelled_question_has_no_answer(recommender: Recommender) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        recommender.recommend(AnalysisRequest(RequestId(1), melody(6.0)), token)
    with pytest.raises(Cancelled):
        recommender.similar(TrackId("track-000"), limit=5, per_artist=2, token=token)


def test_cancelling_is_noticed_after_the_analysis(analyses: list[TrackAnalysis]) -> None:
    token = CancelToken()

    class Cancelling(FakeClassifier):
        def run(self, statistics: Floats) -> tuple[Floats, Floats]:
            token.cancel()
            return super().run(statistics)

    model = Cancelling(n_statistics=N_STATISTICS)
    candidates = FakeCandidates(analyses, classifier())
    waiting = Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)
    with pytest.raises(Cancelled):
        waiting.recommend(AnalysisRequest(RequestId(1), melody(6.0)), token)


# -- similar to a track


def similar(recommender: Recommender, name: str, **how: Any) -> Answer:
    rules: dict[str, Any] = {"limit": 24, "per_artist": 0, "token": CancelToken()} | how
    return recommender.similar(TrackId(name), **rules)


def test_similar_leaves_the_track_itself_out(recommender: Recommender) -> None:
    answer = similar(recommender, "track-004")
    assert answer.verdict == "similar"
    assert answer.same_recording is None
    assert answer.level_db is None
    assert sorted(["track-004", *offered(answer)]) == [f"track-{number:03d}" for number in range(N_TRACKS)]
    assert (answer.start_s, answer.duration_s) == (0.0, pytest.approx(DURATION_S))


def test_similar_to_a_part(recommender: Recommender) -> None:
    answer = similar(recommender, "track-004", start_s=6.0, duration_s=6.0, limit=3)
    assert (answer.start_s, answer.duration_s) == (6.0, 6.0)
    assert len(answer.recommendations) == 3
    beyond = similar(recommender, "track-004", start_s=500.0)
    assert len(beyond.recommendations) == N_TRACKS - 1


def test_a_catalogued_track_is_music_whatever_the_model_says(analyses: list[TrackAnalysis]) -> None:
    assert similar(recommender_of(analyses, music=NOT_MUSIC), "track-000").verdict == "similar"


def test_similar_to_an_unknown_track_is_an_error(recommender: Recommender) -> None:
    with pytest.raises(UnknownTrack) as caught:
        similar(recommender, "track-999")
    assert caught.value.track_id == "track-999"


# -- the index


class Growing(FakeCandidates):
    """Counts how often its passages are read."""

    def __init__(self, analyses: Sequence[TrackAnalysis], model: FakeClassifier) -> None:
        super().__init__(analyses, model)
        self.n_read, self.changes = 0, 1

    def generation(self) -> int:
        return self.changes

    def passages(self, model_id: str) -> Any:
        self.n_read += 1
        return super().passages(model_id)


def test_passages_are_read_again_only_after_a_change(analyses: list[TrackAnalysis]) -> None:
    model = classifier()
    candidates = Growing(analyses, model)
    recommender = Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)
    recommender.warm_up()
    for _ in range(3):
        ask(recommender, melody(6.0))
    assert candidates.n_read == 1
    candidates.changes += 1
    ask(recommender, melody(6.0))
    assert candidates.n_read == 2


def test_an_import_in_the_middle_of_a_question_mixes_up_no_tracks(analyses: list[TrackAnalysis]) -> None:
    class Importing(Growing):
        """Another generation at every look, with its tracks in another order."""

        def generation(self) -> int:
            self.changes += 1
            return self.changes

        def passages(self, model_id: str) -> Any:
            table = super().passages(model_id)
            by = self.n_read % N_TRACKS
            turned = np.concatenate([np.flatnonzero(table.track_index == (i + by) % N_TRACKS) for i in range(N_TRACKS)])
            return replace(
                table,
                track_ids=table.track_ids[by:] + table.track_ids[:by],
                embeddings=table.embeddings[turned],
                mood_probabilities=np.roll(table.mood_probabilities, -by, axis=0),
            )

    model = classifier()
    candidates = Importing(analyses, model)
    answer = ask(Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample), song(6).part(5.0, 6.0))
    assert candidates.n_read == 1
    assert answer.same_recording is not None
    assert answer.same_recording.track.track_id == "track-006"


def test_a_track_that_went_away_meanwhile_is_passed_over(analyses: list[TrackAnalysis]) -> None:
    class Losing(FakeCandidates):
        def tracks_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, Track]:
            found = super().tracks_by_id(track_ids)
            return {name: track for name, track in found.items() if name != "track-003"}

        def statistics_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, tuple[Floats, Floats]]:
            return super().statistics_by_id([name for name in track_ids if name != "track-005"])

    model = classifier()
    candidates = Losing(analyses, model)
    recommender = Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)
    answer = ask(recommender, melody(6.0, seed=500), per_artist=0)
    assert len(answer.recommendations) == N_TRACKS - 1
    assert "track-003" not in offered(answer)
    assert ask(recommender, song(3).part(5.0, 6.0)).same_recording is None
