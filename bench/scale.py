"""How do answers and their speed hold in large catalogues?

    python -m bench.scale --music FOLDER [--songs 10000 100000] [--takes 2] [--work DIR] [--json FILE]

The folder's songs are imported once and hidden among synthetic ones (bench.neighbours). For each size: time from the
end of a six-second take to the answer, warm; private memory of a process that has the catalogue loaded, idle; size on
disk; how much of an exact search the search by whole songs first finds; and the figures of finding, clean and through
`bench.channel`. Beyond 100,000 songs embeddings are written into the cache alone, not into the tables.

"Among the ten nearest" is the test of the synthetic songs themselves: takes of songs that are left out of the search
must find them among their ten nearest about as often as their share of the catalogue says. Songs begun from the very
song that is left out do not count for them.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from unittest import mock

import numpy as np

from bench import quality, synthetic
from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Answer, Floats, RequestId, TrackId
from musicrec_desktop.engine import packed
from musicrec_desktop.engine.packed import PackedIndex
from musicrec_desktop.engine.recommender import Recommender
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import take_statistics

DIRECT_FROM = 200_000  # songs
COMPARED, NEAREST = 40, 10
Figures = dict[str, float]
Take = quality.Take


def measure(home: Path, takes: Sequence[Take], ids: Sequence[TrackId], parents: Sequence[int]) -> Figures:
    """Everything about the catalogue in `home`, whose real songs are `ids` in the order of the takes' numbers."""
    os.environ["MUSICREC_HOME"] = str(home)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bench.idle"], check=True, stdout=subprocess.PIPE)
    figures: Figures = {"first ready, cache made, s": time.perf_counter() - began}
    idle = subprocess.run([sys.executable, "-m", "bench.idle"], check=True, stdout=subprocess.PIPE)
    figures |= json.loads(idle.stdout)
    with wiring.open_catalogue() as store:
        model = wiring.open_model()
        recommender = wiring.open_recommender(store, model)
        recommender.warm_up()
        figures |= found(recommender, takes, ids)
        table = store.packed(model.model_id)
        if table is not None:
            index = PackedIndex(table)
            chosen = takes[:: max(1, len(takes) // COMPARED)]
            embeddings = [model.run(_statistics(take))[0] for take in chosen]
            figures |= recall(index, embeddings)
            figures |= filled(index, chosen, embeddings, ids, parents)
    return figures


def _statistics(take: Take) -> Floats:
    return take_statistics(extract_features(resample(take.excerpt, wiring.SPEC.sr), wiring.SPEC), wiring.SPEC)[1]


def found(recommender: Recommender, takes: Sequence[Take], ids: Sequence[TrackId]) -> Figures:
    """Shares of takes whose song is found; wall time of an answer, and processor time of all threads.

    On a busy machine the first of the two says more of the machine.
    """
    flags: dict[str, list[bool]] = defaultdict(list)
    elapsed = []
    for take in takes:
        request = AnalysisRequest(RequestId(0), take.excerpt, limit=24, per_artist=0)
        began = time.perf_counter(), time.process_time()
        answer = recommender.recommend(request, CancelToken())
        elapsed.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        _note(flags, take, answer, ids[take.song])
    wall, used = 1000 * np.array(elapsed).T
    return {
        "answer, median ms": float(np.median(wall)),
        "answer, p95 ms": float(np.percentile(wall, 95)),
        "answer, processor ms, median": float(np.median(used)),
        "answer, processor ms, p95": float(np.percentile(used, 95)),
    } | {name: float(np.mean(values)) for name, values in sorted(flags.items())}


def _note(flags: dict[str, list[bool]], take: Take, answer: Answer, own: TrackId) -> None:
    channel = "mic" if take.microphone else "clean"
    same = answer.same_recording
    order = ([same.track.track_id] if same else []) + [row.track.track_id for row in answer.recommendations]
    flags[f"named wrong, {channel}"].append(same is not None and same.track.track_id != own)
    if take.own_part:
        flags[f"same recording first, {channel}"].append(order[:1] == [own])
        flags[f"named right, {channel}"].append(same is not None and same.track.track_id == own)
    else:
        flags[f"other part first, {channel}"].append(order[:1] == [own])
        flags[f"other part in five, {channel}"].append(own in order[:5])


def recall(index: PackedIndex, embeddings: Sequence[Floats]) -> Figures:
    """Of the nearest songs by looking at all passages, how many are found by way of whole songs."""
    shares: dict[str, list[float]] = defaultdict(list)
    for each in embeddings:
        starts_s = np.zeros(len(each), np.float32)
        with mock.patch.object(packed, "EXACT_TRACKS", 1 << 40):
            exact = index.search(each, starts_s).order()
        for tracks in (2_000, 5_000, packed.PRUNED_TRACKS):
            with mock.patch.multiple(packed, EXACT_TRACKS=0, PRUNED_TRACKS=tracks):
                pruned = set(index.search(each, starts_s).order().tolist())
            for n in (NEAREST, 50):
                shares[f"recall of {n} by {tracks} whole songs"].append(
                    float(np.mean([i in pruned for i in exact[:n]]))
                )
    return {name: float(np.mean(values)) for name, values in shares.items()}


def filled(
    index: PackedIndex,
    takes: Sequence[Take],
    embeddings: Sequence[Floats],
    ids: Sequence[TrackId],
    parents: Sequence[int],
) -> Figures:
    """The part of their share of the ten nearest that synthetic songs take when a take's own song is left out."""
    names = index.table.track_ids
    shares = []
    for take, each in zip(takes, embeddings, strict=True):
        with mock.patch.object(packed, "NEAR_TRACKS", max(1000, len(names) // 25)):  # beyond the song's own kin
            order = index.search(each, np.zeros(len(each), np.float32)).order()
        own = names.index(ids[take.song])
        strangers = (name for name in map(names.__getitem__, order.tolist()) if not _kin(name, own, ids, parents))
        shares.append(np.mean([synthetic.is_synthetic(name) for name in islice(strangers, NEAREST)]))
    share = 1 - len(ids) / len(names)
    return {"synthetic among the ten nearest, of their share": float(np.mean(shares)) / share}


def _kin(name: TrackId, own: int, ids: Sequence[TrackId], parents: Sequence[int]) -> bool:
    """Whether this is the track at position `own`, or was begun from it; real songs stand first in the table."""
    if not synthetic.is_synthetic(name):
        return bool(sorted(ids)[own] == name)
    return parents[int(name.rsplit("-", 1)[1])] == own


def manifest(music: Path) -> list[dict[str, str]]:
    """The songs of a folder, a row each."""
    return list(csv.DictReader((music / "manifest.csv").open(encoding="utf-8")))


def imported(home: Path, rows: Sequence[dict[str, str]], music: Path) -> list[TrackId]:
    """The real songs in a catalogue of their own; their ids in the order of `rows`."""
    home.mkdir(parents=True, exist_ok=True)
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        model = wiring.open_model()
        for _ in wiring.import_files([music / row["path"] for row in rows], store=store, model=model):
            pass
        store.use_model(model.model_id, model.run)  # now: later it would make what was packed look out of date
        by_path = {track.path: track.track_id for track in store.tracks()}
    return [by_path[music / row["path"]] for row in rows]


def run(music: Path, work: Path, sizes: Sequence[int], *, n_takes: int, every: int, seed: int) -> dict[str, Figures]:
    rows = manifest(music)
    real = work / "real"
    ids = imported(real, rows, music)
    nothing = {"path": "", "other_part": ""}
    asked = [row if song % every == 0 else nothing for song, row in enumerate(rows)]
    takes = list(quality.cut(asked, music, seed=seed, takes=n_takes))
    model_id = wiring.read_facts().model_id
    tables: dict[str, Figures] = {}
    for n in sizes:
        home = work / str(n)
        direct = n >= DIRECT_FROM
        kb, parents = synthetic.make(home, real / "catalogue.db", n, model_id=model_id, direct=direct, seed=seed)
        tables[str(n)] = measure(home, takes, ids, parents)
        tables[str(n)] |= {"tables, kB a song": kb, "cache, kB a song": synthetic.cache_kb(home) / n}
        _print(str(n), tables[str(n)])
    return tables


def _print(title: str, figures: Figures) -> None:
    print(f"\n{title} synthetic songs")
    for name, value in figures.items():
        print(f"  {name:52s}{value:10.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--songs", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--takes", type=int, default=2, help="per part of each song")
    parser.add_argument(
        "--every", type=int, default=1, help="ask only every so many-th of them; odd, for both channels"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="keep catalogues here; needs 20 kB a song")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        work = chosen.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tables = run(
            chosen.music.resolve(), work, chosen.songs, n_takes=chosen.takes, every=chosen.every, seed=chosen.seed
        )
    if chosen.json:
        synthetic.written(chosen.json, tables)


if __name__ == "__main__":
    main()
