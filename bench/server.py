"""A private MariaDB to measure against: own folder, port on loopback, gone with the process that started it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import peewee
import pymysql

READY_S = 60.0
_TICKS_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# As a small server would be set up, but for the journal of replication, which nobody reads here.
_OPTIONS = ("--skip-log-bin", "--skip-name-resolve", "--lower-case-table-names=0", "--innodb-buffer-pool-size=512M")

# The server is the child of a watcher that ends it when this process is gone, however that ended.
_WATCHER = """
import subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
print(server.pid, flush=True)
sys.stdin.read()
server.terminate()
server.wait()
"""


@dataclass(frozen=True)
class Server:
    """A running server; root has no password and comes by loopback only."""

    folder: Path
    port: int
    pid: int

    def fresh(self, name: str) -> peewee.MySQLDatabase:
        """A new empty database of this name; one that was there is dropped."""
        with pymysql.connect(host="127.0.0.1", port=self.port, user="root") as connection:
            cursor = connection.cursor()
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
        return peewee.MySQLDatabase(name, host="127.0.0.1", port=self.port, user="root", charset="utf8mb4")

    def processor_s(self) -> float:
        """Processor time that the server has used (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_S

    def disk_mb(self, name: str) -> float:
        """Size of a database's files."""
        files = (self.folder / "data" / name).glob("*.ibd")
        return sum(path.stat().st_size for path in files) / 1e6


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A server of its own with its data in `folder`, which is made; raises CalledProcessError, TimeoutError."""
    folder.mkdir(parents=True, exist_ok=True)
    data, port = folder / "data", _free_port()
    as_root = ["--user=root"] if os.name == "posix" and os.geteuid() == 0 else []
    if not data.exists():
        install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", *as_root]
        subprocess.run([*install, "--auth-root-authentication-method=normal"], check=True, capture_output=True)
    # Names of sockets may have a hundred letters, folders more.
    where = (f"--datadir={data}", f"--socket=/tmp/musicrec-{port}.sock", f"--port={port}", "--bind-address=127.0.0.1")
    command = [sys.executable, "-c", _WATCHER, "mariadbd", "--no-defaults", *where, *_OPTIONS, *as_root]
    with (folder / "log").open("ab") as log:
        watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
    with watcher:
        assert watcher.stdout is not None and watcher.stdin is not None
        server = Server(folder, port, int(watcher.stdout.readline()))
        try:
            _wait_until_ready(server, watcher)
            yield server
        finally:
            watcher.stdin.close()
            watcher.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: Server, watcher: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + READY_S
    while True:
        try:
            pymysql.connect(host="127.0.0.1", port=server.port, user="root").close()
            return
        except pymysql.err.OperationalError as error:
            if time.monotonic() > deadline or watcher.poll() is not None:
                raise TimeoutError(f"MariaDB does not start: see {server.folder / 'log'}") from error
            time.sleep(0.05)
