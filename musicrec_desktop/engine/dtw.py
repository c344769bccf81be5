"""Dynamic time warping, many candidates at once, in numpy: no compiler, nothing compiled at run time.

Distances follow tslearn: squared Euclidean local cost, steps (1, 0), (0, 1), (1, 1) of equal weight, and the square
root of the cheapest path's sum. Cells are visited by anti-diagonals, each of them for all candidates in one stroke
(Sakoe & Chiba, "Dynamic programming algorithm optimization for spoken word recognition", 1978, for the band).
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

Doubles = NDArray[np.float64]  # single precision would show: costs are differences of large sums


def distances(query: Floats, candidates: Floats, *, radius: int | None = None) -> Floats:
    """DTW distance of `query` (n, d) to each of `candidates` (k, m, d), shape (k,).

    `radius` keeps the path within so many steps of the diagonal (None: anywhere); it is widened to |n - m| so that
    a path exists.
    """
    costs = _local_costs(query, candidates)
    n, m, _ = costs.shape
    reach = max(n, m) if radius is None else max(radius, abs(n - m))
    last = _last_cell(_skewed(costs), n=n, m=m, reach=reach)
    return np.sqrt(last).astype(np.float32)


def path(a: Floats, b: Floats, *, radius: int | None = None) -> tuple[list[tuple[int, int]], float]:
    """The cheapest path between `a` (n, d) and `b` (m, d) as (row, column) pairs, and its distance."""
    costs = _local_costs(a, b[None])[:, :, 0]
    n, m = costs.shape
    reach = max(n, m) if radius is None else max(radius, abs(n - m))
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0.0
    for i in range(n):
        for j in range(max(0, i - reach), min(m, i + reach + 1)):
            total[i + 1, j + 1] = costs[i, j] + min(total[i, j], total[i, j + 1], total[i + 1, j])
    return _walk_back(total), float(np.sqrt(total[n, m]))


def _walk_back(total: Doubles) -> list[tuple[int, int]]:
    i, j = total.shape[0] - 1, total.shape[1] - 1
    steps = [(i - 1, j - 1)]
    while (i, j) != (1, 1):
        before = ((i - 1, j - 1), (i - 1, j), (i, j - 1))
        i, j = min(before, key=lambda cell: total[cell])
        steps.append((i - 1, j - 1))
    return steps[::-1]


def _local_costs(query: Floats, candidates: Floats) -> Doubles:
    """Squared Euclidean distances, shape (n, m, k): candidates last, so that every later step is contiguous."""
    k, m, d = candidates.shape
    flat = np.ascontiguousarray(candidates.transpose(1, 0, 2), dtype=np.float64).reshape(m * k, d)
    rows = np.asarray(query, dtype=np.float64)
    costs = rows @ flat.T
    costs *= -2
    costs += np.einsum("ij,ij->i", rows, rows)[:, None]
    costs += np.einsum("ij,ij->i", flat, flat)[None, :]
    return np.asarray(np.maximum(costs, 0.0).reshape(len(rows), m, k))


def _skewed(costs: Doubles) -> Doubles:
    """Costs with cell (i, j) at [i + j, i]: one anti-diagonal is then one slice. Shape (n + m - 1, n, k)."""
    n, m, k = costs.shape
    skewed = np.full((n + m - 1, n, k), np.inf)
    diagonal, row, candidate = skewed.strides
    as_strided(skewed, shape=(n, m, k), strides=(diagonal + row, diagonal, candidate))[:] = costs
    return skewed


def _last_cell(skewed: Doubles, *, n: int, m: int, reach: int) -> Doubles:
    """Cheapest path sum in cell (n - 1, m - 1) for each candidate, shape (k,)."""
    k = skewed.shape[2]
    # Row r of these stands for cell (r - 1, diagonal - r + 1); row 0 is the wall before the first row.
    before = np.full((n + 1, k), np.inf)  # two diagonals ago
    last = before.copy()  # one diagonal ago
    before[0] = 0.0  # the corner from which every path starts
    for diagonal in range(n + m - 1):
        low = max(0, diagonal - m + 1, (diagonal - reach + 1) // 2)
        high = min(n - 1, diagonal, (diagonal + reach) // 2)
        now = np.full((n + 1, k), np.inf)
        if low <= high:
            cells = slice(low, high + 1)
            cheapest = np.minimum(last[cells], last[low + 1 : high + 2])
            np.minimum(cheapest, before[cells], out=cheapest)
            now[low + 1 : high + 2] = skewed[diagonal, cells] + cheapest
        before, last = last, now
    return np.asarray(last[n])
