"""Thirty seconds of each song around its most typical passage, as Ogg Opus, made in child processes.

Which passage is typical follows from the statistics that the analysis has kept; only the part itself is decoded.
"""

import io
import os
import queue
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from musicrec_desktop.audio.opus import Cut, opus_of
from musicrec_desktop.audio.sandbox import ChildCrashed, ChildFailed, ChildTimeout, Sandbox
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.preview_store import Made, Preview, PreviewSink, SongPreviews
from musicrec_desktop.curator.progress import Progress
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.engine.typical import most_typical

PREVIEW_S = 30.0
FADE_IN_S, FADE_OUT_S = 0.1, 0.5  # only where the song goes on
RECIPE = "opus 64/96 kbit/s, 30 s, fades 0.1/0.5 s"  # another one makes every preview anew
DEADLINE_S = 300.0
MADE = "made"
_SONGS_AT_ONCE = 200  # whose statistics are held at a time


@dataclass(frozen=True, slots=True)
class Order:
    """A preview to be made."""

    song_id: int
    song: SongSource
    cut: Cut


@dataclass(frozen=True, slots=True)
class Encoded:
    """A preview's bytes, and the state the file was in."""

    payload: bytes
    file_size: int
    file_mtime_ns: int


Outcome = Encoded | UndecodableFile | ChildFailed


def previews_for(
    store: CentralStore,
    songs: Collection[int],
    *,
    keep: PreviewSink,
    spec: FeatureSpec | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    report: Callable[[SongSource, str], None] = lambda song, outcome: None,
) -> dict[int, Preview]:
    """The preview of each song by its id; what `keep` has already, of files that are the same, is not made again.

    `report` hears of every song that was due: MADE, or why not; those that could not be made are left out.
    """
    noted, sources, progress = SongPreviews(store.database), store.songs(), progress or Progress(stream=io.StringIO())
    found = _still_good(noted.made(), keep.kept(), sources, songs)
    due = [song_id for song_id in songs if song_id in sources and song_id not in found]
    orders = _orders(store, noted.durations_s(), sources, due, spec or FeatureSpec())
    progress.begin(len(due))
    with closing(_outcomes(orders, min(jobs or os.cpu_count() or 1, max(1, len(due))))) as outcomes:
        for order, outcome in outcomes:
            if isinstance(outcome, UndecodableFile | ChildFailed):
                report(order.song, _reason(outcome))
            else:
                start_s, sha256 = order.cut.start_s, keep.keep(outcome.payload)
                noted.note(order.song_id, Made(sha256, start_s, RECIPE, outcome.file_size, outcome.file_mtime_ns))
                found[order.song_id] = Preview(sha256, start_s, len(outcome.payload))
                report(order.song, MADE)
            progress.step(failed=order.song_id not in found)
    progress.end()
    return found


def cut_for(duration_s: float, typical_s: float, *, passage_s: float) -> Cut:
    """The part around a passage that begins at `typical_s`; a short song whole."""
    if duration_s <= PREVIEW_S:
        return Cut(0.0, PREVIEW_S)
    last_s = duration_s - PREVIEW_S
    start_s = round(min(max(0.0, typical_s + passage_s / 2 - PREVIEW_S / 2), last_s), 3)
    return Cut(start_s, PREVIEW_S, FADE_IN_S if start_s > 0 else 0.0, FADE_OUT_S if start_s < last_s else 0.0)


def encode(song: SongSource, cut: Cut) -> Iterator[Encoded]:
    """One song's preview; runs in a child process. Raises UndecodableFile."""
    path = song.folder / song.path
    try:
        state = path.stat()
    except OSError as error:
        raise UndecodableFile(path=path, reason="missing", detail=str(error)) from error
    yield Encoded(opus_of(path, cut), state.st_size, state.st_mtime_ns)


def _still_good(
    made: Mapping[int, Made], kept: Mapping[str, int], sources: Mapping[int, SongSource], songs: Collection[int]
) -> dict[int, Preview]:
    """Previews that need not be made again."""
    wanted = {song_id: made[song_id] for song_id in songs if song_id in made and song_id in sources}
    return {
        song_id: Preview(one.sha256, one.start_s, kept[one.sha256])
        for song_id, one in wanted.items()
        if one.recipe == RECIPE and one.sha256 in kept and _is_unchanged(sources[song_id], one)
    }


def _is_unchanged(song: SongSource, made: Made) -> bool:
    """Also where the file is away: a preview that is there outlives its song's file."""
    try:
        state = (song.folder / song.path).stat()
    except OSError:
        return True
    return (state.st_size, state.st_mtime_ns) == (made.file_size, made.file_mtime_ns)


def _orders(
    store: CentralStore,
    durations_s: Mapping[int, float],
    sources: Mapping[int, SongSource],
    songs: Sequence[int],
    spec: FeatureSpec,
) -> Iterator[Order]:
    for start in range(0, len(songs), _SONGS_AT_ONCE):
        some = songs[start : start + _SONGS_AT_ONCE]
        passages = store.passages("clean", some)
        for song_id in some:
            own = passages.of((passages.songs == song_id) & (passages.parts == 0))
            typical_s = float(own.starts_s[most_typical(own.statistics)])
            cut = cut_for(durations_s[song_id], typical_s, passage_s=spec.passage_s)
            yield Order(song_id, sources[song_id], cut)


def _outcomes(orders: Iterator[Order], jobs: int) -> Generator[tuple[Order, Outcome], None, None]:
    """Each preview as it is done, from `jobs` children at work side by side; few are waiting at any time."""
    boxes = [Sandbox() for _ in range(jobs)]
    free: queue.SimpleQueue[Sandbox] = queue.SimpleQueue()
    for box in boxes:
        free.put(box)

    def one(order: Order) -> Outcome:
        box = free.get()
        try:
            return next(box.stream(encode, order.song, order.cut, deadline_s=DEADLINE_S))
        except (UndecodableFile, ChildFailed) as error:
            return error
        finally:
            free.put(box)

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="previews")
    running: dict[Future[Outcome], Order] = {}
    try:
        while True:
            running |= {pool.submit(one, order): order for order in islice(orders, 2 * jobs - len(running))}
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for task in done:
                yield running.pop(task), task.result()
    finally:
        for box in boxes:
            box.close()
        pool.shutdown(cancel_futures=True)


def _reason(error: UndecodableFile | ChildFailed) -> str:
    match error:
        case UndecodableFile():
            return error.reason
        case ChildTimeout():
            return "timeout"
        case ChildCrashed():
            return "crashed"
    return "failed"
