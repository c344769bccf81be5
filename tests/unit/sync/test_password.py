"""Passwords are found where they are kept, and show up nowhere else."""

import logging
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from musicrec_desktop.core.errors import NoPassword, SyncError
from musicrec_desktop.sync.link import Address, connect, password_for
from musicrec_desktop.sync.password import Password, forget, remember
from tests.certificates import issued
from tests.false_mysql import FalseServer, serving
from tests.mariadb import MariaDB, TlsMariaDB
from tests.told import everything_told

SECRET = "s3cret-배터리-horse"
ADDRESS = Address("listener", "db.example.org", 3306, "music")


class Kept(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]  # the library asks for a property of the class

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.passwords.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class Locked(Kept):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"cannot keep {password}")


@pytest.fixture
def ring() -> Iterator[Callable[[keyring.backend.KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_the_keyring_comes_first_then_the_environment_then_the_question(
    ring: Callable[[keyring.backend.KeyringBackend], None],
) -> None:
    ring(kept := Kept())
    surroundings = {"MUSICREC_PASSWORD": "from outside"}
    assert remember(ADDRESS.account, Password(SECRET))
    assert kept.passwords == {("MusicRec", "listener@db.example.org:3306/music"): SECRET}
    assert password_for(ADDRESS, environment=surroundings).reveal() == SECRET
    forget(ADDRESS.account)
    forget(ADDRESS.account)
    assert password_for(ADDRESS, ask=lambda: "said", environment=surroundings).reveal() == "from outside"
    assert password_for(ADDRESS, ask=lambda: "said", environment={}).reveal() == "said"
    with pytest.raises(NoPassword):
        password_for(ADDRESS, environment={})
    with pytest.raises(NoPassword):
        password_for(ADDRESS, ask=lambda: "", environment={})


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, Locked])
def test_a_keyring_that_does_not_work_is_passed_over(
    backend: type[keyring.backend.KeyringBackend],
    ring: Callable[[keyring.backend.KeyringBackend], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    ring(backend())
    caplog.set_level(logging.DEBUG)
    assert password_for(ADDRESS, ask=lambda: "said", environment={}).reveal() == "said"
    assert not remember(ADDRESS.account, Password(SECRET))
    forget(ADDRESS.account)
    assert SECRET not in caplog.text


def test_a_password_neither_shows_nor_travels() -> None:
    password = Password(SECRET)
    assert SECRET not in f"{password!r} {password} {[password]}"
    with pytest.raises(TypeError):
        pickle.dumps(password)


def test_no_failure_of_the_link_tells_the_password(
    mariadb: MariaDB, tls_mariadb: TlsMariaDB, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = issued(tmp_path, "localhost")
    told = [refused_by(Address("nobody", "localhost", mariadb.port, "mysql"), None)]
    told.append(refused_by(Address("nobody", "localhost", tls_mariadb.server.port, "mysql"), tls_mariadb.good.ca))
    told.append(refused_by(Address("nobody", "localhost", 1, "mysql"), None))
    # Checked by certificate, these get the password as it is, and then the link breaks.
    for plugin in (b"mysql_clear_password", b"sha256_password", b"dialog", b"caching_sha2_password", b"unheard_of"):
        with serving(FalseServer(shown, plugin=plugin, hangs_up=True)) as server:
            told.append(refused_by(Address("nobody", "localhost", server.port, "mysql"), shown.ca))
    leaks = [text for text in [*told, caplog.text] if SECRET in text or str(SECRET.encode())[2:-1] in text]
    assert leaks == []


def refused_by(address: Address, ca: Path | None) -> str:
    with pytest.raises(SyncError) as caught:
        connect(address, password=Password(SECRET), ca=ca)
    return everything_told(caught.value)


def test_an_open_link_does_not_show_the_password(mariadb: MariaDB) -> None:
    mariadb.execute(f"CREATE USER 'shy'@'%' IDENTIFIED BY '{SECRET}'")
    database = connect(Address("shy", "127.0.0.1", mariadb.port, "information_schema"), password=Password(SECRET))
    shown = f"{database!r} {vars(database)!r} {database.connection()!r} {database.connect_params!r}"
    with pytest.raises(Exception, match="nknown table") as caught:
        database.execute_sql("SELECT * FROM nothing")
    database.close()
    assert SECRET not in shown + everything_told(caught.value)
