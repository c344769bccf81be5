"""The thread that looks through the file being played, for the picture of its sound."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.mailbox import Closed, Mailbox
from musicrec_desktop.core.types import Floats, TrackId

log = logging.getLogger(__name__)

JOIN_S = 2.0
KEPT = 200  # of some 3 kB

_File = tuple[Path, int, int]  # with its size and time: another content is another file


class Measure(Protocol):
    """Loudness 0..1 over a file, ever more of it."""

    def __call__(self, path: Path, *, token: CancelToken) -> Iterator[Floats]: ...


def measure(path: Path, *, token: CancelToken) -> Iterator[Floats]:
    """The real one; the sound library is loaded by the first song that is played."""
    from musicrec_desktop.audio.loudness import waveform

    return waveform(path, token=token)


class WaveformWorker:
    """Measures the newest song it was asked for, and remembers. `on_waveform(track_id, shares)` runs in its thread."""

    def __init__(self, *, on_waveform: Callable[[TrackId, Floats], None], measure: Measure = measure) -> None:
        self._on_waveform, self._measure = on_waveform, measure
        self._asked: Mailbox[tuple[TrackId, Path, CancelToken]] = Mailbox()
        self._token = CancelToken()
        self._kept: OrderedDict[_File, Floats] = OrderedDict()
        self._thread = threading.Thread(target=self._run, name="waveforms", daemon=True)

    def ask(self, track_id: TrackId, path: Path) -> None:
        """Measure this file; one that is under way is given up. Only the GUI thread asks."""
        self._token.cancel()
        self._token = CancelToken()
        with suppress(Closed):
            self._asked.put((track_id, path, self._token))
            if not self._thread.is_alive():
                self._thread.start()

    def stop(self) -> None:
        """Give up what is under way and let the thread end. May be called twice, and before `ask`."""
        self._token.cancel()
        self._asked.close()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        while True:
            try:
                self._answer(*self._asked.take())
            except Closed:
                return
            except Cancelled:
                log.debug("another song is played")
            except (UndecodableFile, OSError) as error:
                log.info("no waveform: %s", error)
            except Exception:
                log.exception("a waveform failed")

    def _answer(self, track_id: TrackId, path: Path, token: CancelToken) -> None:
        facts = path.stat()
        file = (path, facts.st_size, facts.st_mtime_ns)
        if file not in self._kept:
            shares: Floats | None = None
            for shares in self._measure(path, token=token):
                token.check()
                self._on_waveform(track_id, shares)
            if shares is not None:
                self._keep(file, shares)
        else:
            self._kept.move_to_end(file)
            self._on_waveform(track_id, self._kept[file])

    def _keep(self, file: _File, shares: Floats) -> None:
        self._kept[file] = shares
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
