"""Watched folders, with real files, real threads and a real catalogue: nothing is missed, nothing is lost."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import DiskFull
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.intake.changes import Changes, WatchedFolder
from musicrec_desktop.intake.following import drop_folders, forget_gone
from musicrec_desktop.intake.importing import import_paths
from musicrec_desktop.intake.results import Followed, ImportedFile, ImportProgress, Summary
from musicrec_desktop.workers.importing import ImportWorker
from musicrec_desktop.workers.nudges import Nudges
from musicrec_desktop.workers.watching import Pace, WatchWorker
from tests.unit.intake.test_importing import song

WAIT_S = 30.0
SPEC = FeatureSpec()
QUICK = Pace(still_s=0.15, patience_s=20.0, told_s=0.5, untold_s=0.1, share=1.0, hurried_share=1.0, retry_s=0.2)


class NoNudges(Nudges):
    """A system that says nothing, as with folders on a network."""

    is_complete = False

    def watch(self, folders: object) -> None:
        """Nothing is told."""


class Room:
    """A watch worker and an import worker over one catalogue, joined as the window joins them."""

    def __init__(self, folder: Path, *, nudges: type[Nudges] = Nudges, pace: Pace = QUICK) -> None:
        self.catalogue = folder / "home" / "catalogue.db"
        self.changed = threading.Condition()
        self.batches: list[Changes] = []
        self.ends: list[Followed] = []
        self.summaries: list[Summary] = []
        self.folders: tuple[WatchedFolder, ...] = ()
        self.full = False  # the disk
        self.hold = threading.Event()  # imports of the listener wait for it
        self.hold.set()
        self.begun: list[tuple[Path, ...]] = []
        self.imports = ImportWorker(
            import_files=self._import,
            forget_files=self._forget,
            on_progress=lambda progress: None,
            on_file=lambda file: None,
            on_done=lambda summary: self._note(self.summaries, summary),
            on_error=lambda error: None,
            on_followed=self._followed,
            on_dropped=lambda followed: self._note(self.ends, followed),
        )
        self.watcher = WatchWorker(
            open_store=self.open,
            fingerprint=SPEC.fingerprint(),
            follow=self._follow,
            on_folders=self._on_folders,
            pace=pace,
            nudges=nudges,
        )

    def open(self) -> CatalogueStore:
        return CatalogueStore(self.catalogue, fingerprint=SPEC.fingerprint())

    def _import(
        self, paths: Iterable[Path], /, *, token: CancelToken, on_progress: Callable[[ImportProgress], None]
    ) -> Iterator[ImportedFile]:
        self._note(self.begun, tuple(paths))
        while not self.hold.wait(0.01):
            token.check()
        if self.full:
            raise DiskFull(path=self.catalogue)
        with self.open() as store:
            yield from import_paths(paths, store=store, model_id=None, model_run=None, spec=SPEC, token=token)

    def _forget(self, changes: Changes, /, *, token: CancelToken) -> Iterator[TrackId]:
        with self.open() as store:
            yield from forget_gone(changes.gone, store=store, token=token)
            yield from drop_folders(changes.dropped, changes.kept, store=store, token=token)

    def _follow(self, changes: Changes) -> None:
        self._note(self.batches, changes)
        self.imports.follow(changes)

    def _followed(self, followed: Followed) -> None:
        self._note(self.ends, followed)
        self.watcher.followed(followed)

    def _on_folders(self, folders: tuple[WatchedFolder, ...]) -> None:
        with self.changed:
            self.folders = folders
            self.changed.notify_all()

    def _note(self, kept: list, what: object) -> None:
        with self.changed:
            kept.append(what)
            self.changed.notify_all()

    def wait(self, is_so: Callable[[], object]) -> None:
        """Until it is so; it is asked again at every event, and ten times a second."""
        end_s = time.monotonic() + WAIT_S
        while not is_so():
            assert time.monotonic() < end_s, (self.names(), self.batches, self.ends, self.folders)
            with self.changed:
                self.changed.wait(0.1)

    def ids(self) -> dict[str, TrackId]:
        with self.open() as store:
            return {track.path.name: track.track_id for track in store.tracks() if track.path}

    def names(self) -> set[str]:
        return set(self.ids())

    def looks(self, n: int = 3) -> None:
        """Let the worker look a few times."""
        for _ in range(n):
            before = self.watcher.looks
            self.watcher.watch(self.watcher.folders)
            self.wait(lambda before=before: self.watcher.looks > before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.fixture(params=[Nudges, NoNudges], ids=["told", "untold"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, nudges=request.param)
    room.watcher.start()
    yield room
    room.imports.stop()
    room.watcher.stop()
    assert not {thread.name for thread in threading.enumerate()} & {"watch", "import"}


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Room]:
    """A room whose system tells nothing."""
    room = Room(tmp_path, nudges=NoNudges)
    room.watcher.start()
    yield room
    room.hold.set()
    room.imports.stop()
    room.watcher.stop()


def test_files_come_change_move_and_go(room: Room, folder: Path) -> None:
    song(folder / "here before.wav", 1)
    room.watcher.watch([folder])
    room.wait(lambda: room.names() == {"here before.wav"})
    song(folder / "album" / "new.wav", 2)
    room.wait(lambda: room.names() == {"here before.wav", "new.wav"})
    ids = room.ids()
    (folder / "album").rename(folder / "renamed")
    (folder / "renamed" / "new.wav").rename(folder / "renamed" / "moved.wav")
    room.wait(lambda: room.names() == {"here before.wav", "moved.wav"})
    assert room.ids()["moved.wav"] == ids["new.wav"]
    song(folder / "here before.wav", 3, seconds=5.0)
    room.wait(lambda: room.ends[-1].summary.added and len(room.ends) >= 4)
    assert room.ids()["here before.wav"] == ids["here before.wav"]
    shutil.rmtree(folder / "renamed")
    room.wait(lambda: room.names() == {"here before.wav"})
    (folder / "here before.wav").unlink()
    room.wait(lambda: room.names() == set())
    room.wait(lambda: room.folders == (WatchedFolder(folder, True, 0),))


def test_nothing_is_handed_over_of_a_folder_that_was_just_given_up(tmp_path: Path, folder: Path) -> None:
    song(folder / "new.wav")
    looked, handed = threading.Event(), list[Changes]()

    def on_folders(folders: tuple[WatchedFolder, ...]) -> None:
        """In the midst of a look, after everything was seen."""
        if folders:
            watcher.watch([])
        else:
            looked.set()

    watcher = WatchWorker(
        open_store=Room(tmp_path).open,
        fingerprint=SPEC.fingerprint(),
        follow=handed.append,
        on_folders=on_folders,
        pace=replace(QUICK, still_s=0.0),
    )
    watcher.watch([folder])
    watcher.start()
    assert looked.wait(WAIT_S)
    watcher.stop()
    assert handed == []


def test_the_system_saves_waiting(tmp_path: Path, folder: Path) -> None:
    room = Room(tmp_path, pace=replace(QUICK, told_s=600.0))
    room.watcher.start()
    room.watcher.watch([folder])
    room.looks(1)
    song(folder / "new.wav")
    room.wait(lambda: room.names() == {"new.wav"})
    (folder / "notes.txt").write_text("no music")
    (folder / "new.wav").unlink()
    room.wait(lambda: room.names() == set())
    room.watcher.stop()
    room.imports.stop()


def test_where_the_system_cannot_tell_it_is_looked_more_often(tmp_path: Path) -> None:
    said = []
    nudges = Nudges(lambda: said.append(1))
    nudges.watch({tmp_path / "nowhere": (0, 0)})
    assert not nudges.is_complete
    nudges.watch({tmp_path: (0, 1)})
    assert nudges.is_complete
    nudges.stop()
    assert nudges.is_complete


def test_a_growing_file_waits_until_it_is_whole(room: Room, folder: Path, tmp_path: Path) -> None:
    whole = song(tmp_path / "whole.wav", 1, seconds=8.0).read_bytes()
    room.watcher.watch([folder])
    with (folder / "growing.wav").open("wb") as file:
        for start in range(0, len(whole), len(whole) // 8):
            file.write(whole[start : start + len(whole) // 8])
            file.flush()
            room.looks(1)
    room.wait(lambda: room.names() == {"growing.wav"})
    with room.open() as store:
        assert store.tracks()[0].duration_s == pytest.approx(8.0, abs=0.05)


def test_a_burst_is_one_import(quiet: Room, folder: Path, tmp_path: Path) -> None:
    quiet.watcher.watch([folder])
    data = song(tmp_path / "one.wav").read_bytes()
    for number in range(1000):
        path = folder / f"{number % 20}" / f"{number}.wav"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)  # one content: one song and 999 copies of it
    quiet.wait(lambda: quiet.ends)
    assert [len(batch.found) for batch in quiet.batches] == [1000]
    assert quiet.ends[0].outcome == "done"
    assert (quiet.ends[0].summary.added, quiet.ends[0].summary.unchanged) == (1, 999)
    quiet.looks()
    assert len(quiet.batches) == 1, "what was imported is not found again"


def test_a_disk_that_is_taken_out_costs_nothing(room: Room, folder: Path) -> None:
    for number in range(3):
        song(folder / f"{number}.wav", number)
    room.watcher.watch([folder])
    room.wait(lambda: len(room.names()) == 3)
    ids = room.ids()
    away = folder.rename(folder.with_name("away"))
    room.wait(lambda: room.folders == (WatchedFolder(folder, False, 3),))
    folder.mkdir()  # the empty place where a disk is usually mounted
    room.looks()
    assert room.ids() == ids
    assert room.folders == (WatchedFolder(folder, False, 3),)
    song(folder / "another disk.wav", 9)
    room.wait(lambda: len(room.names()) == 4)
    room.looks()
    assert ids.items() <= room.ids().items()
    shutil.rmtree(folder)
    away.rename(folder)
    room.wait(lambda: room.folders[0].is_at_hand and room.names() == set(ids))
    assert room.ids() == ids


def test_a_disk_below_the_folder_may_be_taken_out(quiet: Room, folder: Path, tmp_path: Path) -> None:
    song(folder / "stays.wav", 1)
    song(folder / "mounted" / "a.wav", 2)
    elsewhere = song(tmp_path / "disk" / "b.wav", 3).parent
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    quiet.watcher.watch([folder])
    quiet.wait(lambda: len(quiet.names()) == 3)
    (folder / "mounted").rename(tmp_path / "unmounted")
    (folder / "mounted").mkdir()
    elsewhere.rename(tmp_path / "gone")
    quiet.looks(5)
    assert len(quiet.names()) == 3


def test_a_folder_that_may_not_be_read_costs_nothing(
    quiet: Room, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a faulty disk or a missing right has it; said by the system call, as the tests may run as root."""
    listed = os.scandir

    def denied(path: str) -> object:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "denied", path)
        return listed(path)

    song(folder / "closed" / "a.wav", 1)
    song(folder / "open.wav", 2)
    quiet.watcher.watch([folder])
    quiet.wait(lambda: len(quiet.names()) == 2)
    monkeypatch.setattr(os, "scandir", denied)
    quiet.looks(5)
    assert len(quiet.names()) == 2


