"""The ONNX graph computes what was trained."""

import numpy as np
import onnxruntime
import pytest

from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.embed import projection_of
from musicrec_desktop.curator.graph import mood_graph
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import trained_head


def run(payload: bytes, statistics: Floats) -> tuple[Floats, Floats]:
    session = onnxruntime.InferenceSession(payload, providers=["CPUExecutionProvider"])
    embedding, moods = session.run(["embedding", "moods"], {"statistics": statistics})
    return embedding, moods


def test_graph_and_trainer_agree(trained: CentralStore) -> None:
    projection, head = projection_of(trained), trained_head(trained)
    statistics = trained.passages("twin", list(trained.songs())).statistics
    # Some so far out that the clip has work to do.
    statistics = np.concatenate([statistics, 1e4 * statistics[:5], np.zeros_like(statistics[:1])])
    embedding, moods = run(mood_graph(projection, head), statistics)
    expected = projection.embed(statistics)
    assert np.abs(embedding - expected).max() <= 1e-5
    assert np.abs(moods - head.probabilities(expected)).max() <= 1e-5
    assert np.linalg.norm(embedding, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert moods.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_one_row_and_many_rows_give_the_same(trained: CentralStore) -> None:
    payload = mood_graph(projection_of(trained), trained_head(trained))
    statistics = trained.passages("clean", list(trained.songs())).statistics[:20]
    together = run(payload, statistics)
    alone = [run(payload, row[None]) for row in statistics]
    for output in (0, 1):
        assert np.abs(together[output] - np.concatenate([one[output] for one in alone])).max() <= 1e-6
    assert run(payload, statistics[:0])[1].shape == (0, 10)


def test_the_same_weights_give_the_same_bytes(trained: CentralStore) -> None:
    one, again = (mood_graph(projection_of(trained), trained_head(trained)) for _ in range(2))
    assert one == again
