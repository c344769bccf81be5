"""Samples into an Ogg/Opus file whose bytes do not depend on chance: its serial number is made from the tags.

Other builds of the encoder may give other bytes; for them, `songs.json` keeps the digest of the samples.
"""

import io
import zlib

import numpy as np
import soundfile
from numpy.typing import NDArray

from musicrec_desktop.audio.ogg import with_serial
from musicrec_desktop.core.types import Tags
from tools.compose.exact import SR

COMPRESSION = 0.948  # of 0..1: about 39 kbit/s for two channels
BLOCK = SR  # samples at once


def encoded(pcm: NDArray[np.int16], tags: Tags, *, compression: float = COMPRESSION) -> bytes:
    """An Ogg/Opus file of samples (n, channels) at 48 kHz."""
    store = io.BytesIO()
    with soundfile.SoundFile(
        store, "w", SR, pcm.shape[1], format="OGG", subtype="OPUS", compression_level=compression
    ) as file:
        for name in ("title", "artist", "album"):
            if getattr(tags, name):  # the library takes no empty text
                setattr(file, name, getattr(tags, name))
        for start in range(0, len(pcm), BLOCK):
            file.write(pcm[start : start + BLOCK])
    return with_serial(store.getvalue(), zlib.crc32("\n".join((tags.title, tags.artist, tags.album)).encode()))


def decoded(data: bytes) -> NDArray[np.float64]:
    samples, _ = soundfile.read(io.BytesIO(data), always_2d=True)
    return np.asarray(samples)
