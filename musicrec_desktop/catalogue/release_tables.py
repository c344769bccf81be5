"""The published half of the central schema: what clients read. The curator's own tables are in `central_tables.py`.

Versions of tracks and models are staged first: nothing names them, so nobody sees them. A release is one short
transaction that says which versions belong to its content. `since` and `until` count contents: content c holds the
versions with since <= c and no until, or until > c. What was published is never changed but for its `until`, so a
client may read content c page by page while later ones are published.
"""

from typing import Any

import peewee

from musicrec_desktop.catalogue.central_tables import KeyField, LongBlobField, LongTextField, create_tables

SCHEMA = 1  # of all the central tables; a client refuses one that it does not know


class SchemaRow(peewee.Model):
    """One row: which catalogue this is, and the version of its tables."""

    only = peewee.SmallIntegerField(primary_key=True, default=1)
    catalogue_id = KeyField(max_length=36)
    version = peewee.IntegerField(default=SCHEMA)

    class Meta:
        table_name = "central_schema"


class VersionRow(peewee.Model):
    """One version of one track, complete: the fields of core.central.CentralTrack and their digest."""

    version_id: Any = peewee.BigAutoField()
    digest = KeyField(max_length=64, unique=True)
    track_id = KeyField(max_length=32, index=True)
    title = peewee.TextField()
    artist = peewee.TextField()
    album = peewee.TextField()
    duration_s = peewee.DoubleField()
    level_db = peewee.DoubleField()
    fingerprint = KeyField(max_length=12)
    model_id = KeyField(max_length=64)
    summary = LongTextField()
    x = peewee.DoubleField()
    y = peewee.DoubleField()
    preview = peewee.CharField(max_length=64)
    starts = LongBlobField()
    vectors = LongBlobField()
    scales = LongBlobField()
    probabilities = LongBlobField()
    sequence_rate = peewee.DoubleField()
    sequence_scale = LongBlobField()
    sequence_steps = LongBlobField()
    sound_print = LongBlobField()

    class Meta:
        table_name = "track_versions"


class MemberRow(peewee.Model):
    """Which version of a track belongs to the contents from `since` on, up to but not including `until`."""

    track_id = KeyField(max_length=32)
    since = peewee.IntegerField()
    until = peewee.IntegerField(null=True, index=True)
    version = peewee.ForeignKeyField(VersionRow, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "release_tracks"
        primary_key = peewee.CompositeKey("track_id", "since")
        indexes = ((("since", "track_id"), False),)


class PublishedModelRow(peewee.Model):
    """A model that releases name, as bytes."""

    model_id = peewee.CharField(max_length=64, primary_key=True)  # sha256 of the network
    network = LongBlobField()
    card = LongBlobField()
    card_sha256 = KeyField(max_length=64)

    class Meta:
        table_name = "models"


class ReleaseRow(peewee.Model):
    """A release: the fields of core.central.Release but for the catalogue's id. The highest number is current."""

    number = peewee.IntegerField(primary_key=True)
    content = peewee.IntegerField(index=True)
    model: Any = peewee.ForeignKeyField(PublishedModelRow, on_delete="RESTRICT", backref="+")
    fingerprint = KeyField(max_length=12)
    n_tracks = peewee.IntegerField()
    digest = KeyField(max_length=64)
    published_at = peewee.CharField(max_length=32)
    previews_at = peewee.TextField(default="")
    note = peewee.TextField(default="")

    class Meta:
        table_name = "releases"


class PreviewRow(peewee.Model):
    """A preview's bytes (Ogg Opus), or only its length where they are kept in an object store under their sha256."""

    sha256 = KeyField(max_length=64, primary_key=True)
    n_bytes = peewee.IntegerField()
    payload = LongBlobField(null=True)

    class Meta:
        table_name = "previews"


RELEASE_TABLES: tuple[type[peewee.Model], ...] = (
    SchemaRow,
    VersionRow,
    MemberRow,
    PublishedModelRow,
    ReleaseRow,
    PreviewRow,
)


def create_release_tables(database: peewee.Database) -> None:
    """Make the tables that are missing."""
    create_tables(database, RELEASE_TABLES)
