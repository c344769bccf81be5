"""How far apart passages of different songs usually are."""

import numpy as np
import pytest

from musicrec_desktop.core.types import MfccSequence, Reason, frozen
from musicrec_desktop.curator import calibrate
from musicrec_desktop.features.statistics import N_STATISTICS

RATE, N_STEPS = 10.0, 60


def song(seed: int, *, n_steps: int = 150) -> calibrate._Song:
    values = np.random.default_rng(seed).integers(-127, 128, (n_steps, 12)).astype(np.int8)
    sequence = MfccSequence(frozen(values), frozen(np.ones(12, dtype=np.float32)), RATE)
    starts = np.array([0.0, 3.0, 6.0], dtype=np.float32)
    return calibrate._Song(starts, np.zeros((3, N_STATISTICS), dtype=np.float32), sequence)


def test_the_usual_distance_in_movement_is_of_passages_of_different_songs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate, "MOVEMENT_PAIRS", 60)
    catalogue = [song(seed) for seed in range(4)]
    found = calibrate._typical_movement(catalogue, 0, N_STEPS)
    assert set(found) == {Reason.MOVEMENT.value}
    assert 1 < found["movement"] < 10
    assert calibrate._typical_movement([song(1)] * 4, 0, N_STEPS)["movement"] < found["movement"]


def test_songs_too_short_to_tell_have_no_usual_distance_in_movement() -> None:
    assert calibrate._typical_movement([song(seed, n_steps=40) for seed in range(4)], 0, N_STEPS) == {}
