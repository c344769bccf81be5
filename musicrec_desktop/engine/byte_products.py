"""Products of float vectors with very many byte vectors, by onnxruntime's integer product.

numpy converts bytes before it multiplies them, which takes longer than reading them. Here a float vector is written as
two byte vectors, a coarse and a fine one: together they hold 15 bits of each number, so the result is that of floats
within 1e-4, and memory is read once.
"""

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

_FINE = 128  # fine steps in a coarse one
_LARGEST = 127 * _FINE

# The graph y = MatMulInteger(a - 128, b), opset 13: a (n, d) uint8, b (d, m) int8, y (n, m) int32. Unsigned first:
# with both signed the same product takes twice as long.
_GRAPH = bytes.fromhex(
    "08083a5e0a1b0a01610a01620a017a120179220d4d61744d756c496e74656765721201672a0910022a02800142017a5a0f0a0161120a0a08"
    "080212040a000a005a0f0a0162120a0a08080312040a000a00620f0a0179120a0a08080612040a000a0042040a00100d"
)


class ByteProducts:
    """The product, to be called by any number of threads at once; each call keeps to its own."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep the largest block that ever was
        self._session = onnxruntime.InferenceSession(_GRAPH, options, providers=["CPUExecutionProvider"])

    def of(self, steps: NDArray[np.uint8], halves: "Halves") -> Floats:
        """(steps - 128) times the vectors, (n, q), for steps (n, d)."""
        (whole,) = self._session.run(["y"], {"a": steps, "b": halves.steps})
        n_asked = whole.shape[1] // 2
        products: Floats = (whole[:, :n_asked] * _FINE + whole[:, n_asked:]).astype(np.float32)
        products *= halves.scale
        return products


class Halves:
    """Vectors (q, d) as coarse and fine bytes: a vector is (coarse * 128 + fine) * scale."""

    def __init__(self, vectors: Floats) -> None:
        self.scale = np.float32(max(float(np.abs(vectors).max()), 1e-9) / _LARGEST)
        whole = np.rint(vectors / self.scale).astype(np.int32)
        coarse = np.rint(whole / _FINE).astype(np.int32)
        both = np.concatenate([coarse, whole - _FINE * coarse])
        self.steps = np.ascontiguousarray(both.T.astype(np.int8))  # (d, 2q)
