"""What is written down before anything sounds: notes, parts and the piece."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.compose.voices import Voice


@dataclass(frozen=True, slots=True)
class Note:
    """Times in beats of the piece."""

    beat: float
    length: float
    midi: float
    velocity: float = 0.7  # 0..1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands, and what is around it."""

    level_db: float  # RMS where it plays, before the whole is levelled
    pan: float = 0.0  # -1 left .. 1 right
    spread: float = 0.0  # 0: one player in the middle; 1: two, one at either side
    room: float = 0.2  # how much of it goes into the reverb
    echo: float = 0.0  # strength of the repeats ...
    echo_beats: float = 0.75  # ... and their distance
    dull_hz: float = 0.0  # a low-pass; 0: none
    pump: float = 0.0  # how far the kick pushes it down
    strum_s: float = 0.0  # notes of one beat, one after another


@dataclass(frozen=True, slots=True)
class Part:
    voice: Voice
    notes: Sequence[Note]
    place: Place


@dataclass(frozen=True, slots=True)
class Room:
    """Reverb: seconds to -60 dB, and how dark it is."""

    length_s: float = 1.6
    dark_hz: float = 4000.0
    level: float = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """One song. `kicks` are the beats that push pumped parts down."""

    bpm: float
    n_beats: float
    parts: Sequence[Part]
    room: Room = field(default_factory=Room)
    swing: float = 0.0  # 0: even; 1/3: triplets; moves every second half of `swing_unit`
    swing_unit: float = 0.5  # beats
    loose_s: float = 0.006  # how far players stray from the beat
    kicks: Sequence[float] = ()
    tail_s: float = 2.6
    level_db: float = -16.5  # loudness of the whole
