"""The newest song is measured, once; the thread outlives what goes wrong."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Floats, TrackId
from musicrec_desktop.workers.waveforms import WaveformWorker

PATIENCE_S = 10.0


class Desk:
    """Measures by the file's name; "long" goes on until it is given up."""

    def __init__(self) -> None:
        self.answers: SimpleQueue[tuple[TrackId, Floats]] = SimpleQueue()
        self.measured: list[str] = []
        self.begun = threading.Event()
        self.worker = WaveformWorker(on_waveform=lambda *answer: self.answers.put(answer), measure=self.measure)

    def measure(self, path: Path, *, token: CancelToken) -> Iterator[Floats]:
        self.measured.append(path.name)
        self.begun.set()
        if path.name == "bad":
            raise UndecodableFile(path=path, reason="damaged")
        if path.name == "bug":
            raise KeyError(path)
        while path.name == "long":
            token.check()
        yield np.full(3, len(self.measured), np.float32)

    def answer(self) -> tuple[TrackId, float]:
        name, shares = self.answers.get(timeout=PATIENCE_S)
        return name, float(shares[0])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.worker.stop()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {name: tmp_path / name for name in ("one", "other", "long", "bad", "bug")}
    for path in found.values():
        path.write_bytes(b"sound")
    return found


def test_a_song_is_measured_once(desk: Desk, files: dict[str, Path]) -> None:
    for name in ("one", "other", "one"):
        desk.worker.ask(TrackId(name), files[name])
        desk.answer()
    assert desk.measured == ["one", "other"]


def test_a_changed_file_is_measured_again(desk: Desk, files: dict[str, Path]) -> None:
    desk.worker.ask(TrackId("one"), files["one"])
    assert desk.answer() == ("one", 1.0)
    files["one"].write_bytes(b"another sound")
    desk.worker.ask(TrackId("one"), files["one"])
    assert desk.answer() == ("one", 2.0)


def test_the_next_song_does_not_wait_for_the_one_before(desk: Desk, files: dict[str, Path]) -> None:
    desk.worker.ask(TrackId("long"), files["long"])
    assert desk.begun.wait(PATIENCE_S)
    desk.worker.ask(TrackId("one"), files["one"])
    assert desk.answer()[0] == "one"
    assert desk.answers.empty()


@pytest.mark.parametrize("trouble", ["bad", "bug", "missing"])
def test_it_outlives_trouble(desk: Desk, files: dict[str, Path], trouble: str) -> None:
    desk.worker.ask(TrackId(trouble), files.get(trouble, Path("/nowhere/at/all")))
    assert trouble == "missing" or desk.begun.wait(PATIENCE_S)
    desk.worker.ask(TrackId("one"), files["one"])
    assert desk.answer()[0] == "one"


def test_it_can_be_stopped_at_any_time(desk: Desk, files: dict[str, Path]) -> None:
    Desk().worker.stop()
    desk.worker.ask(TrackId("long"), files["long"])
    assert desk.begun.wait(PATIENCE_S)
    desk.worker.stop()
    desk.worker.stop()
    desk.worker.ask(TrackId("one"), files["one"])
    assert desk.answers.empty()
