"""Projection and mood head as one ONNX graph: statistics in, embedding and mood probabilities out."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from musicrec_desktop.curator.projection import Projection
from musicrec_desktop.curator.train import MoodHead

OPSET = 17
IR_VERSION = 8
INPUT, EMBEDDING, MOODS = "statistics", "embedding", "moods"
SHORTEST = 1e-9  # the length by which a zero vector is divided


def mood_graph(projection: Projection, head: MoodHead) -> bytes:
    """The model's bytes, the same for the same weights."""
    constants: dict[str, NDArray[Any]] = {
        "mean": projection.mean,
        "scale": projection.scale,
        "low": np.array(-projection.clip),
        "high": np.array(projection.clip),
        "matrix": projection.matrix,
        "bias": projection.bias,
        "shortest": np.array(SHORTEST),
        "inner": head.inner,
        "inner_bias": head.inner_bias,
        "outer": head.outer,
        "outer_bias": head.outer_bias,
    }
    graph = helper.make_graph(
        _nodes(),
        "mood",
        [_rows(INPUT, len(projection.mean))],
        [_rows(EMBEDDING, len(projection.bias)), _rows(MOODS, len(head.outer_bias))],
        [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in constants.items()],
    )
    model = helper.make_model(
        graph, producer_name="musicrec-curator", ir_version=IR_VERSION, opset_imports=[helper.make_opsetid("", OPSET)]
    )
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))


def _nodes() -> list[onnx.NodeProto]:
    """The same sums in the same order as Projection.embed and MoodHead.probabilities."""
    steps: list[tuple[str, list[str], str, dict[str, Any]]] = [
        ("Sub", [INPUT, "mean"], "centred", {}),
        ("Div", ["centred", "scale"], "scaled", {}),
        ("Clip", ["scaled", "low", "high"], "standardised", {}),
        ("Gemm", ["standardised", "matrix", "bias"], "projected", {}),
        ("ReduceL2", ["projected"], "measured", {"axes": [1], "keepdims": 1}),
        ("Max", ["measured", "shortest"], "length", {}),
        ("Div", ["projected", "length"], EMBEDDING, {}),
        ("Gemm", [EMBEDDING, "inner", "inner_bias"], "summed", {}),
        ("Relu", ["summed"], "hidden", {}),
        ("Gemm", ["hidden", "outer", "outer_bias"], "scores", {}),
        ("Softmax", ["scores"], MOODS, {"axis": 1}),
    ]
    return [helper.make_node(kind, inputs, [output], **options) for kind, inputs, output, options in steps]


def _rows(name: str, width: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width])
