"""The ring: newest samples, positions that count on, and never a torn copy."""

import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from musicrec_desktop.audio.ring import Overwritten, SampleRing
from musicrec_desktop.core.types import Floats


def counted(begin: int, end: int) -> Floats:
    """Samples whose value is their position; exact in float32 up to 2**24."""
    return np.arange(begin, end, dtype=np.float32)


def filled(ring: SampleRing, n_samples: int, block: int) -> SampleRing:
    for begin in range(0, n_samples, block):
        ring.write(counted(begin, min(begin + block, n_samples)))
    return ring


@pytest.mark.parametrize("block", [1, 7, 64, 100])
def test_the_newest_samples_come_back(block: int) -> None:
    ring = filled(SampleRing(100, 44100), 1234, block)
    assert ring.written == 1234
    for n in (0, 1, 63, 100):
        np.testing.assert_array_equal(ring.latest(n), counted(1234 - n, 1234))
    np.testing.assert_array_equal(ring.latest(500), counted(1134, 1234))


def test_a_ring_that_is_not_full_gives_what_it_has() -> None:
    ring = SampleRing(100, 44100)
    assert len(ring.latest(10)) == 0
    ring.write(counted(0, 30))
    np.testing.assert_array_equal(ring.latest(50), counted(0, 30))


def test_positions_name_samples() -> None:
    ring = filled(SampleRing(100, 44100), 250, 10)
    np.testing.assert_array_equal(ring.between(180, 220), counted(180, 220))
    with pytest.raises(Overwritten):
        ring.between(149, 160)
    with pytest.raises(ValueError, match="240 to 251 of 250"):
        ring.between(240, 251)
    samples, end = ring.since(230)
    np.testing.assert_array_equal(samples, counted(230, 250))
    assert end == 250
    assert len(ring.since(end)[0]) == 0
    np.testing.assert_array_equal(ring.since(0)[0], counted(150, 250))


def test_a_copy_does_not_change_any_more() -> None:
    ring = filled(SampleRing(100, 44100), 100, 10)
    before = ring.latest(100)
    filled(ring, 100, 10)
    np.testing.assert_array_equal(before, counted(0, 100))


@pytest.fixture
def hasty_switching() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty_switching")
def test_no_snapshot_is_torn_under_a_writer_at_full_speed() -> None:
    ring, stop = SampleRing(4096, 44100), threading.Event()

    def write() -> None:
        position = 0
        while not stop.is_set():
            # Values wrap round where float32 stops being exact.
            ring.write(np.arange(position, position + 64, dtype=np.int64).astype(np.float32) % 2**20)
            position = (position + 64) % 2**20

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in [64, 1000, 4000, 4096] * 2000:
            steps = np.diff(ring.latest(n))
            assert np.all((steps == 1) | (steps == 1 - 2**20))
    finally:
        stop.set()
        writer.join()
    assert ring.written > 100_000
