"""Staged tracks become a release: one short transaction, one publisher at a time. So do rollbacks.

Contents are numbered in the order in which they were made, and differ from the one before by what `since` and `until`
of their members say; a release names the content that is in use from then on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import peewee

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.release_queries import alive_at, catalogue_id, server_of
from musicrec_desktop.catalogue.release_tables import MemberRow, ReleaseRow, VersionRow
from musicrec_desktop.core.central import Release, content_digest
from musicrec_desktop.core.errors import NothingPublished
from musicrec_desktop.curator.errors import NoSuchRelease, NothingToPublish, StagedGone, TooFewRemain
from musicrec_desktop.curator.releasing import Report, Turn, connected, silent, turn
from musicrec_desktop.curator.staging import Staged

_KEYS_AT_ONCE = 1000
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Difference:
    """How many songs a release has that the one before it had not, or had otherwise, and how many it has not."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The current release and how it differs from the one before."""

    release: Release
    is_new: bool  # False: everything was as it is, and no release was made
    difference: Difference = Difference()


def publish(
    database: peewee.Database,
    staged: Staged,
    *,
    note: str = "",
    previews_at: str = "",
    force: bool = False,
    report: Report = silent,
    exclusive: Turn = turn,
    now: Clock = lambda: datetime.now(UTC),
) -> Published:
    """Make what was staged the current release, unless it is that already.

    Raises NothingToPublish, StagedGone (stage again), PublisherBusy, and without `force` TooFewRemain when fewer than
    half of the current release's songs would remain. Whatever ends it early, nothing of it is seen.
    """
    if not staged.digests:
        raise NothingToPublish()
    wanted = Release(
        catalogue_id="",
        number=0,
        content=0,
        model_id=staged.model_id,
        fingerprint=staged.fingerprint,
        n_tracks=len(staged.digests),
        digest=content_digest(staged.digests.items()),
        published_at=now().isoformat(timespec="seconds"),
        previews_at=previews_at,
        note=note,
    )
    with connected(database), exclusive(database):
        before, newest = _current(database), _newest_content(database)
        held = {} if before is None else _members(database, before.content)
        if before is not None and _is_same(before, wanted):
            return Published(before, is_new=False)
        _check_remaining(held, staged.digests, force=force)
        last = held if before is not None and before.content == newest else _members(database, newest)
        report(0, len(staged.digests))
        content = _write_content(database, last, staged.digests, newest, report)
        release = _write_release(database, before, replace(wanted, content=content))
    return Published(release, is_new=True, difference=_difference(held, staged.digests))


def rollback(
    database: peewee.Database,
    to: int | None = None,
    *,
    note: str = "",
    exclusive: Turn = turn,
    now: Clock = lambda: datetime.now(UTC),
) -> Release:
    """A new release of the content that release `to` had; without `to`, of the content before the current one.

    Raises NothingPublished, NoSuchRelease, PublisherBusy.
    """
    with connected(database), exclusive(database):
        known = release_queries.releases(database)
        if not known:
            raise NothingPublished(server=server_of(database))
        earlier = _to_return_to(known, to)
        made = replace(
            earlier, published_at=now().isoformat(timespec="seconds"), note=note or f"back to release {earlier.number}"
        )
        return _write_release(database, known[0], made)


def releases(database: peewee.Database) -> list[Release]:
    """All releases, newest first; the first is the current one."""
    with connected(database):
        return release_queries.releases(database)


def _to_return_to(known: Sequence[Release], to: int | None) -> Release:
    now = known[0].content
    if to is None:
        content = max((release.content for release in known if release.content < now), default=None)
        found = [release for release in known if release.content == content]
    else:
        found = [release for release in known if release.number == to and release.content != now]
    if not found:
        raise NoSuchRelease(number=to)
    return found[0]


def _is_same(release: Release, wanted: Release) -> bool:
    # Previews' address belongs to it: clients look there.
    names = ("digest", "n_tracks", "model_id", "fingerprint", "previews_at")
    return all(getattr(release, name) == getattr(wanted, name) for name in names)


def _check_remaining(held: Mapping[str, str], wanted: Mapping[str, str], *, force: bool) -> None:
    remaining = len(held.keys() & wanted.keys())
    if 2 * remaining < len(held) and not force:
        raise TooFewRemain(remaining=remaining, before=len(held))


def _difference(held: Mapping[str, str], wanted: Mapping[str, str]) -> Difference:
    added = len(wanted.keys() - held.keys())
    changed = sum(track in held and held[track] != digest for track, digest in wanted.items())
    return Difference(added, changed, len(held.keys() - wanted.keys()))


def _write_content(
    database: peewee.Database, last: Mapping[str, str], wanted: Mapping[str, str], newest: int, report: Report
) -> int:
    """Note what differs from the newest content; the number of the content that holds what is wanted."""
    fresh = {track: digest for track, digest in wanted.items() if track not in last or last[track] != digest}
    ended = [track for track, digest in last.items() if wanted.get(track) != digest]
    if not fresh and not ended:
        return newest
    content = newest + 1
    for tracks in _pieces(ended):
        of_these = MemberRow.until.is_null() & MemberRow.track_id.in_(tracks)
        MemberRow.update(until=content).where(of_these).execute(database)
    done = 0
    for tracks in _pieces(sorted(fresh)):
        found = _version_ids(database, [fresh[track] for track in tracks])
        rows = [{"track_id": track, "since": content, "version": found[fresh[track]]} for track in tracks]
        MemberRow.insert_many(rows).execute(database)
        report(done := done + len(rows), len(fresh))
    return content


def _version_ids(database: peewee.Database, digests: Sequence[str]) -> dict[str, int]:
    query = VersionRow.select(VersionRow.digest, VersionRow.version_id).where(VersionRow.digest.in_(digests))
    found: dict[str, int] = dict(query.tuples().execute(database))
    if len(found) < len(set(digests)):
        raise StagedGone(count=len(set(digests)) - len(found))
    return found


def _write_release(database: peewee.Database, before: Release | None, release: Release) -> Release:
    """The last statement of a transaction: under the next number it becomes the current release."""
    number = before.number + 1 if before else 1
    made = replace(release, number=number, catalogue_id=catalogue_id(database))
    names = ("number", "content", "fingerprint", "n_tracks", "digest", "published_at", "previews_at", "note")
    values = {name: getattr(made, name) for name in names}
    ReleaseRow.insert(**values, model=made.model_id).execute(database)
    return made


def _current(database: peewee.Database) -> Release | None:
    return next(iter(release_queries.releases(database, limit=1)), None)


def _newest_content(database: peewee.Database) -> int:
    query: Any = ReleaseRow.select(peewee.fn.MAX(ReleaseRow.content)).tuples()
    ((newest,),) = query.execute(database)
    return int(newest or 0)


def _members(database: peewee.Database, content: int) -> dict[str, str]:
    """What a content holds: digests by track."""
    query: Any = MemberRow.select(MemberRow.track_id, VersionRow.digest).join(VersionRow)
    return dict(query.where(alive_at(MemberRow, content)).tuples().execute(database))


def _pieces(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _KEYS_AT_ONCE] for start in range(0, len(keys), _KEYS_AT_ONCE))
