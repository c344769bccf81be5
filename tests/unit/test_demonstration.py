"""The songs that come with the program: when they are in use, and what is done where they do not fit."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import CatalogueUnwritable, DemonstrationUnusable
from musicrec_desktop.core.types import AnalysisRequest, RequestId, TrackId
from musicrec_desktop.demonstration import CatalogueInUse, RecommenderInUse, open_demonstration
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.signals import sine
from tests.unit.catalogue.stores import add, store_in

SHIPPED, OTHER = FakeClassifier("shipped"), FakeClassifier("other", seed=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five songs with relative paths, embedded with the model that is shipped."""
    folder = tmp_path / "데모"
    folder.mkdir()
    with store_in(folder) as store:
        for number in range(5):
            add(store, number, path=Path(f"songs/{number}.opus"))
        store.use_model(SHIPPED.model_id, SHIPPED.run)
    with closing(apsw.Connection(str(folder / "catalogue.db"))) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    return folder


def opened(folder: Path, model: FakeClassifier | None = SHIPPED, *, fingerprint: str = FINGERPRINT) -> CatalogueStore:
    return open_demonstration(
        folder,
        cache=folder.parent / "home" / "cache",
        fingerprint=fingerprint,
        model_id=model.model_id if model else None,
        run=lambda: model.run if model else pytest.fail("there is no model to run"),
    )


def test_songs_are_where_the_catalogue_is_and_nothing_is_written(folder: Path) -> None:
    with opened(folder) as store:
        assert store.is_demonstration and store.path == folder / "catalogue.db"
        assert [track.path for track in store.tracks()] == [folder / "songs" / f"{n}.opus" for n in range(5)]
        assert all(track.mood_id is not None for track in store.tracks())
        assert sum(store.mood_counts(SHIPPED.model_id).values()) == 5
        with pytest.raises(CatalogueUnwritable):
            add(store, 6)
    assert not (folder.parent / "home").exists()


def test_another_model_gets_a_copy_of_its_own_once(folder: Path) -> None:
    before = (folder / "catalogue.db").read_bytes()
    for _ in range(2):
        with opened(folder, OTHER) as store:
            assert store.is_demonstration and store.path.parent == folder.parent / "home" / "cache"
            assert store.tracks()[0].path == folder / "songs" / "0.opus"
            assert store.model_in_use() == "other" and sum(store.mood_counts("other").values()) == 5
            assert len(store.passages("other").track_ids) == 5
    assert (folder / "catalogue.db").read_bytes() == before
    assert OTHER.n_runs == 5
    assert len(list((folder.parent / "home" / "cache").iterdir())) == 1


def test_a_third_model_takes_the_place_of_the_second(folder: Path) -> None:
    opened(folder, OTHER).close()
    with opened(folder, FakeClassifier("third", seed=3)) as store:
        assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]


def test_without_a_model_the_songs_are_listed_all_the_same(folder: Path) -> None:
    with opened(folder, None) as store:
        assert store.count() == 5


@pytest.mark.parametrize("fault", ["missing", "text", "empty", "cut off", "other features"])
def test_what_cannot_be_used_says_so(folder: Path, fault: str) -> None:
    file = folder / "catalogue.db"
    match fault:
        case "missing":
            file.unlink()
        case "text":
            file.write_text("no catalogue at all\n" * 100)
        case "empty":
            file.write_bytes(b"")
        case "cut off":
            file.write_bytes(file.read_bytes()[:5000])
    fingerprint = "another" if fault == "other features" else FINGERPRINT
    with pytest.raises(DemonstrationUnusable) as raised:
        opened(folder, fingerprint=fingerprint)
    assert raised.value.path == file and raised.value.detail


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_says_so(folder: Path) -> None:
    (folder.parent / "home").mkdir(mode=0o500)
    with pytest.raises(DemonstrationUnusable):
        opened(folder, OTHER)


def test_a_cache_that_is_a_file_says_so(folder: Path) -> None:
    (folder.parent / "home").write_text("in the way")
    with pytest.raises(DemonstrationUnusable):
        opened(folder, OTHER)


# whose songs are in use


@pytest.fixture
def in_use(folder: Path, tmp_path: Path) -> Iterator[CatalogueInUse]:
    catalogue = CatalogueInUse(store_in(tmp_path / "own"), lambda: opened(folder))
    yield catalogue
    catalogue.close()


def test_it_is_in_use_as_long_as_there_are_no_own_songs(in_use: CatalogueInUse) -> None:
    assert in_use.store().is_demonstration
    mine = add(in_use.own, 7, model=SHIPPED)
    assert not in_use.store().is_demonstration
    assert [track.track_id for track in in_use.store().tracks()] == [mine]
    in_use.own.remove([mine])
    assert in_use.store().is_demonstration


def test_a_demonstration_that_cannot_be_used_leaves_the_catalogue_empty_until_it_can(
    folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.db"
    shutil.move(folder / "catalogue.db", kept)
    catalogue = CatalogueInUse(store_in(tmp_path / "own"), lambda: opened(folder))
    assert catalogue.store() is catalogue.own
    shutil.move(kept, folder / "catalogue.db")
    assert catalogue.store().is_demonstration
    catalogue.close()


class Asked:
    """In the place of a recommender: its answer is the songs of its catalogue."""

    def __init__(self, store: CatalogueStore) -> None:
        self._store = store
        self.warm = False

    def warm_up(self) -> None:
        self.warm = True

    def recommend(self, *_: object, **__: object) -> list[TrackId]:
        return [track.track_id for track in self._store.tracks()]

    similar = recommend


def test_every_answer_comes_from_one_catalogue(in_use: CatalogueInUse) -> None:
    made: list[Asked] = []

    def make(store: CatalogueStore) -> Asked:
        made.append(Asked(store))
        return made[-1]

    recommender = RecommenderInUse(in_use, make)  # type: ignore[arg-type]  # what it asks of one is all there
    recommender.warm_up()
    assert [each.warm for each in made] == [False, True]  # the listener's own is ready, the other is used
    shown = [track.track_id for track in in_use.store().tracks()]
    request, token = AnalysisRequest(RequestId(1), sine(440, 3.0)), CancelToken()
    assert recommender.recommend(request, token) == shown
    mine = add(in_use.own, 7, model=SHIPPED)
    assert recommender.recommend(request, token) == [mine]
    assert recommender.similar(mine, limit=5, per_artist=2, token=token) == [mine]
    in_use.own.remove([mine])
    assert recommender.recommend(request, token) == shown
    assert len(made) == 2


def test_an_answer_is_of_the_catalogue_as_it_was_when_it_was_asked(in_use: CatalogueInUse) -> None:
    first = add(in_use.own, 7, model=SHIPPED)

    class Interrupted:
        """Looks at the catalogue before and after somebody else has added to it."""

        def recommend(self, request: AnalysisRequest, token: CancelToken) -> list[list[TrackId]]:
            before = [track.track_id for track in in_use.own.tracks()]
            with store_in(in_use.own.path.parent) as other:
                add(other, 8, model=SHIPPED)
            return [before, [track.track_id for track in in_use.own.tracks()]]

    recommender = RecommenderInUse(in_use, lambda store: Interrupted())  # type: ignore[arg-type, return-value]  # what is asked of one is there
    answer = recommender.recommend(AnalysisRequest(RequestId(1), sine(440, 3.0)), CancelToken())
    assert answer == [[first], [first]]
    assert in_use.own.count() == 2
