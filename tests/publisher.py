"""A publisher in a process of its own: puts out what it is told, at once, and says what became of it."""

import multiprocessing
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

import peewee

from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.curator.publish import publish
from musicrec_desktop.curator.releasing import turn
from musicrec_desktop.curator.staging import stage
from tests.releases import MODEL, tracks_of

Lock = Literal["real", "none"]


def reopened(where: Path | dict[str, Any]) -> peewee.Database:
    """A connection of one's own to a database."""
    if isinstance(where, Path):
        return central_sqlite(where)
    return peewee.MySQLDatabase(where["database"], **where["options"])


def place_of(database: peewee.Database) -> Path | dict[str, Any]:
    """Where a database is, for another process."""
    if isinstance(database, peewee.MySQLDatabase):
        return {"database": database.database, "options": database.connect_params}
    return Path(str(database.database))


@contextmanager
def unlocked(database: peewee.Database) -> Iterator[None]:
    """The transaction without the lock around it."""
    with database.atomic():
        yield


@dataclass(frozen=True)
class Halt:
    """Where a publisher stands still with everything read and nothing written."""

    arrived: Any
    go: Any

    def wait(self, _timeout: float) -> None:
        self.arrived.set()
        self.go.wait(60)


class Publisher:
    """The near end of such a process."""

    def __init__(self, database: peewee.Database, start: Any, *, lock: Lock, meeting: Any = None) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._near, far = spawn.Pipe()
        arguments = (far, place_of(database), start, lock, meeting)
        self._process = spawn.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        far.close()

    def put_out(self, wanted: dict[int, int]) -> None:
        self._near.send(wanted)

    def outcome(self) -> tuple[int, int] | str:
        """Number and content of the release, or the name of an error."""
        if not self._near.poll(120):
            raise TimeoutError("the publisher does not answer")
        answer: tuple[int, int] | str = self._near.recv()
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.join(30)
        self._near.close()
        self._process.close()

    def close(self) -> None:
        self._near.send(None)
        self._process.join(30)
        self._near.close()
        assert self._process.exitcode == 0
        self._process.close()


def _serve(orders: Connection, where: Path | dict[str, Any], start: Any, lock: Lock, meeting: Any) -> None:
    database = reopened(where)
    exclusive = turn if lock == "real" else unlocked
    while (wanted := orders.recv()) is not None:
        try:
            staged = stage(database, tracks_of(wanted), MODEL)
            start.wait(60)
            met = _Meeting(meeting, wait_s=1.0 if lock == "real" else 60.0)
            release = publish(database, staged, force=True, exclusive=exclusive, report=met).release
            orders.send((release.number, release.content))
        except peewee.PeeweeException as error:
            orders.send(type(error).__name__)
        finally:
            database.close()


class _Meeting:
    """Makes a publisher that has read what was current wait for the other one to have read it, too.

    With the lock in its place the other one cannot, and the wait is short.
    """

    def __init__(self, barrier: Any, *, wait_s: float) -> None:
        self._barrier = barrier
        self._wait_s = wait_s

    def __call__(self, done: int, total: int | None) -> None:
        if self._barrier is None:
            return
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(self._wait_s)
        self._barrier = None


def random_wanted(rng: random.Random, *, songs: int) -> dict[int, int]:
    """Most of the songs, each in one of a few versions: between two of these all kinds of changes happen."""
    return {number: rng.randrange(3) for number in range(songs) if rng.random() < 0.8}
