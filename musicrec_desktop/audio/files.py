"""Audio files to excerpts: wav, flac, ogg, opus, mp3, m4a and aac, block by block, mono, at the rate one asks for.

`probe` and `blocks` decode in the calling process. What comes from outside belongs in a child with limits:
`FileReader` for takes, the importer's own child for whole tracks. Qt's decoder, for m4a and aac, must run alone:
those are decoded in a child of their own when the caller is none.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import soundfile

from musicrec_desktop.audio import headers, mp4
from musicrec_desktop.audio.aac import AacFile
from musicrec_desktop.audio.resample import Resampler
from musicrec_desktop.audio.sandbox import ChildCrashed, ChildTimeout, Sandbox
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Excerpt, Floats, frozen

T = TypeVar("T")

BLOCK_SAMPLES = 65536  # all channels together, so that a file of many channels takes no more memory
MAX_DURATION_S = 12 * 3600.0
MIN_SR, MAX_SR = 1000, 768_000
# libsndfile's word for "the header does not say": the largest count of frames.
UNKNOWN_FRAMES = 2**62
# Headers of these are exact; those of mp3 and ogg are estimates, or count from a broadcast's beginning.
EXACT_FORMATS = ("WAV", "WAVEX", "FLAC")
# A file may lack its last block and still be whole to the ear.
TOLERATED_LOSS_S = 0.5
# Float files may go beyond full scale, but not by 24 dB: that is not sound.
LOUDEST_SAMPLE = 16.0
READ_DEADLINE_S = 60.0
LISTENING_DEADLINE_S = 900.0  # of waiting for a child while a whole file is played or looked at


@dataclass(frozen=True, slots=True)
class FileInfo:
    duration_s: float  # an estimate for mp3 without an index
    sr: int
    channels: int


def probe(path: Path) -> FileInfo:
    """What the header says. Raises UndecodableFile."""
    _check_reachable(path)
    if track := _aac_track(path):
        return FileInfo(track.duration_s, track.sr, track.channels)
    with _opened(path) as sound:
        n_frames = 0 if sound.frames >= UNKNOWN_FRAMES else sound.frames
        return FileInfo(n_frames / sound.samplerate, sound.samplerate, sound.channels)


def blocks(
    path: Path,
    *,
    start_s: float = 0.0,
    duration_s: float | None = None,
    sr: int,
    token: CancelToken | None = None,
) -> Iterator[Excerpt]:
    """The part from `start_s` on as mono blocks at `sr` Hz; nothing where the file is shorter than `start_s`.

    Raises UndecodableFile: at the first block for what cannot be read at all, later where a file breaks off. Raises
    Cancelled while it waits for a child; between blocks the caller looks at its token itself.
    """
    work = partial(_blocks, path, start_s=start_s, duration_s=duration_s, sr=sr)
    return _alone(work, path, token) if _needs_child(path) else work()


def _blocks(path: Path, *, start_s: float, duration_s: float | None, sr: int) -> Iterator[Excerpt]:
    limit = None if duration_s is None else round(duration_s * sr)
    with _opened(path) as sound:
        resampler = Resampler(sound.samplerate, sr)
        for block in _own_blocks(sound, path, start_s, duration_s):
            samples = resampler.push(_mono(block))[:limit]
            limit = None if limit is None else limit - len(samples)
            if len(samples):
                yield Excerpt(frozen(samples), sr)
        last = resampler.finish()[:limit]
        if len(last):
            yield Excerpt(frozen(last), sr)


def stereo_blocks(path: Path, *, start_s: float = 0.0, sr: int) -> Iterator[Floats]:
    """For listening: everything from `start_s` on, (n, 2) float32 at `sr` Hz. Raises UndecodableFile."""
    work = partial(_stereo_blocks, path, start_s=start_s, sr=sr)
    return _alone(work, path) if _needs_child(path) else work()


def _stereo_blocks(path: Path, *, start_s: float, sr: int) -> Iterator[Floats]:
    with _opened(path) as sound:
        resampler = Resampler(sound.samplerate, sr, channels=2)
        for block in _own_blocks(sound, path, start_s, None):
            yield resampler.push(_stereo(block))
        yield resampler.finish()


class FileReader:
    """Takes from files, decoded in a child process with limits; any thread may ask, one is served at a time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._turn = threading.Lock()

    def start(self) -> None:
        """Start the child ahead of the first question, without waiting for it."""
        self._sandbox.start()

    def excerpt(
        self,
        path: Path,
        *,
        start_s: float = 0.0,
        duration_s: float | None = None,
        sr: int,
        token: CancelToken | None = None,
    ) -> Excerpt:
        """One part of a file, or as much of it as there is. Raises UndecodableFile, Cancelled."""
        work = partial(blocks, path, start_s=start_s, duration_s=duration_s, sr=sr)
        parts = [each.samples for each in self._all(work, path, token)]
        return Excerpt(frozen(np.concatenate([np.zeros(0, np.float32), *parts])), sr)

    def probe(self, path: Path) -> FileInfo:
        """What the header says. Raises UndecodableFile."""
        return self._all(partial(_probed, path), path, None)[0]

    def close(self) -> None:
        self._sandbox.close()

    def _all(self, work: Callable[[], Iterator[T]], path: Path, token: CancelToken | None) -> list[T]:
        with self._turn, _child_failures(path):
            return list(self._sandbox.stream(work, deadline_s=READ_DEADLINE_S, token=token))


