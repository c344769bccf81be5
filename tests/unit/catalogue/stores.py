"""A store in a folder of its own, and entries to put into it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from musicrec_desktop.catalogue.codec import as_stored
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import Embedded, FileStamp, embed
from musicrec_desktop.core.types import Tags, TrackAnalysis, TrackId
from tests.fakes import FINGERPRINT, FakeClassifier, fake_analysis, fake_tags

OpenStore = Callable[[], CatalogueStore]


def store_in(folder: Path) -> CatalogueStore:
    return CatalogueStore(folder / "catalogue.db", fingerprint=FINGERPRINT)


def stamp(content: int | str = 0, *, size: int = 1000, mtime_ns: int = 5) -> FileStamp:
    return FileStamp(size, mtime_ns, hashlib.sha256(str(content).encode()).hexdigest())


def embedded(model: FakeClassifier, analysis: TrackAnalysis) -> Embedded:
    return embed(model.model_id, model.run, as_stored(analysis.statistics))


def add(
    store: CatalogueStore,
    number: int,
    *,
    tags: Tags | None = None,
    model: FakeClassifier | None = None,
    fingerprint: str = FINGERPRINT,
    path: Path | None = None,
) -> TrackId:
    """Track `number`, of another length than its neighbours."""
    analysis = fake_analysis(number, fingerprint=fingerprint, duration_s=20.0 + 3 * (number % 7))
    outputs = embedded(model, analysis) if model else None
    return store.add(path or Path(f"/music/{number}.ogg"), stamp(number), tags or fake_tags(number), analysis, outputs)
