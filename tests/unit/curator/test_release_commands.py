"""Publishing from the command line: sentences, statuses, and how far it is."""

import shutil
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.release_tables import VersionRow
from musicrec_desktop.curator.cli import sentence
from musicrec_desktop.curator.errors import CardDiffers, NoSuchRelease, PublisherBusy, StagedGone, TooFewRemain
from musicrec_desktop.curator.moods import moods
from musicrec_desktop.curator.release_commands import progress
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import train
from tests.fakes import fake_calibration_card
from tests.unit.curator.catalogue import N_STATISTICS
from tests.unit.curator.test_cli import status


@pytest.fixture
def work(clustered: Path, tmp_path: Path) -> Path:
    """A work folder with an exported model beside it."""
    folder = shutil.copytree(clustered, tmp_path / "work")
    store = CentralStore.in_folder(folder)
    moods(store, folder / "moods.json")
    train(store)
    store.save_fact("calibrate", fake_calibration_card(N_STATISTICS))
    assert status("export", "--work", folder, "--out", tmp_path / "models") == 0
    return folder


def test_from_the_first_release_to_a_rollback(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish = ("publish", "--work", work, "--models", tmp_path / "models")
    capsys.readouterr()
    assert status(*publish, "--note", "the first") == 0
    assert capsys.readouterr().out == "release 1: 24 songs, 24 added, 0 changed, 0 removed\n"
    assert status(*publish) == 0
    assert "nothing has changed since release 1" in capsys.readouterr().out
    store = CentralStore.in_folder(work)
    with store.database.connection_context():
        store.database.execute_sql("UPDATE songs SET title = 'new' WHERE path = '03.ogg'")
    assert status(*publish) == 0
    assert capsys.readouterr().out == "release 2: 24 songs, 0 added, 1 changed, 0 removed\n"
    assert status("rollback", "--work", work, "--note", "a wrong title") == 0
    assert capsys.readouterr().out == "release 3: content 1 again, 24 songs\n"
    assert status("releases", "--work", work) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["release", "3*", "2", "1"]
    assert lines[1].endswith("a wrong title")
    assert status("verify", "--work", work) == 0
    assert status("prune", "--work", work, "--keep", 1) == 0
    assert "all as it was published" in capsys.readouterr().out


def test_damage_is_named_and_status_one(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status("publish", "--work", work, "--models", tmp_path / "models") == 0
    capsys.readouterr()
    store = CentralStore.in_folder(work)
    with store.database.connection_context():
        VersionRow.update(vectors=b"damaged").where(VersionRow.title == "song 5").execute(store.database)
    assert status("verify", "--work", work) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("track ")
    assert "song 5: its digest is another" in said[0]
    assert said[1:] == ["1 damaged"]


@pytest.mark.parametrize("command", ["publish", "releases", "rollback", "verify", "prune"])
def test_too_early_is_one_sentence(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = ["--models", tmp_path] if command == "publish" else []
    assert status(command, "--work", tmp_path / "work", *models) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_how_far_it_is_and_how_long_it_will_take(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 1.0, 10.0, 12.0, 20.0])
    report = progress("staged", clock=lambda: next(times))
    for done in (10, 100, 120):
        report(done, 400)
    report(200, None)
    assert capsys.readouterr().err == "100 of 400 staged, about 30 s left\n200 staged\n"


def test_errors_in_words() -> None:
    slip = sentence(TooFewRemain(remaining=3, before=100))
    assert "3 of the 100 songs" in slip
    assert "--force" in slip
    assert "db.example:3306" in sentence(PublisherBusy(server="db.example:3306"))
    for error in (StagedGone(count=1), CardDiffers(model_id="a"), NoSuchRelease(number=None)):
        assert sentence(error).endswith(".")
