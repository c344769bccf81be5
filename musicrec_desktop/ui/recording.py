"""Recording: the take that is being heard, counted in samples."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.ui.takes import Origin, Take

if TYPE_CHECKING:
    from musicrec_desktop.audio.capture import MicSource

KEPT_S = 30.0  # what can be seen and asked about afterwards
LONGEST_S = 15.0  # a take that is held on ends here
LOOKS_S = (3.0, 4.5)  # when a first look is taken while listening


class Recording:
    """From the press on. It waits for the microphone to open, then counts what arrives."""

    def __init__(self, *, take_s: float, origin: Origin, now: Callable[[], datetime]) -> None:
        self.take_s = take_s
        self.held = True  # the button or key has not been let go yet
        self._origin = origin
        self._now = now
        self._source: MicSource | None = None
        self._mark = 0  # samples written when the take began
        self._looks_left = list(LOOKS_S)

    def begin(self, source: "MicSource") -> None:
        self._source = source
        self._mark = source.ring.written

    @property
    def begun(self) -> bool:
        return self._source is not None

    @property
    def heard_s(self) -> float:
        return (self._source.ring.written - self._mark) / self._source.ring.sr if self._source else 0.0

    @property
    def share(self) -> float:
        """How much of the countdown is over, 0..1."""
        return min(1.0, self.heard_s / self.take_s)

    @property
    def over(self) -> bool:
        return self.heard_s >= (LONGEST_S if self.held else self.take_s)

    def look_due(self) -> bool:
        """True once for each first look."""
        if not self._looks_left or self.heard_s < self._looks_left[0]:
            return False
        self._looks_left.pop(0)
        return True

    def take(self) -> Take | None:
        """What was heard since the press, within the last 30 s; None when that is nothing."""
        if self._source is None or self.heard_s <= 0:
            return None
        longest_s = LONGEST_S if self.heard_s > self.take_s + 1 else self.take_s
        return take_of_newest(self._source, self.heard_s, longest_s, origin=self._origin, at=self._now())


def take_of_newest(
    source: "MicSource", heard_s: float, longest_s: float, *, origin: Origin, at: datetime
) -> Take | None:
    """A take whose passage begins `heard_s` ago, with what came before it; None when nothing is there."""
    samples = source.ring.latest(math.ceil(KEPT_S * source.ring.sr))
    if not len(samples):
        return None
    excerpt = Excerpt.from_samples(samples, source.ring.sr)
    start_s = max(0.0, excerpt.duration_s - heard_s)
    return Take(origin, at, "", excerpt, start_s, min(longest_s, excerpt.duration_s - start_s))
