"""`musicrec sync` on a real server, killed at any moment and on links that break: it goes on where it was.

That a file whose staged rows could be seen would not pass is shown in tests/unit/catalogue/test_killed.py.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from musicrec_desktop import central as centrals
from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.curator.published import exported
from musicrec_desktop.sync import pull as pulling
from musicrec_desktop.sync.remote import MySQLCatalogue
from tests.archive import REPOSITORY, Archive, Central, Terminal, leaks, listening, listens_in, opened, set_up
from tests.mariadb import MariaDB
from tests.proxy import Proxy, Trouble, proxied
from tests.releases import put_out

pytestmark = pytest.mark.timeout(3600)  # of which the archive takes its share

PAGE, COPIES = 5, 10
OPEN_S = 2.0
# A sync that says when everything is loaded and the work begins; its pages are short.
SYNC = f"""
import sys
import musicrec_desktop.central, musicrec_desktop.engine.model, musicrec_desktop.printing
import musicrec_desktop.sync.remote, musicrec_desktop.sync.pull as pull
from musicrec_desktop.cli import main
pull.PAGE_TRACKS = {PAGE}
print("ready", flush=True)
main(["sync", *sys.argv[1:]])
"""


@dataclass(frozen=True)
class Source:
    """A central database, and real songs to fill it with, in any number of versions."""

    central: Central
    model: CentralModel
    tracks: list[CentralTrack]

    def content(self, number: int) -> dict[TrackId, CentralTrack]:
        """Another set of songs for each number; most stay as they were, some are called otherwise."""
        chance = random.Random(number)
        kept = [track for track in self.tracks if chance.random() < 0.9]
        renamed = [replace(one, title=f"{one.title} {number}") if chance.random() < 0.4 else one for one in kept]
        return {track.track_id: track for track in renamed}

    def publish(self, number: int) -> Release:
        database = self.central.opened()
        release = put_out(database, self.content(number).values(), model=self.model, force=True).release
        database.close()
        return release


@pytest.fixture(scope="module")
def source(mariadb: MariaDB, small_archive: Archive) -> Source:
    database = small_archive.central.opened()
    release = release_queries.current(database)
    page = release_queries.changed(database, after=0, upto=release.content, from_id="", limit=1000)
    database.close()
    tracks = [
        replace(track, track_id=TrackId(f"{n:02d}{track.track_id[2:]}"), title=f"{track.title} {n}", preview="")
        for track, _ in page
        for n in range(COPIES)
    ]
    model = exported(small_archive.models, spec=FeatureSpec())
    return Source(set_up(mariadb, Terminal()), model, tracks)


@pytest.fixture(scope="module")
def own(small_archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few songs of the listener's own."""
    home: Path = tmp_path_factory.mktemp("own") / "home"
    small_archive.central.terminal.musicrec(home, "import", *(song.path for song in small_archive.songs[:4]))
    return home


def copied(home: Path, to: Path) -> Path:
    to.mkdir()
    for name in ("catalogue.db", "user.db"):
        (to / name).write_bytes((home / name).read_bytes())
    return to


def begun(home: Path, port: int, central: Central) -> "subprocess.Popen[str]":
    """A sync that is about to ask its first question."""
    command = [sys.executable, "-c", SYNC, "--from", str(central.listener(port)), "--json"]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, cwd=REPOSITORY, env=listening(home), stdout=pipe, stderr=pipe, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n", child.communicate()
    return child


def killed(child: "subprocess.Popen[str]", source: Source) -> None:
    child.send_signal(signal.SIGKILL)
    source.central.terminal.told += child.communicate()


def own_songs(home: Path) -> set[tuple[str, Path | None]]:
    with opened(home) as store:
        return {(track.track_id, track.path) for track in store.tracks() if track.source == "own"}


