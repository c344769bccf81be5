"""Where the engine's candidates come from. The catalogue satisfies this; so does a fake in the tests."""

from collections.abc import Sequence
from typing import Protocol

from musicrec_desktop.core.types import Floats, MfccSequence, PackedPassages, PassageTable, Track, TrackId


class CandidateSource(Protocol):
    """Read-only questions about analysed tracks of the program's own feature fingerprint."""

    def generation(self) -> int:
        """A counter that is another one after every change; equal means nothing changed."""
        ...

    def passages(self, model_id: str) -> PassageTable:
        """Every passage that is embedded under this model."""
        ...

    def packed(self, model_id: str) -> PackedPassages | None:
        """The same of a large catalogue, packed; None where it is small."""
        ...

    def sequences(self, track_ids: Sequence[TrackId]) -> dict[TrackId, MfccSequence]:
        """The MFCC sequences of these tracks; unknown ids are left out."""
        ...

    def statistics(self, track_id: TrackId) -> tuple[Floats, Floats]:
        """Passage starts in seconds (n,) and statistics (n, n_statistics); raises UnknownTrack.

        A song may have come with its embeddings alone: (n, 0).
        """
        ...

    def statistics_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, tuple[Floats, Floats]]:
        """As `statistics`, of several tracks; unknown ids are left out."""
        ...

    def tracks_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, Track]:
        """These tracks; unknown ids are left out."""
        ...
