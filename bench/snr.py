"""How much noise may there be? Shares of takes that are found and named, from 20 dB of signal above noise down to 0.

    python -m bench.snr --music FOLDER [--seed 1] [--takes 1] [--json FILE] [--out docs/pictures/snr.png]

The folder's songs are imported into a fresh home. The same takes are heard through `bench.channel` at each level of
noise, the same channel each time, so that only the noise differs from one column to the next.
"""

import argparse
import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import quality
from bench.channel import hear
from bench.scale import imported
from musicrec_desktop import wiring
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Excerpt, RequestId, TrackId
from musicrec_desktop.engine.recommender import Recommender

LEVELS_DB = (20.0, 15.0, 10.0, 5.0, 0.0)
COLOURS = {
    "same recording first": "#2b6cb0",
    "named": "#2c7a7b",
    "other part in five": "#c05621",
    "other part first": "#dd9a5b",
    "another song named": "#9b2c2c",
}

Shares = dict[str, float]


def at_level(
    recommender: Recommender, takes: Sequence[quality.Take], ids: Sequence[TrackId], *, level_db: float, seed: int
) -> Shares:
    """Shares of the takes, which are clean ones, heard at so many dB of signal above noise."""
    flags: dict[str, list[bool]] = {name: [] for name in COLOURS}
    for number, take in enumerate(takes):
        rng = np.random.default_rng([seed, number])
        heard = hear(take.excerpt.samples, take.excerpt.sr, rng, snr_db=(level_db, level_db))
        request = AnalysisRequest(RequestId(0), Excerpt.from_samples(heard, take.excerpt.sr), limit=24, per_artist=0)
        answer = recommender.recommend(request, CancelToken())
        same, own = answer.same_recording, ids[take.song]
        order = ([same.track.track_id] if same else []) + [row.track.track_id for row in answer.recommendations]
        flags["another song named"].append(same is not None and same.track.track_id != own)
        if take.own_part:
            flags["same recording first"].append(order[:1] == [own])
            flags["named"].append(same is not None and same.track.track_id == own)
        else:
            flags["other part first"].append(order[:1] == [own])
            flags["other part in five"].append(own in order[:5])
    return {name: float(np.mean(values)) for name, values in flags.items()}


def measure(music: Path, home: Path, *, seed: int, takes: int) -> dict[str, Shares]:
    """Shares by level, as JSON has them."""
    rows = list(csv.DictReader((music / "manifest.csv").open(encoding="utf-8")))
    ids = imported(home, rows, music)
    clean = [take for take in quality.cut(rows, music, seed=seed, takes=takes) if not take.microphone]
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        recommender = wiring.open_recommender(store, wiring.open_model())
        return {str(db): at_level(recommender, clean, ids, level_db=db, seed=seed) for db in LEVELS_DB}


def draw(measured: dict[str, Shares], path: Path) -> None:
    """A line for each share, quiet rooms on the left."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    levels = [float(level) for level in measured]
    figure, axis = pyplot.subplots(figsize=(7.5, 4.4), layout="constrained")
    for name, colour in COLOURS.items():
        shares = [measured[level][name] for level in measured]
        axis.plot(levels, shares, color=colour, marker="o", markersize=4, linewidth=1.8)
    _named_at_the_end(axis, measured)
    axis.set(xlabel="signal above noise, dB", ylabel="share of takes", ylim=(-0.03, 1.05))
    axis.set_xlim(max(levels) + 1, min(levels) - 6.5)
    axis.set_xticks(levels)
    axis.grid(axis="y", color="#e2e8f0", linewidth=0.8)
    axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def _named_at_the_end(axis: Any, measured: dict[str, Shares]) -> None:
    """Each line's name beside its last point, moved apart where two would lie on one another."""
    level, shares = list(measured.items())[-1]
    below = 2.0
    for name, share in sorted(shares.items(), key=lambda item: -item[1]):
        below = min(share, below - 0.06)
        axis.annotate(name, (float(level) - 0.4, below), color=COLOURS[name], va="center", fontsize=9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--takes", type=int, default=1, help="per part of each song")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--out", type=Path, help="where the picture goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        measured = measure(chosen.music.resolve(), Path(home), seed=chosen.seed, takes=chosen.takes)
    print(f"{'':24s}" + "".join(f"{level:>8s}" for level in measured))
    for name in COLOURS:
        print(f"{name:24s}" + "".join(f"{shares[name]:8.3f}" for shares in measured.values()))
    if chosen.json:
        chosen.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    if chosen.out:
        draw(measured, chosen.out)


if __name__ == "__main__":
    main()
