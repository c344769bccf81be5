"""What the report is about: everything the steps left in the central tables, gathered mood by mood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from musicrec_desktop.core.types import Mood
from musicrec_desktop.curator.embed import chosen_songs, projection_of, song_embeddings
from musicrec_desktop.curator.moods import cluster_profiles
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore, Placed
from musicrec_desktop.curator.typical import Standing, standings


@dataclass(frozen=True, slots=True)
class MoodEvidence:
    """One mood in use."""

    mood: Mood
    songs: int
    share: float
    profile: Mapping[str, float]  # by trait: standard deviations from the average cluster
    measured: Mapping[str, float]  # the same in units people know, see UNITS
    because: Sequence[Mapping[str, Any]]
    movement: Sequence[float]
    ranked: Sequence[Standing]  # most typical song first
    quality: Mapping[str, Any]  # on songs left out, see measures.against_chance


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it."""

    moods: Sequence[MoodEvidence]  # in order of slot
    mood_of_cluster: Mapping[int, Mood]
    songs: Mapping[int, SongSource]
    placed: Sequence[Placed]
    clusters: Mapping[str, Any]  # the facts of `cluster`
    training: Mapping[str, Any]  # the facts of `train`
    figures: Mapping[str, Any]  # what `evaluate` measured


# What was asked of the classifiers, in the order of the page.
SITUATIONS = {
    "catalogued": "catalogued songs",
    "later": "later in the same songs",
    "other_part": "other parts",
    "left_out": "songs left out",
}
# Of each trait that has a unit of its own: heading and number of decimals.
UNITS: Mapping[str, tuple[str, int]] = {
    "tempo": ("tempo, BPM", 0),
    "brightness": ("brightness, Hz", 0),
    "percussive": ("percussive share", 2),
    "harmony_spread": ("harmony spread, 0–1", 3),
    "dynamics": ("loudness range, dB", 1),
    "loudness": ("loudness, dBFS", 1),
}


def gathered(store: CentralStore, figures: Mapping[str, Any]) -> Evidence:
    """Raises StepMissing where a step has not run."""
    songs, moods = chosen_songs(store), store.moods()
    placed = store.clusters()
    cluster_of = {song: placed[song].cluster for song in songs}
    mood_of = {cluster: moods[0][slot] for cluster, slot in moods[1].items()}
    known = figures["situations"]
    rows = song_embeddings(projection_of(store), store.passages("clean", songs), songs)
    ranked = standings(dict(zip(songs, rows, strict=True)), cluster_of)
    return Evidence(
        moods=_moods(store, figures, cluster_of, ranked, mood_of),
        mood_of_cluster=mood_of,
        songs=store.songs(),
        placed=[placed[song] for song in songs],
        clusters=store.fact("cluster"),
        training=store.fact("train"),
        figures={**figures, "situations": {name: known[name] for name in SITUATIONS if name in known}},
    )


def _moods(
    store: CentralStore,
    figures: Mapping[str, Any],
    cluster_of: Mapping[int, int],
    ranked: Mapping[int, Sequence[Standing]],
    mood_of: Mapping[int, Mood],
) -> list[MoodEvidence]:
    known, summaries = store.fact("moods"), store.summaries()
    members = {cluster: [one.song_id for one in its] for cluster, its in ranked.items()}
    profiles = cluster_profiles(summaries, members)
    found = [
        MoodEvidence(
            mood=mood_of[cluster],
            songs=len(its),
            share=len(its) / len(cluster_of),
            profile=profiles[cluster],
            measured=in_units([summaries[one.song_id] for one in its]),
            because=known.get(mood_of[cluster].key, {}).get("because", []),
            movement=known.get(mood_of[cluster].key, {}).get("movement", []),
            ranked=its,
            quality=figures["quality"][mood_of[cluster].key],
        )
        for cluster, its in ranked.items()
    ]
    return sorted(found, key=lambda one: one.mood.id)


def in_units(summaries: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Means over songs in the units of UNITS; tempo by its median, for a beat may be counted double."""
    chroma = np.array([[one[f"chroma_{i}_mean"] for i in range(12)] for one in summaries]) + 1e-6
    share = chroma / chroma.sum(axis=1, keepdims=True)
    mean = {name: float(np.mean([one[name] for one in summaries])) for name in summaries[0]}
    return {
        "tempo": float(np.median([one["tempo_bpm"] for one in summaries])),
        "brightness": mean["centroid_hz_mean"],
        "percussive": 1.0 - mean["harmonic_share_mean"],
        "harmony_spread": float(-(share * np.log(share)).sum(axis=1).mean() / np.log(12)),
        "dynamics": mean["level_db_std"],
        "loudness": mean["level_db_mean"],
    }
