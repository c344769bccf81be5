"""What the central catalogue hands to a client: releases, their tracks, their models. Frozen values, no database."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from musicrec_desktop.core.types import TrackId


@dataclass(frozen=True, slots=True)
class Release:
    """A published state of the central catalogue.

    Release numbers only grow. `content` numbers the states of the catalogue's songs in the order in which they were
    made: a rollback is a new release of an earlier content.
    """

    catalogue_id: str  # another one means: start over
    number: int
    content: int
    model_id: str  # sha256 of the network that its embeddings come from
    fingerprint: str  # of the features
    n_tracks: int
    digest: str  # `content_digest` of its tracks
    published_at: str  # UTC, ISO 8601 with seconds
    previews_at: str = ""  # https address that previews' names are appended to; empty: they are in the database
    note: str = ""


@dataclass(frozen=True, slots=True)
class CentralTrack:
    """One version of one song as it is published: all that a client needs to find, offer, draw and name it.

    Blobs are sealed (`catalogue.codec`) and are written into the local tables as they came.
    """

    track_id: TrackId  # the same in every release
    title: str
    artist: str
    album: str
    duration_s: float
    level_db: float
    fingerprint: str
    model_id: str
    summary: str  # JSON: mean and deviation of the eight families
    x: float  # where it stands on the map
    y: float
    preview: str  # sha256 of its preview, or empty
    preview_start_s: float  # where in the song the preview begins; 0 without one
    starts: bytes  # float32 (n_passages,)
    vectors: bytes  # int8 (n_passages, d)
    scales: bytes  # float32 (n_passages,)
    probabilities: bytes  # float32 (n_moods,)
    sequence_rate: float
    sequence_scale: bytes  # float32 (n_coefficients,)
    sequence_steps: bytes  # packed: `catalogue.codec.sealed_steps`
    sound_print: bytes  # uint8 (12, 14)

    def digest(self) -> str:
        """sha256 of all of it, in hex: the same values have the same digest, on both sides of the link."""
        parts: list[bytes] = []
        for name in _NAMES:
            value = getattr(self, name)
            data = value if isinstance(value, bytes) else str(value).encode()
            parts += (len(data).to_bytes(8, "little"), data)
        # In one go: hashlib gives up the interpreter for every large part, and waits for it again.
        return hashlib.sha256(b"".join(parts)).hexdigest()


_NAMES = tuple(field.name for field in fields(CentralTrack))


@dataclass(frozen=True, slots=True)
class PreviewRef:
    """Which preview a song has, and where in the song it begins."""

    sha256: str
    start_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A preview on this computer, and which part of its song it is."""

    path: Path
    start_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class CentralModel:
    """A model as bytes, to be verified before it is used: `model_id` is the sha256 of the network."""

    model_id: str
    network: bytes  # mood.onnx
    card: bytes  # mood.json
    card_sha256: str


def content_digest(tracks: Iterable[tuple[str, str]]) -> str:
    """One digest of a whole content from the id and digest of each track, in whatever order they come."""
    found = hashlib.sha256()
    for track_id, digest in sorted(tracks):
        found.update(f"{track_id} {digest}\n".encode())
    return found.hexdigest()