def test_what_was_deleted_while_nobody_looked(tmp_path: Path, folder: Path) -> None:
    for number in range(5):
        song(folder / f"{number}.wav", number)
    first = Room(tmp_path)
    first.imports.start([folder])
    first.wait(lambda: first.summaries)
    first.imports.stop()
    (folder / "4.wav").unlink()
    second = Room(tmp_path)
    second.watcher.start()
    second.watcher.watch([folder])
    second.wait(lambda: second.names() == {f"{number}.wav" for number in range(4)})
    second.watcher.stop()
    second.imports.stop()


def test_another_disk_in_the_same_place_while_nobody_looked(tmp_path: Path, folder: Path) -> None:
    for number in range(6):
        song(folder / f"{number}.wav", number)
    first = Room(tmp_path)
    first.imports.start([folder])
    first.wait(lambda: first.summaries)
    first.imports.stop()
    shutil.rmtree(folder)
    song(folder / "other.wav", 7)
    second = Room(tmp_path)
    second.watcher.start()
    second.watcher.watch([folder])
    second.wait(lambda: len(second.names()) == 7)
    second.looks()
    assert len(second.names()) == 7
    second.watcher.stop()
    second.imports.stop()


def test_a_bad_file_is_tried_once(quiet: Room, folder: Path) -> None:
    (folder / "text.mp3").write_text("this is not music\n" * 200)
    quiet.watcher.watch([folder])
    quiet.wait(lambda: quiet.ends)
    assert quiet.ends[0].summary.failed == 1
    quiet.looks()
    assert len(quiet.batches) == 1
    song(folder / "text.wav", 1)
    quiet.wait(lambda: quiet.names() == {"text.wav"})


