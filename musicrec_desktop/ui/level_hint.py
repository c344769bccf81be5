"""What to say of the level: decided from the samples, changed at most every 0.8 s."""

import math
import time
from collections.abc import Callable
from typing import Literal

import numpy as np

from musicrec_desktop.core.types import Floats

Hint = Literal["ok", "low", "high", "none"]

SILENT_DB, QUIET_DB, LOUD_PEAK_DB = -75.0, -45.0, -1.0
FLOOR_DB = -120.0
_HOLD_S = 0.8
_SMOOTH_S = 0.4


class LevelHint:
    """Takes samples as they come; `rms_db` and `peak_db` are of the newest, `hint` of the last moments."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed_at = -math.inf
        self._power = 0.0
        self.hint: Hint = "ok"
        self.rms_db = self.peak_db = FLOOR_DB

    def hear(self, samples: Floats, sr: int) -> bool:
        """Take (n,) samples; return True when the hint has changed."""
        if len(samples) == 0:
            return False
        power = float(np.mean(np.square(samples, dtype=np.float64)))
        share = min(1.0, len(samples) / sr / _SMOOTH_S)
        self._power += share * (power - self._power)
        self.rms_db = _db(power, 10)
        self.peak_db = _db(float(np.max(np.abs(samples))), 20)
        return self._settle(self._wanted())

    def _wanted(self) -> Hint:
        smooth_db = _db(self._power, 10)
        if self.peak_db >= LOUD_PEAK_DB:
            return "high"
        if smooth_db < SILENT_DB:
            return "none"
        return "low" if smooth_db < QUIET_DB else "ok"

    def _settle(self, wanted: Hint) -> bool:
        now = self._clock()
        if wanted == self.hint or now - self._changed_at < _HOLD_S:
            return False
        self.hint, self._changed_at = wanted, now
        return True


def _db(value: float, factor: float) -> float:
    return max(FLOOR_DB, factor * math.log10(value)) if value > 0 else FLOOR_DB
