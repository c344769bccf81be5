"""Is what the program offers similar, and not only the same? Beside chance, and beside other ways to find songs.

    python -m bench.likeness --music FOLDER [--work DIR] [--seed 1] [--takes 1] [--json FILE]

One catalogue and one set of takes, six seconds each, clean and through `bench.channel`, are asked of the shipped model;
of two models that were trained on every other song and answer for the songs they never saw; of mean MFCC and of
bliss-audio (`bench.likeness_peers`, the extra `bench`); and of the first publication's pipeline
(`bench.first_publication`). Who made a song and which album it is on is nothing that any of them looks at: songs of one
artist among the first five, the song itself left out, speak for likeness. Songs without another one of their artist, or
album, are left out of that figure; what chance would bring and the most that is possible stand beside it. A list that
is too short, or a refusal, counts as if the rest were wrong.

Last, what each kind of likeness has to say by itself (`bench.families`).
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench import families, likeness_peers, quality
from bench.quality import Figures, Take
from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Excerpt, RequestId
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.engine.model import Classifier, MoodModel
from musicrec_desktop.engine.ranking import plain
from musicrec_desktop.engine.recommender import Recommender

LISTED, FIRST = 10, 5
SHARED = ("artist", "album")

Rows = Sequence[dict[str, str]]
Order = list[int]  # positions of songs in the manifest, the most alike first
Kept = TypeVar("Kept")
Kin = dict[str, list[set[int]]]  # by what is shared: for every song the others that have the same


def kin_of(rows: Rows) -> Kin:
    """Which songs have a song's artist, and its album; an empty field is shared with nobody."""
    names = {what: [plain(row[what]) for row in rows] for what in SHARED}
    return {
        what: [
            {i for i, other in enumerate(each) if name and other == name and i != song}
            for song, name in enumerate(each)
        ]
        for what, each in names.items()
    }


def agreement(a: Order, b: Order) -> float:
    """The part of two lists' first ten that both have; 0 for empty ones."""
    one, two = set(a[:LISTED]), set(b[:LISTED])
    return len(one & two) / max(len(one), len(two), 1)


def kindred(order: Order, own: int, kin: set[int]) -> float:
    """The share of kin among the first five, the song itself left out; what a short list lacks is none."""
    others = [song for song in order if song != own][:FIRST]
    return len(kin.intersection(others)) / FIRST


def figures(takes: Sequence[Take], orders: Sequence[Order], kin: Kin) -> Figures:
    """Shares, each with the number of takes behind it."""
    flags: dict[str, list[float]] = defaultdict(list)
    lists: dict[tuple[int, bool, int], list[Order]] = defaultdict(list)
    for take, order in zip(takes, orders, strict=True):
        channel = _channel(take)
        lists[take.twin].append(order)
        if take.own_part:
            flags[f"same recording first, {channel}"].append(order[:1] == [take.song])
        else:
            flags[f"other part first, {channel}"].append(order[:1] == [take.song])
            flags[f"other part in five, {channel}"].append(take.song in order[:FIRST])
        for what, sets in kin.items():
            if sets[take.song]:
                flags[f"same {what} in five, {channel}"].append(kindred(order, take.song, sets[take.song]))
    flags["ten songs alike, clean and mic"] = [agreement(*pair) for pair in lists.values() if len(pair) == 2]
    return {name: (float(np.mean(values)), len(values)) for name, values in sorted(flags.items())}


def chance(takes: Sequence[Take], n_songs: int, kin: Kin) -> Figures:
    """What songs in random order would reach on average, worked out and not drawn."""
    ten = min(1.0, LISTED / n_songs)
    expected = {"same recording first": 1 / n_songs, "other part first": 1 / n_songs}
    expected |= {"other part in five": min(1.0, FIRST / n_songs), "ten songs alike": ten}
    for what, sets in kin.items():
        shares = [len(sets[take.song]) / (n_songs - 1) for take in takes if sets[take.song]]
        expected[f"same {what} in five"] = float(np.mean(shares)) if shares else 0.0
    return _of_all(takes, expected)


def at_most(takes: Sequence[Take], kin: Kin) -> Figures:
    """What is possible: a song of an artist with two others has two at most in its five."""
    expected = dict.fromkeys(("same recording first", "other part first", "other part in five", "ten songs alike"), 1.0)
    for what, sets in kin.items():
        shares = [min(len(sets[take.song]), FIRST) / FIRST for take in takes if sets[take.song]]
        expected[f"same {what} in five"] = float(np.mean(shares)) if shares else 0.0
    return _of_all(takes, expected)


def _of_all(takes: Sequence[Take], values: dict[str, float]) -> Figures:
    alike = "ten songs alike"
    channels = {name: ("clean and mic",) if name == alike else ("clean", "mic") for name in values}
    return {f"{name}, {channel}": (values[name], len(takes)) for name in values for channel in channels[name]}


def _channel(take: Take) -> str:
    return "mic" if take.microphone else "clean"


def asked(home: Path, model: Classifier, takes: Sequence[Take], rows: Rows) -> list[Order]:
    """The program's answers: what it recognises, then what it recommends."""
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        store.use_model(model.model_id, model.run)
        recommender = Recommender(model=model, candidates=store, spec=wiring.SPEC, resample=resample)
        position = {track_id: song for song, track_id in enumerate(quality.ids_of(store, rows))}
        orders = []
        for take in takes:
            request = AnalysisRequest(RequestId(0), take.excerpt, limit=LISTED, per_artist=0)
            answer = recommender.recommend(request, CancelToken())
            named = [answer.same_recording.track] if answer.same_recording else []
            tracks = named + [row.track for row in answer.recommendations]
            orders.append([position[track.track_id] for track in tracks])
    return orders


