"""The picture of the song that plays, and of no other."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.types import TrackId
from musicrec_desktop.ui.player_bar import PlayerBar
from musicrec_desktop.ui.playing_waveform import PlayingWaveform
from musicrec_desktop.ui.seek_bar import HIGHEST, LOWEST, SeekBar
from musicrec_desktop.ui.theme import Theme
from tests.ui.fakes import songs


class Desk:
    def __init__(self, bar: PlayerBar) -> None:
        self.bar = bar
        self.asked: list[tuple[TrackId, Path]] = []
        self.picture = PlayingWaveform(bar, lambda *question: self.asked.append(question))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    bar = PlayerBar(theme)
    qtbot.addWidget(bar)
    bar.resize(1280, 72)
    bar.show()
    return Desk(bar)


def test_it_is_asked_for_when_a_song_begins_and_shown_when_it_comes(desk: Desk) -> None:
    song = songs(1)[0]
    desk.bar.set_track(song, None)
    desk.picture.on_track(song)
    assert desk.asked == [(song.track_id, song.path)]
    loud_at_the_end = np.repeat(np.float32([0.0, 1.0]), 420)
    desk.picture.on_waveform(song.track_id, loud_at_the_end)
    heights = desk.bar.seek_bar.bar_heights()
    half = len(heights) // 2
    assert set(heights[: half - 1]) == {LOWEST} and set(heights[half + 1 :]) == {HIGHEST}


def test_what_comes_too_late_is_dropped(desk: Desk) -> None:
    first, second = songs(2)
    desk.bar.set_track(second, None)
    desk.picture.on_waveform(first.track_id, np.ones(840, np.float32))
    assert set(desk.bar.seek_bar.bar_heights()) == {LOWEST}
    desk.picture.on_track(None)
    desk.picture.on_track(replace(second, path=None))
    assert desk.asked == []


class Counting(SeekBar):
    """Remembers which part was painted."""

    painted: list[int]

    def paintEvent(self, event: object) -> None:
        self.painted.append(event.rect().width())
        super().paintEvent(event)


@pytest.fixture
def seek_bar(qtbot: QtBot, theme: Theme) -> Counting:
    bar = Counting(theme)
    bar.painted = []
    qtbot.addWidget(bar)
    bar.resize(270, 36)
    bar.set_track(270.0, 3)
    bar.set_waveform(np.ones(840, np.float32))
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: bool(bar.painted))
    QTest.qWait(20)
    return bar


def test_only_what_the_head_passes_is_painted_anew(seek_bar: Counting, qtbot: QtBot) -> None:
    seek_bar.painted.clear()
    for step in range(1, 31):
        seek_bar.set_position(step / 10)  # three seconds of playing: three pixels
        QTest.qWait(1)
    assert 1 <= len(seek_bar.painted) <= 8
    assert max(seek_bar.painted) <= 20


def test_painting_parts_comes_to_the_same_picture(seek_bar: Counting) -> None:
    canvas = seek_bar.grab().toImage()
    for position_s in (3.0, 40.0, 39.0, 200.0, 269.9, 10.0):
        seek_bar.set_position(position_s)
        QTest.qWait(1)
    whole = seek_bar.grab().toImage()
    assert whole != canvas
    seek_bar.set_position(0.0)
    assert seek_bar.grab().toImage() == canvas


def test_the_ends_by_key(seek_bar: Counting, qtbot: QtBot) -> None:
    for key, share in ((Qt.Key.Key_End, 1.0), (Qt.Key.Key_Home, 0.0)):
        with qtbot.waitSignal(seek_bar.seek) as sent:
            QTest.keyClick(seek_bar, key)
        assert sent.args == [share]
