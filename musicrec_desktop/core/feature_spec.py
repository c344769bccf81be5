"""What the numbers mean: every parameter of feature extraction, and its fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """Parameters of the feature extractor. Two specs with one fingerprint produce the same numbers.

    Lengths are in samples at `sr` unless the name says seconds.
    """

    sr: int = 22050
    n_fft: int = 2048
    hop_length: int = 1024
    n_mels: int = 128
    n_mfcc: int = 24
    n_chroma: int = 12
    floor_db: float = 70.0  # mel power further below the local peak than this is flattened
    horizon_s: float = 3.0  # what "local" means, to either side
    passage_s: float = 6.0
    passage_hop_s: float = 3.0
    sequence_n_mfcc: int = 12  # c1..c12; c0 follows loudness
    sequence_frames_per_step: int = 2  # frames averaged into one step of the MFCC sequence
    version: int = 3  # counted up when the code changes what a parameter means

    @property
    def frame_rate(self) -> float:
        """Frames per second."""
        return self.sr / self.hop_length

    @property
    def sequence_rate(self) -> float:
        """Steps of the MFCC sequence per second."""
        return self.frame_rate / self.sequence_frames_per_step

    def fingerprint(self) -> str:
        """Twelve hex digits that change whenever the numbers would."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
