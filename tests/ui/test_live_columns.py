"""Columns pulled from a microphone, and takes cut from it."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.features.display import COLUMNS_PER_S
from musicrec_desktop.ui.level_hint import LevelHint
from musicrec_desktop.ui.live_columns import LiveColumns
from musicrec_desktop.ui.takes import loudest_start
from tests.ui.fakes import FakeMic

SR = 11025


def test_each_sample_is_pulled_once() -> None:
    mic = FakeMic(sr=SR)
    live = LiveColumns(mic)
    total = 0
    for _ in range(20):
        mic.hear(0.1)
        samples, _ = live.pull()
        total += len(samples)
    assert total == mic.ring.written
    assert live.newest().shape[1] == pytest.approx(2 * COLUMNS_PER_S, abs=8)


def test_thirty_seconds_are_kept() -> None:
    mic = FakeMic(sr=SR)
    live = LiveColumns(mic)
    for _ in range(70):
        mic.hear(0.5)
        live.pull()
    assert live.newest().shape[1] == 30 * COLUMNS_PER_S


def test_after_a_pause_only_the_newest_second_is_drawn() -> None:
    mic = FakeMic(sr=SR)
    live = LiveColumns(mic)
    mic.hear(20.0)
    samples, _ = live.pull()
    assert len(samples) == SR


def test_the_loudest_passage_is_found() -> None:
    samples = np.full(20 * 1000, 0.01, np.float32)
    samples[8000:14000] = 0.5
    start_s, level_db = loudest_start(Excerpt.from_samples(samples, 1000), 6.0)
    assert start_s == 8.0
    assert level_db == pytest.approx(-6.0, abs=0.1)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_hint_follows_the_level_but_does_not_flicker() -> None:
    clock = Clock()
    hint = LevelHint(clock)
    loud, quiet = np.full(400, 0.1, np.float32), np.full(400, 0.001, np.float32)
    hint.hear(loud, 1000)
    clock.now = 1.0
    assert hint.hear(quiet, 1000)
    assert hint.hint == "low"
    clock.now = 1.2
    assert not hint.hear(loud, 1000)
    assert hint.hint == "low"
    clock.now = 2.0
    assert hint.hear(loud, 1000)
    assert hint.hint == "ok"
    clock.now = 3.0
    hint.hear(np.ones(400, np.float32), 1000)
    assert hint.hint == "high"
    for clock.now in (5.0, 6.0, 7.0, 8.0, 9.0):
        hint.hear(np.zeros(4000, np.float32), 1000)
    assert hint.hint == "none"
