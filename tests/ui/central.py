"""A window with a central catalogue behind it, which the test plays."""

from datetime import datetime

from pytestqt.qtbot import QtBot

from musicrec_desktop.core.central import Release
from musicrec_desktop.core.settings import CentralSettings, LookSettings, Settings
from musicrec_desktop.sync.link import Address, is_loopback
from musicrec_desktop.ui.central_link import CentralLink
from tests.ui.desk import Desk

NOW = datetime(2026, 11, 3, 15, 0)
ADDRESS = "mysql://listener@db.example.org/music"
SERVER = "db.example.org:3306"
CENTRAL = CentralSettings(ADDRESS)
RELEASE = Release(
    catalogue_id="central-a",
    number=12,
    content=7,
    model_id="m" * 64,
    fingerprint="f" * 12,
    n_tracks=100_000,
    digest="d" * 64,
    published_at="2026-05-03T10:00:00Z",
)


class FakeSync:
    """Remembers what the thread is asked."""

    def __init__(self) -> None:
        self.used: list[CentralSettings] = []
        self.asked: list[str] = []

    def use(self, settings: CentralSettings) -> None:
        self.used.append(settings)

    def look(self) -> None:
        self.asked.append("look")

    def cancel(self) -> None:
        self.asked.append("cancel")


def is_far(address: str) -> bool:
    return not is_loopback(Address.parse(address).host)


class CentralDesk(Desk):
    """The desk with its link; passwords and settings end in lists."""

    def __init__(self, qtbot: QtBot, central: CentralSettings, look: LookSettings | None = None) -> None:
        super().__init__(qtbot, look or LookSettings(language="en", theme="light"), central=central)
        self.join(central)

    def join(self, central: CentralSettings) -> None:
        self.sync, self.section = FakeSync(), self.window.settings.central
        self.given: list[tuple[CentralSettings, str]] = []
        self.chosen: list[CentralSettings] = []
        self.settings_kept: Settings = self.settings
        self.link = CentralLink(
            window=self.window,
            worker=self.sync,
            central=central,
            is_far=is_far,
            give=lambda settings, text: self.given.append((settings, text)),
            now=lambda: NOW,
        )
        self.link.chosen.connect(self.chosen.append)
        self.link.chosen.connect(self.connections.on_central)
        self.link.search_chosen.connect(self.connections.on_search_chosen)
        self.connections.settings_changed.connect(self._keep)

    def _keep(self, settings: Settings) -> None:
        self.settings_kept = settings
