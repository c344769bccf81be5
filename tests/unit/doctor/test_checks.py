"""The order of the checks, their time, and what becomes of errors."""

from pathlib import Path

import pytest

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.checkup import Finding, said
from musicrec_desktop.core.errors import CatalogueDamaged, CatalogueEmpty, ModelMissing
from musicrec_desktop.doctor.checks import CHECKS, checks
from musicrec_desktop.doctor.result import Examination, Result, ok
from musicrec_desktop.doctor.round import OutOfTime, Round
from musicrec_desktop.doctor.words import told
from tests.unit.doctor.test_round import Clock

SOMEWHERE = Path("catalogue.db")


def raising(error: Exception) -> Examination:
    def examine(here: Round) -> Result:
        raise error

    return examine


def taking(clock: Clock, seconds: float) -> Examination:
    def examine(here: Round) -> Result:
        clock.now_s += seconds
        return ok(said("settings_none"))

    return examine


def run(**examinations: Examination) -> dict[str, Finding]:
    return {found.check: found for found in checks(examinations=examinations)}


def test_what_would_begin_too_late_is_left_out_and_said_to_be() -> None:
    clock = Clock()
    examinations = {str(number): taking(clock, 8.0) for number in range(5)}
    found = list(checks(clock=clock, total_s=30.0, examinations=examinations))
    assert [each.outcome for each in found] == ["ok"] * 4 + ["skipped"]
    assert found[0].took_s == pytest.approx(8.0)
    assert told(found[4]) == "Left out: the time for the test was over."
    assert clock.now_s - 100.0 == pytest.approx(32.0)


def test_errors_are_findings_and_the_next_check_follows() -> None:
    broken = CatalogueDamaged(path=SOMEWHERE, detail="cut off")
    found = run(
        catalogue=raising(broken), home=raising(PermissionError(13, "Permission denied", "/x")), last=CHECKS["database"]
    )
    assert [each.outcome for each in found.values()] == ["attention", "attention", "ok"]
    assert told(found["home"]) == "/x: Permission denied."
    assert "damaged" in told(found["catalogue"])


def test_without_songs_or_a_model_the_checks_that_need_them_are_left_out() -> None:
    missing = ModelMissing(path=SOMEWHERE)
    found = run(model=raising(missing), speed=raising(missing), answers=raising(CatalogueEmpty()))
    assert {name: each.outcome for name, each in found.items()} == {
        "model": "attention",
        "speed": "skipped",
        "answers": "skipped",
    }
    assert told(found["model"]).startswith("There is no model")
    assert told(found["speed"]) == "Left out: it needs a model."
    assert told(found["answers"]) == "Left out: there are no songs to ask about."


def test_a_check_that_runs_out_of_time_says_so() -> None:
    assert run(sound_=raising(OutOfTime()))["sound_"].outcome == "skipped"


def test_a_cancelled_run_ends_between_checks() -> None:
    token, clock = CancelToken(), Clock()
    running = checks(token=token, clock=clock, examinations={"one": taking(clock, 1.0), "two": taking(clock, 1.0)})
    assert next(running).check == "one"
    token.cancel()
    with pytest.raises(Cancelled):
        next(running)
