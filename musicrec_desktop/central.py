"""Builds what keeps this catalogue in step with the central one: the link, the pull, the previews."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_desktop import wiring
from musicrec_desktop.core import paths, settings
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import AddressInvalid, CatalogueError, PreviewUnavailable
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.core.types import TrackId

if TYPE_CHECKING:
    import peewee

    from musicrec_desktop.catalogue.values import HeldContent
    from musicrec_desktop.core.central import PreviewFile, Release
    from musicrec_desktop.sync.link import Address
    from musicrec_desktop.sync.password import Password
    from musicrec_desktop.sync.preview_cache import PreviewCache
    from musicrec_desktop.sync.preview_sources import PreviewSource
    from musicrec_desktop.sync.pull import Pulled, PullProgress
    from musicrec_desktop.sync.remote import MySQLCatalogue
    from musicrec_desktop.workers.keeping import Kept
    from musicrec_desktop.workers.previews import Fetch
    from musicrec_desktop.workers.sync import Report, SyncStatus

PREVIEWS_BYTES = 512 * 2**20  # of previews that are not kept for offline, some 1,500

Ask = Callable[[], str]  # for a password, where somebody sits at a keyboard
PasswordOf = Callable[["Address"], "Password"]  # raises NoPassword

log = logging.getLogger(__name__)


class TypedPasswords:
    """Passwords typed into this window. The thread that first needs one puts it into the keyring, which may ask the
    person to unlock it; where there is none, it is known here for as long as the window is open.
    """

    def __init__(self, on_kept: Callable[[bool], None]) -> None:
        self._on_kept = on_kept
        self._lock = threading.Lock()
        self._new: set[str] = set()
        self._known: dict[str, Password] = {}

    def give(self, central: CentralSettings, text: str) -> None:
        """Returns at once. Raises AddressInvalid."""
        from musicrec_desktop.sync.link import Address
        from musicrec_desktop.sync.password import Password

        account = Address.parse(central.address).account
        with self._lock:
            self._known[account] = Password(text)
            self._new.add(account)

    def of(self, address: "Address") -> "Password":
        """The password of an account; raises NoPassword. Not for the window's own thread."""
        from musicrec_desktop.sync.link import password_for
        from musicrec_desktop.sync.password import remember as keep

        with self._lock:
            typed, is_new = self._known.get(address.account), address.account in self._new
            self._new.discard(address.account)
        if typed is None:
            return password_for(address)
        if is_new:
            kept = keep(address.account, typed)
            if kept:
                with self._lock:
                    self._known.pop(address.account, None)
            self._on_kept(kept)
        return typed


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


def is_far(address: str) -> bool:
    """Whether the server is another computer, so that a link to it has to be safe. Raises AddressInvalid."""
    from musicrec_desktop.sync.link import Address, is_loopback

    return not is_loopback(Address.parse(address).host)


def open_remote(
    central: CentralSettings, *, ask: Ask | None = None, password: PasswordOf | None = None
) -> "MySQLCatalogue":
    """The central catalogue of these settings, not connected yet. Raises AddressInvalid; asking it, SyncError."""
    from musicrec_desktop.sync.link import Address, password_for
    from musicrec_desktop.sync.remote import MySQLCatalogue

    address = Address.parse(central.address)
    return MySQLCatalogue(
        address,
        lambda: password(address) if password else password_for(address, ask=ask),
        ca=Path(central.ca) if central.ca else None,
        plain_allowed=central.without_tls,
    )


def pull_alone(
    central: CentralSettings,
    *,
    token: CancelToken,
    report: "Callable[[PullProgress], None]" = lambda progress: None,
    ask: Ask | None = None,
    password: PasswordOf | None = None,
) -> "Pulled":
    """To the current release, with a catalogue and a link of its own, for a thread that shares neither.

    What a large catalogue is searched by is made ready here too, so that the next question need not wait for it.
    Raises SyncError, CatalogueError, ModelError, Cancelled.
    """
    from musicrec_desktop.sync.pull import pull

    remote = open_remote(central, ask=ask, password=password)
    with wiring.open_catalogue() as store:
        use = partial(wiring.use_content, store, token=token)
        found = pull(remote, store.central, use=use, token=token, report=report)
        store.packed(store.model_in_use() or "")
        return found


def held_release() -> "HeldContent | None":
    """The release whose songs are in the catalogue now. Raises CatalogueError."""
    with wiring.open_catalogue() as store:
        return store.central.in_use()


