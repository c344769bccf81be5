"""Learns the engine's decisions: when to name, what to refuse, what closeness to show.

Naming is learnt on songs the projection has not seen: it is fitted on each half of the songs and asked about the
other, so that the thresholds hold for music nobody trained on. Every take is asked twice, with its song in the
catalogue and without it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import librosa
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from musicrec_desktop.audio import files
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats, MfccSequence, PassageTable, Reason, TrackId
from musicrec_desktop.curator.embed import fitted, training_passages
from musicrec_desktop.curator.not_music import not_music
from musicrec_desktop.curator.projection import Projection
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.twins import twin
from musicrec_desktop.engine import reasons, verdict
from musicrec_desktop.engine.calibration import NAMING_INPUTS, Calibration, Naming
from musicrec_desktop.engine.shortlist import Found, Index
from musicrec_desktop.features.extract import analyse_blocks, extract_features
from musicrec_desktop.features.passages import passage_steps, take_sequence, take_statistics
from musicrec_desktop.features.statistics import N_STATISTICS

TAKES = 2  # per part, each clean, through two microphones, and played faster or slower
SPEEDS = (0.92, 1.08)
FALSE_NAMES = 0.0025  # share of takes that may be given a wrong name at the threshold
VERSIONS = 0.55  # a clean take that fits another song this well shares its recording: a remix, a loop
MUSIC_THRESHOLD = 0.5  # between losing odd music and hearing noise out; what is recognised is never put to this test
NOTHING_CLOSE = 0.002  # share of takes of unknown songs that find nothing close
NOISES_OF_A_KIND = 120
RANDOM_PAIRS = 4000
MOVEMENT_PAIRS = 400  # warping takes longer than subtracting
DIGITS = 6
MUSIC_DIGITS = 4  # there are many of these
Channel = Literal["clean", "mic", "stretched"]


@dataclass(frozen=True, slots=True)
class _Song:
    """A song as the catalogue will hold it."""

    starts_s: Floats
    statistics: Floats
    sequence: MfccSequence


@dataclass(frozen=True, slots=True)
class _Take:
    song: int  # position in the list of songs
    own_part: bool  # cut from the catalogued audio, not from another part
    channel: Channel
    statistics: Floats
    sequence: Floats


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One take asked of one catalogue."""

    evidence: Floats  # as NAMING_INPUTS
    song: int
    suspect: int
    own_part: bool
    channel: Channel
    known: bool  # its song was in the catalogue
    similarity: float  # of the most similar track
    similarity_of_song: float  # NaN when not in the catalogue

    @property
    def suspect_is_song(self) -> bool:
        return self.suspect == self.song


def calibrate(store: CentralStore, songs: Sequence[int], *, spec: FeatureSpec, seed: int = 0) -> dict[str, Any]:
    """Calibration of the songs `embed` learnt from, as engine.calibration.Calibration reads it from the card."""
    sources = store.songs()
    parts = [[sources[i].folder / name for name in sources[i].parts] for i in songs]
    catalogue = [_catalogued(paths[0], spec) for paths in parts]
    takes = [take for i, paths in enumerate(parts) for take in _takes(i, paths, spec, seed)]
    whole = fitted(training_passages(store, songs))
    outcomes = [o for half in (0, 1) for o in _unseen(store, songs, catalogue, takes, half)]
    naming = _naming(outcomes)
    return {
        "mean": _rounded(whole.mean),
        "scale": _rounded(whole.scale),
        "clip": whole.clip,
        "naming": naming,
        "music": _music(store, songs, whole, spec=spec, seed=seed),
        "nothing_close": _rounded(np.quantile([o.similarity for o in outcomes if not o.known], NOTHING_CLOSE)),
        "closeness": _closeness(outcomes, whole, catalogue, seed),
        "typical_distance": _typical_distances(whole, catalogue, seed)
        | _typical_movement(catalogue, seed, passage_steps(spec)),
    }


def _catalogued(path: Any, spec: FeatureSpec) -> _Song:
    analysis = analyse_blocks(files.blocks(path, sr=spec.sr), spec)
    return _Song(analysis.passage_starts_s, analysis.statistics, analysis.sequence)


def _takes(song: int, paths: Sequence[Any], spec: FeatureSpec, seed: int) -> Iterator[_Take]:
    for part, path in enumerate(paths):
        rng = np.random.default_rng([seed, song, part, 11])
        samples = np.concatenate([block.samples for block in files.blocks(path, sr=spec.sr)])
        n = round(spec.passage_s * spec.sr)
        for number in range(TAKES if len(samples) > n else 0):
            start = int(rng.integers(0, len(samples) - n))
            cut = samples[start : start + n]
            if verdict.level_db(Excerpt.from_samples(cut, spec.sr)) < verdict.MIN_LEVEL_DB:
                continue
            heard: tuple[tuple[Channel, Floats], ...] = (
                ("clean", cut),
                ("mic", twin(cut, spec.sr, rng)),
                ("mic", twin(cut, spec.sr, rng)),
                ("stretched", librosa.effects.time_stretch(cut, rate=SPEEDS[number % len(SPEEDS)])),
            )
            for channel, sound in heard:
                yield _take(song, part == 0, channel, Excerpt.from_samples(sound, spec.sr), spec)


