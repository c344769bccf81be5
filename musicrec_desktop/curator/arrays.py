"""Arrays to bytes and back, always the same bytes for the same arrays."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Named arrays one after the other, each behind its name, both in numpy's own format."""
    out = io.BytesIO()
    for name, array in arrays.items():
        np.save(out, np.array(name), allow_pickle=False)
        np.save(out, array, allow_pickle=False)
    return out.getvalue()


def unpacked(payload: bytes) -> dict[str, NDArray[Any]]:
    """What `packed` was given."""
    source, arrays = io.BytesIO(payload), {}
    while source.tell() < len(payload):
        name = str(np.load(source, allow_pickle=False))
        arrays[name] = np.load(source, allow_pickle=False)
    return arrays
