"""The local tables, for writing queries. `migrations.py` makes them; a test holds the two together.

No table knows its database: every query is handed one when it is executed.
"""

import os
from typing import Any

from peewee import BlobField, BooleanField, FloatField, ForeignKeyField, IntegerField, Model, TextField


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


class TrackRows(Model):
    """One row per own song, and one per version of a central song; some cannot be seen. For writing.

    `track_id` never changes; `path` follows the file. The contents since <= c < until hold the row; own songs have
    since 0 and no until.
    """

    id = IntegerField(primary_key=True)
    track_id = TextField()
    since = IntegerField(default=0)
    until = IntegerField(null=True)
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
    digest = TextField(null=True)  # of a central song: core.central.CentralTrack.digest
    preview = TextField(null=True)
    preview_start_s = FloatField(null=True)
    x = FloatField(null=True)
    y = FloatField(null=True)

    class Meta:
        table_name = "track_rows"
        indexes = ((("track_id", "since"), True),)


class Tracks(TrackRows):
    """What can be seen now: own songs, and central ones of the content in use. For reading."""

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


class Contents(Model):
    """A content of the central catalogue that is held, staged or leaving, by the number it has here.

    The columns from `catalogue_id` on are those of core.central.Release.
    """

    local = IntegerField(primary_key=True)
    state = TextField()  # staging, held, leaving
    whole = BooleanField()  # staged from the beginning
    after = IntegerField()  # else from the changes to this one of the central catalogue
    reached = TextField()  # the last track staged
    gone_reached = TextField()
    complete = BooleanField()  # nothing more is to come
    catalogue_id = TextField()
    number = IntegerField()
    content = IntegerField()
    model_id = TextField()
    fingerprint = TextField()
    n_tracks = IntegerField()
    digest = TextField()
    published_at = TextField()
    previews_at = TextField()
    note = TextField()

    class Meta:
        table_name = "contents"


class Models(Model):
    """Models that came with a content, as bytes; `model_id` is the sha256 of the network."""

    model_id = TextField(primary_key=True)
    network = BlobField()
    card = BlobField()
    card_sha256 = TextField()

    class Meta:
        table_name = "models"


class Damage(Model):
    """Rows of `track_rows` of which something was found damaged: to be analysed, or fetched, again."""

    track = ForeignKeyField(Tracks, primary_key=True, on_delete="CASCADE", column_name="track", backref="+")

    class Meta:
        table_name = "damage"


class Shown(Model):
    """One row: which rows of `track_rows` can be seen, since low <= since <= high."""

    low = IntegerField()
    high = IntegerField()

    class Meta:
        table_name = "shown"
        primary_key = False


class Facts(Model):
    """Single values: generation, model_id, previous_model_id, content, content_before, search."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "facts"


TABLES: tuple[type[Model], ...] = (
    TrackRows,
    Tracks,
    Copies,
    Passages,
    Sequences,
    Embeddings,
    Contents,
    Models,
    Damage,
    Shown,
    Facts,
)
