"""The catalogue, and the songs that come with the program."""

from pathlib import Path

from musicrec_desktop import wiring
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core import paths, settings
from musicrec_desktop.core.checkup import Said, said
from musicrec_desktop.core.errors import SettingsError
from musicrec_desktop.doctor.result import Result, ok
from musicrec_desktop.doctor.round import Round

READ_S = 8.0  # for reading the whole file
_MB = 1 << 20
_LOOKED_AFTER = 5000  # files; asking for each of many more takes its time


def catalogue(here: Round) -> Result:
    """Raises CatalogueError."""
    with wiring.open_catalogue(mend=False) as store:
        whole = store.check(within_s=max(0.0, min(READ_S, here.left_s() / 2)))
        size_mb = store.path.stat().st_size / _MB
        n = store.count()
        about = said("catalogue", n=n, size_mb=size_mb, generation=store.generation()) if n else said("catalogue_empty")
        read = said("catalogue_sound" if whole else "catalogue_unread")
        return ok(about, read, *_stale(store), *_gone(store, here), *_folders())


def _stale(store: CatalogueStore) -> tuple[Said, ...]:
    n = store.stale_count()
    return (said("catalogue_stale", n=n),) if n else ()


def _gone(store: CatalogueStore, here: Round) -> tuple[Said, ...]:
    """Songs whose files are no longer where they were, as far as there is time to look."""
    n = 0
    for number, track in enumerate(store.tracks()[:_LOOKED_AFTER]):
        if number % 100 == 0:
            here.token.check()
        n += track.path is not None and not track.path.is_file()
    return (said("catalogue_gone", n=n),) if n else ()


def _folders() -> tuple[Said, ...]:
    """Watched folders, and how many of them are not there."""
    try:
        folders = settings.load(paths.settings_file()).library.folders
    except SettingsError:  # said by the check of the settings
        return ()
    missing = sum(not Path(folder).is_dir() for folder in folders)
    found = (said("catalogue_watched", n=len(folders)),) if folders else ()
    return (*found, said("catalogue_unwatched", n=missing)) if missing else found


def demonstration(here: Round) -> Result:
    """Raises DemonstrationUnusable."""
    with wiring.open_demonstration() as store:
        return ok(said("demonstration", n=store.count()))