@contextmanager
def _child_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except ChildCrashed as error:
        raise UndecodableFile(path=path, reason="crashed", detail=str(error)) from error
    except ChildTimeout as error:
        raise UndecodableFile(path=path, reason="timeout", detail=str(error)) from error


def _needs_child(path: Path) -> bool:
    """Whether this is the program itself, and the file one for Qt's decoder."""
    if multiprocessing.parent_process() is not None:
        return False
    try:
        return path.is_file() and (mp4.is_mp4(path) or headers.adts_stream(path) is not None)
    except OSError:
        return False  # whoever opens it says why


def _alone(work: Callable[[], Iterator[T]], path: Path, token: CancelToken | None = None) -> Iterator[T]:
    """What `work` yields, in a child for this one time."""
    sandbox = Sandbox()
    try:
        with _child_failures(path):
            yield from sandbox.stream(work, deadline_s=LISTENING_DEADLINE_S, token=token)
    finally:
        sandbox.close()


def _probed(path: Path) -> Iterator[FileInfo]:
    yield probe(path)


def _aac_track(path: Path) -> mp4.SoundTrack | headers.AdtsStream | None:
    """What the header says of a file for Qt's decoder; None for other files. Raises UndecodableFile."""
    try:
        track = mp4.sound_track(path) if mp4.is_mp4(path) else headers.adts_stream(path)
    except OSError as error:
        raise UndecodableFile(path=path, reason="damaged", detail=str(error)) from error
    if track and track.duration_s > MAX_DURATION_S:
        raise UndecodableFile(path=path, reason="too_long", detail=f"{track.duration_s:.0f} s")
    return track


@contextmanager
def _opened(path: Path) -> "Iterator[soundfile.SoundFile | AacFile]":
    """The file behind all checks of its header; errors of the library and of reading come out as ours."""
    _check_reachable(path)
    track = _aac_track(path)
    with _opened_aac(path, track) if track else _opened_plain(path) as sound:
        yield sound


@contextmanager
def _opened_aac(path: Path, track: mp4.SoundTrack | headers.AdtsStream) -> Iterator[AacFile]:
    try:
        # How long frames without a container last is only judged.
        with AacFile(path, track.duration_s if isinstance(track, mp4.SoundTrack) else 0.0) as sound:
            yield sound
    except OSError as error:
        raise UndecodableFile(path=path, reason="damaged", detail=str(error)) from error


@contextmanager
def _opened_plain(path: Path) -> Iterator[soundfile.SoundFile]:
    try:
        # Without its bytes' own spelling a name that is not valid Unicode could not be opened.
        sound = soundfile.SoundFile(str(path) if os.name == "nt" else os.fsencode(path))
    except (soundfile.SoundFileError, TypeError) as error:  # TypeError: the extension .raw
        raise UndecodableFile(path=path, reason="not_audio", detail=str(error)) from error
    # soundfile seeks to where it already is after every read of a file that can seek. In mp3 of varying bit rate
    # that spoils the two frames that follow, and a FLAC of unknown length ends there. So let it think it cannot.
    sound.seekable = lambda: False
    with sound:
        try:
            _check_promises(sound, path)
            yield sound
        except (soundfile.SoundFileError, OSError) as error:
            raise UndecodableFile(path=path, reason="damaged", detail=str(error)) from error


def _check_reachable(path: Path) -> None:
    try:
        is_file, is_there = path.is_file(), path.exists()
        if is_file:
            with path.open("rb") as file:
                is_empty = not file.read(1)
    except PermissionError as error:
        raise UndecodableFile(path=path, reason="denied", detail=str(error)) from error
    except OSError as error:
        raise UndecodableFile(path=path, reason="missing", detail=str(error)) from error
    if not is_file:
        raise UndecodableFile(path=path, reason="not_a_file" if is_there else "missing")
    if is_empty:
        raise UndecodableFile(path=path, reason="empty")


def _check_promises(sound: soundfile.SoundFile, path: Path) -> None:
    if not MIN_SR <= sound.samplerate <= MAX_SR:
        raise UndecodableFile(path=path, reason="damaged", detail=f"{sound.samplerate} Hz")
    if sound.format == "MP3" and not headers.is_mpeg_audio(path):
        raise UndecodableFile(path=path, reason="not_audio", detail="no chain of MPEG frames")
    promised = headers.promise(path)
    n_frames = promised.n_frames if promised else sound.frames
    if MAX_DURATION_S * sound.samplerate < n_frames < UNKNOWN_FRAMES:
        raise UndecodableFile(path=path, reason="too_long", detail=f"{n_frames} frames at {sound.samplerate} Hz")
    # A recording cut short has lost a part; a header that claims ten times what there is room for is no header.
    if promised and n_frames > 10 * promised.capacity:
        raise UndecodableFile(path=path, reason="too_long", detail=f"{n_frames} frames, room for {promised.capacity}")


def _own_blocks(
    sound: soundfile.SoundFile | AacFile, path: Path, start_s: float, duration_s: float | None
) -> Iterator[Floats]:
    """The part as it is in the file: its own rate, blocks of (n, channels) float32."""
    sr: int = sound.samplerate
    position = _sought(sound, round(start_s * sr))
    # One frame more than asked for, so that rounding at another rate never lacks the last sample.
    end = None if duration_s is None else position + round(duration_s * sr) + 1
    block_frames = max(1, BLOCK_SAMPLES // sound.channels)
    while end is None or position < end:
        n_wanted = block_frames if end is None else min(block_frames, end - position)
        block: Floats = sound.read(n_wanted, dtype="float32", always_2d=True)
        position += len(block)
        if len(block):
            yield block
        if position > MAX_DURATION_S * sr:
            raise UndecodableFile(path=path, reason="too_long", detail=f"more than {position} frames")
        if len(block) < n_wanted:
            _check_kept(sound, path, position)
            return


def _sought(sound: soundfile.SoundFile | AacFile, frame: int) -> int:
    """Go to a frame, or to the end where there are fewer; the position reached."""
    if isinstance(sound, AacFile):  # Qt's decoder knows no way but from the beginning
        return _read_away(sound, frame)
    target = min(frame, sound.frames)
    if target <= 0:
        return 0
    if sound.format == "MP3":  # where the bit rate varies, what follows a seek is spoilt
        return _read_away(sound, target)
    try:
        return int(sound.seek(target))
    except soundfile.SoundFileError:
        sound.seek(0)
        return _read_away(sound, target)


def _read_away(sound: soundfile.SoundFile | AacFile, n_frames: int) -> int:
    """Decode and drop, where seeking does not work."""
    block_frames = max(1, BLOCK_SAMPLES // sound.channels)
    position = 0
    while position < n_frames:
        n_read = len(sound.read(min(block_frames, n_frames - position), dtype="float32", always_2d=True))
        if not n_read:
            break
        position += n_read
    return position


def _mono(block: Floats) -> Floats:
    if block.shape[1] == 2:
        # The mean over so short an axis takes as long as the decoder.
        return _bounded((block[:, 0] + block[:, 1]) * np.float32(0.5))
    return _bounded(block[:, 0] if block.shape[1] == 1 else block.mean(axis=1))


def _stereo(block: Floats) -> Floats:
    """Two channels as they are; any other number as its mean on both sides."""
    return _bounded(block if block.shape[1] == 2 else np.repeat(block.mean(axis=1, keepdims=True), 2, axis=1))


def _bounded(samples: Floats) -> Floats:
    """What is no number as silence, what is no sound at the bounds; samples that are fine come back as they are."""
    # What is not a number fails both comparisons.
    if len(samples) and samples.min() >= -LOUDEST_SAMPLE and samples.max() <= LOUDEST_SAMPLE:
        return samples
    known = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(known, -LOUDEST_SAMPLE, LOUDEST_SAMPLE)


def _check_kept(sound: soundfile.SoundFile | AacFile, path: Path, position: int) -> None:
    """Hold what was read to its end against what the header promised."""
    if position == 0:
        raise UndecodableFile(path=path, reason="empty")
    promised = headers.promise(path) if sound.format in EXACT_FORMATS else None
    n_promised = sound.frames if isinstance(sound, AacFile) else promised.n_frames if promised else 0
    lost = n_promised - position
    if lost > TOLERATED_LOSS_S * sound.samplerate:
        raise UndecodableFile(path=path, reason="damaged", detail=f"{lost} of {position + lost} frames are missing")
