"""Change of sample rate by soxr, as a whole or block by block."""

import numpy as np
import soxr

from musicrec_desktop.core.types import Excerpt, Floats, frozen

# librosa.load's default, so that features agree with librosa's from the file on.
QUALITY = "HQ"


class Resampler:
    """A mono stream from one rate to another; all blocks together equal `resample` of the whole."""

    def __init__(self, sr_in: int, sr_out: int) -> None:
        self._stream = None if sr_in == sr_out else soxr.ResampleStream(sr_in, sr_out, 1, np.float32, QUALITY)

    def push(self, samples: Floats) -> Floats:
        """The output that is ready by now, (n,) float32, often none of it or more than its share."""
        samples = np.ascontiguousarray(samples, np.float32)
        return samples if self._stream is None else self._stream.resample_chunk(samples)

    def finish(self) -> Floats:
        """What was still inside; nothing may be pushed after this."""
        nothing = np.zeros(0, np.float32)
        return nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)


def resample(excerpt: Excerpt, sr: int) -> Excerpt:
    """The same sound at `sr` Hz; the excerpt itself when it is there already."""
    if excerpt.sr == sr:
        return excerpt
    resampler = Resampler(excerpt.sr, sr)
    return Excerpt(frozen(np.concatenate([resampler.push(excerpt.samples), resampler.finish()])), sr)
