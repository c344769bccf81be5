"""Change of sample rate by soxr, as a whole or block by block."""

import numpy as np
import soxr

from musicrec_desktop.core.types import Excerpt, Floats, frozen

# librosa.load's default, so that features agree with librosa's from the file on.
QUALITY = "HQ"


class Resampler:
    """A stream from one rate to another; all blocks together equal `resample` of the whole.

    Samples are (n,) float32, or (n, channels) with more than one channel.
    """

    def __init__(self, sr_in: int, sr_out: int, *, channels: int = 1) -> None:
        self._nothing = np.zeros(0 if channels == 1 else (0, channels), np.float32)
        self._stream = None if sr_in == sr_out else soxr.ResampleStream(sr_in, sr_out, channels, np.float32, QUALITY)

    def push(self, samples: Floats) -> Floats:
        """The output that is ready by now, often none of it or more than its share."""
        samples = np.ascontiguousarray(samples, np.float32)
        return samples if self._stream is None else self._stream.resample_chunk(samples)

    def finish(self) -> Floats:
        """What was still inside; nothing may be pushed after this."""
        return self._nothing if self._stream is None else self._stream.resample_chunk(self._nothing, last=True)


def resample(excerpt: Excerpt, sr: int) -> Excerpt:
    """The same sound at `sr` Hz; the excerpt itself when it is there already."""
    if excerpt.sr == sr:
        return excerpt
    resampler = Resampler(excerpt.sr, sr)
    return Excerpt(frozen(np.concatenate([resampler.push(excerpt.samples), resampler.finish()])), sr)
