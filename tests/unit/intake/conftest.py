"""A catalogue and a folder to import from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.features.statistics import N_STATISTICS
from tests.fakes import FakeClassifier

SPEC = FeatureSpec()
MODEL = FakeClassifier(n_statistics=N_STATISTICS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CatalogueStore]:
    with CatalogueStore(tmp_path / "home" / "catalogue.db", fingerprint=SPEC.fingerprint()) as store:
        store.use_model(MODEL.model_id, MODEL.run)
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder
