"""What the self-test finds, as facts. Words for them: `doctor/words.py` for the terminal, the window has its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["ok", "attention", "skipped"]
Fact = str | int | float  # a float is shown with one decimal


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: which one, and the facts in it."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `error` stood in its way, where there was one; then there may be nothing said."""

    check: str
    outcome: Outcome
    said: tuple[Said, ...] = ()
    error: Exception | None = None
    took_s: float = 0.0


def said(key: str, **facts: Fact) -> Said:
    return Said(key, facts)
