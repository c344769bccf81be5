"""Where songs are analysed: the seam, and the children on this machine's cores. A cluster is in `dask_workers`.

An executor takes songs from an iterator as it has room for them, never all at once, and gives each back with what
came of it, in whatever order they are done.
"""

import os
import queue
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from musicrec_desktop.audio.sandbox import ChildFailed, Sandbox
from musicrec_desktop.core.errors import ExcerptError
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import AnalysedPart

SONG_DEADLINE_S = 900.0
CHILD_MEMORY_BYTES = 2 << 30
BEAT_S = 0.5  # how long an executor is silent at most

Outcome = list[AnalysedPart] | ExcerptError | ChildFailed
Work = Callable[[SongSource], Iterator[AnalysedPart]]  # importable by name, or a partial of one: it runs elsewhere
# None is a beat: nothing was done in the last half second, and who waits may look at the clock.
Outcomes = Generator[tuple[SongSource, Outcome] | None, None, None]
Executor = Callable[[Iterator[SongSource], Work], Outcomes]  # closing the generator ends what is under way


class WorkersDied(ChildFailed):
    """Every worker of a cluster that tried the song was gone before it was done."""


def on_cores(songs: Iterator[SongSource], work: Work, *, jobs: int | None = None) -> Outcomes:
    """From `jobs` children side by side, one for each core unless given; a child starts with its first song."""
    boxes = [Sandbox(memory_bytes=CHILD_MEMORY_BYTES) for _ in range(jobs or os.cpu_count() or 1)]
    free: queue.LifoQueue[Sandbox] = queue.LifoQueue()
    for box in boxes:
        free.put(box)

    def one(song: SongSource) -> Outcome:
        box = free.get()
        try:
            return analysed_in(box, song, work)
        finally:
            free.put(box)

    pool = ThreadPoolExecutor(len(boxes))
    running: dict[Future[Outcome], SongSource] = {}
    try:
        while True:
            # One more than are at work, so that no child waits for the one who writes.
            for song in islice(songs, len(boxes) + 1 - len(running)):
                running[pool.submit(one, song)] = song
            if not running:
                return
            done, _ = wait(running, timeout=BEAT_S, return_when=FIRST_COMPLETED)
            if not done:
                yield None
            for future in done:
                yield running.pop(future), future.result()
    finally:
        for box in boxes:  # first, so that nobody waits for a song that is no longer wanted
            box.close()
        pool.shutdown(cancel_futures=True)


def analysed_in(box: Sandbox, song: SongSource, work: Work) -> Outcome:
    """What a child made of a song, or why it could not."""
    try:
        return list(box.stream(work, song, deadline_s=SONG_DEADLINE_S))
    except (ExcerptError, ChildFailed) as error:
        return error
