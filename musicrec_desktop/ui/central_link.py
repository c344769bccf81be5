"""The central catalogue as the window sees it: settings and status line on one side, its thread on the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.core.central import Release
from musicrec_desktop.core.errors import AddressInvalid
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.sync_words import release_text, sync_name, sync_text, sync_tip
from musicrec_desktop.workers.sync import SyncStatus


class Syncing(Protocol):
    """The sync thread."""

    def use(self, settings: CentralSettings) -> None: ...

    def look(self) -> None: ...

    def cancel(self) -> None: ...


class CentralLink(QObject):
    """Lives as long as the window. No dialog ever: what goes wrong is a few words, and why is their tool tip.

    `is_far` says whether the server of an address is another computer, or raises AddressInvalid; `give` takes a
    password that was typed.
    """

    chosen = Signal(object)  # CentralSettings, to be remembered
    search_chosen = Signal(str)  # whose songs are searched, to be remembered
    moved = Signal()  # the songs of another release are here

    def __init__(
        self,
        *,
        window: MainWindow,
        worker: Syncing,
        central: CentralSettings,
        is_far: Callable[[str], bool],
        give: Callable[[CentralSettings, str], None],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(window)
        self._window, self._worker, self._central = window, worker, central
        self._is_far, self._give, self._now = is_far, give, now
        self._status, self._release = SyncStatus("off"), None
        self._told = False  # which release is here
        self._wrong: AddressInvalid | None = None  # with what was typed
        self._section, self._item = window.settings.central, window.status.sync
        self._join()
        self._show()

    def _join(self) -> None:
        section, item = self._section, self._item
        section.connect_wanted.connect(self._on_connect)
        section.disconnect_wanted.connect(self._on_disconnect)
        section.look_wanted.connect(self.look)
        section.address_edited.connect(self._on_address)
        section.shown.connect(self._on_shown)
        section.search_chosen.connect(self.search_chosen)
        item.look_wanted.connect(self.look)
        item.cancel_wanted.connect(self._on_cancel)
        item.settings_wanted.connect(self._window.show_central)
        self._window.look_changed.connect(self._on_look)

    @property
    def central(self) -> CentralSettings:
        """What is connected to."""
        return self._central

    @Slot(object, object)
    def on_status(self, status: SyncStatus, release: Release | None) -> None:
        """What the thread says; `release` is the one whose songs are here."""
        before, self._status, self._release = self._release, status, release
        if self._told and _content(before) != _content(release):
            self.moved.emit()
        self._told = True
        self._show()

    @Slot(bool)
    def on_password_kept(self, kept: bool) -> None:
        self._section.show_kept(kept)

    @Slot()
    def look(self) -> None:
        """Look for another release at once."""
        self._worker.look()

    @Slot()
    def _on_cancel(self) -> None:
        self._worker.cancel()

    @Slot(object, str)
    def _on_connect(self, central: CentralSettings, password: str) -> None:
        try:
            self._is_far(central.address)
            if password:
                self._give(central, password)
        except AddressInvalid as error:
            self._say_wrong(error)
            return
        self._say_wrong(None)
        if central == self._central:
            self._worker.look()
        else:
            self._use(central)

    @Slot()
    def _on_disconnect(self) -> None:
        """The songs stay, and how to come back."""
        self._section.show_kept(None)
        self._use(CentralSettings())

    def _use(self, central: CentralSettings) -> None:
        self._central = central
        self._section.set_central(central)
        self.chosen.emit(central)
        self._worker.use(central)
        self._show()
        self._on_address(central.address)

    @Slot()
    def _on_shown(self) -> None:
        self._on_address(self._section.address.text().strip())

    @Slot(str)
    def _on_address(self, address: str) -> None:
        """Another computer's link may go unencrypted, if the listener says so."""
        try:
            far = bool(address) and self._is_far(address)
        except AddressInvalid as error:
            self._say_wrong(error)
            far = False
        else:
            self._say_wrong(None)
        self._section.show_plain(far)

    def _say_wrong(self, error: AddressInvalid | None) -> None:
        self._wrong = error
        self._section.show_error(describe(error).text if error else "")

    @Slot(object)
    def _on_look(self, look: object) -> None:
        self._say_wrong(self._wrong)
        self._show()

    def _show(self) -> None:
        status, release, now = self._status, self._release, self._now()
        if not self._central.address:
            status = replace(status, state="off")
        text = sync_text(status, release, now)
        self._item.show_status(status, text, name=sync_name(status, release, now), tip=sync_tip(status, now))
        self._show_section(status, release, now)

    def _show_section(self, status: SyncStatus, release: Release | None, now: datetime) -> None:
        connected = bool(self._central.address)
        if not connected and release is None:
            self._section.show_state("", "", warn=False)
            return
        match status.state:
            case "offline":
                state = sync_text(status, None, now)
                state += f" · {describe(status.error).text}" if status.error else ""
            case "current":
                state = sync_tip(status, now)
            case "looking" | "fetching":
                state = sync_name(status, release, now)
            case _:
                state = tr("sync.waiting" if connected else "sync.off")
        name = release_text(release, now) if release else tr("sync.no_release")
        self._section.show_state(name, state, warn=status.state == "offline")


def _content(release: Release | None) -> tuple[str, int] | None:
    return (release.catalogue_id, release.content) if release else None
