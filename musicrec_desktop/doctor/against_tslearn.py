"""DTW beside tslearn's, on random walks of the shape in which songs are compared. Runs in a child."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from musicrec_desktop.core.types import Floats
from musicrec_desktop.engine import dtw

ALLOWED = 1e-4
N_WALKS, STEPS, COEFFICIENTS, RADIUS = 12, 64, 12, 6


@dataclass(frozen=True, slots=True)
class DtwComparison:
    version: str
    distances: int
    paths: int
    worst: float  # difference of two distances
    other_paths: int  # that are not the same


def compare_dtw() -> Iterator[DtwComparison]:
    """Distances in a band and without one, of equal and of unequal lengths, and paths. Raises ImportError."""
    from tslearn.metrics import dtw as tslearn_dtw
    from tslearn.metrics import dtw_path as tslearn_path

    walks = np.random.default_rng(1).normal(size=(N_WALKS, STEPS, COEFFICIENTS)).cumsum(axis=1).astype(np.float32)
    band = {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": RADIUS}
    worst, n = 0.0, 0
    for query, radius, limits in ((walks[0], RADIUS, band), (walks[0], None, {}), (walks[0][:45], None, {})):
        theirs = [tslearn_dtw(query.astype(float), each.astype(float), **limits) for each in walks]
        ours = dtw.distances(query, walks, radius=radius)
        worst, n = max(worst, float(np.abs(ours - theirs).max())), n + len(walks)
    pairs = list(zip(walks[:4], walks[4:8], strict=True))
    other = sum(_path(a, b) != [(int(i), int(j)) for i, j in tslearn_path(a, b, **band)[0]] for a, b in pairs)
    yield DtwComparison(version("tslearn"), n, len(pairs), worst, other)


def _path(a: Floats, b: Floats) -> list[tuple[int, int]]:
    return dtw.path(a, b, radius=RADIUS)[0]
