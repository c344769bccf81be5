"""The analysis thread, with an engine of its own making."""

import threading
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import CatalogueBusy, CatalogueDamaged, ModelMissing, UnknownTrack
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId, TrackId
from musicrec_desktop.workers.analysis import AnalysisWorker, Engine, EngineFacts, FileRequest, SimilarRequest

WAIT_S = 5.0


def excerpt_of(duration_s: float) -> Excerpt:
    return Excerpt.from_samples(np.zeros(int(duration_s * 1000), np.float32), 1000)


def answer_about(start_s: float, duration_s: float) -> Answer:
    return Answer(start_s, duration_s, -20.0, "similar", None, (), None, (), {})


class SlowRecommender:
    """Waits inside `recommend` until it is let go, or until its token is cancelled."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.let_go.set()
        self.entered = threading.Event()
        self.threads: set[str] = set()
        self.asked: list[int] = []
        self.trouble: Exception | None = None  # of warming up

    def warm_up(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.trouble:
            raise self.trouble

    def recommend(self, request: AnalysisRequest, token: CancelToken) -> Answer:
        self.threads.add(threading.current_thread().name)
        self.asked.append(request.request_id)
        self.entered.set()
        while not self.let_go.wait(0.001):
            token.check()
        return answer_about(request.start_s, request.excerpt.duration_s)

    def similar(self, track_id: TrackId, **how: object) -> Answer:
        if track_id == "none":
            raise UnknownTrack(track_id=track_id)
        if track_id == "damaged":
            raise CatalogueDamaged(path=Path("catalogue.db"))
        return answer_about(0.0, 6.0)


class Desk:
    """A worker with its callbacks written down."""

    def __init__(self, failures: int = 0) -> None:
        self.recommender = SlowRecommender()
        self.failures = failures
        self.ready = threading.Event()
        self.closed = threading.Event()
        self.model_id = "model"  # in use; an engine keeps the one it was made with
        self.results: list[tuple[int, Answer]] = []
        self.facts: list[EngineFacts] = []
        self.excerpts: list[tuple[int, Excerpt]] = []
        self.errors: list[tuple[int | None, Exception]] = []
        self.changed = threading.Condition()
        self.worker = AnalysisWorker(
            make_engine=self.make_engine,
            on_ready=self.on_ready,
            on_excerpt=lambda number, excerpt: self.note(self.excerpts, (number, excerpt)),
            on_result=lambda number, answer: self.note(self.results, (number, answer)),
            on_error=lambda number, error: self.note(self.errors, (number, error)),
        )

    def make_engine(self) -> Engine:
        if self.failures:
            self.failures -= 1
            raise ModelMissing(path=Path("mood.onnx"))
        made_with = self.model_id
        return Engine(
            facts=EngineFacts(made_with, ()),
            recommender=self.recommender,
            read=lambda path: excerpt_of(20.0),
            choose_passage=lambda excerpt: (4.0, 6.0),
            close=self.closed.set,
            is_current=lambda: self.model_id == made_with,
        )

    def on_ready(self, facts: EngineFacts) -> None:
        self.ready.set()
        self.note(self.facts, facts)

    def note(self, notes: list, entry: object) -> None:
        with self.changed:
            notes.append(entry)
            self.changed.notify_all()

    def wait_for(self, notes: list, count: int = 1) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(notes) >= count, WAIT_S)

    def ask(self, number: int) -> None:
        self.worker.submit(AnalysisRequest(RequestId(number), excerpt_of(6.0)))


@pytest.fixture
def desk() -> "Desk":
    desk = Desk()
    desk.worker.start()
    yield desk
    desk.recommender.let_go.set()
    desk.worker.stop()


def test_the_engine_is_made_and_used_in_the_analysis_thread_only(desk: Desk) -> None:
    desk.ask(1)
    desk.wait_for(desk.results)
    assert desk.ready.is_set()
    assert desk.recommender.threads == {"analysis"}
    assert desk.results[0][0] == 1


def test_a_newer_request_cancels_the_one_in_work_and_replaces_the_waiting_one(desk: Desk) -> None:
    desk.recommender.let_go.clear()
    desk.ask(1)
    assert desk.recommender.entered.wait(WAIT_S)
    desk.ask(2)
    desk.ask(3)
    desk.recommender.let_go.set()
    desk.wait_for(desk.results)
    desk.worker.stop()
    assert [number for number, _ in desk.results][-1] == 3
    assert 1 not in [number for number, _ in desk.results]
    assert not desk.errors


def test_a_cancelled_request_is_never_answered(desk: Desk) -> None:
    desk.recommender.let_go.clear()
    desk.ask(1)
    assert desk.recommender.entered.wait(WAIT_S)
    desk.worker.cancel()
    desk.recommender.let_go.set()
    desk.ask(2)
    desk.wait_for(desk.results)
    assert [number for number, _ in desk.results] == [2]


def test_a_file_is_shown_first_and_asked_about_where_it_is_most_typical(desk: Desk) -> None:
    desk.worker.submit(FileRequest(RequestId(5), Path("song.mp3")))
    desk.wait_for(desk.results)
    assert desk.excerpts[0][0] == 5
    assert desk.excerpts[0][1].duration_s == 20.0
    answer = desk.results[0][1]
    assert (answer.start_s, answer.duration_s) == (4.0, 6.0)


def test_an_error_names_its_request_and_the_thread_goes_on(desk: Desk) -> None:
    desk.worker.submit(SimilarRequest(RequestId(7), TrackId("none")))
    desk.wait_for(desk.errors)
    number, error = desk.errors[0]
    assert number == 7
    assert isinstance(error, UnknownTrack)
    desk.worker.submit(SimilarRequest(RequestId(8), TrackId("t")))
    desk.wait_for(desk.results)
    assert desk.results[0][0] == 8


def test_an_engine_that_could_not_be_made_is_tried_again() -> None:
    desk = Desk(failures=2)
    desk.worker.start()
    desk.wait_for(desk.errors)
    assert desk.errors[0][0] is None
    desk.worker.retry()
    desk.wait_for(desk.errors, 2)
    desk.ask(3)
    desk.wait_for(desk.results)
    assert desk.results[0][0] == 3
    desk.worker.stop()


def test_an_engine_that_does_not_get_warm_is_closed_before_another_is_made() -> None:
    desk = Desk()
    desk.recommender.trouble = CatalogueBusy(path=Path("catalogue.db"))
    desk.worker.start()
    desk.wait_for(desk.errors)
    assert desk.closed.is_set() and not desk.ready.is_set()
    desk.closed.clear()
    desk.recommender.trouble = None
    desk.ask(1)
    desk.wait_for(desk.results)
    assert not desk.closed.is_set()
    desk.worker.stop()


def test_after_damage_the_engine_is_made_anew(desk: Desk) -> None:
    desk.worker.submit(SimilarRequest(RequestId(1), TrackId("damaged")))
    desk.wait_for(desk.errors)
    assert desk.closed.is_set() and desk.ready.is_set()
    desk.ready.clear()
    desk.ask(2)
    desk.wait_for(desk.results)
    assert desk.ready.is_set()


def test_when_another_model_is_in_use_the_engine_is_made_anew_before_the_next_answer(desk: Desk) -> None:
    desk.ask(1)
    desk.wait_for(desk.results)
    desk.model_id = "newer"
    desk.ask(2)
    desk.wait_for(desk.results, 2)
    assert [facts.model_id for facts in desk.facts] == ["model", "newer"]
    assert desk.closed.is_set()
    desk.ask(3)
    desk.wait_for(desk.results, 3)
    assert len(desk.facts) == 2


def test_what_was_answered_while_another_model_came_into_use_is_asked_again(desk: Desk) -> None:
    desk.recommender.let_go.clear()
    desk.ask(1)
    assert desk.recommender.entered.wait(WAIT_S)
    desk.model_id = "newer"
    desk.recommender.let_go.set()
    desk.wait_for(desk.results)
    assert (desk.recommender.asked, len(desk.results)) == ([1, 1], 1)
    assert [facts.model_id for facts in desk.facts] == ["model", "newer"]


def test_the_engine_moves_over_without_a_question_when_it_is_told_to_look(desk: Desk) -> None:
    desk.wait_for(desk.facts)
    desk.model_id = "newer"
    desk.worker.retry()
    desk.wait_for(desk.facts, 2)
    assert desk.facts[1].model_id == "newer" and not desk.errors


def test_stop_ends_a_running_job_and_closes_the_engine(desk: Desk) -> None:
    desk.recommender.let_go.clear()
    desk.ask(1)
    assert desk.recommender.entered.wait(WAIT_S)
    desk.worker.stop()
    assert desk.closed.is_set()
    assert not desk.results
    desk.worker.stop()


def test_stop_before_start_is_quiet() -> None:
    Desk().worker.stop()