def test_what_has_come_is_not_fetched_again(
    source: Source, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of a download, and cut off in the middle of what was left."""
    release, home = source.publish(0), copied(own, tmp_path / "home")
    with proxied("127.0.0.1", source.central.mariadb.port) as proxy:
        proxy.plan([Trouble("stall", len(source.model.network) + len(source.model.card) + 400_000)])
        child = begun(home, proxy.port, source.central)
        at_rest(home)
        killed(child, source)
        reached = place(home)
        assert own_songs(home) == own_songs(own)
        asked = resumed(home, proxy, source, monkeypatch)
    assert asked[0] == reached
    assert len(asked) - len(set(asked)) <= 1, "one page for the cut"
    assert holds(home, source.content(0), release)


def place(home: Path) -> str:
    """The last song of the download under way."""
    with opened(home) as store:
        staged = store.central.staged()
    return staged.reached if staged else ""


def at_rest(home: Path) -> None:
    """Wait until pages have come, and nothing more comes."""
    reached, since_s = "", time.monotonic()
    deadline = since_s + 120
    while not reached or time.monotonic() - since_s < 1.0:
        assert time.monotonic() < deadline, "no page has come"
        if (now := place(home)) != reached:
            reached, since_s = now, time.monotonic()
        time.sleep(0.05)


def resumed(home: Path, proxy: Proxy, source: Source, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sync to the end on a link that is cut once; from where each page was asked for."""
    listens_in(monkeypatch, home)
    monkeypatch.setattr(pulling, "PAGE_TRACKS", PAGE)
    asked: list[str] = []
    original = MySQLCatalogue.changed

    def changed(self: MySQLCatalogue, *, from_id: str, **place: Any) -> Any:
        page = original(self, from_id=from_id, **place)
        asked.append(from_id)
        return page

    monkeypatch.setattr(MySQLCatalogue, "changed", changed)
    before = proxy.n_connections
    proxy.plan([Trouble("cut", 200_000)])
    centrals.pull_alone(CentralSettings(str(source.central.listener(proxy.port))), token=CancelToken())
    assert proxy.n_connections == before + 2, "it was cut, and came again"
    return asked


def holds(home: Path, tracks: dict[TrackId, CentralTrack], release: Release) -> bool:
    """All of this content can be seen and nothing else, and adds up."""
    with opened(home) as store:
        held = store.central.in_use()
        seen = {track.track_id: track.title for track in store.tracks() if track.source == "central"}
        same = held is not None and store.central.digest_of(held.local) == (release.n_tracks, release.digest)
    return same and seen == {name: track.title for name, track in tracks.items()}


def rounds(source: Source, home: Path, n: int, *, seed: int) -> Iterator[str]:
    """Kill so many syncs, each on its way to another release; yields what had become of each."""
    port, chance = source.central.mariadb.port, random.Random(seed)
    releases = {}
    longest_s = 1.0
    mine = own_songs(home)
    for number in range(n):
        release = source.publish(number + 1)
        releases[release.number] = (release, number + 1)
        child, began = begun(home, port, source.central), time.monotonic()
        if number == 0:
            source.central.terminal.told += child.communicate()
            longest_s = time.monotonic() - began
        else:
            time.sleep(chance.uniform(0.0, longest_s))
            killed(child, source)
        yield examined(home, source, releases, mine)


def examined(home: Path, source: Source, releases: dict[int, tuple[Release, int]], mine: set[Any]) -> str:
    """How far the newest release has come; raise AssertionError unless the file is whole and shows one release."""
    began = time.process_time()
    with opened(home) as store:
        held, staged = store.central.in_use(), store.central.staged()
        store.tracks()
        assert time.process_time() - began <= OPEN_S
        store.check()
        assert store._database.run("PRAGMA foreign_key_check") == []
        assert held is not None
        assert store.central.model(held.release.model_id) is not None
    release, number = releases[held.release.number]
    assert holds(home, source.content(number), release)
    assert own_songs(home) == mine
    if release.number == max(releases):
        return "there"
    return "under way" if staged and staged.release.number == max(releases) else "as before"


def survives(source: Source, home: Path, n: int, *, seed: int) -> None:
    became = list(rounds(source, home, n, seed=seed))
    print({kind: became.count(kind) for kind in set(became)})
    last = source.publish(n + 1)
    source.central.terminal.musicrec(home, "sync")
    assert holds(home, source.content(n + 1), last)
    assert list(leaks(home, told=source.central.terminal.told)) == []


def test_a_few_kills(source: Source, own: Path, tmp_path: Path) -> None:
    survives(source, copied(own, tmp_path / "home"), 6, seed=1)


@pytest.mark.slow
def test_two_hundred_kills(source: Source, own: Path, tmp_path: Path) -> None:
    survives(source, copied(own, tmp_path / "home"), 201, seed=2)
