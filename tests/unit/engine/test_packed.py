"""The search in packed passages against the plain one over the same numbers, and the pruned one against both."""

from collections.abc import Iterator

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from musicrec_desktop.core.types import Floats, PackedPassages, PassageTable, TrackId
from musicrec_desktop.engine import byte_products, packed
from musicrec_desktop.engine.byte_products import ByteProducts, Halves
from musicrec_desktop.engine.packed import PackedIndex, largest
from musicrec_desktop.engine.shortlist import Index, unit


def tables(sizes: list[int], *, d: int = 16, seed: int = 1, spread: float = 0.8) -> tuple[PassageTable, PackedPassages]:
    """Passages around the centres of their tracks, as the catalogue gives them plain and packed."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(len(sizes), d)).astype(np.float32))
    passages = centres.repeat(sizes, axis=0) + spread * rng.normal(size=(sum(sizes), d)) / np.sqrt(d)
    steps = np.rint(passages / np.abs(passages).max(axis=1, keepdims=True) * 127)
    scales = (1 / np.linalg.norm(steps, axis=1)).astype(np.float32)
    embeddings = (steps * scales[:, None]).astype(np.float32)
    ids = tuple(TrackId(f"t{i:06d}") for i in range(len(sizes)))
    starts_s = np.concatenate([np.arange(size, dtype=np.float32) * 3 for size in sizes])
    moods = np.full((len(sizes), 10), 0.1, dtype=np.float32)
    begins = np.concatenate([[0], np.cumsum(sizes)])
    plain = PassageTable(
        "m", 1, ids, np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), starts_s, embeddings, moods
    )
    wholes = unit(np.add.reduceat(embeddings, begins[:-1], axis=0))
    return plain, PackedPassages("m", 1, ids, begins, starts_s, (steps + 128).astype(np.uint8), scales, wholes, moods)


def takes(table: PassageTable, *, n_asked: int, n: int, noise: float = 0.5) -> Iterator[Floats]:
    """Blurred passages that follow one another in some track."""
    rng = np.random.default_rng(5)
    for row in rng.integers(len(table.embeddings) - n_asked, size=n).tolist():
        clean = table.embeddings[row : row + n_asked]
        yield unit(clean + noise * rng.normal(size=clean.shape).astype(np.float32) / np.sqrt(clean.shape[1]))


SIZES = [[1], [5, 1, 1, 9], [7, 2] * 300]


@pytest.mark.parametrize("sizes", SIZES, ids=["one", "few", "many"])
@pytest.mark.parametrize("n_asked", [1, 3])
def test_packed_search_equals_the_plain_one(sizes: list[int], n_asked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_BLOCK_PASSAGES", 100)
    monkeypatch.setattr(packed, "_BLOCK_TRACKS", 64)
    plain, table = tables(sizes)
    take = unit(np.random.default_rng(7).normal(size=(n_asked, 16)).astype(np.float32))
    starts_s = 3 * np.arange(n_asked, dtype=np.float32)
    expected, found = Index(plain).search(take, starts_s), PackedIndex(table).search(take, starts_s)
    assert found.similarity == pytest.approx(expected.similarity, abs=2e-4)
    assert found.order().tolist() == expected.order().tolist() or len(sizes) > 100
    assert np.mean(found.passage == expected.passage) > 0.99, "only where two passages are equally near"
    assert found.at_s[found.passage == expected.passage] == pytest.approx(
        expected.at_s[found.passage == expected.passage], abs=1e-4
    )


def test_only_the_nearest_come_into_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "NEAR_TRACKS", 40)
    plain, table = tables([4] * 500)
    for take in takes(plain, n_asked=2, n=5):
        starts_s = np.zeros(2, np.float32)
        expected, found = Index(plain).search(take, starts_s), PackedIndex(table).search(take, starts_s)
        order = found.order()
        assert len(order) == 40
        assert set(order.tolist()) == set(expected.order()[:40].tolist())
        assert found.at_s[order] == pytest.approx(expected.at_s[order], abs=1e-4)
        others = np.setdiff1d(np.arange(500), order)
        assert (found.similarity[others] == -1).all()


def test_the_echo_reorders_the_first_and_keeps_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, table = tables([4] * 300)
    take = next(takes(plain, n_asked=1, n=1))
    starts_s = np.zeros(1, np.float32)
    there, here = Index(plain), PackedIndex(table)
    order = there.search(take, starts_s).order()
    whole = here.echoed(take, here.search(take, starts_s), order)
    expected = there.echoed(take, there.search(take, starts_s), order)
    assert whole[:20].tolist() == expected[:20].tolist()
    monkeypatch.setattr(packed, "ECHOED_TRACKS", 30)
    first = here.echoed(take, here.search(take, starts_s), order)
    assert first[30:].tolist() == order[30:].tolist()
    assert sorted(first[:30].tolist()) == sorted(order[:30].tolist())
    assert first[0] == order[0]
    assert here.echoed(take, here.search(take, starts_s), order[:1]).tolist() == order[:1].tolist()


def test_pruning_finds_what_an_exact_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, table = tables([8] * 3000, d=32)
    index, shares = PackedIndex(table), []
    monkeypatch.setattr(packed, "PRUNED_TRACKS", 400)
    for take in takes(plain, n_asked=1, n=30):
        monkeypatch.setattr(packed, "EXACT_TRACKS", 10_000)
        exact = index.search(take, np.zeros(1, np.float32)).order()[:10]
        monkeypatch.setattr(packed, "EXACT_TRACKS", 0)
        pruned = index.search(take, np.zeros(1, np.float32)).order()
        assert len(pruned) == 400
        shares.append(np.isin(exact, pruned[:10]).mean())
    assert np.mean(shares) >= 0.99


def test_embeddings_come_back() -> None:
    plain, table = tables([3, 5, 2])
    assert PackedIndex(table).embeddings_of(1) == pytest.approx(plain.embeddings[3:8], abs=1e-6)
    assert Index(plain).embeddings_of(1) == pytest.approx(plain.embeddings[3:8])


def test_byte_products_are_those_of_floats() -> None:
    rng = np.random.default_rng(3)
    steps = rng.integers(1, 256, (1000, 128), dtype=np.uint8)
    vectors = unit(rng.normal(size=(5, 128)).astype(np.float32))
    expected = (steps.astype(np.float64) - 128) @ vectors.T.astype(np.float64)
    found = ByteProducts().of(steps, Halves(vectors))
    assert found == pytest.approx(expected, abs=1e-4 * np.linalg.norm(steps.astype(float) - 128, axis=1).max())
    assert ByteProducts().of(steps, Halves(np.zeros((1, 128), np.float32))).tolist() == [[0.0]] * 1000


def test_the_graph_is_what_its_comment_says() -> None:
    graph = onnx.load_from_string(byte_products._GRAPH).graph
    node = graph.node[0]
    assert [node.op_type, *node.input, *node.output] == ["MatMulInteger", "a", "b", "z", "y"]
    assert [each.type.tensor_type.elem_type for each in (*graph.input, *graph.output)] == [
        TensorProto.UINT8,
        TensorProto.INT8,
        TensorProto.INT32,
    ]
    assert graph.initializer[0] == helper.make_tensor("z", TensorProto.UINT8, [], [128])


def test_the_largest_values() -> None:
    values = np.array([3, 1, 4, 1, 5, 4, 4], dtype=np.float32)
    assert largest(values, 3).tolist() == [2, 4, 5]
    assert largest(values, 1).tolist() == [4]
    assert largest(values, 9).tolist() == list(range(7))
