"""The window and the central catalogue: the quiet status, the section of the settings, the words of both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.errors import (
    NoPassword,
    PreviewUnavailable,
    RemoteRefused,
    RemoteUnreachable,
    RemoteUntrusted,
)
from musicrec_desktop.core.settings import CentralSettings, LibrarySettings, LookSettings
from musicrec_desktop.ui.result_rows import ListRow
from musicrec_desktop.ui.row_words import row_words
from musicrec_desktop.workers.keeping import Kept
from musicrec_desktop.workers.sync import SyncStatus
from tests.ui.central import ADDRESS, CENTRAL, NOW, RELEASE, SERVER, CentralDesk
from tests.ui.fakes import moods, songs

AT_S = (NOW - timedelta(minutes=55)).timestamp()  # 14:05
OFFLINE = SyncStatus("offline", 12, offline_since_s=AT_S, error=RemoteUnreachable(server=SERVER, detail="refused"))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[CentralDesk]:
    desk = CentralDesk(qtbot, CENTRAL)
    yield desk
    desk.window.close()


@pytest.fixture
def alone(qtbot: QtBot) -> Iterator[CentralDesk]:
    """Without a central catalogue."""
    desk = CentralDesk(qtbot, CentralSettings())
    yield desk
    desk.window.close()


STATES = [
    (SyncStatus("looking"), None, "Looking for new songs", "새 노래가 있는지 보고 있어요"),
    (SyncStatus("fetching", None, 3412, 100_000), None, "3,412 of 100,000 songs", "100,000곡 가운데 3,412곡"),
    (SyncStatus("fetching", None, 1, None), None, "1 song", "1곡 받음"),
    (SyncStatus("fetching", None, 3412, None), None, "3,412 songs", "3,412곡 받음"),
    (SyncStatus("current", 12), RELEASE, "Release 12 of 3 May · 100,000 songs", "5월 3일 12번째 판 · 100,000곡"),
    (OFFLINE, RELEASE, "Offline since 14:05 · songs of 3 May", "14:05부터 오프라인 · 5월 3일 노래"),
    (OFFLINE, None, "Offline since 14:05", "14:05부터 오프라인"),
]


@pytest.mark.parametrize(("status", "release", "english", "korean"), STATES)
def test_the_status_line_says_how_things_stand_and_follows_the_language(
    desk: CentralDesk, status: SyncStatus, release: object, english: str, korean: str
) -> None:
    item = desk.window.status.sync
    desk.link.on_status(status, release)
    assert (item.text(), item.isVisible()) == (english, True)
    assert item.accessibleName() and "{" not in item.accessibleName()
    desk.window.set_look(LookSettings(language="ko"))
    assert item.text() == korean
    desk.window.set_look(LookSettings(language="en"))
    assert item.text() == english


def test_without_a_central_catalogue_nothing_is_shown(alone: CentralDesk) -> None:
    alone.link.on_status(SyncStatus("off"), None)
    assert not alone.window.status.sync.isVisible()
    assert not alone.section.state.isVisibleTo(alone.section)


def test_an_older_release_names_its_year_and_an_older_silence_its_day(desk: CentralDesk) -> None:
    old = replace(RELEASE, published_at="2025-05-03T10:00:00Z")
    since = (NOW - timedelta(days=3)).timestamp()
    desk.link.on_status(replace(OFFLINE, offline_since_s=since), old)
    assert desk.window.status.sync.text() == "Offline since 31 October · songs of 3 May 2025"


def test_progress_is_a_line_only_where_the_whole_is_known(desk: CentralDesk) -> None:
    item = desk.window.status.sync
    desk.link.on_status(SyncStatus("fetching", None, 25_000, 100_000), None)
    assert item.share == 0.25 and item.cancel.isVisible()
    desk.link.on_status(SyncStatus("fetching", None, 25_000, None), None)
    assert item.share is None and item.cancel.isVisible()
    desk.link.on_status(SyncStatus("current", 12), RELEASE)
    assert item.share is None and not item.cancel.isVisible()


def test_what_is_coming_can_be_stopped(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("fetching", None, 10, 100), None)
    qtbot.mouseClick(desk.window.status.sync.cancel, Qt.MouseButton.LeftButton)
    assert desk.sync.asked == ["cancel"]


def test_offline_opens_no_dialog_says_why_and_is_tried_again_by_a_click(desk: CentralDesk, qtbot: QtBot) -> None:
    item = desk.window.status.sync
    desk.link.on_status(OFFLINE, RELEASE)
    assert SERVER in item.toolTip() and "Click to try again" in item.toolTip()
    assert not desk.window.findChildren(QDialog) and not desk.window.status.message.text
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert desk.sync.asked == ["look"]


def test_by_keyboard_too(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(OFFLINE, RELEASE)
    item = desk.window.status.sync
    assert item.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(item, Qt.Key.Key_Return)
    assert desk.sync.asked == ["look"]


def test_a_click_on_what_is_current_opens_its_settings(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("current", 12, looked_s=AT_S), RELEASE)
    qtbot.mouseClick(desk.window.status.sync, Qt.MouseButton.LeftButton)
    assert desk.window.page == "settings" and desk.sync.asked == []
    assert desk.section.state.name.text() == "Release 12 of 3 May · 100,000 songs"
    assert desk.section.state.state.text() == "Up to date. Looked at 14:05"
    assert not desk.section.heading.visibleRegion().isEmpty()


@pytest.mark.parametrize(
    "error",
    [RemoteRefused(server=SERVER), RemoteUntrusted(server=SERVER), NoPassword(server=SERVER, user="u"), ValueError()],
)
def test_the_reason_is_said_in_the_settings(desk: CentralDesk, error: Exception) -> None:
    desk.link.on_status(replace(OFFLINE, error=error), None)
    said = desk.section.state.state.text()
    assert said.startswith("Offline since 14:05 · ") and len(said) > 40
    assert desk.section.state.state.colour == "warn"


def test_other_songs_are_told_of_once(desk: CentralDesk) -> None:
    told: list[bool] = []
    desk.link.moved.connect(lambda: told.append(True))
    desk.link.on_status(SyncStatus("looking"), RELEASE)
    assert told == [], "they were here before the window"
    renumbered = replace(RELEASE, number=13)
    for status, release in (
        (SyncStatus("fetching"), RELEASE),
        (SyncStatus("current", 13), renumbered),
        (SyncStatus("current", 14), replace(renumbered, number=14, content=8)),
        (SyncStatus("looking", 14), replace(renumbered, number=14, content=8)),
    ):
        desk.link.on_status(status, release)
    assert told == [True]


# the settings


def filled_in(desk: CentralDesk, address: str, password: str = "") -> None:
    desk.window.show_central()
    desk.section.address.setText(address)
    desk.section.password.setText(password)


def test_connecting_hands_the_password_on_and_keeps_none_of_it(alone: CentralDesk, qtbot: QtBot) -> None:
    filled_in(alone, ADDRESS, "s3cret")
    assert alone.section.password.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(alone.section.connect_button, Qt.MouseButton.LeftButton)
    assert alone.sync.used == [CENTRAL] and alone.chosen == [CENTRAL]
    assert alone.given == [(CENTRAL, "s3cret")]
    assert alone.section.password.text() == ""
    assert not alone.section.connect_button.isEnabled(), "there is nothing new to connect to"
    assert "s3cret" not in repr(alone.settings_kept)


def test_enter_connects(alone: CentralDesk, qtbot: QtBot) -> None:
    filled_in(alone, ADDRESS)
    qtbot.keyClick(alone.section.address, Qt.Key.Key_Return)
    assert alone.sync.used == [CENTRAL]


@pytest.mark.parametrize("address", ["mysql://me:s3cret@example.org/music", "example.org", "mysql://example.org/"])
def test_an_address_that_cannot_be_understood_is_said_so_in_place(
    alone: CentralDesk, qtbot: QtBot, address: str
) -> None:
    filled_in(alone, address, "s3cret")
    qtbot.mouseClick(alone.section.connect_button, Qt.MouseButton.LeftButton)
    error = alone.section.error
    assert error.isVisible() and "mysql://user@server/database" in error.text() and "s3cret" not in error.text()
    assert (alone.sync.used, alone.chosen, alone.given) == ([], [], [])
    filled_in(alone, ADDRESS)
    qtbot.mouseClick(alone.section.connect_button, Qt.MouseButton.LeftButton)
    assert not error.isVisible() and alone.sync.used == [CENTRAL]


def test_only_another_computer_may_go_unencrypted(alone: CentralDesk, qtbot: QtBot) -> None:
    row, section = alone.section.rows["central_plain"], alone.section
    filled_in(alone, "mysql://me@localhost/music")
    section.address.editingFinished.emit()
    assert not row.isVisible()
    filled_in(alone, ADDRESS)
    section.address.editingFinished.emit()
    assert row.isVisible() and section.plain.index == 1
    qtbot.mouseClick(section.plain.part(0), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(section.connect_button, Qt.MouseButton.LeftButton)
    assert alone.sync.used == [replace(CENTRAL, without_tls=True)]


def test_where_the_password_went_is_said(desk: CentralDesk) -> None:
    help_line = desk.section.rows["central_password"].help
    desk.link.on_password_kept(True)
    assert help_line.text() == "It is in this system's keyring"
    desk.link.on_password_kept(False)
    assert "no keyring" in help_line.text() and "until the window closes" in help_line.text()


def test_another_password_for_the_same_address_is_tried_at_once(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.window.show_central()
    assert not desk.section.connect_button.isEnabled()
    desk.section.password.setText("new")
    qtbot.mouseClick(desk.section.connect_button, Qt.MouseButton.LeftButton)
    assert desk.sync.asked == ["look"] and desk.given == [(CENTRAL, "new")] and desk.sync.used == []


def test_disconnecting_keeps_the_songs(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("current", 12), RELEASE)
    desk.window.show_central()
    qtbot.mouseClick(desk.section.state.leave, Qt.MouseButton.LeftButton)
    assert desk.sync.used == desk.chosen == [CentralSettings()]
    assert not desk.window.status.sync.isVisible()
    assert desk.section.state.name.text() == "Release 12 of 3 May · 100,000 songs"
    assert desk.section.state.state.text() == "Not connected. The songs stay"
    assert not desk.section.state.leave.isVisible() and desk.section.search.isVisible()


def test_looking_now(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("current", 12), RELEASE)
    desk.window.show_central()
    qtbot.mouseClick(desk.section.state.look, Qt.MouseButton.LeftButton)
    assert desk.sync.asked == ["look"]


def test_whose_songs_are_searched_is_remembered_beside_the_folders(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("current", 12), RELEASE)
    desk.window.show_central()
    desk.connections.on_folders(("/music",))
    qtbot.mouseClick(desk.section.search.part(1), Qt.MouseButton.LeftButton)
    assert desk.settings_kept.library == LibrarySettings(folders=("/music",), search="own")
    desk.connections.on_folders(("/music", "/more"))
    assert desk.settings_kept.library == LibrarySettings(folders=("/music", "/more"), search="own")


# previews


def test_keeping_previews_says_first_how_much_that_is(desk: CentralDesk, qtbot: QtBot) -> None:
    desk.link.on_status(SyncStatus("current", 12), RELEASE)
    desk.window.show_central()
    row = desk.section.previews
    orders: list[str] = []
    row.wanted.connect(orders.append)
    qtbot.mouseClick(row.first, Qt.MouseButton.LeftButton)
    assert orders == ["count"] and not row.first.isEnabled()
    row.show_done("count", Kept(1204, 361_200_000, 0, 0), None)
    assert row.help.text() == "1,204 previews, about 361 MB to get"
    qtbot.mouseClick(row.second, Qt.MouseButton.LeftButton)
    assert orders == ["count"] and row.stage == "resting"
    qtbot.mouseClick(row.first, Qt.MouseButton.LeftButton)
    row.show_done("count", Kept(1204, 1_361_200_000, 0, 0), None)
    qtbot.mouseClick(row.first, Qt.MouseButton.LeftButton)
    assert orders == ["count", "count", "keep"]
    row.show_progress(Kept(1204, 1_361_200_000, 12, 3_600_000))
    assert row.help.text() == "12 of 1,204 previews, 4 MB of 1.4 GB"
    assert row.bar.isVisible() and (row.bar.value(), row.bar.maximum()) == (12, 1204)
    with qtbot.waitSignal(row.cancel_wanted):
        qtbot.mouseClick(row.first, Qt.MouseButton.LeftButton)
    row.show_done("keep", Kept(1204, 1_361_200_000, 12, 3_600_000), None)
    assert row.help.text() == "12 previews kept, 4 MB"
    qtbot.mouseClick(row.second, Qt.MouseButton.LeftButton)
    assert orders[-1] == "drop"
    row.show_done("drop", Kept(1204, 361_200_000, 0, 0), None)
    assert not row.second.isVisible()


def test_what_stops_previews_is_said_in_place(desk: CentralDesk) -> None:
    row = desk.section.previews
    row.show_done("keep", Kept(2, 600_000, 1, 300_000), RemoteUnreachable(server=SERVER))
    assert SERVER in row.help.text() and row.help.colour == "warn"


def test_a_central_song_is_marked_while_its_preview_comes_and_where_there_is_none(desk: CentralDesk) -> None:
    song = replace(songs(1)[0], path=None, source="central")
    desk.window.library.set_tracks([song])
    model, fetched = desk.window.library.table.tracks, []

    def spoken() -> str:
        return str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))

    desk.preview._fetch = fetched.append
    assert "from the central catalogue" in spoken()
    desk.preview.play(song, 3.0)
    assert fetched == [song.track_id]
    assert desk.window.player.accessibleName().endswith("Fetching the preview") and "Fetching" in spoken()
    desk.preview.on_preview_failed(song.track_id, PreviewUnavailable(track_id=song.track_id))
    assert "No preview for this song here" in spoken() and "Fetching" not in spoken()
    assert "Fetching" not in desk.window.player.accessibleName()
    desk.preview.toggle()
    assert "No preview" not in spoken() and "Fetching" in spoken()


def test_central_songs_are_told_among_results_too(desk: CentralDesk) -> None:
    row = ListRow(replace(songs(1)[0], path=None, source="central"), 81.0)
    spoken = row_words(moods()).spoken
    assert "from the central catalogue" in spoken(row)
    assert "from the central catalogue" not in spoken(ListRow(songs(1)[0], 81.0))
    desk.catalogue.set_facts(desk.facts)
    desk.connections.on_facts(desk.facts)
    desk.connections.open_mood(0)
    desk.window.mood.show_songs([(row.track, 0.9)])
    assert "from the central catalogue" in desk.window.mood.songs.model().index(0, 0).data()


def test_after_a_change_of_what_is_searched_all_is_asked_again(desk: CentralDesk) -> None:
    desk.catalogue.change(lambda: desk.store.__init__(songs(7)))
    desk.settle()
    assert desk.window.status.songs.text == "7 songs"
    assert desk.window.library.header.sub.text() == "7 songs"
