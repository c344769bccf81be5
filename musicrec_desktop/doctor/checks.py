"""The self-test: does everything work on this machine, how fast, and how right.

What is heavy goes last. Children compare with librosa and tslearn while songs are asked about; what is not done when
half a minute is over is left out, and says so.
"""

import time
from collections.abc import Iterator, Mapping

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding, said
from musicrec_desktop.core.errors import CatalogueEmpty, ModelError, MusicRecError
from musicrec_desktop.doctor import network, program, recognition, references, songs, sound, speed
from musicrec_desktop.doctor.result import Examination, Result
from musicrec_desktop.doctor.round import TOTAL_S, Clock, OutOfTime, Round

LEAST_S = 0.5  # with less than this left nothing begins
WAITING = ("sound", "tslearn", "librosa")  # began long before; what is ready is taken, however late it is


def _speed_then_comparisons(here: Round) -> Result:
    """The comparisons begin when speed has been measured: they keep a processor busy."""
    try:
        return speed.speed(here)
    finally:
        references.begin(here)


CHECKS: Mapping[str, Examination] = {
    "program": program.program,
    "settings": program.stored_settings,
    "home": program.home,
    "database": program.database,
    "model": network.model,
    "catalogue": songs.catalogue,
    "demonstration": songs.demonstration,
    "features": speed.features,
    "speed": _speed_then_comparisons,
    "answers": recognition.answers,
    "sound": sound.sound,
    "tslearn": references.tslearn,
    "librosa": references.librosa,
}


def checks(
    *,
    token: CancelToken | None = None,
    clock: Clock = time.monotonic,
    total_s: float = TOTAL_S,
    examinations: Mapping[str, Examination] = CHECKS,
) -> Iterator[Finding]:
    """One finding after another; an error of the program's own kind is a finding, not an end. Raises Cancelled."""
    with Round(token=token or CancelToken(), clock=clock, total_s=total_s) as here:
        if "sound" in examinations:
            here.begin(sound.NAME, sound.look)
        for name, examine in examinations.items():
            here.token.check()
            yield _found(name, examine, here, clock)


def _found(name: str, examine: Examination, here: Round, clock: Clock) -> Finding:
    if here.left_s() < LEAST_S and name not in WAITING:
        return Finding(name, "skipped", (said("late"),))
    began = clock()
    try:
        outcome, sentences = examine(here)
        return Finding(name, outcome, sentences, took_s=clock() - began)
    except OutOfTime:
        return Finding(name, "skipped", (said("late"),), took_s=clock() - began)
    except CatalogueEmpty as error:  # a new listener has no songs, and nothing is wrong with that
        return Finding(name, "skipped", (said("needs_songs"),), error)
    except ModelError as error:
        outcome = "attention" if name == "model" else "skipped"
        return Finding(name, outcome, () if name == "model" else (said("needs_model"),), error)
    except (MusicRecError, OSError, ImportError) as error:
        return Finding(name, "attention", error=error, took_s=clock() - began)
