"""Songs on a real cluster of two worker processes on loopback, whose workers are killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import dask
import numpy as np
import psutil
import pytest
import trustme
from distributed import Client, LocalCluster, Security

from musicrec_desktop.audio.sandbox import ChildCrashed
from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, PartRow, RenditionRow, SongRow, central_sqlite
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import dask_workers
from musicrec_desktop.curator.analyse import Tally, analyse
from musicrec_desktop.curator.cli import main
from musicrec_desktop.curator.dask_workers import Cluster, on_cluster
from musicrec_desktop.curator.errors import ClusterLost, ClusterUnreachable, WorkersUnfit
from musicrec_desktop.curator.executors import Outcome, Outcomes, Work, WorkersDied
from musicrec_desktop.curator.renditions import Recipe
from musicrec_desktop.curator.sources import SongSource, read_folder
from musicrec_desktop.curator.store import AnalysedPart, CentralStore
from tests.unit.curator.catalogue import N_STATISTICS, made_up_part
from tests.unit.curator.test_analyse import melody, write

SPEC = FeatureSpec()
RECIPE = Recipe(twins=1, takes=1)
ALLOWED_FAILURES = 1
N_WORKERS = 2
WORKER_MEMORY = 1 << 30
GONE_S = 20.0


def family() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers of one thread each, which are restarted when they die; no process of theirs stays behind."""
    before = family()
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": ALLOWED_FAILURES}),
        local_cluster(n_workers=N_WORKERS) as made,
    ):
        yield made
        after = family() - before
    _, alive = psutil.wait_procs([one for one in after if not is_tracker(one)], timeout=GONE_S)
    assert alive == []


def is_tracker(process: psutil.Process) -> bool:
    """Python's own, one for the whole test process: it stays for the next who starts children."""
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def local_cluster(**settings: Any) -> LocalCluster:
    loopback = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "processes": True, "threads_per_worker": 1}
    return LocalCluster(**loopback | {"memory_limit": WORKER_MEMORY} | settings)


def worker_pids(cluster: LocalCluster) -> list[int]:
    """Of both workers, once both are there."""
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(N_WORKERS)
        return list(client.run(os.getpid).values())


def of(cluster: LocalCluster) -> Callable[[Iterator[SongSource], Work], Outcomes]:
    return partial(on_cluster, cluster=Cluster(cluster.scheduler_address))


