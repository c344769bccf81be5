"""A catalogue that is damaged as a whole makes way for a new one, without asking; what it was is kept beside it."""

import logging
import threading
from pathlib import Path

from musicrec_desktop.catalogue.database import fault_note, set_aside
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.errors import CatalogueDamaged

log = logging.getLogger(__name__)
_MENDING = threading.Lock()


def open_mended(file: Path, *, fingerprint: str, cache: Path) -> CatalogueStore:
    """The catalogue in this file or, where that is damaged, a new one in its place."""
    try:
        return open_sound(file, fingerprint=fingerprint, cache=cache)
    except CatalogueDamaged:
        with _MENDING:
            try:
                return open_sound(file, fingerprint=fingerprint, cache=cache)  # another thread may have been faster
            except CatalogueDamaged as error:
                log.warning("%s", error)
                begin_anew(file)
                return open_sound(file, fingerprint=fingerprint, cache=cache)


def open_sound(file: Path, *, fingerprint: str, cache: Path) -> CatalogueStore:
    """Read as a whole if damage was met in it since it was. Raises CatalogueDamaged."""
    store = CatalogueStore(file, fingerprint=fingerprint, cache=cache)
    try:
        if fault_note(file).exists():
            store.check()
            fault_note(file).unlink(missing_ok=True)
    except BaseException:
        store.close()
        raise
    return store


def begin_anew(file: Path) -> None:
    """Set the file aside. Raises CatalogueBusy, CatalogueUnwritable."""
    kept = set_aside(file)
    rebuild_note(file).touch()
    fault_note(file).unlink(missing_ok=True)
    log.warning("the damaged catalogue is kept as %s, and a new one begins", kept)


def rebuild_note(file: Path) -> Path:
    """Its being there says that a catalogue was lost and what was imported by hand is wanted again."""
    return file.with_name(file.name + ".rebuild")
