"""Reasons come from distances of their own, and say nothing when nothing is close."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Floats, MfccSequence, Reason, frozen
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
    assert set(found) == set(Reason) - {Reason.MOOD, Reason.MOVEMENT}
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


# -- movement

RATE = 10.0


def line(seed: int, n: int = 64) -> Floats:
    """A smooth line in twelve coefficients."""
    steps = np.random.default_rng(seed).normal(size=(n + 8, 12))
    return np.stack([steps[i : i + 8].mean(axis=0) for i in range(n)]).astype(np.float32)


def sequence(values: Floats) -> MfccSequence:
    scale = np.abs(values).max(axis=0) / 127
    return MfccSequence(frozen(np.round(values / scale).astype(np.int8)), frozen(scale.astype(np.float32)), RATE)


def test_the_same_movement_is_close_in_any_colour_and_loudness() -> None:
    take = line(1)
    coloured = 3 * take * np.linspace(0.5, 2, 12, dtype=np.float32) + np.arange(12, dtype=np.float32)
    found = reasons.movement_distances(take, np.stack([coloured, line(2)]), rate=RATE)
    assert found[0] == pytest.approx(0, abs=1e-3)
    assert found[1] > 0.5


def test_a_movement_may_come_a_little_later_but_not_at_any_time() -> None:
    whole = line(1, 100)
    take = whole[:60]
    apart = [reasons.movement_distances(take, whole[None, lag : lag + 60], rate=RATE)[0] for lag in (0, 8, 40)]
    assert apart[0] < apart[1] < apart[2]
    stranger = reasons.movement_distances(take, line(2, 60)[None], rate=RATE)[0]
    assert apart[1] < 0.5 * stranger


def test_a_stretch_lies_within_its_track() -> None:
    track = sequence(line(1, 100))
    assert reasons.stretch(track, 2.0, 64) == pytest.approx(track.mfcc()[20:84])
    assert reasons.stretch(track, 9.0, 64) == pytest.approx(track.mfcc()[36:])
    assert reasons.stretch(track, -1.0, 64) == pytest.approx(track.mfcc()[:64])
    assert reasons.stretch(track, 0.0, 101) is None
    assert reasons.stretch(track, 0.0, 0) is None


def test_where_there_is_no_sequence_nothing_is_said_of_movement() -> None:
    long, short = sequence(line(1, 100)), sequence(line(2, 30))
    take = long.mfcc()[20:84]
    found = reasons.movements(take, [(short, 0.0), (long, 2.0), None, (sequence(line(3, 100)), 2.0)])
    assert found[0] is None
    assert found[1] == pytest.approx(0, abs=1e-3)
    assert found[2] is None
    assert found[3] is not None and found[3] > 0.5
    assert reasons.movements(take, [(short, 0.0), None]) == [None, None]
    assert reasons.movements(None, [(long, 0.0)]) == [None]
    assert reasons.movements(take, []) == []
