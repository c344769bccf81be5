"""The loudspeaker, or silence: also where a sound server hangs."""

import threading
import time

import numpy as np
import pytest

from musicrec_desktop.audio.loudspeaker import open_or_silence
from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream, PortAudioFailed
from musicrec_desktop.core.types import Floats
from tests.unit.audio.test_capture import wait_for


class Source:
    """What is to be heard: counts what it gave, and to how many streams at once."""

    def __init__(self) -> None:
        self.n_frames = 0
        self.finished = threading.Event()

    def fill(self, out: Floats) -> None:
        out[:] = 0.5
        self.n_frames += len(out)


@pytest.fixture
def source() -> Source:
    return Source()


def test_the_loudspeaker_gets_what_it_asks_for(source: Source) -> None:
    def opener(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        fill(np.zeros((10, 2), np.float32))
        on_finished()
        return OpenStream(48000, lambda: None)

    stream, heard = open_or_silence(opener, source.fill, source.finished.set)
    assert (stream.sr, heard, source.n_frames, source.finished.is_set()) == (48000, True, 10, True)


def test_without_one_blocks_are_taken_at_the_pace_of_a_card(source: Source) -> None:
    def opener(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        raise PortAudioFailed("there is none")

    began = time.monotonic()
    stream, heard = open_or_silence(opener, source.fill, source.finished.set)
    wait_for(lambda: source.n_frames > stream.sr // 2)
    took_s = time.monotonic() - began
    stream.close()
    assert not heard and source.n_frames / stream.sr == pytest.approx(took_s, abs=0.3)
    assert source.finished.wait(2.0)
    given = source.n_frames
    time.sleep(0.1)
    assert source.n_frames == given


def test_one_that_opens_too_late_is_closed_and_gets_nothing(source: Source) -> None:
    answering, closed = threading.Event(), threading.Event()
    asked: list[Floats] = []

    def opener(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        answering.wait(10.0)
        asked.append(np.ones((10, 2), np.float32))
        fill(asked[0])
        on_finished()
        return OpenStream(48000, closed.set)

    stream, heard = open_or_silence(opener, source.fill, source.finished.set, within_s=0.1)
    assert not heard
    stream.close()
    assert source.finished.wait(2.0)
    source.finished.clear()
    given = source.n_frames
    answering.set()
    assert closed.wait(5.0)
    assert not asked[0].any() and source.n_frames == given and not source.finished.is_set()
