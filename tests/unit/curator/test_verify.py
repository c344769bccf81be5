"""One flipped bit anywhere in what clients get is found, and named."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import fields

import peewee
import pytest

from musicrec_desktop.catalogue.release_tables import (
    MemberRow,
    PreviewRow,
    PublishedModelRow,
    ReleaseRow,
    VersionRow,
)
from musicrec_desktop.core.central import CentralTrack
from musicrec_desktop.core.errors import NothingPublished
from musicrec_desktop.curator.releasing import prepare
from musicrec_desktop.curator.verify import Damage, verify
from tests.releases import MODEL, put_out, track_id, tracks_of

SOUND = bytes(range(200))
PREVIEW = hashlib.sha256(SOUND).hexdigest()
COLUMNS = [field.name for field in fields(CentralTrack)]


@pytest.fixture
def published(central: peewee.Database) -> Iterator[peewee.Database]:
    prepare(central)
    PreviewRow.insert(sha256=PREVIEW, n_bytes=len(SOUND), payload=SOUND).execute(central)
    put_out(central, tracks_of(dict.fromkeys(range(8), 0), preview=PREVIEW, preview_start_s=1.5))
    put_out(central, tracks_of(dict.fromkeys(range(1, 9), 1), preview=PREVIEW, preview_start_s=1.5))
    yield central


def flipped(value: object) -> object:
    """The value with one bit flipped, as far as its column can hold it."""
    match value:
        case bytes():
            middle = len(value) // 2
            return value[:middle] + bytes([value[middle] ^ 4]) + value[middle + 1 :]
        case float():
            (bits,) = struct.unpack("<q", struct.pack("<d", value))
            return float(struct.unpack("<d", struct.pack("<q", bits ^ 1))[0])
        case int():
            return value ^ 1
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "\1"
    raise AssertionError(value)


def flip(database: peewee.Database, table: type[peewee.Model], column: str, where: object) -> None:
    field = getattr(table, column)
    ((value,),) = table.select(field).where(where).tuples().execute(database)
    assert flipped(value) != value
    assert table.update({column: flipped(value)}).where(where).execute(database) == 1


def newest_version(number: int) -> peewee.Expression:
    newest = MemberRow.select(MemberRow.version).where(
        (MemberRow.track_id == track_id(number)) & (MemberRow.since == 2)
    )
    return VersionRow.version_id.in_(newest)


def test_what_is_whole_is_found_whole(published: peewee.Database) -> None:
    said: list[tuple[int, int | None]] = []
    assert verify(published, lambda done, total: said.append((done, total))) == []
    assert said == [(8, 8)]


def test_one_bit_in_any_column_of_a_track_is_found(published: peewee.Database) -> None:
    for column in (*COLUMNS, "digest"):
        found = damages_after(published, VersionRow, column, newest_version(5))
        assert ("track", track_id(5)) in [(one.kind, one.name[:32]) for one in found], column
        assert {one.kind for one in found} <= {"track", "content", "preview"}
        assert len([one for one in found if one.kind == "track"]) == 1
    assert verify(published) == []


def damages_after(database: peewee.Database, table: type[peewee.Model], column: str, where: object) -> list[Damage]:
    """What verify finds with one bit flipped, which is put right again."""
    with database.atomic() as change:
        flip(database, table, column, where)
        found = verify(database)
        change.rollback()
    return found


def test_one_bit_in_a_model_is_found(published: peewee.Database) -> None:
    for column, kind in (("network", "model"), ("card", "card"), ("card_sha256", "card")):
        found = damages_after(published, PublishedModelRow, column, PublishedModelRow.model_id == MODEL.model_id)
        assert [(one.kind, one.name) for one in found] == [(kind, MODEL.model_id)]


def test_one_bit_in_a_preview_is_found(published: peewee.Database) -> None:
    for column in ("sha256", "n_bytes", "payload"):
        found = damages_after(published, PreviewRow, column, PreviewRow.sha256 == PREVIEW)
        assert [(one.kind, one.name) for one in found] == [("preview", PREVIEW)]


def test_one_bit_in_the_release_is_found(published: peewee.Database) -> None:
    for column in ("n_tracks", "digest", "fingerprint"):
        assert damages_after(published, ReleaseRow, column, ReleaseRow.number == 2), column


def test_one_bit_in_what_belongs_to_a_content_is_found(published: peewee.Database) -> None:
    for column in ("track_id", "since", "version"):
        member = (MemberRow.track_id == track_id(5)) & (MemberRow.since == 2)
        found = damages_after(published, MemberRow, column, member)
        assert "content" in {one.kind for one in found}, column


def test_a_song_that_should_have_left_is_found(published: peewee.Database) -> None:
    MemberRow.update(until=None).where(MemberRow.track_id == track_id(0)).execute(published)
    assert [one.kind for one in verify(published)] == ["content", "content"]


def test_text_that_is_no_text_any_more_is_one_damaged_track(published: peewee.Database) -> None:
    if isinstance(published, peewee.MySQLDatabase):
        pytest.skip("the server keeps no such text")
    published.execute_sql(f"UPDATE track_versions SET title = CAST(x'ff41' AS TEXT) WHERE track_id = '{track_id(5)}'")
    damaged = [one for one in verify(published) if one.kind == "track"]
    assert [one.name for one in damaged] == [track_id(5)]


def test_previews_kept_elsewhere_are_fetched_when_asked(published: peewee.Database) -> None:
    PreviewRow.update(payload=None).execute(published)
    assert verify(published) == []
    assert verify(published, elsewhere=lambda sha256: SOUND) == []
    for fetched in (None, SOUND[:-1]):
        assert [one.kind for one in verify(published, elsewhere=lambda sha256, it=fetched: it)] == ["preview"]


def test_before_the_first_release_there_is_nothing_to_verify(central: peewee.Database) -> None:
    prepare(central)
    with pytest.raises(NothingPublished):
        verify(central)
