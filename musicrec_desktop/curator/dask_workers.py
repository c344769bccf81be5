"""Songs analysed on a Dask cluster: the only module that knows `distributed`, imported when a scheduler is named.

One task is one song. Files come from outside and can crash a decoder or hang it, so a task does not decode in the
worker but in a child of it, the same Sandbox that is used on one machine: one long-lived child for each thread of a
worker. A nanny alone would not do. It restarts a worker that crashed, but Dask then blames all that was sent to that
worker, and its finished results go, too; it does nothing about a decoder that hangs; and it sees the memory of the
worker only, so the limit is handed on to the child, which ends alone when it runs into it.

A worker that is gone costs the songs it was working on: the scheduler gives them to others. After as many deaths as
its `allowed-failures` it calls a song a killer, but the song may only have been a neighbour of one. So such songs are
tried once more at the end, alone on the whole cluster; who kills then is a failure with its reason.

Scheduler and workers need this program in this version and the music under the same path.
"""

import logging
import multiprocessing
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Reschedule, Security, Worker, WorkerPlugin, get_worker

from musicrec_desktop import __version__
from musicrec_desktop.audio.sandbox import Sandbox
from musicrec_desktop.core.cancel import Cancelled
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.curator.errors import ClusterLost, ClusterUnreachable, WorkersUnfit
from musicrec_desktop.curator.executors import (
    BEAT_S,
    CHILD_MEMORY_BYTES,
    Outcome,
    Outcomes,
    Work,
    WorkersDied,
    analysed_in,
)
from musicrec_desktop.curator.sources import SongSource

CONNECT_S = 15.0
LOOK_S = 5.0  # how often the size of the cluster is asked for
SONGS_PER_THREAD = 2  # under way: one at work, one waiting for its turn
CHILD_SHARE = 0.75  # of a thread's share of the worker's memory; the rest is for the worker and a child at rest


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a scheduler is, and for tls:// the files that prove who we are and who it is."""

    scheduler: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


def on_cluster(songs: Iterator[SongSource], work: Work, *, cluster: Cluster) -> Outcomes:
    """From the workers of a cluster, which may come and go meanwhile; raise ClusterError when it cannot go on."""
    with _connected(cluster) as client, _translated(cluster):
        boxes = _Boxes(f"musicrec-boxes-{uuid4().hex}")
        try:
            client.register_plugin(boxes)
        except ImportError as error:
            raise WorkersUnfit(worker="A worker", detail=str(error)) from error
        try:
            yield from _spread(client, songs, work, boxes.name)
        finally:
            with suppress(OSError, CancelledError, TimeoutError):  # the cluster may be gone, and the children with it
                client.unregister_worker_plugin(boxes.name)


def _spread(client: Any, songs: Iterator[SongSource], work: Work, boxes: str) -> Outcomes:
    numbers = count()

    def submit(song: SongSource) -> Future[Outcome]:
        key = (f"analyse-{boxes}", next(numbers))
        future: Future[Outcome] = client.submit(_analysed_here, song, work, boxes, __version__, key=key, pure=False)
        return future

    suspects: list[SongSource] = []
    for one in _flow(songs, submit, _Room(client)):
        if one is not None and isinstance(one[1], WorkersDied):
            suspects.append(one[0])
        else:
            yield one
    yield from _flow(iter(suspects), submit, lambda: 1)


def _flow(
    songs: Iterator[SongSource], submit: Callable[[SongSource], Future[Outcome]], room: Callable[[], int]
) -> Outcomes:
    """As many songs under way as there is room for; each comes back once."""
    finished: queue.SimpleQueue[Future[Outcome]] = queue.SimpleQueue()
    running: dict[
        object, tuple[SongSource, Future[Outcome]]
    ] = {}  # a future that nobody holds is forgotten by the cluster
    while True:
        while len(running) < room() and (song := next(songs, None)) is not None:
            future = submit(song)
            running[future.key] = (song, future)
            when_done: Callable[[Callable[[Future[Outcome]], None]], None] = future.add_done_callback
            when_done(finished.put)
        if not running:
            return
        try:
            future = finished.get(timeout=BEAT_S)
        except queue.Empty:
            yield None
        else:
            song, _ = running.pop(future.key)
            yield song, _outcome(future)


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except KilledWorker as error:
        return WorkersDied(f"{error.allowed_failures + 1} workers")
    except ImportError as error:
        raise WorkersUnfit(worker="A worker", detail=str(error)) from error


