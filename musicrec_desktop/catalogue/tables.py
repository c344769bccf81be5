"""The local tables, for writing queries. `migrations.py` makes them; a test holds the two together.

No table knows its database: every query is handed one when it is executed.
"""

import os
from typing import Any

from peewee import BlobField, FloatField, ForeignKeyField, IntegerField, Model, TextField


class PathField(TextField):
    """An absolute path: text, or its raw bytes where the name is not valid Unicode."""

    def db_value(self, value: Any) -> str | bytes | None:
        return None if value is None else stored_path(value)

    def python_value(self, value: Any) -> Any:
        return os.fsdecode(value) if isinstance(value, bytes) else value


def stored_path(path: "os.PathLike[str] | str") -> str | bytes:
    """What the column holds for this path."""
    text = os.fspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


class Tracks(Model):
    """One row per recording. `track_id` never changes; `path` follows the file."""

    id = IntegerField(primary_key=True)
    track_id = TextField(unique=True)
    path = PathField(unique=True, null=True)
    size = IntegerField()
    mtime_ns = IntegerField()
    content_hash = TextField(index=True)
    title = TextField()
    artist = TextField()
    album = TextField()
    duration_s = FloatField()
    level_db = FloatField()
    source = TextField()
    fingerprint = TextField(index=True)
    summary = TextField()  # JSON
    sound_print = BlobField()  # sealed uint8
    added_s = FloatField()  # seconds since 1970

    class Meta:
        table_name = "tracks"


class Copies(Model):
    """Further files with the content of a track, so that they need not be read again."""

    path = PathField(primary_key=True)
    size = IntegerField()
    mtime_ns = IntegerField()
    track = ForeignKeyField(Tracks, on_delete="CASCADE", column_name="track", backref="+")

    class Meta:
        table_name = "copies"


class Passages(Model):
    """Passage starts (sealed float32) and statistics (sealed float16, row by row) of one track."""

    track = ForeignKeyField(Tracks, primary_key=True, on_delete="CASCADE", column_name="track", backref="+")
    starts = BlobField()
    statistics = BlobField()

    class Meta:
        table_name = "passages"


class Sequences(Model):
    """The MFCC sequence of one track: its packed steps (int8 values in old rows), sealed float32 scales."""

    track = ForeignKeyField(Tracks, primary_key=True, on_delete="CASCADE", column_name="track", backref="+")
    rate = FloatField()
    scale = BlobField()
    steps = BlobField()

    class Meta:
        table_name = "sequences"


class Embeddings(Model):
    """What one model says of one track: sealed int8 vectors, float32 scales, float32 mood probabilities."""

    id = IntegerField(primary_key=True)
    model_id = TextField()
    track = ForeignKeyField(Tracks, on_delete="CASCADE", column_name="track", backref="+")
    mood_id = IntegerField()
    mood_probability = FloatField()
    probabilities = BlobField()
    scales = BlobField()
    vectors = BlobField()

    class Meta:
        table_name = "embeddings"


class Facts(Model):
    """Single values: generation, model_id, previous_model_id."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "facts"


TABLES: tuple[type[Model], ...] = (Tracks, Copies, Passages, Sequences, Embeddings, Facts)
