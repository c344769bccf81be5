"""Both mood classifiers on takes they were not fitted on, each figure clean and through the microphone.

Four situations: `catalogued` (takes at random places of songs in the training, by the kept classifiers); `later`
(fitted on the first part of every song, asked about the rest); `other_part` (fitted without the songs' other parts,
asked about those); `left_out` (folds over songs: projection and classifiers never saw the song). The true label is
always the mood of the song's cluster. `agreement` is what a listener sees: whether the mood of a take is the one that
the program itself gives to the whole song.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.embed import TrainingPassages, fitted, projection_of, training_passages
from musicrec_desktop.curator.files import write_json, write_text
from musicrec_desktop.curator.measures import (
    accuracy,
    against_chance,
    by_song,
    confusion,
    expected_calibration_error,
    honest_temperature,
    log_loss,
    reliability,
    tempered,
)
from musicrec_desktop.curator.projection import Projection
from musicrec_desktop.curator.store import CentralStore, Passages, RenditionKind
from musicrec_desktop.curator.train import (
    Labels,
    MoodClassifier,
    fit_head,
    fit_trees,
    labels_of,
    song_moods,
    trained_head,
    trained_trees,
)

CHANNELS: dict[str, RenditionKind] = {"clean": "take", "mic": "mic_take"}
FOLDS = 5
EARLIER_SHARE = 0.6  # of a song's length, fitted on in the situation `later`


@dataclass(frozen=True, slots=True)
class Trained:
    """A projection and the classifiers on top of it, by name."""

    projection: Projection
    classifiers: Mapping[str, MoodClassifier]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers of both classifiers to the takes of one situation, and the truth."""

    situation: str
    songs: dict[str, Labels]  # by channel, of every take
    truth: dict[str, Labels]  # by channel
    found: dict[tuple[str, str], Floats]  # by classifier and channel: probabilities (n, N_MOODS)


def evaluate(store: CentralStore, work: Path) -> dict[str, Any]:
    """Measure, keep the figures, and write them to evaluation.json and evaluation.txt in the work folder."""
    mood_of = song_moods(store)
    seed = int(store.fact("train")["seed"])
    takes = {channel: store.passages(kind, list(mood_of)) for channel, kind in CHANNELS.items()}
    training = training_passages(store, list(mood_of))
    kept = Trained(projection_of(store), {"network": trained_head(store), "xgboost": trained_trees(store)})
    answers = [*_catalogued(kept, takes, mood_of), *_held_out(training, takes, mood_of, seed)]
    answered = [asked for asked in answers if len(asked.truth["clean"])]
    figures = {
        "songs": len(mood_of),
        "situations": {asked.situation: _figures_of(asked) for asked in answered},
        "honesty": honesty(answered),
        "agreement": agreement(kept, training.clean, takes),
        "quality": quality(store, answers[-1], mood_of),
    }
    store.save_fact("evaluate", figures)
    write_json(work / "evaluation.json", figures)
    write_text(work / "evaluation.txt", page(figures))
    return figures


def quality(store: CentralStore, left_out: Asked, mood_of: Mapping[int, int]) -> dict[str, dict[str, Any]]:
    """By key of mood: how many of its songs the network finds that it never met, against chance; clean takes."""
    key_of = {mood.id: mood.key for mood in store.moods()[0]}
    found = against_chance(*by_song(left_out.found["network", "clean"], left_out.songs["clean"], mood_of))
    return {
        key_of[mood]: {**one, "taken_for": None if one["taken_for"] is None else key_of[one["taken_for"]]}
        for mood, one in found.items()
    }


def honesty(answers: Sequence[Asked]) -> dict[str, Any]:
    """The temperature that `export` gives the network's moods, and the calibration error that it leaves."""
    cases = {
        (a.situation, channel): (a.found["network", channel], a.truth[channel]) for a in answers for channel in a.truth
    }
    temperature = honest_temperature(list(cases.values()))
    left = {key: expected_calibration_error(reliability(tempered(p, temperature), y)) for key, (p, y) in cases.items()}
    errors: dict[str, dict[str, float]] = {}
    for (situation, channel), error in left.items():
        errors.setdefault(situation, {})[channel] = round(error, 4)
    return {"temperature": temperature, "calibration_error": errors}


def agreement(kept: Trained, clean: Passages, takes: Mapping[str, Passages]) -> dict[str, dict[str, float]]:
    """Share of takes whose mood by the network is the song's by the network: of the song itself, of its other part."""
    head = kept.classifiers["network"]
    itself = clean.of(clean.parts == 0)
    found = head.probabilities(kept.projection.embed(itself.statistics))
    song_mood = {int(song): int(found[itself.songs == song].mean(axis=0).argmax()) for song in np.unique(itself.songs)}
    figures: dict[str, dict[str, float]] = {}
    for name, part in (("same_part", 0), ("other_part", 1)):
        for channel, passages in takes.items():
            chosen = passages.of((passages.parts == part) & np.isin(passages.songs, list(song_mood)))
            if len(chosen.songs):
                answers = head.probabilities(kept.projection.embed(chosen.statistics))
                value = accuracy(answers, labels_of(chosen.songs, song_mood))
                figures.setdefault(name, {})[channel] = round(value, 4)
    return figures


