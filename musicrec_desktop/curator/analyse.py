"""Every song of a folder into the central tables: what is due, who works on it, what is written when.

Only the process that runs this touches the database, whoever does the work. Songs are written in batches: a crash
costs what was not written yet, which the next run finds due again.
"""

import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from musicrec_desktop.audio.sandbox import ChildCrashed, ChildFailed, ChildTimeout
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import ExcerptError, TooShort, UndecodableFile
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.executors import Executor, Outcome, WorkersDied, on_cores
from musicrec_desktop.curator.progress import Progress
from musicrec_desktop.curator.renditions import Recipe, analyse_song
from musicrec_desktop.curator.sources import SongSource, files_state
from musicrec_desktop.curator.store import AnalysedPart, CentralStore, Failure

ANALYSED = "analysed"
BATCH_SONGS = 20
BATCH_S = 5.0  # and what is done waits no longer than this to be written
_PLANNED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How an analysis ended."""

    analysed: int
    unchanged: int
    failed: int
    passed_over: int = 0  # failed in an earlier run, and their files are the same as then
    left: int = 0  # were still to do when it was interrupted


def analyse(
    store: CentralStore,
    songs: Sequence[SongSource],
    *,
    recipe: Recipe,
    spec: FeatureSpec,
    executor: Executor = on_cores,
    retry_failed: bool = False,
    progress: Progress | None = None,
    report: Callable[[SongSource, str], None] = lambda song, outcome: None,
    token: CancelToken | None = None,
) -> Tally:
    """Analyse what is new or changed; `report` hears "analysed" or why not.

    When the token is cancelled, or by a KeyboardInterrupt, it ends with what is done, and a Tally of it.
    What failed before is passed over while its files are the same, unless `retry_failed`.
    """
    songs = list({song.path: song for song in songs}.values())  # a manifest may name a song twice
    store.forget_failures([failure.path for failure in store.failures() if _is_gone(failure)])
    plan = _planned(store, songs, recipe=recipe, spec=spec, retry_failed=retry_failed)
    batch, progress = _Batch(store, recipe.text()), progress or Progress(stream=io.StringIO())
    outcomes = executor(batch.handed_out(plan.due), partial(analyse_song, recipe=recipe, spec=spec))
    progress.begin(len(plan.due))
    try:
        for one in outcomes:
            if one is None:
                progress.beat()
            else:
                outcome = batch.add(*one)
                report(one[0], outcome)
                progress.step(failed=outcome != ANALYSED)
            batch.save_in_time()
            if token and token.cancelled:
                break
    except KeyboardInterrupt:
        pass  # the tally says what is left
    finally:
        outcomes.close()
        batch.save()
        progress.end()
    left = len(plan.due) - batch.analysed - batch.failed
    return Tally(batch.analysed, plan.unchanged, batch.failed, plan.passed_over, left)


class _Plan(NamedTuple):
    due: list[SongSource]
    unchanged: int
    passed_over: int


def _planned(
    store: CentralStore, songs: Sequence[SongSource], *, recipe: Recipe, spec: FeatureSpec, retry_failed: bool
) -> _Plan:
    due: list[SongSource] = []
    unchanged = passed_over = 0
    failed = {} if retry_failed else {failure.path: failure.state for failure in store.failures()}
    for start in range(0, len(songs), _PLANNED_AT_ONCE):
        some = songs[start : start + _PLANNED_AT_ONCE]
        known = store.unchanged(some, fingerprint=spec.fingerprint(), recipe=recipe.text())
        unchanged += len(known)
        rest = [song for song in some if song.path not in known]
        wanted = [song for song in rest if song.path not in failed or failed[song.path] != files_state(song)]
        passed_over += len(rest) - len(wanted)
        due += wanted
    return _Plan(due, unchanged, passed_over)


class _Batch:
    """Outcomes on their way into the store, and how many there were."""

    def __init__(self, store: CentralStore, recipe: str) -> None:
        self.analysed = self.failed = 0
        self._store, self._recipe = store, recipe
        self._states: dict[str, str] = {}  # of the files of songs that are under way
        self._unsaved: list[tuple[SongSource, list[AnalysedPart]]] = []
        self._saved_s = time.monotonic()

    def handed_out(self, songs: Iterable[SongSource]) -> Iterator[SongSource]:
        """The songs, each with its files' state noted: what changes while it is read has not failed for good."""
        for song in songs:
            self._states[song.path] = files_state(song)
            yield song

    def add(self, song: SongSource, outcome: Outcome) -> str:
        """Keep what came of a song; "analysed", or the reason why it was not."""
        state = self._states.pop(song.path)
        if isinstance(outcome, list):
            self._unsaved.append((song, outcome))
            self.analysed += 1
            return ANALYSED
        reason, detail = _why(outcome)
        self._store.save_failure(song, reason=reason, detail=detail, state=state)
        self.failed += 1
        return reason

    def save_in_time(self) -> None:
        """Write when there is a batch of it, or when something has waited long enough."""
        if len(self._unsaved) >= BATCH_SONGS or time.monotonic() - self._saved_s >= BATCH_S:
            self.save()

    def save(self) -> None:
        if self._unsaved:
            self._store.save_songs(self._unsaved, recipe=self._recipe)
            self._unsaved = []
        self._saved_s = time.monotonic()


def _is_gone(failure: Failure) -> bool:
    """Whether the file was deleted; a folder that is away itself says nothing of its files."""
    folder = Path(failure.folder) if failure.folder else None
    return folder is not None and folder.is_dir() and not (folder / failure.path).exists()


def _why(error: ExcerptError | ChildFailed) -> tuple[str, str]:
    match error:
        case UndecodableFile():
            return error.reason, f"{error.path}: {error.detail}"
        case TooShort():
            return "too_short", str(error)
        case ChildTimeout():
            return "timeout", str(error)
        case WorkersDied():
            return "workers_died", str(error)
        case ChildCrashed():
            return "crashed", str(error)
    return "failed", str(error)
