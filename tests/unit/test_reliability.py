"""What the benches say of certainty and of versions."""

from pathlib import Path

import numpy as np
import pytest

from bench.reliability import CHANNELS, PANELS, calibration_error, curve, draw, interval
from bench.sounds import DURATION_S, KINDS, SR, sounds
from bench.versions import versions
from musicrec_desktop.core.types import Floats, MfccSequence, TrackId, frozen


def test_who_is_sure_and_right_is_honest_and_who_is_sure_and_wrong_is_not() -> None:
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert calibration_error([(1.0, False)] * 4) == pytest.approx(1)
    assert calibration_error([(1.0, True), (0.05, True)]) == pytest.approx(0.475)
    assert calibration_error([]) == 0


def test_a_curve_leaves_out_empty_bins() -> None:
    bins = curve([(0.12, False), (0.14, True), (1.0, True)])
    assert [one["takes"] for one in bins] == [2, 1]
    assert [one["sure"] for one in bins] == pytest.approx([0.13, 1.0])
    assert [one["right"] for one in bins] == [0.5, 1.0]


def test_few_takes_say_little() -> None:
    assert interval(1.0, 1) == pytest.approx((0.207, 1.0), abs=0.001)
    assert interval(0.9, 1000) == pytest.approx((0.880, 0.917), abs=0.001)


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="of the curator's extra")
    bins = curve([(0.5, True), (0.9, True)])
    draw({what: dict.fromkeys(CHANNELS, bins) for what in PANELS}, tmp_path / "x.png")
    assert 5_000 < (tmp_path / "x.png").stat().st_size < 200_000


def test_sounds_of_every_kind_are_six_seconds_and_stay_the_same() -> None:
    first, again = (dict(sounds(each=1, seed=1)) for _ in range(2))
    assert set(KINDS) - set(first) <= {"speech"}
    for kind, sound in first.items():
        assert len(sound) <= DURATION_S * SR
        assert np.abs(sound).max() <= 1
        assert np.array_equal(sound, again[kind])


def sequence(values: Floats) -> MfccSequence:
    scale = np.abs(values).max(axis=0) / 127
    return MfccSequence(frozen(np.round(values / scale).astype(np.int8)), frozen(scale.astype(np.float32)), 10.0)


def test_songs_that_share_six_seconds_are_versions_of_one_another() -> None:
    rng = np.random.default_rng(0)
    one, two, three = (rng.normal(size=(n, 12)).astype(np.float32) for n in (200, 230, 180))
    two[100:190] = one[60:150] + 0.3 * two[100:190]
    found = versions({TrackId(name): sequence(each) for name, each in (("a", one), ("b", two), ("c", three))})
    assert found == {("a", "b"), ("b", "a")}
