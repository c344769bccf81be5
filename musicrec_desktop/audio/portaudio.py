"""The one place that talks to PortAudio: its errors become ours, and its habits are kept from the rest.

It is loaded on first use, because a machine without the library can still recommend from files.
"""

import atexit
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from musicrec_desktop.core.errors import MicrophoneDenied, NoInputDevice
from musicrec_desktop.core.types import Floats

BLOCK_FRAMES = 1024
# What the host calls it when the system's privacy settings say no.
_DENIED = ("denied", "permission", "not permitted", "access")

OnBlock = Callable[[Floats, bool], None]  # samples (n, channels), whether the system lost some before them
FillBlock = Callable[[Floats], None]  # writes samples (n, channels) into what it is given
OnFinished = Callable[[], None]


class PortAudioFailed(Exception):
    """An output could not be opened."""


@dataclass(frozen=True, slots=True)
class HostDevice:
    """One row of PortAudio's list."""

    index: int
    name: str
    host_api: str
    inputs: int
    sr: int
    is_default_input: bool
    is_default_host: bool


@dataclass(frozen=True, slots=True)
class OpenStream:
    """A running stream. `close` may be called twice; it may hang when the sound server does: not for the GUI thread."""

    sr: int
    close: Callable[[], None]


_lock = threading.Lock()
_open_streams = 0


def input_devices() -> list[HostDevice]:
    """Everything that PortAudio can record from, as of its initialisation or `refresh`. Raises NoInputDevice."""
    sounddevice = _loaded()
    apis: Sequence[dict[str, Any]] = sounddevice.query_hostapis()
    default_api, default_input = sounddevice.default.hostapi, sounddevice.default.device[0]
    return [
        HostDevice(
            index=each["index"],
            name=each["name"],
            host_api=apis[each["hostapi"]]["name"],
            inputs=each["max_input_channels"],
            sr=round(each["default_samplerate"]),
            is_default_input=each["index"] == default_input,
            is_default_host=each["hostapi"] == default_api,
        )
        for each in sounddevice.query_devices()
        if each["max_input_channels"] > 0
    ]


def default_output() -> str | None:
    """The name of the default output; None where there is none. Raises NoInputDevice."""
    sounddevice = _loaded()
    try:
        return str(sounddevice.query_devices(kind="output")["name"])
    except (sounddevice.PortAudioError, ValueError):
        return None


def refresh() -> bool:
    """Look anew which devices there are. Nothing happens, and False comes back, while a stream is open or being opened:
    PortAudio would close it under its user."""
    sounddevice = _loaded()
    with _lock:
        if _open_streams:
            return False
        try:
            sounddevice._terminate()
            sounddevice._initialize()
        except sounddevice.PortAudioError:
            return False
        return True


def open_input(
    device: HostDevice, on_block: OnBlock, on_finished: OnFinished, *, pulse_source: str | None = None
) -> OpenStream:
    """Start recording at the device's own rate. Raises NoInputDevice, MicrophoneDenied."""
    sounddevice = _loaded()

    def callback(samples: Floats, n_frames: int, time_info: object, status: Any) -> None:
        on_block(samples, bool(status.input_overflow))

    def opened(channels: int) -> Any:
        return sounddevice.InputStream(
            device=device.index,
            channels=channels,
            samplerate=device.sr,
            blocksize=BLOCK_FRAMES,
            dtype="float32",
            callback=callback,
            finished_callback=on_finished,
        )

    try:
        with _environment("PULSE_SOURCE", pulse_source):
            return _started(lambda: _first_that_opens(sounddevice, opened, min(2, device.inputs)))
    except (sounddevice.PortAudioError, ValueError) as error:  # ValueError: the device went since it was listed
        denied = any(word in str(error).lower() for word in _DENIED)
        raise (MicrophoneDenied if denied else NoInputDevice)(device_name=device.name) from error


def open_output(sr: int | None, fill: FillBlock, on_finished: OnFinished) -> OpenStream:
    """Start playing in stereo on the default output, at its own rate unless one is given. Raises PortAudioFailed."""
    try:
        sounddevice = _loaded()
    except NoInputDevice as error:
        raise PortAudioFailed(str(error.__cause__)) from error

    def callback(samples: Floats, n_frames: int, time_info: object, status: object) -> None:
        fill(samples)

    try:
        return _started(
            lambda: sounddevice.OutputStream(
                channels=2, samplerate=sr, dtype="float32", callback=callback, finished_callback=on_finished
            )
        )
    except (sounddevice.PortAudioError, ValueError) as error:  # ValueError: no default output
        raise PortAudioFailed(str(error)) from error


def _first_that_opens(sounddevice: ModuleType, opened: Callable[[int], Any], most: int) -> Any:
    """One channel where the host mixes down itself, else two; some hosts accept only what the device has."""
    try:
        return opened(1)
    except sounddevice.PortAudioError:
        if most < 2:
            raise
        return opened(most)


def _started(opened: Callable[[], Any]) -> OpenStream:
    """Open and start a stream, which counts from before it is opened: PortAudio must not end underneath."""
    _count_streams(+1)
    try:
        stream = opened()
        try:
            stream.start()
        except BaseException:
            stream.close()
            raise
    except BaseException:
        _count_streams(-1)
        raise

    closing = threading.Lock()

    def close() -> None:
        if closing.acquire(blocking=False):  # once, or a stream of somebody else would no longer count
            stream.abort()
            stream.close()
            _count_streams(-1)

    return OpenStream(round(stream.samplerate), close)


def _count_streams(change: int) -> None:
    global _open_streams
    with _lock:
        _open_streams += change


def _loaded() -> ModuleType:
    """The library, initialised. Raises NoInputDevice where it is not installed."""
    try:
        import sounddevice
    except OSError as error:
        raise NoInputDevice from error
    # At exit it would end PortAudio, which hangs for ever when the sound server does; the system frees it all anyway.
    atexit.unregister(sounddevice._exit_handler)
    module: ModuleType = sounddevice
    return module


@contextmanager
def _environment(name: str, value: str | None) -> Iterator[None]:
    """A variable of this process for a moment. ALSA's PulseAudio plug-in reads its source when a stream opens."""
    if value is None:
        yield
        return
    with _environment_lock:
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            yield
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


_environment_lock = threading.Lock()
