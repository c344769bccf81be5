"""Arrays to bytes and back."""

import numpy as np

from musicrec_desktop.curator.arrays import packed, unpacked


def test_arrays_come_back_as_they_were_and_the_bytes_are_always_the_same() -> None:
    arrays = {"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "가": np.array(3.0), "none": np.zeros((0, 4))}
    payload = packed(arrays)
    assert payload == packed(arrays)
    found = unpacked(payload)
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)
