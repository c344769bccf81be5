"""Whether what was published is still what was published: every digest of the current content, computed anew."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import peewee

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.release_queries import alive_at
from musicrec_desktop.catalogue.release_tables import MemberRow, PreviewRow
from musicrec_desktop.core.central import CentralTrack, Release, content_digest
from musicrec_desktop.core.errors import RemoteDamaged
from musicrec_desktop.curator.releasing import Report, connected, silent

_TRACKS_AT_ONCE, _PREVIEWS_AT_ONCE = 100, 20
Fetch = Callable[[str], bytes | None]  # a preview that is kept elsewhere, by its sha256


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was published."""

    kind: Literal["track", "model", "card", "preview", "content"]
    name: str  # id and title of a track, sha256 of a model or preview, number of a content
    detail: str


@dataclass(slots=True)
class _Seen:
    """What a walk over the tracks gathers."""

    digests: dict[str, str]  # as they are stated
    previews: set[str]


def verify(database: peewee.Database, report: Report = silent, *, elsewhere: Fetch | None = None) -> list[Damage]:
    """Everything that is damaged in the current release; raise NothingPublished.

    Of previews that are kept elsewhere only the entry is looked at, unless `elsewhere` fetches them.
    """
    with connected(database):
        release = release_queries.current(database)
        seen = _Seen({}, set())
        found = list(_damaged_model(database, release))
        found += _damaged_tracks(database, release, seen, report)
        found += _damaged_content(release, seen)
        found += _damaged_previews(database, sorted(seen.previews), elsewhere)
    return found


def _damaged_model(database: peewee.Database, release: Release) -> Iterator[Damage]:
    try:
        model = release_queries.model(database, release.model_id)
    except RemoteDamaged as error:
        yield Damage("model", release.model_id, error.detail)
        return
    if _sha256(model.network) != release.model_id:
        yield Damage("model", release.model_id, "its sha256 is another")
    if _sha256(model.card) != model.card_sha256:
        yield Damage("card", release.model_id, "its sha256 is another")


def _damaged_tracks(database: peewee.Database, release: Release, seen: _Seen, report: Report) -> Iterator[Damage]:
    from_id = ""
    while page := _page(database, release.content, from_id):
        from_id = page[-1][0]
        for track_id, found in _tracks(database, page):
            if isinstance(found, str):
                yield Damage("track", track_id, found)
                continue
            track, stated = found
            seen.digests[track_id] = stated
            seen.previews |= {track.preview} - {""}
            if detail := _wrong_with(track, stated, track_id, release):
                yield Damage("track", f"{track_id} {track.title}".strip(), detail)
        report(len(seen.digests), release.n_tracks)


def _tracks(
    database: peewee.Database, page: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, tuple[CentralTrack, str] | str]]:
    """Each member's track and its stated digest, or why it cannot be read."""
    try:
        found = release_queries.versions(database, [version for _, version in page])
    except (RemoteDamaged, UnicodeDecodeError) as error:
        if len(page) == 1:
            yield page[0][0], str(error)
            return
        for member in page:  # which one is it?
            yield from _tracks(database, [member])
        return
    yield from zip((track_id for track_id, _ in page), found, strict=True)


def _wrong_with(track: CentralTrack, stated: str, track_id: str, release: Release) -> str:
    if track.digest() != stated:
        return "its digest is another"
    if track.track_id != track_id:
        return f"it is entered as {track_id}"
    if (track.model_id, track.fingerprint) != (release.model_id, release.fingerprint):
        return "it is of another model, or of other features, than the release"
    return ""


def _damaged_content(release: Release, seen: _Seen) -> Iterator[Damage]:
    if len(seen.digests) != release.n_tracks:
        yield Damage("content", str(release.content), f"{len(seen.digests)} of {release.n_tracks} tracks are there")
    if content_digest(seen.digests.items()) != release.digest:
        yield Damage("content", str(release.content), "its digest is another")


def _damaged_previews(database: peewee.Database, wanted: Sequence[str], elsewhere: Fetch | None) -> Iterator[Damage]:
    for start in range(0, len(wanted), _PREVIEWS_AT_ONCE):
        some = wanted[start : start + _PREVIEWS_AT_ONCE]
        query: Any = PreviewRow.select(PreviewRow.sha256, PreviewRow.n_bytes, PreviewRow.payload)
        rows = query.where(PreviewRow.sha256.in_(some)).tuples().execute(database)
        entries = {sha256: (n_bytes, payload) for sha256, n_bytes, payload in rows}
        for sha256 in some:
            if detail := _wrong_with_preview(sha256, entries.get(sha256), elsewhere):
                yield Damage("preview", sha256, detail)


def _wrong_with_preview(sha256: str, entry: tuple[int, bytes | None] | None, elsewhere: Fetch | None) -> str:
    if entry is None:
        return "it is missing"
    n_bytes, payload = entry
    if payload is None and elsewhere is not None:
        payload = elsewhere(sha256)
        if payload is None:
            return "it is missing where previews are kept"
    if payload is None:
        return ""
    if _sha256(bytes(payload)) != sha256:
        return "its sha256 is another"
    return "" if len(payload) == n_bytes else f"{n_bytes} bytes were entered, {len(payload)} are there"


def _page(database: peewee.Database, content: int, from_id: str) -> list[tuple[str, int]]:
    query: Any = MemberRow.select(MemberRow.track_id, MemberRow.version)
    query = query.where(alive_at(MemberRow, content) & (MemberRow.track_id > from_id))
    return list(query.order_by(MemberRow.track_id).limit(_TRACKS_AT_ONCE).tuples().execute(database))


def _sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
