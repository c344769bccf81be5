"""PortAudio is not ended under a stream, not even under one that is only being opened."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from musicrec_desktop.audio import portaudio
from musicrec_desktop.core.errors import NoInputDevice

DEVICE = portaudio.HostDevice(0, "slow", "none", 1, 44100, True, True)


class SlowLibrary(SimpleNamespace):
    """Stands in for the library; opening a stream takes until the test lets it go on."""

    class PortAudioError(Exception):
        pass

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__(opening=threading.Event(), may_open=threading.Event(), ended=0)
        self._fails = fails

    def InputStream(self, **options: Any) -> Any:  # the library's name
        self.opening.set()
        assert self.may_open.wait(10)
        if self._fails:
            raise self.PortAudioError("no such device")
        nothing = lambda: None  # noqa: E731  # three methods that do nothing
        return SimpleNamespace(start=nothing, abort=nothing, close=nothing, samplerate=44100.0)

    def _terminate(self) -> None:
        self.ended += 1

    def _initialize(self) -> None:
        pass


def opening(library: SlowLibrary, outcome: list[object]) -> threading.Thread:
    def work() -> None:
        try:
            outcome.append(portaudio.open_input(DEVICE, lambda samples, overflow: None, lambda: None))
        except NoInputDevice as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert library.opening.wait(10)
    return thread


@pytest.mark.parametrize("fails", [False, True])
def test_devices_are_not_listed_anew_while_a_stream_is_opening(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    library, outcome = SlowLibrary(fails=fails), list[object]()
    monkeypatch.setattr(portaudio, "_loaded", lambda: library)
    monkeypatch.setattr(portaudio, "_open_streams", 0)
    thread = opening(library, outcome)
    assert not portaudio.refresh() and library.ended == 0
    library.may_open.set()
    thread.join(10)
    (stream,) = outcome
    if isinstance(stream, portaudio.OpenStream):
        assert not portaudio.refresh()
        stream.close()
        stream.close()
        assert portaudio._open_streams == 0
    assert isinstance(stream, NoInputDevice) == fails
    assert portaudio.refresh() and library.ended == 1


@pytest.mark.parametrize("trouble", [SlowLibrary.PortAudioError("none"), ValueError("no default"), None])
def test_the_default_output_is_named_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception | None
) -> None:
    library = SlowLibrary()

    def query(kind: str) -> dict[str, str]:
        assert kind == "output"
        if trouble:
            raise trouble
        return {"name": "Speakers"}

    library.query_devices = query
    monkeypatch.setattr(portaudio, "_loaded", lambda: library)
    assert portaudio.default_output() == (None if trouble else "Speakers")
