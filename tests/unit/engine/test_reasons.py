"""Reasons come from distances of their own, and say nothing when nothing is close."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Floats, Reason
from musicrec_desktop.engine import reasons
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.features.statistics import GROUPS, N_STATISTICS, RHYTHM_LAGS
from tests.fakes import fake_calibration_card

CALIBRATION = Calibration.from_card(fake_calibration_card(N_STATISTICS))
ORDINARY = dict.fromkeys(Reason, 1.0)


def vector(seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=N_STATISTICS).astype(np.float32)


def pulse(lag: float) -> Floats:
    """An autocorrelation that peaks at `lag` frames."""
    lags = np.arange(RHYTHM_LAGS.start, RHYTHM_LAGS.stop)
    return np.exp(-0.5 * ((lags - lag) / 1.5) ** 2).astype(np.float32)


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("timbre", Reason.TIMBRE),
        ("rhythm", Reason.RHYTHM),
        ("onsets", Reason.RHYTHM),
        ("modulation", Reason.RHYTHM),
        ("harmony", Reason.HARMONY),
        ("brightness", Reason.BRIGHTNESS),
    ],
)
def test_each_kind_looks_at_its_own_statistics(group: str, kind: Reason) -> None:
    take = vector()
    other = take.copy()
    other[GROUPS[group]] += 1.0
    found = reasons.distances(take, other, CALIBRATION)
    found.pop(Reason.TEMPO)
    assert found.pop(kind) > 0.1
    assert all(value == 0.0 for value in found.values())


def test_the_same_passage_is_at_no_distance() -> None:
    found = reasons.distances(vector(), vector(), CALIBRATION)
    assert set(found) == set(Reason) - {Reason.MOOD}
    assert all(value == 0.0 for value in found.values())


@pytest.mark.parametrize(("a", "b", "octaves"), [(10, 10, 0), (10, 20, 0), (12, 18, np.log2(1.5)), (20, 22, 0.1375)])
def test_tempo_is_compared_in_octaves(a: float, b: float, octaves: float) -> None:
    take, other = vector(1), vector(1)
    take[GROUPS["rhythm"]], other[GROUPS["rhythm"]] = pulse(a), pulse(b)
    expected = abs(octaves - round(octaves))
    assert reasons.distances(take, other, CALIBRATION)[Reason.TEMPO] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("profile", [np.zeros(39), np.linspace(1, 0, 39), np.linspace(0, 1, 39)])
def test_a_profile_without_a_peak_is_no_trouble(profile: Floats) -> None:
    take = vector()
    take[GROUPS["rhythm"]] = profile
    assert 0 <= reasons.distances(take, vector(2), CALIBRATION)[Reason.TEMPO] <= 0.5


def test_mood_distance_runs_from_0_to_1() -> None:
    calm, wild = np.eye(10, dtype=np.float32)[:2]
    assert reasons.mood_distance(calm, calm) == 0.0
    assert reasons.mood_distance(calm, wild) == 1.0
    assert reasons.mood_distance(calm, (calm + wild) / 2) == pytest.approx(0.5)


def test_the_most_remarkable_come_first_the_mood_last_and_three_at_most() -> None:
    found = ORDINARY | {Reason.RHYTHM: 0.3, Reason.MOOD: 0.1, Reason.TIMBRE: 0.5, Reason.TEMPO: 0.6}
    assert reasons.chosen(found, CALIBRATION) == (Reason.RHYTHM, Reason.TIMBRE, Reason.MOOD)


def test_what_is_usual_decides_and_not_the_number() -> None:
    card = fake_calibration_card(N_STATISTICS)
    card["typical_distance"] |= {"timbre": 10.0, "tempo": 0.1}
    found = ORDINARY | {Reason.TIMBRE: 2.0, Reason.TEMPO: 0.1}
    assert reasons.chosen(found, Calibration.from_card(card)) == (Reason.TIMBRE,)


@pytest.mark.parametrize(
    ("best", "expected"), [(0.62, (Reason.HARMONY,)), (0.94, (Reason.HARMONY,)), (0.96, ()), (1.0, ())]
)
def test_a_single_one_may_be_less_close_but_not_ordinary(best: float, expected: tuple[Reason, ...]) -> None:
    assert reasons.chosen(ORDINARY | {Reason.HARMONY: best}, CALIBRATION) == expected


def test_a_third_one_has_to_be_close() -> None:
    found = ORDINARY | {Reason.HARMONY: 0.7, Reason.TIMBRE: 0.8, Reason.TEMPO: 0.85}
    assert reasons.chosen(found, CALIBRATION) == (Reason.HARMONY, Reason.TIMBRE)


def test_equal_distances_have_one_order() -> None:
    found = dict.fromkeys(Reason, 0.2)
    backwards = dict(reversed(found.items()))
    assert reasons.chosen(found, CALIBRATION) == reasons.chosen(backwards, CALIBRATION)
