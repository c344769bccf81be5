"""The thread that opens and closes the microphone, so that a slow or hanging sound server never holds up the window."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_desktop.core.errors import AudioError, NoInputDevice, UndecodableFile
from musicrec_desktop.core.settings import AudioSettings

if TYPE_CHECKING:  # the sound library is loaded after the window is painted
    from musicrec_desktop.audio.capture import MicCapture, MicSource
    from musicrec_desktop.audio.devices import InputDevice

log = logging.getLogger(__name__)

RETRY_S = 3.0
CLOSE_S = 1.0
JOIN_S = 2.0

OnLost = Callable[[AudioError], None]
OnSilent = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Played:
    """A recording that is to be heard in place of a microphone, at this volume 0..1 in the loudspeaker."""

    path: Path
    volume: float


Wanted = AudioSettings | Played


def list_devices() -> Sequence["InputDevice"]:
    """What can be listened to, as of now where no stream is open. Raises NoInputDevice."""
    from musicrec_desktop.audio import devices

    devices.refresh()
    return devices.list_inputs()


def open_microphone(audio: AudioSettings, on_lost: OnLost) -> "MicCapture":
    """The chosen device, or the default of its kind where that is gone. Raises NoInputDevice, MicrophoneDenied."""
    from musicrec_desktop.audio import devices
    from musicrec_desktop.audio.capture import MicCapture

    try:
        device = devices.choose(audio.device or None, kind=audio.source)
    except NoInputDevice:
        device = devices.choose(kind=audio.source)
    return MicCapture(device, on_lost=on_lost)


def open_played(wanted: Played, on_silent: OnSilent) -> "MicSource":
    """The recording from its beginning on. Raises AudioError when it cannot be read."""
    from musicrec_desktop.audio.played import PlayedEar

    try:
        return PlayedEar(wanted.path, volume=wanted.volume, on_silent=on_silent)
    except UndecodableFile as error:
        raise AudioError(path=wanted.path) from error


def _ignore() -> None:
    """Nobody needs to know that there is no loudspeaker."""


class MicrophoneWorker:
    """Keeps the wanted device open: opens it, reports its loss, and tries again every 3 s. A recording that is
    wanted in its place is begun once; what becomes of the loudspeaker meanwhile is told by `on_silent`.

    on_opened(source, device name)   on_error(error)   on_inputs(devices)   on_silent()     run in its thread
    """

    def __init__(
        self,
        *,
        on_opened: Callable[["MicSource", str], None],
        on_error: Callable[[AudioError], None],
        on_inputs: Callable[[Sequence["InputDevice"]], None],
        on_silent: OnSilent = _ignore,
        opener: Callable[[AudioSettings, OnLost], "MicSource"] = open_microphone,
        player: Callable[[Played, OnSilent], "MicSource"] = open_played,
        lister: Callable[[], Sequence["InputDevice"]] = list_devices,
        retry_s: float = RETRY_S,
    ) -> None:
        self._on_opened, self._on_error, self._on_inputs = on_opened, on_error, on_inputs
        self._on_silent, self._player = on_silent, player
        self._opener, self._lister, self._retry_s = opener, lister, retry_s
        self._changed = threading.Condition()
        self._wanted: Wanted | None = None
        self._renewed = self._stopped = self._looking = False
        self._lost: list[tuple[MicSource | None, AudioError]] = []
        self._open: MicSource | None = None
        self._retry_at: float | None = None
        self._failing = False  # the trouble has been reported
        self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)

    def start(self) -> None:
        """Start the thread; it waits for something to be wanted."""
        self._thread.start()

    def look(self) -> None:
        """List what can be listened to; the answer comes by `on_inputs`."""
        with self._changed:
            self._looking = True
            self._changed.notify()

    def want(self, wanted: Wanted | None) -> None:
        """Open this device, or play this recording, from now on, in place of another; None closes."""
        with self._changed:
            self._wanted, self._renewed = wanted, True
            self._changed.notify()

    def stop(self) -> None:
        """Close the device and let the thread end. May be called twice, and before `start`."""
        with self._changed:
            self._wanted, self._renewed, self._stopped = None, True, True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._due, self._patience())
                wanted, renewed, stopped, looking = self._wanted, self._renewed, self._stopped, self._looking
                lost, self._lost, self._renewed, self._looking = self._lost, [], False, False
            try:
                self._report(lost)
                if renewed:
                    self._close()
                if stopped:
                    break
                if looking:
                    self._list()
                if wanted is not None and self._open is None and (renewed or self._retry_due()):
                    self._open_wanted(wanted)
            except AudioError as error:
                self._fail(error)
            except Exception:
                log.exception("the microphone could not be opened")
                self._fail(AudioError())

    def _due(self) -> bool:
        return self._stopped or self._renewed or self._looking or bool(self._lost)

    def _patience(self) -> float | None:
        return None if self._retry_at is None else max(0.0, self._retry_at - time.monotonic())

    def _retry_due(self) -> bool:
        return self._retry_at is not None and time.monotonic() >= self._retry_at

    def _open_wanted(self, wanted: Wanted) -> None:
        if self._retry_at is not None:
            self._list()
        self._retry_at = None
        capture = self._player(wanted, self._on_silent) if isinstance(wanted, Played) else self._opened(wanted)
        self._open, self._failing = capture, False
        self._on_opened(capture, capture.name)

    def _opened(self, audio: AudioSettings) -> "MicSource":
        opened: list[MicSource] = []
        capture = self._opener(audio, lambda error: self._on_lost(opened[0] if opened else None, error))
        opened.append(capture)
        return capture

    def _on_lost(self, capture: "MicSource | None", error: AudioError) -> None:
        """Called by the watchdog of a capture, in its thread."""
        with self._changed:
            self._lost.append((capture, error))
            self._changed.notify()

    def _report(self, lost: Sequence[tuple["MicSource | None", AudioError]]) -> None:
        for capture, error in lost:
            if capture is None or capture is self._open:
                self._open = None
                self._fail(error)

    def _fail(self, error: AudioError) -> None:
        # The same trouble every three seconds would be news only once.
        first, self._failing = not self._failing, True
        # A recording that cannot be played will not be any better in three seconds.
        self._retry_at = None if isinstance(self._wanted, Played) else time.monotonic() + self._retry_s
        if first:
            self._on_error(error)

    def _close(self) -> None:
        self._retry_at, self._failing = None, False
        if self._open is not None:
            self._open.close(wait_s=CLOSE_S)
            self._open = None

    def _list(self) -> None:
        try:
            self._on_inputs(self._lister())
        except AudioError as error:
            log.info("no inputs: %s", error)
            self._on_inputs(())
