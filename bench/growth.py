"""How the time to an answer grows with the catalogue, as a picture, from the JSON of bench.scale.

python -m bench.growth FILE.json [FILE.json ...] --out docs/pictures/latency.png
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

BUDGETS_MS = {10_000: 150.0, 100_000: 300.0, 1_000_000: 1000.0}
# Label, colour, and how far above its point a number stands, in points.
LINES = {"answer, median ms": ("median", "#2b6cb0", -15), "answer, p95 ms": ("95 of 100", "#c05621", 7)}

Tables = Mapping[int, Mapping[str, float]]  # figures of bench.scale by number of synthetic songs


def read(paths: Sequence[Path]) -> Tables:
    """The tables of all files, smallest catalogue first; of the same size the last file's."""
    found: dict[int, Mapping[str, float]] = {}
    for path in paths:
        for size, figures in json.loads(path.read_text(encoding="utf-8")).items():
            found[int(size)] = figures
    return dict(sorted(found.items()))


def draw(tables: Tables, path: Path) -> None:
    """Both axes logarithmic; what is allowed as short bars above."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(7.5, 4.2), layout="constrained")
    for name, (label, colour, above) in LINES.items():
        times = [table[name] for table in tables.values()]
        axis.plot(list(tables), times, color=colour, marker="o", markersize=5, linewidth=1.8, label=label)
        for size, time in zip(tables, times, strict=True):
            axis.annotate(
                f"{time:.0f}", (size, time), (0, above), textcoords="offset points", ha="center", color=colour
            )
    for size in tables:
        if size in BUDGETS_MS:
            _bar(axis, size, BUDGETS_MS[size])
    axis.set(xscale="log", yscale="log", xlabel="songs in the catalogue", ylabel="take to answer, ms", ylim=(30, 2000))
    axis.set_yticks([50, 100, 200, 500, 1000], ["50", "100", "200", "500", "1000"])
    axis.set_xticks(list(tables), [f"{size:,}" for size in tables])
    axis.minorticks_off()
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, loc="upper left")
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def _bar(axis: Any, size: int, allowed_ms: float) -> None:
    axis.plot([size / 1.5, size * 1.5], [allowed_ms] * 2, color="#718096", linewidth=1.2)
    axis.annotate("allowed", (size, allowed_ms), (0, 4), textcoords="offset points", ha="center", color="#718096")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measured", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures/latency.png"))
    chosen = parser.parse_args()
    draw(read(chosen.measured), chosen.out)


if __name__ == "__main__":
    main()
