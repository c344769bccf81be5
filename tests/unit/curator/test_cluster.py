"""Groups, the map, and the evidence."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.cluster import Grouping, agreement, cluster, elbow, groups, most_agreed, song_map
from musicrec_desktop.curator.embed import embed
from musicrec_desktop.curator.errors import StepMissing, TooFewSongs
from tests.unit.curator.catalogue import made_up_store


def blobs(*, kinds: int, each: int, seed: int = 0) -> Floats:
    """Unit vectors around well separated directions."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(np.eye(kinds, 16), each, axis=0) + 0.05 * rng.standard_normal((kinds * each, 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def grouped(labels: list[int]) -> Grouping:
    return Grouping(8.0, np.zeros((len(labels), 2), np.float32), np.array(labels))


def test_what_belongs_together_is_one_group() -> None:
    embeddings = blobs(kinds=4, each=8)
    points = song_map(embeddings, perplexity=8, seed=0)
    assert adjusted_rand_score(np.repeat(range(4), 8), groups(points, k=4, seed=0)) == 1.0


def test_the_same_seed_gives_the_same_map() -> None:
    embeddings = blobs(kinds=3, each=6)
    assert np.array_equal(
        song_map(embeddings, perplexity=5, seed=3, start="random"),
        song_map(embeddings, perplexity=5, seed=3, start="random"),
    )


def test_groups_are_numbered_by_size() -> None:
    points = np.concatenate([np.zeros((3, 2)), np.full((9, 2), 10.0), np.full((5, 2), -10.0)])
    points += 0.01 * np.random.default_rng(0).standard_normal(points.shape)
    assert groups(points.astype(np.float32), k=3, seed=1).tolist() == [2] * 3 + [0] * 9 + [1] * 5


def test_agreement_does_not_care_what_groups_are_called() -> None:
    one, renamed, other = grouped([0, 0, 1, 1, 2, 2]), grouped([2, 2, 0, 0, 1, 1]), grouped([0, 1, 0, 1, 0, 1])
    assert agreement([one, renamed]) == 1.0
    assert agreement([one, renamed, other]) < 0.5
    assert most_agreed([other, one, renamed]) is one
    assert one.largest_share == pytest.approx(1 / 3)


def test_the_elbow_is_where_the_curve_bends() -> None:
    inertia = {2: 1000, 3: 700, 4: 400, 5: 100, 6: 90, 7: 80, 8: 70, 9: 60, 10: 50}
    assert elbow([{"k": k, "inertia": value} for k, value in inertia.items()]) == 5


def test_every_song_gets_a_group_and_a_place(tmp_path: Path) -> None:
    store = made_up_store(tmp_path)
    with pytest.raises(StepMissing):
        cluster(store, k=4)
    embed(store)
    figures = cluster(store, k=4, seeds=3)
    placed = store.clusters()
    by_path = [placed[song].cluster for song in store.songs()]
    assert adjusted_rand_score([i % 4 for i in range(24)], by_path) == 1.0
    assert figures["sizes"] == [6, 6, 6, 6]
    assert figures["largest_share"] == 0.25
    assert [row["k"] for row in figures["curve"]] == list(range(2, 21))
    assert 0.9 < figures["stability"] <= 1.0
    assert store.fact("cluster") == figures
    with pytest.raises(TooFewSongs):
        cluster(store, k=13)
