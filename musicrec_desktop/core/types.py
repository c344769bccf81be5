"""The values that rooms and threads hand to one another. All frozen; arrays inside are read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, NewType

import numpy as np
from numpy.typing import NDArray

TrackId = NewType("TrackId", str)
RequestId = NewType("RequestId", int)
Floats = NDArray[np.float32]

Verdict = Literal["match", "similar", "none"]
RefusalReason = Literal["too_short", "too_quiet", "clipped", "not_music", "nothing_close", "empty_catalogue"]
Source = Literal["own", "central", "demo"]


class Reason(StrEnum):
    """Why a track is recommended: the kinds of likeness that have a distance of their own."""

    TIMBRE = "timbre"
    RHYTHM = "rhythm"
    TEMPO = "tempo"
    HARMONY = "harmony"
    BRIGHTNESS = "brightness"
    MOVEMENT = "movement"  # how the sound goes on from moment to moment
    MOOD = "mood"


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The array itself, made read-only."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Mono samples in -1..1 with their rate. Build it with `from_samples`, which checks once."""

    samples: Floats
    sr: int

    @classmethod
    def from_samples(cls, samples: NDArray[Any], sr: int) -> "Excerpt":
        """Samples (n,) mono or (n, channels), any float or integer PCM type; channels are averaged.

        Raises ValueError for another shape or a rate that is not positive; what is not finite becomes 0.
        """
        if samples.ndim not in (1, 2) or sr <= 0:
            raise ValueError(f"samples of shape {samples.shape} at {sr} Hz")
        if np.issubdtype(samples.dtype, np.integer):
            samples = samples.astype(np.float32) / float(np.iinfo(samples.dtype).max)
        mono = samples if samples.ndim == 1 else samples.mean(axis=1)
        owned = np.array(mono, dtype=np.float32)
        np.nan_to_num(owned, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        return cls(frozen(owned), sr)

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sr

    def part(self, start_s: float, duration_s: float) -> "Excerpt":
        """The samples from `start_s` on, at most `duration_s` of them (a view)."""
        start = max(0, round(start_s * self.sr))
        return Excerpt(self.samples[start : start + round(duration_s * self.sr)], self.sr)


@dataclass(frozen=True, slots=True)
class Features:
    """The eight families frame by frame; one column per hop, frame t centred on sample t * hop_length.

    Definitions are librosa's. `harmonic` and `percussive` are energies per frame (mel power sums after
    median-filter separation), `onset` is the onset strength, `bands` sixteen wide mel bands in dB.
    """

    fingerprint: str
    frame_rate: float  # frames per second
    duration_s: float
    rms: Floats  # (n_frames,) linear
    centroid_hz: Floats  # (n_frames,)
    rolloff_hz: Floats  # (n_frames,)
    zcr: Floats  # (n_frames,) crossings per sample
    flatness: Floats  # (n_frames,) 0..1
    chroma: Floats  # (12, n_frames) 0..1
    mfcc: Floats  # (n_mfcc, n_frames)
    onset: Floats  # (n_frames,)
    harmonic: Floats  # (n_frames,)
    percussive: Floats  # (n_frames,)
    bands: Floats  # (n_bands, n_frames) dB
    tempo_bpm: float  # 0 when nothing beats

    @property
    def n_frames(self) -> int:
        return len(self.rms)


@dataclass(frozen=True, slots=True)
class MfccSequence:
    """MFCC c1.. over a whole track for DTW, about ten steps a second, one byte a value."""

    values: NDArray[np.int8]  # (n_steps, n_coefficients)
    scale: Floats  # (n_coefficients,); value * scale = MFCC
    rate: float  # steps per second

    def mfcc(self) -> Floats:
        """MFCC as floats, shape (n_steps, n_coefficients)."""
        return self.values.astype(np.float32) * self.scale


@dataclass(frozen=True, slots=True)
class TrackAnalysis:
    """What the extractor keeps of one recording."""

    fingerprint: str
    duration_s: float
    level_db: float  # RMS dBFS of the whole
    passage_starts_s: Floats  # (n_passages,)
    statistics: Floats  # (n_passages, n_statistics): input of the model
    sequence: MfccSequence
    summary: Mapping[str, float]  # mean and deviation of the eight families over the whole, tempo_bpm
    sound_print: NDArray[
        np.uint8
    ]  # (12, 14): mel bands by time around the middle, for pictures; row 0 is the highest band


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file says of itself; empty where it says nothing."""

    title: str = ""
    artist: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A catalogued recording as people see it."""

    track_id: TrackId
    path: Path | None  # None when there is no local file
    title: str
    artist: str
    album: str
    duration_s: float
    mood_id: int | None  # None only without a model
    source: Source


@dataclass(frozen=True, slots=True)
class Mood:
    """One of the ten tiles. `id` is also the slot of its colour and mark; `key` never changes."""

    id: int
    key: str
    name_ko: str  # the tile's title; `|` marks the preferred line break
    name_en: str
    short_ko: str
    short_en: str
    description_ko: str
    description_en: str
    # The brightness of some six seconds of its most typical songs, brought together: 0..1, 0.5 where it stands
    # still, on one scale for all moods; empty when the model says nothing of it.
    movement: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageTable:
    """Every passage embedding of the catalogue under one model, ready for one matrix product."""

    model_id: str
    generation: int  # the catalogue's counter when this was read
    track_ids: Sequence[TrackId]  # (n_tracks,)
    track_index: NDArray[np.int32]  # (n_passages,), ascending: row -> position in track_ids
    starts_s: Floats  # (n_passages,)
    embeddings: Floats  # (n_passages, n_dimensions), unit length
    mood_probabilities: Floats  # (n_tracks, n_moods)


@dataclass(frozen=True, slots=True)
class PackedPassages:
    """The passages of a large catalogue under one model, a byte a number, mostly in mapped files.

    An embedding of unit length is (steps - 128) * scale; the passages of track i are rows begins[i] .. begins[i + 1].
    """

    model_id: str
    generation: int  # the catalogue's counter when this was read
    track_ids: Sequence[TrackId]  # (n_tracks,), ascending
    begins: NDArray[np.int64]  # (n_tracks + 1,)
    starts_s: Floats  # (n_passages,)
    steps: NDArray[np.uint8]  # (n_passages, n_dimensions)
    scales: Floats  # (n_passages,)
    centres: Floats  # (n_tracks, n_dimensions), unit length: the track as a whole
    mood_probabilities: Floats  # (n_tracks, n_moods)


@dataclass(frozen=True, slots=True)
class MoodGuess:
    mood: Mood
    probability: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One row of "sounds like this"."""

    rank: int  # from 1
    track: Track
    score: float  # closeness, 0..100
    at_s: float  # where in the track the matching passage begins
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SameRecording:
    """ "This is ..." """

    track: Track
    at_s: float  # where in the track the take begins
    confidence: float  # 0..1, calibrated


@dataclass(frozen=True, slots=True)
class Answer:
    """What the recommender says of one excerpt."""

    start_s: float  # the part that was asked about, in the file or recording
    duration_s: float
    level_db: float | None  # RMS dBFS; None where it was not reached
    verdict: Verdict
    reason: RefusalReason | None  # not None exactly when the verdict is "none"
    moods: tuple[MoodGuess, ...]  # all moods, most probable first; empty where it was not reached
    same_recording: SameRecording | None
    recommendations: tuple[Recommendation, ...]
    measured: Mapping[str, float]  # of a refusal: "value" and the "needed" it was held against

    @property
    def mood(self) -> MoodGuess | None:
        return self.moods[0] if self.moods else None


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """One question to the analysis thread."""

    request_id: RequestId
    excerpt: Excerpt
    start_s: float = 0.0
    limit: int = 24
    per_artist: int = 2
    exclude: TrackId | None = None  # "similar to this track" leaves the track itself out