def page(figures: Mapping[str, Any]) -> str:
    """The figures as a text table, both classifiers side by side."""
    lines = [
        f"Moods of {figures['songs']} songs: accuracy and log-loss of takes",
        "",
        f"{'':12}{'':8}{'takes':>7}{'network':>18}{'xgboost':>18}",
    ]
    for situation, channels in figures["situations"].items():
        for channel, by_classifier in channels.items():
            cells = [f"{one['accuracy']:.3f} / {one['log_loss']:.3f}" for one in by_classifier.values()]
            takes = next(iter(by_classifier.values()))["takes"]
            lines.append(f"{situation:12}{channel:8}{takes:7d}" + "".join(f"{cell:>18}" for cell in cells))
    lines += ["", "Mood of a take = mood of its song, both by the network"]
    for part, channels in figures["agreement"].items():
        lines += [f"{part:12}{channel:8}{value:13.3f}" for channel, value in channels.items()]
    lines += ["", f"Calibration error of the network's moods at temperature {figures['honesty']['temperature']}"]
    for situation, channels in figures["honesty"]["calibration_error"].items():
        lines += [f"{situation:12}{channel:8}{value:13.3f}" for channel, value in channels.items()]
    lines += ["", "Songs of each mood found when they were left out, by the network, and the chance of as many by luck"]
    for key, one in figures["quality"].items():
        verdict = "hidden: no better than chance" if one["hidden"] else ""
        lines.append(f"{key:12}{one['right']:3d} of {one['songs']:3d}{one['p']:12.2g}  {verdict}".rstrip())
    return "\n".join(lines) + "\n"


def _catalogued(kept: Trained, takes: Mapping[str, Passages], mood_of: dict[int, int]) -> Iterator[Asked]:
    of_catalogue = {channel: passages.of(passages.parts == 0) for channel, passages in takes.items()}
    yield _ask("catalogued", kept, of_catalogue, mood_of)


def _held_out(
    training: TrainingPassages, takes: Mapping[str, Passages], mood_of: dict[int, int], seed: int
) -> Iterator[Asked]:
    """Classifiers fitted without something, asked about just that."""
    early, late = (
        _earlier(training),
        {c: _after(training.clean, passages, FeatureSpec()) for c, passages in takes.items()},
    )
    yield _ask("later", _fit(early, mood_of, seed), late, mood_of)
    others = {channel: passages.of(passages.parts == 1) for channel, passages in takes.items()}
    if all(len(passages.songs) for passages in others.values()):
        yield _ask("other_part", _fit(training.without(parts=[1]), mood_of, seed), others, mood_of)
    folds = []
    for songs in _folds(list(mood_of), seed):
        theirs = {channel: passages.of(np.isin(passages.songs, songs)) for channel, passages in takes.items()}
        folds.append(_ask("left_out", _fit(training.without(songs=songs), mood_of, seed), theirs, mood_of))
    yield _joined(folds)


def _fit(training: TrainingPassages, mood_of: dict[int, int], seed: int) -> Trained:
    projection = fitted(training)
    embeddings, moods = projection.embed(training.statistics), labels_of(training.songs, mood_of)
    network, trees = fit_head(embeddings, moods, seed=seed), fit_trees(embeddings, moods, seed=seed)
    return Trained(projection, {"network": network, "xgboost": trees})


def _ask(situation: str, trained: Trained, takes: Mapping[str, Passages], mood_of: dict[int, int]) -> Asked:
    embeddings = {channel: trained.projection.embed(passages.statistics) for channel, passages in takes.items()}
    return Asked(
        situation=situation,
        songs={channel: passages.songs for channel, passages in takes.items()},
        truth={channel: labels_of(passages.songs, mood_of) for channel, passages in takes.items()},
        found={
            (name, channel): classifier.probabilities(embeddings[channel])
            for name, classifier in trained.classifiers.items()
            for channel in takes
        },
    )


def _joined(folds: Sequence[Asked]) -> Asked:
    first = folds[0]
    return Asked(
        situation=first.situation,
        songs={channel: np.concatenate([fold.songs[channel] for fold in folds]) for channel in first.songs},
        truth={channel: np.concatenate([fold.truth[channel] for fold in folds]) for channel in first.truth},
        found={key: np.concatenate([fold.found[key] for fold in folds]) for key in first.found},
    )


def _figures_of(asked: Asked) -> dict[str, Any]:
    figures: dict[str, Any] = {channel: {} for channel in asked.truth}
    for (name, channel), found in asked.found.items():
        truth = asked.truth[channel]
        bins = reliability(found, truth)
        figures[channel][name] = {
            "takes": len(truth),
            "accuracy": round(accuracy(found, truth), 4),
            "log_loss": round(log_loss(found, truth), 4),
            "calibration_error": round(expected_calibration_error(bins), 4),
            "confusion": confusion(found, truth),
            "reliability": bins,
        }
    return figures


def _folds(songs: Sequence[int], seed: int) -> list[list[int]]:
    """The songs in a random order, dealt out to folds."""
    order = np.random.default_rng(seed).permutation(len(songs))
    return [[songs[i] for i in order[fold::FOLDS]] for fold in range(FOLDS)]


def _earlier(training: TrainingPassages) -> TrainingPassages:
    """The passages that begin in the first part of their recording."""
    both = (training.clean, training.twins)
    return TrainingPassages(*(each.of(each.starts_s < _edges(training.clean, each)) for each in both))


def _after(clean: Passages, takes: Passages, spec: FeatureSpec) -> Passages:
    """The takes that share no sound with the earlier passages."""
    return takes.of(takes.starts_s >= _edges(clean, takes) + spec.passage_s)


def _edges(clean: Passages, passages: Passages) -> NDArray[np.float64]:
    """For each passage, where the first part of its recording ends."""
    last: dict[tuple[int, int], float] = {}
    for song, part, start in zip(clean.songs, clean.parts, clean.starts_s, strict=True):
        last[int(song), int(part)] = max(last.get((int(song), int(part)), 0.0), float(start))
    whose = zip(passages.songs, passages.parts, strict=True)
    return np.array([EARLIER_SHARE * last.get((int(song), int(part)), 0.0) for song, part in whose])
