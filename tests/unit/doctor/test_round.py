"""A run's time, and what runs beside it."""

import time
from functools import partial

import pytest

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.doctor.round import OutOfTime, Round
from tests.unit.doctor.children import give, miss, sleep


class Clock:
    """Moves on only when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_time_runs_out() -> None:
    clock = Clock()
    with Round(token=CancelToken(), clock=clock, total_s=20.0) as here:
        clock.now_s += 15.0
        assert here.left_s() == pytest.approx(5.0)


def test_a_childs_answer_and_its_error_arrive() -> None:
    with Round(token=CancelToken(), total_s=60.0) as here:
        here.begin("one", partial(give, 7))
        here.begin("one", partial(give, 8))  # it has begun
        here.begin("other", miss)
        assert here.begun("one").result(here.left_s) == [7]
        with pytest.raises(ImportError):
            here.begun("other").result(here.left_s)


def test_what_is_ready_is_taken_however_late_it_is() -> None:
    clock = Clock()
    with Round(token=CancelToken(), clock=clock, total_s=60.0) as here:
        here.begin("one", partial(give, 7))
        assert here.begun("one").result(here.left_s) == [7]
        clock.now_s += 100.0
        assert here.begun("one").result(here.left_s) == [7]


def test_a_child_that_is_too_slow_is_ended() -> None:
    with Round(token=CancelToken(), total_s=0.5) as here:
        here.begin("one", sleep)
        began = time.monotonic()
        with pytest.raises(OutOfTime):
            here.begun("one").result(here.left_s)
    assert time.monotonic() - began < 5.0


def test_a_cancelled_run_waits_for_nobody() -> None:
    token = CancelToken()
    with Round(token=token, total_s=60.0) as here:
        here.begin("one", sleep)
        token.cancel()
        with pytest.raises(Cancelled):
            here.begun("one").result(here.left_s)
