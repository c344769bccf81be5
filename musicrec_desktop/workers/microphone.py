"""The thread that opens and closes the microphone, so that a slow or hanging sound server never holds up the window."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from musicrec_desktop.core.errors import AudioError, NoInputDevice
from musicrec_desktop.core.settings import AudioSettings

if TYPE_CHECKING:  # the sound library is loaded after the window is painted
    from musicrec_desktop.audio.capture import MicCapture
    from musicrec_desktop.audio.devices import InputDevice

log = logging.getLogger(__name__)

RETRY_S = 3.0
CLOSE_S = 1.0
JOIN_S = 2.0

OnLost = Callable[[AudioError], None]


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


class MicrophoneWorker:
    """Keeps the wanted device open: opens it, reports its loss, and tries again every 3 s.

    on_opened(source, device name)   on_error(error)   on_inputs(devices)     run in its thread
    """

    def __init__(
        self,
        *,
        on_opened: Callable[["MicCapture", str], None],
        on_error: Callable[[AudioError], None],
        on_inputs: Callable[[Sequence["InputDevice"]], None],
        opener: Callable[[AudioSettings, OnLost], "MicCapture"] = open_microphone,
        lister: Callable[[], Sequence["InputDevice"]] = list_devices,
        retry_s: float = RETRY_S,
    ) -> None:
        self._on_opened, self._on_error, self._on_inputs = on_opened, on_error, on_inputs
        self._opener, self._lister, self._retry_s = opener, lister, retry_s
        self._changed = threading.Condition()
        self._wanted: AudioSettings | None = None
        self._renewed = self._stopped = self._looking = False
        self._lost: list[tuple[MicCapture | None, AudioError]] = []
        self._open: MicCapture | None = None
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

    def want(self, audio: AudioSettings | None) -> None:
        """Open this device from now on, in place of another; None closes."""
        with self._changed:
            self._wanted, self._renewed = audio, True
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
        return self._renewed or self._looking or bool(self._lost)

    def _patience(self) -> float | None:
        return None if self._retry_at is None else max(0.0, self._retry_at - time.monotonic())

    def _retry_due(self) -> bool:
        return self._retry_at is not None and time.monotonic() >= self._retry_at

    def _open_wanted(self, audio: AudioSettings) -> None:
        if self._retry_at is not None:
            self._list()
        self._retry_at = None
        opened: list[MicCapture] = []
        capture = self._opener(audio, lambda error: self._on_lost(opened[0] if opened else None, error))
        opened.append(capture)
        self._open, self._failing = capture, False
        self._on_opened(capture, capture.device.name)

    def _on_lost(self, capture: "MicCapture | None", error: AudioError) -> None:
        """Called by the watchdog of a capture, in its thread."""
        with self._changed:
            self._lost.append((capture, error))
            self._changed.notify()

    def _report(self, lost: Sequence[tuple["MicCapture | None", AudioError]]) -> None:
        for capture, error in lost:
            if capture is None or capture is self._open:
                self._open = None
                self._fail(error)

    def _fail(self, error: AudioError) -> None:
        # The same trouble every three seconds would be news only once.
        first, self._failing = not self._failing, True
        self._retry_at = time.monotonic() + self._retry_s
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
