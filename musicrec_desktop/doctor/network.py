"""The model and its card."""

import json
from typing import Any

import numpy as np

from musicrec_desktop import wiring
from musicrec_desktop.core.checkup import Said, said
from musicrec_desktop.doctor.result import Result, judged
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.engine.model import MoodModel

ALIKE = 1e-5
N_ROWS = 64


def model(here: Round) -> Result:
    """Opening it holds network, card and program against one another, sha256 and fingerprint too. Raises ModelError."""
    found = wiring.open_model()
    card = json.loads(wiring.card_in_use())
    difference = unsteadiness(found)
    figure = f"{difference:.7f}"
    steady = said("model_steady" if difference <= ALIKE else "model_unsteady", n=N_ROWS, difference=figure)
    about = said("model", id=found.model_id[:12], date=str(card.get("created", "?")), n=len(found.moods))
    features = said("model_features", fingerprint=wiring.SPEC.fingerprint())
    return judged(difference <= ALIKE, about, features, *_learnt_from(card), *_figures(card), steady)


def unsteadiness(found: MoodModel) -> float:
    """Rows computed alone and among others: how far apart, or how far from what a network of ours gives at all."""
    known = found.calibration
    mean, scale = np.asarray(known.mean, np.float32), np.asarray(known.scale, np.float32)
    rows = mean + scale * np.random.default_rng(0).standard_normal((N_ROWS, len(mean))).astype(np.float32)
    embeddings, moods = found.run(rows)
    alone, moods_alone = found.run(rows[:1])
    gaps = (
        np.abs(embeddings[:1] - alone).max(),
        np.abs(moods[:1] - moods_alone).max(),
        np.abs(np.linalg.norm(embeddings, axis=1) - 1).max(),
        np.abs(moods.sum(axis=1) - 1).max(),
    )
    worst = float(max(gaps))
    return worst if np.isfinite(worst) else float("inf")


def _learnt_from(card: dict[str, Any]) -> tuple[Said, ...]:
    name = _at(card, "data", "name")
    return (said("model_data", name=str(name)),) if name else ()


def _figures(card: dict[str, Any]) -> tuple[Said, ...]:
    """How often the network was right on takes of its own songs, as the card has it."""
    takes = _at(card, "figures", "moods", "catalogued")
    clean, microphone = (_at(takes, channel, "network", "accuracy") for channel in ("clean", "mic"))
    if not isinstance(clean, (int, float)) or not isinstance(microphone, (int, float)):
        return ()
    return (said("model_figures", clean=100.0 * clean, microphone=100.0 * microphone),)


def _at(values: Any, *names: str) -> Any:
    """What stands there, or None: a card by somebody else may lack it."""
    for name in names:
        values = values.get(name) if isinstance(values, dict) else None
    return values
