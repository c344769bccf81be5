"""CentralSongs: the songs of the central catalogue beside the listener's own, from one whole content to the next.

Contents have numbers here that grow. One is in use, the one before it stays for a rollback, a later one may be staged:
its rows come page by page, unseen, with the place that was reached beside them in the same transaction. A switch is
one small transaction; what nobody can see any more goes later, in small steps.
"""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from peewee import fn

from musicrec_desktop.catalogue import central_rows
from musicrec_desktop.catalogue.file import CatalogueFile
from musicrec_desktop.catalogue.tables import Contents, Facts, Models, Shown
from musicrec_desktop.catalogue.values import HeldContent, ModelRun
from musicrec_desktop.catalogue.writing import put_fact
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release, content_digest
from musicrec_desktop.core.errors import ContentIncomplete, ModelInvalid, ReleaseTooNew
from musicrec_desktop.core.types import TrackId

Searched = Literal["both", "own", "central"]
STEP = 200  # rows that go in one transaction
_SCOPES: tuple[Searched, ...] = ("both", "own", "central")
_RELEASE = tuple(field.name for field in fields(Release))


class EmbedMissing(Protocol):
    def __call__(self, model_id: str, run: ModelRun, *, token: CancelToken | None = None) -> int: ...


class CentralSongs:
    """Of one catalogue file. Only one at a time may stage; anybody may ask."""

    def __init__(self, file: CatalogueFile, *, fingerprint: str, embed_missing: EmbedMissing) -> None:
        self._file, self._database = file, file.database
        self._fingerprint = fingerprint
        self._embed_missing = embed_missing

    # Questions

    def in_use(self) -> HeldContent | None:
        """The content whose songs can be seen."""
        return self._held(self._number("content"))

    def before(self) -> HeldContent | None:
        """The content that `back` returns to; None when there is none, or it is the time before the first."""
        return self._held(self._number("content_before"))

    def staged(self) -> HeldContent | None:
        """The content that is being staged, with the place that was reached."""
        found = self._file.rows(Contents.select().where(Contents.state == "staging").dicts()) if self._has() else []
        return _as_held(found[0]) if found else None

    def digest_of(self, local: int) -> tuple[int, str]:
        """How many tracks a content has as it is here, and their digest."""
        with self._file.guarded():
            found = central_rows.digests(self._database, local)
        return len(found), content_digest(found)

    def changes(self, local: int) -> tuple[int, int, int]:
        """How many tracks this content adds, changes and takes away, against the one before it here."""
        with self._file.guarded():
            return central_rows.changes(self._database, local)

    def damaged(self) -> list[TrackId]:
        """Songs of the content in use that are left out because something of them is damaged; `replace` heals them."""
        with self._file.guarded():
            return [TrackId(name) for name in central_rows.damaged(self._database, self._number("content") or 0)]

    def model(self, model_id: str) -> CentralModel | None:
        """A model that was kept, verified; None when there is none, or it is damaged: to be kept again."""
        columns = (Models.model_id, Models.network, Models.card, Models.card_sha256)
        query = Models.select(*columns).where(Models.model_id == model_id).tuples()
        found = [CentralModel(*row) for row in self._file.rows(query)] if self._has() else []
        return found[0] if found and _is_sound(found[0]) else None

    def searched(self) -> Searched:
        """Which songs can be seen: own ones, central ones, or both."""
        found = self._file.fact("search")
        return next((scope for scope in _SCOPES if scope == found), "both")

    # Staging

    def begin(self, release: Release, *, anew: bool = False) -> HeldContent:
        """Go on staging this release's content, or begin: from the changes to the one in use, or from the beginning.

        Whatever else was staged goes, and what a rollback had left. `anew`: in any case from the beginning. Raises
        ReleaseTooNew for other features.
        """
        if release.fingerprint != self._fingerprint:
            raise ReleaseTooNew(release=release.number, found=release.fingerprint, known=self._fingerprint)
        staged = self.staged()
        if staged and _is_same(staged.release, release) and not anew:
            self._rename(staged.local, release)
            return replace(staged, release=release)
        self._clear_above()
        in_use = self.in_use()
        after = in_use.release if in_use else None
        whole = anew or after is None or after.catalogue_id != release.catalogue_id or after.content > release.content
        with self._file.change(seen=False):
            last = Contents.select(fn.MAX(Contents.local)).scalar(self._database)
            local = 1 + max(int(last or 0), self._number("content") or 0)
            held = HeldContent(
                local, release, whole, 0 if whole or not after else after.content, "", "", complete=False
            )
            Contents.insert(_columns(held) | {"state": "staging"}).execute(self._database)
        return held

    def stage(
        self,
        local: int,
        tracks: Sequence[CentralTrack],
        *,
        reached: str | None,
        digests: Sequence[str] | None = None,
    ) -> None:
        """A page of tracks in the order of their ids, and the id that it reached; None: it was the last page.

        One transaction, unseen; a page that is there already changes nothing. Where the content is staged whole, a
        track of the content before that the pages pass over is gone. Raises DamagedBlob for a track whose arrays are
        not sound, ContentIncomplete when this is not being staged. `digests`: where the caller has taken them himself.
        """
        taken: Sequence[str | None] = digests or [None] * len(tracks)
        sound = [central_rows.sound(*each) for each in zip(tracks, taken, strict=True)]
        with self._file.change(seen=False):
            held = self._staging(local)
            renamed = central_rows.put(self._database, local, sound)
            if held.whole:
                upto = reached if reached is None else max(reached, held.reached)
                passed = central_rows.alive_between(self._database, local, held.reached, upto)
                kept = {track.track_id for track in tracks}
                gone = [row for name, row in passed.items() if name not in kept]
                central_rows.take(self._database, local, gone)
            place = {"complete": True} if reached is None else {"reached": max(reached, held.reached)}
            Contents.update(place).where(Contents.local == local).execute(self._database)
        if renamed:
            with self._file.change():
                pass

    def stage_gone(self, local: int, track_ids: Sequence[str], *, reached: str) -> None:
        """A page of tracks that the content holds no longer; as `stage`."""
        with self._file.change(seen=False):
            held = self._staging(local)
            central_rows.take(
                self._database, local, list(central_rows.alive(self._database, local, track_ids).values())
            )
            place = {"gone_reached": max(reached, held.gone_reached)}
            Contents.update(place).where(Contents.local == local).execute(self._database)

    def keep_model(self, model: CentralModel) -> None:
        """Keep a model as bytes; raises ModelInvalid when its bytes are not what it says."""
        if not _is_sound(model):
            raise ModelInvalid(path=Path(model.model_id), detail="sha256 of what came differs from what was stated")
        with self._file.change(seen=False):
            Models.insert(asdict(model)).on_conflict_replace().execute(self._database)

    def drop_staged(self) -> None:
        """Give up what is being staged; its rows go with `sweep`."""
        with self._file.change(seen=False):
            Contents.update(state="leaving").where(Contents.state == "staging").execute(self._database)

    # Changing over

    def switch(self, local: int, run: ModelRun, *, token: CancelToken | None = None) -> None:
        """Use this content and its model, whose `run` embeds own songs first, beside their old values.

        Raises ContentIncomplete unless all of it is here, count and digest as the release says.
        """
        held = self._staging(local)
        if not held.complete or self.digest_of(local) != (held.release.n_tracks, held.release.digest):
            raise ContentIncomplete(release=held.release.number)
        model_id = held.release.model_id
        while True:
            self._embed_missing(model_id, run, token=token)
            with self._file.change():
                if self._lacks(model_id):  # an import was faster
                    continue
                Contents.update(state="held").where(Contents.local == local).execute(self._database)
                put_fact(self._database, "content_before", self._number("content") or 0)
                self._use(local, model_id)
                return

    def back(self, release: Release | None = None) -> bool:
        """Use the content before and its model again, in one small transaction; False when there is none.

        `release`: the release that says so, whose content this is. The content that was in use stays, to be gone
        forward to in the same way, until another is staged.
        """
        before = self._number("content_before")
        if before is None:
            return False
        with self._file.change():
            held = self._held(before)
            if release is not None and held is not None:
                self._rename(held.local, release, inside=True)
            put_fact(self._database, "content_before", self._number("content") or 0)
            model_id = held.release.model_id if held else self._file.fact("previous_model_id")
            self._use(before, model_id)
        return True

    def renumber(self, release: Release) -> None:
        """The content in use is that of another release, too, and goes by its number from now on."""
        self._rename(self._number("content") or 0, release)

    def search_in(self, scope: Searched) -> None:
        """Let own songs be seen, central ones, or both; at once, wherever this file is open."""
        if scope != self.searched():
            with self._file.change():
                put_fact(self._database, "search", scope)
                self._show(self._number("content") or 0, scope)

    # Afterwards

    def sweep(self, limit: int = STEP) -> int:
        """Delete, unseen, up to so many rows that neither content in use, the one before, nor the staged can see.

        Says how many; 0: there is nothing left. Own songs never go, only what models nobody uses said of them.
        """
        with self._file.change(seen=False):
            for (local,) in self._leaving():
                if n_undone := central_rows.undo_some(self._database, local, limit):
                    return n_undone
                Contents.delete().where(Contents.local == local).execute(self._database)
            in_use = self._number("content") or 0
            before = self._number("content_before")
            oldest = in_use if before is None else min(in_use, before)
            if n_dropped := central_rows.drop_some(self._database, oldest, limit):
                return n_dropped
            Contents.delete().where(Contents.local < oldest).execute(self._database)
            used = [name for (name,) in Contents.select(Contents.model_id).tuples().execute(self._database)]
            Models.delete().where(Models.model_id.not_in(used)).execute(self._database)
            facts = Facts.select(Facts.value).where(Facts.key.in_(("model_id", "previous_model_id")))
            named = [name for (name,) in facts.tuples().execute(self._database)]
            return central_rows.drop_embeddings(self._database, [*used, *named], limit)

    def replace(self, tracks: Sequence[CentralTrack]) -> int:
        """Write these tracks of the content in use again where they are, and heal them so; says how many it knew.

        Others, and other versions of them, are passed over. Raises DamagedBlob.
        """
        sound = [central_rows.sound(track) for track in tracks]
        with self._file.change():
            in_use = self._number("content") or 0
            held = central_rows.alive(self._database, in_use, [track.track_id for track in tracks])
            rows = [(held.get(each.track.track_id), each) for each in sound]
            known = [(row[0], each) for row, each in rows if row is not None and row[2] == each.digest]
            for number, each in known:
                central_rows.renew(self._database, number, each)
        return len(known)

    # Inside

    def _has(self) -> bool:
        """Whether the file has tables for contents: one of an older program that is only read has not."""
        return bool(self._file.run("SELECT 1 FROM sqlite_master WHERE name = 'contents'"))

    def _number(self, fact: str) -> int | None:
        found = self._file.fact(fact)
        return None if found is None else int(found)

    def _held(self, local: int | None) -> HeldContent | None:
        if not local:
            return None
        found = self._file.rows(Contents.select().where(Contents.local == local).dicts())
        return _as_held(found[0]) if found else None

    def _staging(self, local: int) -> HeldContent:
        staged = self.staged()
        if staged is None or staged.local != local:
            raise ContentIncomplete(release=0)
        return staged

    def _leaving(self) -> list[Any]:
        query = Contents.select(Contents.local).where(Contents.state == "leaving").order_by(Contents.local)
        return list(query.tuples().execute(self._database))

    def _clear_above(self) -> None:
        """Of contents after the one in use, nothing stays: the next one takes up where that one is."""
        in_use = self._number("content") or 0
        above = Contents.select(Contents.local).where(Contents.local > in_use)
        if not self._file.rows(above.tuples()):
            return
        with self._file.change(seen=False):
            Contents.update(state="leaving").where(Contents.local > in_use).execute(self._database)
            if (self._number("content_before") or 0) > in_use:
                Facts.delete().where(Facts.key == "content_before").execute(self._database)
        while self._file.rows(above.tuples()):
            self.sweep()

    def _rename(self, local: int, release: Release, *, inside: bool = False) -> None:
        """The same content under the number and address of another release."""
        with nullcontext() if inside else self._file.change(seen=False):
            Contents.update(asdict(release)).where(Contents.local == local).execute(self._database)

    def _lacks(self, model_id: str) -> bool:
        """Whether an own song of these features that could be embedded is not, under this model."""
        sql = """SELECT 1 FROM track_rows JOIN passages ON passages.track = id WHERE since = 0 AND fingerprint = ?
            AND length(statistics) > 4 AND id NOT IN (SELECT track FROM embeddings WHERE model_id = ?)
            AND id NOT IN (SELECT track FROM damage) LIMIT 1"""
        return bool(self._database.run(sql, (self._fingerprint, model_id)))

    def _use(self, local: int, model_id: str | None) -> None:
        model_before = self._file.fact("model_id")
        put_fact(self._database, "content", local)
        for key, value in (("model_id", model_id), ("previous_model_id", model_before)):
            Facts.delete().where(Facts.key == key).execute(self._database)
            if value is not None:
                put_fact(self._database, key, value)
        self._show(local, self.searched())

    def _show(self, content: int, scope: Searched) -> None:
        low, high = int(scope == "central"), 0 if scope == "own" else content
        Shown.update(low=low, high=high).execute(self._database)


def _is_sound(model: CentralModel) -> bool:
    stated = (model.model_id, model.card_sha256)
    return (hashlib.sha256(model.network).hexdigest(), hashlib.sha256(model.card).hexdigest()) == stated


def _is_same(one: Release, other: Release) -> bool:
    """Whether two releases have the same content."""
    return (one.catalogue_id, one.content, one.digest) == (other.catalogue_id, other.content, other.digest)


def _values(held: HeldContent) -> dict[str, Any]:
    return {field.name: getattr(held, field.name) for field in fields(HeldContent)}


def _columns(held: HeldContent) -> dict[str, Any]:
    columns = _values(held)
    return columns | asdict(columns.pop("release"))


def _as_held(row: dict[str, Any]) -> HeldContent:
    release = Release(**{name: row[name] for name in _RELEASE})
    place = (row["reached"], row["gone_reached"])
    return HeldContent(row["local"], release, row["whole"], row["after"], *place, complete=row["complete"])
