"""The link: it speaks to the right server or to none, and its errors are ours."""

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pymysql
import pytest

from musicrec_desktop.catalogue.release_tables import SchemaRow, create_release_tables
from musicrec_desktop.core import errors
from musicrec_desktop.core.errors import AddressInvalid, SyncError
from musicrec_desktop.sync.link import Address, CentralDatabase, Timeouts, catalogue_id, connect, translated
from musicrec_desktop.sync.password import Password
from tests.certificates import issued
from tests.false_mysql import PATIENCE_S, FalseServer, serving
from tests.mariadb import MariaDB, TlsMariaDB, free_port

SECRET = "correct horse 배터리"
QUICK = Timeouts(connect_s=1.0, read_s=1.0, write_s=1.0)


@pytest.fixture(scope="module")
def account(tls_mariadb: TlsMariaDB) -> Address:
    """A listener who is let in by TLS only."""
    server = tls_mariadb.server
    server.execute(
        "CREATE DATABASE linked",
        f"CREATE USER 'listener'@'%' IDENTIFIED BY '{SECRET}' REQUIRE SSL",
        "GRANT SELECT ON linked.* TO 'listener'@'%'",
    )
    return Address("listener", "localhost", server.port, "linked")


def opened(address: Address, ca: Path | None, **more: bool) -> CentralDatabase:
    return connect(address, password=Password(SECRET), ca=ca, timeouts=QUICK, **more)


def false_address(server: FalseServer, host: str = "localhost") -> Address:
    return Address("listener", host, server.port, "linked")


# -- addresses


def test_an_address_is_read_and_written() -> None:
    address = Address.parse("mysql://list%40ener@db.example.org/music")
    assert address == Address("list@ener", "db.example.org", 3306, "music")
    assert (address.server, address.account) == ("db.example.org:3306", "list@ener@db.example.org:3306/music")
    assert Address.parse("mysql://u@[::1]:3307/m").server == "[::1]:3307"


