"""How far a long step is, on standard error: one moving line on a terminal, elsewhere a line every few seconds."""

import sys
import time
from collections import deque
from collections.abc import Callable
from statistics import median
from typing import TextIO

MOVES_EVERY_S = 0.2  # on a terminal
SAYS_EVERY_S = 5.0  # elsewhere: a log
SLICE_S, SLICE_STEPS = 2.0, 5  # what a pace is measured over: this long, and this many steps, at least
SLICES = 15  # so many of the last ones count


class Progress:
    """Counts steps of a known total, estimates the time left, and says so now and then.

    The time left follows from the median pace of the last slices of work: a pause of the machine, or one song of
    an hour among short ones, does not move it.
    """

    def __init__(
        self, *, unit: str = "songs", stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._unit = unit
        self._stream = sys.stderr if stream is None else stream
        self._moves = self._stream.isatty()
        self._clock = clock
        self._paces: deque[float] = deque(maxlen=SLICES)  # seconds a step
        self._shown = 0  # letters of the moving line
        self.begin(0)

    def begin(self, total: int) -> None:
        """Start counting."""
        self._total, self._done, self._failed = total, 0, 0
        self._paces.clear()
        self._slice = (self._clock(), 0)
        self._said = self._slice[0]

    def step(self, *, failed: bool = False) -> None:
        """One more is done."""
        self._done += 1
        self._failed += failed
        began_s, began = self._slice
        now, steps = self._clock(), self._done - began
        if now - began_s >= SLICE_S and steps >= SLICE_STEPS:
            self._paces.append((now - began_s) / steps)
            self._slice = (now, self._done)
        self.beat()

    def beat(self) -> None:
        """Say how far it is when it is time to."""
        if self._clock() - self._said >= (MOVES_EVERY_S if self._moves else SAYS_EVERY_S):
            self._show()

    def say(self, text: str) -> None:
        """A line of its own, above the moving one."""
        self._wipe()
        print(text, file=self._stream, flush=True)
        if self._moves and self._done:
            self._show()

    def end(self) -> None:
        """Leave the last state standing, if anything was to be done."""
        if self._done:
            self._show()
        if self._shown:
            self._shown = 0
            print(file=self._stream, flush=True)

    def left_s(self) -> float | None:
        """Seconds until the end; None while nothing can be said."""
        began_s, began = self._slice
        paces = list(self._paces)
        if not paces and self._done > began:
            paces = [(self._clock() - began_s) / (self._done - began)]
        return median(paces) * (self._total - self._done) if paces else None

    def line(self) -> str:
        """`120 of 1,000 songs, 1.5 a second, 10 min left, 2 failed`."""
        words = [f"{self._done:,} of {self._total:,} {self._unit}"]
        left_s, remaining = self.left_s(), self._total - self._done
        if left_s is not None and remaining:
            words += [_rate(remaining / left_s)] if left_s else []
            words.append(f"{_span(left_s)} left")
        if self._failed:
            words.append(f"{self._failed:,} failed")
        return ", ".join(words)

    def _show(self) -> None:
        self._said = self._clock()
        line = self.line()
        if not self._moves:
            print(line, file=self._stream, flush=True)
            return
        self._stream.write("\r" + line.ljust(self._shown))
        self._stream.flush()
        self._shown = len(line)

    def _wipe(self) -> None:
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._shown = 0


def _rate(per_s: float) -> str:
    return f"{per_s:.1f} a second" if per_s >= 1 else f"{60 * per_s:.1f} a minute"


def _span(seconds: float) -> str:
    """In the two largest units that say something: `3 d 4 h`, `2 h 10 min`, `5 min`, `40 s`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"
