"""Sliding alignment: the right place, the right speed, whatever the colour and gain."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Floats
from musicrec_desktop.engine import alignment


def walk(n: int, c: int = 6, seed: int = 1) -> Floats:
    """Something that moves as MFCC do: neighbours are alike."""
    steps = np.random.default_rng(seed).normal(size=(n + 8, c))
    kernel = np.ones(8) / 8
    smooth = np.stack([np.convolve(column, kernel, "valid") for column in steps.T], axis=1)
    return smooth[:n].astype(np.float32)


def brute_correlations(query: Floats, segment: Floats) -> list[float]:
    n, found = len(query), []
    for start in range(len(segment) - n + 1):
        window = segment[start : start + n]
        each = [np.corrcoef(query[:, c], window[:, c])[0, 1] for c in range(query.shape[1])]
        found.append(float(np.mean(each)))
    return found


def test_correlations_equal_those_one_by_one() -> None:
    segments = np.stack([walk(50, seed=s) for s in (1, 2, 3)])
    query = walk(20, seed=4)
    found = alignment.correlations(query, segments)
    assert found.shape == (3, 31)
    for row, segment in zip(found, segments, strict=True):
        assert row == pytest.approx(brute_correlations(query, segment), abs=1e-4)


@pytest.mark.parametrize("m", [20, 21, 31, 32, 33, 47, 64, 65, 97])
def test_every_length_of_segment(m: int) -> None:
    segment, query = walk(m, seed=5), walk(20, seed=6)
    assert alignment.correlations(query, segment[None])[0] == pytest.approx(
        brute_correlations(query, segment), abs=1e-4
    )


def test_the_place_is_found_whatever_the_gain_and_tilt() -> None:
    segments = np.stack([walk(120, seed=s) for s in range(5)])
    query = segments[3, 37:97] * np.linspace(0.5, 3.0, 6, dtype=np.float32) + np.arange(6, dtype=np.float32)
    found = alignment.align(query, segments)
    assert int(found.correlation.argmax()) == 3
    assert found.correlation[3] == pytest.approx(1.0, abs=1e-3)
    assert (int(found.start[3]), int(found.length[3])) == (37, 60)


@pytest.mark.parametrize("stretch", [0.84, 0.86, 0.88, 0.92, 0.96, 1.04, 1.08, 1.12, 1.14, 1.16])
def test_another_speed_is_found(stretch: float) -> None:
    segments = np.stack([walk(140, seed=s) for s in range(4)])
    n = round(60 * stretch)
    query = alignment.resampled(segments[2, 30 : 30 + n], 60)
    found = alignment.align(query, segments)
    assert int(found.correlation.argmax()) == 2
    assert found.correlation[2] > 0.85
    assert abs(int(found.length[2]) - n) <= 1.5
    assert abs(int(found.start[2]) - 30) <= 1


def test_far_speeds_must_be_the_better_by_their_cost() -> None:
    segment = walk(140, seed=2)[None]
    query = alignment.resampled(segment[0, 30 : 30 + 70], 60)
    length = round(60 * 1.16)
    there = alignment.correlations(alignment.resampled(query, length), segment).max()
    found = alignment.align(query, segment)
    assert int(found.length[0]) == length
    assert found.correlation[0] == pytest.approx(there - alignment.STRETCHES[1.16], abs=1e-5)


def test_where_there_is_no_music_there_is_no_place() -> None:
    segments = np.stack([walk(80, seed=1), walk(80, seed=2)])
    query = segments[0, 10:50].copy()
    segments[0, :20] = np.nan
    segments[1] = np.nan
    found = alignment.align(query, segments)
    assert found.start[0] >= 20
    assert found.correlation[0] < 0.9
    assert found.correlation[1] == -1.0


def test_a_segment_as_long_as_the_take_has_one_place() -> None:
    query = walk(40)
    found = alignment.align(query, query[None])
    assert (int(found.start[0]), int(found.length[0])) == (0, 40)


def test_silence_correlates_with_nothing() -> None:
    found = alignment.align(walk(20), np.zeros((1, 40, 6), dtype=np.float32))
    assert abs(found.correlation[0]) < 1e-3
    assert np.isfinite(alignment.align(np.zeros((20, 6), dtype=np.float32), walk(40)[None]).correlation).all()


def test_normalised_has_mean_0_and_deviation_1() -> None:
    found = alignment.normalised(walk(30) * 7 + 3)
    assert found.mean(axis=0) == pytest.approx(np.zeros(6), abs=1e-5)
    assert found.std(axis=0) == pytest.approx(np.ones(6), abs=1e-4)


def test_resampling_keeps_ends_and_lines() -> None:
    line = np.arange(10, dtype=np.float32)[:, None] * np.array([[1.0, -2.0]], dtype=np.float32)
    assert alignment.resampled(line, 19)[:, 0] == pytest.approx(np.linspace(0, 9, 19), abs=1e-5)
    assert alignment.resampled(line, 4)[[0, -1]].tolist() == line[[0, -1]].tolist()
    assert alignment.resampled(line, 10) is line
