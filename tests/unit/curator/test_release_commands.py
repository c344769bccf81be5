"""Publishing from the command line: sentences, statuses, and how far it is."""

import hashlib
import shutil
from pathlib import Path

import pytest
import soundfile

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.release_tables import PreviewRow, VersionRow
from musicrec_desktop.curator import previews
from musicrec_desktop.curator.cli import sentence
from musicrec_desktop.curator.errors import CardDiffers, NoSuchRelease, PublisherBusy, StagedGone, TooFewRemain
from musicrec_desktop.curator.moods import moods
from musicrec_desktop.curator.release_commands import progress
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import train
from tests.fakes import fake_calibration_card
from tests.signals import melody
from tests.unit.curator.catalogue import N_STATISTICS
from tests.unit.curator.test_cli import status
from tests.unit.curator.test_previews import Here


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
    publish = ("publish", "--work", work, "--models", tmp_path / "models", "--no-previews")
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
    assert status("publish", "--work", work, "--models", tmp_path / "models", "--no-previews") == 0
    capsys.readouterr()
    store = CentralStore.in_folder(work)
    with store.database.connection_context():
        VersionRow.update(vectors=b"damaged").where(VersionRow.title == "song 5").execute(store.database)
    assert status("verify", "--work", work) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("track ")
    assert "song 5: its digest is another" in said[0]
    assert said[1:] == ["1 damaged"]


@pytest.fixture
def listenable(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with sound behind two of its songs; they are encoded here, not in a child."""
    monkeypatch.setattr(previews, "Sandbox", Here)
    monkeypatch.setattr(previews, "PREVIEW_S", 4.0)
    for number in range(2):
        soundfile.write(tmp_path / f"{number:02d}.flac", melody(30.0, seed=number).samples, 22050)
        (tmp_path / f"{number:02d}.flac").rename(tmp_path / f"{number:02d}.ogg")
    store = CentralStore.in_folder(work)
    with store.database.connection_context():
        store.database.execute_sql("UPDATE songs SET folder = ?", (str(tmp_path),))
    return work


def published_previews(work: Path) -> dict[str, tuple[str, float]]:
    """What the current release says of each song that has a preview."""
    database = CentralStore.in_folder(work).database
    with database.connection_context():
        upto = release_queries.current(database).content
        page = release_queries.changed(database, after=0, upto=upto, from_id="", limit=100)
    return {track.title: (track.preview, track.preview_start_s) for track, _ in page if track.preview}


def test_previews_are_published_and_what_cannot_be_made_is_listed(
    listenable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish = ("publish", "--work", listenable, "--models", tmp_path / "models")
    capsys.readouterr()
    assert status(*publish) == 0
    said = capsys.readouterr()
    assert said.out == "release 1: 24 songs, 24 added, 0 changed, 0 removed\n"
    assert "05.ogg: no preview, there is no such file" in said.err
    assert said.err.count("no preview") == 22
    assert "24 of 24 previews, 22 failed" in said.err
    made = {row.sha256: row for row in PreviewRow.select().bind(CentralStore.in_folder(listenable).database)}
    found = published_previews(listenable)
    assert set(found) == {"song 0", "song 1"}
    for sha256, start_s in found.values():
        assert hashlib.sha256(made[sha256].payload).hexdigest() == sha256
        assert 0 < start_s < 30
    assert status(*publish) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert status(*publish, "--no-previews") == 0
    assert "24 songs, 0 added, 2 changed" in capsys.readouterr().out
    assert published_previews(listenable) == {}


def test_previews_in_an_object_store_with_the_address_where_clients_read(
    listenable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish = ("publish", "--work", listenable, "--models", tmp_path / "models")
    place, address = (tmp_path / "objects").as_uri(), "https://music.example/previews/"
    assert status(*publish, "--previews-in", place, "--previews-at", address) == 0
    names = {f"{sha256}.opus" for sha256, _ in published_previews(listenable).values()}
    assert {path.name for path in (tmp_path / "objects").iterdir()} == names
    assert len(names) == 2
    database = CentralStore.in_folder(listenable).database
    with database.connection_context():
        assert release_queries.current(database).previews_at == address
    assert [row.payload for row in PreviewRow.select().bind(database)] == [None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--previews-in", "file:///srv/previews"),
        ("--previews-at", "https://music.example/"),
        ("--previews-in", "file:///srv/previews", "--previews-at", "http://music.example/"),
        ("--no-previews", "--previews-in", "file:///srv/previews", "--previews-at", "https://music.example/"),
    ],
    ids=str,
)
def test_half_of_a_place_for_previews_is_wrong_usage(
    wrong: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("publish", "--work", tmp_path / "work", "--models", tmp_path, *wrong) == 2
    assert not (tmp_path / "work").exists()


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
