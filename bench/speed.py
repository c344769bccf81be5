"""How long does an answer take?

    python -m bench.speed --music FOLDER [--json FILE]

Imports the folder's songs into a fresh home, then times, with medians and the 95th percentile:
the end of a six-second take to the ranked answer, warm, and what of that is features; DTW of a shortlist and the exact
search beside their peers (`bench.speed_peers`, the extra `bench`); the start of the process to the first answer on its
standard output. Importing has a measure of its own, `bench.import_speed`, and so has the window, `bench.start`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
from threadpoolctl import threadpool_limits

from bench.speed_peers import milliseconds, searching, warping
from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Excerpt, RequestId
from musicrec_desktop.features.extract import extract_features

TAKE_S, SR = 6.0, 44100
ROUNDS, STARTS = 100, 5

Figures = dict[str, float]


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


def features_of_a_take(songs: list[Path]) -> Figures:
    take = next(files.blocks(songs[0], duration_s=TAKE_S, sr=wiring.SPEC.sr))
    times = milliseconds(lambda: extract_features(take, wiring.SPEC), rounds=20)
    return {"features of a take, median ms": float(np.median(times))}


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
        songs = imported(home, chosen.music.resolve())
        figures = answers(home, songs) | features_of_a_take(songs) | first_answer(home, songs, home)
    with threadpool_limits(1):
        figures |= warping() | searching()
    for name, value in figures.items():
        print(f"{name:44s}{value:10.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
