"""What goes wrong with the file or its folder comes out as one of our errors, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from musicrec_desktop.catalogue import database
from musicrec_desktop.catalogue.database import set_aside, sound_sqlite, writers_lock
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.errors import CatalogueBusy, CatalogueDamaged, CatalogueUnwritable
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.unit.catalogue.stores import add, store_in


def test_this_sqlite_is_sound() -> None:
    assert sound_sqlite(tuple(int(part) for part in apsw.sqlite_lib_version().split(".")))


@pytest.mark.parametrize(
    ("version", "is_sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 54, 1), True),
    ],
)
def test_versions_that_can_corrupt_are_known(version: tuple[int, ...], is_sound: bool) -> None:
    assert sound_sqlite(version) is is_sound


def test_the_file_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    with store_in(tmp_path):
        connection = apsw.Connection(str(tmp_path / "catalogue.db"))
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
        connection.close()


@pytest.mark.parametrize("content", [b"this is not a database, and long enough to have a header" * 40, b"x"])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(content)
    with pytest.raises(CatalogueDamaged) as caught:
        store_in(tmp_path)
    assert caught.value.path == path
    assert path.read_bytes() == content, "left for whoever can mend it"


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "catalogue.db"))
    connection.execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
    connection.close()
    before = (tmp_path / "catalogue.db").read_bytes()
    with pytest.raises(CatalogueDamaged):
        store_in(tmp_path)
    assert (tmp_path / "catalogue.db").read_bytes() == before


def test_overwritten_pages_are_damage(tmp_path: Path) -> None:
    model = FakeClassifier()
    with store_in(tmp_path) as store:
        for number in range(40):
            add(store, number, model=model)
    path = tmp_path / "catalogue.db"
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * len(content[8192:])
    path.write_bytes(content)
    with pytest.raises(CatalogueDamaged) as caught, store_in(tmp_path) as store:
        store.check()
        store.passages(model.model_id)
    assert caught.value.path == path


def test_damage_that_sqlite_only_mentions_is_damage(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        for number in range(40):
            add(store, number)
        assert store.check() is True
    path = tmp_path / "catalogue.db"
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 3 * 4096 + 4] = b"\x0d\x00\x01\x99"  # the fourth page's head
    path.write_bytes(content)
    with store_in(tmp_path) as store, pytest.raises(CatalogueDamaged, match="page"):
        store.check()


def test_a_check_without_the_time_for_it_says_so(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        for number in range(200):
            add(store, number)
        assert store.check(within_s=-1.0) is False
        assert store.check(within_s=60.0) is True
        assert store.count() == 200


def test_a_cut_file_is_damage(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        for number in range(40):
            add(store, number)
    path = tmp_path / "catalogue.db"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(CatalogueDamaged), store_in(tmp_path) as store:
        store.check()
        store.tracks()


def test_a_damaged_catalogue_is_set_aside_and_a_new_one_begins(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    for number in (1, 2):
        path.write_bytes(b"broken" * 1000)
        path.with_name("catalogue.db-wal").write_bytes(b"log")
        kept = set_aside(path)
        assert kept == tmp_path / f"catalogue.db.damaged-{number}"
        assert kept.read_bytes() == b"broken" * 1000
        assert kept.with_name(kept.name + "-wal").read_bytes() == b"log"
        with store_in(tmp_path) as store:
            add(store, 1)
            assert store.count() == 1


def test_a_catalogue_that_is_written_to_is_not_set_aside_and_nobody_waits(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"broken" * 1000)
    began = time.monotonic()
    with writers_lock(path), pytest.raises(CatalogueBusy):
        set_aside(path)
    assert time.monotonic() - began < 2.0
    assert path.is_file()


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").mkdir()
    with pytest.raises(CatalogueUnwritable):
        store_in(tmp_path)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(CatalogueUnwritable) as caught:
        store_in(tmp_path / "home")
    assert caught.value.path == tmp_path / "home" / "catalogue.db"


OPEN_AND_ADD = """
import os, sys
from pathlib import Path
from tests.unit.catalogue.stores import add, store_in
from musicrec_desktop.core.errors import MusicRecError
folder, user, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if user:
    os.seteuid(user)