def never_seen(home: Path, store: CentralStore, takes: Sequence[Take], rows: Rows, work: Path) -> list[Order]:
    """Every take asked of the model that was trained without its song."""
    orders: list[Order] = [[] for _ in takes]
    for half in (0, 1):
        unseen = [number for number, take in enumerate(takes) if take.song % 2 != half]
        model = _opened(_trained(store, rows, half, work))
        for number, order in zip(unseen, asked(home, model, [takes[n] for n in unseen], rows), strict=True):
            orders[number] = order
    return orders


def _trained(store: CentralStore, rows: Rows, half: int, work: Path) -> Path:
    """As `quality` trains it, unless an earlier run in this folder did."""
    folder = work / f"half-{half}"
    return folder if (folder / "mood.json").exists() else quality.trained_on_half(store, rows, half, work)


def _opened(folder: Path) -> MoodModel:
    return MoodModel(folder, fingerprint=wiring.SPEC.fingerprint())


def whole(path: Path) -> Excerpt:
    """A song as the takes were cut from it."""
    return Excerpt.from_samples(
        np.concatenate([block.samples for block in files.blocks(path, sr=quality.SR)]), quality.SR
    )


def measure(music: Path, work: Path, *, seed: int, takes_per_part: int) -> dict[str, dict[str, Figures]]:
    rows, store, home = quality.prepared(music, work)
    takes = list(quality.cut(rows, music, seed=seed, takes=takes_per_part))
    keep = work / f"answers-{seed}-{takes_per_part}"
    keep.mkdir(exist_ok=True)
    table: dict[str, Figures] = {}
    for file, way in ways(music, work, takes, rows, store, home, seed=seed).items():
        found = kept(keep / f"{file}.json", way)
        table |= {name: figures(takes, orders, kin_of(rows)) for name, orders in found.items()}
    table |= {"chance": chance(takes, len(rows), kin_of(rows)), "at most": at_most(takes, kin_of(rows))}
    parts = [take for take in takes if not take.own_part]
    return {
        "likeness": table,
        "alone": kept(keep / "alone.json", lambda: alone(home, parts, rows)),
        "without": kept(keep / "without.json", lambda: without(home, parts, rows)),
    }


def ways(
    music: Path, work: Path, takes: Sequence[Take], rows: Rows, store: CentralStore, home: Path, *, seed: int
) -> dict[str, Callable[[], dict[str, list[Order]]]]:
    """What is compared: under the name of a file, what brings every take's answers by one or two ways."""
    paths_of = [music / row["path"] for row in rows]

    def published() -> dict[str, list[Order]]:
        return answers(likeness_peers.published(map(whole, paths_of), wiring.SPEC, seed=seed), takes)

    return {
        "ours": lambda: {"ours": asked(home, _opened(paths.model_folder()), takes, rows)},
        "never-seen": lambda: {"ours, never seen": never_seen(home, store, takes, rows, work)},
        "mfcc": lambda: answers(likeness_peers.mfcc_cosine(map(whole, paths_of)), takes),
        "bliss": lambda: answers(likeness_peers.bliss(paths_of), takes),
        "published": published,
    }


def answers(peers: Mapping[str, likeness_peers.Peer], takes: Sequence[Take]) -> dict[str, list[Order]]:
    return {name: [peer(take.excerpt) for take in takes] for name, peer in peers.items()}


def kept(path: Path, make: Callable[[], Kept]) -> Kept:
    """What an earlier run in this folder found, or what is found now."""
    if path.exists():
        known: Kept = json.loads(path.read_text(encoding="utf-8"))
        return known
    found = make()
    path.write_text(json.dumps(found), encoding="utf-8")
    return found


def alone(home: Path, parts: Sequence[Take], rows: Rows) -> dict[str, Figures]:
    with wiring.open_catalogue(path=home / "catalogue.db") as catalogue:
        return families.alone(catalogue, _opened(paths.model_folder()), parts, quality.ids_of(catalogue, rows))


def without(home: Path, parts: Sequence[Take], rows: Rows) -> dict[str, Figures]:
    """The program's answers about other parts, all of it and less one kind."""
    shipped = _opened(paths.model_folder())
    models: dict[str, Classifier] = {"all": shipped, **dict(families.without_each(shipped))}
    return {kind: figures(parts, asked(home, model, parts, rows), {}) for kind, model in models.items()}


def show(title: str, table: dict[str, Figures]) -> None:
    """One line for every figure, one column for every way."""
    names = list(dict.fromkeys(name for each in table.values() for name in each))
    width = max(map(len, table)) + 2
    print(f"\n{title:36s}" + "".join(f"{column:>{width}s}" for column in table) + f"{'takes':>8s}")
    for name in names:
        cells = [f"{each[name][0]:.3f}" if name in each else "" for each in table.values()]
        n_takes = next(each[name][1] for each in table.values() if name in each)
        print(f"{name:36s}" + "".join(f"{cell:>{width}s}" for cell in cells) + f"{n_takes:8d}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--work", type=Path, help="keep analysis, models and answers here, to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--takes", type=int, default=1, help="per part of each song")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        work = chosen.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        found = measure(chosen.music.resolve(), work, seed=chosen.seed, takes_per_part=chosen.takes)
    show("", found["likeness"])
    show("ordered by one kind of likeness", found["alone"])
    show("the program without a kind", found["without"])
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
