"""Has each kind of likeness a say? Songs in the order of one distance alone, and the program without one kind."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bench.quality import Figures, Take
from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.types import Floats, MfccSequence, Mood, Reason, TrackId
from musicrec_desktop.engine import reasons
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.engine.model import Classifier
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import passage_steps, take_sequence, take_statistics
from musicrec_desktop.features.statistics import GROUPS

# What of a passage's statistics speaks of each kind; how the harmony moves is movement here.
STATISTICS = {
    "timbre": reasons.KINDS[Reason.TIMBRE],
    "rhythm": reasons.KINDS[Reason.RHYTHM],
    "harmony": ("harmony",),
    "movement": ("flow",),
    "brightness": reasons.KINDS[Reason.BRIGHTNESS],
}


class Neutralised:
    """A model to which some groups of statistics always seem ordinary."""

    def __init__(self, model: Classifier, kind: str, groups: Sequence[str]) -> None:
        self._model = model
        self.model_id = f"{model.model_id} without {kind}"
        self.moods: tuple[Mood, ...] = model.moods
        self.calibration: Calibration = replace(model.calibration, nothing_close=-1.0)  # it was learnt with all groups
        self._columns = np.concatenate([np.arange(GROUPS[group].start, GROUPS[group].stop) for group in groups])

    def run(self, statistics: Floats) -> tuple[Floats, Floats]:
        ordinary = np.array(statistics, dtype=np.float32)
        ordinary[:, self._columns] = self.calibration.mean[self._columns]
        return self._model.run(ordinary)


def without_each(model: Classifier) -> Iterator[tuple[str, Neutralised]]:
    for kind, groups in STATISTICS.items():
        yield f"no {kind}", Neutralised(model, kind, groups)


def told_apart(distances: Floats, own: int) -> float:
    """The share of other songs that are further away than the take's own, equal ones by half: 0.5 is chance, 1 all."""
    others = np.delete(distances, own)
    return float(np.mean(others > distances[own]) + 0.5 * np.mean(others == distances[own]))


def place(distances: Floats, own: int) -> int:
    """Where the take's own song stands, from 1; of equal ones it is the last."""
    return int(np.sum(distances <= distances[own]))


def alone(
    store: CatalogueStore, model: Classifier, takes: Sequence[Take], ids: Sequence[TrackId]
) -> dict[str, Figures]:
    """For each kind: how takes of other parts find their songs by the nearest passage in this kind alone."""
    statistics, sequences = store.statistics_by_id(ids), store.sequences(ids)
    songs = [(*statistics[name], sequences[name], _moods(model, statistics[name][1])) for name in ids]
    flags: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for take in takes:
        channel = "mic" if take.microphone else "clean"
        for kind, distances in _distances(take, songs, model).items():
            found = flags[kind]
            found[f"other part first, {channel}"].append(place(distances, take.song) == 1)
            found[f"other part in five, {channel}"].append(place(distances, take.song) <= 5)
            found[f"told apart, {channel}"].append(told_apart(distances, take.song))
    return {
        kind: {name: (float(np.mean(values)), len(values)) for name, values in sorted(found.items())}
        for kind, found in flags.items()
    }


def _moods(model: Classifier, statistics: Floats) -> Floats:
    mean: Floats = model.run(statistics)[1].mean(axis=0)
    return mean


Song = tuple[Floats, Floats, MfccSequence, Floats]  # starts of passages, their statistics, sequence, moods


def _distances(take: Take, songs: Sequence[Song], model: Classifier) -> dict[str, Floats]:
    """By kind, the distance from a take to each song's nearest passage, (n_songs,)."""
    features = extract_features(resample(take.excerpt, wiring.SPEC.sr), wiring.SPEC)
    vectors = take_statistics(features, wiring.SPEC)[1]
    first = take_sequence(features, wiring.SPEC)[: passage_steps(wiring.SPEC)]
    moods = _moods(model, vectors)
    rows: dict[str, list[float]] = defaultdict(list)
    for starts_s, statistics, sequence, its_moods in songs:
        each = [reasons.distances(vectors[0], passage, model.calibration) for passage in statistics]
        for kind in each[0]:
            rows[kind].append(min(one[kind] for one in each))
        moved = reasons.movements(first, [(sequence, float(start)) for start in starts_s])
        rows[Reason.MOVEMENT].append(min((value for value in moved if value is not None), default=np.inf))
        rows[Reason.MOOD].append(reasons.mood_distance(moods, its_moods))
    return {str(kind): np.array(values, dtype=np.float32) for kind, values in rows.items()}
