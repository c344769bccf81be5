"""The model of the central content: tried out, used while the content is, and done without where it is damaged."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from musicrec_desktop import wiring
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.central import CentralModel
from musicrec_desktop.core.errors import ModelInvalid, ModelMissing
from musicrec_desktop.core.settings import LibrarySettings, Settings, save
from tests.fakes import FakeClassifier
from tests.unit.catalogue.central import content, release_of, stage_all
from tests.unit.engine import test_model as models

FINGERPRINT = wiring.SPEC.fingerprint()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MUSICREC_MODEL", raising=False)
    return tmp_path / "home"


def as_central(network: bytes) -> CentralModel:
    card = json.dumps(models.card_of(network) | {"fingerprint": FINGERPRINT}).encode()
    return CentralModel(models.card_of(network)["model_id"], network, card, hashlib.sha256(card).hexdigest())


def staged(store: CatalogueStore, model: CentralModel, number: int = 1) -> int:
    """A content of three songs of this model, and the model; not in use yet."""
    named = FakeClassifier(model.model_id)
    tracks = content(range(3), model=named)
    tracks = {name: replace(each, fingerprint=FINGERPRINT) for name, each in tracks.items()}
    local = stage_all(store, tracks, replace(release_of(tracks, number, model=named), fingerprint=FINGERPRINT))
    store.central.keep_model(model)
    return local


def own_model_id() -> str:
    return json.loads((wiring.paths.model_folder() / "mood.json").read_bytes())["model_id"]


def test_it_is_in_use_as_long_as_its_content_is() -> None:
    mine, central = own_model_id(), as_central(models.network(unit=True))
    with wiring.open_catalogue() as store:
        local = staged(store, central)
        assert wiring.open_model(store).model_id == wiring.read_facts().model_id == mine
        wiring.use_content(store, local)
        assert wiring.open_model(store).model_id == wiring.open_model().model_id == central.model_id
        assert wiring.read_facts().model_id == central.model_id and wiring.card_in_use() == central.card
        store.central.back()
        assert wiring.open_model(store).model_id == wiring.read_facts().model_id == mine


def test_a_chosen_model_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with wiring.open_catalogue() as store:
        wiring.use_content(store, staged(store, as_central(models.network(unit=True))))
        monkeypatch.setenv("MUSICREC_MODEL", str(wiring.paths.program_root() / "models"))
        model = wiring.open_model(store)
        assert model.model_id == own_model_id()
        store.use_model(model.model_id, model.run)
        assert store.model_in_use() != model.model_id


def test_one_that_gives_nonsense_is_never_used() -> None:
    unscaled = models.network(seed=4)
    with wiring.open_catalogue() as store:
        local = staged(store, as_central(unscaled))
        with pytest.raises(ModelInvalid):
            wiring.use_content(store, local)
        assert store.central.in_use() is None and wiring.open_model(store).model_id == own_model_id()


def test_one_that_is_missing_or_damaged_is_not_used_and_the_next_copy_of_it_is() -> None:
    central = as_central(models.network(unit=True))
    with wiring.open_catalogue() as store:
        local = staged(store, central)
        store._database.run("UPDATE models SET network = x'00'")
        with pytest.raises(ModelMissing):
            wiring.use_content(store, local)
        store.central.keep_model(central)
        wiring.use_content(store, local)
        current = wiring._same_model(store, central.model_id)
        store._database.run("UPDATE models SET card = x'00'")
        fallen_back = wiring.open_model(store)
        assert fallen_back.model_id == own_model_id(), "the answer goes on, without the central songs"
        instead = wiring._same_model(store, fallen_back.model_id)
        assert current() and instead()
        store.central.keep_model(central)
        assert wiring.open_model(store).model_id == central.model_id
        assert current() and not instead(), "and comes back"
        store.central.back()
        assert not current()


def test_the_settings_say_which_songs_are_searched(home: Path) -> None:
    with wiring.open_catalogue() as store:
        wiring.use_content(store, staged(store, as_central(models.network(unit=True))))
        assert store.central.searched() == "both" and store.count() == 3
        save(Settings(library=LibrarySettings(search="own")), wiring.paths.settings_file())
        with wiring.open_catalogue():
            assert store.central.searched() == "own" and store.count() == 0, "in every open store"