def test_the_listeners_import_comes_first(quiet: Room, folder: Path, tmp_path: Path) -> None:
    own = song(tmp_path / "own.wav", 5)
    song(folder / "a.wav", 1)
    quiet.hold.clear()
    quiet.watcher.watch([folder])
    quiet.wait(lambda: quiet.begun)
    quiet.imports.start([own])
    quiet.wait(lambda: quiet.ends)
    assert quiet.ends[0].outcome == "gave_way"
    quiet.hold.set()
    quiet.wait(lambda: quiet.summaries and quiet.names() == {"own.wav", "a.wav"})


def test_cancelled_is_not_tried_again(quiet: Room, folder: Path) -> None:
    song(folder / "a.wav", 1)
    quiet.hold.clear()
    quiet.watcher.watch([folder])
    quiet.wait(lambda: quiet.begun)
    quiet.imports.cancel()
    quiet.wait(lambda: quiet.ends)
    assert quiet.ends[0].outcome == "cancelled"
    quiet.hold.set()
    quiet.looks()
    assert len(quiet.batches) == 1
    assert quiet.names() == set()


def test_a_full_disk_is_tried_again_later(quiet: Room, folder: Path) -> None:
    song(folder / "a.wav", 1)
    quiet.full = True
    quiet.watcher.watch([folder])
    quiet.wait(lambda: quiet.ends)
    assert isinstance(quiet.ends[0].error, DiskFull)
    quiet.full = False
    quiet.wait(lambda: quiet.names() == {"a.wav"})


