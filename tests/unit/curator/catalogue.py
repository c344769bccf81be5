"""A made-up archive for the curator's tests: songs whose passages scatter around a place of their own."""

from pathlib import Path

import numpy as np

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Floats, MfccSequence, TrackAnalysis
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import AnalysedPart, CentralStore, Rendition

N_STATISTICS = 24
RECIPE = "made up"


def made_up_store(
    work: Path, *, songs: int = 24, kinds: int = 4, seed: int = 0, store: CentralStore | None = None
) -> CentralStore:
    """Songs of several kinds, each with another part, clean passages, twins and takes; in the folder, or in `store`."""
    store = store or CentralStore.in_folder(work)
    rng = np.random.default_rng(seed)
    centres = 6.0 * rng.standard_normal((kinds, N_STATISTICS))
    for i in range(songs):
        kind = i % kinds
        centre = centres[kind] + 1.5 * rng.standard_normal(N_STATISTICS)
        path = f"{i:02d}.ogg"
        source = SongSource(work, path, other_part=f"other/{path}", title=f"song {i}", artist=f"artist {i % 5}")
        parts = [made_up_part(number, centre, kind=kind, rng=rng) for number in (0, 1)]
        store.save_song(source, parts, recipe=RECIPE)
    return store


def made_up_part(number: int, centre: Floats, *, kind: int, rng: np.random.Generator) -> AnalysedPart:
    def around(n: int, width: float) -> Floats:
        return (centre + width * rng.standard_normal((n, N_STATISTICS))).astype(np.float32)

    starts = np.arange(8, dtype=np.float32) * 3
    renditions = [Rendition("clean", 0, starts, around(8, 0.5))]
    renditions += [Rendition("twin", i, starts[::2], around(4, 0.8)) for i in range(2)]
    places = np.array([1.0, 5.0, 20.5], dtype=np.float32)
    renditions += [Rendition("take", 0, places, around(3, 0.5)), Rendition("mic_take", 0, places, around(3, 0.8))]
    analysis = TrackAnalysis(
        fingerprint=FeatureSpec().fingerprint(),
        duration_s=30.0,
        level_db=-20.0,
        passage_starts_s=starts,
        statistics=renditions[0].statistics,
        sequence=made_up_sequence(kind),
        summary=made_up_summary(kind),
        sound_print=np.zeros((12, 14), np.uint8),
    )
    return AnalysedPart(number, 1000, 2000, analysis, tuple(renditions))


def made_up_sequence(kind: int) -> MfccSequence:
    """Half a minute that swings as often as its kind's number says, darker and brighter."""
    rng = np.random.default_rng(kind)
    swing = np.sin(np.arange(320) / 10.8 * (kind + 1))
    values = 40 * swing[:, None] * np.array([-1.0, *[0.2] * 11]) + 4 * rng.standard_normal((320, 12))
    return MfccSequence(values.round().astype(np.int8), np.ones(12, np.float32), 10.8)


def made_up_summary(kind: int) -> dict[str, float]:
    """What a song of a kind sounds like: the higher its number, the faster, brighter and busier."""
    return {
        **{f"chroma_{i}_mean": 0.5 for i in range(12)},
        "tempo_bpm": 60.0 + 25.0 * kind,
        "centroid_hz_mean": 600.0 + 500.0 * kind,
        "harmonic_share_mean": 0.9 - 0.15 * kind,
        "onset_mean": 0.5 + kind,
        "flatness_mean": 10.0 ** (-4 + kind),
        "level_db_std": 5.0,
        "level_db_mean": -30.0 + 5.0 * kind,
    }
