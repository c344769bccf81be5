"""Songs that leave the catalogue: only those whose files are really deleted, and never a file itself."""

import shutil
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.intake.changes import GoneFile
from musicrec_desktop.intake.following import drop_folders, forget_gone
from tests.unit.intake.test_importing import imported, song


def gone(path: Path, vouched_by: Path | None = None) -> GoneFile:
    by = vouched_by or path.parent
    return GoneFile(path, by, (by.stat().st_dev, by.stat().st_ino))


def test_a_deleted_file_takes_its_song_along(store: CatalogueStore, folder: Path) -> None:
    path, other = song(folder / "a.wav", 1), song(folder / "b.wav", 2)
    imported(store, folder)
    path.unlink()
    assert len(list(forget_gone([gone(path), gone(other), gone(folder / "never.wav")], store=store))) == 1
    assert [track.path for track in store.tracks()] == [other], "what is there is not gone, whatever was said"


def test_a_copy_takes_the_place_of_a_deleted_file(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav", 1)
    for name in ("b.wav", "c.wav"):
        shutil.copy(path, folder / name)
    imported(store, folder)
    track_id = store.tracks()[0].track_id
    for name in ("a.wav", "b.wav"):
        (folder / name).unlink()
    assert list(forget_gone([gone(folder / "a.wav"), gone(folder / "b.wav")], store=store)) == []
    assert [(track.track_id, track.path) for track in store.tracks()] == [(track_id, folder / "c.wav")]
    assert set(store.known_files()) == {folder / "c.wav"}


def test_a_disk_taken_out_in_the_meantime_costs_nothing(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav", 1)
    imported(store, folder)
    missing = gone(path)
    folder.rename(folder.with_name("away"))
    assert list(forget_gone([missing], store=store)) == []
    folder.mkdir()
    assert list(forget_gone([missing], store=store)) == []
    assert store.count() == 1


def test_dropping_may_be_cancelled_and_touches_no_file(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav", 1)
    imported(store, folder)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        list(drop_folders([folder], [], store=store, token=token))
    assert store.count() == 1
    assert len(list(drop_folders([folder], [], store=store))) == 1
    assert store.count() == 0 and path.exists()