def test_a_folder_is_dropped_with_its_songs_but_those_kept_elsewhere(quiet: Room, folder: Path, tmp_path: Path) -> None:
    song(folder / "only here.wav", 1)
    shutil.copy(song(folder / "twice.wav", 2), tmp_path / "copy.wav")
    song(folder / "kept" / "kept.wav", 3)
    quiet.imports.start([folder, tmp_path / "copy.wav"])
    quiet.wait(lambda: quiet.summaries)
    ids = quiet.ids()
    quiet.imports.drop(Changes(dropped=(folder,), kept=(folder / "kept",)))
    quiet.imports.cancel()  # what the listener wants to be dropped is dropped
    quiet.wait(lambda: quiet.ends)
    assert quiet.ends[0].removed == 1
    assert quiet.ids() == {"copy.wav": ids["twice.wav"], "kept.wav": ids["kept.wav"]}
    assert (folder / "only here.wav").exists()


def test_stopping_is_quick_whatever_goes_on(tmp_path: Path, folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}.wav").write_bytes(b"RIFF" + bytes([number % 250]) * 5000)
    room = Room(tmp_path)
    room.watcher.start()
    room.watcher.watch([folder])
    room.wait(lambda: room.begun)
    began = time.monotonic()
    room.watcher.stop()
    room.imports.stop()
    room.watcher.stop()
    assert time.monotonic() - began < 2.0
    assert not {thread.name for thread in threading.enumerate()} & {"watch", "import"}


def test_stopping_before_anything(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.watcher.stop()
    room.imports.stop()