def _take(song: int, own_part: bool, channel: Channel, excerpt: Excerpt, spec: FeatureSpec) -> _Take:
    features = extract_features(excerpt, spec)
    return _Take(song, own_part, channel, take_statistics(features, spec)[1], take_sequence(features, spec))


# -- takes of songs the projection has not seen


def _unseen(
    store: CentralStore, songs: Sequence[int], catalogue: Sequence[_Song], takes: Sequence[_Take], half: int
) -> Iterator[_Outcome]:
    """Learn from every other song, ask about the rest."""
    projection = fitted(training_passages(store, songs[half::2]))
    index = Index(_table(projection, catalogue))
    for take in takes:
        if take.song % 2 != half:
            found = index.search(projection.embed(take.statistics), np.zeros(len(take.statistics), np.float32))
            yield _outcome(take, found, catalogue, known=True)
            yield _outcome(take, found, catalogue, known=False)


def _table(projection: Projection, catalogue: Sequence[_Song]) -> PassageTable:
    return PassageTable(
        model_id="",
        generation=0,
        track_ids=[TrackId(str(i)) for i in range(len(catalogue))],
        track_index=np.repeat(np.arange(len(catalogue), dtype=np.int32), [len(s.starts_s) for s in catalogue]),
        starts_s=np.concatenate([song.starts_s for song in catalogue]),
        embeddings=projection.embed(np.concatenate([song.statistics for song in catalogue])),
        mood_probabilities=np.zeros((len(catalogue), 1), np.float32),
    )


def _outcome(take: _Take, found: Found, catalogue: Sequence[_Song], *, known: bool) -> _Outcome:
    order = found.order()
    order = order if known else order[order != take.song]
    near = order[: verdict.NAMING_TRACKS]
    suspect = verdict.best_suspect(take.sequence, found, near, [catalogue[i].sequence for i in near.tolist()])
    return _Outcome(
        evidence=suspect.inputs,
        song=take.song,
        suspect=suspect.track,
        own_part=take.own_part,
        channel=take.channel,
        known=known,
        similarity=float(found.similarity[order[0]]),
        similarity_of_song=float(found.similarity[take.song]) if known else float("nan"),
    )


# -- what is learnt


def _naming(outcomes: Sequence[_Outcome]) -> dict[str, Any]:
    """Logistic regression and the threshold that keeps false names rare; another part of a song is neither case."""
    versions = {
        (o.song, o.suspect)
        for o in outcomes
        if not o.suspect_is_song and o.channel == "clean" and o.evidence[0] >= VERSIONS
    }
    judged = [o for o in outcomes if (o.own_part or not o.suspect_is_song) and (o.song, o.suspect) not in versions]
    x = np.stack([o.evidence for o in judged])
    right = np.array([o.suspect_is_song for o in judged])
    spread = x.std(axis=0)
    fit = LogisticRegression(C=10.0, max_iter=2000).fit(x / spread, right)
    weights, bias = fit.coef_[0] / spread, float(fit.intercept_[0])
    naming = Naming(weights.astype(np.float32), bias, 0.5)
    sure = np.array([naming.probability(o.evidence) for o in judged])
    threshold = float(np.clip(np.quantile(sure[~right], 1 - FALSE_NAMES), 0.2, 0.95))
    return {
        "weights": dict(zip(NAMING_INPUTS, _rounded(weights), strict=True)),
        "bias": _rounded(bias),
        "threshold": _rounded(threshold),
        "figures": _naming_figures(judged, sure, threshold),
    }


def _naming_figures(judged: Sequence[_Outcome], sure: NDArray[np.float64], threshold: float) -> dict[str, float]:
    named = sure >= threshold

    def share(flags: Sequence[bool]) -> float:
        return round(float(named[np.array(flags)].mean()), 4)

    def recall(channel: Channel) -> float:
        return share([o.known and o.own_part and o.suspect_is_song and o.channel == channel for o in judged])

    return {
        **{f"recall_{channel}": recall(channel) for channel in get_args(Channel)},
        "false": share([not o.suspect_is_song for o in judged]),
        "false_n": sum(not o.suspect_is_song for o in judged),
    }


