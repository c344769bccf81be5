"""user.db: what is said is kept, through damage, loss and another schema."""

import os
import shutil
import time
from pathlib import Path

import apsw
import pytest

from musicrec_desktop.core.errors import SchemaTooNew
from musicrec_desktop.listener import database
from musicrec_desktop.listener.database import STEPS, UserFile, backups
from musicrec_desktop.listener.store import Like, Song, UserStore

ONE, TWO = Song("content", "ab" * 32), Song("central", "c0001")
DAY_S = 24 * 3600.0


def said(path: Path) -> list[tuple[str, str, bool]]:
    with UserStore(path) as listener:
        return [(like.song.name, like.mood_key, like.liked) for like in listener.likes()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two things said, a copy of it, and a third thing said since."""
    path = tmp_path / "home" / "user.db"
    with UserStore(path) as listener:
        listener.say(ONE, "calm", liked=True)
        listener.say(TWO, "calm", liked=False)
    with UserStore(path) as listener:
        listener.say(ONE, "bounce", liked=True)
    return path


def test_what_is_said_comes_back_and_can_be_taken_back(tmp_path: Path) -> None:
    with UserStore(tmp_path / "user.db") as listener:
        listener.say(ONE, "calm", liked=True)
        listener.say(ONE, "calm", liked=False)
        listener.say(TWO, "calm", liked=True)
        listener.say(TWO, "bounce", liked=True)
        listener.say(TWO, "bounce", liked=None)
        found = listener.likes()
    assert {(like.song, like.mood_key, like.liked) for like in found} == {(ONE, "calm", False), (TWO, "calm", True)}
    assert isinstance(found[0], Like) and abs(found[0].at_s - time.time()) < 60


def test_files_are_remembered_once_and_in_order(tmp_path: Path) -> None:
    odd = Path("/m") / b"caf\xe9.ogg".decode("utf-8", "surrogateescape")
    with UserStore(tmp_path / "user.db") as listener:
        listener.remember_files([Path("/m/b.ogg"), odd])
        listener.remember_files([Path("/m/a.ogg"), Path("/m/b.ogg")])
    with UserStore(tmp_path / "user.db") as listener:
        assert set(listener.files()) == {Path("/m/b.ogg"), odd, Path("/m/a.ogg")}
        assert listener.files()[-1] == Path("/m/a.ogg")


def test_everything_is_on_the_disk_when_it_is_done(tmp_path: Path) -> None:
    with UserStore(tmp_path / "user.db") as listener:
        assert listener._file.rows("PRAGMA synchronous") == [(2,)]


def test_a_copy_is_made_when_the_newest_is_older_than_a_day_and_three_are_kept(path: Path) -> None:
    assert [copy.exists() for copy in backups(path)] == [True, False, False]
    for number in range(4):
        UserStore(path).close()
        assert [copy.exists() for copy in backups(path)] == [True, number > 0, number > 1], "once a day"
        with UserStore(path) as listener:
            listener.say(ONE, f"mood {number}", liked=True)
        os.utime(backups(path)[0], (time.time() - DAY_S - 1,) * 2)
        UserStore(path).close()
    assert [len(said(shutil.copy(copy, copy.with_suffix(".copy")))) for copy in backups(path)] == [7, 6, 5]
    assert not list(path.parent.glob("*.partial"))


def test_a_copy_from_the_future_is_no_reason_to_make_none(path: Path) -> None:
    os.utime(backups(path)[0], (time.time() + 400 * DAY_S,) * 2)
    UserStore(path).close()
    assert backups(path)[1].exists()


@pytest.mark.parametrize("harm", ["text", "zeros", "noise", "cut", "empty", "gone", "another program's"])
def test_a_damaged_file_is_set_aside_and_the_newest_copy_takes_its_place(path: Path, harm: str) -> None:
    content = path.read_bytes()
    path.unlink()
    match harm:
        case "text":
            path.write_text("no database at all\n" * 500)
        case "zeros":
            path.write_bytes(bytes(len(content)))
        case "noise":
            path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
        case "cut":
            path.write_bytes(content[:5000])
        case "empty":
            path.write_bytes(b"")
        case "another program's":
            connection = apsw.Connection(str(path))
            connection.execute("CREATE TABLE theirs (x)")
            connection.close()
    assert {row[:2] for row in said(path)} == {(ONE.name, "calm"), (TWO.name, "calm")}
    assert path.with_name("user.db.damaged-1").exists() == (harm != "gone")
    with UserStore(path) as listener:
        listener.say(ONE, "bounce", liked=True)
    assert len(said(path)) == 3


def test_a_damaged_copy_is_passed_over(path: Path) -> None:
    first, second, _ = backups(path)
    shutil.copy(first, second)
    first.write_bytes(b"broken" * 1000)
    path.write_bytes(b"broken" * 1000)
    assert len(said(path)) == 2


def test_without_a_sound_copy_it_begins_anew_and_keeps_what_is_left(path: Path) -> None:
    for file in (path, backups(path)[0]):
        file.write_bytes(b"broken" * 1000)
    assert said(path) == []
    assert path.with_name("user.db.damaged-1").read_bytes() == b"broken" * 1000


def test_damage_never_takes_the_place_of_a_copy(path: Path) -> None:
    os.utime(backups(path)[0], (time.time() - 2 * DAY_S,) * 2)
    kept = backups(path)[0].read_bytes()
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 20_000)
    said(path)
    assert kept in [copy.read_bytes() for copy in backups(path) if copy.exists()]


NEXT = (*STEPS, "ALTER TABLE likes ADD COLUMN why TEXT;")


def test_before_another_schema_a_copy_is_made(path: Path) -> None:
    UserFile(path, steps=NEXT).close()
    assert [copy.exists() for copy in backups(path)] == [True, True, False]
    before = apsw.Connection(str(backups(path)[0]))
    assert before.execute("PRAGMA user_version").fetchall() == [(len(STEPS),)]
    assert before.execute("SELECT count(*) FROM likes").fetchall() == [(3,)]
    before.close()


def test_a_newer_schema_is_refused_untouched(path: Path) -> None:
    UserFile(path, steps=NEXT).close()
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew):
        UserStore(path)
    assert path.read_bytes() == before


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    with pytest.raises(Exception, match="nowhere"):
        UserFile(path, steps=(*STEPS, "ALTER TABLE likes ADD COLUMN why TEXT; SELECT * FROM nowhere;"))
    assert len(said(path)) == 3


def test_a_copy_that_cannot_be_finished_leaves_the_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(backups(path)[0], (time.time() - 2 * DAY_S,) * 2)
    kept = backups(path)[0].read_bytes()
    monkeypatch.setattr(database, "_is_sound", lambda file: False)
    with pytest.raises(database.CatalogueDamaged):
        UserStore(path)
    assert backups(path)[0].read_bytes() == kept
