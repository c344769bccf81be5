"""What to say of the level: decided from the samples, changed at most every 0.8 s."""

import math
import time
from collections.abc import Callable
from typing import Literal

from musicrec_desktop.audio.level import SILENT, level_of
from musicrec_desktop.core.types import Floats

Hint = Literal["ok", "low", "high", "none"]

SILENT_DB, QUIET_DB, LOUD_PEAK_DB = -75.0, -45.0, -1.0
_HOLD_S = 0.8
_SMOOTH_S = 0.4


class LevelHint:
    """Takes samples as they come; `level` is of the newest, `hint` of the last moments."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed_at = -math.inf
        self._power = 0.0
        self.hint: Hint = "ok"
        self.level = SILENT

    def hear(self, samples: Floats, sr: int) -> bool:
        """Take (n,) samples; return True when the hint has changed."""
        if len(samples) == 0:
            return False
        self.level = level_of(samples)
        share = min(1.0, len(samples) / sr / _SMOOTH_S)
        self._power += share * (10 ** (self.level.rms_db / 10) - self._power)
        return self._settle(self._wanted())

    def _wanted(self) -> Hint:
        smooth_db = 10 * math.log10(max(self._power, 1e-12))
        if self.level.peak_db >= LOUD_PEAK_DB:
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
