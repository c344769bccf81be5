"""Blobs: what was sealed comes back, and a flipped bit is noticed."""

import numpy as np
import pytest

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
