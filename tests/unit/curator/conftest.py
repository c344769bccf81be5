"""A made-up archive with every step up to training done once."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from musicrec_desktop.curator.cluster import cluster
from musicrec_desktop.curator.embed import embed
from musicrec_desktop.curator.evaluate import evaluate
from musicrec_desktop.curator.moods import moods
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import train
from tests.unit.curator.catalogue import made_up_store


@pytest.fixture(scope="session")
def clustered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with four clusters of six songs, to be copied."""
    work: Path = tmp_path_factory.mktemp("clustered")
    store = made_up_store(work)
    embed(store)
    cluster(store, k=4, seeds=2)
    return work


@pytest.fixture(scope="session")
def trained(clustered: Path, tmp_path_factory: pytest.TempPathFactory) -> CentralStore:
    """Four moods of six songs; tests read it, and write nothing but facts of later steps."""
    work = shutil.copytree(clustered, tmp_path_factory.mktemp("trained") / "work")
    store = CentralStore.in_folder(work)
    moods(store, work / "moods.json")
    train(store)
    return store


class Evaluated(NamedTuple):
    store: CentralStore
    work: Path
    figures: dict[str, Any]


@pytest.fixture(scope="session")
def evaluated(trained: CentralStore, tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    """The same archive, measured once."""
    work = tmp_path_factory.mktemp("evaluated")
    return Evaluated(trained, work, evaluate(trained, work))
