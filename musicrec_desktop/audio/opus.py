"""A part of a file as a small Ogg Opus file: always the same bytes from the same sound."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from musicrec_desktop.audio import files
from musicrec_desktop.audio.ogg import OPUS_SR, with_serial
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Floats

# Of 0..1: about 64 kbit/s for one channel and 96 for two, so that 30 s take 240 and 360 kB.
COMPRESSION = {1: 0.768, 2: 0.832}


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of a file, and how long it takes to rise and to fall."""

    start_s: float
    duration_s: float
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0


def opus_of(path: Path, cut: Cut) -> bytes:
    """The part of a file, mono where it is mono, otherwise stereo. Raises UndecodableFile."""
    n_wanted = round(cut.duration_s * OPUS_SR)
    blocks = list(_first(_blocks(path, cut), n_wanted))
    found = np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)
    if not len(found):
        raise UndecodableFile(path=path, reason="empty", detail=f"nothing from {cut.start_s:.1f} s on")
    return encoded(_faded(np.clip(found, -1.0, 1.0), cut))


def encoded(samples: Floats) -> bytes:
    """An Ogg Opus file of samples (n, 1 or 2) at 48 kHz."""
    out = io.BytesIO()
    channels = samples.shape[1]
    level = COMPRESSION[channels]
    with soundfile.SoundFile(
        out, "w", OPUS_SR, channels, format="OGG", subtype="OPUS", compression_level=level
    ) as file:
        for start in range(0, len(samples), OPUS_SR):
            file.write(samples[start : start + OPUS_SR])
    return with_serial(out.getvalue(), zlib.crc32(samples.astype("<f4").tobytes()))


def _blocks(path: Path, cut: Cut) -> Iterator[Floats]:
    """Samples (n, channels) at 48 kHz; more than two channels as their mean."""
    if files.probe(path).channels == 2:
        yield from files.stereo_blocks(path, start_s=cut.start_s, sr=OPUS_SR)
    else:
        mono = files.blocks(path, start_s=cut.start_s, duration_s=cut.duration_s, sr=OPUS_SR)
        yield from (block.samples[:, None] for block in mono)


def _first(blocks: Iterator[Floats], n_frames: int) -> Iterator[Floats]:
    for block in blocks:
        yield block[:n_frames]
        n_frames -= len(block)
        if n_frames <= 0:
            return


def _faded(samples: Floats, cut: Cut) -> Floats:
    up, down = (min(len(samples), round(fade * OPUS_SR)) for fade in (cut.fade_in_s, cut.fade_out_s))
    shape = np.ones(len(samples), np.float32)
    shape[:up] = np.linspace(0.0, 1.0, up, dtype=np.float32)
    shape[len(shape) - down :] *= np.linspace(1.0, 0.0, down, dtype=np.float32)
    faded: Floats = samples * shape[:, None]
    return faded
