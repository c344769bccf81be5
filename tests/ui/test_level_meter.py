"""The meter's ballistics, in a time of its own."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from musicrec_desktop.ui.level_meter import WIDTH, WIDTH_SMALL, LevelMeter, decibels
from musicrec_desktop.ui.theme import Theme


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(qtbot: QtBot, theme: Theme, clock: Clock) -> LevelMeter:
    meter = LevelMeter(theme, clock=clock)
    qtbot.addWidget(meter)
    meter.resize(meter.sizeHint())
    return meter


def fill(meter: LevelMeter, level_db: float) -> QColor:
    point = meter.bar_point(level_db)
    return meter.grab().toImage().pixelColor(round(point.x()), round(point.y()))


def test_it_rises_at_once_and_falls_20_db_a_second(meter: LevelMeter, clock: Clock) -> None:
    meter.set_level(-10, -5)
    assert meter.rms_db == -10
    clock.now += 0.5
    meter.set_level(-60, -60)
    assert meter.rms_db == pytest.approx(-20)
    clock.now += 10
    meter.set_level(-50, -50)
    assert meter.rms_db == -50


def test_the_peak_is_held_then_falls_12_db_a_second(meter: LevelMeter, clock: Clock) -> None:
    meter.set_level(-20, -4)
    clock.now += 1.1
    meter.set_level(-60, -60)
    assert meter.peak_db == -4
    clock.now += 0.5
    meter.set_level(-60, -60)
    assert meter.peak_db == pytest.approx(-10)


def test_the_number_changes_five_times_a_second(meter: LevelMeter, clock: Clock) -> None:
    shown = set()
    for tick in range(30):
        clock.now += 1 / 30
        meter.set_level(-20 - tick, -10)
        shown.add(meter.number_db)
    assert 4 <= len(shown) <= 6


def test_colours_say_good_quiet_hot_and_clipped(meter: LevelMeter, clock: Clock) -> None:
    theme = meter.theme
    for level, peak, colour in ((-20, -12, "ok"), (-50, -48, "warn"), (-12, -3, "warn"), (-6, -0.5, "danger")):
        meter.reset()
        meter.set_level(level, peak)
        assert fill(meter, -57) == getattr(theme, colour)
        assert fill(meter, -4.5) != getattr(theme, colour)


@pytest.mark.parametrize(("rms", "peak"), [(-200, -200), (5, 5), (float("-inf"), float("-inf"))])
def test_levels_beyond_the_scale_stay_on_it(meter: LevelMeter, rms: float, peak: float) -> None:
    meter.set_level(rms, peak)
    assert -60 <= meter.rms_db <= 0
    assert not meter.grab().isNull()


def test_a_reader_hears_of_kinds_not_of_decibels(meter: LevelMeter, clock: Clock) -> None:
    said = []
    meter.valueChanged.connect(said.append)
    for tick in range(60):
        clock.now += 0.25
        meter.set_level(-20 - tick % 4, -12)
    assert len(said) == 1


def test_sizes_and_numbers(meter: LevelMeter) -> None:
    assert meter.sizeHint().width() > WIDTH
    meter.set_small(True)
    assert meter.sizeHint().width() == WIDTH_SMALL  # no number where room is scarce
    assert decibels(-18.4) == "\u221218 dB"
    assert decibels(0) == "0 dB"
