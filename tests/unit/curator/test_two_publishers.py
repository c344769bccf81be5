"""Two publishers at once while a client follows: no row is missed, numbers grow, and it is the lock that sees to it."""

import multiprocessing
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import pytest

from musicrec_desktop.catalogue.release_queries import current
from musicrec_desktop.core.central import CentralTrack, Release
from musicrec_desktop.curator.publish import releases
from musicrec_desktop.curator.verify import verify
from tests.publisher import Halt, Lock, Publisher, place_of, random_wanted, reopened
from tests.releases import agrees, follow, put_out, tracks_of

SONGS = 40


class Client(threading.Thread):
    """Asks for the current release all the while, and follows it; what goes wrong is kept."""

    def __init__(self, database: peewee.Database) -> None:
        super().__init__(daemon=True)
        self._where = place_of(database)
        self._ended = threading.Event()
        self.numbers: list[int] = []
        self.faults: list[str] = []

    def run(self) -> None:
        database = reopened(self._where)
        held: dict[str, CentralTrack] = {}
        after = 0
        while not self._ended.is_set():
            after = self._catch_up(database, held, after)
        after = self._catch_up(database, held, after)
        self.holds, self.content = held, after
        database.close()

    def _catch_up(self, database: peewee.Database, held: dict[str, CentralTrack], after: int) -> int:
        release = current(database)
        if self.numbers and release.number == self.numbers[-1]:
            return after
        if self.numbers and release.number < self.numbers[-1]:
            self.faults.append(f"release {release.number} after {self.numbers[-1]}")
        self.numbers.append(release.number)
        follow(database, held, after=after, release=release)
        if not agrees(held, release):
            self.faults.append(f"release {release.number}: a row is missing")
        return release.content

    def end(self) -> None:
        self._ended.set()
        self.join(60)
        assert not self.is_alive()


@contextmanager
def two_publishers(database: peewee.Database, *, lock: Lock, meeting: bool) -> Iterator[tuple[Publisher, Publisher]]:
    spawn = multiprocessing.get_context("spawn")
    start, met = spawn.Barrier(2), spawn.Barrier(2) if meeting else None
    both = tuple(Publisher(database, start, lock=lock, meeting=met) for _ in range(2))
    try:
        yield both[0], both[1]
    finally:
        for publisher in both:
            publisher.close()


def play(database: peewee.Database, *, rounds: int, lock: Lock = "real", meeting: bool = False) -> list[str]:
    """So many rounds, both publishers starting together in each; every fault that was seen."""
    rng = random.Random(rounds)
    first = put_out(database, tracks_of(random_wanted(rng, songs=SONGS))).release
    client, faults = Client(database), []
    client.start()
    with two_publishers(database, lock=lock, meeting=meeting) as publishers:
        number = first.number
        for _ in range(rounds):
            wanted = [random_wanted(rng, songs=SONGS) for _ in publishers]
            for publisher, one in zip(publishers, wanted, strict=True):
                publisher.put_out(one)
            outcomes = [publisher.outcome() for publisher in publishers]
            expected = [(number + 1, number + 1), (number + 2, number + 2)]
            if sorted(map(str, outcomes)) != sorted(map(str, expected)):
                faults.append(f"{outcomes} instead of {expected}")
                break
            faults += wrong_at_the_end(database, current(database), wanted[outcomes.index(expected[1])])
            number += 2
    client.end()
    same = agrees(client.holds, current(database)) and client.content == current(database).content
    return faults + client.faults + ([] if same else ["the client differs from the server"])


def wrong_at_the_end(database: peewee.Database, release: Release, wanted: dict[int, int]) -> list[str]:
    """Whether the current content is exactly what the last publisher wanted."""
    expected = {track.track_id: track for track in tracks_of(wanted)}
    held: dict[str, CentralTrack] = {}
    follow(database, held, after=0, release=release, page=1000)
    return [] if held == expected and agrees(held, release) else [f"release {release.number} is not what was wanted"]


@pytest.mark.parametrize("rounds", [6, pytest.param(50, marks=pytest.mark.slow)])
def test_nothing_is_missed_and_numbers_grow(central: peewee.Database, rounds: int) -> None:
    assert play(central, rounds=rounds) == []
    known = releases(central)
    assert [release.number for release in known] == list(range(2 * rounds + 1, 0, -1))
    assert verify(central) == []


def test_the_lock_is_what_sees_to_it(central: peewee.Database) -> None:
    """Both want to publish from what they read at the same moment: with the lock they cannot, without it they do."""
    faults = play(central, rounds=1, lock="none", meeting=True)
    assert faults, "without the lock the fault must show"
    assert "Error" in faults[0]


def test_with_the_lock_they_cannot_even_when_they_try(central: peewee.Database) -> None:
    assert play(central, rounds=1, lock="real", meeting=True) == []


def test_a_publisher_killed_amid_its_transaction_leaves_nothing_and_holds_nobody_up(central: peewee.Database) -> None:
    spawn = multiprocessing.get_context("spawn")
    first = put_out(central, tracks_of(dict.fromkeys(range(10), 0))).release
    halt, start = Halt(spawn.Event(), spawn.Event()), spawn.Barrier(1)
    publisher = Publisher(central, start, lock="real", meeting=halt)
    publisher.put_out(dict.fromkeys(range(5, 15), 1))
    assert halt.arrived.wait(60)
    publisher.kill()
    assert current(central) == first
    wanted = dict.fromkeys(range(2, 12), 2)
    release = put_out(central, tracks_of(wanted)).release
    assert (release.number, release.content) == (2, 2)
    assert wrong_at_the_end(central, release, wanted) == []
