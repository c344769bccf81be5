"""How sure the program was, against how often it was right: of names and of moods, from the JSON of bench.refusals.

python -m bench.reliability FILE.json --out docs/pictures/reliability.png
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

BINS = 10
Pairs = Sequence[tuple[float, bool]]  # how sure, and whether it was right
COLOURS = {"clean": "#2b6cb0", "mic": "#c05621"}
CHANNELS = {"clean": "as it is", "mic": "through a microphone"}
PANELS = {"name": "“This is …”", "mood": "Mood"}


def curve(pairs: Pairs) -> list[dict[str, float]]:
    """Ten bins of equal width of how sure the answers were, with how often they were right; empty bins left out."""
    sure = np.array([one for one, _ in pairs], dtype=np.float64)
    right = np.array([flag for _, flag in pairs], dtype=bool)
    place = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    return [
        {"takes": int(here.sum()), "sure": float(sure[here].mean()), "right": float(right[here].mean())}
        for here in (place == one for one in np.unique(place))
    ]


def calibration_error(pairs: Pairs) -> float:
    """Mean distance between how sure and how often right (Naeini, Cooper and Hauskrecht, 2015); 0 is honest."""
    bins = curve(pairs)
    return sum(one["takes"] * abs(one["sure"] - one["right"]) for one in bins) / max(len(pairs), 1)


def draw(curves: dict[str, dict[str, list[dict[str, float]]]], path: Path) -> None:
    """One panel each for names and moods, one line a channel; the area of a point grows with the takes behind it."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(PANELS), figsize=(9, 4.4), layout="constrained")
    for axis, (what, title) in zip(axes, PANELS.items(), strict=True):
        axis.plot([0, 1], [0, 1], color="#a0aec0", linewidth=1, linestyle="--", zorder=0)
        for channel, label in CHANNELS.items():
            _line(axis, curves[what][channel], label, COLOURS[channel])
        axis.set(title=title, xlabel="how sure the program was", xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), aspect="equal")
        axis.spines[["top", "right"]].set_visible(False)
        axis.legend(frameon=False, loc="upper left")
    axes[0].set_ylabel("how often it was right")
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def _line(axis: Any, bins: list[dict[str, float]], label: str, colour: str) -> None:
    sure, right = [one["sure"] for one in bins], [one["right"] for one in bins]
    n = sum(one["takes"] for one in bins)
    error = sum(one["takes"] * abs(one["sure"] - one["right"]) for one in bins) / max(n, 1)
    axis.plot(sure, right, color=colour, linewidth=1.6, label=f"{label}: n = {n}, error {error:.3f}")
    axis.scatter(sure, right, s=[14 + 160 * one["takes"] / n for one in bins], color=colour, alpha=0.7, linewidths=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measured", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures/reliability.png"))
    chosen = parser.parse_args()
    draw(json.loads(chosen.measured.read_text(encoding="utf-8"))["curves"], chosen.out)


if __name__ == "__main__":
    main()
