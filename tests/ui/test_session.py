"""The state machine, without widgets and without a sound card."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from musicrec_desktop.core.errors import AudioError, DeviceLost, ModelMissing, NoInputDevice, UndecodableFile
from musicrec_desktop.core.settings import AudioSettings
from musicrec_desktop.core.types import Excerpt, RequestId, Track, TrackId
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.workers.analysis import AnalysisRequest, FileRequest, SimilarRequest
from musicrec_desktop.workers.microphone import Played
from tests.ui.fakes import FakeEars, FakeMic, FakeWorker, answer

WHEN = datetime(2026, 11, 3, 21, 4)
CLOSED = AudioSettings()
ARMED = AudioSettings(armed=True)
SONG = Track(TrackId("t1"), Path("/music/song.mp3"), "Song", "Somebody", "", 30.0, 3, "own")


class Desk:
    """A session with fakes around it, and what it said."""

    def __init__(self, audio: AudioSettings = CLOSED) -> None:
        self.worker, self.ears, self.mic = FakeWorker(), FakeEars(), FakeMic()
        self.session = SessionController(worker=self.worker, ears=self.ears, audio=audio, now=lambda: WHEN)
        self.states: list[State] = []
        self.shown: list[tuple] = []
        self.failures: list[Exception] = []
        self.looks: list = []
        self.progress: list[tuple[float, float]] = []
        self.remembered: list[AudioSettings] = []
        self.session.state_changed.connect(self.states.append)
        self.session.shown.connect(lambda take, found: self.shown.append((take, found)))
        self.session.failed.connect(self.failures.append)
        self.session.so_far.connect(self.looks.append)
        self.session.progress.connect(lambda share, heard_s: self.progress.append((share, heard_s)))
        self.session.audio_settings_changed.connect(self.remembered.append)
        self.session.start()

    @property
    def state(self) -> State:
        return self.session.state

    def hear(self, duration_s: float) -> None:
        """Let sound arrive in pieces of 0.1 s, with a tick after each."""
        for _ in range(round(duration_s * 10)):
            self.mic.hear(0.1)
            self.session.tick()


@pytest.fixture
def armed(qapp: object) -> Desk:
    desk = Desk(ARMED)
    desk.session.on_ready()
    desk.session.on_opened(desk.mic)
    desk.hear(20.0)
    return desk


def test_the_microphone_stays_closed_until_the_first_press(qapp: object) -> None:
    desk = Desk()
    desk.session.on_ready()
    assert desk.state is State.READY
    assert desk.ears.wanted == []
    desk.session.press()
    assert desk.state is State.LISTENING
    assert desk.ears.wanted == [ARMED]
    assert desk.remembered == [ARMED]


def test_a_listener_who_armed_it_once_finds_it_open(qapp: object) -> None:
    desk = Desk(ARMED)
    assert desk.state is State.PREPARING
    assert desk.ears.wanted == [ARMED]
    desk.session.on_opened(desk.mic)
    desk.session.on_ready()
    assert desk.state is State.ARMED


def test_a_take_that_waits_for_the_microphone_counts_from_its_first_sample(qapp: object) -> None:
    desk = Desk()
    desk.session.on_ready()
    desk.session.press()
    desk.session.release()
    desk.session.tick()
    assert desk.progress == []
    desk.session.on_opened(desk.mic)
    desk.hear(6.0)
    assert desk.state is State.ANALYSING
    assert desk.worker.requests[-1].excerpt.duration_s == pytest.approx(6.0)


def test_it_answers_by_itself_at_six_seconds_of_samples(armed: Desk) -> None:
    armed.session.press()
    armed.session.release()
    armed.hear(5.9)
    assert armed.state is State.LISTENING
    assert armed.progress[-1] == (pytest.approx(5.9 / 6), pytest.approx(5.9))
    armed.hear(0.1)
    assert armed.state is State.ANALYSING
    request = armed.worker.requests[-1]
    assert request.excerpt.duration_s == pytest.approx(6.0, abs=0.002)
    assert request.start_s == pytest.approx(20.0, abs=0.01)
    armed.session.on_result(request.request_id, answer(request.start_s))
    assert armed.state is State.SHOWING
    take, _ = armed.shown[0]
    assert (take.origin, take.at) == ("microphone", WHEN)
    assert take.excerpt.duration_s == pytest.approx(26.0, abs=0.01)


def test_a_second_press_ends_it_early(armed: Desk) -> None:
    armed.session.press()
    armed.session.release()
    armed.hear(3.5)
    armed.session.press()
    assert armed.state is State.ANALYSING
    assert armed.worker.requests[-1].excerpt.duration_s == pytest.approx(3.5, abs=0.01)


def test_held_on_it_goes_on_to_fifteen_seconds(armed: Desk) -> None:
    armed.session.press()
    armed.hear(14.9)
    assert armed.state is State.LISTENING
    armed.hear(0.2)
    assert armed.state is State.ANALYSING
    assert armed.worker.requests[-1].excerpt.duration_s == pytest.approx(15.0, abs=0.01)


def test_a_click_is_not_held_on(armed: Desk) -> None:
    armed.session.click()
    armed.hear(6.1)
    assert armed.state is State.ANALYSING


def test_let_go_after_six_seconds_it_takes_what_was_heard(armed: Desk) -> None:
    armed.session.press()
    armed.hear(9.0)
    armed.session.release()
    assert armed.state is State.ANALYSING
    assert armed.worker.requests[-1].excerpt.duration_s == pytest.approx(9.0, abs=0.01)


def test_escape_drops_the_take_and_asks_nothing(armed: Desk) -> None:
    armed.session.press()
    armed.hear(2.0)
    armed.session.escape()
    assert armed.state is State.ARMED
    armed.hear(10.0)
    assert armed.worker.requests == []


def test_pressed_late_the_last_six_seconds_are_asked_about(armed: Desk) -> None:
    armed.session.press_last()
    assert armed.state is State.ANALYSING
    request = armed.worker.requests[-1]
    assert (request.start_s, request.excerpt.duration_s) == (pytest.approx(14.0), pytest.approx(6.0))


def test_first_looks_are_shown_while_listening_and_never_after(armed: Desk) -> None:
    armed.session.press()
    armed.session.release()
    armed.hear(3.1)
    look = armed.worker.last_id
    armed.session.on_result(look, answer())
    assert len(armed.looks) == 1
    armed.hear(1.5)
    second_look = armed.worker.last_id
    assert second_look != look
    armed.session.on_result(look, answer())
    assert len(armed.looks) == 1
    armed.hear(2.0)
    armed.session.on_result(second_look, answer())
    assert len(armed.looks) == 1
    assert armed.state is State.ANALYSING


def test_an_answer_to_an_older_question_is_ignored(armed: Desk) -> None:
    armed.session.press_last()
    old = armed.worker.last_id
    armed.session.escape()
    armed.session.press_last()
    armed.session.on_result(old, answer())
    assert armed.state is State.ANALYSING
    assert armed.shown == []
    armed.session.on_error(old, UndecodableFile(path=Path("x"), reason="empty"))
    assert armed.failures == []


def test_another_passage_of_the_same_take_can_be_asked_about(armed: Desk) -> None:
    armed.session.press_last()
    armed.session.on_result(armed.worker.last_id, answer(14.0))
    take, _ = armed.shown[0]
    armed.session.ask_passage(take.about(2.0, 6.0))
    request = armed.worker.requests[-1]
    assert request.start_s == 2.0
    armed.session.on_result(request.request_id, answer(2.0))
    assert armed.shown[1][0].start_s == 2.0
    assert armed.shown[1][0].at == WHEN


def test_a_file_is_shown_when_decoded_and_answered_after(armed: Desk) -> None:
    armed.session.open_file(Path("/music/song.mp3"))
    request = armed.worker.requests[-1]
    assert isinstance(request, FileRequest)
    whole = Excerpt.from_samples(armed.mic.ring.latest(9000), 1000)
    armed.session.on_excerpt(request.request_id, whole)
    armed.session.on_result(request.request_id, answer(3.0, 6.0))
    take, _ = armed.shown[0]
    assert (take.origin, take.name, take.start_s, take.duration_s) == ("file", "song.mp3", 3.0, 6.0)
    assert take.excerpt is whole


def test_an_unreadable_file_fails_in_place(armed: Desk) -> None:
    armed.session.open_file(Path("/music/song.txt"))
    armed.session.on_error(armed.worker.last_id, UndecodableFile(path=Path("/music/song.txt"), reason="not_audio"))
    assert armed.state is State.ARMED
    assert len(armed.failures) == 1


def test_similar_to_a_track_needs_no_sound(armed: Desk) -> None:
    armed.session.similar_to(SONG, start_s=12.0)
    request = armed.worker.requests[-1]
    assert isinstance(request, SimilarRequest)
    assert (request.track_id, request.start_s) == ("t1", 12.0)
    armed.session.on_result(request.request_id, answer(12.0))
    assert armed.shown[0][0].excerpt is None


def test_what_was_heard_before_the_microphone_went_away_can_be_used(armed: Desk) -> None:
    armed.session.press()
    armed.session.release()
    armed.hear(3.8)
    armed.session.on_ear_error(DeviceLost(device_name="Test microphone"))
    assert armed.state is State.UNAVAILABLE
    reason = armed.session.reason
    assert isinstance(reason, DeviceLost)
    assert reason.kept_s == pytest.approx(3.8, abs=0.01)
    armed.session.use_kept()
    assert armed.state is State.ANALYSING
    assert armed.worker.requests[-1].excerpt.duration_s == pytest.approx(3.8, abs=0.01)


def test_a_microphone_that_comes_back_is_armed_again(armed: Desk) -> None:
    armed.session.on_ear_error(DeviceLost())
    assert armed.state is State.UNAVAILABLE
    armed.session.on_opened(FakeMic())
    assert armed.state is State.ARMED
    assert armed.session.reason is None


def test_without_a_microphone_files_still_work(qapp: object) -> None:
    desk = Desk()
    desk.session.on_ready()
    desk.session.press()
    desk.session.on_ear_error(NoInputDevice())
    assert desk.state is State.UNAVAILABLE
    desk.session.open_file(Path("song.mp3"))
    desk.session.on_result(desk.worker.last_id, answer())
    assert desk.state is State.SHOWING
    desk.session.escape()
    assert desk.state is State.UNAVAILABLE


def test_without_a_model_the_microphone_stays_open_and_a_press_tries_again(armed: Desk) -> None:
    armed.session.on_error(None, ModelMissing(path=Path("mood.onnx")))
    assert armed.state is State.UNAVAILABLE
    assert armed.session.source is armed.mic
    armed.session.press()
    assert armed.worker.retried == 1
    armed.session.on_ready()
    assert armed.state is State.ARMED


def test_a_take_made_while_the_engine_loads_is_answered_when_it_is_there(qapp: object) -> None:
    desk = Desk(ARMED)
    desk.session.on_opened(desk.mic)
    desk.session.press()
    desk.session.release()
    desk.hear(6.1)
    assert desk.state is State.ANALYSING
    assert len(desk.worker.requests) == 1  # no first looks before there is an engine
    desk.session.on_ready()
    desk.session.on_result(desk.worker.last_id, answer())
    assert desk.state is State.SHOWING


def test_another_device_is_opened_and_remembered(armed: Desk) -> None:
    monitor = replace(ARMED, source="monitor", device="Speakers")
    armed.session.choose_audio(monitor)
    assert armed.ears.wanted[-1] == monitor
    assert armed.remembered[-1] == monitor
    assert armed.state is State.READY
    armed.session.on_opened(FakeMic())
    assert armed.state is State.ARMED
    armed.session.choose_audio(replace(monitor, armed=False))
    assert armed.ears.wanted[-1] is None


def test_request_numbers_are_never_used_twice(armed: Desk) -> None:
    armed.session.press_last()
    armed.session.open_file(Path("a.mp3"))
    armed.session.similar_to(SONG)
    numbers = [request.request_id for request in armed.worker.requests]
    assert numbers == sorted(set(numbers))
    assert RequestId(0) not in numbers


# the sample recording

SAMPLE = Path("/demo/sample.opus")


def played() -> FakeMic:
    mic = FakeMic()
    mic.played, mic.name = True, SAMPLE.name
    return mic


def sampling(desk: Desk) -> FakeMic:
    desk.session.play_sample(SAMPLE, volume=0.5)
    assert desk.ears.wanted[-1] == Played(SAMPLE, 0.5)
    assert desk.state is State.LISTENING and desk.session.sampling
    ear = played()
    desk.session.on_opened(ear, ear.name)
    return ear


def hear(desk: Desk, ear: FakeMic, duration_s: float) -> None:
    for _ in range(round(duration_s * 10)):
        ear.hear(0.1)
        desk.session.tick()


def test_a_sample_is_asked_about_after_six_seconds_and_the_microphone_comes_back(armed: Desk) -> None:
    ear = sampling(armed)
    hear(armed, ear, 4.0)
    assert isinstance(armed.worker.requests[-1], AnalysisRequest)  # a first look
    hear(armed, ear, 2.0)
    assert armed.state is State.ANALYSING
    assert armed.worker.requests[-1].excerpt.duration_s == pytest.approx(6.0, abs=0.1)
    armed.session.on_result(armed.worker.last_id, answer())
    assert armed.state is State.SHOWING and not armed.session.sampling
    assert armed.shown[-1][0].origin == "sample"
    assert armed.ears.wanted[-1] == ARMED and armed.session.source is None


def test_after_a_sample_the_microphone_stays_closed_if_it_was(qapp: object) -> None:
    desk = Desk()
    desk.session.on_ready()
    hear(desk, sampling(desk), 6.0)
    desk.session.on_result(desk.worker.last_id, answer())
    assert desk.ears.wanted[-1] is None and desk.remembered == []
    desk.session.escape()
    assert desk.state is State.READY


def test_a_sample_can_be_left(armed: Desk) -> None:
    sampling(armed)
    armed.session.escape()
    assert armed.ears.wanted[-1] == ARMED and not armed.session.sampling
    assert armed.state is State.READY
    armed.session.on_opened(armed.mic)
    assert armed.state is State.ARMED


def test_a_microphone_that_opens_late_is_not_taken_for_the_sample(qapp: object) -> None:
    desk = Desk(ARMED)
    desk.session.on_ready()
    desk.session.play_sample(SAMPLE, volume=0.5)
    desk.session.on_opened(desk.mic)
    assert desk.session.source is None
    hear(desk, sampling(desk), 1.0)
    desk.session.escape()
    desk.session.on_opened(played(), "late")
    assert desk.session.source is None


def test_another_question_ends_the_sample(armed: Desk) -> None:
    sampling(armed)
    armed.session.similar_to(SONG)
    assert not armed.session.sampling and armed.ears.wanted[-1] == ARMED
    assert armed.state is State.ANALYSING


def test_a_sample_without_a_microphone_and_back_to_no_microphone(qapp: object) -> None:
    desk = Desk()
    desk.session.on_ready()
    desk.session.press()
    desk.session.on_ear_error(NoInputDevice())
    assert desk.state is State.UNAVAILABLE
    hear(desk, sampling(desk), 6.0)
    desk.session.on_result(desk.worker.last_id, answer())
    assert desk.state is State.SHOWING


def test_a_sample_that_cannot_be_played_says_so(armed: Desk) -> None:
    armed.session.play_sample(SAMPLE, volume=0.5)
    armed.session.on_ear_error(AudioError(path=SAMPLE))
    assert armed.state is State.READY and len(armed.failures) == 1
    assert armed.ears.wanted[-1] == ARMED
