"""What an import says of itself; light to load, so that the window can name it before anything is imported."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["added", "unchanged", "moved", "failed"]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file. `added` is also a file whose content changed and was analysed again."""

    path: Path
    status: Status
    reason: str | None = None  # of a failure: one of UNDECODABLE_REASONS, or "too_short"


@dataclass(frozen=True, slots=True)
class Summary:
    added: int
    unchanged: int
    moved: int
    failed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ImportProgress:
    done: int  # files
    total: int
    seconds_left: float | None  # None while there is nothing to judge by


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the changes in watched folders.

    `gave_way`: the listener began an import; what is left is found again by the next look.
    `failed`: the catalogue could not be written; `error` says why.
    """

    outcome: Literal["done", "cancelled", "gave_way", "failed"]
    summary: Summary
    removed: int = 0
    error: Exception | None = None


class Tally:
    """Counts imported files from the moment it is made."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self.removed = 0  # songs that left the catalogue

    def count(self, file: ImportedFile) -> None:
        self._counts[file.status] += 1

    def summary(self) -> Summary:
        counts = self._counts
        seconds = time.monotonic() - self._began
        return Summary(counts["added"], counts["unchanged"], counts["moved"], counts["failed"], seconds)
