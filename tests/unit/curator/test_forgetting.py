"""Songs leave the archive, and nothing else does."""

from pathlib import Path

import pytest

from musicrec_desktop.curator.errors import TooManyGone, UnknownSongs
from musicrec_desktop.curator.forgetting import forget
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore
from tests.unit.curator.catalogue import made_up_store


@pytest.fixture
def store(tmp_path: Path) -> CentralStore:
    """Six songs whose files are there."""
    store = made_up_store(tmp_path, songs=6, seed=1)
    for song in store.songs().values():
        for name in song.parts:
            (song.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (song.folder / name).write_bytes(b"sound")
    return store


def songs_of(store: CentralStore) -> list[SongSource]:
    return list(store.songs().values())


def test_those_that_are_named(store: CentralStore) -> None:
    before = songs_of(store)
    assert forget(store, [before[2].path], gone=False, force=False) == [before[2]]
    assert songs_of(store) == before[:2] + before[3:]
    with pytest.raises(UnknownSongs):
        forget(store, [before[2].path], gone=False, force=False)


def test_those_whose_files_are_gone(store: CentralStore) -> None:
    before = songs_of(store)
    (before[4].folder / before[4].path).unlink()
    assert forget(store, [], gone=True, force=False) == [before[4]]
    assert forget(store, [], gone=True, force=False) == []
    assert songs_of(store) == before[:4] + before[5:]


def test_a_missing_disk_costs_nothing(store: CentralStore) -> None:
    before = songs_of(store)
    for song in before[:4]:
        (song.folder / song.path).unlink()
    with pytest.raises(TooManyGone):
        forget(store, [], gone=True, force=False)
    assert songs_of(store) == before
    assert forget(store, [], gone=True, force=True) == before[:4]
