"""What an examination returns: how it went, and what is said of it."""

from collections.abc import Callable

from musicrec_desktop.core.checkup import Outcome, Said
from musicrec_desktop.doctor.round import Round

Result = tuple[Outcome, tuple[Said, ...]]
Examination = Callable[[Round], Result]  # raises MusicRecError, OSError, OutOfTime, Cancelled


def ok(*said: Said) -> Result:
    return "ok", said


def attention(*said: Said) -> Result:
    return "attention", said


def skipped(*said: Said) -> Result:
    return "skipped", said


def judged(good: bool, *said: Said) -> Result:
    return "ok" if good else "attention", said
