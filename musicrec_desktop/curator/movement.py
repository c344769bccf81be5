"""A mood's prototype movement: what its most typical songs do in six seconds, averaged along time warping paths.

DTW barycentre averaging (Petitjean, Ketterlin and Gancarski, 2011; tslearn) of MFCC sequences: songs of different
tempo are brought into step first, so that a swell or a pulse they share stays, where a plain mean would blur it.
"""

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, MfccSequence
from musicrec_desktop.curator.embed import song_embeddings
from musicrec_desktop.curator.projection import Projection
from musicrec_desktop.curator.store import CentralStore, Passages
from musicrec_desktop.curator.typical import centres, standings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # that h5py is not there, which nothing here asks for
    from tslearn.barycenters import dtw_barycenter_averaging

VALUES = 32
STEPS = 2 * VALUES  # of the MFCC sequence: six seconds
SONGS = 7  # an odd few: the most typical of a mood
BAND = 6  # steps of the sequence by which two songs may be shifted: half a second
ROUNDS = 20
WIDE = 0.95  # share of all swings that stay within the edges

Doubles = NDArray[np.float64]


def movements(store: CentralStore, projection: Projection, cluster_of: Mapping[int, int]) -> dict[int, list[float]]:
    """Of each cluster VALUES numbers 0 .. 1, of songs by their cluster; 0.5 is the middle, higher is brighter.

    All clusters share one direction and one scale, so that a calm mood's line is flatter than a lively one's.
    """
    clean = store.passages("clean", list(cluster_of))
    embeddings = dict(zip(cluster_of, song_embeddings(projection, clean, list(cluster_of)), strict=True))
    middle, ranked = centres(embeddings, cluster_of), standings(embeddings, cluster_of)
    sequences = store.sequences([one.song_id for its in ranked.values() for one in its[:SONGS]])
    excerpts = {
        cluster: [
            excerpt(sequences[one.song_id], _typical_start_s(clean, one.song_id, projection, middle[cluster]))
            for one in its[:SONGS]
        ]
        for cluster, its in ranked.items()
    }
    direction = brightness_direction([one for several in excerpts.values() for one in several])
    curves = {cluster: prototype(several) @ direction for cluster, several in excerpts.items()}
    return on_one_scale(curves)


def excerpt(sequence: MfccSequence, start_s: float) -> Doubles:
    """STEPS steps from `start_s` on, or fewer in a short song, without their mean; shape (n, n_coefficients)."""
    mfcc = sequence.mfcc().astype(np.float64)
    start = max(0, min(round(start_s * sequence.rate), len(mfcc) - STEPS))
    taken = mfcc[start : start + STEPS]
    return np.asarray(taken - taken.mean(axis=0))


def prototype(excerpts: Sequence[Doubles]) -> Doubles:
    """The barycentre of excerpts, the most typical first, whose steps it keeps; shape (STEPS, n_coefficients)."""
    evened = np.stack([_evened(one, STEPS) for one in excerpts])
    limits = {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": BAND}
    found = dtw_barycenter_averaging(
        evened, init_barycenter=evened[0].copy(), max_iter=ROUNDS, metric_params=limits, n_jobs=1
    )
    return np.asarray(found, dtype=np.float64)


def brightness_direction(excerpts: Sequence[Doubles]) -> Doubles:
    """The direction (n_coefficients,) in which sounds move most, pointing to where the highs come forward."""
    steps = np.concatenate(excerpts)
    _, directions = np.linalg.eigh(np.atleast_2d(np.cov(steps.T)))
    found: Doubles = directions[:, -1]
    # c1 weighs lows against highs; bright is where it falls.
    return -found if found[0] > 0 else found


def on_one_scale(curves: Mapping[int, Doubles]) -> dict[int, list[float]]:
    """Curves (STEPS,) as VALUES numbers 0 .. 1 around 0.5; only the very widest swings of them all reach the edges."""
    halved = {cluster: curve.reshape(VALUES, -1).mean(axis=1) for cluster, curve in curves.items()}
    centred = {cluster: curve - curve.mean() for cluster, curve in halved.items()}
    wide = max(float(np.quantile(np.abs(np.concatenate(list(centred.values()))), WIDE)), 1e-9)
    scaled = {cluster: np.clip(0.5 + 0.5 * curve / wide, 0.0, 1.0) for cluster, curve in centred.items()}
    return {cluster: [round(float(value), 3) for value in curve] for cluster, curve in scaled.items()}


def _typical_start_s(clean: Passages, song: int, projection: Projection, middle: Floats) -> float:
    """Where the passage of the song itself begins that is nearest to the middle of its mood."""
    its = clean.of((clean.songs == song) & (clean.parts == 0))
    return float(its.starts_s[int((projection.embed(its.statistics) @ middle).argmax())])


def _evened(excerpt: Doubles, n: int) -> Doubles:
    """An excerpt of any length drawn out to n steps."""
    if len(excerpt) == n:
        return excerpt
    places = np.linspace(0, len(excerpt) - 1, n)
    return np.stack([np.interp(places, np.arange(len(excerpt)), column) for column in excerpt.T], axis=1)
