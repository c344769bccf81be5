"""Groups of songs that sound alike: a t-SNE map of the song embeddings, K-means on the map, and the evidence for k.

K-means and t-SNE start from random numbers. Every map is made from several seeds, the neighbourhood size is the one
whose groups change least between them, and the grouping kept is the one that agrees best with all the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.manifold import TSNE
from sklearn.metrics import adjusted_rand_score, silhouette_score
from threadpoolctl import threadpool_limits

from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.embed import chosen_songs, projection_of, song_embeddings
from musicrec_desktop.curator.errors import TooFewSongs
from musicrec_desktop.curator.store import CentralStore, Placed

PERPLEXITIES = (8.0, 12.0, 20.0, 30.0)
LARGEST_K = 20
EXACT_BELOW = 2000  # songs; above, t-SNE approximates
KMEANS_STARTS = 20

Labels = NDArray[np.int64]
Start = Literal["pca", "random"]


@dataclass(frozen=True, slots=True)
class Grouping:
    """One map (n, 2) and the group of each song on it."""

    perplexity: float
    points: Floats
    labels: Labels

    @property
    def largest_share(self) -> float:
        return float(np.bincount(self.labels).max() / len(self.labels))


def cluster(store: CentralStore, *, k: int = 10, seed: int = 0, seeds: int = 10) -> dict[str, Any]:
    """Group the songs `embed` learnt from, keep groups and map; the figures, which are kept, too."""
    songs = chosen_songs(store)
    if len(songs) < 2 * k:
        raise TooFewSongs(got=len(songs), needed=2 * k)
    embeddings = song_embeddings(projection_of(store), store.passages("clean", songs), songs)
    with threadpool_limits(1):
        figures, kept = _decide(embeddings, k=k, seeds=range(seed, seed + seeds))
    store.forget_from("cluster")
    places = zip(songs, kept.labels, kept.points, strict=True)
    store.save_clusters([Placed(song, int(label), float(x), float(y)) for song, label, (x, y) in places])
    store.save_fact("cluster", figures)
    return figures


def song_map(embeddings: Floats, *, perplexity: float, seed: int, start: Start = "pca") -> Floats:
    """t-SNE by cosine distance, shape (n, 2); the same for the same seed."""
    n = len(embeddings)
    tsne = TSNE(
        perplexity=min(perplexity, (n - 1) / 3),
        metric="cosine",
        init=start,
        random_state=seed,
        method="exact" if n < EXACT_BELOW else "barnes_hut",
        n_jobs=1,
    )
    points: Floats = tsne.fit_transform(embeddings)
    return points


def groups(points: Floats, *, k: int, seed: int) -> Labels:
    """K-means on the map; groups are numbered by size, the largest first."""
    labels = KMeans(k, n_init=KMEANS_STARTS, random_state=seed).fit_predict(points)
    order = np.argsort(-np.bincount(labels, minlength=k), kind="stable")
    rank = np.argsort(order)
    numbered: Labels = rank[labels].astype(np.int64)
    return numbered


def grouping(embeddings: Floats, *, k: int, perplexity: float, seed: int, start: Start = "pca") -> Grouping:
    points = song_map(embeddings, perplexity=perplexity, seed=seed, start=start)
    return Grouping(perplexity, points, groups(points, k=k, seed=seed))


def agreement(several: Sequence[Grouping]) -> float:
    """Mean adjusted Rand index over all pairs; 1 when every seed says the same."""
    pairs = [adjusted_rand_score(a.labels, b.labels) for a, b in combinations(several, 2)]
    return float(np.mean(pairs)) if pairs else 1.0


def agreements(several: Sequence[Grouping]) -> list[list[float]]:
    """The adjusted Rand index of every grouping with every other."""
    return [[round(float(adjusted_rand_score(a.labels, b.labels)), 3) for b in several] for a in several]


def most_agreed(several: Sequence[Grouping]) -> Grouping:
    """The grouping that agrees best with all the others; of equals the first."""
    means = [np.mean([adjusted_rand_score(one.labels, other.labels) for other in several]) for one in several]
    return several[int(np.argmax(np.round(means, 9)))]


def curve(points: Floats, embeddings: Floats, *, seed: int) -> list[dict[str, float]]:
    """For k = 2 .. 20: inertia and silhouette on the map, silhouette of the embeddings, share of the smallest group."""
    rows = []
    for k in range(2, min(LARGEST_K, len(points) - 1) + 1):
        fit = KMeans(k, n_init=KMEANS_STARTS, random_state=seed).fit(points)
        on_map = silhouette_score(points, fit.labels_)
        of_embeddings = silhouette_score(embeddings, fit.labels_, metric="cosine")
        smallest = np.bincount(fit.labels_).min() / len(points)
        row = {
            "inertia": fit.inertia_,
            "silhouette_map": on_map,
            "silhouette_embeddings": of_embeddings,
            "smallest_share": smallest,
        }
        rows.append({"k": k, **{name: round(float(value), 4) for name, value in row.items()}})
    return rows


def elbow(rows: Sequence[dict[str, float]]) -> int:
    """The k at which the inertia curve bends most: farthest below the straight line between its ends."""
    k = np.array([row["k"] for row in rows], dtype=float)
    height = np.array([row["inertia"] for row in rows])
    line = height[0] + (height[-1] - height[0]) * (k - k[0]) / max(k[-1] - k[0], 1.0)
    return int(k[np.argmax(line - height)])


def _decide(embeddings: Floats, *, k: int, seeds: Sequence[int]) -> tuple[dict[str, Any], Grouping]:
    tried = {p: [grouping(embeddings, k=k, perplexity=p, seed=s) for s in seeds] for p in PERPLEXITIES}
    stability = {p: agreement(several) for p, several in tried.items()}
    best = max(PERPLEXITIES, key=lambda p: round(stability[p], 6))
    kept = most_agreed(tried[best])
    scattered = [grouping(embeddings, k=k, perplexity=best, seed=s, start="random") for s in seeds]
    rows = curve(kept.points, embeddings, seed=seeds[0])
    figures = {
        "k": k,
        "seeds": list(seeds),
        "perplexity": best,
        "stability": round(stability[best], 4),
        "stability_by_perplexity": {f"{p:g}": round(value, 4) for p, value in stability.items()},
        "stability_random_start": round(agreement(scattered), 4),
        "agreements": agreements(tried[best]),
        "agreements_random_start": agreements(scattered),
        "sizes": np.bincount(kept.labels, minlength=k).tolist(),
        "largest_share": round(kept.largest_share, 4),
        "curve": rows,
        "elbow": elbow(rows),
        "best_silhouette": int(max(rows, key=lambda row: row["silhouette_map"])["k"]),
    }
    return figures, kept
