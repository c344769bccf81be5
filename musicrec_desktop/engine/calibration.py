"""The numbers that turn distances into decisions: learnt by the curator, kept in the model's card."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from musicrec_desktop.core.types import Floats, Reason

NAMING_INPUTS = (
    "correlation",
    "correlation_margin",
    "distance",
    "distance_margin",
    "similarity",
    "similarity_margin",
)
SMALLEST_DOUBT = 1e-6  # float32 holds no finer one beside 1
USUAL_MOVEMENT = 4.0  # median between passages of any two tracks, for cards that do not know it
SPREAD = 3.5  # how far log-odds are drawn together: 0.9999 fits 93, 0.99 fits 79, 0.9 fits 65


@dataclass(frozen=True, slots=True)
class Naming:
    """Logistic regression: how sure is it that the best-aligned track is the very recording?"""

    weights: Floats  # one for each of NAMING_INPUTS
    bias: float
    threshold: float  # probability from which on it is said

    def probability(self, inputs: Floats) -> float:
        """`inputs` as NAMING_INPUTS; 0..1."""
        return logistic(float(self.weights @ inputs) + self.bias)


@dataclass(frozen=True, slots=True)
class Calibration:
    """All thresholds of the engine. `mean`, `scale` and `clip` standardise statistics for distances of one kind."""

    mean: Floats  # (n_statistics,)
    scale: Floats  # (n_statistics,)
    clip: float
    naming: Naming
    music_weights: Floats  # (n_kinds, n_statistics) on standardised statistics: music against each kind of no music
    music_bias: Floats  # (n_kinds,)
    music_threshold: float
    nothing_close: float  # similarity below which nothing in the catalogue is like the take
    closeness: Floats  # (n, 2) similarity -> score, ascending
    typical_distance: Mapping[str, float]  # per kind of likeness: median between passages of any two tracks
    mood_temperature: float = 1.0  # above 1: the network is surer of a mood than it is right

    def standardised(self, statistics: Floats) -> Floats:
        """Statistics (..., n_statistics) in clipped standard deviations."""
        z: Floats = np.clip((statistics - self.mean) / self.scale, -self.clip, self.clip)
        return z

    def music_probability(self, statistics: Floats) -> float:
        """How sure it is that passages (n, n_statistics) hold music, 0..1: the most musical one counts.

        Multinomial logistic regression between music and some kinds of sounds that are none.
        """
        in_favour = self.standardised(statistics) @ self.music_weights.T + self.music_bias  # (n, n_kinds)
        return float((1 / (1 + np.exp(-np.clip(in_favour, -50.0, 50.0)).sum(axis=1))).max())

    def honest(self, moods: Floats) -> Floats:
        """Mood probabilities (n_moods,) as sure as they are right (temperature: Guo et al., 2017); the same order."""
        softer = np.maximum(moods, 0.0) ** (1.0 / self.mood_temperature)
        shares: Floats = softer / softer.sum()
        return shares

    def score(self, similarity: float) -> float:
        """Closeness 0..100."""
        return float(np.interp(similarity, self.closeness[:, 0], self.closeness[:, 1]))

    @classmethod
    def from_card(cls, card: Mapping[str, Any]) -> "Calibration":
        """Raises KeyError, TypeError or ValueError for a card that lacks something or does not fit together."""
        naming, music = card["naming"], card["music"]
        found = cls(
            mean=_floats(card["mean"]),
            scale=_floats(card["scale"]),
            clip=float(card["clip"]),
            naming=Naming(
                _floats([naming["weights"][name] for name in NAMING_INPUTS]),
                float(naming["bias"]),
                float(naming["threshold"]),
            ),
            music_weights=np.atleast_2d(_floats(music["weights"])),
            music_bias=np.atleast_1d(_floats(music["bias"])),
            music_threshold=float(music["threshold"]),
            nothing_close=float(card["nothing_close"]),
            closeness=_floats(card["closeness"]),
            typical_distance=_typical(card["typical_distance"]),
            mood_temperature=float(card.get("mood_temperature", 1.0)),
        )
        found._check()
        return found

    def _check(self) -> None:
        if not self.mean.shape == self.scale.shape == self.music_weights.shape[1:] or self.mean.ndim != 1:
            raise ValueError("mean, scale and music weights differ in length")
        if self.music_bias.shape != self.music_weights.shape[:1]:
            raise ValueError("music weights and biases differ in number")
        if not self.mood_temperature > 0:
            raise ValueError("mood temperature is not positive")
        if not (self.scale > 0).all():
            raise ValueError("scale is not positive")
        if self.closeness.ndim != 2 or self.closeness.shape[1] != 2 or not (np.diff(self.closeness[:, 0]) >= 0).all():
            raise ValueError("closeness is not a list of ascending pairs")


def fit(probability: float) -> float:
    """How well a track fits its mood, 0..100, from the mood's probability: the same order, spread out.

    The probabilities of tracks whose like the model has learnt crowd just below one, where no two could be told apart.
    """
    inside = min(max(probability, SMALLEST_DOUBT), 1 - SMALLEST_DOUBT)
    return 100 * logistic(math.log(inside / (1 - inside)) / SPREAD)


def logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(x, -50.0, 50.0))))


def _typical(known: Mapping[str, Any]) -> dict[str, float]:
    """The usual distance of every kind; cards made before movement had one do without it."""
    complete = {Reason.MOVEMENT.value: USUAL_MOVEMENT, **known}
    return {kind.value: float(complete[kind.value]) for kind in Reason}


def _floats(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float32)
