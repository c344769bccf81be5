"""Other ways from a take to songs that sound like it: mean MFCC by librosa, and bliss-audio.

Each knows the songs by their position and gives all of them in order, the most alike first.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import soundfile

from bench import first_publication
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats

N_MFCC, SR = 20, 22050
Order = list[int]
Peer = Callable[[Excerpt], Order]


def nearest_first(asked: Floats, songs: Floats) -> Order:
    """Positions of `songs` (n, d) by their Euclidean distance from `asked` (d,); equal ones as they stand."""
    return [int(song) for song in np.argsort(np.linalg.norm(songs - asked, axis=1), kind="stable")]


def by_cosine(asked: Floats, songs: Floats) -> Order:
    """Positions of `songs` (n, d) by their cosine with `asked` (d,), the largest first; equal ones as they stand."""
    lengths = np.linalg.norm(songs, axis=1) * np.linalg.norm(asked)
    return [int(song) for song in np.argsort(-(songs @ asked) / np.maximum(lengths, 1e-9), kind="stable")]


def mfcc_summary(excerpt: Excerpt) -> Floats:
    """Means and deviations of twenty MFCC as librosa has them, (40,)."""
    import librosa

    mfcc = librosa.feature.mfcc(y=resample(excerpt, SR).samples, sr=SR, n_mfcc=N_MFCC)
    return np.concatenate([mfcc.mean(axis=1), mfcc.std(axis=1)])


def mfcc_cosine(songs: Iterable[Excerpt]) -> dict[str, Peer]:
    """As it is usually written, and with every number in deviations from the songs' mean, which helps it."""
    rows = np.stack([mfcc_summary(song) for song in songs])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    standardised = (rows - mean) / scale
    return {
        "MFCC cosine": lambda take: by_cosine(mfcc_summary(take), rows),
        "MFCC cosine, standardised": lambda take: by_cosine((mfcc_summary(take) - mean) / scale, standardised),
    }


def bliss(songs: Sequence[Path]) -> dict[str, Peer]:
    """Euclidean distance over bliss-audio's features of files; nothing, and why, where it is not installed."""
    try:
        from bliss_audio import Song
    except ImportError as error:
        print(f"bliss-audio is left out: {error}", file=sys.stderr)
        return {}
    rows = np.stack([np.array(Song(str(path)).analysis, dtype=np.float32) for path in songs])

    def order(take: Excerpt) -> Order:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "take.wav"
            soundfile.write(path, take.samples, take.sr, subtype="FLOAT")
            return nearest_first(np.array(Song(str(path)).analysis, dtype=np.float32), rows)

    return {"bliss-audio": order}


def published(songs: Iterable[Excerpt], spec: FeatureSpec, *, seed: int) -> dict[str, Peer]:
    """The first publication's pipeline (`bench.first_publication`)."""
    at_rate = [resample(song, spec.sr) for song in songs]
    pipeline = first_publication.opened(at_rate, spec, seed=seed)
    return {"first publication": lambda take: pipeline.order(first_publication.heard(resample(take, spec.sr), spec))}
