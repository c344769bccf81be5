"""How loud a file is from its beginning to its end: the picture of its sound in the player."""

import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from musicrec_desktop.audio import files
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import Floats, frozen

N_PARTS = 840  # several for each bar of the widest player
SHOWN_EVERY_S = 0.5  # of a long file, what has been read so far
_STEP_S = 0.02
_LOUD_PERCENTILE = 98  # a single crash does not make the rest look faint
_POWER = 1.2  # loud music is squeezed together at the top; the eye wants it a little wider


def waveform(path: Path, *, token: CancelToken) -> Iterator[Floats]:
    """Loudness 0..1 over the whole file, shape (at most N_PARTS,), 0 where it has not been read yet; the last is whole.

    Decodes in the calling process, as the player does. Raises UndecodableFile, Cancelled.
    """
    info = files.probe(path)
    step = max(1, round(_STEP_S * info.sr))
    n_steps = math.ceil(info.duration_s * info.sr / step)
    levels: list[Floats] = []
    rest = np.zeros(0, np.float32)
    shown = time.monotonic()
    for block in files.blocks(path, sr=info.sr, token=token):
        token.check()
        samples = np.concatenate([rest, block.samples])
        whole = len(samples) // step * step
        levels.append(np.sqrt(np.mean(samples[:whole].reshape(-1, step) ** 2, axis=1)))
        rest = samples[whole:]
        if time.monotonic() - shown > SHOWN_EVERY_S:
            shown = time.monotonic()
            yield _shares(levels, n_steps)
    yield _shares(levels, 0)


def _shares(levels: list[Floats], n_steps: int) -> Floats:
    """Levels of steps as shares of the loud ones, joined to few parts; as long as the header said, or as they are."""
    known = np.concatenate([*levels, np.zeros(0, np.float32)])
    loud = max(float(np.percentile(known, _LOUD_PERCENTILE)) if len(known) else 0.0, 1e-4)
    padded = np.concatenate([known, np.zeros(max(0, n_steps - len(known)), np.float32)])
    if len(padded) > N_PARTS:
        edges = np.linspace(0, len(padded), N_PARTS + 1)[:-1].astype(int)
        padded = np.sqrt(np.add.reduceat(padded**2, edges) / np.diff([*edges, len(padded)]))
    return frozen(np.clip(padded / loud, 0, 1).astype(np.float32) ** np.float32(_POWER))
