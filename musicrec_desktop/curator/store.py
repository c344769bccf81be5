"""The curator's only access to the central tables: our types in and out, rows stay inside."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import peewee
from numpy.typing import NDArray

from musicrec_desktop.catalogue.central_tables import (
    CENTRAL_TABLES,
    ArtefactPieceRow,
    ArtefactRow,
    FactRow,
    FailureRow,
    MoodRow,
    PartRow,
    RenditionRow,
    SongClusterRow,
    SongRow,
    central_sqlite,
)
from musicrec_desktop.core.types import Floats, MfccSequence, Mood, TrackAnalysis
from musicrec_desktop.curator import schema, sounds
from musicrec_desktop.curator.errors import StepMissing, StoredDamaged
from musicrec_desktop.curator.sources import SongSource, file_state, path_key
from musicrec_desktop.sync.link import server_of, translated, usable

RenditionKind = Literal["clean", "twin", "take", "mic_take"]
Step = Literal["embed", "calibrate", "cluster", "moods", "train", "evaluate"]
STEPS: tuple[Step, ...] = ("embed", "calibrate", "cluster", "moods", "train", "evaluate")
_ARTEFACT_OF: Mapping[str, Step] = {"projection": "embed", "head": "train", "trees": "train"}
_SONG_FIELDS = tuple(field.name for field in fields(SongSource))
_MOOD_TEXTS = tuple(field.name for field in fields(Mood) if field.name not in ("id", "key", "movement"))
SOUND_PRINT = (12, 14)  # rows and columns of its picture
_SONGS_PER_QUERY = 500  # a query takes only so many values
PIECE_BYTES = 4 << 20  # servers take 16 MB in one go by default, and a byte is sent as two letters


@dataclass(frozen=True, slots=True)
class Rendition:
    """Passage statistics of one way to hear a part."""

    kind: RenditionKind
    number: int
    starts_s: Floats  # (n_passages,)
    statistics: Floats  # (n_passages, n_statistics)


@dataclass(frozen=True, slots=True)
class AnalysedPart:
    """Everything that is kept of one file of a song."""

    number: int
    file_size: int
    file_mtime_ns: int
    analysis: TrackAnalysis
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    path: str
    reason: str
    detail: str
    folder: str | None = None  # unknown in older lists
    state: str | None = None  # of the files when it failed


@dataclass(frozen=True, slots=True)
class Passages:
    """Passage statistics of many songs, one row each, with where every row comes from."""

    statistics: Floats  # (n, n_statistics)
    songs: NDArray[np.int64]  # (n,) song ids
    parts: NDArray[np.int64]  # (n,) 0 the song itself, 1 another part
    numbers: NDArray[np.int64]  # (n,) which twin or take
    starts_s: Floats  # (n,)

    def of(self, rows: NDArray[Any]) -> "Passages":
        """The rows that a mask or an index chooses."""
        return Passages(*(getattr(self, field.name)[rows] for field in fields(self)))

    @classmethod
    def together(cls, several: Sequence["Passages"]) -> "Passages":
        return cls(*(np.concatenate([getattr(one, field.name) for one in several]) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A song's cluster and its place on the map."""

    song_id: int
    cluster: int
    x: float
    y: float


