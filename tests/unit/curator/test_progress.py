"""What is said of a long step while it runs."""

import io

import pytest

from musicrec_desktop.curator.progress import MOVES_EVERY_S, SAYS_EVERY_S, Progress


class Terminal(io.StringIO):
    """What a person would read there."""

    def isatty(self) -> bool:
        return True

    def screen(self) -> list[str]:
        lines = [""]
        for letter in self.getvalue():
            if letter == "\n":
                lines.append("")
                column = 0
            elif letter == "\r":
                column = 0
            else:
                column = len(lines[-1]) if len(lines[-1]) == 0 else column
                lines[-1] = lines[-1][:column] + letter + lines[-1][column + 1 :]
                column += 1
        return [line.rstrip() for line in lines]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def steps(progress: Progress, clock: Clock, n: int, *, every_s: float) -> None:
    for _ in range(n):
        clock.now += every_s
        progress.step()


def test_time_left_follows_from_the_pace(clock: Clock) -> None:
    progress = Progress(stream=io.StringIO(), clock=clock)
    progress.begin(1000)
    assert progress.left_s() is None
    steps(progress, clock, 100, every_s=2.0)
    assert progress.left_s() == pytest.approx(1800.0)
    assert progress.line() == "100 of 1,000 songs, 30.0 a minute, 30 min left"


def test_a_pause_and_one_long_song_do_not_move_the_estimate(clock: Clock) -> None:
    progress = Progress(stream=io.StringIO(), clock=clock)
    progress.begin(1000)
    steps(progress, clock, 100, every_s=0.5)
    clock.now += 3600.0
    steps(progress, clock, 100, every_s=0.5)
    assert progress.left_s() == pytest.approx(400.0)


def test_a_new_pace_is_taken_up(clock: Clock) -> None:
    progress = Progress(stream=io.StringIO(), clock=clock)
    progress.begin(1000)
    steps(progress, clock, 100, every_s=0.5)
    steps(progress, clock, 100, every_s=4.0)
    assert progress.left_s() == pytest.approx(3200.0)


def test_results_that_come_in_bursts_have_one_pace(clock: Clock) -> None:
    progress = Progress(stream=io.StringIO(), clock=clock)
    progress.begin(800)
    for _ in range(50):
        steps(progress, clock, 1, every_s=4.0)
        steps(progress, clock, 7, every_s=0.0)
    assert progress.left_s() == pytest.approx(200.0, rel=0.05)


def test_a_log_gets_a_line_every_few_seconds_and_the_last_state(clock: Clock) -> None:
    log = io.StringIO()
    progress = Progress(stream=log, clock=clock)
    progress.begin(100)
    for number in range(100):
        clock.now += 0.5
        progress.step(failed=number == 3)
    progress.end()
    lines = log.getvalue().splitlines()
    assert len(lines) == pytest.approx(50 / SAYS_EVERY_S + 1, abs=1)
    assert "\r" not in log.getvalue()
    assert lines[0] == "10 of 100 songs, 2.0 a second, 45 s left, 1 failed"
    assert lines[-1] == "100 of 100 songs, 1 failed"


def test_a_beat_says_how_far_it_is_though_nothing_was_done(clock: Clock) -> None:
    log = io.StringIO()
    progress = Progress(stream=log, clock=clock)
    progress.begin(3)
    clock.now += SAYS_EVERY_S
    progress.beat()
    assert log.getvalue() == "0 of 3 songs\n"


def test_a_terminal_has_one_moving_line_with_failures_above(clock: Clock) -> None:
    terminal = Terminal()
    progress = Progress(unit="previews", stream=terminal, clock=clock)
    progress.begin(1200)
    steps(progress, clock, 10, every_s=MOVES_EVERY_S)
    progress.say("a.ogg: there is no sound in it")
    steps(progress, clock, 1190, every_s=MOVES_EVERY_S)
    progress.end()
    assert terminal.screen() == ["a.ogg: there is no sound in it", "1,200 of 1,200 previews", ""]


def test_nothing_to_do_says_nothing(clock: Clock) -> None:
    for stream in (io.StringIO(), Terminal()):
        progress = Progress(stream=stream, clock=clock)
        progress.begin(0)
        progress.end()
        assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "40 s"), (600, "10 min"), (7800, "2 h 10 min"), (3599, "1 h 0 min"), (280_000, "3 d 5 h")],
)
def test_spans_of_time_in_two_units(seconds: float, words: str, clock: Clock) -> None:
    progress = Progress(stream=io.StringIO(), clock=clock)
    progress.begin(11)
    steps(progress, clock, 10, every_s=seconds)
    assert progress.line().endswith(f"{words} left")
