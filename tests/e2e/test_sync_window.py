"""The real window follows a central catalogue on a real server: songs come while it is used, and the server goes."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import peewee
import pytest

from musicrec_desktop import wiring
from musicrec_desktop.core import paths
from musicrec_desktop.core.central import CentralModel, Release
from musicrec_desktop.core.types import Floats
from musicrec_desktop.engine.model import MoodModel
from tests.e2e.screen import Window, open_window
from tests.mariadb import MariaDB
from tests.proxy import Proxy, proxied
from tests.releases import put_out
from tests.unit.catalogue import central

FEW, SONGS = 20, 2_000
BUSY_MS = 50.0
COMES_S = 60.0


class Shaped:
    """Made-up embeddings of the size that the program's own model gives."""

    def __init__(self, model: MoodModel) -> None:
        self.model_id = model.model_id
        wanted = model._session.get_inputs()[0].shape[1]
        self._width = model.run(np.zeros((1, wanted), np.float32))[0].shape[1]
        self._rng = np.random.default_rng(12)

    def run(self, statistics: Floats) -> tuple[Floats, Floats]:
        embeddings = self._rng.normal(size=(len(statistics), self._width)).astype(np.float32)
        embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
        return embeddings, self._rng.dirichlet(np.full(10, 0.2), len(statistics)).astype(np.float32)


def model_as_released() -> CentralModel:
    """The program's own model, as a curator would publish it."""
    network, card = ((paths.model_folder() / name).read_bytes() for name in ("mood.onnx", "mood.json"))
    return CentralModel(json.loads(card)["model_id"], network, card, hashlib.sha256(card).hexdigest())


@pytest.fixture
def database(mariadb: MariaDB) -> Iterator[peewee.MySQLDatabase]:
    database = mariadb.fresh()
    yield database
    database.close()


def published(database: peewee.MySQLDatabase, n_songs: int) -> Release:
    """A release of made-up songs."""
    shaped, fingerprint = Shaped(wiring.open_model()), wiring.SPEC.fingerprint()
    tracks = [central.track(number, model=shaped, fingerprint=fingerprint) for number in range(n_songs)]
    return put_out(database, tracks, model=model_as_released()).release


@pytest.fixture
def proxy(mariadb: MariaDB) -> Iterator[Proxy]:
    with proxied("127.0.0.1", mariadb.port) as proxy:
        yield proxy


@pytest.fixture
def environment(tmp_path: Path, database: peewee.MySQLDatabase, proxy: Proxy) -> dict[str, str]:
    """A new listener who has connected to it."""
    settings = {
        "look": {"language": "en", "theme": "dark"},
        "first": {"welcomed": True},
        "central": {"address": f"mysql://root@127.0.0.1:{proxy.port}/{database.database}"},
    }
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    return {
        "MUSICREC_HOME": str(tmp_path),
        "MUSICREC_PASSWORD": "",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PULSE_SERVER": f"unix:{tmp_path}/none",
    }


def test_songs_come_while_the_window_is_used_and_stay_when_the_server_goes(
    environment: dict[str, str], database: peewee.MySQLDatabase, proxy: Proxy
) -> None:
    published(database, FEW)
    with open_window(environment) as window:
        window.wait_for("ready", timeout_s=COMES_S)
        window.focus()
        current = window.wait_for("sync", state="current", timeout_s=COMES_S)
        window.seen_or_coming("songs", songs=FEW, timeout_s=COMES_S)
        show_every_page(window)
        many = published(database, SONGS)
        look_now(window, current["place"])
        busiest_ms = watched(window, many)
        proxy.stop()
        window.key("ctrl+4")
        window.wait_for("settled", page="library")
        look_now(window, window.seen_or_coming("sync", state="current")["place"])
        offline = window.wait_for("sync", state="offline", timeout_s=COMES_S)
        assert offline["text"].startswith("Offline since ") and " · songs of " in offline["text"]
        assert "Cannot reach the central catalogue at 127.0.0.1" in offline["tip"]
        still_answers(window)
        assert all(each.get("dialogs", 0) == 0 for each in window.seen)
        assert window.close() == 0
    print(f"the busiest event while {SONGS} songs came: {busiest_ms} ms")
    assert busiest_ms <= BUSY_MS


def show_every_page(window: Window) -> None:
    """The first showing of a page is no part of what is measured: it is styled and laid out then."""
    for key, page in (("ctrl+2", "moods"), ("ctrl+3", "search"), ("ctrl+4", "library"), ("ctrl+5", "settings")):
        window.key(key)
        window.wait_for("settled", page=page)
    window.key("ctrl+4")
    window.wait_for("settled", page="library")


def look_now(window: Window, place: list[int]) -> None:
    """By the status line, which opens the settings, and their button."""
    window.click(place)
    settled = window.wait_for("settled", page="settings")
    window.click(settled["look"])
    window.wait_for("sync", state="looking")


def watched(window: Window, release: Release) -> float:
    """Songs come, the catalogue switches and every page follows, while keys are pressed and the pointer moves.

    The most processor time of one event (`Busy` in the driver says why not the time on the clock).
    """
    window.wait_for("sync", state="fetching", text="250 songs", timeout_s=COMES_S)
    for key in ("Tab", "Tab", "Down", "Tab", "Tab"):
        window.key(key)
    current = window.wait_for("sync", state="current", timeout_s=COMES_S)
    assert current["text"].startswith(f"Release {release.number} of ") and current["text"].endswith("2,000 songs")
    songs = window.seen_or_coming("songs", songs=SONGS, timeout_s=COMES_S)
    assert songs["status"] == "2,000 songs"
    return float(window.seen_or_coming("tiles", songs=SONGS, timeout_s=COMES_S)["busiest_ms"])


def still_answers(window: Window) -> None:
    """A song of the central catalogue is asked about, without the server."""
    window.key("ctrl+4")
    x, y = window.wait_for("settled", page="library")["cover"]
    window.click([x + 150, y])
    window.key("m")
    answer = window.wait_for("answer", timeout_s=COMES_S)
    assert answer["verdict"] == "similar" or answer["reason"] == "nothing_close"