def follow(central: CentralSettings, token: CancelToken, report: "Report", *, password: PasswordOf) -> int:
    """One look for the sync thread; the number of the release that is in use then. Raises as `pull_alone`."""
    found = pull_alone(
        central, token=token, report=lambda progress: report(progress.done, progress.total), password=password
    )
    return found.release.number


def with_release(tell: "Callable[[SyncStatus, Release | None], None]") -> "Callable[[SyncStatus], None]":
    """Tells how things stand together with the release whose songs are here; to be called in the sync thread."""
    known: list[Release | None] = [None]

    def told(status: "SyncStatus") -> None:
        if status.state != "fetching":
            try:
                held = held_release()
                known[0] = held.release if held else None
            except CatalogueError as error:  # said by whoever needs the catalogue itself
                log.warning("which release is here cannot be told: %s", error)
        tell(status, known[0])

    return told


def search_in_chosen() -> None:
    """Let those songs be seen that the settings name, in whatever has the catalogue open. Raises CatalogueError."""
    wiring.open_catalogue().close()


def open_preview_cache() -> "PreviewCache":
    """The previews on this computer."""
    from musicrec_desktop.sync.preview_cache import PreviewCache

    return PreviewCache(paths.preview_folder(), quota_bytes=PREVIEWS_BYTES)


def preview_source(
    central: CentralSettings, previews_at: str, *, password: PasswordOf | None = None
) -> "PreviewSource":
    """Where a release keeps its previews: at an address, or in the central database. Raises PreviewUnavailable."""
    from musicrec_desktop.sync.preview_sources import DatabasePreviews, HttpsPreviews

    ca = Path(central.ca) if central.ca else None
    return (
        HttpsPreviews(previews_at, ca=ca)
        if previews_at
        else DatabasePreviews(partial(_central_database, central, password))
    )


@contextmanager
def _central_database(central: CentralSettings, password: PasswordOf | None = None) -> "Iterator[peewee.Database]":
    """An open link, for as long as it is needed; the driver's errors leave as ours."""
    from musicrec_desktop.sync.link import Address, connect, password_for, translated

    address = Address.parse(central.address)
    ca = Path(central.ca) if central.ca else None
    known = (password or password_for)(address)
    database = connect(address, password=known, ca=ca, plain_allowed=central.without_tls)
    try:
        with translated(address.server):
            yield database
    finally:
        database.drop()


@contextmanager
def open_previews(password: PasswordOf | None = None) -> "Iterator[Fetch]":
    """What brings the preview of a central song, from here or over the network, for a thread that shares nothing."""
    from musicrec_desktop.sync.previews import preview_file

    cache = open_preview_cache()
    with wiring.open_catalogue() as store:

        def fetch(track_id: TrackId, *, token: CancelToken) -> "PreviewFile":
            held = store.central.in_use()
            if held is None:
                raise PreviewUnavailable(track_id=track_id, detail="no release is in use")
            source = preview_source(wiring.current_settings().central, held.release.previews_at, password=password)
            return preview_file(track_id, preview_of=store.preview_of, cache=cache, source=source, token=token)

        yield fetch


def count_previews() -> "Kept":
    """What keeping every central song's preview takes, and what of it is kept already. Raises MusicRecError."""
    from musicrec_desktop.sync.previews import WantedPreview, total_of
    from musicrec_desktop.workers.keeping import Kept

    cache = open_preview_cache()
    with wiring.open_catalogue() as store:
        found = total_of(cache, map(WantedPreview, store.previews()))
    held_bytes = cache.held_offline().n_bytes
    return Kept(found.count, found.n_bytes - found.done_bytes + held_bytes, found.done, held_bytes)


def keep_previews(token: CancelToken, report: "Callable[[Kept], None]", *, password: PasswordOf) -> None:
    """Keep every central song's preview for offline; what has come when this ends early stays.

    Raises MusicRecError, Cancelled.
    """
    from musicrec_desktop.sync.previews import OfflineProgress, WantedPreview, keep_offline
    from musicrec_desktop.workers.keeping import Kept

    def told(progress: OfflineProgress) -> None:
        report(Kept(progress.count, progress.n_bytes, progress.done, progress.done_bytes))

    with wiring.open_catalogue() as store:
        held, wanted = store.central.in_use(), list(map(WantedPreview, store.previews()))
    central, previews_at = wiring.current_settings().central, held.release.previews_at if held else ""
    source = preview_source(central, previews_at, password=password)
    keep_offline(open_preview_cache(), source, wanted, token=token, report=told)


def drop_previews() -> None:
    """Delete every preview on this computer. Raises DiskFull, PreviewsUnwritable."""
    open_preview_cache().clear(offline=True)
