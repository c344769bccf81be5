"""Arrays as blobs: a checksum, then the numbers, little-endian and row by row."""

import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from musicrec_desktop.core.types import Floats, MfccSequence, frozen

FLOAT32, FLOAT16, INT8, UINT8 = np.dtype("<f4"), np.dtype("<f2"), np.dtype("i1"), np.dtype("u1")
SEAL = 4  # bytes of checksum
_FLOAT16_LIMIT = float(np.finfo(np.float16).max)


class DamagedBlob(ValueError):
    """A blob whose checksum or length is wrong."""


def sealed(array: NDArray[Any], dtype: DTypeLike) -> bytes:
    """The blob of an array."""
    numbers = np.ascontiguousarray(array, dtype=dtype).tobytes()
    return zlib.crc32(numbers).to_bytes(SEAL, "little") + numbers


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


def restored_sequence(steps: bytes, scale: bytes, rate: float) -> MfccSequence:
    """An MFCC sequence from its columns."""
    scales = unsealed([scale], FLOAT32)
    values = unsealed([steps], INT8)
    if scales.size == 0 or values.size % scales.size:
        raise DamagedBlob(f"{values.size} steps for {scales.size} coefficients")
    return MfccSequence(values.reshape(-1, scales.size), scales, rate)


def _checked(blob: bytes) -> memoryview:
    numbers = memoryview(blob)[SEAL:]
    if zlib.crc32(numbers).to_bytes(SEAL, "little") != blob[:SEAL]:
        raise DamagedBlob("a stored array does not match its checksum")
    return numbers
