"""Arrays as blobs: a checksum, then the numbers, little-endian and row by row."""

import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from musicrec_desktop.core.types import Floats, MfccSequence, frozen

FLOAT32, FLOAT16, INT8, UINT8 = np.dtype("<f4"), np.dtype("<f2"), np.dtype("i1"), np.dtype("u1")
SEAL = 4  # bytes of checksum
PACKED = 1  # what the checksum of packed numbers begins with; of plain ones 0, so that no blob can pass for both
LEVELS = 16  # that half a byte tells apart
_FLOAT16_LIMIT = float(np.finfo(np.float16).max)


class DamagedBlob(ValueError):
    """A blob whose checksum or length is wrong."""


def sealed(array: NDArray[Any], dtype: DTypeLike) -> bytes:
    """The blob of an array."""
    numbers = np.ascontiguousarray(array, dtype=dtype).tobytes()
    return _seal(memoryview(numbers)) + numbers


def unsealed(blobs: Iterable[bytes], dtype: DTypeLike) -> NDArray[Any]:
    """The numbers of several blobs one after another, flat and read-only; raises DamagedBlob."""
    return frozen(np.frombuffer(b"".join(map(_checked, blobs)), dtype=dtype))


def rows(flat: NDArray[Any], n_rows: int) -> NDArray[Any]:
    """A flat array as `n_rows` rows; raises DamagedBlob when it does not divide."""
    if n_rows == 0 or flat.size % n_rows:
        raise DamagedBlob(f"{flat.size} numbers in {n_rows} rows")
    return flat.reshape(n_rows, -1)


def n_numbers(blob: bytes, dtype: np.dtype[Any]) -> int:
    """How many numbers a blob holds."""
    return (len(blob) - SEAL) // dtype.itemsize


def as_stored(statistics: Floats) -> Floats:
    """Statistics in the precision the catalogue keeps: what is embedded at once equals what is embedded later."""
    within = np.clip(np.nan_to_num(statistics), -_FLOAT16_LIMIT, _FLOAT16_LIMIT)
    return within.astype(np.float16).astype(np.float32)


def quantised(embeddings: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Vectors (n, d) of unit length as int8 and one scale each, chosen so that they have unit length again."""
    peaks = np.maximum(np.abs(embeddings).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    steps = np.rint(embeddings / peaks * 127.0)
    lengths = np.maximum(np.linalg.norm(steps, axis=1), 1.0)
    return steps.astype(np.int8), (1.0 / lengths).astype(np.float32)


def restored(steps: NDArray[np.int8], scales: Floats) -> Floats:
    """The inverse of `quantised`."""
    vectors: Floats = np.multiply(steps, scales[:, None], dtype=np.float32)
    return vectors


def sealed_steps(values: NDArray[np.int8]) -> bytes:
    """The blob of an MFCC sequence (n_steps, n_coefficients), half a byte a number, for `restored_sequence`.

    Their number n_coefficients, the lowest and the highest value of each, then the steps row by row, each value as
    one of 16 levels between the two, the first of a pair in the upper half of its byte. Sealing what was restored
    changes nothing.
    """
    n_steps, n_coefficients = values.shape
    low, high = values.min(axis=0, initial=127), values.max(axis=0, initial=-128)
    nearest = np.zeros((n_steps, n_coefficients + n_coefficients % 2), np.uint8)
    nearest[:, :n_coefficients] = np.rint((values - low.astype(np.float64)) / _step(low, high))
    head = bytes([n_coefficients]) + low.tobytes() + high.tobytes()
    packed = head + (nearest[:, 0::2] << 4 | nearest[:, 1::2]).tobytes()
    return _seal(memoryview(packed), PACKED) + packed


def restored_sequence(steps: bytes, scale: bytes, rate: float) -> MfccSequence:
    """An MFCC sequence from its columns; its steps are packed, or plain as they were kept before."""
    scales = unsealed([scale], FLOAT32)
    if _seal(memoryview(steps)[SEAL:], PACKED) == steps[:SEAL]:
        return MfccSequence(frozen(_unpacked(memoryview(steps)[SEAL:], scales.size)), scales, rate)
    values = unsealed([steps], INT8)
    if scales.size == 0 or values.size % scales.size:
        raise DamagedBlob(f"{values.size} steps for {scales.size} coefficients")
    return MfccSequence(values.reshape(-1, scales.size), scales, rate)


def _unpacked(packed: memoryview, n: int) -> NDArray[np.int8]:
    """The inverse of `sealed_steps`, of `n` coefficients, without the seal."""
    n_pairs = (n + 1) // 2
    head = 1 + 2 * n
    if n == 0 or len(packed) < head or packed[0] != n or (len(packed) - head) % n_pairs:
        raise DamagedBlob(f"{len(packed)} packed bytes for {n} coefficients")
    low, high = np.frombuffer(packed[1:head], np.int8).reshape(2, n)
    levels = np.zeros((2 * n_pairs, LEVELS), np.int8)
    levels[:n] = np.rint(np.minimum(low[:, None] + np.outer(_step(low, high), np.arange(LEVELS)), high[:, None]))
    pairs = np.empty((n_pairs, LEVELS, LEVELS, 2), np.int8)  # for each byte the two values it stands for
    pairs[..., 0], pairs[..., 1] = levels[0::2, :, None], levels[1::2, None, :]
    places = np.frombuffer(packed[head:], np.uint8).reshape(-1, n_pairs) + np.arange(n_pairs) * LEVELS**2
    values = pairs.reshape(-1, 2).view(np.int16)[:, 0].take(places).view(np.int8)
    return values if n == 2 * n_pairs else np.ascontiguousarray(values[:, :n])


def _step(low: NDArray[np.int8], high: NDArray[np.int8]) -> NDArray[np.float64]:
    """Between two levels; never less than one, which loses nothing."""
    return np.maximum((high.astype(np.float64) - low) / (LEVELS - 1), 1.0)


def _seal(numbers: memoryview, begin: int = 0) -> bytes:
    return zlib.crc32(numbers, begin).to_bytes(SEAL, "little")


def _checked(blob: bytes) -> memoryview:
    numbers = memoryview(blob)[SEAL:]
    if _seal(numbers) != blob[:SEAL]:
        raise DamagedBlob("a stored array does not match its checksum")
    return numbers
