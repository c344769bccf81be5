"""The network and its card: a pair, made for this program, or an error that says what is wrong."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from musicrec_desktop.core.errors import ModelError, ModelInvalid, ModelMismatch, ModelMissing
from musicrec_desktop.engine.model import ROWS_AT_ONCE, MoodModel, among, try_out
from tests.fakes import FINGERPRINT, fake_calibration_card, fake_moods

N, D, M = 6, 4, 10


def network(*, embedding: str = "embedding", n_moods: int = M, seed: int = 1, unit: bool = False) -> bytes:
    """embedding = statistics @ A, of unit length if it is to be; moods = softmax(statistics @ B)."""
    rng = np.random.default_rng(seed)
    weights = [
        numpy_helper.from_array(rng.normal(size=(N, width)).astype(np.float32), name)
        for name, width in (("a", D), ("b", n_moods))
    ]
    weights.append(numpy_helper.from_array(np.full(D, 0.1, np.float32), "c"))
    nodes = [
        helper.make_node("MatMul", ["statistics", "a"], ["product"]),
        helper.make_node("Add", ["product", "c"], ["moved"]),
        helper.make_node(*(("LpNormalization", ["moved"]) if unit else ("Identity", ["product"])), [embedding]),
        helper.make_node("MatMul", ["statistics", "b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["moods"], axis=1),
    ]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width])
        for name, width in (("statistics", N), (embedding, D), ("moods", n_moods))
    ]
    graph = helper.make_graph(nodes, "mood", ends[:1], ends[1:], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def card_of(content: bytes) -> dict[str, Any]:
    return {
        "model_id": hashlib.sha256(content).hexdigest(),
        "fingerprint": FINGERPRINT,
        "moods": [asdict(mood) for mood in fake_moods(M)],
        "calibration": fake_calibration_card(N),
        "figures": {"accuracy": 0.9},
    }


def write(folder: Path, content: bytes, card: object) -> Path:
    (folder / "mood.onnx").write_bytes(content)
    (folder / "mood.json").write_text(card if isinstance(card, str) else json.dumps(card), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = network()
    return write(tmp_path, content, card_of(content))


def test_a_pair_is_loaded_and_runs(folder: Path) -> None:
    model = MoodModel(folder, fingerprint=FINGERPRINT)
    assert model.model_id == hashlib.sha256((folder / "mood.onnx").read_bytes()).hexdigest()
    assert model.moods == fake_moods(M)
    assert model.calibration.score(0.0) == 50.0
    assert model.card.figures == {"accuracy": 0.9}
    embeddings, moods = model.run(np.ones((3, N), dtype=np.float32))
    assert embeddings.shape == (3, D)
    assert moods.shape == (3, M)
    assert moods.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_a_hidden_mood_is_not_offered_and_never_probable(tmp_path: Path) -> None:
    content = network()
    card = card_of(content)
    rows = np.random.default_rng(5).normal(size=(200, N))
    _, everything = MoodModel(write(tmp_path, content, card), fingerprint=FINGERPRINT).run(rows)
    for hidden in (2, 7):
        card["moods"][hidden]["hidden"] = True
    model = MoodModel(write(tmp_path, content, card), fingerprint=FINGERPRINT)
    assert [mood.id for mood in model.moods] == [0, 1, 3, 4, 5, 6, 8, 9]
    _, moods = model.run(rows)
    assert moods.shape == everything.shape
    assert (moods[:, [2, 7]] == 0.0).all()
    assert moods.sum(axis=1) == pytest.approx(np.ones(200), abs=1e-5)
    shown = everything[:, [0, 1, 3, 4, 5, 6, 8, 9]]
    assert moods[:, [0, 1, 3, 4, 5, 6, 8, 9]] == pytest.approx(shown / shown.sum(axis=1, keepdims=True), abs=1e-5)


def test_where_only_a_hidden_mood_is_probable_the_others_share() -> None:
    sure = np.array([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0]], dtype=np.float32)
    assert among(sure, (True, False, True)).tolist() == [[0.5, 0.0, 0.5], [1.0, 0.0, 0.0]]


def test_a_card_that_offers_no_mood_is_invalid(tmp_path: Path) -> None:
    content = network()
    card = card_of(content)
    card["moods"] = [mood | {"hidden": True} for mood in card["moods"]]
    with pytest.raises(ModelInvalid):
        MoodModel(write(tmp_path, content, card), fingerprint=FINGERPRINT)


def test_a_moods_movement_is_read_from_the_card(tmp_path: Path) -> None:
    content = network()
    card = card_of(content)
    card["moods"][3]["movement"] = [0.25, 1]
    model = MoodModel(write(tmp_path, content, card), fingerprint=FINGERPRINT)
    assert (model.moods[3].movement, model.moods[4].movement) == ((0.25, 1.0), ())


@pytest.mark.parametrize("n", [0, 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])
def test_any_number_of_rows(folder: Path, n: int) -> None:
    model = MoodModel(folder, fingerprint=FINGERPRINT)
    rows = np.random.default_rng(3).normal(size=(n, N))
    embeddings, moods = model.run(rows)  # float64, to be taken as it comes
    assert (len(embeddings), len(moods)) == (n, n)
    if n:
        assert embeddings[-1:] == pytest.approx(model.run(rows[-1:])[0], abs=1e-5)


@pytest.mark.parametrize("name", ["mood.onnx", "mood.json"])
def test_what_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        MoodModel(folder, fingerprint=FINGERPRINT)
    assert caught.value.path == folder / name


def test_no_folder_is_a_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        MoodModel(tmp_path / "nowhere", fingerprint=FINGERPRINT)


def test_another_fingerprint_is_a_mismatch(folder: Path) -> None:
    with pytest.raises(ModelMismatch) as caught:
        MoodModel(folder, fingerprint="ffffffffffff")
    assert (caught.value.model, caught.value.program) == (FINGERPRINT, "ffffffffffff")


def test_a_network_that_is_not_the_cards_is_invalid(folder: Path) -> None:
    (folder / "mood.onnx").write_bytes(network(seed=2))
    with pytest.raises(ModelInvalid, match="sha256"):
        MoodModel(folder, fingerprint=FINGERPRINT)


def test_a_truncated_network_is_invalid(folder: Path) -> None:
    content = (folder / "mood.onnx").read_bytes()[:100]
    write(folder, content, card_of(content))
    with pytest.raises(ModelInvalid):
        MoodModel(folder, fingerprint=FINGERPRINT)


def test_a_network_with_another_head_is_invalid(tmp_path: Path) -> None:
    for content in (network(embedding="other"), network(n_moods=3)):
        with pytest.raises(ModelInvalid):
            MoodModel(write(tmp_path, content, card_of(content)), fingerprint=FINGERPRINT)


DAMAGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "no JSON": lambda _card: "{",
    "no object": lambda _card: [],
    "empty": lambda _card: "",
    "no calibration": lambda card: {name: value for name, value in card.items() if name != "calibration"},
    "calibration is text": lambda card: card | {"calibration": "soon"},
    "a mood without a name": lambda card: card | {"moods": [{"id": 0, "key": "x"}]},
    "moods are numbers": lambda card: card | {"moods": [1, 2]},
    "statistics of another length": lambda card: card | {"calibration": fake_calibration_card(N + 1)},
    "too few moods": lambda card: card | {"moods": card["moods"][:3]},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_card_is_invalid(tmp_path: Path, damage: Callable[[dict[str, Any]], object]) -> None:
    content = network()
    write(tmp_path, content, damage(card_of(content)))
    with pytest.raises(ModelInvalid):
        MoodModel(tmp_path, fingerprint=FINGERPRINT)


def test_a_card_that_is_no_text_is_invalid(folder: Path) -> None:
    (folder / "mood.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelInvalid):
        MoodModel(folder, fingerprint=FINGERPRINT)


def test_a_folder_in_place_of_the_card_is_a_model_error(folder: Path) -> None:
    (folder / "mood.json").unlink()
    (folder / "mood.json").mkdir()
    with pytest.raises(ModelError):
        MoodModel(folder, fingerprint=FINGERPRINT)


def from_bytes(content: bytes, card: dict[str, Any] | None = None) -> MoodModel:
    text = json.dumps(card or card_of(content)).encode()
    return MoodModel.from_bytes(content, text, fingerprint=FINGERPRINT)


def test_a_model_may_come_as_bytes(folder: Path) -> None:
    content = (folder / "mood.onnx").read_bytes()
    read, given = MoodModel(folder, fingerprint=FINGERPRINT), from_bytes(content)
    rows = np.random.default_rng(3).normal(size=(5, N)).astype(np.float32)
    for one, other in zip(read.run(rows), given.run(rows), strict=True):
        np.testing.assert_array_equal(one, other)
    assert given.model_id == read.model_id and given.moods == read.moods
    with pytest.raises(ModelInvalid, match="sha256"):
        from_bytes(content, card_of(content) | {"model_id": "0" * 64})
    with pytest.raises(ModelMismatch):
        from_bytes(content, card_of(content) | {"fingerprint": "another"})
    with pytest.raises(ModelInvalid):
        MoodModel.from_bytes(b"", b"{}", fingerprint=FINGERPRINT)


class Outputs:
    """A model in name: it gives what it is told to."""

    def __init__(self, embeddings: np.ndarray, moods: np.ndarray) -> None:
        self.card = from_bytes(network()).card
        self.calibration = self.card.calibration
        self._outputs = embeddings.astype(np.float32), moods.astype(np.float32)

    def run(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self._outputs


UNIT, SURE = np.eye(4), np.full((4, M), 1 / M)


@pytest.mark.parametrize(
    ("embeddings", "moods"),
    [
        (UNIT * 2, SURE),
        (UNIT * np.nan, SURE),
        (UNIT[:3], SURE),
        (UNIT, SURE * 2),
        (UNIT, SURE * np.nan),
        (UNIT, SURE[:, :5]),
        (UNIT, SURE + np.array([2.0, -2.0] + [0.0] * 8)),
    ],
    ids=["long", "not a number", "few", "too sure", "unsure", "other moods", "negative"],
)
def test_a_model_whose_outputs_have_another_form_is_found_out(embeddings: np.ndarray, moods: np.ndarray) -> None:
    try_out(Outputs(UNIT, SURE))  # type: ignore[arg-type]  # it has what is asked of it
    with pytest.raises(ModelInvalid):
        try_out(Outputs(embeddings, moods))  # type: ignore[arg-type]  # likewise
