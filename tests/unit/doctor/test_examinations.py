"""Each examination, well and unwell."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop import wiring
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.core.errors import (
    CatalogueDamaged,
    DemonstrationUnusable,
    ModelInvalid,
    NoInputDevice,
    SettingsError,
)
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.doctor import network, program, songs, sound, speed
from musicrec_desktop.doctor.loudspeaker import LEVEL, through_loudspeaker
from musicrec_desktop.doctor.result import Result
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.doctor.sound import Devices
from musicrec_desktop.doctor.words import told
from tests import signals
from tests.unit.catalogue.stores import add


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def here() -> Iterator[Round]:
    with Round(token=CancelToken(), total_s=60.0) as opened:
        yield opened


def words(result: Result) -> str:
    return told(Finding("", *result))


def test_the_program(here: Round) -> None:
    outcome, _ = result = program.program(here)
    assert outcome == "ok"
    assert f"Python {sys.version.split()[0]}" in words(result) and "processor" in words(result)


def test_settings(here: Round, home: Path) -> None:
    assert "defaults" in words(program.stored_settings(here))
    home.mkdir()
    paths.settings_file().write_text("{}", encoding="utf-8")
    assert words(program.stored_settings(here)).startswith("Read from ")
    paths.settings_file().write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError):
        program.stored_settings(here)


def test_home(here: Round, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.home(here)[0] == "ok"
    assert list(home.iterdir()) == []  # nothing is left behind
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=3 << 20))
    outcome, _ = result = program.home(here)
    assert outcome == "attention"
    assert "Only 3 MB are free" in words(result)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_home_that_cannot_be_written_to(here: Round, home: Path) -> None:
    home.mkdir(mode=0o500)
    outcome, _ = result = program.home(here)
    assert outcome == "attention"
    assert "cannot be written to" in words(result)


def test_a_home_that_is_a_file(here: Round, home: Path) -> None:
    home.write_text("")
    outcome, _ = result = program.home(here)
    assert outcome == "attention"
    assert "cannot be written to (File exists)." in words(result)


def test_sqlite() -> None:
    assert program.sqlite_result("3.54.1")[0] == "ok"
    outcome, _ = result = program.sqlite_result("3.45.1")
    assert outcome == "attention"
    assert "3.45.1 can damage" in words(result)


def test_the_model(here: Round) -> None:
    outcome, _ = result = network.model(here)
    assert outcome == "ok"
    assert wiring.open_model().model_id[:12] in words(result) and "different" not in words(result)


@pytest.fixture
def model_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(paths.model_folder(), folder)
    monkeypatch.setenv("MUSICREC_MODEL", str(folder))
    return folder


def test_a_network_that_is_not_the_cards(here: Round, model_folder: Path) -> None:
    with (model_folder / "mood.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelInvalid, match="sha256"):
        network.model(here)


def test_a_broken_network(here: Round, model_folder: Path) -> None:
    (model_folder / "mood.onnx").write_bytes(b"no network")
    card = json.loads((model_folder / "mood.json").read_text(encoding="utf-8"))
    card["model_id"] = hashlib.sha256(b"no network").hexdigest()
    (model_folder / "mood.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelInvalid):
        network.model(here)


def test_a_bare_card_will_do(here: Round, model_folder: Path) -> None:
    card = json.loads((model_folder / "mood.json").read_text(encoding="utf-8"))
    for name in ("data", "created", "figures"):
        card.pop(name)
    (model_folder / "mood.json").write_text(json.dumps(card), encoding="utf-8")
    assert network.model(here)[0] == "ok"


def test_a_network_that_says_different_things_is_noticed(here: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    model = wiring.open_model()
    run = model.run

    def unsteady(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        embeddings, moods = run(rows)
        return embeddings + np.float32(0.01 if len(rows) == 1 else 0), moods

    monkeypatch.setattr(model, "run", unsteady)
    monkeypatch.setattr(wiring, "open_model", lambda: model)
    outcome, _ = result = network.model(here)
    assert outcome == "attention"
    assert "different things" in words(result)


def test_the_catalogue(here: Round) -> None:
    with wiring.open_catalogue() as store:
        add(store, 1, fingerprint=wiring.SPEC.fingerprint())
        add(store, 2)  # of other features
    outcome, _ = result = songs.catalogue(here)
    assert outcome == "ok"
    assert words(result).startswith("2 songs in 0.")
    assert "is sound" in words(result)
    assert "1 song of another version" in words(result)
    assert "2 songs' files are not where they were" in words(result)


def test_watched_folders(here: Round, home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (tmp_path / "music").mkdir()
    library = {"folders": [str(tmp_path / "music"), str(tmp_path / "a disk that is away")]}
    paths.settings_file().write_text(json.dumps({"library": library}), encoding="utf-8")
    assert "2 folders are watched. 1 of them is not there now." in words(songs.catalogue(here))
    paths.settings_file().write_text("{", encoding="utf-8")
    assert "watched" not in words(songs.catalogue(here))


def test_a_damaged_catalogue(here: Round, home: Path) -> None:
    home.mkdir()
    paths.catalogue_file().write_bytes(b"not a database at all" * 100)
    with pytest.raises(CatalogueDamaged):
        songs.catalogue(here)


def test_a_catalogue_too_large_for_the_time() -> None:
    with wiring.open_catalogue() as store:
        for number in range(200):
            add(store, number)
    with Round(token=CancelToken(), total_s=0.0) as here:
        assert "too large" in words(songs.catalogue(here))


def test_the_demonstration(here: Round, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "demonstration_folder", lambda: tmp_path / "nothing")
    with pytest.raises(DemonstrationUnusable):
        songs.demonstration(here)


def test_sound() -> None:
    found = Devices(["Built-in", "Monitor of Built-in"], 1, "Built-in", "Speakers")
    assert sound.sound_result(found)[0] == "ok"
    assert "Previews play on Speakers." in words(sound.sound_result(found))
    outcome, _ = result = sound.sound_result(Devices(["Built-in"], 0, None, None))
    assert outcome == "attention"
    assert "no output" in words(result) and "cannot be listened to" in words(result)
    with pytest.raises(NoInputDevice):
        sound.sound_result(Devices([], 0, None, None))


def test_features(here: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    assert speed.features(here)[0] == "ok"
    monkeypatch.setattr(speed, "TUNING_HZ", 262.0)  # a C in place of the A
    assert speed.features(here)[0] == "attention"


def test_the_loudspeaker_is_the_same_every_time_and_changes_the_sound() -> None:
    take = signals.melody(3.0, sr=44100)
    heard, again = through_loudspeaker(take), through_loudspeaker(take)
    assert np.array_equal(heard.samples, again.samples)
    assert (heard.sr, len(heard.samples)) == (take.sr, len(take.samples))
    assert np.sqrt(np.mean(heard.samples**2)) == pytest.approx(LEVEL, rel=0.1)
    chord = signals.chord((60.0, 1000.0), 2.0, sr=44100)
    assert share_below(through_loudspeaker(chord), 100.0) < 0.05 < 0.45 < share_below(chord, 100.0)


def share_below(sound: Excerpt, hz: float) -> float:
    power = np.abs(np.fft.rfft(sound.samples)) ** 2
    return float(power[np.fft.rfftfreq(len(sound.samples), 1 / sound.sr) < hz].sum() / power.sum())
