"""The central schema: what the curator writes. MySQL, or SQLite for tests and for one curator alone.

The tables belong to no database until `bind_ctx` says so; `curator/store.py` is the only writer. Text that must
be unique goes by its hash, for MySQL cannot index long text. Arrays are little-endian, C order; shapes stand beside.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import peewee
from playhouse.apsw_ext import APSWDatabase

COLLATION = "utf8mb4_unicode_520_ci"  # of texts; MySQL 8 and MariaDB both know it
N_MFCC = 24  # of each, mean and deviation have a column; as FeatureSpec.n_mfcc


class KeyField(peewee.CharField):
    """A short key that this program makes, ASCII: MySQL compares and orders it byte by byte."""

    def ddl_datatype(self, ctx: Any) -> Any:
        database = self.model._meta.database
        ascii_only = " CHARACTER SET ascii COLLATE ascii_bin" if isinstance(database, peewee.MySQLDatabase) else ""
        return peewee.SQL(f"VARCHAR({self.max_length}){ascii_only}")


class LongBlobField(peewee.BlobField):
    """A blob of any length: MySQL's plain BLOB ends at 64 KB, one long song's statistics do not."""

    field_type = "LONGBLOB"


class LongTextField(peewee.TextField):
    """A text of any length: MySQL's plain TEXT ends at 64 KB."""

    field_type = "LONGTEXT"


class SongRow(peewee.Model):
    """A song of the archive. `path` and `other_part` are relative to `folder`, which may move."""

    song_id = peewee.AutoField()
    path_key = KeyField(max_length=32, unique=True)
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

    path_key = KeyField(max_length=32, primary_key=True)
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


class SongSoundRow(peewee.Model):
    """What a song sounds like, a column a figure, for people who ask in SQL; from the summary of its first part.

    Means and deviations over the whole song; `chroma_0` is C, `percussive_share` what `harmonic_share` leaves.
    """

    song: Any = peewee.ForeignKeyField(SongRow, primary_key=True, on_delete="CASCADE")
    duration_s = peewee.DoubleField()
    level_db = peewee.DoubleField()
    tempo_bpm = peewee.DoubleField(null=True, index=True)
    cluster = peewee.SmallIntegerField(null=True, index=True)
    mood_key = peewee.CharField(max_length=32, null=True, index=True)

    class Meta:
        table_name = "song_sounds"


_FAMILIES = ("centroid_hz", "rolloff_hz", "zcr", "flatness", "onset", "harmonic_share", "percussive_share", "level_db")
SOUND_FIGURES = tuple(
    f"{name}_{kind}"
    for name in (*_FAMILIES, *(f"chroma_{i}" for i in range(12)), *(f"mfcc_{i}" for i in range(N_MFCC)))
    for kind in ("mean", "std")
)
for _name in SOUND_FIGURES:
    SongSoundRow._meta.add_field(_name, peewee.DoubleField(null=True))


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


class ArtefactPieceRow(peewee.Model):
    """What of a large artefact comes after its first piece: no server takes it in one go."""

    artefact: Any = peewee.ForeignKeyField(ArtefactRow, on_delete="CASCADE", backref="+")
    number = peewee.IntegerField()
    payload = LongBlobField()

    class Meta:
        table_name = "artefact_pieces"
        primary_key = peewee.CompositeKey("artefact", "number")


class FactRow(peewee.Model):
    """A step's settings and figures, as JSON."""

    name = peewee.CharField(max_length=32, primary_key=True)
    value = LongTextField()

    class Meta:
        table_name = "facts"


class SongPreviewRow(peewee.Model):
    """The preview that was made of a song's first file, how, and from which state of the file."""

    song = peewee.ForeignKeyField(SongRow, primary_key=True, on_delete="CASCADE")
    sha256 = peewee.CharField(max_length=64)
    start_s = peewee.DoubleField()
    recipe = peewee.CharField(max_length=64)
    file_size = peewee.BigIntegerField()
    file_mtime_ns = peewee.BigIntegerField()

    class Meta:
        table_name = "song_previews"


CENTRAL_TABLES: tuple[type[peewee.Model], ...] = (
    SongRow,
    PartRow,
    RenditionRow,
    FailureRow,
    SongClusterRow,
    SongSoundRow,
    MoodRow,
    ArtefactRow,
    ArtefactPieceRow,
    FactRow,
    SongPreviewRow,
)


def central_sqlite(path: Path) -> peewee.Database:
    """A SQLite file for the central tables, on the sound SQLite that apsw brings."""
    pragmas = {"journal_mode": "wal", "synchronous": "normal", "foreign_keys": 1, "busy_timeout": 10_000}
    make: Callable[..., peewee.Database] = APSWDatabase
    return make(str(path), pragmas=pragmas)


def create_central_tables(database: peewee.Database) -> None:
    """Make the tables that are missing."""
    create_tables(database, CENTRAL_TABLES)


def create_tables(database: peewee.Database, tables: Sequence[type[peewee.Model]]) -> None:
    """Make those of the tables that are missing; on a server with InnoDB and our collation, whatever its own are."""
    with database.bind_ctx(tables, bind_refs=False, bind_backrefs=False):
        if not isinstance(database, peewee.MySQLDatabase):
            database.create_tables(tables, safe=True)
            return
        there = set(database.get_tables())
        for table in tables:
            _create_on_server(database, table, there)


def _create_on_server(database: Any, table: Any, there: set[str]) -> None:
    """A table and its indexes; either may be there from an attempt that was cut short."""
    name, run = table._meta.table_name, database.execute_sql
    if name not in there:
        sql, values = table._schema._create_table().query()
        run(f"{sql} ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE {COLLATION}", values)
    known = {index.name for index in database.get_indexes(name)}
    for index in table._meta.fields_to_index():
        if index._name not in known:
            run(*table._schema._create_index(index, safe=False).query())
