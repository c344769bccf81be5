"""The songs that come with the program: in use as long as the listener has none, and never beside them."""

import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import ModelRun
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import CatalogueError, DemonstrationUnusable
from musicrec_desktop.core.types import AnalysisRequest, Answer, TrackId
from musicrec_desktop.engine.recommender import Recommender

log = logging.getLogger(__name__)

FILE = "catalogue.db"


def open_demonstration(
    folder: Path, *, cache: Path, fingerprint: str, model_id: str | None, run: Callable[[], ModelRun]
) -> CatalogueStore:
    """The catalogue in `folder`, to be read only, its songs' paths absolute.

    Where it was embedded with another model, or has the tables of an older program, a copy in `cache` is brought up
    to date and opened instead; `run` is asked for only then. Without a model (None) the songs can still be listed.
    Raises DemonstrationUnusable.
    """
    file = folder / FILE
    if not file.is_file():
        raise DemonstrationUnusable(path=file, detail="missing")
    try:
        store = _opened(file, folder, fingerprint)
        if store.is_current() and model_id in (None, store.model_in_use()):
            return store
        store.close()
        return _opened(_up_to_date(file, cache, fingerprint, model_id, run), folder, fingerprint)
    except DemonstrationUnusable:
        raise
    except (CatalogueError, OSError) as error:
        raise DemonstrationUnusable(path=file, detail=str(error)) from error


def _opened(file: Path, folder: Path, fingerprint: str) -> CatalogueStore:
    store = CatalogueStore(file, fingerprint=fingerprint, read_only=True, songs_in=folder)
    if store.count() == store.stale_count():
        store.close()
        raise DemonstrationUnusable(path=file, detail="features of another version")
    return store


def _up_to_date(file: Path, cache: Path, fingerprint: str, model_id: str | None, run: Callable[[], ModelRun]) -> Path:
    """The copy for this file and this model, made unless it is there."""
    facts = file.stat()
    mark = hashlib.sha256(f"{file} {facts.st_size} {facts.st_mtime_ns} {model_id}".encode()).hexdigest()[:16]
    made = cache / f"demonstration-{mark}.db"
    if not made.is_file():
        _make(made, file, fingerprint, model_id, run)
    return made


def _make(made: Path, file: Path, fingerprint: str, model_id: str | None, run: Callable[[], ModelRun]) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    for old in made.parent.glob("demonstration-*"):
        with suppress(OSError):  # somebody may have it open
            old.unlink()
    log.info("bringing the demonstration up to date in %s", made)
    partial = made.with_name(f"partial-{os.getpid()}-{threading.get_ident()}.db")
    try:
        shutil.copyfile(file, partial)
        with CatalogueStore(partial, fingerprint=fingerprint) as store:
            if model_id is not None:
                store.use_model(model_id, run())
        if not made.is_file():  # another thread may have been faster, and have it open
            partial.replace(made)
    finally:
        for left in made.parent.glob(f"{partial.name}*"):
            left.unlink()


class CatalogueInUse:
    """The listener's own songs or, as long as there are none, those that come with the program.

    `store` is to be asked once for a question, so that no answer mixes the two.
    """

    def __init__(self, own: CatalogueStore, open_demonstration: Callable[[], CatalogueStore]) -> None:
        self.own = own
        self._open = open_demonstration
        self._demonstration: CatalogueStore | None = None

    def store(self) -> CatalogueStore:
        """The catalogue to ask now; the listener's own where the demonstration cannot be used."""
        if not self.own.is_empty():
            return self.own
        if self._demonstration is None:
            try:
                self._demonstration = self._open()
            except DemonstrationUnusable as error:
                log.warning("no demonstration: %s", error)
                return self.own
        return self._demonstration

    def close(self) -> None:
        if self._demonstration is not None:
            self._demonstration.close()
        self.own.close()


class RecommenderInUse:
    """Answers each question from the catalogue that is in use when it is asked, as it is then, whatever is changed
    meanwhile. Not shared between threads.

    `make` gives the recommender of a catalogue; it is called at once for the listener's own, so that new songs find
    everything ready, and for the demonstration when that is first asked.
    """

    def __init__(self, catalogue: CatalogueInUse, make: Callable[[CatalogueStore], Recommender]) -> None:
        self._catalogue, self._make = catalogue, make
        self._own = make(catalogue.own)
        self._demonstration: Recommender | None = None

    def warm_up(self) -> None:
        self._of(self._catalogue.store()).warm_up()

    def recommend(self, request: AnalysisRequest, token: CancelToken) -> Answer:
        store = self._catalogue.store()
        recommender = self._of(store)
        with store.snapshot():
            return recommender.recommend(request, token)

    def similar(
        self,
        track_id: TrackId,
        *,
        start_s: float | None = None,
        duration_s: float | None = None,
        limit: int,
        per_artist: int,
        token: CancelToken,
    ) -> Answer:
        store = self._catalogue.store()
        recommender = self._of(store)
        with store.snapshot():
            return recommender.similar(
                track_id, start_s=start_s, duration_s=duration_s, limit=limit, per_artist=per_artist, token=token
            )

    def _of(self, store: CatalogueStore) -> Recommender:
        if store is self._catalogue.own:
            return self._own
        if self._demonstration is None:
            self._demonstration = self._make(store)
        return self._demonstration
