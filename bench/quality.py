"""How good are the answers, for songs the model knows and for songs it never saw?

    python -m bench.quality --music FOLDER [--work DIR] [--seed 1] [--json FILE]

The whole archive is imported once. Then three models answer the same takes: the shipped one, and two that were
trained on every other song and are asked only about the songs they did not see. A take is six seconds, clean and
through `bench.channel`, which training never uses. Figures have the names and meanings of the table in the README.
"""

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.channel import hear
from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId, TrackId
from musicrec_desktop.curator.analyse import analyse
from musicrec_desktop.curator.cluster import cluster
from musicrec_desktop.curator.embed import embed
from musicrec_desktop.curator.export import About, calibrated, export
from musicrec_desktop.curator.moods import moods
from musicrec_desktop.curator.renditions import Recipe
from musicrec_desktop.curator.sources import read_folder
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import train
from musicrec_desktop.engine.model import MoodModel

TAKE_S = 6.0
SR = 44100  # what a sound card delivers
UNKNOWN_EVERY = 4  # every fourth song of each half is asked about as if it were not in the catalogue
SNR_DB = (8.0, 20.0)
NOISE_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Take:
    song: int
    own_part: bool
    microphone: bool
    twin: tuple[int, bool, int]  # a clean take and its microphone twin share this
    start_s: float
    excerpt: Excerpt


Figures = dict[str, tuple[float, int]]


def cut(rows: Sequence[dict[str, str]], music: Path, *, seed: int, takes: int) -> Iterator[Take]:
    """Takes of every song: from the catalogued audio and from its other part."""
    for song, row in enumerate(rows):
        for own, column in ((True, "path"), (False, "other_part")):
            if row[column]:
                yield from _cut_one(song, own, music / row[column], np.random.default_rng([seed, song, own]), takes)


def _cut_one(song: int, own: bool, path: Path, rng: np.random.Generator, takes: int) -> Iterator[Take]:
    samples = np.concatenate([block.samples for block in files.blocks(path, sr=SR)])
    room = len(samples) - round((TAKE_S + 2) * SR)
    for number in range(takes if room > 0 else 0):
        start = int(rng.integers(SR, room + SR))
        clean = samples[start : start + round(TAKE_S * SR)]
        if np.sqrt(np.mean(clean**2)) < 1e-3:
            continue
        heard = hear(clean, SR, rng, snr_db=SNR_DB)
        for microphone, sound in ((False, clean), (True, heard)):
            excerpt = Excerpt.from_samples(sound, SR)
            yield Take(song, own, microphone, (song, own, number), start / SR, excerpt)


def figures(
    takes: Sequence[Take], answers: Sequence[Answer], ids: Sequence[TrackId], mood_of: dict[TrackId, int]
) -> Figures:
    """Shares, each with the number of takes behind it."""
    flags: dict[str, list[float]] = defaultdict(list)
    lists: dict[tuple[int, bool, int], list[set[str]]] = defaultdict(list)
    for take, answer in zip(takes, answers, strict=True):
        channel = "mic" if take.microphone else "clean"
        same, own = answer.same_recording, ids[take.song]
        if unknown(take.song):
            flags[f"unknown named, {channel}"].append(same is not None)
            continue
        order = _order(answer)
        lists[take.twin].append(set(order[:10]))
        flags[f"named wrong, {channel}"].append(same is not None and same.track.track_id != own)
        right_mood = answer.mood is not None and answer.mood.mood.id == mood_of[own]
        if take.own_part:
            named = same is not None and same.track.track_id == own
            flags[f"same recording first, {channel}"].append(order[:1] == [own])
            flags[f"named right, {channel}"].append(named)
            flags[f"moment within 1 s, {channel}"].append(
                named and same is not None and abs(same.at_s - take.start_s) <= 1
            )
            flags[f"mood, same part, {channel}"].append(right_mood)
        else:
            flags[f"other part first, {channel}"].append(order[:1] == [own])
            flags[f"other part in five, {channel}"].append(own in order[:5])
            flags[f"mood, other part, {channel}"].append(right_mood)
    shared = [len(a & b) / max(len(a), len(b), 1) for a, b in lists.values()]
    flags["ten songs alike, clean and mic"] = shared
    return {name: (float(np.mean(values)), len(values)) for name, values in sorted(flags.items())}


def _order(answer: Answer) -> list[TrackId]:
    named = [answer.same_recording.track.track_id] if answer.same_recording else []
    return named + [row.track.track_id for row in answer.recommendations]


