"""Figures of both classifiers."""

import json

import numpy as np
import pytest
from sklearn import metrics

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.embed import training_passages
from musicrec_desktop.curator.evaluate import _after, _earlier, page
from musicrec_desktop.curator.measures import (
    accuracy,
    against_chance,
    by_song,
    confusion,
    expected_calibration_error,
    honest_temperature,
    log_loss,
    reliability,
    tempered,
)
from musicrec_desktop.curator.store import CentralStore
from tests.unit.curator.conftest import Evaluated


def test_measures_equal_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    found, truth = rng.dirichlet(np.ones(10), 200), rng.integers(0, 10, 200)
    assert accuracy(found, truth) == metrics.accuracy_score(truth, found.argmax(axis=1))
    expected = metrics.log_loss(truth, found, labels=range(10))
    assert log_loss(found.astype(np.float32), truth) == pytest.approx(expected, rel=1e-5)
    assert confusion(found, truth) == metrics.confusion_matrix(truth, found.argmax(axis=1), labels=range(10)).tolist()


def test_sure_and_right_are_held_together() -> None:
    """A thousand answers that are 85 % sure and right as often: an error near 0; right half as often: near 0.42."""
    rng = np.random.default_rng(0)
    found = np.full((1000, 10), 0.15 / 9, dtype=np.float32)
    found[:, 4] = 0.85
    honest = np.where(rng.random(1000) < 0.85, 4, 5)
    bins = reliability(found, honest)
    assert [(one["from"], one["takes"]) for one in bins] == [(0.8, 1000)]
    assert expected_calibration_error(bins) < 0.03
    boastful = np.where(rng.random(1000) < 0.425, 4, 5)
    assert expected_calibration_error(reliability(found, boastful)) == pytest.approx(0.425, abs=0.05)
    certain = np.eye(10, dtype=np.float32)[honest]
    assert reliability(certain, honest) == [{"from": 0.9, "takes": 1000, "sure": 1.0, "right": 1.0}]


def test_one_temperature_makes_what_is_too_sure_honest() -> None:
    rng = np.random.default_rng(2)
    honest = rng.dirichlet(np.full(10, 0.3), 2000).astype(np.float32)
    truth = np.array([rng.choice(10, p=row / row.sum()) for row in honest.astype(np.float64)])
    boastful = tempered(honest, 1 / 1.4)
    assert (boastful.argmax(axis=1) == honest.argmax(axis=1)).all()
    assert expected_calibration_error(reliability(boastful, truth)) > 0.06
    temperature = honest_temperature([(boastful, truth), (boastful[:900], truth[:900])])
    assert temperature == pytest.approx(1.4, abs=0.15)
    assert expected_calibration_error(reliability(tempered(boastful, temperature), truth)) < 0.03


def test_songs_are_counted_once_by_all_their_takes() -> None:
    found = np.array([[0.9, 0.1], [0.3, 0.7], [0.4, 0.6], [0.1, 0.9]], dtype=np.float32)
    truth, taken = by_song(found, np.array([7, 7, 9, 9]), {7: 0, 9: 1})
    assert (truth.tolist(), taken.tolist()) == ([0, 1], [0, 1])


def test_a_mood_at_chance_is_found_out() -> None:
    """Three moods are found nine times in ten; the fourth's songs land anywhere."""
    rng = np.random.default_rng(1)
    truth = np.repeat([0, 1, 2, 5], 12)
    taken = np.where(rng.random(48) < 0.9, truth, 0)
    taken[36:] = np.tile([0, 1, 1, 5], 3)
    found = against_chance(truth, taken)
    assert {mood: one["hidden"] for mood, one in found.items()} == {0: False, 1: False, 2: False, 5: True}
    assert (found[5]["right"], found[5]["songs"], found[5]["chance"]) == (3, 12, 0.25)
    assert found[5]["taken_for"] == 1
    assert found[5]["p"] == pytest.approx(0.609, abs=1e-3)
    perfect = against_chance(truth, truth)
    assert not any(one["hidden"] for one in perfect.values())
    assert perfect[5]["taken_for"] is None
    assert against_chance(np.array([0, 1, 2]), np.array([0, 1, 2]))[0]["hidden"], "one song tells nothing"


def test_earlier_passages_and_later_takes_share_no_sound(trained: CentralStore) -> None:
    training = training_passages(trained, list(trained.songs()))
    early = _earlier(training)
    takes = _after(training.clean, trained.passages("take", list(trained.songs())), FeatureSpec())
    assert 0 < len(early.songs) < len(training.songs)
    assert set(takes.songs) == set(trained.songs())
    assert max(early.clean.starts_s.max(), early.twins.starts_s.max()) + 6.0 <= takes.starts_s.min()


def test_every_situation_is_measured_in_both_channels_and_written_down(evaluated: Evaluated) -> None:
    store, work, figures = evaluated
    assert list(figures["situations"]) == ["catalogued", "later", "other_part", "left_out"]
    counts = {"catalogued": 72, "later": 48, "other_part": 72, "left_out": 144}
    for situation, channels in figures["situations"].items():
        for channel in ("clean", "mic"):
            assert set(channels[channel]) == {"network", "xgboost"}
            for one in channels[channel].values():
                assert one["takes"] == counts[situation] == np.sum(one["confusion"])
                assert one["accuracy"] > 0.9
    assert figures["agreement"]["same_part"]["clean"] > 0.95
    assert json.loads((work / "evaluation.json").read_text(encoding="utf-8")) == store.fact("evaluate") == figures
    assert {key for key, one in figures["quality"].items() if one["songs"] == one["right"] == 6} == {
        mood.key for mood in store.moods()[0] if mood.id in store.moods()[1].values()
    }
    assert not any(one["hidden"] for one in figures["quality"].values())
    text = (work / "evaluation.txt").read_text(encoding="utf-8")
    assert text == page(figures)
    assert "left_out" in text
    assert "xgboost" in text