def rows(work: Path) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Everything that is kept of every rendition and its part, by whose it is; numbers given by the database aside."""
    given = {"song_id", "part_id", "rendition_id", "song", "part"}
    database = central_sqlite(work / "central.db")
    with database.bind_ctx(CENTRAL_TABLES, bind_refs=False, bind_backrefs=False), database.connection_context():
        query = RenditionRow.select(RenditionRow, PartRow, SongRow).join(PartRow).join(SongRow)
        found = [(row.part.song, row.part, row) for row in query]
    contents = [[v for one in three for k, v in one.__data__.items() if k not in given] for three in found]
    keys = [(song.path, part.number, one.kind, one.number) for song, part, one in found]
    assert len(set(keys)) == len(keys)
    return {key: tuple(content) for key, content in zip(keys, contents, strict=True)}


def killing_one(songs: Iterator[SongSource], work: Work, *, cluster: LocalCluster, after: int) -> Outcomes:
    """The cluster, one worker of which is killed when some songs are done."""
    done = 0
    with closing(of(cluster)(songs, work)) as outcomes:
        for one in outcomes:
            yield one
            done += one is not None
            if done == after and one is not None:
                os.kill(worker_pids(cluster)[0], signal.SIGKILL)


def round_with_a_dead_worker(songs: list[SongSource], cluster: LocalCluster, tmp_path: Path) -> None:
    alone, together = (CentralStore.in_folder(tmp_path / name) for name in ("alone", "together"))
    executor = partial(killing_one, cluster=cluster, after=len(songs) // 3)
    tally = analyse(together, songs, recipe=RECIPE, spec=SPEC, executor=executor)
    assert tally == Tally(analysed=len(songs), unchanged=0, failed=0)
    assert [song.path for song in together.songs().values()] == [song.path for song in songs]
    assert analyse(alone, songs, recipe=RECIPE, spec=SPEC).analysed == len(songs)
    assert rows(tmp_path / "together") == rows(tmp_path / "alone")


def test_a_killed_worker_costs_no_song_and_the_rows_are_those_of_one_machine(
    music: Path, cluster: LocalCluster, tmp_path: Path
) -> None:
    songs = [replace(song, other_part="") for song in read_folder(music)[::11]]
    round_with_a_dead_worker(songs, cluster, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_all_the_music_with_a_killed_worker(music: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    round_with_a_dead_worker(read_folder(music), cluster, tmp_path)


def made_up_songs(n: int) -> list[SongSource]:
    return [SongSource(Path("/"), f"{number}.ogg") for number in range(n)]


def something(song: SongSource) -> Iterator[AnalysedPart]:
    """What a child makes of a song without listening; some songs are hostile, by their titles."""
    match song.title:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "greed":
            np.ones(WORKER_MEMORY // 8 - 1)
        case "kill":
            os.kill(os.getppid(), signal.SIGKILL)
        case "unlucky" if (tries := len(list(song.folder.iterdir()))) <= ALLOWED_FAILURES:
            (song.folder / str(tries)).touch()
            os.kill(os.getppid(), signal.SIGKILL)
    yield made_up_part(0, np.zeros(N_STATISTICS), kind=0, rng=np.random.default_rng(1))


def all_of(outcomes: Outcomes) -> dict[str, Outcome]:
    found = [one for one in outcomes if one is not None]
    assert len({song.path for song, _ in found}) == len(found)
    return {song.path: outcome for song, outcome in found}


def test_a_crash_and_a_greedy_file_end_a_child_and_no_worker(cluster: LocalCluster) -> None:
    hostile = [SongSource(Path("/"), title, title=title) for title in ("crash", "greed")]
    before = worker_pids(cluster)
    outcomes = all_of(of(cluster)(iter([*hostile, *made_up_songs(6)]), something))
    assert isinstance(outcomes["crash"], ChildCrashed)
    assert str(outcomes["greed"]) == "memory limit"
    assert {path for path, outcome in outcomes.items() if not isinstance(outcome, list)} == {"crash", "greed"}
    assert worker_pids(cluster) == before


def test_children_end_with_the_run(cluster: LocalCluster) -> None:
    workers = [psutil.Process(pid) for pid in worker_pids(cluster)]
    during: list[int] = []
    for one in of(cluster)(iter(made_up_songs(8)), something):
        if one is not None:
            during.append(sum(len(decoders(worker)) for worker in workers))
    assert 1 <= max(during) <= 2
    assert [decoder for worker in workers for decoder in decoders(worker)] == []


def decoders(worker: psutil.Process) -> list[psutil.Process]:
    return [child for child in worker.children() if not is_tracker(child)]


def test_a_song_that_kills_its_workers_is_listed_and_its_neighbours_are_done(cluster: LocalCluster) -> None:
    songs = made_up_songs(6)
    songs.insert(1, SongSource(Path("/"), "killer", title="kill"))
    outcomes = all_of(of(cluster)(iter(songs), something))
    assert isinstance(outcomes["killer"], WorkersDied)
    assert str(outcomes["killer"]) == f"{ALLOWED_FAILURES + 1} workers"
    assert sum(isinstance(outcome, list) for outcome in outcomes.values()) == 6


def test_a_song_that_merely_was_there_when_workers_died_gets_another_chance(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    outcomes = all_of(of(cluster)(iter([SongSource(tmp_path, "a.ogg", title="unlucky")]), something))
    assert len(list(tmp_path.iterdir())) == ALLOWED_FAILURES + 1
    assert isinstance(outcomes["a.ogg"], list)


def test_few_songs_are_under_way_at_a_time(cluster: LocalCluster) -> None:
    worker_pids(cluster)
    taken = done = most = 0

    def songs() -> Iterator[SongSource]:
        nonlocal taken, most
        for song in made_up_songs(60):
            taken += 1
            most = max(most, taken - done)
            yield song

    for one in of(cluster)(songs(), something):
        done += one is not None
    assert (taken, done) == (60, 60)
    assert most <= N_WORKERS * dask_workers.SONGS_PER_THREAD + 1


def test_workers_without_the_music_or_with_another_program_are_named(
    cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = [SongSource(tmp_path / "nowhere", "a.ogg")]
    store = CentralStore.in_folder(tmp_path / "work")
    with pytest.raises(WorkersUnfit, match=r"tcp://127.*nowhere"):
        analyse(store, nowhere, recipe=RECIPE, spec=SPEC, executor=of(cluster))
    assert store.failures() == []
    monkeypatch.setattr(dask_workers, "__version__", "0.0.1")
    with pytest.raises(WorkersUnfit, match=r"this is 0\.0\.1"):
        all_of(of(cluster)(iter(nowhere), something))


def test_a_cluster_that_is_not_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dask_workers, "CONNECT_S", 0.5)
    write(tmp_path / "music" / "a.wav", melody(7, seed=1))
    arguments = ["analyse", str(tmp_path / "music"), "--work", str(tmp_path / "work")]
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--scheduler", "tcp://127.0.0.1:9"])
    assert caught.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("The cluster at tcp://127.0.0.1:9 cannot be reached")
    assert said.count("\n") == 1


def test_the_command_works_on_the_cluster(
    cluster: LocalCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "music" / "a.wav", melody(7, seed=1))
    (tmp_path / "music" / "empty.ogg").touch()
    arguments = ["analyse", str(tmp_path / "music"), "--work", str(tmp_path / "work"), "--twins", "1"]
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--scheduler", cluster.scheduler_address])
    assert not caught.value.code
    assert capsys.readouterr().out == "1 analysed, 0 unchanged, 1 failed\n"


def test_a_scheduler_that_goes_away_leaves_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "CONNECT_S", 2.0)
    store = CentralStore.in_folder(tmp_path / "work")
    songs = made_up_songs(40)
    with local_cluster(n_workers=1) as short_lived:

        def executor(songs: Iterator[SongSource], work: Work) -> Outcomes:
            done = 0
            for one in of(short_lived)(songs, something):
                yield one
                done += one is not None
                if done == 3:
                    short_lived.close()

        with pytest.raises(ClusterLost):
            analyse(store, songs, recipe=RECIPE, spec=SPEC, executor=executor)
    assert 3 <= len(store.songs()) < 40


def test_a_tls_cluster_knows_us_and_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "CONNECT_S", 3.0)
    ours, strange = (files_of(trustme.CA(), tmp_path / name) for name in ("ours", "strange"))
    names = dict(zip(("tls_ca_file", "tls_worker_cert", "tls_worker_key"), map(str, ours), strict=True))
    roles = {
        f"tls_{role}_{kind}": str(ours[1 + (kind == "key")])
        for role in ("scheduler", "client")
        for kind in ("cert", "key")
    }
    security = Security(**names, **roles, require_encryption=True)
    with local_cluster(n_workers=1, protocol="tls://", security=security) as encrypted:
        address = encrypted.scheduler_address
        assert address.startswith("tls://")
        outcomes = all_of(on_cluster(iter(made_up_songs(2)), something, cluster=Cluster(address, *ours)))
        assert all(isinstance(outcome, list) for outcome in outcomes.values())
        with pytest.raises(ClusterUnreachable):
            all_of(on_cluster(iter(made_up_songs(2)), something, cluster=Cluster(address, *strange)))


def files_of(ca: trustme.CA, folder: Path) -> tuple[Path, Path, Path]:
    """A CA, and a certificate of it with its key."""
    folder.mkdir()
    leaf = ca.issue_cert("127.0.0.1")
    paths = (folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    ca.cert_pem.write_to_path(paths[0])
    leaf.cert_chain_pems[0].write_to_path(paths[1])
    leaf.private_key_pem.write_to_path(paths[2])
    return paths


def test_nothing_loads_dask_unless_asked() -> None:
    code = (
        "import sys, musicrec_desktop.curator.cli as cli, musicrec_desktop.curator.analyse\n"
        "cli._executor(jobs=1, scheduler=None, tls=(None, None, None))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('dask', 'distributed')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
