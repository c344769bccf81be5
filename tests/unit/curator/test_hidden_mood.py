"""A mood that nothing in the sound holds together is found out on songs left out, hidden in the card, never named."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.cluster import cluster
from musicrec_desktop.curator.embed import embed
from musicrec_desktop.curator.evaluate import evaluate, page
from musicrec_desktop.curator.export import About, export
from musicrec_desktop.curator.moods import moods
from musicrec_desktop.curator.report import report
from musicrec_desktop.curator.report_evidence import gathered
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import train
from musicrec_desktop.engine.model import MoodModel
from tests.fakes import fake_calibration_card
from tests.unit.curator.catalogue import N_STATISTICS, made_up_store

SPEC = FeatureSpec()
ARBITRARY = 4


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> CentralStore:
    """Four groups that sound alike, and a fifth of two songs from each of them."""
    work: Path = tmp_path_factory.mktemp("arbitrary")
    store = made_up_store(work, songs=32)
    embed(store)
    cluster(store, k=4, seeds=2)
    placed = sorted(store.clusters().values(), key=lambda one: one.song_id)
    taken = {one.song_id for c in range(4) for one in [p for p in placed if p.cluster == c][:2]}
    store.save_clusters([replace(p, cluster=ARBITRARY) if p.song_id in taken else p for p in placed])
    store.save_fact("cluster", store.fact("cluster") | {"sizes": [6, 6, 6, 6, 8]})
    moods(store, work / "moods.json")
    train(store)
    return store


def test_the_arbitrary_mood_is_hidden_everywhere_and_no_other(store: CentralStore, tmp_path: Path) -> None:
    figures = evaluate(store, tmp_path)
    listed, slot_of = store.moods()
    arbitrary = listed[slot_of[ARBITRARY]]
    assert [key for key, one in figures["quality"].items() if one["hidden"]] == [arbitrary.key]
    assert f"{arbitrary.key:12}" in page(figures)
    assert "hidden: no better than chance" in page(figures)
    assert "it is hidden in the model&#x27;s card" in report(gathered(store, figures))

    store.save_fact("calibrate", fake_calibration_card(N_STATISTICS))
    card = export(store, tmp_path / "models", about=About(), spec=SPEC)
    assert [mood["key"] for mood in card["moods"] if mood["hidden"]] == [arbitrary.key]
    model = MoodModel(tmp_path / "models", fingerprint=SPEC.fingerprint())
    assert arbitrary.key not in {mood.key for mood in model.moods}
    assert len(model.moods) == 9
    _, probabilities = model.run(store.passages("clean", list(store.songs())).statistics)
    assert (probabilities[:, arbitrary.id] == 0.0).all()
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(probabilities)), abs=1e-5)
