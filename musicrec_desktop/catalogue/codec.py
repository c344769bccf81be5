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
_PARTS = 256  # of one, in which the distance of two levels is told
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


def verified(blob: bytes, dtype: np.dtype[Any]) -> int:
    """How many numbers a blob holds that is sound; raises DamagedBlob."""
    size = len(_checked(blob))
    if size % dtype.itemsize:
        raise DamagedBlob(f"{size} bytes are no whole numbers")
    return size // dtype.itemsize


def verified_steps(steps: bytes, n: int) -> None:
    """Raises DamagedBlob unless an MFCC sequence of n coefficients is sound, packed or plain, without unpacking it."""
    packed = memoryview(steps)[SEAL:]
    if _seal(packed, PACKED) == steps[:SEAL]:
        _check_packed(packed, n)
    elif n == 0 or verified(steps, INT8) % n:
        raise DamagedBlob(f"{len(steps)} bytes of steps for {n} coefficients")


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

    Their number n_coefficients, the lowest and the highest value of each, then each value as one of 16 levels between
    the two: coefficient by coefficient, the first half of them in the upper halves of the bytes. Sealing what was
    restored changes nothing.
    """
    n_steps, n = values.shape
    low, high = values.min(axis=0, initial=127), values.max(axis=0, initial=-128)
    nearest = np.zeros((n + n % 2, n_steps), np.uint8)
    nearest[:n] = np.rint((values - low.astype(np.float64)) / (_step(low, high) / _PARTS)).T
    upper, lower = np.split(nearest, 2)
    packed: bytes = bytes([n]) + low.tobytes() + high.tobytes() + (upper << 4 | lower).tobytes()
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
    _check_packed(packed, n)
    n_pairs, head = (n + 1) // 2, 1 + 2 * n
    low, high = np.frombuffer(packed[1:head], np.int8).reshape(2, n)
    pairs = np.frombuffer(packed[head:], np.uint8).reshape(n_pairs, -1)
    level = np.empty((2 * n_pairs, pairs.shape[1]), np.uint16)
    level[:n_pairs], level[n_pairs:] = pairs >> 4, pairs & (LEVELS - 1)
    above = level[:n] * _step(low, high)[:, None]  # at most 15 x 4352
    above += _PARTS // 2
    above >>= 8
    values = above.astype(np.uint8) + low.view(np.uint8)[:, None]  # beyond 255 it begins anew, as int8 do
    return values.view(np.int8).T


def _check_packed(packed: memoryview, n: int) -> None:
    n_pairs, head = (n + 1) // 2, 1 + 2 * n
    if n == 0 or len(packed) < head or packed[0] != n or (len(packed) - head) % n_pairs:
        raise DamagedBlob(f"{len(packed)} packed bytes for {n} coefficients")


def _step(low: NDArray[np.int8], high: NDArray[np.int8]) -> NDArray[np.uint16]:
    """Between two levels, in 256ths; never less than one, which loses nothing."""
    widths = np.maximum(high.astype(np.int64) - low, 0)  # no steps at all: high is below low
    step: NDArray[np.uint16] = np.rint(np.maximum(widths / (LEVELS - 1), 1.0) * _PARTS).astype(np.uint16)
    return step


def _seal(numbers: memoryview, begin: int = 0) -> bytes:
    return zlib.crc32(numbers, begin).to_bytes(SEAL, "little")


def _checked(blob: bytes) -> memoryview:
    numbers = memoryview(blob)[SEAL:]
    if _seal(numbers) != blob[:SEAL]:
        raise DamagedBlob("a stored array does not match its checksum")
    return numbers
