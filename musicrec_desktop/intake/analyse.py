"""One file, from bytes to what the catalogue keeps: this runs in a sandbox child."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.audio.files import blocks
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Tags, TrackAnalysis
from musicrec_desktop.features.extract import analyse_blocks
from musicrec_desktop.intake.tags import read_tags


@dataclass(frozen=True, slots=True)
class AnalysedFile:
    tags: Tags
    analysis: TrackAnalysis


def analyse_file(path: Path, spec: FeatureSpec) -> Iterator[AnalysedFile]:
    """Yield the one result. Raises UndecodableFile, TooShort."""
    analysis = analyse_blocks(blocks(path, sr=spec.sr), spec)
    yield AnalysedFile(read_tags(path), analysis)
