"""The player: shows, asks, and is empty with grace."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.player_bar import PlayerBar, PlayerWords
from musicrec_desktop.ui.seek_bar import HIGHEST, LOWEST
from musicrec_desktop.ui.theme import Theme

WORDS = PlayerWords(
    empty="재생 중인 노래가 없어요",
    empty_hint="노래에서 Enter를 누르면 재생해요",
    play="Play",
    pause="Pause",
    previous="Previous",
    next="Next",
    position="Position",
    volume="Volume",
    like="Like",
    more_like="More like this",
    queue="Queue",
)
SONG = Track(TrackId("1"), Path("/m/a.ogg"), "Hungarian Dance <No. 5> " * 4, "US Army Strings", "", 200.0, 8, "own")
PRINT = np.random.default_rng(6).integers(0, 256, (12, 14), dtype=np.uint8)


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> PlayerBar:
    bar = PlayerBar(theme, extras=("like", "more_like", "queue"))
    qtbot.addWidget(bar)
    bar.set_words(WORDS)
    bar.resize(1280, bar.sizeHint().height())
    bar.show()
    return bar


@pytest.fixture
def loaded(bar: PlayerBar) -> PlayerBar:
    bar.set_track(SONG, PRINT)
    bar.set_waveform(np.abs(np.sin(np.arange(999))).astype(np.float32))
    return bar


def test_empty_it_says_what_to_do(bar: PlayerBar, qtbot: QtBot) -> None:
    assert bar.accessibleName() == f"{WORDS.empty}, {WORDS.empty_hint}"
    assert not bar.play_button.isEnabled()
    with qtbot.assertNotEmitted(bar.seek):
        QTest.mouseClick(bar.seek_bar, Qt.MouseButton.LeftButton)
    assert not bar.grab().isNull()


def test_transport(loaded: PlayerBar, qtbot: QtBot) -> None:
    pairs = ((loaded.play_button, loaded.play_toggled), (loaded.previous_button, loaded.previous))
    for button, signal in (*pairs, (loaded.next_button, loaded.next), (loaded.extras["like"], loaded.liked)):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_button_says_what_it_would_do(loaded: PlayerBar) -> None:
    assert loaded.play_button.accessibleName() == "Play"
    loaded.set_playing(True)
    assert loaded.play_button.accessibleName() == "Pause"
    assert loaded.playing


def test_seeking_by_mouse_and_keys(loaded: PlayerBar, qtbot: QtBot) -> None:
    bar = loaded.seek_bar
    with qtbot.waitSignal(loaded.seek) as sent:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 18))
    assert sent.args[0] == pytest.approx(0.5, abs=0.01)
    with qtbot.waitSignal(loaded.seek) as sent:
        QTest.keyClick(bar, Qt.Key.Key_Left)
    assert sent.args[0] == pytest.approx(0.5 - 5 / 200, abs=0.01)


def test_the_played_part_is_in_the_moods_colour(loaded: PlayerBar) -> None:
    loaded.set_waveform(np.ones(100, np.float32))
    loaded.set_position(100.0)
    image = loaded.seek_bar.grab().toImage()
    assert image.pixelColor(9, 18) == loaded.theme.mood(8).mark
    assert image.pixelColor(loaded.seek_bar.width() - 10, 18) in (loaded.theme.line2, image.pixelColor(0, 0))
    assert image.pixelColor(loaded.seek_bar.width() // 2, 18) == loaded.theme.text


def test_bars_follow_the_sound(loaded: PlayerBar) -> None:
    ramp = np.linspace(0, 1, 5_000, dtype=np.float32)
    loaded.set_waveform(ramp)
    heights = loaded.seek_bar.bar_heights()
    assert (np.diff(heights) >= 0).all()
    assert LOWEST <= heights[0] < heights[-1] <= HIGHEST
    loaded.set_waveform(np.zeros(0, np.float32))
    assert set(loaded.seek_bar.bar_heights()) == {LOWEST}
    loaded.set_waveform(np.ones(3, np.float32))
    assert set(loaded.seek_bar.bar_heights()) == {HIGHEST}


def test_volume(loaded: PlayerBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(loaded.volume_changed):
        loaded.set_volume(0.7)
    with qtbot.waitSignal(loaded.volume_changed) as sent:
        QTest.keyClick(loaded.volume_slider, Qt.Key.Key_Right)
    assert sent.args == [pytest.approx(0.75)]


def test_the_second_line_can_be_borrowed(loaded: PlayerBar) -> None:
    loaded.set_second_line("Paused while listening")
    assert loaded.accessibleName().endswith("Paused while listening")
    loaded.set_second_line("")
    assert loaded.accessibleName().endswith("US Army Strings")
    assert "&lt;No. 5&gt;" in loaded.toolTip()


@pytest.mark.parametrize(("width", "compact"), [(900, True), (1100, False), (1280, False), (1920, False)])
def test_nothing_overlaps_at_any_width(loaded: PlayerBar, width: int, compact: bool) -> None:
    loaded.set_compact(compact)
    loaded.resize(width, loaded.sizeHint().height())
    parts = [loaded.previous_button, loaded.play_button, loaded.next_button, loaded.seek_bar, loaded.volume_slider]
    parts += [button for button in loaded.extras.values() if button.isVisible()]
    boxes = [part.geometry() for part in parts]
    for i, one in enumerate(boxes):
        assert loaded.rect().contains(one)
        assert all(not one.intersects(other) for other in boxes[i + 1 :])
    assert not loaded.grab().isNull()


def test_a_theme_reaches_every_part(loaded: PlayerBar) -> None:
    other = Theme.named("light" if loaded.theme.dark else "dark")
    loaded.set_theme(other)
    parts = [loaded.play_button, loaded.seek_bar, loaded.volume_slider, *loaded.extras.values()]
    assert all(part.theme is other for part in parts)
    assert loaded.grab().toImage().pixelColor(2, 2) == other.base


def test_where_it_plays_can_be_listened_to(loaded: PlayerBar) -> None:
    loaded.set_position(63.4)
    assert loaded.seek_bar.accessibleName() == "Position"
    assert loaded.seek_bar.accessibleDescription() == "1:03 / 3:20"


def test_a_better_known_length_is_kept(loaded: PlayerBar) -> None:
    loaded.set_position(90.0, 180.0)
    assert loaded.seek_bar.share == pytest.approx(0.5)
