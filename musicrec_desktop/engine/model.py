"""The DNN: one ONNX session with two heads, and the card that says what it is."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime

from musicrec_desktop.core.errors import ModelInvalid, ModelMismatch, ModelMissing
from musicrec_desktop.core.types import Floats, Mood
from musicrec_desktop.engine.calibration import Calibration

ROWS_AT_ONCE = 4096
_WORDS = tuple(field.name for field in fields(Mood) if field.name != "movement")


class Classifier(Protocol):
    """What the recommender needs of a model."""

    @property
    def model_id(self) -> str: ...

    @property
    def moods(self) -> tuple[Mood, ...]: ...

    @property
    def calibration(self) -> Calibration: ...

    def run(self, statistics: Floats) -> tuple[Floats, Floats]: ...


@dataclass(frozen=True, slots=True)
class Card:
    """`mood.json`, understood."""

    model_id: str  # sha256 of mood.onnx
    fingerprint: str
    moods: tuple[Mood, ...]  # those that are offered
    offered: tuple[bool, ...]  # of every output of the network, whether its mood is
    calibration: Calibration
    figures: dict[str, Any]


class MoodModel:
    """`mood.onnx` and `mood.json` of one folder, checked against one another and against the program.

    Raises ModelMissing, ModelMismatch (another feature fingerprint) or ModelInvalid (unreadable, or not a pair).
    """

    def __init__(self, folder: Path, *, fingerprint: str) -> None:
        network = _read(folder / "mood.onnx")
        self._load(network, _read(folder / "mood.json"), folder, fingerprint)

    @classmethod
    def from_bytes(cls, network: bytes, card: bytes, *, fingerprint: str) -> "MoodModel":
        """A model that came as bytes; raises ModelMismatch or ModelInvalid."""
        model = cls.__new__(cls)
        model._load(network, card, Path(), fingerprint)
        return model

    def _load(self, network: bytes, card: bytes, folder: Path, fingerprint: str) -> None:
        """`folder` is where the files are said to be when something is wrong with them."""
        self.card = understood_card(card, folder / "mood.json", fingerprint=fingerprint)
        if hashlib.sha256(network).hexdigest() != self.card.model_id:
            raise ModelInvalid(path=folder / "mood.onnx", detail="sha256 differs from the card's")
        self._session = _session(network, folder / "mood.onnx")
        _check_shapes(self._session, self.card, folder / "mood.onnx")

    @property
    def model_id(self) -> str:
        return self.card.model_id

    @property
    def moods(self) -> tuple[Mood, ...]:
        return self.card.moods

    @property
    def calibration(self) -> Calibration:
        return self.card.calibration

    def run(self, statistics: Floats) -> tuple[Floats, Floats]:
        """Embeddings (n, d) of unit length and mood probabilities (n, n_moods) of passages (n, n_statistics).

        There is a column for every mood by its id; one that is not offered has probability 0.
        """
        rows = np.ascontiguousarray(statistics, dtype=np.float32)
        # A long track or a whole catalogue goes in pieces, so that memory does not follow its length.
        pieces = [self._run(rows[i : i + ROWS_AT_ONCE]) for i in range(0, max(len(rows), 1), ROWS_AT_ONCE)]
        embeddings, moods = zip(*pieces, strict=True)
        return np.concatenate(embeddings), among(np.concatenate(moods), self.card.offered)

    def _run(self, rows: Floats) -> tuple[Floats, Floats]:
        embeddings, moods = self._session.run(["embedding", "moods"], {"statistics": rows})
        return embeddings, moods


def read_card(folder: Path, *, fingerprint: str) -> Card:
    """What a model says of itself, without loading it. Raises ModelMissing, ModelMismatch or ModelInvalid."""
    return understood_card(_read(folder / "mood.json"), folder / "mood.json", fingerprint=fingerprint)


def try_out(model: "MoodModel") -> None:
    """Run a model on inputs whose outcome must have a certain form; raises ModelInvalid when it has not.

    A model that came from elsewhere goes through this before anything is embedded with it.
    """
    mean, scale = model.calibration.mean, model.calibration.scale
    rows = np.stack([np.zeros_like(mean), np.ones_like(mean), mean, mean + scale]).astype(np.float32)
    embeddings, moods = model.run(rows)
    lengths, sums = np.linalg.norm(embeddings, axis=1), moods.sum(axis=1)
    n = len(rows)
    if embeddings.ndim != 2 or len(embeddings) != n or not np.allclose(lengths, 1.0, atol=1e-3):
        raise ModelInvalid(path=Path("mood.onnx"), detail="its embeddings are not of unit length")
    if moods.shape != (n, len(model.card.offered)) or not np.allclose(sums, 1.0, atol=1e-3) or moods.min() < 0.0:
        raise ModelInvalid(path=Path("mood.onnx"), detail="its mood probabilities do not add up to one")


def understood_card(text: bytes, path: Path, *, fingerprint: str) -> Card:
    """A card that came as bytes. Raises ModelMismatch or ModelInvalid."""
    card = _card(text, path)
    if card.fingerprint != fingerprint:
        raise ModelMismatch(model=card.fingerprint, program=fingerprint)
    return card


def among(probabilities: Floats, offered: Sequence[bool]) -> Floats:
    """Probabilities (n, n_moods) of the offered moods alone, adding up to one again; 0 for the others."""
    if all(offered):
        return probabilities
    kept = np.where(offered, probabilities, np.float32(0.0))
    total = kept.sum(axis=1, keepdims=True)
    # Where the network was sure of a hidden mood, nothing is known of the others.
    known = total > 0.0
    share: Floats = np.where(known, kept / np.where(known, total, 1.0), np.asarray(offered) / sum(offered))
    return share.astype(np.float32)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ModelMissing(path=path) from error
    except OSError as error:
        raise ModelInvalid(path=path, detail=str(error)) from error


def _card(text: bytes, path: Path) -> Card:
    try:
        found = json.loads(text)
        offered = tuple(not mood.get("hidden", False) for mood in found["moods"])
        if not any(offered) or [mood["id"] for mood in found["moods"]] != list(range(len(offered))):
            raise ValueError("its moods are not numbered from 0, or none is offered")
        return Card(
            model_id=str(found["model_id"]),
            fingerprint=str(found["fingerprint"]),
            moods=tuple(_mood(mood) for mood, shown in zip(found["moods"], offered, strict=True) if shown),
            offered=offered,
            calibration=Calibration.from_card(found["calibration"]),
            figures=dict(found.get("figures", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelInvalid(path=path, detail=f"{type(error).__name__}: {error}") from error


def _mood(entry: dict[str, Any]) -> Mood:
    words = {name: entry[name] for name in _WORDS}
    return Mood(**words, movement=tuple(float(value) for value in entry.get("movement", ())))


def _session(network: bytes, path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a take is a handful of rows; threads would cost more than they bring
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base class below Exception
        raise ModelInvalid(path=path, detail=str(error)) from error


def _check_shapes(session: onnxruntime.InferenceSession, card: Card, path: Path) -> None:
    """Found here, a network with other inputs or outputs than the card's is one sentence and no crash."""
    widths = {each.name: (each.shape or [0])[-1] for each in (*session.get_inputs(), *session.get_outputs())}
    wanted = {"statistics": len(card.calibration.mean), "moods": len(card.offered)}
    if "embedding" not in widths or any(widths.get(name) != n for name, n in wanted.items()):
        raise ModelInvalid(path=path, detail=f"network has {widths}, the card asks for {wanted} and an embedding")
