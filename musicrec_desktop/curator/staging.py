"""Tracks and a model into the central database before anything names them: nobody sees them yet.

What is staged goes by its digest, so that staging again, after an interruption or beside another publisher, finds
what is there and only adds what is missing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import peewee

from musicrec_desktop.catalogue.release_tables import PublishedModelRow, VersionRow
from musicrec_desktop.core.central import CentralModel, CentralTrack
from musicrec_desktop.core.errors import ModelMismatch
from musicrec_desktop.curator.errors import CardDiffers
from musicrec_desktop.curator.releasing import Report, connected, prepare, silent

_NAMES = tuple(field.name for field in fields(CentralTrack))
_NUMBERS = tuple(field.name for field in fields(CentralTrack) if field.type is float)
_BATCH_ROWS, _BATCH_BYTES = 500, 2_000_000  # far below the packet that any server takes (16 MB)
_ATTEMPTS = 10
_DEADLOCK, _LOCK_WAIT = 1213, 1205
_BEHAVIOUR = ("fingerprint", "moods", "calibration")  # of a card: what a client computes with


@dataclass(frozen=True, slots=True)
class Staged:
    """What a release would hold; its rows are in the database."""

    model_id: str
    fingerprint: str
    digests: Mapping[str, str]  # of each track by its id
    added: int  # versions that were not there before


def stage(
    database: peewee.Database,
    tracks: Iterable[CentralTrack],
    model: CentralModel,
    report: Report = silent,
    *,
    total: int | None = None,
) -> Staged:
    """Put the versions and the model into the database, as far as they are not there.

    May be interrupted anywhere and run again. Raises ModelMismatch for a track of another model or of other features,
    CardDiffers when the same network was published with a card that makes it another model.
    """
    prepare(database)
    fingerprint = str(json.loads(model.card)["fingerprint"])
    digests: dict[str, str] = {}
    added = 0
    with connected(database):
        _stage_model(database, model)
        for batch in _batches(tracks):
            rows = {row["digest"]: row for row in (_row(track, model.model_id, fingerprint) for track in batch)}
            added += _stage_rows(database, rows)
            digests |= {row["track_id"]: digest for digest, row in rows.items()}
            report(len(digests), total)
    return Staged(model.model_id, fingerprint, digests, added)


def _stage_model(database: peewee.Database, model: CentralModel) -> None:
    table = PublishedModelRow
    values = {name: getattr(model, name) for name in ("model_id", "network", "card", "card_sha256")}
    table.insert(**values).on_conflict_ignore().execute(database)
    for (card,) in table.select(table.card).where(table.model_id == model.model_id).tuples().execute(database):
        # Clients that have the network do not look at its card again.
        if _behaviour(bytes(card)) != _behaviour(model.card):
            raise CardDiffers(model_id=model.model_id)


def _behaviour(card: bytes) -> list[Any]:
    found = json.loads(card)
    return [found.get(name) for name in _BEHAVIOUR]


def _batches(tracks: Iterable[CentralTrack]) -> Iterator[list[CentralTrack]]:
    batch: list[CentralTrack] = []
    size = 0
    for track in tracks:
        batch.append(track)
        size += len(track.vectors) + len(track.sequence_steps) + len(track.starts) + len(track.summary)
        if len(batch) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _row(track: CentralTrack, model_id: str, fingerprint: str) -> dict[str, Any]:
    track = _as_databases_keep_it(track)
    if track.model_id != model_id:
        raise ModelMismatch(model=model_id[:12], program=track.model_id[:12])
    if track.fingerprint != fingerprint:
        raise ModelMismatch(model=fingerprint, program=track.fingerprint)
    return {"digest": track.digest(), **{name: getattr(track, name) for name in _NAMES}}


def _as_databases_keep_it(track: CentralTrack) -> CentralTrack:
    """The same track with numbers that come back as they went in: floats, and no zero with a sign."""
    numbers: dict[str, Any] = {name: float(getattr(track, name)) + 0.0 for name in _NUMBERS}
    return replace(track, **numbers)


def _stage_rows(database: peewee.Database, rows: Mapping[str, dict[str, Any]]) -> int:
    """Add the rows whose digest is not there; how many.

    Another publisher may be adding the same at this moment: then what is missing is looked for once more. Not INSERT
    IGNORE, which cuts off what does not fit.
    """
    for attempt in range(_ATTEMPTS):
        known = VersionRow.select(VersionRow.digest).where(VersionRow.digest.in_(list(rows))).tuples()
        missing = sorted(set(rows) - {digest for (digest,) in known.execute(database)})
        if not missing:
            return 0
        try:
            _insert(database, [rows[digest] for digest in missing])
            return len(missing)
        except (peewee.IntegrityError, peewee.OperationalError) as error:
            if attempt == _ATTEMPTS - 1 or not _was_quicker(error):
                raise
    raise AssertionError("the last attempt returns or raises")


def _insert(database: peewee.Database, rows: Sequence[dict[str, Any]]) -> None:
    with database.atomic():
        VersionRow.insert_many(rows).execute(database)


def _was_quicker(error: peewee.PeeweeException) -> bool:
    """Whether the error may come from another publisher who adds the same rows."""
    return isinstance(error, peewee.IntegrityError) or error.args[:1] in ((_DEADLOCK,), (_LOCK_WAIT,))