def _music(
    store: CentralStore, songs: Sequence[int], projection: Projection, *, spec: FeatureSpec, seed: int
) -> dict[str, Any]:
    """Multinomial logistic regression on standardised statistics: the songs' passages, and sounds that are no music.

    One plane between music and everything else would lie badly: what tells it from talking, from engines and from
    dialling tones is not the same.
    """
    music = projection.standardised(training_passages(store, songs).statistics)
    sounds = not_music(spec.sr, np.random.default_rng([seed, 5]), each=NOISES_OF_A_KIND)
    noise = projection.standardised(np.stack([_statistics(sound, spec) for sound in sounds]))
    kind = np.concatenate([np.full(len(music), -1), np.arange(len(noise)) // NOISES_OF_A_KIND])
    n_kinds = len(noise) // NOISES_OF_A_KIND
    # Music weighs as much as all that is none.
    weights = {-1: 1 / len(music), **{one: 1 / len(noise) for one in range(n_kinds)}}
    scaled = {one: weight * len(kind) / 2 for one, weight in weights.items()}
    fit = LogisticRegression(C=0.01, class_weight=scaled, max_iter=3000).fit(np.concatenate([music, noise]), kind)
    sure = fit.predict_proba(np.concatenate([music, noise]))[:, 0]
    return {
        "weights": [_rounded(fit.coef_[0] - row, MUSIC_DIGITS) for row in fit.coef_[1:]],
        "bias": _rounded(fit.intercept_[0] - fit.intercept_[1:]),
        "threshold": MUSIC_THRESHOLD,
        "figures": {
            "noise_refused": round(float((sure[kind >= 0] < MUSIC_THRESHOLD).mean()), 4),
            "music_refused": round(float((sure[kind < 0] < MUSIC_THRESHOLD).mean()), 4),
            "noises": len(noise),
        },
    }


def _statistics(sound: Excerpt, spec: FeatureSpec) -> Floats:
    first: Floats = take_statistics(extract_features(sound, spec), spec)[1][0]
    return first


def _closeness(
    outcomes: Sequence[_Outcome], projection: Projection, catalogue: Sequence[_Song], seed: int
) -> list[list[float]]:
    """Similarity to score, so that words hold: any two songs 25, the best of a hundred other songs 72, the same 97."""
    embeddings = projection.embed(np.concatenate([song.statistics for song in catalogue]))
    a, b = _pairs(catalogue, seed)
    anyone = float(np.median(np.einsum("ij,ij->i", embeddings[a], embeddings[b])))
    best_other = float(np.median([o.similarity for o in outcomes if not o.known]))
    same = float(np.median([o.similarity_of_song for o in outcomes if o.known and o.own_part and o.channel == "clean"]))
    rise = 1e-3
    points = [(-1.0, 0.0), (anyone, 25.0), (max(best_other, anyone + rise), 72.0)]
    points += [(max(same, points[-1][0] + rise), 97.0), (1.0 + rise, 100.0)]
    return [[_rounded(x), y] for x, y in points]


def _typical_distances(projection: Projection, catalogue: Sequence[_Song], seed: int) -> dict[str, float]:
    """Median distance of each kind between passages of different songs."""
    rows = np.concatenate([song.statistics for song in catalogue])
    ruler = _ruler(projection)
    found = [reasons.distances(rows[i], rows[j], ruler) for i, j in zip(*_pairs(catalogue, seed), strict=True)]
    medians = {kind.value: _rounded(np.median([one[kind] for one in found])) for kind in found[0]}
    return {**medians, Reason.MOOD.value: 0.9}


def _typical_movement(catalogue: Sequence[_Song], seed: int, n_steps: int) -> dict[str, float]:
    """Median distance in movement between passages of different songs; nothing where all are too short to tell."""
    places = [(song.sequence, float(start_s)) for song in catalogue for start_s in song.starts_s]
    found: list[float] = []
    for i, j in zip(*(rows[:MOVEMENT_PAIRS].tolist() for rows in _pairs(catalogue, seed)), strict=True):
        own = reasons.stretch(*places[int(i)], n_steps)
        found.extend(value for value in reasons.movements(own, [places[int(j)]]) if value is not None)
    return {Reason.MOVEMENT.value: _rounded(np.median(found))} if found else {}


def _pairs(catalogue: Sequence[_Song], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of random passages of different songs."""
    owner = np.repeat(np.arange(len(catalogue)), [len(song.starts_s) for song in catalogue])
    a, b = np.random.default_rng([seed, 6]).integers(0, len(owner), (2, RANDOM_PAIRS))
    different = owner[a] != owner[b]
    return a[different], b[different]


def _ruler(projection: Projection) -> Calibration:
    """Just enough of a calibration to measure distances."""
    nothing = np.zeros(N_STATISTICS, np.float32)
    naming = Naming(np.zeros(len(NAMING_INPUTS), np.float32), 0.0, 1.0)
    line = np.array([[0.0, 0.0], [1.0, 100.0]], np.float32)
    return Calibration(projection.mean, projection.scale, projection.clip, naming, nothing, nothing, 0.0, 0.0, line, {})


def _rounded(values: Any, digits: int = DIGITS) -> Any:
    """Numbers as the card keeps them."""
    if np.ndim(values):
        return [float(f"{value:.{digits}g}") for value in np.asarray(values).tolist()]
    return float(f"{float(values):.{digits}g}")
