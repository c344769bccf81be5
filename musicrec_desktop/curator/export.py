"""The finished model: mood.onnx with both heads, and mood.json, the card that says what it is and where it is from."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import onnxruntime

from musicrec_desktop.core.errors import ModelMismatch
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import projection as projecting
from musicrec_desktop.curator.calibrate import calibrate
from musicrec_desktop.curator.embed import chosen_songs, projection_of
from musicrec_desktop.curator.files import write_bytes, write_json
from musicrec_desktop.curator.graph import EMBEDDING, INPUT, MOODS, mood_graph
from musicrec_desktop.curator.projection import Projection
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import MoodHead, trained_head

FORMAT = 1


@dataclass(frozen=True, slots=True)
class About:
    """What the curator says of a model: the data set, a note on its licences, the day it was made (not now())."""

    data_name: str = ""
    licence_note: str = ""
    created: str = ""


def export(store: CentralStore, folder: Path, *, about: About, spec: FeatureSpec) -> dict[str, Any]:
    """Write mood.onnx and mood.json; the card. Raises StepMissing, and ModelMismatch for features of another spec."""
    trained_for = store.fact("embed")["fingerprint"]
    if trained_for != spec.fingerprint():
        raise ModelMismatch(model=trained_for, program=spec.fingerprint())
    projection, head = projection_of(store), trained_head(store)
    payload = mood_graph(projection, head)
    card = {
        **_identity(payload, projection, head, spec),
        "moods": _moods(store),
        "data": _data(store, about),
        "created": about.created,
        "training": _training(store),
        "figures": _figures(store),
        "calibration": {**store.fact("calibrate"), "mood_temperature": _honesty(store).get("temperature", 1.0)},
    }
    # The card last: a reader that finds the new card finds its model, too.
    write_bytes(folder / "mood.onnx", payload)
    write_json(folder / "mood.json", card)
    return card


def calibrated(store: CentralStore, *, spec: FeatureSpec) -> None:
    """Learn the engine's thresholds for the songs `embed` learnt from, unless that was done."""
    if store.fact_or("calibrate", None) is None:
        store.save_fact("calibrate", calibrate(store, chosen_songs(store), spec=spec))


def parity(payload: bytes, projection: Projection, head: MoodHead, statistics: Any) -> float:
    """The largest difference between the graph in onnxruntime and the trainer's own arithmetic."""
    session = onnxruntime.InferenceSession(payload, providers=["CPUExecutionProvider"])
    embedding, moods = session.run([EMBEDDING, MOODS], {INPUT: statistics})
    expected = projection.embed(statistics)
    return float(max(abs(embedding - expected).max(), abs(moods - head.probabilities(expected)).max()))


def _identity(payload: bytes, projection: Projection, head: MoodHead, spec: FeatureSpec) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "model_id": hashlib.sha256(payload).hexdigest(),
        "fingerprint": spec.fingerprint(),
        "spec": asdict(spec),
        "inputs": {INPUT: ["n", len(projection.mean)]},
        "outputs": {EMBEDDING: ["n", len(projection.bias)], MOODS: ["n", len(head.outer_bias)]},
    }


def _moods(store: CentralStore) -> list[dict[str, Any]]:
    """The ten moods: words, movement, what made the name, and whether `evaluate` found it no better than chance."""
    known, measured = store.fact_or("moods", {}), store.fact_or("evaluate", {}).get("quality", {})
    entries = []
    for mood in store.moods()[0]:
        about = known.get(mood.key, {})
        entry = asdict(mood) | {"movement": about.get("movement", []), "because": about.get("because", [])}
        entries.append(entry | {"hidden": bool(measured.get(mood.key, {}).get("hidden", False))})
    return entries


def _data(store: CentralStore, about: About) -> dict[str, Any]:
    known = store.songs()
    songs = [known[song] for song in chosen_songs(store)]
    return {
        "name": about.data_name,
        "songs": len(songs),
        "licences": dict(sorted(Counter(song.licence or "unknown" for song in songs).items())),
        "licence_note": about.licence_note,
        "attribution": _attribution(songs),
    }


def _attribution(songs: Sequence[SongSource]) -> list[str]:
    """Whose music it was, each with the licence given."""
    return sorted({f"{song.artist or 'unknown artist'} ({song.licence or 'licence unknown'})" for song in songs})


def _training(store: CentralStore) -> dict[str, Any]:
    embed, clusters = store.fact("embed"), store.fact("cluster")
    names = ("CLIP", "DIMENSIONS", "PASSAGE_SHARE", "SHRINKAGE")
    return {
        "analyse": embed["recipe"],
        "embed": {name.lower(): getattr(projecting, name) for name in names},
        "cluster": {name: clusters[name] for name in ("k", "seeds", "perplexity")},
        "train": store.fact("train"),
    }


def _figures(store: CentralStore) -> dict[str, Any]:
    """What evaluate and cluster measured, without the long tables; empty where evaluate has not run."""
    clusters = store.fact("cluster")
    kept = ("stability", "stability_random_start", "sizes", "largest_share", "elbow", "best_silhouette")
    measured = store.fact_or("evaluate", {})
    return {
        "clusters": {name: clusters[name] for name in kept},
        "moods": _without_tables(measured.get("situations", {})),
        "agreement": measured.get("agreement", {}),
        "quality": measured.get("quality", {}),
        "honesty": _honesty(store),
    }


def _honesty(store: CentralStore) -> dict[str, Any]:
    found: dict[str, Any] = store.fact_or("evaluate", {}).get("honesty", {})
    return found


def _without_tables(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {name: _without_tables(inner) for name, inner in value.items() if name not in ("confusion", "reliability")}
