"""What goes into the catalogue and is not a track: stamps of files, embeddings of one track."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.core.central import Release
from musicrec_desktop.core.types import Floats, TrackId

# statistics (n, n_statistics) -> embeddings (n, d) of unit length, mood probabilities (n, n_moods)
ModelRun = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """How a file is recognised: unread by size and time, read by its content."""

    size: int
    mtime_ns: int
    content_hash: str

    def unread(self) -> tuple[int, int]:
        return self.size, self.mtime_ns


@dataclass(frozen=True, slots=True)
class Embedded:
    """What one model says of one track."""

    model_id: str
    embeddings: Floats  # (n_passages, n_dimensions), unit length
    mood_probabilities: Floats  # (n_moods,)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file the catalogue has met, and the track it belongs to."""

    track_id: TrackId
    path: Path | None
    size: int
    mtime_ns: int
    content_hash: str
    fingerprint: str
    track_path: Path | None  # differs from `path` when this file is a further copy of the track's own

    def unread(self) -> tuple[int, int]:
        return self.size, self.mtime_ns


@dataclass(frozen=True, slots=True)
class HeldContent:
    """A content of the central catalogue in the local file, and how much of it has been staged."""

    local: int  # its number here; they grow
    release: Release
    whole: bool  # staged from the beginning: pages hold every track
    after: int  # else they hold what differs from this content of the central catalogue; 0 for a whole one
    reached: str  # the last track that was staged; empty at the beginning
    gone_reached: str  # the last track that was staged as gone
    complete: bool  # nothing more is to come; it may be switched to when count and digest agree


def embed(model_id: str, run: ModelRun, statistics: Floats) -> Embedded:
    """One track through the model; its moods are the mean over its passages."""
    embeddings, probabilities = run(statistics)
    return Embedded(model_id, embeddings, probabilities.mean(axis=0))