def ask(home: Path, model: Path, takes: Sequence[Take], rows: Sequence[dict[str, str]]) -> Figures:
    """All takes to one model over the one catalogue."""
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        recommender = wiring.open_recommender(store, MoodModel(model, fingerprint=wiring.SPEC.fingerprint()))
        ids = ids_of(store, rows)
        mood_of = {track.track_id: track.mood_id for track in store.tracks() if track.mood_id is not None}
        answers = [recommender.recommend(_request(take, ids), CancelToken()) for take in takes]
        sounds = [sound for seed in range(NOISE_ROUNDS) for sound in noises(np.random.default_rng(seed))]
        requests = [AnalysisRequest(RequestId(0), sound) for sound in sounds]
        refused = [recommender.recommend(request, CancelToken()).verdict == "none" for request in requests]
    return figures(takes, answers, ids, mood_of) | {"refused, not music": (float(np.mean(refused)), len(refused))}


def _request(take: Take, ids: Sequence[TrackId]) -> AnalysisRequest:
    left_out = ids[take.song] if unknown(take.song) else None
    return AnalysisRequest(RequestId(0), take.excerpt, limit=10, per_artist=0, exclude=left_out)


def unknown(song: int) -> bool:
    return song // 2 % UNKNOWN_EVERY == 0


def noises(rng: np.random.Generator) -> Iterator[Excerpt]:
    """What is no music: silence, faint, white and pink noise, mains hum, clicks."""
    n, t = round(TAKE_S * SR), np.arange(round(TAKE_S * SR)) / SR
    white = rng.standard_normal(n)
    pink = np.fft.irfft(np.fft.rfft(white) / np.sqrt(np.arange(n // 2 + 1) + 1), n)
    hum = np.sin(2 * np.pi * 50 * t + rng.uniform(0, 6)) + rng.uniform(0, 1) * np.sin(2 * np.pi * 100 * t)
    clicks = np.where(rng.random(n) < rng.uniform(1e-4, 1e-3), 0.8, 0.0)
    for sound in (np.zeros(n), 1e-4 * white, 0.1 * white, 0.1 * pink / pink.std(), 0.2 * hum, clicks):
        yield Excerpt.from_samples(sound, SR)


def ids_of(store: CatalogueStore, rows: Sequence[dict[str, str]]) -> list[TrackId]:
    """The songs of the manifest in the catalogue, in the manifest's order."""
    tracks = {str(track.path): track.track_id for track in store.tracks()}
    return [next(track_id for path, track_id in tracks.items() if path.endswith(row["path"])) for row in rows]


def trained_on_half(store: CentralStore, rows: Sequence[dict[str, str]], half: int, work: Path) -> Path:
    """A model that saw every other song only; its folder."""
    folder = work / f"half-{half}"
    folder.mkdir(exist_ok=True)
    embed(store, names=[row["path"] for row in rows[half::2]])
    cluster(store)
    moods(store, folder / "moods.json")
    train(store)
    calibrated(store, spec=wiring.SPEC)
    export(store, folder, about=About(), spec=wiring.SPEC)
    return folder


def pooled(several: Sequence[Figures]) -> Figures:
    """One table of two, weighted by takes."""
    names = several[0]
    counts = {name: sum(table[name][1] for table in several) for name in names}
    sums = {name: sum(value * n for value, n in (table[name] for table in several)) for name in names}
    return {name: (sums[name] / max(counts[name], 1), counts[name]) for name in names}


def prepared(music: Path, work: Path) -> tuple[list[dict[str, str]], CentralStore, Path]:
    """The manifest, the songs analysed for training, and the home of a catalogue that holds them all."""
    rows = list(csv.DictReader((music / "manifest.csv").open(encoding="utf-8")))
    store = CentralStore.in_folder(work)
    analyse(store, read_folder(music), recipe=Recipe(), spec=wiring.SPEC)
    home = work / "home"
    home.mkdir(exist_ok=True)
    with wiring.open_catalogue(path=home / "catalogue.db") as catalogue:
        for _ in wiring.import_files([music / row["path"] for row in rows], store=catalogue, model=None):
            pass
    return rows, store, home


def measure(music: Path, work: Path, *, seed: int, takes_per_part: int) -> dict[str, Figures]:
    rows, store, home = prepared(music, work)
    takes = list(cut(rows, music, seed=seed, takes=takes_per_part))
    halves = []
    for half in (0, 1):
        unseen = [take for take in takes if take.song % 2 != half]
        halves.append(ask(home, trained_on_half(store, rows, half, work), unseen, rows))
    return {"songs it knows": ask(home, paths.model_folder(), takes, rows), "songs never seen": pooled(halves)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--work", type=Path, help="keep the analysis here, to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--takes", type=int, default=2, help="per part of each song")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        work = chosen.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        tables = measure(chosen.music.resolve(), work, seed=chosen.seed, takes_per_part=chosen.takes)
    print(f"{'':36s}" + "".join(f"{title:>24s}" for title in tables))
    for name in tables["songs it knows"]:
        cells = [f"{table[name][0]:.3f} (n={table[name][1]})" for table in tables.values()]
        print(f"{name:36s}" + "".join(f"{cell:>24s}" for cell in cells))
    if chosen.json:
        chosen.json.write_text(json.dumps(tables, indent=1))


if __name__ == "__main__":
    main()
