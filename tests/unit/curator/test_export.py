"""The model and its card."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from musicrec_desktop.core.errors import ModelMismatch
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.embed import projection_of
from musicrec_desktop.curator.errors import StepMissing
from musicrec_desktop.curator.export import About, export, parity
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import trained_head
from tests.unit.curator.conftest import Evaluated

SPEC = FeatureSpec()
ABOUT = About(data_name="made up", licence_note="none needed", created="2026-11-22")


@pytest.fixture
def folder(evaluated: Evaluated, tmp_path: Path) -> Path:
    evaluated.store.save_fact("calibrate", {"threshold": 0.5})
    export(evaluated.store, tmp_path / "models", about=ABOUT, spec=SPEC)
    return tmp_path / "models"


def test_the_card_says_what_the_model_is(folder: Path, trained: CentralStore) -> None:
    payload, card = (folder / "mood.onnx").read_bytes(), json.loads((folder / "mood.json").read_text(encoding="utf-8"))
    assert card["model_id"] == hashlib.sha256(payload).hexdigest()
    assert card["fingerprint"] == SPEC.fingerprint()
    assert FeatureSpec(**card["spec"]) == SPEC
    assert card["inputs"] == {"statistics": ["n", 24]}
    assert card["outputs"] == {"embedding": ["n", 24], "moods": ["n", 10]}
    assert [mood["id"] for mood in card["moods"]] == list(range(10))
    assert card["moods"][5]["key"] == "rain"
    assert (card["data"]["name"], card["data"]["songs"], card["created"]) == ("made up", 24, "2026-11-22")
    assert len(card["data"]["attribution"]) == 5
    temperature = card["figures"]["honesty"]["temperature"]
    assert card["calibration"] == {"threshold": 0.5, "mood_temperature": temperature}
    assert card["figures"]["moods"]["left_out"]["mic"]["network"]["accuracy"] > 0.9
    assert "confusion" not in json.dumps(card)
    statistics = trained.passages("clean", list(trained.songs())).statistics
    assert parity(payload, projection_of(trained), trained_head(trained), statistics) <= 1e-5


def test_the_same_state_gives_the_same_files_and_nothing_else(folder: Path, trained: CentralStore) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    export(trained, folder, about=ABOUT, spec=SPEC)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert set(before) == {"mood.onnx", "mood.json"}


def test_a_mood_found_at_chance_is_hidden_in_the_card_and_the_others_are_not(
    evaluated: Evaluated, folder: Path
) -> None:
    before = json.loads((folder / "mood.json").read_text(encoding="utf-8"))
    assert not any(mood["hidden"] for mood in before["moods"])
    used = [mood for mood in before["moods"] if mood["movement"]]
    assert len(used) == 4
    assert all(2 <= len(mood["because"]) <= 3 and len(mood["movement"]) == 32 for mood in used)
    figures = json.loads(json.dumps(evaluated.figures))
    figures["quality"][used[1]["key"]]["hidden"] = True
    evaluated.store.save_fact("evaluate", figures)
    try:
        card = export(evaluated.store, folder, about=ABOUT, spec=SPEC)
    finally:
        evaluated.store.save_fact("evaluate", evaluated.figures)
    assert [mood["key"] for mood in card["moods"] if mood["hidden"]] == [used[1]["key"]]
    assert card["model_id"] == before["model_id"], "the network is the same, the card knows better"


def test_features_of_another_spec_are_refused(trained: CentralStore, tmp_path: Path) -> None:
    with pytest.raises(ModelMismatch):
        export(trained, tmp_path, about=ABOUT, spec=replace(SPEC, version=99))
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_before_the_steps_are_done(tmp_path: Path) -> None:
    with pytest.raises(StepMissing):
        export(CentralStore.in_folder(tmp_path / "w"), tmp_path / "out", about=ABOUT, spec=SPEC)
    assert not (tmp_path / "out").exists()
