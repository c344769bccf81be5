"""The frame that chooses a passage: plain geometry, in seconds."""

from dataclasses import dataclass, replace
from typing import Literal

SHORTEST_S, LONGEST_S = 3.0, 12.0
STEP_S = 0.25
SNAP_S = 0.5

Grip = Literal["start", "end", "body", "new"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a recording."""

    start_s: float
    duration_s: float

    @property
    def end_s(self) -> float:
        return self.start_s + self.duration_s

    def moved(self, by_s: float, *, total_s: float) -> "Passage":
        """The same length elsewhere, kept inside the recording."""
        start_s = max(0.0, min(total_s - self.duration_s, self.start_s + by_s))
        return replace(self, start_s=max(0.0, start_s))

    def dragged(self, grip: Grip, to_s: float, *, total_s: float) -> "Passage":
        """One end moved to a time; 3 to 12 s long and inside the recording."""
        longest = min(LONGEST_S, total_s)
        shortest = min(SHORTEST_S, total_s)
        if grip == "start":
            duration_s = min(max(self.end_s - max(0.0, to_s), shortest), longest)
            return Passage(max(0.0, self.end_s - duration_s), duration_s)
        duration_s = min(max(min(to_s, total_s) - self.start_s, shortest), longest)
        return Passage(min(self.start_s, total_s - duration_s), duration_s)

    def snapped(self) -> "Passage":
        """Ends on half seconds."""
        return Passage(_nearest(self.start_s), max(SHORTEST_S, _nearest(self.duration_s)))


def between(first_s: float, second_s: float, *, total_s: float) -> Passage:
    """The passage drawn from one time to another, made 3 to 12 s long and kept inside."""
    anchor_s = max(0.0, min(total_s, first_s))
    longest, shortest = min(LONGEST_S, total_s), min(SHORTEST_S, total_s)
    duration_s = min(max(abs(second_s - first_s), shortest), longest)
    start_s = anchor_s if second_s >= first_s else anchor_s - duration_s
    return Passage(max(0.0, min(total_s - duration_s, start_s)), duration_s)


def grip_at(passage: Passage, at_s: float, *, reach_s: float) -> Grip | None:
    """What of the frame lies at a time: an end within reach, the body, or nothing."""
    near_start, near_end = abs(at_s - passage.start_s), abs(at_s - passage.end_s)
    if min(near_start, near_end) <= reach_s:
        return "start" if near_start <= near_end else "end"
    return "body" if passage.start_s < at_s < passage.end_s else None


def _nearest(value_s: float) -> float:
    return round(value_s / SNAP_S) * SNAP_S
