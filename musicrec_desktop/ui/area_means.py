"""Resampling by area: the means of equal parts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def area_means(values: NDArray[Any], count: int, *, axis: int, dtype: type = np.float64) -> NDArray[Any]:
    """Means of `count` equal parts along an axis of a matrix; a value on a border belongs to both by its share."""
    length = values.shape[axis]
    shape = list(values.shape)
    shape[axis] += 1
    total = np.zeros(shape, dtype)
    np.cumsum(values, axis=axis, out=total[1:] if axis == 0 else total[:, 1:])
    edges = np.linspace(0.0, length, count + 1)
    whole = np.minimum(edges.astype(int), length - 1)
    share = np.expand_dims(edges - whole, 1 - axis).astype(dtype)
    at_edges = np.take(total, whole, axis=axis) * (1 - share) + np.take(total, whole + 1, axis=axis) * share
    return np.asarray(np.diff(at_edges, axis=axis) * dtype(count / length))