class _Room:
    """How many songs may be under way: some for each thread of the cluster, which is asked now and then."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._room, self._asked_s = 0, -LOOK_S

    def __call__(self) -> int:
        if time.monotonic() - self._asked_s >= LOOK_S:
            threads: dict[str, int] = self._client.nthreads()
            # At least one while no worker is there: the scheduler keeps it until one comes.
            self._room, self._asked_s = max(1, SONGS_PER_THREAD * sum(threads.values())), time.monotonic()
        return self._room


# -- on the worker


class _Boxes(WorkerPlugin):
    """A worker's children, one for each thread; they end with the run or with the worker."""

    def __init__(self, name: str) -> None:
        self.name = name

    def setup(self, worker: Worker) -> None:
        # A nanny's worker is a daemon, and daemons may have no children, lest these outlive them. Ours do not:
        # a sandbox's child goes when its parent does, however that ends.
        vars(multiprocessing.current_process())["_config"]["daemon"] = False
        threads, limit = worker.state.nthreads, worker.memory_manager.memory_limit
        memory_bytes = min(CHILD_MEMORY_BYTES, int(CHILD_SHARE * limit / threads)) if limit else CHILD_MEMORY_BYTES
        self._boxes = [Sandbox(memory_bytes=memory_bytes) for _ in range(threads)]
        self._free: queue.LifoQueue[Sandbox] = queue.LifoQueue()
        for box in self._boxes:
            self._free.put(box)

    def teardown(self, worker: Worker) -> None:
        for box in self._boxes:
            box.close()

    def analysed(self, song: SongSource, work: Work) -> Outcome:
        box = self._free.get()
        try:
            return analysed_in(box, song, work)
        finally:
            self._free.put(box)


def _analysed_here(song: SongSource, work: Work, boxes: str, version: str) -> Outcome:
    """The task: a song's outcome, from a child of the worker that runs this."""
    worker: Any = get_worker()
    if version != __version__:
        raise WorkersUnfit(worker=worker.address, detail=f"it has version {__version__}, this is {version}")
    try:
        outcome: Outcome = worker.plugins[boxes].analysed(song, work)
    except Cancelled:  # the worker is about to leave
        raise Reschedule from None
    if isinstance(outcome, UndecodableFile) and outcome.reason == "missing" and not song.folder.is_dir():
        raise WorkersUnfit(worker=worker.address, detail=f"it has no folder {song.folder}")
    return outcome


# -- the link


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Any]:
    # What it says of its links would break into the line of progress; what matters arrives as errors.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    connect: Callable[..., Any] = Client
    try:
        client = connect(cluster.scheduler, security=_security(cluster), timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:  # ssl's errors are OSErrors; an odd address a ValueError
        raise ClusterUnreachable(scheduler=cluster.scheduler, detail=str(error)) from error
    with client:
        yield client


def _security(cluster: Cluster) -> Security | None:
    if not cluster.scheduler.startswith("tls://"):
        return None
    names = {"tls_ca_file": cluster.ca, "tls_client_cert": cluster.cert, "tls_client_key": cluster.key}
    make: Callable[..., Security] = Security
    return make(require_encryption=True, **{name: str(path) for name, path in names.items()})


@contextmanager
def _translated(cluster: Cluster) -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError, CancelledError) as error:
        raise ClusterLost(scheduler=cluster.scheduler) from error
