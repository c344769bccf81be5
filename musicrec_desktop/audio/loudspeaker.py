"""The loudspeaker, or silence where there is none: what plays runs on either way."""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from musicrec_desktop.audio import portaudio
from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream, PortAudioFailed
from musicrec_desktop.audio.silence import open_silence
from musicrec_desktop.core.types import Floats

log = logging.getLogger(__name__)

OPEN_S = 3.0  # a sound server that does not answer in this time is as good as none

OutputOpener = Callable[[FillBlock, OnFinished], OpenStream]


def open_default_output(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
    """The real opener."""
    return portaudio.open_output(None, fill, on_finished)


def open_or_silence(
    opener: OutputOpener, fill: FillBlock, on_finished: OnFinished, *, within_s: float = OPEN_S
) -> tuple[OpenStream, bool]:
    """An output that takes blocks from `fill`, and whether it can be heard. Never fails; not for the GUI thread."""
    stream = _Opening(opener, fill, on_finished).stream(within_s)
    if stream is not None:
        return stream, True
    return open_silence(fill, on_finished), False


class _Opening:
    """The opener in a thread that may be left behind; what opens too late is closed, and heard nothing meanwhile."""

    def __init__(self, opener: OutputOpener, fill: FillBlock, on_finished: OnFinished) -> None:
        self._opener, self._fill, self._on_finished = opener, fill, on_finished
        self._given_up = False
        self._decision = threading.Lock()
        self._outcome: SimpleQueue[OpenStream | None] = SimpleQueue()
        threading.Thread(target=self._run, name="loudspeaker opening", daemon=True).start()

    def stream(self, within_s: float) -> OpenStream | None:
        try:
            return self._outcome.get(timeout=within_s)
        except Empty:
            with self._decision:
                self._given_up = True
                return None if self._outcome.empty() else self._outcome.get()

    def _run(self) -> None:
        try:
            stream = self._opener(self._fill_if_wanted, self._finish_if_wanted)
        except PortAudioFailed as error:
            log.info("no loudspeaker: %s", error)
            self._outcome.put(None)
            return
        with self._decision:
            if not self._given_up:
                self._outcome.put(stream)
                return
        log.info("the loudspeaker opened too late")
        stream.close()

    def _fill_if_wanted(self, out: Floats) -> None:
        if self._given_up:
            out[:] = 0.0
        else:
            self._fill(out)

    def _finish_if_wanted(self) -> None:
        if not self._given_up:
            self._on_finished()
