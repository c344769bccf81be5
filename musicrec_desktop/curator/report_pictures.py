"""The report's pictures, each from the evidence alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from musicrec_desktop.curator.proposals import TRAITS
from musicrec_desktop.curator.report_drawing import (
    INK,
    LINE,
    NETWORK,
    QUIET,
    SHAPES,
    TREES,
    mood_colour,
    new_figure,
    styled,
    svg,
)
from musicrec_desktop.curator.report_evidence import SITUATIONS, Evidence, MoodEvidence

CLASSIFIERS = {"network": ("network (DNN)", NETWORK, "o"), "xgboost": ("XGBoost", TREES, "s")}
TRAIT_NAMES = {
    "tempo": "tempo",
    "brightness": "brightness",
    "percussive": "percussiveness",
    "onsets": "onset strength",
    "flatness": "noisiness",
    "dynamics": "loudness range",
    "harmony_spread": "harmony spread",
    "loudness": "loudness",
}


@styled
def curve_picture(clusters: Mapping[str, Any]) -> str:
    """Inertia and silhouettes over k, with what each suggests and what was chosen."""
    rows = clusters["curve"]
    ks = [row["k"] for row in rows]
    figure, (left, right) = new_figure(760, 250, columns=2)
    left.plot(ks, [row["inertia"] for row in rows], color=INK, marker="o", markersize=3, linewidth=1.2)
    left.set(title="Elbow: spread within groups", xlabel="k, number of groups", ylabel="inertia on the map")
    _line_at(left, clusters["elbow"], "elbow", ":", 0.86)
    for name, label, style in (("silhouette_map", "on the map", "-"), ("silhouette_embeddings", "of embeddings", "--")):
        values = [row[name] for row in rows]
        right.plot(ks, values, style, color=INK, marker="o", markersize=3, linewidth=1.2, label=label)
    right.set(title="Silhouette: larger is better", xlabel="k, number of groups", ylim=(0, None))
    right.legend(loc="center left", bbox_to_anchor=(0.0, 0.48))
    _line_at(right, clusters["best_silhouette"], "best", ":", 0.13)
    for axes in (left, right):
        _line_at(axes, clusters["k"], "chosen", "-", 0.95 if axes is left else 0.04)
        axes.set_xticks([k for k in ks if k % 2 == 0])
    told = f"Two curves over k = 2 to {ks[-1]:.0f}: elbow at {clusters['elbow']}, best silhouette at "
    told += f"{clusters['best_silhouette']}, chosen {clusters['k']}. The numbers are in the table below."
    return svg(figure, name="curve", description=told)


@styled
def map_picture(evidence: Evidence) -> str:
    """Every song on the t-SNE map, by colour and shape of its mood."""
    figure, (axes,) = new_figure(760, 470)
    for one in evidence.moods:
        its = [p for p in evidence.placed if evidence.mood_of_cluster[p.cluster].id == one.mood.id]
        slot = one.mood.id
        axes.scatter(
            [p.x for p in its],
            [p.y for p in its],
            s=34,
            marker=SHAPES[slot],
            color=mood_colour(slot),
            linewidths=0,
            label=f"{one.mood.short_en} · {one.songs}",
        )
        top = max(its, key=lambda place: place.y)
        above: dict[str, Any] = {"xytext": (0, 6), "textcoords": "offset points", "ha": "center", "va": "bottom"}
        axes.annotate(one.mood.short_en, (top.x, top.y), fontweight="bold", **above)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), labelspacing=0.9)
    sizes = ", ".join(f"{one.mood.short_en} {one.songs}" for one in evidence.moods)
    return svg(figure, name="map", description=f"Map of {len(evidence.placed)} songs in groups: {sizes}.")


@styled
def profile_picture(one: MoodEvidence) -> str:
    """One mood's traits against the average cluster; those that made the name are filled."""
    figure, (axes,) = new_figure(340, 170)
    made = {str(reason["trait"]) for reason in one.because}
    for row, trait in enumerate(reversed(TRAITS)):
        value = one.profile[trait]
        face = mood_colour(one.mood.id) if trait in made else "none"
        axes.barh(row, value, height=0.62, facecolor=face, edgecolor=mood_colour(one.mood.id), linewidth=1.0)
        side = 4 if value >= 0 else -4
        axes.annotate(
            f"{value:+.1f}", (value, row), (side, 0), textcoords="offset points", va="center", ha=_beside(value)
        )
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(TRAITS)), [TRAIT_NAMES[trait] for trait in reversed(TRAITS)])
    axes.set(xlim=(-2.9, 2.9), xticks=[-2, -1, 0, 1, 2])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    told = ", ".join(f"{TRAIT_NAMES[trait]} {one.profile[trait]:+.1f}" for trait in TRAITS)
    return svg(figure, name=f"profile {one.mood.key}", description=f"Sound of {one.mood.short_en}: {told}.")


