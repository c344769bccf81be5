"""A central catalogue of synthetic songs (bench.neighbours), published by the curator's own staging and publishing."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np
import peewee

from bench.neighbours import Neighbours, surrogate
from bench.server import Server
from bench.synthetic import STARTS
from musicrec_desktop import wiring
from musicrec_desktop.catalogue.codec import FLOAT32, INT8, UINT8, quantised, sealed, sealed_steps
from musicrec_desktop.core import paths
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release
from musicrec_desktop.core.types import MfccSequence, PassageTable, TrackId
from musicrec_desktop.curator.publish import publish
from musicrec_desktop.curator.published import exported
from musicrec_desktop.curator.staging import Staged, stage

AT_ONCE = 1000  # songs
_SURROGATES = 1000  # then the same again
Figures = dict[str, float]


def model() -> CentralModel:
    """The program's own."""
    return exported(paths.model_folder(), spec=wiring.SPEC)


@dataclass
class Songs:
    """Synthetic songs as tracks of a release; `with_sequences` of them can be named, the others only found."""

    table: PassageTable
    summaries: Sequence[str]  # of the songs of the table
    sequences: Sequence[MfccSequence]
    with_sequences: int
    seed: int
    spent_s: float = field(default=0.0, init=False)  # on making them

    @classmethod
    def around(cls, real: Path, *, with_sequences: int, seed: int) -> "Songs":
        """Around the songs of the catalogue file `real`."""
        with wiring.open_catalogue(path=real) as store:
            table = store.passages(model().model_id)
            sequences = list(store.sequences(table.track_ids).values())
            summaries = [json.dumps(dict(store.summary(name)), sort_keys=True) for name in table.track_ids]
        rng = np.random.default_rng(seed)
        made = [surrogate(sequences, rng) for _ in range(_SURROGATES)]
        return cls(table, summaries, made, with_sequences, seed)

    def tracks(self, n: int, *, version: int = 0) -> Iterator[CentralTrack]:
        """The first n; of another version another title and other embeddings."""
        songs = Neighbours(self.table, seed=self.seed + version)
        began = time.process_time()
        for begin in range(0, n, AT_ONCE):
            found = songs.songs(min(AT_ONCE, n - begin))
            for i, (embeddings, moods) in enumerate(zip(found.embeddings, found.moods, strict=True)):
                steps, scales = quantised(embeddings)
                blobs = {"vectors": sealed(steps, INT8), "scales": sealed(scales, FLOAT32)}
                blobs["probabilities"] = sealed(moods, FLOAT32)
                made = self._track(begin + i, version, self.summaries[songs.parents[begin + i]], blobs)
                self.spent_s += time.process_time() - began
                yield made
                began = time.process_time()

    def kb(self) -> float:
        """What one with a sequence has in all its columns, in kB."""
        values = [getattr(track, field.name) for track in self.tracks(1) for field in fields(track)]
        return sum(len(value) if isinstance(value, bytes | str) else 8 for value in values) / 1000

    def _track(self, number: int, version: int, summary: str, blobs: dict[str, bytes]) -> CentralTrack:
        sequence = self.sequences[number % len(self.sequences)]
        steps = sequence.values if number < self.with_sequences else sequence.values[:0]
        return CentralTrack(
            track_id=TrackId(hashlib.sha256(str(number).encode()).hexdigest()[:32]),
            title=f"Song {number}" + f", take {version}" * bool(version),
            artist=f"Artist {number % 20011}",
            album=f"Album {number % 50021}",
            duration_s=float(STARTS[-1]) + 6.0,
            level_db=-18.0,
            fingerprint=wiring.SPEC.fingerprint(),
            model_id=self.table.model_id,
            summary=summary,
            x=number / 7.0,
            y=number / 11.0,
            preview=hashlib.sha256(f"preview {number}".encode()).hexdigest(),
            preview_start_s=12.5,
            starts=sealed(STARTS, FLOAT32),
            sequence_rate=sequence.rate,
            sequence_scale=sealed(sequence.scale, FLOAT32),
            sequence_steps=sealed_steps(steps),
            sound_print=sealed(np.zeros((12, 14)), UINT8),
            **blobs,
        )


def put_out(
    server: Server, database: peewee.Database, songs: Songs, n: int, *, before: Staged | None = None
) -> tuple[Staged, Release, Figures]:
    """Stage and publish n songs: the first, or beside what was staged before a version of theirs that is another."""
    server_s, made_s, began = server.processor_s(), songs.spent_s, (time.perf_counter(), time.process_time())
    staged = stage(database, songs.tracks(n, version=int(before is not None)), model())
    made_s = songs.spent_s - made_s
    wall_s, used_s = time.perf_counter() - began[0] - made_s, time.process_time() - began[1] - made_s
    if before is not None:
        staged = replace(staged, digests={**before.digests, **staged.digests})
    began = time.perf_counter(), time.process_time()
    release = publish(database, staged).release
    figures = {
        "stage, s": wall_s,
        "stage, processor s": used_s,
        "publish in one transaction, s": time.perf_counter() - began[0],
        "publish in one transaction, processor s": time.process_time() - began[1],
        "server, processor s": server.processor_s() - server_s,
    }
    database.close()
    return staged, release, figures