class CentralStore:
    """Questions and changes to one central database, a server's or a file; one curator, one thread.

    A server's errors are SyncErrors. A link that broke is made again with the next question; what was in a
    transaction then is as if it had not been.
    """

    def __init__(self, database: peewee.Database) -> None:
        self._database = database
        self._server = server_of(database)
        with self._session():
            self.catalogue_id = schema.migrate(database, server=self._server)

    @classmethod
    def in_folder(cls, work: Path) -> "CentralStore":
        """The central tables in a file of the curator's work folder, which is made when missing."""
        work.mkdir(parents=True, exist_ok=True)
        return cls(central_sqlite(work / "central.db"))

    @property
    def database(self) -> peewee.Database:
        """For what stands beside the curator's own tables."""
        return self._database

    # -- songs and their analysis

    def unchanged(self, songs: Collection[SongSource], *, fingerprint: str, recipe: str) -> set[str]:
        """Paths of those songs that this extractor and recipe analysed, and whose files are still the same."""
        columns = (SongRow.path_key, PartRow.number, PartRow.fingerprint, PartRow.recipe)
        wanted = SongRow.path_key.in_([song.path_key for song in songs])
        known: dict[str, dict[int, tuple[Any, ...]]] = {}
        with self._session():
            query = PartRow.select(*columns, PartRow.file_size, PartRow.file_mtime_ns).join(SongRow).where(wanted)
            for key, number, *made_of in _tuples(query):
                known.setdefault(key, {})[number] = tuple(made_of)

        def current(song: SongSource) -> dict[int, tuple[Any, ...]]:
            states = (file_state(song.folder / name) or (None,) for name in song.parts)
            return {number: (fingerprint, recipe, *state) for number, state in enumerate(states)}

        return {song.path for song in songs if song.path_key in known and known[song.path_key] == current(song)}

    def save_songs(self, batch: Iterable[tuple[SongSource, Sequence[AnalysedPart]]], *, recipe: str) -> None:
        """Put songs with all their parts in the place of what was known of them, all in one transaction."""
        with self._session(), self._database.atomic():
            for song, parts in batch:
                song_id = self._saved_song(song)
                PartRow.delete().where(PartRow.song == song_id).execute()
                for part in parts:
                    part_id = PartRow.insert(song=song_id, recipe=recipe, **_part_values(part)).execute()
                    rows = [{"part": part_id, **_rendition_values(rendition)} for rendition in part.renditions]
                    for some in _sendable(rows):
                        RenditionRow.insert_many(some).execute()
                _save_sound(song_id, parts)
                FailureRow.delete().where(FailureRow.path_key == song.path_key).execute()

    def save_song(self, song: SongSource, parts: Sequence[AnalysedPart], *, recipe: str) -> None:
        self.save_songs([(song, parts)], recipe=recipe)

    def save_failure(self, song: SongSource, *, reason: str, detail: str, state: str = "") -> None:
        """List a song as failed in place of what was known of it; `state` is that of its files at the time."""
        values = {"path_key": song.path_key, "path": song.path, "folder": str(song.folder), "state": state}
        with self._session(), self._database.atomic():
            SongRow.delete().where(SongRow.path_key == song.path_key).execute()
            FailureRow.insert(**values, reason=reason, detail=detail).on_conflict_replace().execute()

    def forget_failures(self, paths: Collection[str]) -> None:
        """Take songs off the list of what failed."""
        with self._session(), self._database.atomic():
            for path in paths:
                FailureRow.delete().where(FailureRow.path_key == path_key(path)).execute()

    def remove(self, songs: Collection[SongSource]) -> None:
        """These songs leave, with all that was made of them; what failed of them, too."""
        with self._session(), self._database.atomic():
            for song in songs:
                SongRow.delete().where(SongRow.path_key == song.path_key).execute()
                FailureRow.delete().where(FailureRow.path_key == song.path_key).execute()

    def failures(self) -> list[Failure]:
        """What failed, in order of path."""
        columns = (getattr(FailureRow, field.name) for field in fields(Failure))
        with self._session():
            return [Failure(*row) for row in _tuples(FailureRow.select(*columns).order_by(FailureRow.path))]

    def songs(self) -> dict[int, SongSource]:
        """Every analysed song by its id, in order of path."""
        with self._session():
            rows = sorted(SongRow.select(), key=lambda row: row.path)
            return {row.song_id: _song(row) for row in rows}

    def made_by(self, songs: Collection[int]) -> set[tuple[str, str]]:
        """Fingerprint and recipe of every part of the songs; more than one pair when an analysis is unfinished."""
        wanted = set(songs)
        with self._session():
            rows = _tuples(PartRow.select(PartRow.song, PartRow.fingerprint, PartRow.recipe))
            return {(fingerprint, recipe) for song, fingerprint, recipe in rows if song in wanted}

    def summaries(self) -> dict[int, Mapping[str, float]]:
        """Of each song, the summary of its first part."""
        with self._session():
            rows = _tuples(PartRow.select(PartRow.song, PartRow.summary).where(PartRow.number == 0))
            return {song_id: json.loads(summary) for song_id, summary in rows}

    def sequences(self, songs: Collection[int]) -> dict[int, MfccSequence]:
        """Of each of the songs, the MFCC sequence of its first part."""
        columns = (PartRow.song, PartRow.sequence, PartRow.sequence_scale, PartRow.sequence_rate)
        found: dict[int, MfccSequence] = {}
        for start in range(0, len(wanted := list(songs)), _SONGS_PER_QUERY):
            some = PartRow.song.in_(wanted[start : start + _SONGS_PER_QUERY])
            with self._session():
                rows = _tuples(PartRow.select(*columns).where((PartRow.number == 0) & some))
            found |= {song: _sequence(values, scale, rate) for song, values, scale, rate in rows}
        return found

    def passages(self, kind: RenditionKind, songs: Collection[int]) -> Passages:
        """All passages of one kind of the given songs, by song path, part, number and time: always the same order."""
        rows = sorted(self._rendition_rows(kind, list(songs)))
        if not rows:
            raise StepMissing(step="analyse")
        lengths = [row.n_passages for row in rows]
        return Passages(
            statistics=np.concatenate([row.statistics for row in rows]),
            songs=np.repeat([row.song_id for row in rows], lengths),
            parts=np.repeat([row.part for row in rows], lengths),
            numbers=np.repeat([row.number for row in rows], lengths),
            starts_s=np.concatenate([row.starts_s for row in rows]),
        )

    def analyses(self, songs: Collection[int]) -> dict[int, TrackAnalysis]:
        """Of each of the songs, the analysis of its first part, as it was saved."""
        found: dict[int, TrackAnalysis] = {}
        for start in range(0, len(wanted := list(songs)), _SONGS_PER_QUERY):
            clean = (RenditionRow.kind == "clean") & (RenditionRow.number == 0) & (PartRow.number == 0)
            some = PartRow.song.in_(wanted[start : start + _SONGS_PER_QUERY])
            with self._session():
                query: Any = RenditionRow.select(RenditionRow, PartRow).join(PartRow).where(clean & some)
                found |= {row.part.song_id: _analysis(row) for row in query}
        return found

    # -- what the steps learn

    def save_artefact(self, name: str, payload: bytes) -> str:
        """Keep bytes under a name; their sha256."""
        sha256 = hashlib.sha256(payload).hexdigest()
        with self._session(), self._database.atomic():
            ArtefactRow.delete().where(ArtefactRow.name == name).execute()
            ArtefactRow.insert(name=name, sha256=sha256, payload=payload[:PIECE_BYTES]).execute()
            for start in range(PIECE_BYTES, len(payload), PIECE_BYTES):
                piece = {"number": start // PIECE_BYTES, "payload": payload[start : start + PIECE_BYTES]}
                ArtefactPieceRow.insert(artefact=name, **piece).execute()
        return sha256

    def artefact(self, name: str) -> bytes:
        """The bytes kept under a name; raise StepMissing or, when they changed on the disk, StoredDamaged."""
        with self._session():
            row = ArtefactRow.get_or_none(ArtefactRow.name == name)
            further = ArtefactPieceRow.select(ArtefactPieceRow.number).where(ArtefactPieceRow.artefact == name)
            numbers = [number for (number,) in _tuples(further.order_by(ArtefactPieceRow.number))]
            pieces = [bytes(ArtefactPieceRow.get_by_id((name, number)).payload) for number in numbers]
        if row is None:
            raise StepMissing(step=name)
        payload = b"".join([bytes(row.payload), *pieces])
        if hashlib.sha256(payload).hexdigest() != row.sha256:
            raise StoredDamaged(name=name)
        return payload

    def save_fact(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        with self._session():
            FactRow.insert(name=name, value=text).on_conflict_replace().execute()

    def fact(self, name: str) -> Any:
        """A step's settings and figures; raise StepMissing when it has not run."""
        with self._session():
            row = FactRow.get_or_none(FactRow.name == name)
        if row is None:
            raise StepMissing(step=name)
        return json.loads(row.value)

    def fact_or(self, name: str, default: Any) -> Any:
        """A step's facts, or the default when it has not run."""
        try:
            return self.fact(name)
        except StepMissing:
            return default

    def forget_from(self, step: Step) -> None:
        """Drop what this step and the later ones made of older input; the moods' words stay."""
        stale = STEPS[STEPS.index(step) :]
        with self._session(), self._database.atomic():
            FactRow.delete().where(FactRow.name.in_(stale)).execute()
            learnt = [name for name, maker in _ARTEFACT_OF.items() if maker in stale]
            ArtefactRow.delete().where(ArtefactRow.name.in_(learnt)).execute()
            if "cluster" in stale:
                SongClusterRow.delete().execute()
                sounds.note_clusters([])
            if "moods" in stale:
                MoodRow.update(cluster=None).execute()
                sounds.note_moods()

    def save_clusters(self, placed: Sequence[Placed]) -> None:
        rows = [{"song": one.song_id, "cluster": one.cluster, "x": one.x, "y": one.y} for one in placed]
        with self._session(), self._database.atomic():
            SongClusterRow.delete().execute()
            for start in range(0, len(rows), 500):
                SongClusterRow.insert_many(rows[start : start + 500]).execute()
            sounds.note_clusters([(one.song_id, one.cluster) for one in placed])

    def clusters(self) -> dict[int, Placed]:
        """Each clustered song's place, by song id."""
        with self._session():
            columns = (SongClusterRow.song, SongClusterRow.cluster, SongClusterRow.x, SongClusterRow.y)
            return {row[0]: Placed(*row) for row in _tuples(SongClusterRow.select(*columns))}

    def save_moods(self, moods: Sequence[Mood], cluster_of: Mapping[str, int]) -> None:
        """The ten moods; `cluster_of` maps a mood's key to the cluster it names, where it names one."""
        with self._session(), self._database.atomic():
            MoodRow.delete().execute()
            for mood in moods:
                texts = {name: getattr(mood, name) for name in _MOOD_TEXTS}
                MoodRow.insert(slot=mood.id, mood_key=mood.key, cluster=cluster_of.get(mood.key), **texts).execute()
            sounds.note_moods()

    def moods(self) -> tuple[list[Mood], dict[int, int]]:
        """The moods in order of slot, and the slot of each cluster."""
        with self._session():
            rows = list(MoodRow.select().order_by(MoodRow.slot))
        return [_mood(row) for row in rows], {row.cluster: row.slot for row in rows if row.cluster is not None}

    def _rendition_rows(self, kind: str, songs: Sequence[int]) -> Iterator["_RenditionOfSong"]:
        for start in range(0, len(songs), _SONGS_PER_QUERY):
            wanted = SongRow.song_id.in_(songs[start : start + _SONGS_PER_QUERY])
            with self._session():
                query = RenditionRow.select(RenditionRow, PartRow, SongRow.song_id, SongRow.path)
                found = list(query.join(PartRow).join(SongRow).where((RenditionRow.kind == kind) & wanted))
            yield from (_rendition_of_song(row) for row in found)

    @contextmanager
    def _session(self) -> Iterator[None]:
        """The tables bound to this database, connected; nested sessions share the connection.

        A file is closed at the end; the way to a server stays open, and is looked at before it is used again.
        """
        with self._database.bind_ctx(CENTRAL_TABLES, bind_refs=False, bind_backrefs=False):
            if isinstance(self._database, peewee.MySQLDatabase):
                with translated(self._server):
                    usable(self._database)
                    yield
            elif not self._database.is_closed():
                yield
            else:
                with self._database.connection_context():
                    yield

    def _saved_song(self, song: SongSource) -> int:
        values = {name: getattr(song, name) for name in _SONG_FIELDS} | {"folder": str(song.folder)}
        known = SongRow.get_or_none(SongRow.path_key == song.path_key)
        if known is None:
            return int(SongRow.insert(path_key=song.path_key, **values).execute())
        SongRow.update(**values).where(SongRow.song_id == known.song_id).execute()
        return int(known.song_id)


def _tuples(query: Any) -> list[tuple[Any, ...]]:
    return list(query.tuples())


def _sendable(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in batches that a server takes in one go."""
    batch: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        n_bytes = sum(len(value) for value in row.values() if isinstance(value, bytes))
        if batch and size + n_bytes > PIECE_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += n_bytes
    if batch:
        yield batch


def _save_sound(song_id: int, parts: Sequence[AnalysedPart]) -> None:
    for part in parts:
        if part.number == 0:
            analysis = part.analysis
            sounds.save_sound(song_id, analysis.summary, duration_s=analysis.duration_s, level_db=analysis.level_db)


class _RenditionOfSong(NamedTuple):
    """A rendition with whose it is; the first fields are the order of reading."""

    path: str
    part: int
    number: int
    song_id: int
    n_passages: int
    starts_s: Floats
    statistics: Floats


def _rendition_of_song(row: RenditionRow) -> _RenditionOfSong:
    return _RenditionOfSong(
        path=row.part.song.path,
        part=row.part.number,
        number=row.number,
        song_id=row.part.song.song_id,
        n_passages=row.n_passages,
        starts_s=_floats(row.starts_s),
        statistics=_floats(row.statistics).reshape(-1, row.n_statistics),
    )


def _mood(row: MoodRow) -> Mood:
    return Mood(id=row.slot, key=row.mood_key, **{name: getattr(row, name) for name in _MOOD_TEXTS})


def _song(row: SongRow) -> SongSource:
    values = {name: getattr(row, name) for name in _SONG_FIELDS}
    return SongSource(**values | {"folder": Path(row.folder)})


def _part_values(part: AnalysedPart) -> dict[str, object]:
    analysis = part.analysis
    return {
        "number": part.number,
        "fingerprint": analysis.fingerprint,
        "file_size": part.file_size,
        "file_mtime_ns": part.file_mtime_ns,
        "duration_s": analysis.duration_s,
        "level_db": analysis.level_db,
        "summary": json.dumps(dict(analysis.summary), sort_keys=True),
        "sequence": analysis.sequence.values.tobytes(),
        "sequence_scale": analysis.sequence.scale.tobytes(),
        "sequence_rate": analysis.sequence.rate,
        "sound_print": analysis.sound_print.tobytes(),
    }


def _rendition_values(rendition: Rendition) -> dict[str, object]:
    n_passages, n_statistics = rendition.statistics.shape
    return {
        "kind": rendition.kind,
        "number": rendition.number,
        "n_passages": n_passages,
        "n_statistics": n_statistics,
        "starts_s": rendition.starts_s.astype("<f4").tobytes(),
        "statistics": rendition.statistics.astype("<f4").tobytes(),
    }


def _analysis(row: Any) -> TrackAnalysis:
    part = row.part
    return TrackAnalysis(
        fingerprint=part.fingerprint,
        duration_s=part.duration_s,
        level_db=part.level_db,
        passage_starts_s=_floats(row.starts_s),
        statistics=_floats(row.statistics).reshape(-1, row.n_statistics),
        sequence=_sequence(part.sequence, part.sequence_scale, part.sequence_rate),
        summary=json.loads(part.summary),
        sound_print=np.frombuffer(part.sound_print, dtype=np.uint8).reshape(SOUND_PRINT),
    )


def _sequence(values: bytes, scale: bytes, rate: float) -> MfccSequence:
    steps = np.frombuffer(values, dtype=np.int8).reshape(-1, len(_floats(scale)))
    return MfccSequence(steps, _floats(scale), rate)


def _floats(blob: bytes) -> Floats:
    return np.frombuffer(blob, dtype="<f4").astype(np.float32)
