"""CentralSongs: from one whole content to the next, and back; nobody ever sees half."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from musicrec_desktop.catalogue import central_rows
from musicrec_desktop.catalogue.codec import FLOAT32, UINT8, DamagedBlob, sealed
from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import ContentIncomplete, ModelInvalid, ReleaseTooNew, UnknownTrack
from musicrec_desktop.core.types import TrackId
from tests.fakes import FakeClassifier
from tests.unit.catalogue.central import (
    content,
    model_as_bytes,
    moved_to,
    pages_of,
    release_of,
    renamed,
    seen,
    stage_all,
    swept,
    titles,
    track,
)
from tests.unit.catalogue.stores import add, store_in

MODEL, NEWER = FakeClassifier("model-a"), FakeClassifier("model-b", seed=2)
FIRST = content(range(8), model=MODEL)
SECOND = content([0, 1, 3, 4, 5, 6, 7, 9], model=MODEL, versions={4: 1, 5: 1})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CatalogueStore]:
    with store_in(tmp_path) as store:
        yield store


def n_rows(store: CatalogueStore, table: str = "track_rows") -> int:
    return int(store._database.run(f"SELECT count(*) FROM {table}")[0][0])


def test_nothing_is_seen_before_the_switch_and_all_of_it_after(store: CatalogueStore) -> None:
    mine = add(store, 1, model=MODEL)
    generation = store.generation()
    local = stage_all(store, FIRST, release_of(FIRST, 1, model=MODEL))
    assert store.generation() == generation
    assert [each.track_id for each in store.tracks()] == [mine]
    assert store.search("central") == [] and store.count() == 1
    assert store.passages("model-a").track_ids == (mine,)
    assert store.sequences([TrackId("c0001")]) == {} and store.sound_print(TrackId("c0001")) is None
    assert sum(store.mood_counts("model-a").values()) == 1
    store.central.switch(local, MODEL.run)
    assert store.generation() > generation
    assert seen(store) == titles(FIRST) and store.count() == 9
    assert {each.track_id for each in store.search("central", 20)} == set(FIRST)
    assert set(store.passages("model-a").track_ids) == {mine, *FIRST}
    assert set(store.sequences(list(map(TrackId, FIRST)))) == set(FIRST)
    assert sum(store.mood_counts("model-a").values()) == 9
    found = store.track(TrackId("c0001"))
    assert (found.source, found.path) == ("central", None) and found.mood_id is not None
    assert len(store.statistics(TrackId("c0001"))[0]) > 0 and store.statistics(TrackId("c0001"))[1].shape[1] == 0
    assert store.central.digest_of(local) == (8, release_of(FIRST, 1, model=MODEL).digest)
    assert store.central.staged() is None


def test_a_change_brings_replaces_and_takes_away(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    local = stage_all(store, SECOND, release_of(SECOND, 2, model=MODEL), before=FIRST)
    assert seen(store) == titles(FIRST)
    assert store.search("central 4 1") == [] and len(store.search("central 4 0")) == 1
    store.central.switch(local, MODEL.run)
    assert seen(store) == titles(SECOND)
    assert store.search("central 4 0") == [] and len(store.search("central 4 1")) == 1
    assert n_rows(store) == 11, "only what differs was written"
    with pytest.raises(UnknownTrack):
        store.track(TrackId("c0002"))


def test_back_and_forward_again_are_one_small_change_each(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    second = moved_to(store, SECOND, 2, MODEL, before=FIRST)
    rows = n_rows(store)
    assert store.central.back()
    assert seen(store) == titles(FIRST) and n_rows(store) == rows
    assert {each.title for each in store.search("central 4")} == {"Central 4 0"}
    assert store.central.back(replace(second, number=9))
    held = store.central.in_use()
    assert held is not None and held.release.number == 9 and seen(store) == titles(SECOND)


def test_back_from_the_first_content_leaves_own_songs_and_the_model_from_before(store: CatalogueStore) -> None:
    assert store.central.back() is False
    mine = add(store, 1)
    store.use_model(MODEL.model_id, MODEL.run)
    newer = content(range(3), model=NEWER)
    moved_to(store, newer, 1, NEWER)
    assert store.model_in_use() == "model-b" and store.track(mine).mood_id is not None
    assert store.central.back()
    assert store.central.in_use() is None and store.model_in_use() == "model-a"
    assert [each.track_id for each in store.tracks()] == [mine] and store.track(mine).mood_id is not None


def test_own_songs_are_embedded_beside_their_old_values_before_the_switch(store: CatalogueStore) -> None:
    ids = {add(store, number, model=MODEL) for number in range(1, 4)}
    store.use_model(MODEL.model_id, MODEL.run)
    newer = content(range(5), model=NEWER)
    moved_to(store, newer, 1, NEWER)
    assert set(store.passages("model-b").track_ids) == {*ids, *newer}
    assert set(store.passages("model-a").track_ids) == ids, "for a rollback"
    assert swept(store) == 0
    assert store.use_model(MODEL.model_id, MODEL.run) == 0
    assert store.model_in_use() == "model-b", "the model in use is the content's"


def test_a_switch_that_is_cancelled_changes_nothing(store: CatalogueStore) -> None:
    add(store, 1)
    local = stage_all(store, FIRST, release_of(FIRST, 1, model=MODEL))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        store.central.switch(local, MODEL.run, token=token)
    assert seen(store) == {} and store.model_in_use() is None and store.central.staged() is not None


def test_what_is_not_whole_is_not_used(store: CatalogueStore) -> None:
    release = release_of(FIRST, 1, model=MODEL)
    held = store.central.begin(release)
    for page, reached in pages_of(FIRST, {})[:-1]:
        store.central.stage(held.local, page, reached=reached)
    with pytest.raises(ContentIncomplete):
        store.central.switch(held.local, MODEL.run)
    store.central.stage(held.local, [], reached=None)
    with pytest.raises(ContentIncomplete):
        store.central.switch(held.local, MODEL.run)  # said to be all, and is not
    with pytest.raises(ContentIncomplete):
        store.central.stage(held.local + 1, [], reached="")
    assert seen(store) == {}


def test_staging_goes_on_where_it_was_and_pages_may_come_twice(tmp_path: Path) -> None:
    release = release_of(FIRST, 1, model=MODEL)
    pages = pages_of(FIRST, {})
    with store_in(tmp_path) as store:
        local = store.central.begin(release).local
        for page, reached in [pages[0], pages[1], pages[0], pages[1]]:
            store.central.stage(local, page, reached=reached)
    with store_in(tmp_path) as store:
        staged = store.central.begin(replace(release, number=7))
        assert (staged.local, staged.reached, staged.release.number) == (local, "c0005", 7)
        assert store.central.staged() == staged and n_rows(store) == 6
        store.central.stage(local, *pages[2:][0][:1], reached=None)
        store.central.switch(local, MODEL.run)
        assert seen(store) == titles(FIRST)


def test_another_release_takes_the_place_of_what_was_staged(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    stage_all(store, SECOND, release_of(SECOND, 2, model=MODEL), before=FIRST)
    third = content(range(4), model=MODEL, versions={1: 5})
    moved_to(store, third, 3, MODEL, before=FIRST)
    assert seen(store) == titles(third)
    assert store.central.back() and seen(store) == titles(FIRST)


def test_after_going_back_another_content_begins_where_that_one_is(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    moved_to(store, SECOND, 2, MODEL, before=FIRST)
    store.central.back()
    third = content(range(7), model=MODEL, versions={3: 3})
    moved_to(store, third, 3, MODEL, before=FIRST)
    assert seen(store) == titles(third)
    assert store.central.back() and seen(store) == titles(FIRST)


def test_another_catalogue_is_staged_whole_beside_the_old_one(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 5, MODEL)
    other = content([1, 2, 20, 21], model=MODEL, versions={2: 4})
    release = replace(release_of(other, 1, model=MODEL), catalogue_id="central-b")
    local = stage_all(store, other, release, before=FIRST)
    assert seen(store) == titles(FIRST)
    store.central.switch(local, MODEL.run)
    assert seen(store) == titles(other)
    assert store.central.back() and seen(store) == titles(FIRST)


def test_dropping_what_is_staged_leaves_no_trace(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    before = [n_rows(store, table) for table in ("track_rows", "embeddings", "search", "contents")]
    local = stage_all(store, SECOND, release_of(SECOND, 2, model=MODEL), before=FIRST)
    store.central.drop_staged()
    assert store.central.staged() is None
    with pytest.raises(ContentIncomplete):
        store.central.switch(local, MODEL.run)
    swept(store)
    assert [n_rows(store, table) for table in ("track_rows", "embeddings", "search", "contents")] == before
    assert store._database.run("SELECT count(*) FROM track_rows WHERE until IS NOT NULL") == [(0,)]
    moved_to(store, SECOND, 2, MODEL, before=FIRST)
    assert seen(store) == titles(SECOND)


def test_sweeping_takes_what_nobody_can_see_in_small_steps(store: CatalogueStore) -> None:
    mine = add(store, 1, model=MODEL)
    moved_to(store, FIRST, 1, MODEL)
    moved_to(store, SECOND, 2, MODEL, before=FIRST)
    assert swept(store) == 0, "the content before stays"
    third = content(range(3), model=NEWER)
    moved_to(store, third, 3, NEWER, before=SECOND)
    generation = store.generation()
    assert store.central.sweep(limit=2) == 2
    assert swept(store) == 1
    assert store.generation() == generation and seen(store) == titles(third)
    assert store.central.back() and seen(store) == titles(SECOND)
    assert set(store.passages("model-a").track_ids) == {mine, *SECOND}
    for table in ("passages", "sequences", "search"):
        assert n_rows(store, table) == n_rows(store)


def test_imports_do_not_touch_central_songs(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    mine = add(store, 1, model=MODEL)
    store.remove([mine, TrackId("c0001")])
    assert seen(store) == titles(FIRST)
    assert store.known_files() == {} and store.by_content("") is None
    assert store.stale_count() == 0


def test_an_own_song_with_the_id_of_a_central_one_makes_way(store: CatalogueStore) -> None:
    mine = add(store, 1, model=MODEL)
    same = renamed(track(3, model=MODEL), mine)
    moved_to(store, {mine: same}, 1, MODEL)
    assert {each.track_id: each.source for each in store.tracks()} == {f"{mine}-2": "own", mine: "central"}
    store.remove([TrackId(f"{mine}-2")])
    assert add(store, 1, model=MODEL) == f"{mine}-2"


@pytest.mark.parametrize("scope", ["own", "central", "both"])
def test_the_listener_says_which_songs_are_searched(store: CatalogueStore, scope: str) -> None:
    mine = add(store, 1, model=MODEL)
    moved_to(store, FIRST, 1, MODEL)
    store.search("central")
    store.central.search_in("central" if scope == "own" else "own")
    generation = store.generation()
    store.central.search_in(scope)  # type: ignore[arg-type]  # one of the three
    wanted = {"own": {mine}, "central": set(FIRST), "both": {mine, *FIRST}}[scope]
    assert store.generation() > generation
    assert {each.track_id for each in store.tracks()} == wanted
    assert set(store.passages("model-a").track_ids) == wanted
    assert {e.track_id for text in ("title", "central") for e in store.search(text, 20)} == wanted
    assert sum(store.mood_counts("model-a").values()) == store.count() == len(wanted)
    assert {e.track_id for m in range(10) for e, _ in store.mood_tracks(m, limit=99, model_id="model-a")} == wanted
    assert set(store.known_files()) == {Path("/music/1.ogg")}, "files are known whatever is searched"
    moved_to(store, SECOND, 2, MODEL, before=FIRST)
    assert store.central.searched() == scope
    assert bool(seen(store)) == (scope != "own")


def test_a_release_for_other_features_is_refused(store: CatalogueStore) -> None:
    release = replace(release_of(FIRST, 4, model=MODEL), fingerprint="another")
    with pytest.raises(ReleaseTooNew) as caught:
        store.central.begin(release)
    assert (caught.value.release, caught.value.found) == (4, "another")
    assert store.central.staged() is None


@pytest.mark.parametrize("column", ["starts", "vectors", "scales", "probabilities", "sequence_scale", "sound_print"])
def test_a_track_with_a_damaged_array_is_not_staged(store: CatalogueStore, column: str) -> None:
    good = track(1, model=MODEL)
    blob = bytearray(getattr(good, column))
    blob[-1] ^= 1
    held = store.central.begin(release_of(FIRST, 1, model=MODEL))
    with pytest.raises(DamagedBlob):
        store.central.stage(held.local, [replace(good, **{column: bytes(blob)})], reached="c0001")
    assert n_rows(store) == 0


@pytest.mark.parametrize(("column", "array", "dtype"), [("scales", [1.0], FLOAT32), ("sound_print", [1] * 13, UINT8)])
def test_a_track_whose_arrays_do_not_belong_together_is_not_staged(
    store: CatalogueStore, column: str, array: list[float], dtype: str
) -> None:
    held = store.central.begin(release_of(FIRST, 1, model=MODEL))
    with pytest.raises(DamagedBlob):
        store.central.stage(
            held.local, [replace(track(1, model=MODEL), **{column: sealed(np.array(array), dtype)})], reached="c0001"
        )
    assert n_rows(store) == 0


def test_digests_that_were_taken_before_are_kept_and_still_have_to_add_up(store: CatalogueStore) -> None:
    tracks = list(FIRST.values())
    good = [each.digest() for each in tracks]
    for digests in (["0" * 64, *good[1:]], good):
        held = store.central.begin(release_of(FIRST, 1, model=MODEL), anew=True)
        store.central.stage(held.local, tracks, reached="c0007", digests=digests)
        store.central.stage(held.local, [], reached=None)
        if digests != good:
            with pytest.raises(ContentIncomplete):
                store.central.switch(held.local, MODEL.run)
    store.central.switch(held.local, MODEL.run)
    assert seen(store) == titles(FIRST)


@pytest.mark.parametrize("at_once", [1, 3, 4, 50])
def test_a_page_is_written_whole_in_whatever_pieces(
    store: CatalogueStore, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("musicrec_desktop.catalogue.database._ROWS_AT_ONCE", at_once)
    held = store.central.begin(release_of(FIRST, 1, model=MODEL))
    store.central.stage(held.local, list(FIRST.values()), reached=None)
    store.central.switch(held.local, MODEL.run)
    assert seen(store) == titles(FIRST)
    tables = ("track_rows", "passages", "sequences", "embeddings", "search")
    assert [n_rows(store, table) for table in tables] == [8] * 5


def test_a_page_costs_the_same_however_much_was_staged_before(store: CatalogueStore) -> None:
    """What the pages pass over is found by id: by content it would be all that was staged so far, each time."""
    asked: list[str] = []
    held = store.central.begin(release_of(FIRST, 1, model=MODEL))
    with patch.object(CatalogueDatabase, "run", lambda self, sql, parameters=(): asked.append(sql) or []):
        central_rows.alive_between(store._database, held.local, "c0001", "c0003")
    plan = store._database.run(f"EXPLAIN QUERY PLAN {asked[0]}", ("c0001", held.local, held.local, "c0003"))
    assert "track_id>?" in plan[0][3]


def test_models_are_kept_verified_and_go_when_no_content_names_them(store: CatalogueStore) -> None:
    kept, other = model_as_bytes(b"network"), model_as_bytes(b"another")
    with pytest.raises(ModelInvalid):
        store.central.keep_model(replace(kept, network=b"networm"))
    store.central.keep_model(kept)
    store.central.keep_model(other)
    assert store.central.model(kept.model_id) == kept
    named = FakeClassifier(kept.model_id)
    moved_to(store, content(range(2), model=named), 1, named)
    swept(store)
    assert store.central.model(kept.model_id) == kept and store.central.model(other.model_id) is None


@pytest.mark.parametrize("column", ["network", "card"])
def test_a_flipped_bit_in_a_model_is_noticed_and_mended_by_keeping_it_again(store: CatalogueStore, column: str) -> None:
    kept = model_as_bytes(b"network")
    store.central.keep_model(kept)
    blob = bytearray(getattr(kept, column))
    blob[0] ^= 4
    store._database.run(f"UPDATE models SET {column} = ?", (bytes(blob),))
    assert store.central.model(kept.model_id) is None
    store.central.keep_model(kept)
    assert store.central.model(kept.model_id) == kept


def test_staging_goes_on_after_going_back_from_where_it_began(store: CatalogueStore) -> None:
    moved_to(store, FIRST, 1, MODEL)
    moved_to(store, SECOND, 2, MODEL, before=FIRST)
    third = content(range(7), model=MODEL, versions={3: 3})
    release = release_of(third, 3, model=MODEL)
    pages = pages_of(third, SECOND)
    held = store.central.begin(release)
    store.central.stage(held.local, pages[0][0], reached=pages[0][1])
    store.central.back()
    again = store.central.begin(release)
    assert (again.local, again.after, again.reached) == (held.local, 2, pages[0][1])
    store.central.switch(stage_all(store, third, release, before=SECOND), MODEL.run)
    assert seen(store) == titles(third)
    assert store.central.back() and seen(store) == titles(FIRST)
    moved_to(store, SECOND, 5, MODEL, before=FIRST)
    swept(store)
    assert seen(store) == titles(SECOND)


def test_a_snapshot_shows_one_content_whatever_comes_meanwhile(store: CatalogueStore, tmp_path: Path) -> None:
    moved_to(store, FIRST, 1, MODEL)
    with store.snapshot():
        generation = store.generation()
        with store_in(tmp_path) as other:
            moved_to(other, SECOND, 2, NEWER, before=FIRST)
            assert seen(other) == titles(SECOND)
        assert seen(store) == titles(FIRST)
        assert set(store.passages(MODEL.model_id).track_ids) == set(FIRST)
        assert (store.generation(), store.model_in_use()) == (generation, MODEL.model_id)
    assert seen(store) == titles(SECOND)
    assert store.model_in_use() == NEWER.model_id
