"""init-db: a database, its tables, and two accounts that may do what they need and nothing beside."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import peewee
import pymysql
import pytest

from musicrec_desktop.catalogue.release_tables import RELEASE_TABLES
from musicrec_desktop.core.errors import RemoteRefused
from musicrec_desktop.curator import accounts
from musicrec_desktop.curator.cli import main
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.sync.link import Address, CentralDatabase, catalogue_id, connect, translated
from musicrec_desktop.sync.password import Password
from tests.conftest import REPOSITORY
from tests.mariadb import TlsMariaDB
from tests.told import everything_told
from tests.unit.curator.catalogue import made_up_store

CURATOR_SECRET, LISTENER_SECRET = "c-secret-열쇠'\"%s\\", "l-secret-열쇠"
NEW_SECRET = "n-secret-열쇠"
ADMIN_SECRET = "a-secret-열쇠"
DATABASE = "music_archive"  # its `_` is a wildcard to grants that are not careful
PRIVATE = ("songs", "parts", "song_sounds", "facts", "artefacts")


@pytest.fixture(scope="module")
def home(tls_mariadb: TlsMariaDB) -> Address:
    """Where an administrator with a password sets things up; not root, and without SUPER."""
    tls_mariadb.server.execute(
        f"CREATE USER 'chief'@'%' IDENTIFIED BY '{ADMIN_SECRET}' REQUIRE SSL",
        f"GRANT {accounts.CURATOR_RIGHTS}, CREATE USER ON *.* TO 'chief'@'%' WITH GRANT OPTION",
    )
    return Address("chief", "localhost", tls_mariadb.server.port, DATABASE)


def init_db(home: Address, tls_mariadb: TlsMariaDB, *, curator: str = "keeper", listener: str = "ears") -> int:
    more = ["--curator", curator, "--listener", listener, "--ca", str(tls_mariadb.good.ca)]
    with pytest.raises(SystemExit) as caught:
        main(["init-db", str(home), *more])
    return int(caught.value.code or 0)


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MUSICREC_PASSWORD", ADMIN_SECRET)
    monkeypatch.setenv("MUSICREC_CURATOR_PASSWORD", CURATOR_SECRET)
    monkeypatch.setenv("MUSICREC_LISTENER_PASSWORD", LISTENER_SECRET)
    return monkeypatch


Linked = Callable[[str, str], CentralDatabase]


@pytest.fixture
def linked(home: Address, tls_mariadb: TlsMariaDB, passwords: None, capsys: pytest.CaptureFixture[str]) -> Linked:
    assert init_db(home, tls_mariadb) == 0
    capsys.readouterr()

    def as_user(user: str, secret: str) -> CentralDatabase:
        address = Address(user, home.host, home.port, home.database)
        return connect(address, password=Password(secret), ca=tls_mariadb.good.ca)

    return as_user


def test_it_says_what_it_granted_and_can_be_run_again(
    home: Address, tls_mariadb: TlsMariaDB, passwords: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init_db(home, tls_mariadb) == 0
    said = capsys.readouterr().out
    assert said.count("GRANT SELECT ON ") == len(RELEASE_TABLES)
    assert "GRANT SELECT, INSERT, UPDATE, DELETE" in said and "REQUIRE SSL" in said
    passwords.delenv("MUSICREC_CURATOR_PASSWORD")
    passwords.delenv("MUSICREC_LISTENER_PASSWORD")
    assert init_db(home, tls_mariadb) == 0
    assert capsys.readouterr().out == said
    for secret in (CURATOR_SECRET, LISTENER_SECRET, ADMIN_SECRET):
        assert secret not in said


@pytest.mark.parametrize(("user", "secret"), [("keeper", CURATOR_SECRET), ("ears", LISTENER_SECRET)])
def test_the_accounts_cannot_come_without_tls(user: str, secret: str, linked: Linked, home: Address) -> None:
    known = {"user": user, "password": secret.encode(), "database": home.database}
    with pytest.raises(pymysql.err.OperationalError, match="denied"):
        pymysql.connect(host=home.host, port=home.port, ssl_disabled=True, **known)
    linked(user, secret).close()


def test_the_curator_can_do_all_its_work_and_only_there(
    linked: Linked, tls_mariadb: TlsMariaDB, tmp_path: Path
) -> None:
    database = linked("keeper", CURATOR_SECRET)
    assert len(made_up_store(tmp_path, songs=2, store=CentralStore(database)).songs()) >= 2
    tls_mariadb.server.execute("CREATE DATABASE IF NOT EXISTS musicXarchive")  # what the wildcard would reach
    for sql in ("CREATE TABLE musicXarchive.x (y INT)", "SELECT * FROM mysql.user", "CREATE USER 'x'@'%'"):
        with pytest.raises(RemoteRefused), translated("s"):
            database.execute_sql(sql)
    database.close()


def test_the_listener_reads_what_is_published(linked: Linked) -> None:
    database = linked("ears", LISTENER_SECRET)
    assert len(catalogue_id(database, server="s")) == 36
    for table in RELEASE_TABLES:
        assert table.select().bind(database).count() <= 1
    database.close()


@pytest.mark.parametrize("table", RELEASE_TABLES, ids=lambda table: table._meta.table_name)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "DROP TABLE {}", "LOCK TABLES {} WRITE", "TRUNCATE {}"])
def test_the_listener_changes_nothing(table: type[peewee.Model], verb: str, linked: Linked) -> None:
    refused(linked("ears", LISTENER_SECRET), verb.format(table._meta.table_name))


@pytest.mark.parametrize(
    "sql",
    [f"SELECT * FROM {table}" for table in PRIVATE]
    + ["UPDATE central_schema SET version = 2", "INSERT INTO releases VALUES (1)", "CREATE TABLE x (y INT)"]
    + ["SELECT * FROM releases INTO OUTFILE '/tmp/musicrec-stolen'", "SELECT * FROM mysql.user"]
    + ["LOAD DATA INFILE '/etc/passwd' INTO TABLE releases", "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE releases"]
    + ["CREATE TEMPORARY TABLE x (y INT)", "CREATE VIEW x AS SELECT 1", "GRANT SELECT ON releases TO 'ears'@'%'"],
)
def test_the_listener_has_no_other_way(sql: str, linked: Linked) -> None:
    refused(linked("ears", LISTENER_SECRET), sql)


def test_the_listener_reads_no_file_of_the_server(linked: Linked) -> None:
    database = linked("ears", LISTENER_SECRET)
    assert database.execute_sql("SELECT LOAD_FILE('/etc/passwd')").fetchone() == (None,)
    private = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
    assert {name for (name,) in database.execute_sql(private)} == {t._meta.table_name for t in RELEASE_TABLES}
    database.close()


def refused(database: CentralDatabase, sql: str) -> None:
    with pytest.raises(RemoteRefused), translated("s"):
        database.execute_sql(sql)
    database.close()


def test_an_account_that_may_do_more_is_not_for_listeners(
    home: Address, tls_mariadb: TlsMariaDB, linked: Linked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init_db(home, tls_mariadb, listener="keeper", curator="another") == 1
    assert "may do more than listeners should" in capsys.readouterr().err
    for same in ({"curator": "chief"}, {"listener": "chief"}, {"curator": "x", "listener": "x"}):
        assert init_db(home, tls_mariadb, **same) == 1
        assert "cannot be two accounts" in capsys.readouterr().err


def test_without_a_password_for_a_new_account_nothing_is_made_for_it(
    home: Address, tls_mariadb: TlsMariaDB, passwords: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passwords.delenv("MUSICREC_CURATOR_PASSWORD")
    assert init_db(home, tls_mariadb, curator="nobody_yet") == 1
    assert "password is needed for nobody_yet" in capsys.readouterr().err


def test_an_account_that_could_not_be_made_does_not_tell_its_password(linked: Linked) -> None:
    database = linked("keeper", CURATOR_SECRET)
    for grant in (accounts.grant_curator, accounts.grant_listener):
        with pytest.raises(RemoteRefused) as caught:
            grant(database, "newcomer", Password(NEW_SECRET))
        assert NEW_SECRET not in everything_told(caught.value)
    database.close()


# -- the command line on a server


def curator_command(*arguments: object, secret: str = CURATOR_SECRET) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "musicrec_desktop.curator.cli", *map(str, arguments)]
    surroundings = os.environ | {"MUSICREC_PASSWORD": secret, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return subprocess.Popen(
        command, env=surroundings, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_step_works_on_a_server_and_no_trace_of_the_password_is_left(
    home: Address, tls_mariadb: TlsMariaDB, linked: Linked, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    database = linked("keeper", CURATOR_SECRET)
    made_up_store(tmp_path, songs=24, store=CentralStore(database))
    database.close()
    there = ["--central", f"mysql://keeper@localhost:{home.port}/{DATABASE}", "--ca", tls_mariadb.good.ca]
    told, lines = [caplog.text], []
    for secret, ca in ((CURATOR_SECRET, True), ("wrong " + CURATOR_SECRET, True), (CURATOR_SECRET, False)):
        work = ["--work", tmp_path / "work"]
        process = curator_command(
            "embed", *work, *(there if ca else [*there[:3], REPOSITORY / "LICENSE"]), secret=secret
        )
        lines += seen_by_others(process)
        told += process.communicate(timeout=120)
        assert process.returncode == (0 if secret == CURATOR_SECRET and ca else 1), told
    assert "from 24 songs" in told[1]
    assert [text.count("\n") for text in (told[4], told[6])] == [1, 1]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert all(any(str(home.port) in line for line in run) for run in [lines])
    assert not [text for text in [*told, *lines] if CURATOR_SECRET in text]
    assert not [blob for blob in files if CURATOR_SECRET.encode() in blob]
    assert not (tmp_path / "work" / "central.db").exists()


def seen_by_others(process: subprocess.Popen[str]) -> list[str]:
    """What the system's list of processes says of it, as soon as it is itself."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = Path(f"/proc/{process.pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        if "curator.cli" in found:
            return [found]
        time.sleep(0.01)
    return []


@pytest.mark.parametrize(
    ("central", "said"),
    [
        ("mysql://u:geheim@h/d", "a password does not belong into it"),
        ("nonsense", "it is no mysql:// address"),
        ("mysql://u@127.0.0.1:1/d", "cannot be reached"),
    ],
)
def test_a_failure_of_the_link_is_one_sentence(
    central: str, said: str, tmp_path: Path, passwords: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["embed", "--work", str(tmp_path / "work"), "--central", central])
    out, err = capsys.readouterr()
    assert (caught.value.code, out, err.count("\n")) == (1, "", 1)
    assert said in err and "geheim" not in err


def test_nobody_at_the_keyboard_and_no_password_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MUSICREC_PASSWORD", raising=False)
    with pytest.raises(SystemExit):
        main(["embed", "--work", str(tmp_path), "--central", "mysql://u@h/d"])
    assert capsys.readouterr().err == "A password is needed for u at h:3306.\n"
