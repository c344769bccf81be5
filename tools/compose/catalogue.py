"""The catalogue of the demonstration: an ordinary catalogue file whose paths are relative to its own folder."""

import sqlite3
import tempfile
from pathlib import Path

from musicrec_desktop import wiring
from musicrec_desktop.catalogue.codec import as_stored
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import FileStamp, embed
from musicrec_desktop.engine.model import MoodModel
from musicrec_desktop.intake.analyse import analyse_file
from musicrec_desktop.intake.stamps import content_hash
from tools.compose.shipped import song_path
from tools.compose.songs import songs

NAME = "catalogue.db"
ADDED_S = 0.0  # nobody added them at any time


def build(folder: Path) -> Path:
    """Analyse the songs of the folder and write its catalogue anew; the moods are only predicted."""
    target, model = folder / NAME, wiring.open_model()
    with tempfile.TemporaryDirectory() as scratch:
        draft = Path(scratch) / NAME
        with wiring.open_catalogue(path=draft) as store:
            store.use_model(model.model_id, model.run)
            for song in songs():
                if song_path(folder, song).is_file():
                    _add(store, model, song_path(folder, song), folder)
        _settle(draft)
        target.write_bytes(draft.read_bytes())
    return target


def _add(store: CatalogueStore, model: MoodModel, path: Path, folder: Path) -> None:
    """One song. Its time stamp is 0: a checkout gives files any."""
    (analysed,) = analyse_file(path, wiring.SPEC)
    embedded = embed(model.model_id, model.run, as_stored(analysed.analysis.statistics))
    stamp = FileStamp(path.stat().st_size, 0, content_hash(path))
    store.add(path.relative_to(folder), stamp, analysed.tags, analysed.analysis, embedded, source="demo")


def _settle(draft: Path) -> None:
    """Without a journal beside it, as small as it can be, and the same whenever it is built."""
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.execute("UPDATE track_rows SET added_s = ?", (ADDED_S,))
        connection.execute("PRAGMA journal_mode = delete")
        connection.execute("VACUUM")
    finally:
        connection.close()
