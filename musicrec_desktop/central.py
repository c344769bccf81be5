"""Builds what keeps this catalogue in step with the central one: the link, the pull, the previews."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_desktop import wiring
from musicrec_desktop.core import paths, settings
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import AddressInvalid, PreviewUnavailable
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.core.types import TrackId

if TYPE_CHECKING:
    import peewee

    from musicrec_desktop.catalogue.values import HeldContent
    from musicrec_desktop.core.central import PreviewFile
    from musicrec_desktop.sync.preview_cache import PreviewCache
    from musicrec_desktop.sync.preview_sources import PreviewSource
    from musicrec_desktop.sync.pull import Pulled, PullProgress
    from musicrec_desktop.sync.remote import MySQLCatalogue
    from musicrec_desktop.workers.previews import Fetch

PREVIEWS_BYTES = 512 * 2**20  # of previews that are not kept for offline, some 1,500

Ask = Callable[[], str]  # for a password, where somebody sits at a keyboard


def chosen(address: str | None, ca: Path | None, *, without_tls: bool) -> CentralSettings:
    """The central catalogue of a command line; without an address the one that is remembered. Raises AddressInvalid."""
    known = wiring.current_settings().central
    if address is None:
        if not known.address:
            raise AddressInvalid(detail="none is known yet: name one by --from mysql://USER@HOST/DB")
        return replace(known, ca=str(ca.absolute()) if ca else known.ca, without_tls=without_tls or known.without_tls)
    return CentralSettings(address=address, ca=str(ca.absolute()) if ca else "", without_tls=without_tls)


def remember(central: CentralSettings) -> None:
    """Keep in step with this one from now on."""
    known = wiring.current_settings()
    if known.central != central:
        settings.save(replace(known, central=central), paths.settings_file())


def open_remote(central: CentralSettings, *, ask: Ask | None = None) -> "MySQLCatalogue":
    """The central catalogue of these settings, not connected yet. Raises AddressInvalid; asking it, SyncError."""
    from musicrec_desktop.sync.link import Address, password_for
    from musicrec_desktop.sync.remote import MySQLCatalogue

    address = Address.parse(central.address)
    return MySQLCatalogue(
        address,
        lambda: password_for(address, ask=ask),
        ca=Path(central.ca) if central.ca else None,
        plain_allowed=central.without_tls,
    )


def pull_alone(
    central: CentralSettings,
    *,
    token: CancelToken,
    report: "Callable[[PullProgress], None]" = lambda progress: None,
    ask: Ask | None = None,
) -> "Pulled":
    """To the current release, with a catalogue and a link of its own, for a thread that shares neither.

    What a large catalogue is searched by is made ready here too, so that the next question need not wait for it.
    Raises SyncError, CatalogueError, ModelError, Cancelled.
    """
    from musicrec_desktop.sync.pull import pull

    remote = open_remote(central, ask=ask)
    with wiring.open_catalogue() as store:
        use = partial(wiring.use_content, store, token=token)
        found = pull(remote, store.central, use=use, token=token, report=report)
        store.packed(store.model_in_use() or "")
        return found


def held_release() -> "HeldContent | None":
    """The release whose songs are in the catalogue now. Raises CatalogueError."""
    with wiring.open_catalogue() as store:
        return store.central.in_use()


def open_preview_cache() -> "PreviewCache":
    """The previews on this computer."""
    from musicrec_desktop.sync.preview_cache import PreviewCache

    return PreviewCache(paths.preview_folder(), quota_bytes=PREVIEWS_BYTES)


def preview_source(central: CentralSettings, previews_at: str) -> "PreviewSource":
    """Where a release keeps its previews: at an address, or in the central database. Raises PreviewUnavailable."""
    from musicrec_desktop.sync.preview_sources import DatabasePreviews, HttpsPreviews

    ca = Path(central.ca) if central.ca else None
    return HttpsPreviews(previews_at, ca=ca) if previews_at else DatabasePreviews(partial(_central_database, central))


@contextmanager
def _central_database(central: CentralSettings) -> "Iterator[peewee.Database]":
    """An open link, for as long as it is needed; the driver's errors leave as ours."""
    from musicrec_desktop.sync.link import Address, connect, password_for, translated

    address = Address.parse(central.address)
    ca = Path(central.ca) if central.ca else None
    database = connect(address, password=password_for(address), ca=ca, plain_allowed=central.without_tls)
    try:
        with translated(address.server):
            yield database
    finally:
        database.drop()


@contextmanager
def open_previews() -> "Iterator[Fetch]":
    """What brings the preview of a central song, from here or over the network, for a thread that shares nothing."""
    from musicrec_desktop.sync.previews import preview_file

    cache = open_preview_cache()
    with wiring.open_catalogue() as store:

        def fetch(track_id: TrackId, *, token: CancelToken) -> "PreviewFile":
            held = store.central.in_use()
            if held is None:
                raise PreviewUnavailable(track_id=track_id, detail="no release is in use")
            source = preview_source(wiring.current_settings().central, held.release.previews_at)
            return preview_file(track_id, preview_of=store.preview_of, cache=cache, source=source, token=token)

        yield fetch
