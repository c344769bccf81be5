"""Take: what was heard, or opened, together with the passage of it that is asked about."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import numpy as np

from musicrec_desktop.core.types import Excerpt

Origin = Literal["microphone", "monitor", "sample", "file", "track"]

_STEP_S = 0.25


@dataclass(frozen=True, slots=True)
class Take:
    """`excerpt` is the whole that can be shown; None for a track of the catalogue, which is asked by its id."""

    origin: Origin
    at: datetime
    name: str = ""  # of the file or track
    excerpt: Excerpt | None = None
    start_s: float = 0.0
    duration_s: float = 0.0

    def passage(self) -> Excerpt | None:
        """The samples that are asked about."""
        return None if self.excerpt is None else self.excerpt.part(self.start_s, self.duration_s)

    def about(self, start_s: float, duration_s: float) -> "Take":
        """The same take with another passage."""
        return replace(self, start_s=start_s, duration_s=duration_s)


def loudest_start(excerpt: Excerpt, duration_s: float) -> tuple[float, float]:
    """Start of the loudest passage of that length, in steps of a quarter second, and its RMS in dBFS."""
    step = round(_STEP_S * excerpt.sr)
    n_steps = len(excerpt.samples) // step
    width = min(n_steps, round(duration_s / _STEP_S))
    if width == 0:
        return 0.0, -np.inf
    blocks = excerpt.samples[: n_steps * step].reshape(n_steps, step)
    energy = np.einsum("ij,ij->i", blocks, blocks)
    total = np.concatenate(([0.0], np.cumsum(energy)))
    sums = total[width:] - total[:-width]
    best = int(np.argmax(sums))
    power = float(sums[best]) / (width * step)
    return best * _STEP_S, 10 * np.log10(power) if power > 0 else -np.inf
