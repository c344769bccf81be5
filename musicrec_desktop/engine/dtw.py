"""Dynamic time warping, many candidates at once, in numpy: no compiler, nothing compiled at run time.

Distances follow tslearn: squared Euclidean local cost, steps (1, 0), (0, 1), (1, 1) of equal weight, and the square
root of the cheapest path's sum. Cells are visited by anti-diagonals, each of them for all candidates in one stroke
(Sakoe & Chiba, "Dynamic programming algorithm optimization for spoken word recognition", 1978, for the band).
"""

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

Doubles = NDArray[np.float64]  # single precision would show: costs are differences of large sums
_ROWS_AT_ONCE = 8  # of the matrix of costs; a band needs few columns of so few rows


def distances(query: Floats, candidates: Floats, *, radius: int | None = None) -> Floats:
    """DTW distance of `query` (n, d) to each of `candidates` (k, m, d), shape (k,).

    `radius` keeps the path within so many steps of the diagonal (None: anywhere); it is widened to |n - m| so that
    a path exists.
    """
    reach = _reach(len(query), candidates.shape[1], radius)
    last = _last_cell(_local_costs(query, candidates, reach=reach), reach=reach)
    return np.sqrt(last).astype(np.float32)


def _reach(n: int, m: int, radius: int | None) -> int:
    return max(n, m) if radius is None else max(radius, abs(n - m))


def path(a: Floats, b: Floats, *, radius: int | None = None) -> tuple[list[tuple[int, int]], float]:
    """The cheapest path between `a` (n, d) and `b` (m, d) as (row, column) pairs, and its distance."""
    n, m = len(a), len(b)
    reach = _reach(n, m, radius)
    costs = _local_costs(a, b[None], reach=reach)[:, :, 0]
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


def _local_costs(query: Floats, candidates: Floats, *, reach: int) -> Doubles:
    """Squared Euclidean distances, shape (n, m, k): candidates last, so that every later step is contiguous.

    Cells further than `reach` from the diagonal are not worked out and may hold anything.
    """
    k, m, d = candidates.shape
    n = len(query)
    # |a - b|^2 as one product: (-2 a, |a|^2, 1) times (b, 1, |b|^2).
    columns = np.ones((m, k, d + 2))
    columns[..., :d] = candidates.transpose(1, 0, 2)
    columns[..., d + 1] = np.einsum("mkd,mkd->mk", columns[..., :d], columns[..., :d])
    rows = np.ones((n, d + 2))
    rows[:, :d] = query
    rows[:, d] = np.einsum("nd,nd->n", rows[:, :d], rows[:, :d])
    rows[:, :d] *= -2
    flat, costs = columns.reshape(m * k, d + 2), np.empty((n, m * k))
    for first in range(0, n, _ROWS_AT_ONCE):
        some = slice(first, min(first + _ROWS_AT_ONCE, n))
        near = slice(max(0, first - reach) * k, min(m, some.stop + reach) * k)
        block = rows[some] @ flat[near].T
        np.maximum(block, 0.0, out=costs[some, near])
    return costs.reshape(n, m, k)


def _last_cell(costs: Doubles, *, reach: int) -> Doubles:
    """Cheapest path sum in cell (n - 1, m - 1) for each candidate, shape (k,)."""
    n, m, k = costs.shape
    cells, step = costs.reshape(n * m, k), max(1, m - 1)  # from one cell of an anti-diagonal to the next
    # Row r of these stands for cell (r - 1, diagonal - r + 1); row 0 is the wall before the first row.
    before, last, now = np.full((3, n + 1, k), np.inf)  # two diagonals ago, one diagonal ago
    before[0] = 0.0  # the corner from which every path starts
    for diagonal in range(n + m - 1):
        low = max(0, diagonal - m + 1, (diagonal - reach + 1) // 2)
        high = min(n - 1, diagonal, (diagonal + reach) // 2)
        if low <= high:
            first = low * m + diagonal - low
            sums = now[low + 1 : high + 2]
            np.minimum(last[low : high + 1], last[low + 1 : high + 2], out=sums)
            np.minimum(sums, before[low : high + 1], out=sums)
            sums += cells[first : first + (high - low) * step + 1 : step]
            now[low] = np.inf  # the band only moves on: below it lies what nobody may read, beyond it nothing yet
        else:
            now[:] = np.inf
        before, last, now = last, now, before
    return np.asarray(last[n])
