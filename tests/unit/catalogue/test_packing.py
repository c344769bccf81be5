"""The cache of packed passages: equal to the plain table, made again when it must be, and done without."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from musicrec_desktop.catalogue import store as store_module
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.types import PackedPassages
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.unit.catalogue.stores import add

MODEL = FakeClassifier()


@pytest.fixture(autouse=True)
def a_few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PACKED_FROM", 5)
    monkeypatch.setattr("musicrec_desktop.catalogue.reading._PACKED_AT_ONCE", 4)


def opened(folder: Path, *, cache: Path | None) -> CatalogueStore:
    return CatalogueStore(folder / "catalogue.db", fingerprint=FINGERPRINT, cache=cache)


def filled(folder: Path, n: int = 9) -> None:
    with opened(folder, cache=None) as store:
        for number in range(n):
            add(store, number, model=MODEL)


def packed(folder: Path, cache: Path | None, model: FakeClassifier = MODEL) -> PackedPassages:
    with opened(folder, cache=cache) as store:
        found = store.packed(model.model_id)
        assert found is not None
        assert_equal(found, store, model)
        return found


def assert_equal(found: PackedPassages, store: CatalogueStore, model: FakeClassifier) -> None:
    """The packed table holds what the plain one does."""
    plain = store.passages(model.model_id)
    assert (found.model_id, found.generation, tuple(found.track_ids)) == (
        plain.model_id,
        plain.generation,
        tuple(plain.track_ids),
    )
    embeddings = (found.steps.astype(np.float32) - 128) * found.scales[:, None]
    assert embeddings == pytest.approx(plain.embeddings, abs=1e-6)
    assert found.starts_s.tolist() == plain.starts_s.tolist()
    assert np.repeat(np.arange(len(found.track_ids)), np.diff(found.begins)).tolist() == plain.track_index.tolist()
    assert found.mood_probabilities.tolist() == plain.mood_probabilities.tolist()
    whole = np.stack([plain.embeddings[plain.track_index == i].sum(axis=0) for i in range(len(plain.track_ids))])
    assert found.centres == pytest.approx(whole / np.linalg.norm(whole, axis=1, keepdims=True), abs=1e-5)


def folders(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def stamps(cache: Path) -> list[int]:
    return [path.stat().st_ino for folder in folders(cache) for path in sorted(folder.iterdir())]


def test_a_small_catalogue_needs_none(tmp_path: Path) -> None:
    filled(tmp_path, 4)
    with opened(tmp_path, cache=tmp_path / "cache") as store:
        assert store.packed(MODEL.model_id) is None
        assert store.packed("another") is None
    assert not (tmp_path / "cache").exists()


def test_it_is_made_once_and_mapped(tmp_path: Path) -> None:
    filled(tmp_path)
    cache = tmp_path / "cache"
    first = packed(tmp_path, cache)
    before = stamps(cache)
    second = packed(tmp_path, cache)
    assert stamps(cache) == before
    assert not first.steps.flags.writeable and isinstance(second.steps.base, np.memmap)
    assert [folder.name.startswith("passages-") for folder in folders(cache)] == [True]


def test_ids_are_found(tmp_path: Path) -> None:
    filled(tmp_path)
    ids = packed(tmp_path, tmp_path / "cache").track_ids
    assert [ids.index(name) for name in ids] == list(range(9))
    assert ids[2] in ids and "nobody" not in ids
    assert list(ids[3:5]) == [ids[3], ids[4]]
    with pytest.raises(ValueError, match="nobody"):
        ids.index("nobody")


def test_a_change_makes_it_again_and_the_old_one_goes(tmp_path: Path) -> None:
    filled(tmp_path)
    cache = tmp_path / "cache"
    before = packed(tmp_path, cache)
    with opened(tmp_path, cache=cache) as store:
        store.remove([before.track_ids[0]])
    after = packed(tmp_path, cache)
    assert len(after.track_ids) == 8 and after.generation > before.generation
    assert len(folders(cache)) == 1
    assert len(before.steps) == before.begins[-1], "who has the old one mapped may go on"
    assert int(before.steps[-1, -1]) >= 0


def test_another_model_has_its_own(tmp_path: Path) -> None:
    filled(tmp_path)
    cache, other = tmp_path / "cache", FakeClassifier("model-b", seed=9)
    packed(tmp_path, cache)
    with opened(tmp_path, cache=cache) as store:
        store.use_model(other.model_id, other.run)
    assert packed(tmp_path, cache, other).model_id == "model-b"
    (folder,) = folders(cache)
    facts = json.loads((folder / "facts.json").read_text())
    (folder / "facts.json").write_text(json.dumps(facts | {"model_id": "model-a"}))
    packed(tmp_path, cache, other)
    assert json.loads((folder / "facts.json").read_text())["model_id"] == "model-b"


def test_another_catalogue_at_its_place_is_noticed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    filled(tmp_path)
    generation = packed(tmp_path, cache).generation
    for path in tmp_path.glob("catalogue.db*"):
        path.unlink()
    with opened(tmp_path, cache=None) as store:
        for number in range(20, 29):
            add(store, number, model=MODEL)
    assert packed(tmp_path, cache).generation == generation


@pytest.mark.parametrize("name", ["steps.npy", "sizes.npy", "track_ids.npy", "facts.json"])
@pytest.mark.parametrize("harm", ["cut", "gone", "garbage"])
def test_a_damaged_one_is_made_again(tmp_path: Path, name: str, harm: str) -> None:
    filled(tmp_path)
    cache = tmp_path / "cache"
    packed(tmp_path, cache)
    file = folders(cache)[0] / name
    whole = file.read_bytes()
    file.unlink()  # the mapped file stays as it is for whom it is mapped by
    if harm != "gone":
        file.write_bytes(whole[: len(whole) // 2] if harm == "cut" else os.urandom(len(whole)))
    packed(tmp_path, cache)
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "cache").write_text("a file in the way")
    assert not isinstance(packed(tmp_path, tmp_path / "cache").steps.base, np.memmap)
    assert not isinstance(packed(tmp_path, None).steps.base, np.memmap)


def test_what_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    cache = tmp_path / "cache"
    real = np.ascontiguousarray
    calls = iter(range(100))

    def full(array: object, dtype: object = None) -> object:
        if next(calls) == 9:
            raise OSError(28, "No space left on device")
        return real(array, dtype=dtype)  # type: ignore[call-overload]  # only passed on

    monkeypatch.setattr("musicrec_desktop.catalogue.packing.np.ascontiguousarray", full)
    with opened(tmp_path, cache=cache) as store:
        found = store.packed(MODEL.model_id)
        monkeypatch.undo()
        assert found is not None
        assert_equal(found, store, MODEL)
    assert folders(cache) == []


def test_statistics_of_several_tracks_are_those_of_each(tmp_path: Path) -> None:
    filled(tmp_path)
    with opened(tmp_path, cache=None) as store:
        ids = store.passages(MODEL.model_id).track_ids
        found = store.statistics_by_id([*ids[:4], ids[0]])
        assert set(found) == set(ids[:4])
        for name, (starts_s, statistics) in found.items():
            alone = store.statistics(name)
            assert starts_s.tolist() == alone[0].tolist()
            assert statistics.tolist() == alone[1].tolist()
        assert store.statistics_by_id([]) == {}


def test_questions_about_a_few_songs_do_not_look_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    with opened(tmp_path, cache=None) as store:
        ids = list(store.passages(MODEL.model_id).track_ids)[:3]
        asked: list[Any] = []
        answered = store._rows

        def noted(query: Any) -> list[Any]:
            asked.append(query)
            return answered(query)

        monkeypatch.setattr(store, "_rows", noted)
        questions = (store.sequences, store.statistics_by_id, store.tracks_by_id)
        assert [len(question(ids)) for question in questions] == [3, 3, 3]
        assert len(asked) == 3
        for query in asked:
            sql, parameters = query.sql()
            plan = [str(row[-1]) for row in store._database.run("EXPLAIN QUERY PLAN " + sql, tuple(parameters))]
            assert "track_id=?" in plan[0], plan


def test_a_flipped_bit_in_a_mapped_file_is_noticed_by_a_new_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path)
    cache = tmp_path / "cache"
    packed(tmp_path, cache)
    (folder,) = folders(cache)
    for name in ("steps", "scales", "starts_s", "centres", "mood_probabilities", "sizes", "track_ids"):
        file = folder / f"{name}.npy"
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)
        monkeypatch.setattr("musicrec_desktop.catalogue.packing._proven", set())
        packed(tmp_path, cache)  # equal to the plain table
        assert file.read_bytes() != content