if limit:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with store_in(folder) as store:
        for number in range(60):
            add(store, number)
except MusicRecError as error:
    print(type(error).__name__, error.path)
"""


def in_child(folder: Path, *, user: int = 0, limit: int = 0) -> list[str]:
    """The error, by name and path, that a child meets which may write less than we may."""
    command = [sys.executable, "-W", "error", "-c", OPEN_AND_ADD, str(folder), str(user), str(limit)]
    child = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60)
    assert child.stderr == ""
    return child.stdout.split()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX systems")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_read_only_folder_is_said_to_be(tmp_path: Path, is_there: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if is_there:
        store_in(home).close()
    for path in (home, *home.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    user = 0 if os.geteuid() else 65534  # root may write anywhere, so it becomes nobody
    try:
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        assert in_child(home, user=user) == ["CatalogueUnwritable", str(home / "catalogue.db")]
    finally:
        home.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_write_that_fails_costs_nothing_that_was_there(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        for number in range(100, 110):
            add(store, number)
    said = in_child(tmp_path, limit=(tmp_path / "catalogue.db").stat().st_size + 20_000)
    assert said == ["CatalogueUnwritable", str(tmp_path / "catalogue.db")]
    with store_in(tmp_path) as store:
        store.check()
        assert store.count() >= 10


FILL_UP = """
import subprocess, sys
from pathlib import Path
from tests.unit.catalogue.stores import add, store_in
from musicrec_desktop.core.errors import DiskFull
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
n_added = 0
with store_in(disk) as store:
    try:
        while n_added < 1000:
            add(store, n_added)
            n_added += 1
    except DiskFull:
        print("full")
    assert store.count() == n_added > 10
subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
with store_in(disk) as store:
    store.check()
    assert store.count() == n_added
    add(store, 1001)
print("well")
"""


def may_mount() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-rm", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="a small disk cannot be mounted here")
def test_a_full_disk_costs_nothing_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    command = ["unshare", "-rm", sys.executable, "-c", FILL_UP, str(tmp_path)]
    child = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60)
    assert (child.stdout.split(), child.stderr) == (["full", "well"], "")


def test_a_waiting_writer_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    with store_in(tmp_path) as store:
        with writers_lock(tmp_path / "catalogue.db"), pytest.raises(CatalogueBusy):
            add(store, 1)
        add(store, 1)


def test_a_dead_writers_lock_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom musicrec_desktop.catalogue.database import writers_lock\n"
        "with writers_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    path = tmp_path / "catalogue.db"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"held"
        child.kill()
    began = time.monotonic()
    with writers_lock(path):
        assert time.monotonic() - began < 1.0


def test_a_foreign_transaction_makes_us_wait_and_then_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    with store_in(tmp_path) as store:
        other = apsw.Connection(str(tmp_path / "catalogue.db"))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CatalogueBusy):
            add(store, 1)
        assert store.count() == 0, "reading goes on"
        other.execute("ROLLBACK")
        other.close()
        add(store, 1)


def test_writing_to_a_read_only_store_is_refused(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    with (
        CatalogueStore(tmp_path / "catalogue.db", fingerprint=FINGERPRINT, read_only=True) as store,
        pytest.raises(CatalogueUnwritable),
    ):
        add(store, 1)


def test_a_missing_read_only_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnwritable):
        CatalogueStore(tmp_path / "none.db", fingerprint=FINGERPRINT, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_after_a_kill_in_the_middle_the_log_is_played_back(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        add(store, 1)
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in tmp_path.glob("catalogue.db*"):
            shutil.copy(path, copy)
    with store_in(copy) as store:
        assert store.count() == 1
        store.check()
