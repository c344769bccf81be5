"""The link to the central catalogue: its address, a connection that knows whom it speaks to, and our errors.

PyMySQL by itself falls back to plain text, or encrypts without checking who answers. Here TLS is always checked
against an authority and the server's name, but on loopback or where the person said in so many words that plain
text will do. Nothing is sent, not even the user's name, before that.
"""

import ipaddress
import os
import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee
import pymysql

from musicrec_desktop.catalogue.central_tables import COLLATION
from musicrec_desktop.catalogue.release_tables import SCHEMA, SchemaRow
from musicrec_desktop.core.errors import (
    AddressInvalid,
    RemoteRefused,
    RemoteSchemaMismatch,
    RemoteUnreachable,
    RemoteUntrusted,
    SyncError,
)
from musicrec_desktop.sync import password as passwords
from musicrec_desktop.sync.password import VARIABLE, Password

DEFAULT_PORT = 3306
_READ_AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Address:
    """Where a central catalogue is and who comes; never with a password."""

    user: str
    host: str
    port: int
    database: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read mysql://USER@HOST[:PORT]/DATABASE; raise AddressInvalid, which never repeats what was given."""
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            # `from None`: the library's words may repeat a password that was put into the address.
            raise AddressInvalid(detail="its port is no number, or its host makes no sense") from None
        if parts.password is not None:
            raise AddressInvalid(detail="a password does not belong into it: it is asked for, or kept in the keyring")
        database = unquote(parts.path.removeprefix("/"))
        user, host = unquote(parts.username or ""), parts.hostname or ""
        missing = {"user": user, "host": host, "database": database}
        if parts.scheme != "mysql" or parts.query or parts.fragment or "/" in database:
            raise AddressInvalid(detail="it is no mysql:// address")
        for name, value in missing.items():
            if not value or not value.isprintable():
                raise AddressInvalid(detail=f"it names no {name}")
        return cls(user, host, DEFAULT_PORT if port is None else port, database)

    @property
    def server(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def account(self) -> str:
        """The name by which the keyring keeps the password."""
        return f"{self.user}@{self.server}/{self.database}"

    def __str__(self) -> str:
        return f"mysql://{self.account}"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds without any progress after which a link is given up; the first holds until the account is let in."""

    connect_s: float = 5.0
    read_s: float = 30.0
    write_s: float = 30.0


DEFAULT_TIMEOUTS = Timeouts()


def password_for(
    address: Address, *, ask: Callable[[], str] | None = None, environment: Mapping[str, str] = os.environ
) -> Password:
    """The address's password from the keyring, else from MUSICREC_PASSWORD, else from `ask`; else NoPassword."""
    return passwords.password_for(
        address.account, server=address.server, user=address.user, ask=ask, environment=environment, variable=VARIABLE
    )


def connect(
    address: Address,
    *,
    password: Password,
    ca: Path | None = None,
    timeouts: Timeouts = DEFAULT_TIMEOUTS,
    plain_allowed: bool = False,
    tls_demanded: bool = False,
) -> "CentralDatabase":
    """An open link, checked against the authorities in the file `ca`, or the system's.

    Loopback may go without TLS unless `ca` is given or `tls_demanded`; another server may where `plain_allowed`.
    Raise RemoteUnreachable, RemoteRefused, RemoteUntrusted or RemoteSchemaMismatch (no such database).
    """
    lenient = (plain_allowed or is_loopback(address.host)) and not (ca or tls_demanded)
    context = None if lenient else _context(ca, address.server)
    database = CentralDatabase(address, password, context, timeouts)
    database.connect()
    return database


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _context(ca: Path | None, server: str) -> ssl.SSLContext:
    """Checks the chain and the name. Python's defaults do, given a file of authorities or the system's."""
    try:
        return ssl.create_default_context(cafile=str(ca) if ca else None)
    except (OSError, ssl.SSLError) as error:
        raise RemoteUntrusted(server=server, detail=f"the certificates in {ca} cannot be read") from error


class CentralDatabase(peewee.MySQLDatabase):
    """A link that opens when it is asked something; each thread has a connection of its own.

    Opening raises our errors; questions raise peewee's, which `translated` turns into ours.
    """

    def __init__(
        self, address: Address, password: Password, context: ssl.SSLContext | None, timeouts: Timeouts
    ) -> None:
        self.address = address
        self._password = password
        self._context = context
        self._timeouts = timeouts
        self._connections: set[_Connection] = set()
        super().__init__(address.database, host=address.host, port=address.port, user=address.user)

    @property
    def is_checked(self) -> bool:
        """Whether TLS vouches for the server."""
        return self._context is not None

    def drop(self) -> None:
        """Forget this thread's connection in whatever state it is; a transaction that was open is over."""
        peewees: Any = self  # what its type stubs leave out
        connection = peewees._state.conn
        peewees.dispose()
        if connection is not None:
            self._close(connection)

    def cut(self) -> None:
        """End every connection at once, from any thread: what waits for an answer gets RemoteUnreachable."""
        for connection in list(self._connections):
            connection.cut()

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Ask; an answer that no honest server gives is an error of the link, and ends it."""
        try:
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]  # so the stubs have it
        except _NONSENSE as error:
            self.drop()
            raise _ours(error, self.address.server) from error

    def _connect(self) -> "_Connection":
        connection = _Connection(self.address, self._context, self._timeouts)
        self._connections.add(connection)
        connection.password = self._password.reveal().encode()  # PyMySQL itself would take latin1
        try:
            connection.open_within(self._timeouts)
        except (*_WORDLESS, *_GARBLED, SyncError) as error:
            self._connections.discard(connection)
            ours, cause = _ours(error, self.address.server), error
        else:
            return connection
        # The driver's frames hold the password; nobody is to find it in a traceback.
        raise ours from _without_frames(cause)

    def _close(self, conn: Any) -> None:
        self._connections.discard(conn)
        with suppress(pymysql.err.Error):  # closed already
            conn.close()


def usable(database: peewee.MySQLDatabase) -> None:
    """See to it that this thread's link works: one that broke since it was last used is made again, once.

    Within a transaction nothing is done: what was begun on a link ends with it.
    """
    peewees: Any = database  # what its type stubs leave out
    if database.is_closed():
        database.connect()
    elif not peewees.in_transaction() and not peewees.is_connection_usable():
        if isinstance(database, CentralDatabase):
            database.drop()
        else:
            peewees.dispose()
        database.connect()


def server_of(database: peewee.Database) -> str:
    """HOST:PORT of a server, the path of a file."""
    if isinstance(database, CentralDatabase):
        return database.address.server
    known: Any = database.connect_params
    return f"{known['host']}:{known.get('port', DEFAULT_PORT)}" if "host" in known else str(database.database)


class _Connection(pymysql.connections.Connection):
    """A connection that gives up a silent server while it opens, too, and can be ended from another thread."""

    def __init__(self, address: Address, context: ssl.SSLContext | None, timeouts: Timeouts) -> None:
        checked = {"ssl": context} if context else {"auth_plugin_map": dict.fromkeys(_CLEAR_TEXT, _Reluctant)}
        super().__init__(
            user=address.user,
            host=address.host,
            port=address.port,
            database=address.database or None,
            charset="utf8mb4",
            collation=COLLATION,
            sql_mode="STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION",  # refuse what does not fit, whatever the server's own
            autocommit=True,
            local_infile=False,
            connect_timeout=timeouts.connect_s,
            read_timeout=timeouts.connect_s,
            write_timeout=timeouts.connect_s,
            defer_connect=True,
            **checked,
        )

    def open_within(self, timeouts: Timeouts) -> None:
        self.connect()
        self._read_timeout, self._write_timeout = timeouts.read_s, timeouts.write_s
        # Nothing is on its way yet. With the driver's own buffer a page of tracks takes hundreds of reads more, each of
        # which gives up the interpreter and waits for it again.
        driver: Any = self
        driver._rfile.close()
        driver._rfile = driver._sock.makefile("rb", buffering=_READ_AT_ONCE)

    def cut(self) -> None:
        found = getattr(self, "_sock", None)
        if found is not None:
            with suppress(OSError):
                # Not the TLS socket's own method, which would pull its state from under the waiting thread.
                socket.socket.shutdown(found, socket.SHUT_RDWR)


# By these a server would get the password as it is.
_CLEAR_TEXT = ("mysql_clear_password", "dialog", "mysql_old_password")


class _Reluctant:
    """Does not give the password to a server that nothing vouches for and that wants it in clear text."""

    def __init__(self, connection: _Connection) -> None:
        self._server = f"{connection.host}:{connection.port}"

    def authenticate(self, packet: object) -> None:
        raise RemoteUntrusted(server=self._server, detail="it asks for the password in clear text")


# -- errors

# What PyMySQL stumbles over when bytes are not MySQL's; RuntimeError when a file of ours is asked for.
_NONSENSE = (struct.error, IndexError, UnicodeDecodeError, AssertionError, RuntimeError)
_GARBLED = (*_NONSENSE, ValueError, LookupError, AttributeError, TypeError)  # while it opens
_WORDLESS = (peewee.PeeweeException, pymysql.err.MySQLError, ssl.SSLError, ConnectionError, TimeoutError)

_UNSAFE = {2026}
_ABSENT = {0, 1040, 1053, 1152, 1158, 1159, 1160, 1161, 1927, 2002, 2003, 2005, 2006, 2013, 2014, 2027, 2055, 4031}
_OTHER_SCHEMA = {1049, 1054, 1146}
_KINDS: tuple[tuple[set[int], type[SyncError]], ...] = (
    (_UNSAFE, RemoteUntrusted),
    (_ABSENT, RemoteUnreachable),
    (_OTHER_SCHEMA, RemoteSchemaMismatch),
)


@contextmanager
def translated(server: str) -> Iterator[None]:
    """Turn what the driver raises within into a SyncError of the server HOST:PORT; ours pass as they are."""
    try:
        yield
    except _WORDLESS as error:
        raise _ours(error, server) from error


def _ours(error: BaseException, server: str) -> SyncError:
    if isinstance(error, SyncError):
        return error
    if not isinstance(error, _WORDLESS):
        asks = (
            "it asks for a file of this computer" if "LOAD_LOCAL" in str(error) else "it does not speak as MySQL does"
        )
        return RemoteUntrusted(server=server, detail=asks)
    driver = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    below = getattr(driver, "original_exception", driver)
    if isinstance(below, ssl.SSLError):
        return RemoteUntrusted(server=server, detail=_said(getattr(below, "verify_message", "") or below))
    if isinstance(below, OSError):
        return RemoteUnreachable(server=server, detail=_said(below.strerror or below))
    code = driver.args[0] if driver.args else 0
    kind = next((kind for codes, kind in _KINDS if code in codes), RemoteRefused)
    return kind(server=server, detail=_said(driver.args[1] if len(driver.args) > 1 else driver))


def _said(words: object) -> str:
    """What a server or library says, fit for a terminal: one line, printable, not endless, without a full stop."""
    text = " ".join(str(words).split())
    return "".join(letter for letter in text if letter.isprintable())[:200].rstrip(". ")


def _without_frames(error: BaseException | None) -> BaseException | None:
    """The error and what led to it, without the local variables of where it happened."""
    led_to = error
    while led_to is not None:
        led_to.__traceback__ = None
        for name in ("traceback", "original_exception"):
            if hasattr(led_to, name):
                delattr(led_to, name)
        led_to = led_to.__cause__ or led_to.__context__
    return error


# -- whose catalogue it is


def catalogue_id(database: peewee.Database, *, server: str) -> str:
    """Which catalogue this is; raise RemoteSchemaMismatch when it is none, or one of another version."""
    with translated(server):
        row = SchemaRow.select().bind(database).first()
    if row is None:
        raise RemoteSchemaMismatch(server=server, detail="it has not been set up")
    if row.version != SCHEMA:
        raise RemoteSchemaMismatch(server=server, detail=f"its tables have version {row.version}, known is {SCHEMA}")
    return str(row.catalogue_id)
