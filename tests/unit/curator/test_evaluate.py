"""Figures of both classifiers."""

import json

import numpy as np
import pytest
from sklearn import metrics

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.embed import training_passages
from musicrec_desktop.curator.evaluate import _after, _earlier, accuracy, confusion, log_loss, page
from musicrec_desktop.curator.store import CentralStore
from tests.unit.curator.conftest import Evaluated


def test_measures_equal_scikit_learns() -> None:
    rng = np.random.default_rng(0)
    found, truth = rng.dirichlet(np.ones(10), 200), rng.integers(0, 10, 200)
    assert accuracy(found, truth) == metrics.accuracy_score(truth, found.argmax(axis=1))
    expected = metrics.log_loss(truth, found, labels=range(10))
    assert log_loss(found.astype(np.float32), truth) == pytest.approx(expected, rel=1e-5)
    assert confusion(found, truth) == metrics.confusion_matrix(truth, found.argmax(axis=1), labels=range(10)).tolist()


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
    text = (work / "evaluation.txt").read_text(encoding="utf-8")
    assert text == page(figures)
    assert "left_out" in text
    assert "xgboost" in text
