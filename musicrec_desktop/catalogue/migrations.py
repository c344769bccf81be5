"""Numbered steps from an empty file to the present schema.

Each step and its number are one transaction; before the first step a whole copy of the file is put beside it.
Steps are history: never change one that was released, add the next.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.tables import TABLES
from musicrec_desktop.core.errors import CatalogueDamaged, SchemaTooNew

APPLICATION_ID = 0x4D524543  # "MREC", in the file's header: this is a catalogue

_FIRST = """
CREATE TABLE tracks (
    id INTEGER PRIMARY KEY,
    track_id TEXT NOT NULL UNIQUE,
    path UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    artist TEXT NOT NULL,
    album TEXT NOT NULL,
    duration_s REAL NOT NULL,
    level_db REAL NOT NULL,
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    summary TEXT NOT NULL,
    sound_print BLOB NOT NULL,
    added_s REAL NOT NULL
);
CREATE INDEX tracks_content ON tracks (content_hash);
CREATE INDEX tracks_fingerprint ON tracks (fingerprint);
CREATE TABLE copies (
    path PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    track INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE
);
CREATE INDEX copies_track ON copies (track);
CREATE TABLE passages (
    track INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
    starts BLOB NOT NULL,
    statistics BLOB NOT NULL
);
CREATE TABLE sequences (
    track INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
    rate REAL NOT NULL,
    scale BLOB NOT NULL,
    steps BLOB NOT NULL
);
CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY,
    model_id TEXT NOT NULL,
    track INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
    mood_id INTEGER NOT NULL,
    mood_probability REAL NOT NULL,
    probabilities BLOB NOT NULL,
    scales BLOB NOT NULL,
    vectors BLOB NOT NULL,
    UNIQUE (model_id, track)
);
CREATE INDEX embeddings_mood ON embeddings (model_id, mood_id, mood_probability);
CREATE INDEX embeddings_track ON embeddings (track);
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO facts VALUES ('generation', '0');
CREATE VIRTUAL TABLE search USING fts5(title, artist, album, initials, tokenize = 'trigram');
"""

# The texts are searched in memory; `changed` is the generation in which a row got its text.
_TEXTS = """
DROP TABLE search;
CREATE TABLE search (
    track INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
    changed INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX search_changed ON search (changed);
INSERT INTO search SELECT id, 0, search_text(title, artist, album) FROM tracks;
"""

# Songs of the central catalogue beside the listener's own: `tracks` becomes what can be seen of `track_rows`.
# A row can be seen in contents since <= c < until. Own songs have since 0 and no until; contents count from 1.
_COLUMNS = """id, track_id, path, size, mtime_ns, content_hash, title, artist, album, duration_s, level_db, source,
fingerprint, summary, sound_print, added_s"""
_CONTENTS = f"""
ALTER TABLE tracks RENAME TO track_rows;
CREATE TABLE renewed (
    id INTEGER PRIMARY KEY,
    track_id TEXT NOT NULL,
    since INTEGER NOT NULL DEFAULT 0,
    until INTEGER,
    path UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    artist TEXT NOT NULL,
    album TEXT NOT NULL,
    duration_s REAL NOT NULL,
    level_db REAL NOT NULL,
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    summary TEXT NOT NULL,
    sound_print BLOB NOT NULL,
    added_s REAL NOT NULL,
    digest TEXT,
    preview TEXT,
    preview_start_s REAL,
    x REAL,
    y REAL,
    UNIQUE (track_id, since)
);
INSERT INTO renewed ({_COLUMNS}) SELECT {_COLUMNS} FROM track_rows;
DROP TABLE track_rows;
ALTER TABLE renewed RENAME TO track_rows;
CREATE INDEX track_rows_content ON track_rows (content_hash);
CREATE INDEX track_rows_fingerprint ON track_rows (fingerprint, since, until);
CREATE INDEX track_rows_since ON track_rows (since, until);
DROP INDEX embeddings_track;
CREATE INDEX embeddings_of_track ON embeddings (track, model_id, mood_id);
CREATE TABLE shown (low INTEGER NOT NULL, high INTEGER NOT NULL);
INSERT INTO shown VALUES (0, 0);
CREATE VIEW tracks AS SELECT * FROM track_rows
WHERE +since >= (SELECT low FROM shown) AND +since <= (SELECT high FROM shown)
AND (until IS NULL OR until > (SELECT high FROM shown));
CREATE TABLE contents (
    local INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    whole INTEGER NOT NULL,
    after INTEGER NOT NULL,
    reached TEXT NOT NULL,
    gone_reached TEXT NOT NULL,
    complete INTEGER NOT NULL,
    catalogue_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    content INTEGER NOT NULL,
    model_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    n_tracks INTEGER NOT NULL,
    digest TEXT NOT NULL,
    published_at TEXT NOT NULL,
    previews_at TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE models (
    model_id TEXT PRIMARY KEY,
    network BLOB NOT NULL,
    card BLOB NOT NULL,
    card_sha256 TEXT NOT NULL
);
CREATE TABLE damage (track INTEGER PRIMARY KEY REFERENCES track_rows (id) ON DELETE CASCADE);
"""

STEPS: tuple[str, ...] = (_FIRST, _TEXTS, _CONTENTS)


def migrate(database: CatalogueDatabase, path: Path, steps: Sequence[str] = STEPS) -> None:
    """Bring the file to the newest schema. The caller holds the writers' lock.

    Raises SchemaTooNew for a file of a later program, CatalogueDamaged for a database that is not a catalogue.
    """
    version = checked_version(database, path, known=len(steps))
    if version == len(steps):
        return
    database.add_function("search_text", search_text, 3)
    if version:
        _back_up(database, path, version)
    else:
        database.prepare_new_file()
    with _unguarded_references(database):
        for number, step in enumerate(steps[version:], start=version + 1):
            with database.atomic("IMMEDIATE"):
                database.run(step)
                if version and (lost := database.run("PRAGMA foreign_key_check")):
                    raise CatalogueDamaged(path=path, detail=f"{len(lost)} rows of {lost[0][0]} belong to nothing")
                database.run(f"PRAGMA user_version = {number}")
                database.run(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def _unguarded_references(database: CatalogueDatabase) -> Iterator[None]:
    """A table may be dropped and made anew without taking what refers to it along; outside any transaction."""
    database.run("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        database.run("PRAGMA foreign_keys = ON")


def checked_version(database: CatalogueDatabase, path: Path, *, known: int = len(STEPS)) -> int:
    """The file's schema number, 0 for a new file."""
    version, application_id = _pragma(database, "user_version"), _pragma(database, "application_id")
    n_tables = database.run("SELECT count(*) FROM sqlite_master")[0][0]
    if n_tables and application_id != APPLICATION_ID:
        raise CatalogueDamaged(path=path, detail="this database is not a catalogue")
    if n_tables and not version:
        raise CatalogueDamaged(path=path, detail="it has tables and no version")
    if version > known:
        raise SchemaTooNew(path=path, found=version, known=known)
    return version


def check_whole(database: CatalogueDatabase, path: Path) -> None:
    """Raise CatalogueDamaged unless a file of the newest schema has all that every question relies on."""
    names = {name for (name,) in database.run("SELECT name FROM sqlite_master")}
    wanted = {"search", *(str(table._meta.table_name) for table in TABLES)}
    if missing := sorted(wanted - names):
        raise CatalogueDamaged(path=path, detail=f"{missing[0]} is missing")
    single = "SELECT (SELECT count(*) FROM shown) + (SELECT count(*) FROM facts WHERE key = 'generation')"
    if database.run(single) != [(2,)]:
        raise CatalogueDamaged(path=path, detail="generation, or what is shown, is missing")


# On a connection to a file of an older schema that may not be changed.
OLD_ROWS = """
CREATE TEMP VIEW track_rows AS SELECT *, 0 AS since, NULL AS until FROM main.tracks;
CREATE TEMP VIEW damage AS SELECT NULL AS track WHERE 0;
"""


def backup_file(path: Path, version: int) -> Path:
    """Where the copy from before a migration is kept."""
    return path.with_name(f"{path.name}.schema-{version}")


def _back_up(database: CatalogueDatabase, path: Path, version: int) -> None:
    whole, partial = backup_file(path, version), backup_file(path, version).with_suffix(".partial")
    partial.unlink(missing_ok=True)
    database.run("VACUUM INTO ?", (str(partial),))
    partial.replace(whole)


def _pragma(database: CatalogueDatabase, name: str) -> int:
    return int(database.run(f"PRAGMA {name}")[0][0])
