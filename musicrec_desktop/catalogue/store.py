"""CatalogueStore: questions and changes in our types; rows stay inside."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peewee import fn

from musicrec_desktop.catalogue import packing, reading, writing
from musicrec_desktop.catalogue.central_songs import CentralSongs
from musicrec_desktop.catalogue.codec import (
    FLOAT16,
    FLOAT32,
    SEAL,
    UINT8,
    DamagedBlob,
    restored_sequence,
    rows,
    unsealed,
)
from musicrec_desktop.catalogue.database import translated, writers_lock
from musicrec_desktop.catalogue.file import CatalogueFile
from musicrec_desktop.catalogue.migrations import OLD_ROWS, STEPS, check_whole, checked_version, migrate
from musicrec_desktop.catalogue.search_index import SearchIndex
from musicrec_desktop.catalogue.tables import Damage, Embeddings, Passages, Sequences, TrackRows, Tracks
from musicrec_desktop.catalogue.values import Embedded, FileStamp, KnownFile, ModelRun, embed
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewRef
from musicrec_desktop.core.errors import CatalogueDamaged, UnknownTrack
from musicrec_desktop.core.types import (
    Floats,
    MfccSequence,
    PackedPassages,
    PassageTable,
    Source,
    Tags,
    Track,
    TrackAnalysis,
    TrackId,
)

log = logging.getLogger(__name__)

PACKED_FROM = 2_000  # tracks; fewer are as fast as they are, and small
_AT_ONCE = 500  # ids in one query
_EMBEDDED_AT_ONCE = 100  # tracks in one transaction
_FIRST_SCHEMA_WITH_ROWS = 3
_SMALLEST_PAGE = 512  # bytes, of any SQLite file


class CatalogueStore:
    """One catalogue file. Any thread may ask; changes wait for one another, across processes too.

    `fingerprint` is the program's: tracks that were analysed under another are listed but never matched.
    `songs_in` is the folder that relative paths of tracks start from, in a catalogue that comes with its songs.
    `cache` is where the passages of a large catalogue may be kept ready; None: in memory.
    Raises CatalogueDamaged, SchemaTooNew, CatalogueUnwritable, CatalogueBusy or DiskFull, here and later.
    """

    def __init__(
        self,
        path: Path,
        *,
        fingerprint: str,
        read_only: bool = False,
        songs_in: Path | None = None,
        cache: Path | None = None,
    ) -> None:
        self._path = path
        self._cache = cache
        self._songs_in = songs_in
        self._fingerprint = fingerprint
        self._read_only = read_only
        self._file = CatalogueFile(path, read_only=read_only)
        self._database = self._file.database
        self._index = SearchIndex(self._database)
        self._rows, self._fact, self._change = self._file.rows, self._file.fact, self._file.change
        self.central = CentralSongs(self._file, fingerprint=fingerprint, embed_missing=self.embed_missing)
        with self._file.guarded():
            try:
                self._open()
            except BaseException:
                self._database.close_all()
                raise

    def __enter__(self) -> "CatalogueStore":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def is_demonstration(self) -> bool:
        """Whether these are the songs that come with the program."""
        return self._songs_in is not None

    def is_current(self) -> bool:
        """Whether the file has the newest tables; one that is opened for reading only is left as it was."""
        return checked_version(self._database, self._path) == len(STEPS)

    def close(self) -> None:
        """Close the connections of all threads; nobody may be asking any more."""
        with translated(self._path):
            self._database.close_all()

    def check(self, *, within_s: float | None = None) -> bool:
        """Read the whole file; raise CatalogueDamaged for a fault that SQLite finds. False: there was not the time."""
        with self._file.guarded():
            found = self._database.faults(within_s)
            if found:
                raise CatalogueDamaged(path=self._path, detail=found[0].splitlines()[-1])
        return found is not None

    # Questions about tracks

    def snapshot(self) -> AbstractContextManager[None]:
        """All that this thread asks within is of one state of the catalogue: one content, whatever comes meanwhile."""
        return self._file.snapshot()

    def generation(self) -> int:
        """A counter that every change raises."""
        return int(self._fact("generation") or 0)

    def count(self) -> int:
        return int(self._rows(Tracks.select(fn.COUNT(Tracks.id)).tuples())[0][0])

    def is_empty(self) -> bool:
        """Whether there is no track; sooner said than how many there are."""
        return not self._rows(Tracks.select(Tracks.id).limit(1).tuples())

    def stale_count(self) -> int:
        """Own tracks of another feature fingerprint: the next import analyses their files again."""
        own = reading.beside_the_index(TrackRows.since) == 0
        query = TrackRows.select(fn.COUNT(TrackRows.id)).where(own, TrackRows.fingerprint != self._fingerprint)
        return int(self._rows(query.tuples())[0][0])

    def tracks(self) -> list[Track]:
        """All tracks, in the order in which they were added."""
        return [reading.as_track(row, self._songs_in) for row in self._rows(reading.track_query().order_by(Tracks.id))]

    def track(self, track_id: TrackId) -> Track:
        """Raises UnknownTrack."""
        found = self.tracks_by_id([track_id])
        if not found:
            raise UnknownTrack(track_id=track_id)
        return found[track_id]

    def tracks_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, Track]:
        """These tracks; unknown ids are left out."""
        found: dict[TrackId, Track] = {}
        for some in _parts(track_ids):
            for row in self._rows(reading.track_query().where(Tracks.track_id.in_(some))):
                found[row[0]] = reading.as_track(row, self._songs_in)
        return found

    def search(self, text: str, limit: int = 50) -> list[Track]:
        """Tracks whose title, artist or album contain every word of `text`, the closest titles first.

        If there is none: those that the same keys write on the other keyboard layout, then those one slip away.
        """
        if limit <= 0:
            return []
        with self._file.guarded():
            return self._tracks_of(self._index.search(text, limit))

    def nearest(self, text: str) -> str | None:
        """The title or artist that is spelt most like `text`; None when nothing is much like it."""
        with self._file.guarded():
            found = self._index.nearest(text)
            tracks = self._tracks_of([found[0]]) if found else []
        return (tracks[0].artist if found and found[1] else tracks[0].title) if tracks else None

    def mood_tracks(self, mood_id: int, *, limit: int, model_id: str) -> list[tuple[Track, float]]:
        """The tracks of a mood with their probability 0..1, highest first."""
        if limit <= 0:
            return []
        query = (
            Embeddings.select(Tracks.track_id, Embeddings.mood_probability)
            .join(Tracks)
            .where((Embeddings.model_id == model_id) & (Embeddings.mood_id == mood_id), *self._usable())
            .order_by(Embeddings.mood_probability.desc(), Tracks.track_id)
            .limit(limit)
        )
        ranked = self._rows(query.tuples())
        found = self.tracks_by_id([row[0] for row in ranked])
        return [(found[track_id], probability) for track_id, probability in ranked if track_id in found]

    def mood_counts(self, model_id: str) -> dict[int, int]:
        """How many tracks each mood has; moods without a track are left out."""
        usable = Tracks.select(Tracks.id).where(Tracks.fingerprint == self._fingerprint)
        query = (
            Embeddings.select(Embeddings.mood_id, fn.COUNT(Embeddings.id))
            .where(reading.beside_the_index(Embeddings.model_id) == model_id, Embeddings.track.in_(usable))
            .group_by(Embeddings.mood_id)
        )
        return {mood_id: n for mood_id, n in self._rows(query.tuples())}

    def sound_print(self, track_id: TrackId) -> NDArray[np.uint8] | None:
        """The small picture (12, 14) of a track's sound; None for an unknown track, or where it is damaged."""
        found = self._rows(Tracks.select(Tracks.id, Tracks.sound_print).where(Tracks.track_id == track_id).tuples())
        return self._sound(found, lambda blob: rows(unsealed([blob], UINT8), 12)).get(found[0][0]) if found else None

    def preview_of(self, track_id: TrackId) -> PreviewRef | None:
        """Which preview a central song has; None for own songs, and those without one."""
        columns = (Tracks.preview, Tracks.preview_start_s)
        found = self._rows(Tracks.select(*columns).where(Tracks.track_id == track_id).tuples())
        return PreviewRef(found[0][0], found[0][1] or 0.0) if found and found[0][0] else None

    def previews(self) -> list[str]:
        """The sha256 of every preview that songs here have, each once."""
        query = Tracks.select(Tracks.preview).where(Tracks.preview != "").distinct()
        return [name for (name,) in self._rows(query.tuples()) if name]

    def summary(self, track_id: TrackId) -> Mapping[str, float]:
        """Mean and deviation of the eight families over the whole track; raises UnknownTrack."""
        found = self._rows(Tracks.select(Tracks.summary).where(Tracks.track_id == track_id).tuples())
        if not found:
            raise UnknownTrack(track_id=track_id)
        return MappingProxyType(json.loads(found[0][0]))

    # Questions about sound

    def passages(self, model_id: str) -> PassageTable:
        """Every passage embedded under this model, in the order of the tracks' ids; damaged ones are left out."""
        generation = self.generation()
        found = self._rows(reading.passage_query(model_id, self._fingerprint))
        try:
            return reading.as_passage_table(model_id, generation, found)
        except DamagedBlob:
            good, bad = reading.sifted(found)
            self._file.mark_damaged(bad)
            return reading.as_passage_table(model_id, generation, good)

    def packed(self, model_id: str) -> PackedPassages | None:
        """The passages of a large catalogue, a byte a number and out of mapped files; None for one that is small."""
        passages = reading.passage_query(model_id, self._fingerprint)
        if self._rows(passages.order_by().select(fn.COUNT(Embeddings.id)))[0][0] < PACKED_FROM:
            return None
        damaged: list[int] = []
        with self._file.guarded(), self._database.atomic("DEFERRED"):  # one state of the file for all that is read
            try:
                found = self._packed(model_id)
            except DamagedBlob:
                damaged = reading.damaged_rows(self._database, model_id, self._fingerprint)
                found = self._packed(model_id, without=damaged)
        self._file.mark_damaged(damaged)
        return found

    def sequences(self, track_ids: Sequence[TrackId]) -> dict[TrackId, MfccSequence]:
        """The MFCC sequences of these tracks; unknown ids and damaged ones are left out."""
        columns = (Tracks.id, Tracks.track_id, Sequences.steps, Sequences.scale, Sequences.rate)
        found: list[Any] = []
        for some in _parts(track_ids):
            query = Sequences.select(*columns).join(Tracks).where(Tracks.track_id.in_(some), *self._usable())
            found.extend(self._rows(query.tuples()))
        return self._sound_by_id(found, restored_sequence)

    def statistics(self, track_id: TrackId) -> tuple[Floats, Floats]:
        """Passage starts in seconds (n,) and statistics (n, n_statistics); raises UnknownTrack, of a damaged one too.

        A song may have come with its embeddings alone: (n, 0).
        """
        found = self.statistics_by_id([track_id])
        if track_id not in found:
            raise UnknownTrack(track_id=track_id)
        return found[track_id]

    def statistics_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, tuple[Floats, Floats]]:
        """As `statistics`, of several tracks; unknown ids and damaged ones are left out."""
        found: list[Any] = []
        for some in _parts(track_ids):
            query = Passages.select(Tracks.id, Tracks.track_id, Passages.starts, Passages.statistics).join(Tracks)
            found.extend(self._rows(query.where(Tracks.track_id.in_(some), *self._usable()).tuples()))
        return self._sound_by_id(found, _starts_and_statistics)

    # Questions about files

    def known_files(self) -> dict[Path, KnownFile]:
        """Every file the catalogue has met, by its path."""
        found = [*self._rows(reading.known_files_query()), *self._rows(reading.known_copies_query())]
        return {file.path: file for file in map(reading.as_known_file, found) if file.path is not None}

    def by_content(self, content_hash: str) -> KnownFile | None:
        """The own track with this very content."""
        of_content = reading.known_files_query().where(TrackRows.content_hash == content_hash)
        query = of_content.order_by(TrackRows.id).limit(1)
        found = self._rows(query)
        return reading.as_known_file(found[0]) if found else None

    # Changes

    def add(
        self,
        path: Path | None,
        stamp: FileStamp,
        tags: Tags,
        analysis: TrackAnalysis,
        embedded: Embedded | None,
        *,
        source: Source = "own",
    ) -> TrackId:
        """Add a track, or replace what is known of the one at this path, which keeps its id.

        `embedded` must come from `codec.as_stored(analysis.statistics)`; None leaves it to `embed_missing`.
        """
        entry = writing.Entry(path, stamp, tags, analysis, embedded, source)
        with self._change():
            return writing.put(self._database, entry)

    def move(self, track_id: TrackId, path: Path, stamp: FileStamp) -> None:
        """The track's file is at another path now."""
        with self._change():
            writing.move(self._database, track_id, path, stamp)

    def add_copy(self, track_id: TrackId, path: Path, stamp: FileStamp) -> None:
        """Another file with the content of this track."""
        with self._change():
            writing.add_copy(self._database, track_id, path, stamp)

    def remove(self, track_ids: Sequence[TrackId]) -> None:
        """These songs leave the catalogue, all of them or none; unknown ids are passed over. No file is touched."""
        with self._change():
            writing.remove(self._database, track_ids)

    def forget_copies(self, paths: Sequence[Path]) -> None:
        """These further files of songs are no longer there."""
        if paths:
            with self._change():
                writing.forget_copies(self._database, paths)

    def model_in_use(self) -> str | None:
        """The id of the model whose moods `Track.mood_id` gives."""
        return self._fact("model_id")

    def embed_missing(self, model_id: str, run: ModelRun, *, token: CancelToken | None = None) -> int:
        """Embed, from stored statistics, every usable track this model has not seen yet; say how many.

        In small transactions, beside the values of other models; may raise Cancelled between them.
        """
        n_done = 0
        while some := self._without_embedding(model_id):
            if token:
                token.check()
            embedded = [(track, embed(model_id, run, statistics)) for track, statistics in some]
            with self._change():
                for track, values in embedded:
                    writing.put_embedding(self._database, track, values)
            n_done += len(some)
        return n_done

    def use_model(self, model_id: str, run: ModelRun, *, token: CancelToken | None = None) -> int:
        """Make this the model in use, after embedding what it misses; the one before it stays for a rollback.

        While a content of the central catalogue is in use, its model stays in use.
        """
        n_embedded = self.embed_missing(model_id, run, token=token)
        if self.model_in_use() != model_id and self.central.in_use() is None:
            with self._change():
                writing.switch_model(self._database, model_id)
        return n_embedded

    # Inside

    def _open(self) -> None:
        if self._read_only:
            if 0 < checked_version(self._database, self._path) < _FIRST_SCHEMA_WITH_ROWS:
                self._database.begin_with(OLD_ROWS)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.is_file() and 0 < self._path.stat().st_size < _SMALLEST_PAGE:
            raise CatalogueDamaged(path=self._path, detail="cut off")  # SQLite would take it for a new file
        if checked_version(self._database, self._path) != len(STEPS):
            with writers_lock(self._path):
                migrate(self._database, self._path)
        check_whole(self._database, self._path)

    def _packed(self, model_id: str, *, without: Sequence[int] = ()) -> PackedPassages:
        """Raises DamagedBlob."""
        edition = reading.edition(self._database, self._path, model_id)
        found = packing.opened(self._cache, edition) if self._cache else None
        if found is None:
            shapes = reading.packed_shapes(self._database, model_id, self._fingerprint, without=without)
            blocks = partial(reading.packed_blocks, self._database, model_id, self._fingerprint, without=without)
            found = packing.made(self._cache, edition, shapes, blocks)
        return found

    def _sound(self, found: Sequence[Sequence[Any]], understood: Callable[..., Any]) -> dict[int, Any]:
        """Of rows that begin with their number, what the rest of them means; damaged ones are marked and left out."""
        sound: dict[int, Any] = {}
        damaged = []
        for number, *columns in found:
            try:
                sound[number] = understood(*columns)
            except ValueError:  # DamagedBlob, and what numpy says of lengths
                damaged.append(number)
        if damaged:
            log.warning("damaged and left out: rows %s", damaged)
            self._file.mark_damaged(damaged)
        return sound

    def _sound_by_id(self, found: Sequence[Sequence[Any]], understood: Callable[..., Any]) -> dict[TrackId, Any]:
        """As `_sound`, the track's id after the number."""
        names = {row[0]: row[1] for row in found}
        sound = self._sound([(row[0], *row[2:]) for row in found], understood)
        return {TrackId(names[number]): value for number, value in sound.items()}

    def _tracks_of(self, ids: Sequence[int]) -> list[Track]:
        """The tracks in these rows, in this order."""
        found: dict[int, Track] = {}
        for some in _parts(ids):
            for row in self._rows(reading.track_query(Tracks.id).where(Tracks.id.in_(some))):
                found[row[-1]] = reading.as_track(row, self._songs_in)
        return [found[row] for row in ids if row in found]

    def _usable(self) -> tuple[Any, ...]:
        """Only tracks of the program's own fingerprint, for questions about few of them.

        Nearly all tracks are in its index: SQLite must not begin there, for it would look at each.
        """
        return (reading.beside_the_index(Tracks.fingerprint) == self._fingerprint,)

    def _without_embedding(self, model_id: str) -> list[tuple[int, Floats]]:
        seen = Embeddings.select(Embeddings.track).where(Embeddings.model_id == model_id)
        query = TrackRows.select(TrackRows.id, Passages.starts, Passages.statistics).join(
            Passages, on=(Passages.track == TrackRows.id)
        )
        missing = TrackRows.id.not_in(seen) & TrackRows.id.not_in(Damage.select(Damage.track))
        usable = (TrackRows.since == 0) & (TrackRows.fingerprint == self._fingerprint)
        has_statistics = fn.LENGTH(Passages.statistics) > SEAL
        damaged: list[int] = []
        query = query.where(usable, missing, has_statistics).limit(_EMBEDDED_AT_ONCE).tuples()
        while found := self._rows(query.where(TrackRows.id.not_in(damaged))):
            if sound := self._sound(found, _starts_and_statistics):
                return [(track, statistics) for track, (_, statistics) in sound.items()]
            damaged.extend(row[0] for row in found)
        return []


def _starts_and_statistics(starts: bytes, statistics: bytes) -> tuple[Floats, Floats]:
    starts_s = unsealed([starts], FLOAT32)
    stored = unsealed([statistics], FLOAT16)
    numbers = (
        rows(stored, len(starts_s)).astype(np.float32) if stored.size else np.zeros((len(starts_s), 0), np.float32)
    )
    numbers.flags.writeable = False
    return starts_s, numbers


def _parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
