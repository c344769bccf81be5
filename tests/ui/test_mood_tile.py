"""Tiles in both languages and at every width."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.types import Mood
from musicrec_desktop.ui.mood_tile import HEIGHT, WIDTH, MoodTile
from musicrec_desktop.ui.theme import Theme

MOOD = Mood(8, "waltz", "왈츠", "Waltz", "왈츠", "Waltz", "크게 부풀어 올라요", "Big swells")
PRINT = np.random.default_rng(6).integers(0, 256, (12, 14), dtype=np.uint8)
TEXTS = (
    {
        "title": "Last waltz in | an empty ballroom",
        "description": "Strings in three, big swells",
        "short": "Waltz",
        "count": "127 songs",
    },
    {
        "title": "아무도 없는 무도회의 | 마지막 왈츠",
        "description": "세 박자 현악, 크게 부풀어 올라요",
        "short": "왈츠",
        "count": "127곡",
    },
)


@pytest.fixture(params=TEXTS, ids=["en", "ko"])
def tile(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> MoodTile:
    tile = MoodTile(theme, 8, sound_print=PRINT)
    qtbot.addWidget(tile)
    tile.set_texts(**request.param)
    tile.resize(WIDTH, HEIGHT)
    tile.show()
    return tile


@pytest.mark.parametrize("width", [160, 192, 260])
def test_it_paints_at_every_width(tile: MoodTile, width: int) -> None:
    tile.resize(width, HEIGHT)
    image = tile.grab().toImage()
    assert image.pixelColor(8, 150) == tile.theme.mood(8).tint
    marks = {image.pixelColor(x, y).name() for x in range(16, width - 16) for y in range(16, 165)}
    assert tile.theme.mood(8).mark.name() in marks


def test_words_fit_the_reference_width(tile: MoodTile) -> None:
    assert tile.fits()


def test_it_speaks(tile: MoodTile) -> None:
    assert "|" not in tile.accessibleName()
    assert "127" in tile.accessibleName()
    assert tile.accessibleDescription()


def test_a_mood_without_songs_opens_and_does_not_offer_to_play(tile: MoodTile, qtbot: QtBot) -> None:
    tile.set_print(None)
    with qtbot.waitSignal(tile.clicked), qtbot.assertNotEmitted(tile.play_requested):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.play_middle().toPoint())
    with qtbot.waitSignal(tile.clicked), qtbot.assertNotEmitted(tile.play_requested):
        QTest.keyClick(tile, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def test_it_opens_by_mouse_and_enter_and_plays_by_its_disc(tile: MoodTile, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tile.clicked), qtbot.assertNotEmitted(tile.play_requested):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.rect().center())
    with qtbot.waitSignal(tile.clicked):
        QTest.keyClick(tile, Qt.Key.Key_Return)
    with qtbot.waitSignal(tile.play_requested) as sent, qtbot.assertNotEmitted(tile.clicked):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.play_middle().toPoint())
    assert sent.args == [8]
    with qtbot.waitSignal(tile.play_requested), qtbot.assertNotEmitted(tile.clicked):
        QTest.keyClick(tile, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def test_without_sound_its_marks_are_at_rest(tile: MoodTile) -> None:
    def inked() -> int:
        image, tint = tile.grab().toImage(), tile.theme.mood(8).tint
        return sum(image.pixelColor(x, y) != tint for x in range(20, 140) for y in range(20, 160))

    sounding = inked()
    tile.set_print(None)
    assert 0 < inked() < sounding / 2


def test_the_movement_of_its_mood_is_drawn_between_picture_and_title(tile: MoodTile) -> None:
    ink, box = tile.theme.mood(8).ink.name(), range(160, HEIGHT - 114)
    before = tile.grab().toImage()
    assert ink not in {before.pixelColor(x, y).name() for x in range(16, WIDTH - 16) for y in box}
    movement = tuple(0.5 + 0.5 * (-1) ** i for i in range(32))
    tile.set_mood(replace(MOOD, movement=movement), korean=False, count="")
    image = tile.grab().toImage()
    inked = {x for x in range(WIDTH) for y in box if image.pixelColor(x, y).name() == ink}
    assert inked, "nothing drawn in the mood's ink"
    assert (min(inked) - 16, WIDTH - 16 - max(inked)) < (8, 8)
    assert all(image.pixelColor(x, HEIGHT - 112).name() != ink for x in range(WIDTH)), "the title keeps its room"


def test_focus_shows_what_hover_shows(tile: MoodTile, qtbot: QtBot) -> None:
    place = tile.play_middle().toPoint()
    tile.activateWindow()
    tile.clearFocus()
    tile.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    before = tile.grab().toImage().pixelColor(place.x() - 14, place.y())
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: tile.keyboard_focus, timeout=3000)
    after = tile.grab().toImage().pixelColor(place.x() - 14, place.y())
    assert after == tile.theme.text
    assert before != after
