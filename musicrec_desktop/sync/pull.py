"""From one whole release to the next: pages of changed tracks, staged unseen, and one switch at the end.

What has come is kept with the place that was reached, so a pull that is cut off, cancelled or killed goes on there.
The next page is asked for while the last one is written.
"""

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from musicrec_desktop.catalogue.central_songs import CentralSongs
from musicrec_desktop.catalogue.codec import DamagedBlob
from musicrec_desktop.catalogue.values import HeldContent
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.central import CentralTrack, Release
from musicrec_desktop.core.errors import ContentIncomplete, ModelInvalid, RemoteDamaged, RemoteUnreachable
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.sync.remote import RemoteCatalogue

log = logging.getLogger(__name__)

PAGE_TRACKS = 250  # 24 kB each
PAGE_IDS = 5_000
SENT_AT_MOST = 3  # what does not match its digest is asked for so often in all
_LOOK_S = 0.05  # at the token, while the server is waited for

Found = TypeVar("Found")
Page = Sequence[tuple[CentralTrack, str]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a link that broke is tried again, without anything coming: so often, after delays that grow."""

    tries: int = 6
    first_s: float = 0.5
    longest_s: float = 15.0

    def delays_s(self) -> Iterator[float]:
        """Growing by half each time, a quarter more or less, so that clients do not come all at once."""
        for number in range(self.tries - 1):
            yield min(self.first_s * 1.5**number, self.longest_s) * random.uniform(0.75, 1.25)


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How many of the tracks that a release brings have come; None: nobody has counted what differs."""

    release: Release
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did."""

    release: Release
    added: int = 0
    changed: int = 0
    deleted: int = 0
    healed: int = 0


class _Link:
    """Asks the remote catalogue in a thread of its own, which one can turn away from at once, and never gives up soon.

    Every question that fails for want of a link is asked again; the server's other errors go through.
    """

    def __init__(self, remote: RemoteCatalogue, token: CancelToken, patience: Patience) -> None:
        self.remote, self.token = remote, token
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="remote")

    def __enter__(self) -> "_Link":
        return self

    def __exit__(self, *error: object) -> None:
        self.remote.cut()  # nothing is waited for any more
        self._thread.submit(self.remote.close)
        self._thread.shutdown(wait=True)

    def ask(self, question: Callable[[], Found]) -> Found:
        return self.answer(self.begin(question))

    def begin(self, question: Callable[[], Found]) -> "Future[Found]":
        """Ask without waiting."""
        return self._thread.submit(self._persistently, question)

    def answer(self, asked: "Future[Found]") -> Found:
        """Wait for what was asked; raise Cancelled as soon as that is wanted."""
        while True:
            try:
                return asked.result(_LOOK_S)
            except NotYet:
                if self.token.cancelled:
                    self.remote.cut()
                    raise Cancelled from None

    def _persistently(self, question: Callable[[], Found]) -> Found:
        for delay_s in self._patience.delays_s():
            try:
                self.token.check()
                return question()
            except RemoteUnreachable as error:
                log.info("asking again in %.1f s: %s", delay_s, error)
                self.token.rest(delay_s)
        return question()


@dataclass(frozen=True, slots=True)
class _Job:
    link: _Link
    central: CentralSongs
    use: Callable[[int], None]
    report: Callable[[PullProgress], None]

    @property
    def server(self) -> str:
        return self.link.remote.server


def pull(
    remote: RemoteCatalogue,
    central: CentralSongs,
    *,
    use: Callable[[int], None],
    token: CancelToken,
    report: Callable[[PullProgress], None] = lambda progress: None,
    patience: Patience | None = None,
) -> Pulled:
    """Bring the catalogue to the current release, whole, and heal what was found damaged in it.

    `use` tries a staged content's model and switches to both, or raises. Raises SyncError, CatalogueError, ModelError
    and Cancelled; what is in use stays in use then. The link is closed in the end.
    """
    with _Link(remote, token, patience or Patience()) as link:
        job = _Job(link, central, use, report)
        release = link.ask(remote.current)
        in_use = central.in_use()
        if in_use is not None and _is_content(in_use, release):
            if in_use.release != release:
                central.renumber(release)
            found = Pulled(release)
        else:
            found = _moved(job, release)
        healed = _heal(job, release)
    while central.sweep():
        token.check()
    return Pulled(release, found.added, found.changed, found.deleted, healed)


def _is_content(held: HeldContent, release: Release) -> bool:
    mine = held.release
    return (mine.catalogue_id, mine.content, mine.digest) == (release.catalogue_id, release.content, release.digest)


def _moved(job: _Job, release: Release) -> Pulled:
    """Back, when the release is of the content before; else forward."""
    before = job.central.before()
    if before is not None and _is_content(before, release) and job.central.model(release.model_id) is not None:
        job.central.back(release)
        return Pulled(release)
    try:
        return _forward(job, release)
    except ContentIncomplete as error:
        # Perhaps what was kept of an earlier attempt, or what the difference was to: once, all of it from the start.
        log.warning("release %d does not add up, so it is fetched anew: %s", release.number, error)
        job.central.drop_staged()
    try:
        return _forward(job, release, anew=True)
    except ContentIncomplete as error:
        job.central.drop_staged()
        raise RemoteDamaged(server=job.server, detail=f"release {release.number} does not add up") from error


def _forward(job: _Job, release: Release, *, anew: bool = False) -> Pulled:
    held = job.central.begin(release, anew=anew)
    _fetch_model(job, release)
    if not held.complete:
        if not held.whole:
            _take_gone(job, held)
        _take_changed(job, held)
    found = Pulled(release, *job.central.changes(held.local))
    job.link.token.check()
    job.use(held.local)
    return found


def _fetch_model(job: _Job, release: Release) -> None:
    """The release's model is kept here, verified. Raises RemoteDamaged."""
    for _ in range(SENT_AT_MOST):
        if job.central.model(release.model_id) is not None:
            return
        found = job.link.ask(lambda: job.link.remote.model(release.model_id))
        try:
            job.central.keep_model(found)
        except ModelInvalid as error:
            log.warning("the model of release %d came damaged: %s", release.number, error)
    raise RemoteDamaged(server=job.server, detail=f"the model of release {release.number}")


def _take_gone(job: _Job, held: HeldContent) -> None:
    """The tracks that left, page by page."""
    after, upto, reached = held.after, held.release.content, held.gone_reached
    while True:
        page = job.link.ask(partial(job.link.remote.gone, after=after, upto=upto, from_id=reached, limit=PAGE_IDS))
        if not page:
            return
        reached = page[-1]
        job.central.stage_gone(held.local, page, reached=reached)


def _take_changed(job: _Job, held: HeldContent) -> None:
    """The tracks that came or changed, page by page; the next is on its way while one is written."""
    asked = _begin_page(job, held, held.reached)
    done, total = sum(job.central.changes(held.local)[:2]), held.release.n_tracks if held.whole else None
    while page := job.link.answer(asked):
        reached = page[-1][0].track_id
        asked = _begin_page(job, held, reached)
        _stage(job, held, _sound(job, page, content=held.release.content), reached=reached)
        done += len(page)
        job.report(PullProgress(held.release, done, total))
    job.central.stage(held.local, (), reached=None)


def _stage(job: _Job, held: HeldContent, page: Page, *, reached: str) -> None:
    tracks, digests = [track for track, _ in page], [digest for _, digest in page]
    with _as_published(job):
        job.central.stage(held.local, tracks, reached=reached, digests=digests)


@contextmanager
def _as_published(job: _Job) -> Iterator[None]:
    """What has its digest and is damaged all the same was published so."""
    try:
        yield
    except DamagedBlob as error:
        raise RemoteDamaged(server=job.server, detail=str(error)) from error


def _begin_page(job: _Job, held: HeldContent, from_id: str) -> "Future[Page]":
    after, upto = held.after, held.release.content
    question = partial(job.link.remote.changed, after=after, upto=upto, from_id=from_id, limit=PAGE_TRACKS)
    return job.link.begin(question)


def _sound(job: _Job, page: Page, *, content: int) -> Page:
    """The tracks of a page as they were published, with the digests that they have, as computed here.

    What does not match the digest it came with is asked for again.
    """
    found, bad = list(page), list(range(len(page)))
    for number in range(SENT_AT_MOST):
        if number:
            names = [found[at][0].track_id for at in bad]
            log.warning("%d tracks came damaged, the first is %s", len(bad), names[0])
            again = {track.track_id: (track, stated) for track, stated in _these(job, names, content)}
            for at in bad:
                found[at] = again.get(found[at][0].track_id, found[at])
        digests = {at: found[at][0].digest() for at in bad}
        bad = [at for at in bad if not _is_sound(digests[at], found[at][1])]
        for at in digests.keys() - set(bad):
            found[at] = found[at][0], digests[at]
        if not bad:
            return found
    raise RemoteDamaged(server=job.server, detail=f"track {found[bad[0]][0].track_id} and {len(bad) - 1} more")


def _is_sound(digest: str, stated: str) -> bool:
    return digest == stated


def _these(job: _Job, names: Sequence[str], content: int) -> Page:
    return job.link.ask(lambda: job.link.remote.these(names, content=content))


def _heal(job: _Job, release: Release) -> int:
    """Tracks in use that were found damaged here are fetched again; how many."""
    n_healed, damaged = 0, job.central.damaged()
    for begin in range(0, len(damaged), PAGE_TRACKS):
        names: list[TrackId] = damaged[begin : begin + PAGE_TRACKS]
        found = _these(job, names, release.content)
        tracks = [track for track, _ in _sound(job, found, content=release.content)]
        with _as_published(job):
            n_healed += job.central.replace(tracks)
    return n_healed
