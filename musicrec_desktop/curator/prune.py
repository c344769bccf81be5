"""Old contents make room: versions that nothing needs any more are deleted, tombstones stay.

A client may come from any content, also from one that is gone. To learn what left since, it needs the last member of
every track as of the content it goes to; so that member stays, with its version, of every track there ever was.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.release_tables import MemberRow, ReleaseRow, VersionRow
from musicrec_desktop.curator.releasing import Report, connected, silent, turn

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pruned:
    releases: int
    versions: int


def prune(database: peewee.Database, *, keep: int, report: Report = silent) -> Pruned:
    """Keep the `keep` contents that were released last, and the newest; the releases of others go, too.

    Versions that were staged and never published go as well: a publisher at work at this moment has to stage again.
    In short transactions, each of which leaves the kept contents whole. Raises PublisherBusy.
    """
    with connected(database):
        with turn(database):
            releases = _forget_contents(database, max(keep, 1))
        versions = 0
        start: int | None = 0
        while start is not None:
            with turn(database):
                start, deleted = _drop_versions(database, start)
            versions += deleted
            report(versions, None)
    return Pruned(releases, versions)


def _forget_contents(database: peewee.Database, keep: int) -> int:
    """Drop releases and members; how many releases."""
    known = release_queries.releases(database)
    if not known:
        return 0
    recent = list(dict.fromkeys(release.content for release in known))[:keep]
    kept = sorted({*recent, max(release.content for release in known)})
    dropped: int = ReleaseRow.delete().where(ReleaseRow.content.not_in(kept)).execute(database)
    for track, sinces in _members(database).items():
        if stale := sorted(set(sinces) - needed(sinces, kept)):
            of_these = (MemberRow.track_id == track) & MemberRow.since.in_(stale)
            MemberRow.delete().where(of_these).execute(database)
    return dropped


def needed(sinces: Sequence[int], kept: Collection[int]) -> set[int]:
    """Of a track's members, by ascending `since`, the last as of each of the kept contents."""
    places = (bisect_right(sinces, content) for content in kept)
    return {sinces[place - 1] for place in places if place}


def _members(database: peewee.Database) -> Mapping[str, list[int]]:
    query: Any = MemberRow.select(MemberRow.track_id, MemberRow.since).order_by(MemberRow.track_id, MemberRow.since)
    found: dict[str, list[int]] = {}
    for track, since in query.tuples().execute(database):
        found.setdefault(track, []).append(since)
    return found


def _drop_versions(database: peewee.Database, start: int) -> tuple[int | None, int]:
    """Delete what no member names of the next versions from an id on; where to go on, and how many went."""
    query: Any = VersionRow.select(VersionRow.version_id).where(VersionRow.version_id > start)
    ids = [row[0] for row in query.order_by(VersionRow.version_id).limit(_ROWS_AT_ONCE).tuples().execute(database)]
    if not ids:
        return None, 0
    members: Any = MemberRow.select(MemberRow.version).where(MemberRow.version.in_(ids)).tuples()
    unused = sorted(set(ids) - {row[0] for row in members.execute(database)})
    if unused:
        VersionRow.delete().where(VersionRow.version_id.in_(unused)).execute(database)
    return ids[-1], len(unused)
