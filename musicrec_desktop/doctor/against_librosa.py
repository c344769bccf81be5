"""The features beside librosa's, family by family. Runs in a child: librosa compiles a part of itself on first use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features
from musicrec_desktop.features.extract import extract_features

SPEC = FeatureSpec()
STFT: dict[str, Any] = {"n_fft": SPEC.n_fft, "hop_length": SPEC.hop_length}
FRAMES: dict[str, Any] = {"frame_length": SPEC.n_fft, "hop_length": SPEC.hop_length}
# What may lie between ours and librosa's: absolute, but for flatness (relative) and rhythm (see there).
ALLOWED = {
    "mfcc": 5e-3,
    "chroma": 1e-4,
    "centroid": 0.01,
    "rolloff": 1.01 * SPEC.sr / SPEC.n_fft,
    "zcr": 1e-6,
    "flatness": 1e-3,
    "level": 1e-6,
    "rhythm": 0.02,
}
TEMPO = 0.04  # either way, from librosa's or an octave beside it

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class FeatureComparison:
    """`shares`: by family, the largest difference as a share of what is allowed."""

    version: str
    sounds: int
    shares: dict[str, float]


def compare_features(sounds: Sequence[Excerpt]) -> Iterator[FeatureComparison]:
    """All families on every sound, at the spec's rate; the first two are a chord and beats. Raises ImportError."""
    found = [_differences(sound, extract_features(sound, SPEC)) for sound in sounds]
    worst = {name: max(each[name] for each in found) for name in found[0]}
    shares = {name: difference / ALLOWED[name] for name, difference in worst.items()}
    shares["separation"] = _separation(sounds)
    shares["tempo"] = _tempo(sounds[1])
    yield FeatureComparison(version("librosa"), len(sounds), shares)


def trial_sounds() -> list[Excerpt]:
    """Six seconds each of a chord, of beats, and of a melody over both with a little noise; always the same."""
    t = np.arange(6 * SPEC.sr) / SPEC.sr
    chord = np.mean([np.sin(2 * np.pi * hz * t) for hz in (220.0, 277.2, 329.6)], axis=0)
    beats = np.sin(2 * np.pi * 1000 * t) * np.exp(-60 * (t % 0.5))
    rng = np.random.default_rng(1)
    note = np.floor(t / 0.25).astype(int)
    hz = 220 * 2 ** (rng.integers(0, 25, note.max() + 1)[note] / 12)
    melody = sum(np.sin(2 * np.pi * hz * k * (t % 0.25)) / k for k in (1, 2, 3, 5)) * np.exp(-6 * (t % 0.25))
    mixed = 0.3 * melody + 0.2 * beats + 0.1 * chord + 0.003 * rng.standard_normal(len(t))
    return [Excerpt.from_samples(0.5 * each, SPEC.sr) for each in (chord, beats, mixed)]


def _differences(sound: Excerpt, ours: Features) -> dict[str, float]:
    from librosa import feature, power_to_db, stft

    y, magnitude = sound.samples, np.abs(stft(sound.samples, **STFT))
    mel = feature.melspectrogram(S=magnitude**2, sr=SPEC.sr, n_mels=SPEC.n_mels)
    pairs: dict[str, tuple[Array, Array]] = {
        "mfcc": (ours.mfcc, feature.mfcc(S=power_to_db(_floored(mel), top_db=None), n_mfcc=SPEC.n_mfcc)),
        "chroma": (ours.chroma, feature.chroma_stft(S=magnitude**2, sr=SPEC.sr, tuning=0, n_chroma=SPEC.n_chroma)),
        "centroid": (ours.centroid_hz, feature.spectral_centroid(S=magnitude, sr=SPEC.sr)[0]),
        "rolloff": (ours.rolloff_hz, feature.spectral_rolloff(S=magnitude, sr=SPEC.sr)[0]),
        "zcr": (ours.zcr[1:-2], feature.zero_crossing_rate(y, **FRAMES)[0, 1:-2]),  # beyond its ends each has its way
        "level": (ours.rms, feature.rms(y=y, **FRAMES)[0]),
    }
    found = {name: float(np.abs(a - b).max()) for name, (a, b) in pairs.items()}
    flatness = feature.spectral_flatness(S=magnitude)[0]
    found["flatness"] = float((np.abs(ours.flatness - flatness) / np.maximum(flatness, ALLOWED["flatness"])).max())
    return found | {"rhythm": _rhythm(sound, ours)}


def _floored(mel: Array) -> Array:
    """The one departure from librosa: the floor lies below the loudest of the surrounding seconds."""
    reach = round(SPEC.horizon_s * SPEC.frame_rate)
    loudest = sliding_window_view(np.pad(mel.max(axis=0), reach), 2 * reach + 1).max(axis=1)
    return np.asarray(np.maximum(mel, loudest * 10 ** (-SPEC.floor_db / 10)))


def _rhythm(sound: Excerpt, ours: Features) -> float:
    """What the onset strengths lack of perfect correlation; nothing where nothing begins."""
    from librosa import onset

    expected = onset.onset_strength(y=sound.samples, sr=SPEC.sr, center=False, **STFT)[: ours.n_frames]
    if min(ours.onset.std(), expected.std()) < 1e-3:
        return 0.0
    return 1 - float(np.corrcoef(ours.onset, expected)[0, 1])


def _tempo(beats: Excerpt) -> float:
    """How far apart the tempos are, octaves aside."""
    from librosa import feature

    ours = extract_features(beats, SPEC).tempo_bpm
    theirs = float(np.atleast_1d(feature.tempo(y=beats.samples, sr=SPEC.sr))[0])
    return min(abs(ours / (theirs * octave) - 1) for octave in (0.5, 1.0, 2.0)) / TEMPO


def _separation(sounds: Sequence[Excerpt]) -> float:
    """0 where a chord holds more harmonic energy than beats do, by us as by librosa; else 2."""
    from librosa.effects import hpss

    def theirs(sound: Excerpt) -> float:
        harmonic, percussive = hpss(sound.samples)
        return float(np.sum(harmonic**2) / max(float(np.sum(percussive**2)), 1e-9))

    def mine(sound: Excerpt) -> float:
        found = extract_features(sound, SPEC)
        return float(found.harmonic.sum() / max(float(found.percussive.sum()), 1e-9))

    ranks: list[Callable[[Excerpt], float]] = [theirs, mine]
    return 0.0 if all(rank(sounds[0]) > rank(sounds[1]) for rank in ranks) else 2.0
