"""How long does a client take to follow a central catalogue, and what does it cost?

    python -m bench.sync --music FOLDER [--songs 10000 100000] [--delta 1000] [--sequences all] [--work DIR]

A private MariaDB on loopback is filled with synthetic songs (bench.neighbours) by the program's own staging and
publishing; clients in processes of their own then pull: for the first time, after so many songs have changed, and
when nothing is new. Beside it in the same run, what peewee takes row by row. `--sequences`: how many songs have the
MFCC sequence by which they can be named (20 of their 25 kB); with `all` every song is as large as it gets.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import release, scale, synthetic
from bench.server import Server, started

BUDGETS = {"first pull of 100,000": 60.0, "delta of 1,000": 2.0, "private MB": 300.0}
Figures = dict[str, float]


def measure(server: Server, songs: release.Songs, home: Path, n: int, delta: int) -> Figures:
    """All figures of a catalogue of n songs."""
    name = f"central{n}"
    database = server.fresh(name)
    staged, _, figures = release.put_out(server, database, songs, n)
    figures = {f"publish: {key}": value for key, value in figures.items()}
    mb = server.disk_mb(name)
    figures["columns of a song with its sequence, kB"] = songs.kb()
    figures["release on the server, kB a song"] = 1000 * mb / n
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    figures |= {f"first: {key}": value for key, value in _client("pull", home, server, name).items()}
    figures |= _disk(home, n)
    figures |= _rates(figures, n)
    figures |= {f"nothing new: {key}": value for key, value in _client("pull", home, server, name).items()}
    _, _, again = release.put_out(server, database, songs, delta, before=staged)
    figures |= {f"publish of a delta: {key}": value for key, value in again.items()}
    figures |= {f"delta: {key}": value for key, value in _client("pull", home, server, name).items()}
    figures |= _client("back", home, server, name)
    figures |= _client("rows", home, server, name)
    figures["row by row, of the first pull"] = (
        figures["row by row, processor s a song"] * n / figures["first: pull, processor s"]
    )
    return figures


def _client(job: str, home: Path, server: Server, name: str) -> Figures:
    """One job of bench.sync_client in a process of its own; the server's share of the processor beside it."""
    before_s = server.processor_s()
    command = [sys.executable, "-m", "bench.sync_client", job, str(server.port), name]
    environment = os.environ | {"MUSICREC_HOME": str(home)}
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    figures: Figures = json.loads(found.stdout)
    return figures | ({"server, processor s": server.processor_s() - before_s} if job == "pull" else {})


def _disk(home: Path, n: int) -> Figures:
    tables = sum(path.stat().st_size for path in home.glob("catalogue.db*"))
    return {"catalogue.db, kB a song": tables / 1000 / n, "passage cache, kB a song": synthetic.cache_kb(home) / n}


def _rates(figures: Figures, n: int) -> Figures:
    seconds = figures["first: pull, s"]
    return {
        "first: songs a second": n / seconds,
        "first: MB a second into the file": figures["catalogue.db, kB a song"] * n / 1000 / seconds,
        "first: ms a song": 1000 * seconds / n,
    }


def run(music: Path, work: Path, sizes: list[int], *, delta: int, with_sequences: int, seed: int) -> dict[str, Figures]:
    real = work / "real"
    scale.imported(real, scale.manifest(music), music)
    songs = release.Songs.around(real / "catalogue.db", with_sequences=with_sequences, seed=seed)
    tables: dict[str, Figures] = {}
    with started(work / "server") as server:
        for n in sizes:
            tables[str(n)] = measure(server, songs, work / f"client-{n}", n, delta)
            _print(n, tables[str(n)])
            server.fresh(f"central{n}").close()
            shutil.rmtree(work / f"client-{n}")
    return tables


def _print(n: int, figures: Figures) -> None:
    print(f"\n{n} songs")
    for name, value in figures.items():
        print(f"  {name:56s}{value:12.4f}", flush=True)
    first, delta = figures["first: pull, s"] * 100_000 / n, figures["delta: pull, s"]
    used = max(figures["first: private MB, peak"], figures["delta: private MB, peak"])
    for (name, allowed), found in zip(BUDGETS.items(), (first, delta, used), strict=True):
        print(f"  {name:56s}{found:12.4f} of {allowed:g}: {'kept' if found <= allowed else 'NOT KEPT'}", flush=True)
    shares = [f"{figures[f'{job}: pull, s'] / figures[f'{job}: pull, processor s']:.1f}" for job in ("first", "delta")]
    print(f"  of which the machine took, wall by processor: first {shares[0]}, delta {shares[1]}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--songs", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--delta", type=int, default=1000, help="songs that change")
    parser.add_argument("--sequences", default=str(synthetic.WITH_SEQUENCES), help="songs that have one, or all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="keep everything here; needs 90 kB a song, with all sequences")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with_sequences = max(chosen.songs) if chosen.sequences == "all" else int(chosen.sequences)
    with ExitStack() as stack:
        work = chosen.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tables = run(
            chosen.music.resolve(),
            work.resolve(),
            chosen.songs,
            delta=chosen.delta,
            with_sequences=with_sequences,
            seed=chosen.seed,
        )
    if chosen.json:
        synthetic.written(chosen.json, tables)


if __name__ == "__main__":
    main()
