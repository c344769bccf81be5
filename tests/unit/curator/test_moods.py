"""Names for clusters: proposed by sound, kept as a person wrote them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.curator.cluster import cluster
from musicrec_desktop.curator.errors import MoodFileInvalid, StepMissing
from musicrec_desktop.curator.moods import cluster_profiles, moods, traits
from musicrec_desktop.curator.proposals import TRAITS
from musicrec_desktop.curator.store import CentralStore
from tests.unit.curator.catalogue import made_up_summary

KEYS = ["bounce", "drive", "arcade", "boss", "sunday", "rain", "night", "hush", "waltz", "fog"]


@pytest.fixture
def store(clustered: Path, tmp_path: Path) -> CentralStore:
    """Four clusters of six songs."""
    return CentralStore.in_folder(shutil.copytree(clustered, tmp_path / "work"))


def edit(path: Path, **changes: object) -> None:
    """Change the entry of one mood, as a person would."""
    found = json.loads(path.read_text(encoding="utf-8"))
    entry = next(entry for entry in found["moods"] if entry["key"] == changes["key"])
    entry |= changes
    path.write_text(json.dumps(found), encoding="utf-8")


def test_traits_follow_the_sound() -> None:
    slow, fast = traits(made_up_summary(0)), traits(made_up_summary(3))
    assert np.isfinite(slow).all()
    harmony_spread = TRAITS.index("harmony_spread")
    dynamics = TRAITS.index("dynamics")
    rising = [i for i in range(len(TRAITS)) if i not in (harmony_spread, dynamics)]
    assert (fast[rising] > slow[rising]).all()


def test_profiles_are_relative_to_the_average_cluster() -> None:
    summaries = {song: made_up_summary(song) for song in range(4)}
    profiles = cluster_profiles(summaries, {0: [0, 1], 1: [2], 2: [3]})
    columns = np.array([[profiles[c][trait] for trait in TRAITS] for c in range(3)])
    assert columns.mean(axis=0) == pytest.approx(0.0, abs=1e-9)
    assert profiles[2]["tempo"] > profiles[1]["tempo"] > profiles[0]["tempo"]


def test_each_cluster_gets_one_name_and_the_file_shows_why(store: CentralStore, tmp_path: Path) -> None:
    named = moods(store, tmp_path / "moods.json")
    found = json.loads((tmp_path / "moods.json").read_text(encoding="utf-8"))
    assert [entry["key"] for entry in found["moods"]] == KEYS == [one.mood.key for one in named]
    used = [entry for entry in found["moods"] if entry["cluster"] is not None]
    assert sorted(entry["cluster"] for entry in used) == [0, 1, 2, 3]
    assert all(entry["songs"] == 6 and entry["examples"] and set(entry["sound"]) == set(TRAITS) for entry in used)
    for entry in used:
        because = entry["because"]
        assert 2 <= len(because) <= 3
        assert all(entry["sound"][one["trait"]] == one["value"] for one in because)
        assert set(entry["description_en"].lower().split(", ")) == {one["en"] for one in because}
    stored, slot_of = store.moods()
    assert [replace(mood, movement=one.mood.movement) for mood, one in zip(stored, named, strict=True)] == [
        one.mood for one in named
    ]
    assert all(len(store.fact("moods")[entry["key"]]["movement"]) == 32 for entry in used)
    assert list(store.fact("moods")) == [entry["key"] for entry in sorted(used, key=lambda entry: str(entry["key"]))]
    assert slot_of == {entry["cluster"]: entry["slot"] for entry in used}
    moods_of_fastest = slot_of[store.clusters()[4].cluster]
    assert moods_of_fastest in (0, 2, 3), "the fastest and brightest songs are bounce, arcade or boss"


def test_words_a_person_wrote_stay(store: CentralStore, tmp_path: Path) -> None:
    path = tmp_path / "moods.json"
    moods(store, path)
    edit(path, key="rain", name_ko="창밖에 | 비가 와요", short_en="Drizzle")
    named = {one.mood.key: one.mood for one in moods(store, path)}
    assert (named["rain"].name_ko, named["rain"].short_en) == ("창밖에 | 비가 와요", "Drizzle")
    cluster(store, k=3, seeds=2)
    again = {one.mood.key: one.mood for one in moods(store, path)}
    assert (again["rain"].name_ko, again["rain"].short_en) == ("창밖에 | 비가 와요", "Drizzle")
    assert len(store.moods()[1]) == 3


def test_words_nobody_wrote_follow_the_sound(store: CentralStore, tmp_path: Path) -> None:
    path = tmp_path / "moods.json"
    named = {one.cluster: one.mood for one in moods(store, path)}
    before = {entry["key"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))["moods"]}
    quick = named[store.clusters()[4].cluster]
    slow = named[store.clusters()[1].cluster]
    edit(path, key=quick.key, cluster=before[slow.key]["cluster"])
    edit(path, key=slow.key, cluster=before[quick.key]["cluster"])
    after = {one.mood.key: one.mood for one in moods(store, path)}
    assert "bright" in quick.description_en.lower() or "fast" in quick.description_en.lower()
    assert not {"bright", "fast"} & set(after[quick.key].description_en.lower().split(", "))


def test_a_person_may_give_a_cluster_another_name(store: CentralStore, tmp_path: Path) -> None:
    path = tmp_path / "moods.json"
    before = {one.mood.key: one.cluster for one in moods(store, path)}
    used = next(key for key in KEYS if before[key] is not None)
    spare = next(key for key in KEYS if before[key] is None)
    store.save_fact("train", {"seed": 0})
    moods(store, path)
    assert store.fact("train"), "the same names leave what was trained alone"
    edit(path, key=used, cluster=None)
    edit(path, key=spare, cluster=before[used])
    after = {one.mood.key: one.cluster for one in moods(store, path)}
    assert (after[used], after[spare]) == (None, before[used])
    with pytest.raises(StepMissing):
        store.fact("train")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"moods": [1]}',
        '{"moods": [{"key": "nobody"}]}',
        '{"moods": [{"key": "rain", "name_ko": " "}]}',
        '{"moods": [{"key": "rain", "name_ko": 3}]}',
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_left(store: CentralStore, tmp_path: Path, text: str) -> None:
    path = tmp_path / "moods.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MoodFileInvalid):
        moods(store, path)
    assert path.read_text(encoding="utf-8") == text


def test_without_clusters_there_is_nothing_to_name(tmp_path: Path) -> None:
    with pytest.raises(StepMissing) as caught:
        moods(CentralStore.in_folder(tmp_path), tmp_path / "moods.json")
    assert caught.value.step == "cluster"
