"""Which songs stand in the middle of a mood and which on its edge."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from musicrec_desktop.core.types import Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """How near a song is to the middle of its own cluster, and to that of the nearest other; cosines, 1 the same."""

    song_id: int
    own: float
    other: float
    other_cluster: int

    @property
    def margin(self) -> float:
        """Below 0 the song is nearer to another cluster's middle than to its own."""
        return self.own - self.other


def centres(embeddings: Mapping[int, Floats], cluster_of: Mapping[int, int]) -> dict[int, Floats]:
    """The middle of each cluster: the mean of its songs' embeddings, of unit length."""
    found = {}
    for cluster in sorted(set(cluster_of.values())):
        mean = np.mean([embeddings[song] for song, its in cluster_of.items() if its == cluster], axis=0)
        found[cluster] = np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
    return found


def standings(embeddings: Mapping[int, Floats], cluster_of: Mapping[int, int]) -> dict[int, list[Standing]]:
    """By cluster its songs, the one with the widest margin first: prototypes at the head, borderline songs at the end.

    With one cluster alone there is no other; `other` is then 0 and `other_cluster` the cluster itself.
    """
    middle = centres(embeddings, cluster_of)
    found: dict[int, list[Standing]] = {cluster: [] for cluster in middle}
    for song, cluster in sorted(cluster_of.items()):
        near = {c: float(embeddings[song] @ centre) for c, centre in middle.items()}
        other = max((c for c in near if c != cluster), key=lambda c: near[c], default=cluster)
        away = near[other] if other != cluster else 0.0
        found[cluster].append(Standing(song, near[cluster], away, other))
    return {cluster: sorted(its, key=lambda one: (-one.margin, one.song_id)) for cluster, its in found.items()}
