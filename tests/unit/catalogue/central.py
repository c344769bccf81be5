"""Central tracks and releases of them, seeded: what a sync would hand to the catalogue."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from musicrec_desktop.catalogue.codec import FLOAT32, INT8, UINT8, quantised, sealed
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release, content_digest
from musicrec_desktop.core.types import TrackId
from tests.fakes import FINGERPRINT, FakeClassifier, fake_analysis

Content = Mapping[str, CentralTrack]  # by track id

PAGE = 3


def track(number: int, version: int = 0, *, model: FakeClassifier, fingerprint: str = FINGERPRINT) -> CentralTrack:
    """Track `number` in its `version`, embedded by `model`."""
    analysis = fake_analysis(1000 * number + version, duration_s=20.0 + number % 5, fingerprint=fingerprint)
    embeddings, moods = model.run(analysis.statistics)
    steps, scales = quantised(embeddings)
    return CentralTrack(
        track_id=TrackId(f"c{number:04d}"),
        title=f"Central {number} {version}",
        artist=f"Band {number % 7}",
        album="",
        duration_s=analysis.duration_s,
        level_db=-18.0,
        fingerprint=fingerprint,
        model_id=model.model_id,
        summary=json.dumps(dict(analysis.summary)),
        x=float(number),
        y=float(version),
        preview="",
        preview_start_s=0.0,
        starts=sealed(analysis.passage_starts_s, FLOAT32),
        vectors=sealed(steps, INT8),
        scales=sealed(scales, FLOAT32),
        probabilities=sealed(moods.mean(axis=0), FLOAT32),
        sequence_rate=analysis.sequence.rate,
        sequence_scale=sealed(analysis.sequence.scale, FLOAT32),
        sequence_steps=sealed(analysis.sequence.values, INT8),
        sound_print=sealed(analysis.sound_print, UINT8),
    )


def content(numbers: Sequence[int], *, model: FakeClassifier, versions: Mapping[int, int] | None = None) -> Content:
    made = [track(number, (versions or {}).get(number, 0), model=model) for number in numbers]
    return {each.track_id: each for each in made}


def release_of(tracks: Content, number: int, *, model: FakeClassifier, catalogue_id: str = "central-a") -> Release:
    return Release(
        catalogue_id=catalogue_id,
        number=number,
        content=number,
        model_id=model.model_id,
        fingerprint=FINGERPRINT,
        n_tracks=len(tracks),
        digest=content_digest((name, each.digest()) for name, each in tracks.items()),
        published_at="2026-01-01T00:00:00Z",
    )


def stage_all(store: CatalogueStore, tracks: Content, release: Release, *, before: Content | None = None) -> int:
    """Stage a content as a sync would; its local number. `before`: what the server would compare with."""
    held = store.central.begin(release)
    for page, reached in pages_of(tracks, {} if held.whole else before or {}):
        store.central.stage(held.local, page, reached=reached)
    gone = sorted(set(before or {}) - set(tracks))
    if gone and not held.whole:
        store.central.stage_gone(held.local, gone, reached=gone[-1])
    store.central.stage(held.local, [], reached=None)
    return held.local


def pages_of(tracks: Content, before: Content) -> list[tuple[list[CentralTrack], str]]:
    changed = [tracks[name] for name in sorted(tracks) if tracks[name] != before.get(name)]
    pages = [changed[i : i + PAGE] for i in range(0, len(changed), PAGE)]
    return [(page, page[-1].track_id) for page in pages]


def moved_to(
    store: CatalogueStore, tracks: Content, number: int, model: FakeClassifier, *, before: Content | None = None
) -> Release:
    """The whole way to a content."""
    release = release_of(tracks, number, model=model)
    local = stage_all(store, tracks, release, before=before)
    store.central.switch(local, model.run)
    return release


def swept(store: CatalogueStore) -> int:
    """Sweep until nothing is left; how many rows went."""
    total = 0
    while n := store.central.sweep():
        total += n
    return total


def seen(store: CatalogueStore) -> dict[str, str]:
    """The central songs that can be seen, and their titles."""
    return {each.track_id: each.title for each in store.tracks() if each.source == "central"}


def titles(tracks: Content) -> dict[str, str]:
    return {name: each.title for name, each in tracks.items()}


def model_as_bytes(name: bytes) -> CentralModel:
    card = b'{"of": "' + name + b'"}'
    return CentralModel(hashlib.sha256(name).hexdigest(), name, card, hashlib.sha256(card).hexdigest())


def renamed(each: CentralTrack, track_id: str) -> CentralTrack:
    return replace(each, track_id=TrackId(track_id))
