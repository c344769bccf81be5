"""How loud a stretch of sound is."""

from dataclasses import dataclass

import numpy as np

from musicrec_desktop.core.types import Floats

FLOOR_DB = -120.0
# Converters clip a little below full scale, and resampling rounds the flat tops off.
CLIPPED_FROM = 0.99


@dataclass(frozen=True, slots=True)
class Level:
    """Decibels relative to full scale (dBFS), not below FLOOR_DB."""

    rms_db: float
    peak_db: float
    clipped_share: float  # of the samples, 0..1

    @property
    def clipped(self) -> bool:
        return self.clipped_share > 0


SILENT = Level(FLOOR_DB, FLOOR_DB, 0.0)


def level_of(samples: Floats) -> Level:
    """Level of samples (n,) in -1..1; of none: silence."""
    if not len(samples):
        return SILENT
    loudness = np.abs(samples)
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return Level(_db(rms), _db(float(loudness.max())), float(np.mean(loudness >= CLIPPED_FROM)))


def _db(amplitude: float) -> float:
    return max(FLOOR_DB, 20 * float(np.log10(max(amplitude, 1e-12))))
