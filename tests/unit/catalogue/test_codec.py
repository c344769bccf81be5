"""Blobs: what was sealed comes back, and a flipped bit is noticed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from musicrec_desktop.catalogue.codec import (
    FLOAT16,
    FLOAT32,
    INT8,
    DamagedBlob,
    as_stored,
    n_numbers,
    quantised,
    restored,
    restored_sequence,
    rows,
    sealed,
    sealed_steps,
    unsealed,
    verified,
)


def test_several_blobs_come_back_as_one_array() -> None:
    parts = [np.arange(3, dtype=np.float32), np.zeros(0, np.float32), np.array([7.5], np.float32)]
    blobs = [sealed(part, FLOAT32) for part in parts]
    assert [n_numbers(blob, FLOAT32) for blob in blobs] == [3, 0, 1]
    np.testing.assert_array_equal(unsealed(blobs, FLOAT32), [0, 1, 2, 7.5])


def test_every_flipped_bit_is_noticed() -> None:
    blob = sealed(np.arange(5, dtype=np.float32), FLOAT16)
    for bit in range(8 * len(blob)):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DamagedBlob):
            unsealed([bytes(flipped)], FLOAT16)
        with pytest.raises(DamagedBlob):
            verified(bytes(flipped), FLOAT16)
    assert verified(blob, FLOAT16) == 5


@pytest.mark.parametrize("cut", [0, 2, 4, 9])
def test_a_cut_blob_is_noticed(cut: int) -> None:
    with pytest.raises(DamagedBlob):
        unsealed([sealed(np.arange(5, dtype=np.float32), FLOAT32)[:cut]], FLOAT32)


def test_rows_must_divide() -> None:
    with pytest.raises(DamagedBlob):
        verified(sealed(np.zeros(7), INT8), FLOAT32)
    with pytest.raises(DamagedBlob):
        rows(np.zeros(7, np.float32), 2)
    with pytest.raises(DamagedBlob):
        restored_sequence(sealed(np.zeros(7), INT8), sealed(np.ones(2), FLOAT32), 10.0)


def test_quantised_vectors_have_unit_length_and_the_same_direction() -> None:
    vectors = np.random.default_rng(0).normal(size=(500, 100)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    again = restored(*quantised(vectors))
    assert again.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(again, axis=1), 1.0, atol=1e-6)
    cosines = np.einsum("ij,ij->i", vectors, again)
    assert cosines.min() > 0.9998
    products, expected = again @ again.T, vectors @ vectors.T
    assert np.abs(products - expected).max() < 0.01


def test_a_zero_vector_stays_zero() -> None:
    np.testing.assert_array_equal(restored(*quantised(np.zeros((2, 4), np.float32))), np.zeros((2, 4)))


def test_stored_precision_is_reached_in_one_step() -> None:
    wild = np.array([[1.23456, -1e9, np.nan, np.inf]], np.float32)
    stored = as_stored(wild)
    np.testing.assert_array_equal(as_stored(stored), stored)
    assert np.isfinite(stored).all()
    assert stored[0, 0] == pytest.approx(1.23456, rel=1e-3)


# -- packed sequences

SCALES = np.array([0.5, 2.0, 1.0], np.float32)


def steps(n: int = 200, c: int = 3, peak: int = 128) -> NDArray[np.int8]:
    return np.random.default_rng(n + c).integers(-peak, peak, (n, c)).astype(np.int8)


def packed(values: NDArray[np.int8]) -> NDArray[np.int8]:
    return restored_sequence(sealed_steps(values), sealed(np.ones(values.shape[1]), FLOAT32), 10.0).values


@pytest.mark.parametrize("c", [1, 2, 3, 12])
@pytest.mark.parametrize("n", [0, 1, 200])
def test_a_packed_sequence_comes_back_to_within_half_a_level(n: int, c: int) -> None:
    values, found = steps(n, c), packed(steps(n, c))
    assert found.shape == (n, c)
    assert found.dtype == np.int8
    assert not found.flags.writeable
    assert np.abs(found.astype(int) - values).max(initial=0) <= 255 / 15 / 2 + 0.5
    assert len(sealed_steps(values)) == 5 + 2 * c + n * ((c + 1) // 2)


def test_packing_twice_changes_nothing() -> None:
    for peak in (1, 5, 8, 9, 20, 50, 128):
        once = packed(steps(peak=peak))
        np.testing.assert_array_equal(packed(once), once)


def test_few_levels_are_kept_exactly() -> None:
    values = steps(peak=8)
    np.testing.assert_array_equal(packed(values), values)
    still = np.full((9, 3), -128, np.int8)
    np.testing.assert_array_equal(packed(still), still)


def test_a_plain_sequence_is_read_as_before() -> None:
    values = steps()
    found = restored_sequence(sealed(values, INT8), sealed(SCALES, FLOAT32), 10.0)
    np.testing.assert_array_equal(found.values, values)


def test_a_packed_sequence_is_never_read_as_plain_numbers() -> None:
    with pytest.raises(DamagedBlob):
        unsealed([sealed_steps(steps())], INT8)


def test_every_flipped_bit_of_a_packed_sequence_is_noticed() -> None:
    blob, scale = sealed_steps(steps(5)), sealed(SCALES, FLOAT32)
    for bit in range(8 * len(blob)):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DamagedBlob):
            restored_sequence(bytes(flipped), scale, 10.0)


@pytest.mark.parametrize("n_scales", [0, 1, 2, 7, 400])
def test_packed_steps_must_fit_their_scales(n_scales: int) -> None:
    with pytest.raises(DamagedBlob):
        restored_sequence(sealed_steps(steps(200, 12)), sealed(np.ones(n_scales), FLOAT32), 10.0)


@pytest.mark.parametrize("blob", [b"", b"\0\0\0", b"\1\0\0\0"])
def test_a_cut_sequence_is_noticed(blob: bytes) -> None:
    with pytest.raises(DamagedBlob):
        restored_sequence(blob, sealed(SCALES, FLOAT32), 10.0)
