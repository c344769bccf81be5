"""Which songs of a catalogue are versions of one another: remixes, re-releases, songs made of the same loop.

Passages of one fit the other in time nearly as well as a recording fits itself: one very well, or several well (all
music that dies away at its end does so alike). Found from the MFCC sequences alone, without the engine's decisions.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, MfccSequence, TrackId
from musicrec_desktop.engine.alignment import correlations

SHARED, PASSAGES = 0.55, 2  # of strangers, single passages reach this, and only where both fade
SURELY_SHARED = 0.65
PASSAGE_S = 6.0
HOP_S = 3.0
Pair = tuple[TrackId, TrackId]


def versions(sequences: Mapping[TrackId, MfccSequence]) -> set[Pair]:
    """Pairs (a, b), in both orders, of which passages of one correlate so well with the other."""
    ids = list(sequences)
    everything = _side_by_side([sequences[name].mfcc() for name in ids])
    found: set[Pair] = set()
    for position, name in enumerate(ids):
        best = np.stack([correlations(cut, everything).max(axis=1) for cut in _passages(sequences[name])])
        same = ((best >= SHARED).sum(axis=0) >= PASSAGES) | (best >= SURELY_SHARED).any(axis=0)
        for other in np.flatnonzero(same).tolist():
            if other != position:
                found |= {(name, ids[other]), (ids[other], name)}
    return found


def _passages(sequence: MfccSequence) -> Iterator[Floats]:
    mfcc, n, hop = sequence.mfcc(), round(PASSAGE_S * sequence.rate), round(HOP_S * sequence.rate)
    for start in range(0, max(1, len(mfcc) - n + 1), hop):
        yield mfcc[start : start + n]


def _side_by_side(sequences: list[Floats]) -> NDArray[np.float32]:
    """(n_tracks, longest, n_coefficients), NaN behind the end of shorter ones."""
    longest = max(map(len, sequences))
    together = np.full((len(sequences), longest, sequences[0].shape[1]), np.nan, np.float32)
    for row, sequence in zip(together, sequences, strict=True):
        row[: len(sequence)] = sequence
    return together
