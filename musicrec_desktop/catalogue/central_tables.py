"""The central schema: what the curator writes. MySQL, or SQLite for tests and for one curator alone.

The tables belong to no database until `bind_ctx` says so; `curator/store.py` is the only writer. Text that must
be unique goes by its hash, for MySQL cannot index long text. Arrays are little-endian, C order; shapes stand beside.
"""

from collections.abc import Callable
from pathlib import Path

import peewee
from playhouse.apsw_ext import APSWDatabase


class LongBlobField(peewee.BlobField):
    """A blob of any length: MySQL's plain BLOB ends at 64 KB, one long song's statistics do not."""

    field_type = "LONGBLOB"


class LongTextField(peewee.TextField):
    """A text of any length: MySQL's plain TEXT ends at 64 KB."""

    field_type = "LONGTEXT"


class SongRow(peewee.Model):
    """A song of the archive. `path` and `other_part` are relative to `folder`, which may move."""

    song_id = peewee.AutoField()
    path_key = peewee.CharField(max_length=32, unique=True)
    folder = peewee.TextField()
    path = peewee.TextField()
    other_part = peewee.TextField(default="")
    title = peewee.TextField()
    artist = peewee.TextField(default="")
    album = peewee.TextField(default="")
    genre = peewee.TextField(default="")
    licence = peewee.TextField(default="")

    class Meta:
        table_name = "songs"


class PartRow(peewee.Model):
    """One analysed file of a song: number 0 is the song itself, number 1 another part of it."""

    part_id = peewee.AutoField()
    song = peewee.ForeignKeyField(SongRow, backref="parts", on_delete="CASCADE")
    number = peewee.SmallIntegerField()
    fingerprint = peewee.CharField(max_length=12)
    recipe = peewee.CharField(max_length=64)  # which renditions were made, and from which seed
    file_size = peewee.BigIntegerField()
    file_mtime_ns = peewee.BigIntegerField()
    duration_s = peewee.DoubleField()
    level_db = peewee.DoubleField()
    summary = LongTextField()  # JSON: mean and deviation of the eight families
    sequence = LongBlobField()  # int8 (n_steps, n_coefficients)
    sequence_scale = LongBlobField()  # float32 (n_coefficients,)
    sequence_rate = peewee.DoubleField()
    sound_print = LongBlobField()  # uint8 (12, 14)

    class Meta:
        table_name = "parts"
        indexes = ((("song", "number"), True),)


class RenditionRow(peewee.Model):
    """Passage statistics of one rendition of a part: `clean`, a `twin`, or takes cut for evaluation."""

    rendition_id = peewee.AutoField()
    part = peewee.ForeignKeyField(PartRow, backref="renditions", on_delete="CASCADE")
    kind = peewee.CharField(max_length=16)
    number = peewee.SmallIntegerField()
    n_passages = peewee.IntegerField()
    n_statistics = peewee.IntegerField()
    starts_s = LongBlobField()  # float32 (n_passages,)
    statistics = LongBlobField()  # float32 (n_passages, n_statistics)

    class Meta:
        table_name = "renditions"
        indexes = ((("part", "kind", "number"), True),)


class FailureRow(peewee.Model):
    """A song that could not be analysed, and why; tried again when its files' state is another, or on request."""

    path_key = peewee.CharField(max_length=32, primary_key=True)
    path = peewee.TextField()
    reason = peewee.CharField(max_length=32)
    detail = peewee.TextField(default="")
    folder = peewee.TextField(null=True)
    state = peewee.CharField(max_length=32, null=True)

    class Meta:
        table_name = "failures"


class SongClusterRow(peewee.Model):
    """Where a song stands on the map, and its cluster."""

    song = peewee.ForeignKeyField(SongRow, primary_key=True, on_delete="CASCADE")
    cluster = peewee.SmallIntegerField(index=True)
    x = peewee.DoubleField()
    y = peewee.DoubleField()

    class Meta:
        table_name = "song_clusters"


class MoodRow(peewee.Model):
    """One of the ten moods. `cluster` is the group of songs it names at present; none when null."""

    slot = peewee.SmallIntegerField(primary_key=True)
    mood_key = peewee.CharField(max_length=32, unique=True)
    cluster = peewee.SmallIntegerField(null=True)
    name_ko = peewee.TextField()
    name_en = peewee.TextField()
    short_ko = peewee.TextField()
    short_en = peewee.TextField()
    description_ko = peewee.TextField()
    description_en = peewee.TextField()

    class Meta:
        table_name = "moods"


class ArtefactRow(peewee.Model):
    """What a step of the pipeline learnt, as bytes: the projection, both classifiers, the finished model."""

    name = peewee.CharField(max_length=32, primary_key=True)
    sha256 = peewee.CharField(max_length=64)
    payload = LongBlobField()

    class Meta:
        table_name = "artefacts"


class FactRow(peewee.Model):
    """A step's settings and figures, as JSON."""

    name = peewee.CharField(max_length=32, primary_key=True)
    value = LongTextField()

    class Meta:
        table_name = "facts"


CENTRAL_TABLES: tuple[type[peewee.Model], ...] = (
    SongRow,
    PartRow,
    RenditionRow,
    FailureRow,
    SongClusterRow,
    MoodRow,
    ArtefactRow,
    FactRow,
)


def central_sqlite(path: Path) -> peewee.Database:
    """A SQLite file for the central tables, on the sound SQLite that apsw brings."""
    pragmas = {"journal_mode": "wal", "synchronous": "normal", "foreign_keys": 1, "busy_timeout": 10_000}
    make: Callable[..., peewee.Database] = APSWDatabase
    return make(str(path), pragmas=pragmas)


def create_central_tables(database: peewee.Database) -> None:
    """Make the tables that are missing, and the columns that an older program did not know."""
    with database.bind_ctx(CENTRAL_TABLES, bind_refs=False, bind_backrefs=False):
        database.create_tables(CENTRAL_TABLES, safe=True)
    run: Callable[[str], object] = database.execute_sql
    there = {column.name for column in database.get_columns("failures")}
    for name, kind in (("folder", "TEXT"), ("state", "VARCHAR(32)")):
        if name not in there:
            run(f"ALTER TABLE failures ADD COLUMN {name} {kind}")
