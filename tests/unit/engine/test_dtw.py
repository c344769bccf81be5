"""DTW against tslearn: distances within 1e-4, the same paths."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from tslearn.metrics import dtw as tslearn_dtw
from tslearn.metrics import dtw_path as tslearn_path

from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats
from musicrec_desktop.engine import dtw
from musicrec_desktop.engine.alignment import normalised
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import take_sequence

SPEC = FeatureSpec()
CLOSE = 1e-4
RADII = [None, 1, 5, 20]


def random_walks(k: int, m: int, d: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=(k, m, d)).cumsum(axis=1).astype(np.float32)


@pytest.fixture(scope="module")
def real_sequences(music: Path) -> Floats:
    """Normalised MFCC of six seconds of twelve songs, shape (12, 64, 12)."""
    found = []
    for path in sorted((music / "catalogue").rglob("*.ogg"))[::11]:
        sr = soundfile.info(path).samplerate
        samples, _ = soundfile.read(path, start=10 * sr, frames=6 * sr, dtype="float32")
        take = resample(Excerpt.from_samples(samples, sr), SPEC.sr)
        found.append(normalised(take_sequence(extract_features(take, SPEC), SPEC)))
    return np.stack(found)


def expected_distances(query: Floats, candidates: Floats, radius: int | None) -> list[float]:
    limits = {} if radius is None else {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": radius}
    return [float(tslearn_dtw(query.astype(float), each.astype(float), **limits)) for each in candidates]


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize(("n", "d"), [(1, 3), (2, 1), (40, 12), (64, 5)])
def test_random_sequences_of_one_length(n: int, d: int, radius: int | None) -> None:
    sequences = random_walks(8, n, d)
    found = dtw.distances(sequences[0], sequences, radius=radius)
    assert found == pytest.approx(expected_distances(sequences[0], sequences, radius), abs=CLOSE, rel=1e-6)


@pytest.mark.parametrize(("n", "m"), [(1, 30), (30, 1), (20, 33), (50, 31)])
def test_random_sequences_of_two_lengths(n: int, m: int) -> None:
    query, candidates = random_walks(1, n, 4)[0], random_walks(6, m, 4, seed=2)
    found = dtw.distances(query, candidates)
    assert found == pytest.approx(expected_distances(query, candidates, None), abs=CLOSE, rel=1e-6)


@pytest.mark.parametrize("radius", RADII)
def test_real_sequences(real_sequences: Floats, radius: int | None) -> None:
    for query in real_sequences[:4]:
        found = dtw.distances(query, real_sequences, radius=radius)
        assert found == pytest.approx(expected_distances(query, real_sequences, radius), abs=CLOSE)


def test_real_sequences_of_two_lengths(real_sequences: Floats) -> None:
    query = real_sequences[0][:45]
    found = dtw.distances(query, real_sequences)
    assert found == pytest.approx(expected_distances(query, real_sequences, None), abs=CLOSE)


@pytest.mark.parametrize("radius", [None, 5])
def test_paths_are_tslearns(real_sequences: Floats, radius: int | None) -> None:
    limits = {} if radius is None else {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": radius}
    for a, b in zip(real_sequences[:5], real_sequences[5:10], strict=True):
        expected, distance = tslearn_path(a.astype(float), b.astype(float), **limits)
        path, found = dtw.path(a, b, radius=radius)
        assert path == [(int(i), int(j)) for i, j in expected]
        assert found == pytest.approx(distance, abs=CLOSE)


def test_paths_between_two_lengths_are_tslearns() -> None:
    a, b = random_walks(1, 25, 3)[0], random_walks(1, 40, 3, seed=5)[0]
    expected, distance = tslearn_path(a.astype(float), b.astype(float))
    path, found = dtw.path(a, b)
    assert path == [(int(i), int(j)) for i, j in expected]
    assert found == pytest.approx(distance, abs=CLOSE)


@pytest.mark.parametrize("radius", [0, 3, None])
def test_a_path_is_a_path_within_its_band(radius: int | None) -> None:
    a, b = random_walks(1, 30, 3)[0], random_walks(1, 34, 3, seed=9)[0]
    path, distance = dtw.path(a, b, radius=radius)
    assert path[0] == (0, 0)
    assert path[-1] == (29, 33)
    steps = {(i2 - i1, j2 - j1) for (i1, j1), (i2, j2) in zip(path, path[1:], strict=False)}
    assert steps <= {(1, 0), (0, 1), (1, 1)}
    if radius is not None:
        assert max(abs(i - j) for i, j in path) <= max(radius, 4)
    assert distance == pytest.approx(float(dtw.distances(a, b[None], radius=radius)[0]), abs=CLOSE)


def test_a_sequence_is_at_no_distance_from_itself() -> None:
    walks = random_walks(3, 50, 12)
    found = dtw.distances(walks[1], walks, radius=0)
    assert found[1] == pytest.approx(0.0, abs=1e-3)
    assert found[[0, 2]].min() > 1.0


def test_no_candidates_no_distances() -> None:
    assert dtw.distances(random_walks(1, 10, 3)[0], np.zeros((0, 12, 3), dtype=np.float32)).shape == (0,)
