"""Made-up releases: a central database of either kind, tracks with awkward values, and a client that follows."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.catalogue.codec import FLOAT32, INT8, UINT8, sealed
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release, content_digest
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.curator.publish import Published, publish
from musicrec_desktop.curator.staging import stage

FINGERPRINT = "f00dfeed0123"
TEXTS = ("plain", "밤 🎵", "x'); DROP TABLE releases; --", "\u202etxt", "é ", "%s {0} \\", "a\0b", "")


@pytest.fixture(params=["sqlite", "mariadb"])
def central(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[peewee.Database]:
    """An empty database for a central catalogue, of each kind in turn."""
    if request.param == "sqlite":
        database = central_sqlite(tmp_path / "central.db")
    else:
        database = request.getfixturevalue("mariadb").fresh()
    yield database
    database.close()


def made_up_model(seed: int = 1, **card: Any) -> CentralModel:
    network = np.random.default_rng(seed).bytes(5000)
    text = json.dumps({"fingerprint": FINGERPRINT, "moods": [], "calibration": {}, **card}).encode()
    return CentralModel(hashlib.sha256(network).hexdigest(), network, text, hashlib.sha256(text).hexdigest())


MODEL = made_up_model()


def track_id(number: int) -> TrackId:
    return TrackId(hashlib.sha256(str(number).encode()).hexdigest()[:32])


def made_up_track(
    number: int, version: int = 0, *, model: CentralModel = MODEL, n_bytes: int = 1000, **values: Any
) -> CentralTrack:
    """A track whose every value depends on its number and version."""
    rng = np.random.default_rng([number, version])
    duration_s, level_db, x, y, rate = (rng.standard_normal(5) * 10.0 ** rng.integers(-9, 9, 5)).tolist()
    text = f"{TEXTS[number % len(TEXTS)]} {version}"
    made: dict[str, Any] = {
        "track_id": track_id(number),
        "title": text,
        "artist": text[::-1],
        "album": TEXTS[(number + version) % len(TEXTS)],
        "duration_s": duration_s,
        "level_db": level_db,
        "fingerprint": FINGERPRINT,
        "model_id": model.model_id,
        "summary": json.dumps({"tempo_bpm": abs(x)}),
        "x": x,
        "y": y,
        "preview": "",
        "preview_start_s": 0.1 + 0.2 * version,
        "starts": sealed(rng.standard_normal(9), FLOAT32),
        "vectors": sealed(rng.integers(-127, 128, n_bytes // 2), INT8),
        "scales": sealed(rng.standard_normal(9), FLOAT32),
        "probabilities": sealed(rng.standard_normal(10), FLOAT32),
        "sequence_rate": rate,
        "sequence_scale": sealed(rng.standard_normal(12), FLOAT32),
        "sequence_steps": sealed(rng.integers(-127, 128, n_bytes // 2), INT8),
        "sound_print": sealed(rng.integers(0, 256, 168), UINT8),
    }
    return CentralTrack(**made | values)


def tracks_of(wanted: Mapping[int, int], **values: Any) -> Iterator[CentralTrack]:
    """A track for each number, in the version given."""
    return (made_up_track(number, version, **values) for number, version in wanted.items())


def put_out(
    database: peewee.Database, tracks: Iterable[CentralTrack], *, model: CentralModel = MODEL, **options: Any
) -> Published:
    """Stage and publish."""
    return publish(database, stage(database, tracks, model), **options)


def follow(
    database: peewee.Database, held: dict[str, CentralTrack], *, after: int, release: Release, page: int = 16
) -> None:
    """Bring what a client holds, as of content `after`, to the content of the release, page by page."""
    pages: dict[str, int] = {"after": after, "upto": release.content, "limit": page}
    from_id = ""
    while found := release_queries.changed(database, from_id=from_id, **pages):
        for track, stated in found:
            assert track.digest() == stated
            held[track.track_id] = track
        assert [track.track_id for track, _ in found] == sorted(track.track_id for track, _ in found)
        assert len(found) <= page
        from_id = found[-1][0].track_id
    from_id = ""
    while left := release_queries.gone(database, from_id=from_id, **pages):
        for name in left:
            held.pop(name, None)
        from_id = left[-1]


def agrees(held: Mapping[str, CentralTrack], release: Release) -> bool:
    """Whether a client that holds this may switch to the release."""
    digest = content_digest((name, track.digest()) for name, track in held.items())
    return (len(held), digest) == (release.n_tracks, release.digest)
