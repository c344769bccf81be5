"""SampleRing: the newest minute of sound, one writer, any number of readers, no lock."""

from collections.abc import Callable

import numpy as np

from musicrec_desktop.core.types import Floats


class Overwritten(Exception):
    """The samples asked for are older than the ring reaches."""


class SampleRing:
    """Mono float32 samples at one rate. A position counts samples since the beginning and never goes back.

    Every sample is stored twice, `capacity` apart, so that any stretch of the newest `capacity` samples is one
    slice. `write` is for one thread alone. It announces what it is about to overwrite (`_claimed`) before the
    copy and what can be read (`_written`) after it; a reader copies first and then looks whether its stretch
    was claimed meanwhile, so a torn copy is never handed out.
    """

    def __init__(self, capacity: int, sr: int) -> None:
        self.capacity = capacity
        self.sr = sr
        self._samples = np.zeros(2 * capacity, np.float32)
        self._claimed = 0
        self._written = 0

    @property
    def written(self) -> int:
        """Samples written since the beginning: the position behind the newest."""
        return self._written

    def write(self, block: Floats) -> None:
        """Append a block (n,), n at most `capacity`; the oldest samples go."""
        n, capacity, samples = len(block), self.capacity, self._samples
        begin = self._written
        self._claimed = begin + n
        at = begin % capacity
        first = min(n, capacity - at)
        samples[at : at + first] = block[:first]
        samples[at + capacity : at + capacity + first] = block[:first]
        if first < n:
            samples[: n - first] = block[first:]
            samples[capacity : capacity + n - first] = block[first:]
        self._written = begin + n

    def latest(self, n: int) -> Floats:
        """A copy of the newest samples, `n` of them or fewer where there are fewer."""
        return self._newest(lambda end: end - n)[0]

    def since(self, position: int) -> tuple[Floats, int]:
        """Everything from `position` on that the ring still holds, and the position behind it."""
        return self._newest(lambda end: position)

    def _newest(self, wanted_begin: Callable[[int], int]) -> tuple[Floats, int]:
        reach = self.capacity
        while True:
            end = self._written
            begin = min(end, max(0, end - reach, wanted_begin(end)))
            try:
                return self.between(begin, end), end
            except Overwritten:
                # The writer was faster, which takes nearly the whole ring being asked for: ask for less.
                reach = reach * 15 // 16

    def between(self, begin: int, end: int) -> Floats:
        """A copy of the samples of positions begin .. end - 1. Raises Overwritten; ValueError beyond the newest."""
        if not 0 <= begin <= end <= self._written:
            raise ValueError(f"samples {begin} to {end} of {self._written}")
        at = begin % self.capacity
        # A stretch longer than the ring is refused before its slice could end early.
        if end - begin > self.capacity or begin < self._claimed - self.capacity:
            raise Overwritten
        copy = self._samples[at : at + end - begin].copy()
        if begin < self._claimed - self.capacity:
            raise Overwritten
        return copy
