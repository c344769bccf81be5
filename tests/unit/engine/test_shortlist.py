"""The search over all passages against the same thing done one by one."""

from dataclasses import replace

import numpy as np
import pytest

from musicrec_desktop.core.types import Floats, PassageTable, TrackId
from musicrec_desktop.engine.shortlist import WHOLE_TRACK_SHARE, Index


def unit(rows: Floats) -> Floats:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def table_of(sizes: list[int], d: int = 8, seed: int = 1) -> PassageTable:
    rng = np.random.default_rng(seed)
    return PassageTable(
        model_id="m",
        generation=1,
        track_ids=tuple(TrackId(f"t{i}") for i in range(len(sizes))),
        track_index=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        starts_s=np.concatenate([np.arange(size, dtype=np.float32) * 3 for size in sizes]),
        embeddings=unit(rng.normal(size=(sum(sizes), d))),
        mood_probabilities=np.full((len(sizes), 10), 0.1, dtype=np.float32),
    )


def one_by_one(table: PassageTable, take: Floats, starts_s: Floats) -> list[tuple[float, float, int]]:
    """Similarity, place and best passage of every track."""
    found = []
    for track in range(len(table.track_ids)):
        rows = np.flatnonzero(table.track_index == track)
        products = table.embeddings[rows] @ take.T
        centre, whole = table.embeddings[rows].sum(axis=0), take.sum(axis=0)
        alike = float(centre @ whole / np.linalg.norm(centre) / np.linalg.norm(whole))
        similarity = (products.max(axis=0).mean() + WHOLE_TRACK_SHARE * alike) / (1 + WHOLE_TRACK_SHARE)
        row, asked = np.unravel_index(products.argmax(), products.shape)
        at_s = max(0.0, float(table.starts_s[rows[row]] - (starts_s[asked] - starts_s[0])))
        found.append((float(similarity), at_s, int(rows[row])))
    return found


@pytest.mark.parametrize("sizes", [[1], [5], [1, 7, 2], [9, 1, 1, 1, 30, 2, 4, 8]])
@pytest.mark.parametrize("n_asked", [1, 3])
def test_search_equals_one_by_one(sizes: list[int], n_asked: int) -> None:
    table = table_of(sizes)
    take = unit(np.random.default_rng(7).normal(size=(n_asked, 8)))
    starts_s = 0.05 + 3 * np.arange(n_asked, dtype=np.float32)
    found = Index(table).search(take, starts_s)
    expected = one_by_one(table, take, starts_s)
    assert found.similarity == pytest.approx([s for s, _, _ in expected], abs=1e-5)
    assert found.at_s == pytest.approx([at_s for _, at_s, _ in expected], abs=1e-4)
    assert found.passage.tolist() == [row for _, _, row in expected]


def test_a_passage_finds_itself() -> None:
    table = table_of([6, 6, 6])
    found = Index(table).search(table.embeddings[9:10], np.zeros(1, dtype=np.float32))
    assert found.order()[0] == 1
    assert found.at_s[1] == 9.0
    assert found.passage[1] == 9


def test_equal_tracks_stay_in_the_tables_order() -> None:
    one = table_of([4])
    table = PassageTable(
        model_id="m",
        generation=1,
        track_ids=(TrackId("a"), TrackId("b"), TrackId("c")),
        track_index=np.repeat(np.arange(3, dtype=np.int32), 4),
        starts_s=np.tile(one.starts_s, 3),
        embeddings=np.tile(one.embeddings, (3, 1)),
        mood_probabilities=np.full((3, 10), 0.1, dtype=np.float32),
    )
    assert Index(table).search(one.embeddings[2:3], np.zeros(1, dtype=np.float32)).order().tolist() == [0, 1, 2]


def test_an_empty_catalogue_can_be_indexed() -> None:
    table = PassageTable(
        model_id="m",
        generation=1,
        track_ids=(),
        track_index=np.zeros(0, dtype=np.int32),
        starts_s=np.zeros(0, dtype=np.float32),
        embeddings=np.zeros((0, 8), dtype=np.float32),
        mood_probabilities=np.zeros((0, 10), dtype=np.float32),
    )
    assert len(Index(table).table.track_ids) == 0


def test_a_blurred_take_and_a_clean_one_bring_nearly_the_same_list() -> None:
    """Forty tracks in eight groups; takes are one track's passage, clean and with noise."""
    rng = np.random.default_rng(3)
    groups = rng.normal(size=(8, 32))
    tracks = groups.repeat(5, axis=0) + 0.7 * rng.normal(size=(40, 32))
    passages = unit(tracks.repeat(4, axis=0) + 0.5 * rng.normal(size=(160, 32)))
    index = Index(replace(table_of([4] * 40), embeddings=passages))

    def lists(take: Floats) -> tuple[set[int], set[int], int]:
        """The first ten, asked once and with an echo, and the very first."""
        found = index.search(take, np.zeros(1, dtype=np.float32))
        order = found.order()
        echoed = index.echoed(take, found, order)
        assert sorted(echoed.tolist()) == list(range(40))
        assert echoed[0] == order[0]
        return set(order[:10].tolist()), set(echoed[:10].tolist()), int(echoed[0])

    kept_once, kept_echoed, same_first = [], [], []
    for track in range(40):
        clean = passages[4 * track : 4 * track + 1]
        blurred = unit(clean + 0.18 * rng.normal(size=clean.shape))
        (once_a, echo_a, first_a), (once_b, echo_b, first_b) = lists(clean), lists(blurred)
        kept_once.append(len(once_a & once_b))
        kept_echoed.append(len(echo_a & echo_b))
        same_first.append(first_a == first_b)
    assert np.mean(kept_echoed) > np.mean(kept_once) + 0.5
    assert np.mean(same_first) > 0.9


def test_the_echo_of_a_part_of_the_tracks_holds_that_part() -> None:
    table = table_of([3] * 9)
    index, take = Index(table), table.embeddings[4:6]
    found = index.search(take, np.zeros(2, dtype=np.float32))
    some = np.array([i for i in found.order() if i != 1])
    assert sorted(index.echoed(take, found, some).tolist()) == sorted(some.tolist())
    assert index.echoed(take, found, some[:1]).tolist() == some[:1].tolist()