@pytest.mark.parametrize(
    "text",
    ["", "db.example.org", "http://u@h/d", "mysql://h/d", "mysql://u@h", "mysql://u@/d", "mysql://u@h:x/d"]
    + ["mysql://u@h:99999/d", "mysql://u@h/d/e", "mysql://u@h/d?ssl=no", "mysql://u@h/d%00", "mysql://u@[h/d"],
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(AddressInvalid):
        Address.parse(text)


@pytest.mark.parametrize("text", ["mysql://u:geheim@h/d", "mysql://u:geheim@h:x/d", "mysql://u:@h/d"])
def test_a_password_in_the_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(AddressInvalid) as caught:
        Address.parse(text)
    assert "geheim" not in str(caught.value)


# -- servers that are not to be trusted


def test_a_server_that_its_authority_vouches_for_is_spoken_to(tls_mariadb: TlsMariaDB, account: Address) -> None:
    database = opened(account, tls_mariadb.good.ca)
    (name, cipher) = database.execute_sql("SHOW STATUS LIKE 'Ssl_cipher'").fetchone()
    assert cipher
    assert database.execute_sql("SELECT @@collation_connection").fetchone() == ("utf8mb4_unicode_520_ci",)
    database.close()


def no_tls(mariadb: MariaDB) -> Address:
    return Address("root", "localhost", mariadb.port, "mysql")


def test_a_server_without_tls_is_refused(mariadb: MariaDB) -> None:
    with pytest.raises(errors.RemoteUntrusted):
        opened(no_tls(mariadb), None, tls_demanded=True)


def test_a_certificate_of_its_own_is_refused(tls_mariadb: TlsMariaDB, account: Address) -> None:
    with pytest.raises(errors.RemoteUntrusted, match="self-signed"):
        opened(account, None, tls_demanded=True)


def test_a_certificate_for_another_name_is_refused(tls_mariadb: TlsMariaDB, account: Address, tmp_path: Path) -> None:
    elsewhere = Address(account.user, "127.0.0.1", account.port, account.database)
    with pytest.raises(errors.RemoteUntrusted, match="127.0.0.1"):
        opened(elsewhere, tls_mariadb.good.ca)
    other = issued(tmp_path, "db.example.org")
    with tls_mariadb.presenting(other), pytest.raises(errors.RemoteUntrusted, match="localhost"):
        opened(account, other.ca)


def test_an_expired_certificate_is_refused(tls_mariadb: TlsMariaDB, account: Address, tmp_path: Path) -> None:
    old = issued(tmp_path, "localhost", expired=True)
    with tls_mariadb.presenting(old), pytest.raises(errors.RemoteUntrusted, match="expired"):
        opened(account, old.ca)
    opened(account, tls_mariadb.good.ca).close()


def test_a_file_of_authorities_that_is_none_is_refused(account: Address, tmp_path: Path) -> None:
    for ca in (tmp_path / "missing.pem", tmp_path):
        with pytest.raises(errors.RemoteUntrusted, match="cannot be read"):
            opened(account, ca)
    (tmp_path / "empty.pem").write_text("nothing\n")
    with pytest.raises(errors.RemoteUntrusted):
        opened(account, tmp_path / "empty.pem")


@pytest.mark.parametrize("kind", ["no TLS", "self-signed", "wrong name", "expired"])
def test_nothing_is_said_to_a_server_that_is_refused(kind: str, tmp_path: Path) -> None:
    other_name = kind == "wrong name"
    shown = issued(tmp_path, "db.example.org" if other_name else "localhost", expired=kind == "expired")
    with serving(FalseServer(certificates=None if kind == "no TLS" else shown)) as server:
        with pytest.raises(errors.RemoteUntrusted):
            opened(false_address(server), None if kind == "self-signed" else shown.ca, tls_demanded=True)
        assert server.served.wait(PATIENCE_S)
    assert b"listener" not in server.heard
    # What a server without TLS hears is nothing; others hear that TLS is wanted, in a packet of 36 bytes.
    assert len(server.heard) == (0 if kind == "no TLS" else 36)


def test_the_false_server_would_get_the_login_of_who_trusts_it(tmp_path: Path) -> None:
    shown = issued(tmp_path, "localhost")
    with serving(FalseServer(certificates=shown)) as server:
        opened(false_address(server), shown.ca).close()
    assert b"listener" in server.heard


@pytest.mark.parametrize("secure", [False, True])
def test_a_server_that_asks_for_a_file_gets_none(secure: bool, tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("dear diary")
    shown = issued(tmp_path, "localhost") if secure else None
    with serving(FalseServer(shown, reply=b"\xfb" + str(tmp_path / "diary").encode())) as server:
        database = opened(false_address(server), shown.ca if shown else None)
        with pytest.raises(errors.RemoteUntrusted, match="file of this computer"), translated("s"):
            database.execute_sql("SELECT 1")
        assert database.is_closed()
        assert server.served.wait(PATIENCE_S)
    assert b"diary" not in server.heard


@pytest.mark.parametrize("plugin", [b"mysql_clear_password", b"dialog", b"mysql_old_password"])
def test_an_unchecked_server_does_not_get_the_password_in_clear_text(plugin: bytes) -> None:
    with serving(FalseServer(plugin=plugin)) as server:
        with pytest.raises(errors.RemoteUntrusted, match="clear text"):
            opened(false_address(server), None)
        assert server.served.wait(PATIENCE_S)
    assert SECRET.encode() not in server.heard


@pytest.mark.parametrize(
    "greeting", [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x01\0\0\0\x0a", b"\x05\0\0\0\x0a8.0\0", b"\0\0\0\0"]
)
def test_what_is_no_mysql_is_an_error_of_the_link(greeting: bytes) -> None:
    with serving(FalseServer(greeting=greeting)) as server, pytest.raises(SyncError):
        opened(false_address(server), None)


def test_a_silent_server_is_given_up_in_the_time_for_connecting(tmp_path: Path) -> None:
    times = Timeouts(connect_s=0.2, read_s=600, write_s=600)
    with serving(FalseServer(greeting=b"")) as server:
        with pytest.raises(errors.RemoteUnreachable):
            connect(false_address(server), password=Password(SECRET), timeouts=times)
        assert server.served.wait(PATIENCE_S)
    assert not server.was_first_to_give_up


def test_nobody_there() -> None:
    with pytest.raises(errors.RemoteUnreachable):
        opened(Address("u", "127.0.0.1", free_port(), "d"), None)
    with pytest.raises(errors.RemoteUnreachable):
        opened(Address("u", "no-such-host.invalid", 3306, "d"), None)


# -- which hosts may go without TLS


def test_another_host_must_have_tls_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch, mariadb: MariaDB) -> None:
    real = socket.create_connection
    monkeypatch.setattr(
        "pymysql.connections.socket.create_connection", lambda _, *rest: real(("127.0.0.1", mariadb.port), *rest)
    )
    elsewhere = Address("root", "db.example.org", mariadb.port, "mysql")
    with pytest.raises(errors.RemoteUntrusted):
        connect(elsewhere, password=Password(""))
    connect(elsewhere, password=Password(""), plain_allowed=True).close()
    with pytest.raises(errors.RemoteUntrusted):
        connect(elsewhere, password=Password(""), plain_allowed=True, tls_demanded=True)


# -- the server's no


def test_the_servers_no_has_its_error(tls_mariadb: TlsMariaDB, account: Address) -> None:
    ca = tls_mariadb.good.ca
    with pytest.raises(errors.RemoteRefused, match="Access denied"):
        connect(account, password=Password("wrong"), ca=ca)
    with pytest.raises(errors.RemoteRefused, match="denied"):
        opened(Address(account.user, account.host, account.port, "mysql"), ca)
    database = opened(account, ca)
    with pytest.raises(errors.RemoteRefused, match="denied"), translated(account.server):
        database.execute_sql("CREATE TABLE x (y INT)")
    with pytest.raises(errors.RemoteSchemaMismatch), translated(account.server):
        database.execute_sql("SELECT * FROM releases")
    database.close()


def test_no_such_database_is_another_schema(mariadb: MariaDB) -> None:
    with pytest.raises(errors.RemoteSchemaMismatch):
        connect(Address("root", "127.0.0.1", mariadb.port, "absent"), password=Password(""))


def test_a_catalogue_says_which_it_is(mariadb: MariaDB) -> None:
    database = mariadb.fresh()
    with pytest.raises(errors.RemoteSchemaMismatch):
        catalogue_id(database, server="s")
    create_release_tables(database)
    with pytest.raises(errors.RemoteSchemaMismatch, match="not been set up"):
        catalogue_id(database, server="s")
    SchemaRow.insert(catalogue_id="c" * 36, version=1).execute(database)
    assert catalogue_id(database, server="s") == "c" * 36
    SchemaRow.update(version=99).execute(database)
    with pytest.raises(errors.RemoteSchemaMismatch, match="99"):
        catalogue_id(database, server="s")
    database.execute_sql("ALTER TABLE central_schema DROP COLUMN version")
    with pytest.raises(errors.RemoteSchemaMismatch):
        catalogue_id(database, server="s")
    database.close()


# -- links that break


def killed(database: CentralDatabase, server: MariaDB) -> None:
    (number,) = database.execute_sql("SELECT CONNECTION_ID()").fetchone()
    server.execute(f"KILL {number}")


def cut(database: CentralDatabase, server: MariaDB) -> None:
    database.cut()


@pytest.mark.parametrize("broken", [killed, cut])
@pytest.mark.parametrize("in_transaction", [False, True])
def test_a_broken_link_is_told_and_can_be_made_again(
    broken: Callable[[CentralDatabase, MariaDB], None], in_transaction: bool, mariadb: MariaDB
) -> None:
    database = connect(no_tls(mariadb), password=Password(""))
    with pytest.raises(errors.RemoteUnreachable), translated("s"):
        if in_transaction:
            with database.atomic():
                broken(database, mariadb)
                database.execute_sql("SELECT 1")
        broken(database, mariadb)
        database.execute_sql("SELECT 1")
    with pytest.raises(errors.RemoteUnreachable), translated("s"):
        database.execute_sql("SELECT 1")
    database.drop()
    assert database.execute_sql("SELECT 1").fetchone() == (1,)
    database.close()


def test_an_answer_that_does_not_come_is_given_up(tls_mariadb: TlsMariaDB, account: Address) -> None:
    database = opened(account, tls_mariadb.good.ca)
    with pytest.raises(errors.RemoteUnreachable), translated("s"):
        database.execute_sql("SELECT SLEEP(20)")
    database.drop()


def test_who_waits_for_an_answer_is_freed_at_once_by_a_cut(tls_mariadb: TlsMariaDB, account: Address) -> None:
    database = connect(account, password=Password(SECRET), ca=tls_mariadb.good.ca, timeouts=Timeouts(read_s=600))
    outcome: list[BaseException] = []

    def wait() -> None:
        try:
            with translated("s"):
                database.execute_sql("SELECT SLEEP(300)")
        except SyncError as error:
            outcome.append(error)
        database.drop()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    watcher = tls_mariadb.server.connect()
    with watcher, watcher.cursor() as cursor:
        while not cursor.execute("SELECT 1 FROM information_schema.processlist WHERE info = 'SELECT SLEEP(300)'"):
            waiting.join(0.02)
    database.cut()
    waiting.join(20)
    assert [type(error) for error in outcome] == [errors.RemoteUnreachable]
    database.close()


def test_what_does_not_fit_is_refused_and_not_cut_off(mariadb: MariaDB) -> None:
    database = mariadb.fresh()
    create_release_tables(database)
    mariadb.execute("SET GLOBAL sql_mode = ''")
    try:
        address = Address("root", "127.0.0.1", mariadb.port, str(database.database))
        link = connect(address, password=Password(""))
    finally:
        mariadb.execute("SET GLOBAL sql_mode = DEFAULT")
    with pytest.raises(errors.RemoteRefused, match="too long"), translated("s"):
        SchemaRow.insert(catalogue_id="c" * 37).execute(link)
    link.close()
    database.close()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (pymysql.err.OperationalError(1040, "Too many connections"), errors.RemoteUnreachable),
        (pymysql.err.InterfaceError(0, ""), errors.RemoteUnreachable),
        (pymysql.err.OperationalError(1226, "too much"), errors.RemoteRefused),
        (pymysql.err.IntegrityError(1062, "hostile\x1b[31m\n words."), errors.RemoteRefused),
        (pymysql.err.Error("Already closed"), errors.RemoteRefused),
        (ssl.SSLError(1, "wrong version"), errors.RemoteUntrusted),
        (ConnectionResetError(104, "reset"), errors.RemoteUnreachable),
    ],
)
def test_errors_of_the_driver_are_ours(error: Exception, kind: type[SyncError]) -> None:
    with pytest.raises(kind) as caught, translated("host:1"):
        raise error
    assert caught.value.facts["server"] == "host:1"
    assert str(caught.value.facts["detail"]).isprintable()


def test_errors_that_are_not_the_links_pass() -> None:
    for mine in (ValueError("x"), FileNotFoundError("x"), errors.NothingPublished(server="s")):
        with pytest.raises(type(mine)), translated("s"):
            raise mine
