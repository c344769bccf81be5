"""Names for the clusters: each gets the proposal whose sound profile is nearest, and a person has the last word.

The names live in a small text file (JSON). What a person writes there stays: names always, and also which cluster
carries which name as long as the clusters are the same ones.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from musicrec_desktop.core.types import Mood
from musicrec_desktop.curator.errors import MoodFileInvalid, StepMissing
from musicrec_desktop.curator.files import write_json
from musicrec_desktop.curator.proposals import PROPOSALS, TRAITS
from musicrec_desktop.curator.store import CentralStore

N_MOODS = len(PROPOSALS)
_EXAMPLES = 5
_TEXTS = tuple(field.name for field in fields(Mood) if field.name not in ("id", "key"))


@dataclass(frozen=True, slots=True)
class NamedMood:
    """A mood with the cluster it names (None: none at present), and what is known of that cluster."""

    mood: Mood
    cluster: int | None
    n_songs: int
    profile: Mapping[str, float]
    examples: Sequence[str]


def moods(store: CentralStore, path: Path) -> list[NamedMood]:
    """Name the clusters, keep the names, and write them with the profiles to `path` for a person to edit.

    Raises MoodFileInvalid when the file is there and cannot be understood; it is then left as it is.
    """
    members = _members(store)
    if not members:
        raise StepMissing(step="cluster")
    profiles = cluster_profiles(store.summaries(), members)
    digest = _digest(store, members)
    edited = _read(path)
    texts = _texts(edited, path)
    cluster_of = _edited_assignment(edited, digest, set(members)) or assign(profiles)
    named = [_named(mood, cluster_of.get(mood.key), members, profiles, store) for mood in texts]
    _, slot_before = store.moods()
    if slot_before != {cluster_of[mood.key]: mood.id for mood in texts if mood.key in cluster_of}:
        store.forget_from("moods")
    store.save_moods([one.mood for one in named], cluster_of)
    _write(path, named, digest)
    return named


def traits(summary: Mapping[str, float]) -> NDArray[np.float64]:
    """What a listener would notice of a song, in the order of TRAITS."""
    chroma = np.array([summary[f"chroma_{i}_mean"] for i in range(12)]) + 1e-6
    share = chroma / chroma.sum()
    return np.array(
        [
            np.log2(max(summary["tempo_bpm"], 40.0)),
            np.log2(max(summary["centroid_hz_mean"], 50.0)),
            1.0 - summary["harmonic_share_mean"],
            summary["onset_mean"],
            np.log10(max(summary["flatness_mean"], 1e-6)),
            summary["level_db_std"],
            -(share * np.log(share)).sum(),
            summary["level_db_mean"],
        ]
    )


def cluster_profiles(
    summaries: Mapping[int, Mapping[str, float]], members: Mapping[int, Sequence[int]]
) -> dict[int, dict[str, float]]:
    """How each cluster differs from the average cluster, in standard deviations between clusters."""
    clusters = sorted(members)
    means = np.stack([np.mean([traits(summaries[song]) for song in members[c]], axis=0) for c in clusters])
    z = (means - means.mean(axis=0)) / np.maximum(means.std(axis=0), 1e-9)
    return {c: dict(zip(TRAITS, map(float, row), strict=True)) for c, row in zip(clusters, z, strict=True)}


def assign(profiles: Mapping[int, Mapping[str, float]]) -> dict[str, int]:
    """Mood key -> cluster, the assignment with the smallest sum of squared differences; at most ten clusters."""
    clusters = sorted(profiles)
    if len(clusters) > N_MOODS:
        raise ValueError(f"{len(clusters)} clusters, {N_MOODS} moods")
    heard = np.array([[profiles[c][trait] for trait in TRAITS] for c in clusters])
    expected = np.array([[proposal.profile[trait] for trait in TRAITS] for proposal in PROPOSALS])
    cost = np.square(heard[:, None] - expected[None]).sum(axis=2)
    rows, columns = linear_sum_assignment(cost)
    return {PROPOSALS[column].mood.key: clusters[row] for row, column in zip(rows, columns, strict=True)}


def _members(store: CentralStore) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for song_id, placed in sorted(store.clusters().items()):
        members.setdefault(placed.cluster, []).append(song_id)
    return members


def _digest(store: CentralStore, members: Mapping[int, Sequence[int]]) -> str:
    """Sixteen hex digits that change when any song changes its cluster."""
    songs = store.songs()
    lines = sorted(f"{cluster} {songs[song].path}" for cluster, ids in members.items() for song in ids)
    return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()[:16]


def _named(
    mood: Mood,
    cluster: int | None,
    members: Mapping[int, Sequence[int]],
    profiles: Mapping[int, Mapping[str, float]],
    store: CentralStore,
) -> NamedMood:
    if cluster is None:
        return NamedMood(mood, None, 0, {}, ())
    songs = store.songs()
    titles = sorted(songs[song].title for song in members[cluster])
    examples = titles[:: max(1, len(titles) // _EXAMPLES)][:_EXAMPLES]
    return NamedMood(mood, cluster, len(titles), profiles[cluster], examples)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise MoodFileInvalid(path=path, detail=str(error)) from error
    entries = found.get("moods") if isinstance(found, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise MoodFileInvalid(path=path, detail="no list of moods")
    return dict(found)


def _texts(edited: Mapping[str, Any], path: Path) -> list[Mood]:
    """The ten moods with the words of the file where it has some."""
    by_key = {entry.get("key"): entry for entry in edited.get("moods", [])}
    unknown = set(by_key) - {proposal.mood.key for proposal in PROPOSALS}
    if unknown:
        raise MoodFileInvalid(path=path, detail=f"unknown key {sorted(map(str, unknown))[0]}")
    return [_edited_mood(proposal.mood, by_key.get(proposal.mood.key, {}), path) for proposal in PROPOSALS]


def _edited_mood(mood: Mood, entry: Mapping[str, Any], path: Path) -> Mood:
    words = {name: entry[name] for name in _TEXTS if name in entry}
    for name, text in words.items():
        if not isinstance(text, str) or not text.strip():
            raise MoodFileInvalid(path=path, detail=f"{mood.key}: {name} is empty")
    return replace(mood, **words)


def _edited_assignment(edited: Mapping[str, Any], digest: str, clusters: set[int]) -> dict[str, int] | None:
    """Which cluster carries which name by the file; None when it speaks of other clusters or not of each once."""
    if edited.get("clusters") != digest:
        return None
    named = {entry["key"]: entry.get("cluster") for entry in edited["moods"]}
    given = {key: cluster for key, cluster in named.items() if cluster is not None}
    return given if sorted(given.values(), key=str) == sorted(clusters, key=str) else None


def _write(path: Path, named: Sequence[NamedMood], digest: str) -> None:
    entries = [
        {
            "slot": one.mood.id,
            "key": one.mood.key,
            "cluster": one.cluster,
            "songs": one.n_songs,
            **{name: getattr(one.mood, name) for name in _TEXTS},
            "sound": {trait: round(value, 2) for trait, value in one.profile.items()},
            "examples": list(one.examples),
        }
        for one in named
    ]
    write_json(path, {"clusters": digest, "moods": entries})
