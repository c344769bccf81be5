"""One song's files to passage statistics: clean, through many random channels, and takes to judge by.

Twins are for learning, takes for measuring; the two never share a generator. Everything random follows from the
recipe's seed, the file's relative path and a number, so that the order of work and the place of the folder do not
matter.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from musicrec_desktop.audio import files
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats
from musicrec_desktop.curator.sources import SongSource, path_key
from musicrec_desktop.curator.store import AnalysedPart, Rendition, RenditionKind
from musicrec_desktop.curator.twins import twin
from musicrec_desktop.features.extract import MIN_DURATION_S, analyse_blocks, extract_features
from musicrec_desktop.features.passages import take_statistics

TWIN_STRETCH_S = 33.0  # of a longer recording, each twin hears another stretch of this length
MIN_RMS = 1e-3  # quieter passages are silence: a twin of silence would teach noise
_STREAMS: dict[RenditionKind, int] = {"twin": 1, "take": 2, "mic_take": 3}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which renditions of each part are made."""

    twins: int = 8
    takes: int = 4
    seed: int = 1

    def text(self) -> str:
        return f"twins={self.twins} takes={self.takes} seed={self.seed}"


def analyse_song(song: SongSource, recipe: Recipe, spec: FeatureSpec) -> Iterator[AnalysedPart]:
    """Every part of a song, one after the other; runs in a child process."""
    # One song per core is the parallelism; threads inside each would only get in one another's way.
    with threadpool_limits(1):
        for number, name in enumerate(song.parts):
            yield _analysed_part(song.folder / name, name, number, recipe, spec)


def _analysed_part(path: Path, name: str, number: int, recipe: Recipe, spec: FeatureSpec) -> AnalysedPart:
    state = _state(path)
    analysis = analyse_blocks(files.blocks(path, sr=spec.sr), spec)
    renditions = [Rendition("clean", 0, analysis.passage_starts_s, analysis.statistics)]
    for i in range(recipe.twins):
        renditions += _twin(path, i, _generator(recipe, name, "twin", i), analysis.duration_s, spec)
    renditions += _takes(path, recipe, name, analysis.duration_s, spec)
    return AnalysedPart(number, state.st_size, state.st_mtime_ns, analysis, tuple(renditions))


def _state(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        raise UndecodableFile(path=path, reason="missing", detail=str(error)) from error


def _generator(recipe: Recipe, name: str, kind: RenditionKind, number: int) -> np.random.Generator:
    return np.random.default_rng([recipe.seed, int(path_key(name)[:12], 16), _STREAMS[kind], number])


def _twin(
    path: Path, number: int, rng: np.random.Generator, duration_s: float, spec: FeatureSpec
) -> Iterator[Rendition]:
    """A stretch from a random place on, in takes of one passage each, every take through another channel."""
    room_s = max(0.0, duration_s - TWIN_STRETCH_S)
    start_s = rng.uniform(0.0, room_s + min(spec.passage_hop_s, max(0.0, duration_s - spec.passage_s)))
    excerpt = _cut(path, start_s, TWIN_STRETCH_S, spec)
    offsets = np.arange(0.0, max(excerpt.duration_s - MIN_DURATION_S, 0.01), spec.passage_s)
    heard = [(offset, _heard(excerpt.part(offset, spec.passage_s), rng, spec)) for offset in offsets]
    yield from _rendition("twin", number, [(start_s + offset, row) for offset, row in heard if row is not None])


def _takes(path: Path, recipe: Recipe, name: str, duration_s: float, spec: FeatureSpec) -> Iterator[Rendition]:
    """Takes at random places, and the same places through channels no twin went through."""
    places, channels = _generator(recipe, name, "take", 0), _generator(recipe, name, "mic_take", 0)
    clean: list[tuple[float, Floats]] = []
    mic: list[tuple[float, Floats]] = []
    for start_s in places.uniform(0.0, max(duration_s - spec.passage_s, 0.0), size=recipe.takes):
        take = _cut(path, start_s, spec.passage_s, spec)
        heard = _heard(take, channels, spec)
        if heard is not None:
            clean.append((start_s, _statistics(take, spec)))
            mic.append((start_s, heard))
    yield from _rendition("take", 0, clean)
    yield from _rendition("mic_take", 0, mic)


def _rendition(kind: RenditionKind, number: int, rows: Sequence[tuple[float, Floats]]) -> Iterator[Rendition]:
    if rows:
        starts = np.array([start_s for start_s, _ in rows], dtype=np.float32)
        yield Rendition(kind, number, starts, np.stack([row for _, row in rows]))


def _heard(take: Excerpt, rng: np.random.Generator, spec: FeatureSpec) -> Floats | None:
    """The statistics of a take through a random channel; None for silence and what is too short."""
    loud = np.sqrt(np.mean(np.square(take.samples))) if len(take.samples) else 0.0
    if loud < MIN_RMS or take.duration_s < MIN_DURATION_S:
        return None
    return _statistics(Excerpt.from_samples(twin(take.samples, take.sr, rng), take.sr), spec)


def _statistics(take: Excerpt, spec: FeatureSpec) -> Floats:
    """The statistics of the first passage of a take, as the program hears takes."""
    _, statistics = take_statistics(extract_features(take, spec), spec)
    first: Floats = statistics[0]
    return first


def _cut(path: Path, start_s: float, duration_s: float, spec: FeatureSpec) -> Excerpt:
    blocks = files.blocks(path, start_s=start_s, duration_s=duration_s, sr=spec.sr)
    samples = [block.samples for block in blocks]
    return Excerpt.from_samples(np.concatenate(samples) if samples else np.zeros(0, np.float32), spec.sr)
