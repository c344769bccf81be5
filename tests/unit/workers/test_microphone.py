"""The thread that keeps the microphone open, with a sound card of its own making."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicrec_desktop.core.errors import AudioError, DeviceLost, NoInputDevice
from musicrec_desktop.core.settings import AudioSettings
from musicrec_desktop.workers.microphone import MicrophoneWorker, OnSilent, Played

WAIT_S = 5.0
WANTED = AudioSettings(device="One", armed=True)


class Capture:
    def __init__(self, name: str, on_lost: Callable[[AudioError], None]) -> None:
        self.name = name
        self.lose = lambda: on_lost(DeviceLost(device_name=name))
        self.closed = threading.Event()

    def close(self, *, wait_s: float = 0.0) -> bool:
        self.closed.set()
        return True


class Card:
    """A worker with its callbacks written down; the first `failures` openings fail."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.captures: list[Capture] = []
        self.opened: list[str] = []
        self.errors: list[AudioError] = []
        self.inputs: list[object] = []
        self.changed = threading.Condition()
        self.worker = MicrophoneWorker(
            on_opened=lambda capture, name: self.note(self.opened, name),
            on_error=lambda error: self.note(self.errors, error),
            on_inputs=lambda inputs: self.note(self.inputs, inputs),
            opener=self.open,
            player=self.play,
            lister=lambda: ("One", "Two"),
            retry_s=0.02,
        )

    def open(self, audio: AudioSettings, on_lost: Callable[[AudioError], None]) -> Capture:
        if self.failures:
            self.failures -= 1
            raise NoInputDevice(device_name=audio.device)
        self.captures.append(Capture(audio.device, on_lost))
        return self.captures[-1]

    def play(self, wanted: Played, on_silent: OnSilent) -> Capture:
        if wanted.path.name.startswith("gone"):
            raise AudioError(path=wanted.path)
        self.captures.append(Capture(wanted.path.name, lambda error: None))
        return self.captures[-1]

    def note(self, notes: list, entry: object) -> None:
        with self.changed:
            notes.append(entry)
            self.changed.notify_all()

    def wait_for(self, notes: list, count: int = 1) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(notes) >= count, WAIT_S)


@pytest.fixture
def card() -> Iterator[Card]:
    card = Card()
    card.worker.start()
    yield card
    card.worker.stop()


def test_it_lists_the_inputs_when_asked_and_opens_nothing_by_itself(card: Card) -> None:
    card.worker.look()
    card.wait_for(card.inputs)
    card.worker.stop()
    assert card.inputs == [("One", "Two")]
    assert card.opened == []


def test_what_is_wanted_is_opened_and_closed_when_it_no_longer_is(card: Card) -> None:
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.worker.want(None)
    assert card.captures[0].closed.wait(WAIT_S)
    assert card.opened == ["One"]
    assert not card.errors


def test_another_device_takes_the_place_of_the_first(card: Card) -> None:
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.worker.want(AudioSettings(device="Two", armed=True))
    card.wait_for(card.opened, 2)
    assert card.captures[0].closed.is_set()
    assert card.opened == ["One", "Two"]


def test_a_device_that_is_lost_is_reported_once_and_opened_again(card: Card) -> None:
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.failures = 2
    card.captures[0].lose()
    card.wait_for(card.opened, 2)
    assert [type(error) for error in card.errors] == [DeviceLost]


def test_a_loss_of_a_device_that_was_given_up_is_no_news(card: Card) -> None:
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.worker.want(AudioSettings(device="Two", armed=True))
    card.wait_for(card.opened, 2)
    card.captures[0].lose()
    card.worker.stop()
    assert card.errors == []


def test_what_cannot_be_opened_is_said_once_and_tried_again() -> None:
    card = Card(failures=3)
    card.worker.start()
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.worker.stop()
    assert [type(error) for error in card.errors] == [NoInputDevice]
    assert card.captures[0].closed.is_set()


def test_stop_before_start_is_quiet() -> None:
    Card().worker.stop()


def test_a_recording_takes_the_place_of_the_microphone_and_gives_it_back(card: Card) -> None:
    card.worker.want(WANTED)
    card.wait_for(card.opened)
    card.worker.want(Played(Path("sample.opus"), 0.5))
    card.wait_for(card.opened, 2)
    assert card.captures[0].closed.is_set()
    card.worker.want(WANTED)
    card.wait_for(card.opened, 3)
    assert card.opened == ["One", "sample.opus", "One"]
    assert card.captures[1].closed.is_set()


def test_a_recording_that_cannot_be_played_is_tried_once(card: Card) -> None:
    card.worker.want(Played(Path("gone.opus"), 0.5))
    card.wait_for(card.errors)
    card.worker.look()
    card.wait_for(card.inputs)
    assert len(card.errors) == 1 and not card.captures


def test_the_thread_ends_though_the_device_does_not_close() -> None:
    card = Card()
    card.worker.start()
    card.worker.want(WANTED)
    card.wait_for(card.opened)

    def close(*, wait_s: float = 0.0) -> bool:
        raise OSError("the driver is gone")

    card.captures[0].close = close
    card.worker.stop()
    assert not card.worker._thread.is_alive()
    assert card.errors