@styled
def movement_picture(one: MoodEvidence) -> str:
    """A mood's prototype movement over six seconds."""
    figure, (axes,) = new_figure(340, 60)
    values = np.asarray(one.movement, dtype=float) - 0.5
    axes.bar(range(len(values)), values, width=0.6, color=mood_colour(one.mood.id))
    axes.set(xlim=(-1, len(values)), ylim=(-0.55, 0.55), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.axhline(0.0, color=LINE, linewidth=0.8)
    swing = float(np.std(values)) if len(values) else 0.0
    told = f"Prototype movement of {one.mood.short_en} over six seconds, typical swing {swing:.2f} of 1."
    return svg(figure, name=f"movement {one.mood.key}", description=told)


@styled
def stability_picture(clusters: Mapping[str, Any]) -> str:
    """How far each seed agrees with the others, from the fixed start and from random ones."""
    figure, (axes,) = new_figure(760, 210)
    starts = (("agreements", "principal axes", INK, "o"), ("agreements_random_start", "random start", TREES, "s"))
    for name, label, colour, marker in starts:
        means = mean_agreements(clusters[name])
        axes.plot(clusters["seeds"], means, marker, color=colour, markersize=6, linestyle="none", label=label)
        axes.axhline(float(np.mean(means)), color=colour, linewidth=0.9, linestyle="--")
    axes.axhline(0.7, color=QUIET, linewidth=0.8, linestyle=":")
    axes.annotate("0.7 asked for", (clusters["seeds"][-1], 0.7), (10, 3), textcoords="offset points", color=QUIET)
    axes.set(ylim=(0, 1.05), xlabel="seed", ylabel="mean adjusted Rand")
    axes.set_xticks(clusters["seeds"])
    axes.legend(loc="lower left", ncols=2)
    told = f"Mean adjusted Rand index per seed: {clusters['stability']:.3f} from the principal axes, "
    told += f"{clusters['stability_random_start']:.3f} from random starts."
    return svg(figure, name="stability", description=told)


def mean_agreements(matrix: Sequence[Sequence[float]]) -> list[float]:
    """Of each seed, its mean agreement with the others."""
    n = len(matrix)
    return [(sum(row) - row[i]) / max(n - 1, 1) for i, row in enumerate(matrix)]


@styled
def reliability_picture(situations: Mapping[str, Any]) -> str:
    """How often answers were right by how sure they were; on the diagonal they are honest."""
    figure, panels = new_figure(760, 400, rows=2, columns=max(len(situations), 2))
    for column, (situation, channels) in enumerate(situations.items()):
        for row, channel in enumerate(("clean", "mic")):
            axes = panels[row * max(len(situations), 2) + column]
            _reliability(axes, channels[channel])
            axes.set_title(f"{SITUATIONS[situation]}, {channel}", fontsize=8)
            axes.set(xlabel="how sure" if row else "", ylabel="" if column else "how often right")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    told = "Reliability of both classifiers; expected calibration errors are in the table beside."
    return svg(figure, name="reliability", description=told)


@styled
def quality_picture(moods: Sequence[MoodEvidence]) -> str:
    """Songs of each mood that were found when left out, against chance."""
    figure, (axes,) = new_figure(760, 250)
    for row, one in enumerate(reversed(moods)):
        found = one.quality["right"] / one.quality["songs"]
        axes.barh(row, found, height=0.6, color=mood_colour(one.mood.id), alpha=0.35 if one.quality["hidden"] else 1.0)
        axes.plot([one.quality["chance"]] * 2, [row - 0.4, row + 0.4], color=INK, linewidth=1.6)
        told = f"{one.quality['right']} of {one.quality['songs']}, p = {one.quality['p']:.2g}"
        axes.annotate(told, (found, row), (5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(moods)), [one.mood.short_en for one in reversed(moods)])
    axes.set(xlim=(0, 1.25), xlabel="share of the mood's songs found when the classifier never met them")
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0])
    told = "; ".join(f"{one.mood.short_en} {one.quality['right']} of {one.quality['songs']}" for one in moods)
    return svg(figure, name="quality", description=f"Songs found when left out: {told}. The line marks chance.")


def _reliability(axes: Axes, by_classifier: Mapping[str, Any]) -> None:
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=0.8, linestyle=":")
    for name, (label, colour, marker) in CLASSIFIERS.items():
        bins = by_classifier[name]["reliability"]
        takes = np.array([one["takes"] for one in bins], dtype=float)
        sure, right = [one["sure"] for one in bins], [one["right"] for one in bins]
        axes.plot(sure, right, color=colour, linewidth=0.8, alpha=0.6)
        size = 8 + 60 * takes / takes.sum()
        axes.scatter(sure, right, s=size, color=colour, marker=marker, linewidths=0)
        axes.plot([], [], color=colour, marker=marker, markersize=5, linewidth=0.8, label=label)
    axes.set(xlim=(0.1, 1.03), ylim=(-0.03, 1.06), xticks=[0.25, 0.5, 0.75, 1.0], yticks=[0, 0.5, 1.0])


def _line_at(axes: Axes, k: float, label: str, style: str, height: float) -> None:
    axes.axvline(k, color=INK, linewidth=1.0, linestyle=style, alpha=0.7)
    place = (k, height)
    axes.annotate(
        f"{label} {k:g}", place, (3, 0), xycoords=("data", "axes fraction"), textcoords="offset points", va="center"
    )


def _beside(value: float) -> str:
    return "left" if value >= 0 else "right"
