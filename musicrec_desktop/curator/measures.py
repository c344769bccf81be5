"""How good probabilities are: right, sure, honest about how sure, and better than chance."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from musicrec_desktop.core.types import Floats

Labels = NDArray[np.int64]

SMALLEST_PROBABILITY = 1e-7  # as scikit-learn's log_loss would clip in float32
BINS = 10
TEMPERATURES = tuple(round(0.5 + 0.02 * step, 2) for step in range(76))  # 0.5 to 2
LIKELY_CHANCE = 0.05  # a mood whose hits chance alone would bring this often is not known to be any better


def accuracy(found: Floats, truth: Labels) -> float:
    """Share of rows whose most probable mood is the truth."""
    return float((found.argmax(axis=1) == truth).mean())


def log_loss(found: Floats, truth: Labels) -> float:
    """Mean negative logarithm of the probability given to the truth."""
    given = found[np.arange(len(truth)), truth].astype(np.float64)
    return float(-np.log(np.maximum(given, SMALLEST_PROBABILITY)).mean())


def confusion(found: Floats, truth: Labels) -> list[list[int]]:
    """Takes by true mood (rows) and predicted mood (columns)."""
    n_moods = found.shape[1]
    counts = np.zeros((n_moods, n_moods), dtype=np.int64)
    np.add.at(counts, (truth, found.argmax(axis=1)), 1)
    table: list[list[int]] = counts.tolist()
    return table


def reliability(found: Floats, truth: Labels) -> list[dict[str, float]]:
    """Ten bins of equal width of how sure the answers were, with how often they were right; empty bins left out."""
    sure, right = found.max(axis=1).astype(np.float64), found.argmax(axis=1) == truth
    place = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    return [
        {
            "from": round(one / BINS, 2),
            "takes": int((inside := place == one).sum()),
            "sure": round(float(sure[inside].mean()), 4),
            "right": round(float(right[inside].mean()), 4),
        }
        for one in np.unique(place).tolist()
    ]


def expected_calibration_error(bins: list[dict[str, float]]) -> float:
    """Mean distance between how sure and how often right (Naeini, Cooper and Hauskrecht, 2015); 0 is honest."""
    total = sum(one["takes"] for one in bins)
    return sum(one["takes"] * abs(one["sure"] - one["right"]) for one in bins) / max(total, 1)


def tempered(found: Floats, temperature: float) -> Floats:
    """Probabilities (n, n_moods) made less sure by a temperature above 1, in the same order (Guo et al., 2017)."""
    softer = np.maximum(found, SMALLEST_PROBABILITY) ** (1.0 / temperature)
    shares: Floats = softer / softer.sum(axis=1, keepdims=True)
    return shares


def honest_temperature(cases: Sequence[tuple[Floats, Labels]]) -> float:
    """The one temperature with which the worst case, probabilities and truth, is as sure as it is right.

    Of several as good as one another, the one that changes least.
    """

    def worst(temperature: float) -> tuple[float, float]:
        errors = (expected_calibration_error(reliability(tempered(p, temperature), truth)) for p, truth in cases)
        return round(max(errors), 3), abs(np.log(temperature))

    return min(TEMPERATURES, key=worst)


def by_song(found: Floats, songs: Labels, mood_of: Mapping[int, int]) -> tuple[Labels, Labels]:
    """Of each song once: its mood, and the one that all its takes together were taken for."""
    each = np.unique(songs)
    taken = np.array([found[songs == song].mean(axis=0).argmax() for song in each], dtype=np.int64)
    return np.array([mood_of[int(song)] for song in each], dtype=np.int64), taken


def against_chance(truth: Labels, taken: Labels) -> dict[int, dict[str, Any]]:
    """Of each mood, whether its songs are found more often than by chance; by songs, for takes of one are alike.

    Chance names moods as often as the classifier does, but blindly, and at least as often as an even draw. The test is
    the exact binomial one, one-sided; `hidden` says that chance is a likely explanation. `taken_for` is the other mood
    that most of the missed songs are taken for.
    """
    moods = np.unique(truth).tolist()
    found: dict[int, dict[str, Any]] = {}
    for mood in moods:
        its = taken[truth == mood]
        right = int((its == mood).sum())
        chance = max(float((taken == mood).mean()), 1.0 / len(moods))
        p = float(binomtest(right, len(its), chance, alternative="greater").pvalue)
        missed = its[its != mood]
        found[mood] = {
            "songs": len(its),
            "right": right,
            "chance": round(chance, 4),
            "p": float(f"{p:.3g}"),
            "hidden": p > LIKELY_CHANCE,
            "taken_for": int(np.bincount(missed).argmax()) if len(missed) else None,
        }
    return found
