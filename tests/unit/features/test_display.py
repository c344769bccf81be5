"""The live columns: right frequency, right level, whatever the rate and however the samples arrive."""

import numpy as np
import pytest

from musicrec_desktop.features.display import (
    COLUMNS_PER_S,
    FLOOR_DB,
    N_BINS,
    AutoRange,
    DisplaySpectrum,
    bin_frequencies,
    note_name,
    to_db,
)
from tests.signals import silence, sine, white_noise


@pytest.mark.parametrize("sr", [16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("hz", [60.0, 440.0, 3_000.0])
def test_a_sine_is_brightest_at_its_frequency_with_its_level(sr: int, hz: float) -> None:
    columns = DisplaySpectrum(sr).push(sine(hz, 2.0, sr=sr, level=0.5).samples)
    column = columns[:, columns.shape[1] // 2]
    found_hz = bin_frequencies()[int(np.argmax(column))]
    assert abs(12 * np.log2(found_hz / hz)) < (1.5 if hz < 100 else 0.5)
    assert to_db(int(column.max())) == pytest.approx(20 * np.log10(0.5), abs=1.5)


@pytest.mark.parametrize("sr", [22_050, 44_100, 48_000])
def test_columns_come_at_one_rate(sr: int) -> None:
    display = DisplaySpectrum(sr)
    columns = display.push(silence(10.0, sr=sr).samples)
    assert columns.shape[0] == N_BINS
    assert columns.shape[1] == pytest.approx(10 * COLUMNS_PER_S, abs=0.1 * COLUMNS_PER_S)
    assert columns.dtype == np.uint8


def test_pieces_equal_the_whole() -> None:
    samples = white_noise(3.0, sr=44_100).samples
    whole = DisplaySpectrum(44_100).push(samples)
    display = DisplaySpectrum(44_100)
    edges = np.sort(np.random.default_rng(5).integers(0, len(samples), 40))
    pieces = [display.push(part) for part in np.split(samples, edges)]
    assert np.abs(np.concatenate(pieces, axis=1).astype(int) - whole).max() <= 1


def test_reset_forgets() -> None:
    display = DisplaySpectrum(44_100)
    loud = display.push(white_noise(1.0, sr=44_100).samples)
    display.reset()
    after = display.push(silence(1.0, sr=44_100).samples)
    assert after.shape == loud.shape
    assert after.max() == 0


def test_silence_is_the_floor() -> None:
    columns = DisplaySpectrum(44_100).push(silence(1.0, sr=44_100).samples)
    assert to_db(int(columns.max())) == FLOOR_DB


def test_above_half_the_rate_nothing_is_heard() -> None:
    columns = DisplaySpectrum(8_000).push(white_noise(1.0, sr=8_000).samples)
    assert columns[bin_frequencies() > 4_100].max() == 0
    assert columns[bin_frequencies() < 3_000].min() > 0


@pytest.mark.parametrize(
    ("hz", "name"), [(440.0, "A4"), (261.63, "C4"), (27.5, "A0"), (466.16, "A♯4"), (4_186.0, "C8"), (0.0, "")]
)
def test_note_names(hz: float, name: str) -> None:
    assert note_name(hz) == name


def level(db: float, n: int) -> np.ndarray:
    return np.full((N_BINS, n), round((db - FLOOR_DB) * 2), np.uint8)


def test_the_range_rises_at_once_and_falls_in_three_seconds() -> None:
    shown = AutoRange()
    assert shown.follow(level(-10, 3)) == pytest.approx(-10, abs=0.5)
    third = [shown.follow(level(-40, 1)) for _ in range(3 * COLUMNS_PER_S)][-1]
    assert third == pytest.approx(-40 + 30 / np.e, abs=0.6)


def test_the_range_does_not_blow_up_silence() -> None:
    shown = AutoRange()
    for _ in range(30):
        shown.follow(level(-110, COLUMNS_PER_S))
    assert shown.top_db == pytest.approx(-45)


def test_a_long_push_ends_where_many_short_ones_do() -> None:
    columns = np.concatenate((level(-10, 43), level(-40, 43 * 4)), axis=1)
    once, often = AutoRange(), AutoRange()
    once.follow(columns)
    for start in range(0, columns.shape[1], 43):
        often.follow(columns[:, start : start + 43])
    assert once.top_db == pytest.approx(often.top_db)
