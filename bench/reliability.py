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
    """One panel each for names and moods: a point for every bin, its area by the takes in it, with 95 % intervals."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(PANELS), figsize=(9, 5.2), layout="constrained")
    for axis, (what, title) in zip(axes, PANELS.items(), strict=True):
        axis.plot([0, 1], [0, 1], color="#a0aec0", linewidth=1, linestyle="--", zorder=0)
        for channel, label in CHANNELS.items():
            _points(axis, curves[what][channel], label, COLOURS[channel])
        axis.set(title=title, xlabel="how sure the program was", xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))
        axis.spines[["top", "right"]].set_visible(False)
        axis.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), markerscale=0.7)
    axes[0].set_ylabel("how often it was right")
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def _points(axis: Any, bins: list[dict[str, float]], label: str, colour: str) -> None:
    n = max(sum(one["takes"] for one in bins), 1)
    error = sum(one["takes"] * abs(one["sure"] - one["right"]) for one in bins) / n
    for one in bins:
        axis.plot([one["sure"]] * 2, interval(one["right"], one["takes"]), color=colour, linewidth=1.2, alpha=0.5)
    places = [one["sure"] for one in bins], [one["right"] for one in bins]
    areas = [18 + 160 * one["takes"] / n for one in bins]
    text = f"{label}: {n:.0f} takes, calibration error {error:.3f}"
    axis.scatter(*places, s=areas, color=colour, alpha=0.75, linewidths=0, label=text, zorder=2)


def interval(share: float, n: float) -> tuple[float, float]:
    """Where the true share lies, 95 times in 100 (Wilson, 1927)."""
    z = 1.96
    middle, width = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float((middle - width) / (1 + z**2 / n)), float((middle + width) / (1 + z**2 / n))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measured", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures/reliability.png"))
    chosen = parser.parse_args()
    draw(json.loads(chosen.measured.read_text(encoding="utf-8"))["curves"], chosen.out)


if __name__ == "__main__":
    main()
