"""What the curator learns refusing from."""

import numpy as np
import pytest

from musicrec_desktop.curator.not_music import _KINDS, DURATION_S, not_music

SR = 22050


def test_every_kind_is_there_as_often_at_some_level_and_finite() -> None:
    sounds = list(not_music(SR, np.random.default_rng(3), each=2))
    assert len(sounds) == 2 * len(_KINDS)
    for sound in sounds:
        assert sound.sr == SR
        assert sound.duration_s == pytest.approx(DURATION_S)
        assert 1e-3 < np.abs(sound.samples).max() <= 1.0


def test_the_same_seed_brings_the_same_sounds() -> None:
    first, again = (list(not_music(SR, np.random.default_rng(5), each=1)) for _ in range(2))
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(first, again, strict=True))
