"""Numbers from the card, and cards that lack something."""

from typing import Any

import numpy as np
import pytest

from musicrec_desktop.core.types import Reason
from musicrec_desktop.engine.calibration import NAMING_INPUTS, USUAL_MOVEMENT, Calibration, fit, logistic
from tests.fakes import fake_calibration_card

N = 6


def card() -> dict[str, Any]:
    return fake_calibration_card(N)


def test_everything_is_taken_from_the_card() -> None:
    values = card() | {
        "mean": list(range(N)),
        "scale": [2.0] * N,
        "clip": 3.0,
        "nothing_close": 0.2,
        "closeness": [[0.0, 10.0], [0.5, 60.0], [1.0, 100.0]],
    }
    values["naming"]["weights"] = {name: float(i) for i, name in enumerate(NAMING_INPUTS)}
    found = Calibration.from_card(values)
    assert found.mean.tolist() == list(range(N))
    assert found.naming.weights.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert (found.naming.bias, found.naming.threshold) == (-18.0, 0.5)
    assert (found.music_bias.tolist(), found.music_threshold) == ([3.0], 0.5)
    assert found.mood_temperature == 1.0
    assert found.nothing_close == pytest.approx(0.2)
    assert set(found.typical_distance) == set(Reason)
    assert [found.score(s) for s in (-5.0, 0.0, 0.25, 0.5, 1.0, 5.0)] == pytest.approx([10, 10, 35, 60, 100, 100])


def test_the_order_of_weights_in_the_card_does_not_matter() -> None:
    values = card()
    values["naming"]["weights"] = dict(reversed(values["naming"]["weights"].items()))
    assert Calibration.from_card(values).naming.weights.tolist() == [30.0, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_a_card_from_before_movement_has_a_usual_one() -> None:
    values = card()
    values["typical_distance"][Reason.MOVEMENT.value] = 2.5
    assert Calibration.from_card(values).typical_distance[Reason.MOVEMENT] == 2.5
    del values["typical_distance"][Reason.MOVEMENT.value]
    assert Calibration.from_card(values).typical_distance[Reason.MOVEMENT] == USUAL_MOVEMENT


@pytest.mark.parametrize("name", sorted(fake_calibration_card(N)))
def test_what_is_missing_is_an_error(name: str) -> None:
    values = card()
    del values[name]
    with pytest.raises(KeyError):
        Calibration.from_card(values)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean": "abc"},
        {"clip": None},
        {"naming": []},
        {"closeness": [[0.0], [1.0, 2.0]]},
        {"closeness": [0.0, 1.0]},
        {"scale": [1.0] * (N - 1)},
        {"scale": [0.0] * N},
        {"music": {"weights": [0.0] * (N + 1), "bias": 0.0, "threshold": 0.5}},
        {"music": {"weights": [[0.0] * N] * 3, "bias": [0.0, 1.0], "threshold": 0.5}},
        {"mood_temperature": 0.0},
        {"typical_distance": {}},
        {"typical_distance": {"timbre": 1.0}},
    ],
    ids=str,
)
def test_what_does_not_fit_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Calibration.from_card(card() | wrong)


def test_statistics_in_clipped_deviations() -> None:
    found = Calibration.from_card(card() | {"mean": [1.0] * N, "scale": [2.0] * N, "clip": 3.0})
    assert found.standardised(np.array([1, 3, -1, 100, -100, 5], dtype=np.float32)).tolist() == [0, 1, -1, 3, -3, 2]


def test_the_most_musical_passage_counts() -> None:
    music = {"weights": [1.0] + [0.0] * (N - 1), "bias": -1.0, "threshold": 0.5}
    found = Calibration.from_card(card() | {"music": music})
    passages = np.zeros((3, N), dtype=np.float32)
    passages[1, 0] = 2.0
    assert found.music_probability(passages) == pytest.approx(logistic(1.0))


def test_what_is_like_any_kind_of_noise_is_no_music() -> None:
    kinds = [[1.0, 0.0] + [0.0] * (N - 2), [0.0, 1.0] + [0.0] * (N - 2)]
    music = {"weights": kinds, "bias": [0.0, 0.0], "threshold": 0.5}
    found = Calibration.from_card(card() | {"music": music, "clip": 50.0})
    asked = np.zeros((4, N), dtype=np.float32)
    asked[:, :2] = [[40, 40], [40, -40], [-40, 40], [0, 0]]
    values = [found.music_probability(row[None]) for row in asked]
    assert values == pytest.approx([1, 0, 0, 1 / 3], abs=1e-4)


def test_a_temperature_makes_moods_less_sure_in_the_same_order() -> None:
    moods = np.array([0.8, 0.2, 0.0], dtype=np.float32)
    assert Calibration.from_card(card()).honest(moods).tolist() == pytest.approx([0.8, 0.2, 0.0])
    honest = Calibration.from_card(card() | {"mood_temperature": 2.0}).honest(moods)
    assert honest.tolist() == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_naming_is_a_probability() -> None:
    naming = Calibration.from_card(card()).naming
    values = [naming.probability(np.array([c, 0, 0, 0, 0, 0], dtype=np.float32)) for c in (0.0, 0.6, 1.0)]
    assert values == pytest.approx([0.0, 0.5, 1.0], abs=1e-4)


def test_the_logistic_function_neither_overflows_nor_leaves_0_to_1() -> None:
    assert logistic(0.0) == 0.5
    assert 0.0 <= logistic(-1e9) < 1e-9
    assert 1.0 - 1e-9 < logistic(1e9) <= 1.0


def test_how_well_songs_fit_is_told_apart_where_their_probabilities_crowd() -> None:
    shown = [fit(p) for p in (0.0, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0)]
    assert np.diff(shown).min() > 4
    assert shown[1] == 50
    assert shown[0] > 0
    assert shown[-1] < 100
