"""How long does an answer take?

    python -m bench.speed --music FOLDER [--json FILE]

Imports the folder's songs into a fresh home, then times, with medians and the 95th percentile:
the end of a six-second take to the ranked answer, warm; what of that is features, and DTW of a shortlist of 200 beside
tslearn in the same run; the start of the process to the first answer on its standard output.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Excerpt, RequestId
from musicrec_desktop.engine import dtw
from musicrec_desktop.features.extract import extract_features

TAKE_S, SR = 6.0, 44100
ROUNDS, STARTS = 100, 5

Figures = dict[str, float]


def milliseconds(work: Callable[[], object], *, rounds: int) -> np.ndarray:
    """Wall time of each of `rounds` calls after one that does not count, (rounds,)."""
    work()
    times = np.empty(rounds)
    for i in range(rounds):
        began = time.perf_counter()
        work()
        times[i] = 1000 * (time.perf_counter() - began)
    return times


def imported(home: Path, music: Path) -> list[Path]:
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        for _ in wiring.import_files([music], store=store, model=wiring.open_model()):
            pass
        return sorted(track.path for track in store.tracks() if track.path)


def answers(home: Path, songs: list[Path]) -> Figures:
    """A take of every song in turn, as the window asks."""
    takes = [_take(song) for song in songs[:ROUNDS]]
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        recommender = wiring.open_recommender(store, wiring.open_model())
        recommender.warm_up()
        following = iter(takes * 2)
        times = milliseconds(lambda: recommender.recommend(_request(next(following)), CancelToken()), rounds=len(takes))
    return {
        "songs in the catalogue": len(songs),
        "take to answer, median ms": float(np.median(times)),
        "take to answer, p95 ms": float(np.percentile(times, 95)),
    }


def _take(song: Path) -> Excerpt:
    blocks = [block.samples for block in files.blocks(song, start_s=3.0, duration_s=TAKE_S, sr=SR)]
    return Excerpt.from_samples(np.concatenate(blocks), SR)


def _request(take: Excerpt) -> AnalysisRequest:
    return AnalysisRequest(RequestId(0), take, limit=24)


def parts(songs: list[Path]) -> Figures:
    """Features of a take; DTW of a shortlist, and the same by tslearn."""
    from tslearn.metrics import dtw as tslearn_dtw

    take = next(files.blocks(songs[0], duration_s=TAKE_S, sr=wiring.SPEC.sr))
    rng = np.random.default_rng(0)
    query, shortlist = rng.normal(size=(64, 12)).astype(np.float32), rng.normal(size=(200, 64, 12)).astype(np.float32)
    ours = float(np.median(milliseconds(lambda: dtw.distances(query, shortlist, radius=6), rounds=20)))
    theirs = milliseconds(
        lambda: [tslearn_dtw(query, one, global_constraint="sakoe_chiba", sakoe_chiba_radius=6) for one in shortlist],
        rounds=5,
    )
    return {
        "features of a take, median ms": float(
            np.median(milliseconds(lambda: extract_features(take, wiring.SPEC), rounds=20))
        ),
        "DTW of 200, median ms": ours,
        "DTW of 200, tslearn over ours": float(np.median(theirs)) / ours,
    }


def first_answer(home: Path, songs: list[Path], folder: Path) -> Figures:
    """Start of the process to its first line, median of five."""
    take = folder / "take.wav"
    soundfile.write(take, _take(songs[0]).samples, SR)
    command = [sys.executable, "-m", "musicrec_desktop", "recommend", str(take), "--json"]
    environment = {**os.environ, "MUSICREC_HOME": str(home)}
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout and json.loads(process.stdout.readline())["recommendations"]
            times.append(time.perf_counter() - began)
    return {"process start to first answer, median s": float(np.median(times))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        home = Path(work)
        songs = imported(home, chosen.music.absolute())
        figures = answers(home, songs) | parts(songs) | first_answer(home, songs, home)
    for name, value in figures.items():
        print(f"{name:44s}{value:10.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
