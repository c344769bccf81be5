"""Watched folders in the window: added, told of, stopped, removed with their songs in two steps."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.errors import DiskFull
from musicrec_desktop.core.settings import LookSettings
from musicrec_desktop.intake.changes import Changes, WatchedFolder
from musicrec_desktop.intake.results import Followed, ImportedFile, ImportProgress, Summary
from musicrec_desktop.ui.library_folders import LibraryFolders, with_folders
from tests.ui.desk import Desk

SUMMARY = Summary(0, 0, 0, 0, 0.1)


class FakeWatcher:
    def __init__(self) -> None:
        self.watched: list[list[Path]] = []
        self.ends: list[Followed] = []

    def watch(self, folders: Iterable[Path]) -> None:
        self.watched.append(list(folders))

    def followed(self, followed: Followed) -> None:
        self.ends.append(followed)


class Folders:
    """A desk with a library of folders."""

    def __init__(self, qtbot: QtBot, names: tuple[str, ...] = ()) -> None:
        self.desk = Desk(qtbot, LookSettings(language="en", theme="light"))
        self.watcher, self.dropped, self.names = FakeWatcher(), [], []
        self.folders = LibraryFolders(
            window=self.desk.window,
            importer=self.desk.importer,
            names=names,
            watcher=self.watcher,
            drop=self.dropped.append,
        )
        self.desk.connections.imported_by_hand.connect(self.folders.add)
        self.folders.changed.connect(self.names.append)
        self.folders.changed.connect(self.desk.connections.on_folders)
        self.section = self.desk.window.settings.catalogue
        self.library = self.desk.window.library
        self.library.set_tracks(self.desk.store.tracks())

    def seen(self, *folders: tuple[str, bool, int]) -> None:
        self.folders.on_folders(tuple(WatchedFolder(Path(name), here, n) for name, here, n in folders))


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Folders]:
    yield Folders(qtbot, ("/music/one", "/disk/two"))


def test_the_settings_folders_are_watched_from_the_beginning(room: Folders) -> None:
    room.folders.begin()
    assert room.watcher.watched == [[Path("/music/one"), Path("/disk/two")]]
    assert room.library.header.sub.text() == "40 songs, 2 folders"
    room.seen(("/music/one", True, 30), ("/disk/two", False, 10))
    assert room.library.header.sub.text() == "40 songs, 2 folders, 1 not at hand"
    one, two = room.section.rows.values()
    assert (one.name.text(), one.state.text()) == ("one", "30 songs · /music/one")
    assert two.state.text() == "Not there right now. Its songs stay · /disk/two"


def test_songs_that_are_not_at_hand_say_so(room: Folders) -> None:
    track = room.desk.store.tracks()[0]
    room.library.set_tracks([track])
    room.seen(("/music/one", True, 30), (str(track.path.parent), False, 1))
    model = room.library.table.tracks
    assert not model.is_away(track), "a folder that is not in the list is not shown"
    room.library.set_folders([WatchedFolder(track.path.parent, False, 1)])
    assert model.is_away(track)
    told = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith("Not there right now. Its songs stay")


def test_a_folder_is_watched_once_it_is_imported(room: Folders, tmp_path: Path) -> None:
    room.desk.connections.import_paths([tmp_path, tmp_path / "a.mp3"])
    assert room.names == [("/music/one", "/disk/two", str(tmp_path))], "remembered at once"
    assert room.watcher.watched == []
    room.desk.importer.on_done(SUMMARY)
    assert room.watcher.watched == [[Path("/music/one"), Path("/disk/two"), tmp_path]]


def test_a_cancelled_import_leaves_nothing_to_watch(room: Folders, tmp_path: Path) -> None:
    room.desk.connections.import_paths([tmp_path])
    room.library.card.cancel_wanted.emit()
    room.desk.importer.on_done(SUMMARY)
    assert room.names[-1] == ("/music/one", "/disk/two")
    assert room.watcher.watched[-1] == [Path("/music/one"), Path("/disk/two")]


def test_a_folder_given_up_during_an_import_is_looked_at_no_more(room: Folders, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    room.desk.connections.import_paths([one])
    room.folders.remove(Path("/disk/two"))
    assert room.watcher.watched == [[Path("/music/one")]]
    room.folders.stop_watching(one)
    room.desk.connections.import_paths([other])
    assert room.names[-1] == ("/music/one", str(other)), "what was given up does not come back with the next"
    room.desk.importer.on_done(SUMMARY)
    room.desk.importer.on_done(SUMMARY)
    assert room.watcher.watched[-1] == [Path("/music/one"), other]


def test_folders_within_folders_are_watched_with_them() -> None:
    one, below, other = Path("/m/one"), Path("/m/one/below"), Path("/m/onemore")
    assert with_folders([one], [below, other]) == [one, other]
    assert with_folders([below, other], [one]) == [other, one]
    assert with_folders([one], [one]) == [one]


def test_stop_watching_keeps_the_songs(room: Folders, qtbot: QtBot) -> None:
    qtbot.mouseClick(room.section.rows[Path("/music/one")].stop, Qt.MouseButton.LeftButton)
    assert room.names == [("/disk/two",)]
    assert room.watcher.watched == [[Path("/disk/two")]]
    assert room.dropped == []
    assert list(room.section.rows) == [Path("/disk/two")]


def test_removing_with_songs_asks_once_more(room: Folders, qtbot: QtBot) -> None:
    row = room.section.rows[Path("/disk/two")]
    room.seen(("/music/one", True, 30), ("/disk/two", True, 12))
    row.remove.click()
    assert (row.name.text(), row.stop.text()) == ("Remove 12 songs from the library?", "Keep")
    row.stop.click()
    assert row.name.text() == "two"
    assert room.dropped == [] and room.names == []
    row.remove.click()
    row.remove.click()
    assert room.dropped == [Changes(dropped=(Path("/disk/two"),), kept=(Path("/music/one"),))]
    assert room.names == [("/music/one",)]


def test_what_folders_bring_is_said_quietly(room: Folders) -> None:
    importer, card, status = room.desk.importer, room.library.card, room.desk.window.status
    importer.on_progress(ImportProgress(1, 1, 0.0))
    assert card.isHidden(), "one song is no news while it comes"
    importer.on_progress(ImportProgress(1, 12, 3.0))
    importer.on_file(ImportedFile(Path("bad.mp3"), "failed", "damaged"))
    assert not card.isHidden()
    assert card.title.text() == "New in your folders"
    assert card.failures == []
    room.desk.window.show_page("library")
    assert card.title.width() >= card.title.sizeHint().width(), "the numbers below it do not narrow it"
    followed = Followed("done", Summary(11, 0, 0, 1, 1.0), removed=1)
    room.folders.on_followed(followed)
    assert card.isHidden()
    assert room.watcher.ends == [followed]
    assert status.message.text == "11 new songs from your folders · 1 song left the library"
    room.folders.on_followed(Followed("failed", SUMMARY, 0, DiskFull(path=Path("/x"))))
    trouble = status.message.text
    assert "11 new" not in trouble
    status.say("something else")
    room.folders.on_followed(Followed("failed", SUMMARY, 0, DiskFull(path=Path("/x"))))
    assert status.message.text == "something else", "the same trouble is news only once"
    room.folders.on_followed(Followed("done", SUMMARY))
    room.folders.on_followed(Followed("failed", SUMMARY, 0, DiskFull(path=Path("/x"))))
    assert status.message.text == trouble


def test_what_an_import_could_not_read_stays_until_it_is_closed(room: Folders) -> None:
    card = room.library.card
    card.begin()
    card.add_file(ImportedFile(Path("bad.mp3"), "failed", "damaged"))
    card.end(Summary(10, 0, 0, 1, 1.0))
    room.desk.importer.on_progress(ImportProgress(1, 12, 3.0))
    room.folders.on_followed(Followed("done", Summary(0, 10, 0, 1, 1.0)))
    assert not card.isHidden() and card.title.text() == "10 songs added"
    assert [file.path.name for file in card.failures] == ["bad.mp3"]
    card.button.click()
    room.desk.importer.on_progress(ImportProgress(1, 12, 3.0))
    assert card.title.text() == "New in your folders"


def test_the_listeners_import_takes_the_card(room: Folders, tmp_path: Path) -> None:
    importer, card = room.desk.importer, room.library.card
    importer.on_progress(ImportProgress(1, 12, 3.0))
    room.desk.connections.import_paths([tmp_path])
    room.folders.on_followed(Followed("gave_way", SUMMARY))
    assert not card.isHidden()
    assert card.title.text() == "Importing"


def test_covers_are_switched_in_the_settings(room: Folders) -> None:
    said = []
    room.desk.connections.settings_changed.connect(said.append)
    assert room.desk.window.settings.covers.index == 0
    room.desk.window.settings.covers.chosen.emit(1)
    assert not said[-1].look.covers
    assert said[-1].library.folders == ()
