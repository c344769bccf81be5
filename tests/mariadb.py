"""A private MariaDB server: own folder, socket and port on loopback, gone with the test process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import peewee
import pymysql
import pytest

from tests.certificates import Certificates, issued
from tests.needs import need_programs
from tests.pulse import WATCHER

READY_S = 30.0
COLLATION = "utf8mb4_unicode_520_ci"
OPTIONS = ("--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve", "--lower-case-table-names=0")


@dataclass
class MariaDB:
    """A running server; root has no password and may come by loopback."""

    folder: Path
    port: int
    watcher: subprocess.Popen[str]
    pid: int
    names: Iterator[int] = field(default_factory=count)

    def fresh(self) -> peewee.MySQLDatabase:
        """A new empty database, as root."""
        name = f"central{next(self.names)}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE {COLLATION}")
        return self.database(name)

    def database(self, name: str, *, user: str = "root", password: str = "") -> peewee.MySQLDatabase:
        return peewee.MySQLDatabase(
            name, host="127.0.0.1", port=self.port, user=user, password=password, charset="utf8mb4"
        )

    def execute(self, *statements: str) -> None:
        connection = self.connect()
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def connect(self) -> "pymysql.Connection[pymysql.cursors.Cursor]":
        return pymysql.connect(host="127.0.0.1", port=self.port, user="root", autocommit=True)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.watcher.stdin:
            self.watcher.stdin.close()
        self.watcher.wait(timeout=30)
        if self.watcher.stdout:
            self.watcher.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_mariadb(*options: str) -> MariaDB:
    """Start a server of its own and wait until it answers; `options` go to mariadbd."""
    need_programs("mariadbd", "mariadb-install-db", packages="mariadb-server-core mariadb-client-core")
    folder = Path(tempfile.mkdtemp(prefix="musicrec-mariadb-"))
    data = folder / "data"
    install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
    as_root = ["--user=root"] if os.name == "posix" and os.geteuid() == 0 else []
    done = subprocess.run([*install, *as_root, "--skip-test-db"], capture_output=True, timeout=120, text=True)
    if done.returncode:
        pytest.fail(f"MariaDB cannot be installed: {(done.stdout + done.stderr)[-2000:]}")
    return run_mariadb(folder, free_port(), *as_root, *options)


def run_mariadb(folder: Path, port: int, *options: str) -> MariaDB:
    """Run a server over the data in `folder`, which may be left from one that was killed."""
    where = (f"--datadir={folder / 'data'}", f"--socket={folder / 's'}", f"--port={port}", "--bind-address=127.0.0.1")
    command = [sys.executable, "-c", WATCHER, "mariadbd", "--no-defaults", *where, *OPTIONS, *options]
    with (folder / "log").open("ab") as log:
        watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
    assert watcher.stdout is not None
    server = MariaDB(folder, port, watcher, int(watcher.stdout.readline()))
    _wait_until_ready(server)
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: MariaDB) -> None:
    deadline = time.monotonic() + READY_S
    while True:
        try:
            server.connect().close()
            return
        except pymysql.err.OperationalError:
            if time.monotonic() > deadline or server.watcher.poll() is not None:
                said = (server.folder / "log").read_text(errors="replace")[-2000:]
                pytest.fail(f"MariaDB does not start: {said}")
            time.sleep(0.05)


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """One server for all tests; each takes a database of its own by `fresh`."""
    server = start_mariadb()
    yield server
    server.stop()


@dataclass
class TlsMariaDB:
    """A server that has a certificate for `localhost` and for nothing else."""

    server: MariaDB
    good: Certificates

    @contextmanager
    def presenting(self, other: Certificates) -> Iterator[None]:
        """For a while it shows another certificate, as after a botched renewal."""
        kept = self.good.certificate.read_bytes(), self.good.key.read_bytes()
        self._show(other.certificate.read_bytes(), other.key.read_bytes())
        try:
            yield
        finally:
            self._show(*kept)

    def _show(self, certificate: bytes, key: bytes) -> None:
        self.good.certificate.write_bytes(certificate)
        self.good.key.write_bytes(key)
        self.server.execute("FLUSH SSL")


@pytest.fixture(scope="session")
def tls_mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsMariaDB]:
    """One server with TLS for all tests."""
    good = issued(tmp_path_factory.mktemp("certificates"), "localhost")
    server = start_mariadb(*good.options)
    yield TlsMariaDB(server, good)
    server.stop()
