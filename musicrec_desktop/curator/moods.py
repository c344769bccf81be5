"""Names for the clusters: each gets the scene its measured sound bears out, and a person has the last word.

The names live in a small text file (JSON). What a person writes there stays: words that differ from what was proposed
always, and also which cluster carries which name as long as the clusters are the same ones.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Mood
from musicrec_desktop.curator.embed import projection_of
from musicrec_desktop.curator.errors import MoodFileInvalid, StepMissing
from musicrec_desktop.curator.files import write_json
from musicrec_desktop.curator.movement import movements
from musicrec_desktop.curator.naming import Because, assign, proposed
from musicrec_desktop.curator.proposals import PROPOSALS, TRAITS, Proposal
from musicrec_desktop.curator.store import CentralStore

N_MOODS = len(PROPOSALS)
_EXAMPLES = 5
_TEXTS = tuple(field.name for field in fields(Mood) if field.name not in ("id", "key", "movement"))


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of a cluster."""

    cluster: int | None
    n_songs: int
    profile: Mapping[str, float]
    movement: Sequence[float]
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class NamedMood:
    """A mood with the group it names, and what named it."""

    mood: Mood
    group: Group
    because: Sequence[Because]
    proposed: Mapping[str, str]  # the words as proposed, which a person may have changed

    @property
    def cluster(self) -> int | None:
        """The group's number; None when the mood names no group at present."""
        return self.group.cluster


_NOBODY = Group(None, 0, {}, (), ())


def moods(store: CentralStore, path: Path) -> list[NamedMood]:
    """Name the clusters, keep names and movements, and write them with the profiles to `path` for a person to edit.

    Raises MoodFileInvalid when the file is there and cannot be understood; it is then left as it is.
    """
    members = _members(store)
    if not members:
        raise StepMissing(step="cluster")
    profiles = cluster_profiles(store.summaries(), members)
    digest = _digest(store, members)
    edited = _checked(_read(path), path)
    cluster_of = _edited_assignment(edited, digest, set(members)) or assign(profiles)
    moving = movements(store, projection_of(store), {song: c for c, songs in members.items() for song in songs})
    groups = {
        key: Group(c, len(members[c]), profiles[c], moving[c], _examples(store, members[c]))
        for key, c in cluster_of.items()
    }
    named = [_named(proposal, groups.get(proposal.key), edited) for proposal in PROPOSALS]
    _save(store, named, cluster_of)
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


def _named(proposal: Proposal, group: Group | None, edited: Mapping[str, Any]) -> NamedMood:
    mood, because = proposed(proposal, None if group is None else group.profile)
    words = {name: str(getattr(mood, name)) for name in _TEXTS}
    group = group or _NOBODY
    kept: dict[str, Any] = {**_written(edited, mood.key, words), "movement": tuple(group.movement)}
    return NamedMood(replace(mood, **kept), group, because, words)


def _save(store: CentralStore, named: Sequence[NamedMood], cluster_of: Mapping[str, int]) -> None:
    _, slot_before = store.moods()
    if slot_before != {cluster_of[one.mood.key]: one.mood.id for one in named if one.mood.key in cluster_of}:
        store.forget_from("moods")
    store.save_moods([one.mood for one in named], cluster_of)
    facts = {
        one.mood.key: {
            "sound": _rounded(one.group.profile),
            "because": _because(one.because),
            "movement": list(one.mood.movement),
        }
        for one in named
        if one.cluster is not None
    }
    store.save_fact("moods", facts)


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


def _examples(store: CentralStore, members: Sequence[int]) -> list[str]:
    songs = store.songs()
    titles = sorted(songs[song].title for song in members)
    return titles[:: max(1, len(titles) // _EXAMPLES)][:_EXAMPLES]


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


def _checked(found: dict[str, Any], path: Path) -> dict[str, Any]:
    """The file's content, when its keys are known and its words are words."""
    known = {proposal.key for proposal in PROPOSALS}
    for entry in found.get("moods", []):
        if entry.get("key") not in known:
            raise MoodFileInvalid(path=path, detail=f"unknown key {entry.get('key')}")
        for name in _TEXTS:
            text = entry.get(name, "as proposed")
            if not isinstance(text, str) or not text.strip():
                raise MoodFileInvalid(path=path, detail=f"{entry['key']}: {name} is empty")
    return found


def _written(edited: Mapping[str, Any], key: str, words: Mapping[str, str]) -> dict[str, str]:
    """The words a person wrote for a mood: those of the file that are not what had been proposed then."""
    entries: list[dict[str, Any]] = edited.get("moods", [])
    entry = next((entry for entry in entries if entry["key"] == key), {})
    before = entry.get("proposed")
    then: Mapping[str, Any] = before if isinstance(before, dict) else {}
    return {name: entry[name] for name in words if name in entry and entry[name] != then.get(name)}


def _edited_assignment(edited: Mapping[str, Any], digest: str, clusters: set[int]) -> dict[str, int] | None:
    """Which cluster carries which name by the file; None when it speaks of other clusters or not of each once."""
    if edited.get("clusters") != digest:
        return None
    named = {entry["key"]: entry.get("cluster") for entry in edited["moods"]}
    given = {key: cluster for key, cluster in named.items() if cluster is not None}
    return given if sorted(given.values(), key=str) == sorted(clusters, key=str) else None


def _rounded(profile: Mapping[str, float]) -> dict[str, float]:
    return {trait: round(value, 2) for trait, value in profile.items()}


def _because(because: Sequence[Because]) -> list[dict[str, Any]]:
    """The values that made a name, for files: trait, standard deviations from the average, and its words."""
    return [
        {
            "trait": one.trait,
            "value": round(one.value, 2),
            "en": one.phrase.english,
            "ko": one.phrase.korean,
            "title": one.in_title,
        }
        for one in because
    ]


def _write(path: Path, named: Sequence[NamedMood], digest: str) -> None:
    entries = [
        {
            "slot": one.mood.id,
            "key": one.mood.key,
            "cluster": one.cluster,
            "songs": one.group.n_songs,
            **{name: getattr(one.mood, name) for name in _TEXTS},
            "because": _because(one.because),
            "sound": _rounded(one.group.profile),
            "movement": list(one.mood.movement),
            "examples": list(one.group.examples),
            "proposed": dict(one.proposed),
        }
        for one in named
    ]
    write_json(path, {"clusters": digest, "moods": entries})
