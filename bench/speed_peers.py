"""Time warping and exact search beside the fastest of their kind, one thread each, in turns.

    python -m bench.speed_peers [--json FILE]

Peers that are not installed (the extra `bench`) are left out, and the reason is printed.
"""

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import numpy as np
from threadpoolctl import threadpool_limits

from musicrec_desktop.core.types import Floats, PassageTable, TrackId
from musicrec_desktop.engine import dtw
from musicrec_desktop.engine.shortlist import Index

STEPS, COEFFICIENTS, RADIUS = 60, 12, 6
SHORTLISTS = (50, 200, 1000)
PASSAGES, DIMENSIONS, PASSAGES_A_SONG, NEAREST = (10_000, 100_000), 128, 10, 200

Figures = dict[str, float]
Work = Callable[[], object]


def milliseconds(work: Work, *, rounds: int) -> np.ndarray:
    """Wall time of each of `rounds` calls after one that does not count, (rounds,)."""
    return in_turns({"": work}, rounds=rounds)[""]


def in_turns(works: Mapping[str, Work], *, rounds: int) -> dict[str, np.ndarray]:
    """Wall times in ms, (rounds,) of each; a first call of each does not count."""
    for work in works.values():
        work()
    times = {name: np.empty(rounds) for name in works}
    for number in range(rounds):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            times[name][number] = 1000 * (time.perf_counter() - began)
    return times


def peer(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"{name} is left out: {error}", file=sys.stderr)
        return None


def against_peers(what: str, works: Mapping[str, Work], *, rounds: int) -> Figures:
    """Median of ours in ms, and each peer's over it; ratios round by round, so that a busy moment falls on both."""
    times = in_turns(works, rounds=rounds)
    figures = {f"{what}, ms": float(np.median(times["ours"]))}
    ratios = {f"{what}, ours over {name}": float(np.median(times["ours"] / times[name])) for name in times}
    ratios.pop(f"{what}, ours over ours")
    return figures | ratios


def warping() -> Figures:
    """DTW within a band: a fresh process's first call, and shortlists of several sizes."""
    figures = {"DTW of 200, first call of a process, ms": first_warping()}
    rng = np.random.default_rng(0)
    query = rng.normal(size=(STEPS, COEFFICIENTS)).astype(np.float32)
    for n in SHORTLISTS:
        shortlist = rng.normal(size=(n, STEPS, COEFFICIENTS)).astype(np.float32)
        figures |= against_peers(f"DTW of {n}", _warpings(query, shortlist), rounds=9)
    return figures


def _warpings(query: Floats, shortlist: Floats) -> dict[str, Work]:
    works: dict[str, Work] = {"ours": lambda: dtw.distances(query, shortlist, radius=RADIUS)}
    if c := peer("dtaidistance.dtw_ndim"):
        # Its own number format, made before; its window counts the diagonal.
        one, all_64 = query.astype(np.float64), shortlist.astype(np.float64)
        works["dtaidistance's C"] = lambda: [c.distance_fast(one, each, window=RADIUS + 1) for each in all_64]
    if len(shortlist) <= 200 and (slow := peer("tslearn.metrics")):
        band = {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": RADIUS}
        works["tslearn"] = lambda: [slow.dtw(query, each, **band) for each in shortlist]
    return works


def first_warping() -> float:
    """Milliseconds of the very first call, the module's import included."""
    code = f"""
import time, numpy as np
rng = np.random.default_rng(0)
query = rng.normal(size=({STEPS}, {COEFFICIENTS})).astype(np.float32)
shortlist = rng.normal(size=(200, {STEPS}, {COEFFICIENTS})).astype(np.float32)
began = time.perf_counter()
from musicrec_desktop.engine import dtw
dtw.distances(query, shortlist, radius={RADIUS})
print(1000 * (time.perf_counter() - began))
"""
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    return float(np.median([float(run.stdout) for run in runs]))


def searching() -> Figures:
    """One passage against all: the best passage of every song, in order; the peer finds the nearest passages."""
    figures: Figures = {}
    for n in PASSAGES:
        table = _passages(n)
        index, asked = Index(table), table.embeddings[7:8]
        figures |= against_peers(f"exact search of {n} passages", _searches(table, index, asked), rounds=15)
    return figures


def _searches(table: PassageTable, index: Index, asked: Floats) -> dict[str, Work]:
    works: dict[str, Work] = {"ours": lambda: index.search(asked, np.zeros(1, np.float32)).order()}
    if faiss := peer("faiss"):
        faiss.omp_set_num_threads(1)
        flat = faiss.IndexFlatIP(DIMENSIONS)
        flat.add(table.embeddings)
        works["faiss flat"] = lambda: flat.search(asked, NEAREST)
    return works


def _passages(n: int) -> PassageTable:
    vectors = np.random.default_rng(1).normal(size=(n, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    song = (np.arange(n) // PASSAGES_A_SONG).astype(np.int32)
    ids = [TrackId(f"song {number}") for number in range(song[-1] + 1)]
    return PassageTable("", 0, ids, song, np.zeros(n, np.float32), vectors, np.zeros((len(ids), 10), np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with threadpool_limits(1):
        figures = warping() | searching()
    for name, value in figures.items():
        print(f"{name:52s}{value:10.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
