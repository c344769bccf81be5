"""Buttons, segment, chips and scales: sizes that hold their words, keys, names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.ui.buttons import (
    IconButton,
    PaintedButton,
    PillButton,
    PrimaryButton,
    QuietButton,
    RecordPill,
    SecondaryButton,
)
from musicrec_desktop.ui.controls import KeyCap, LinkRow, MoodChip, Segment
from musicrec_desktop.ui.scales import Measured, MoodShare, RefusalScale, paint_closeness
from musicrec_desktop.ui.text import width
from musicrec_desktop.ui.theme import Theme

WORDS = ("Listen again", "이 컴퓨터 소리로 듣기", "[!!! Ask about the louder part of it !!!]")
LABELLED = (PrimaryButton, SecondaryButton, QuietButton, PillButton, RecordPill)
MEASURED = Measured(-80, 0, -58, -45, -6, "Heard −58 dB", "Enough from −45 dB")


@pytest.mark.parametrize("kind", LABELLED)
@pytest.mark.parametrize("words", WORDS)
def test_a_button_holds_its_words(qtbot: QtBot, theme: Theme, kind: type[PaintedButton], words: str) -> None:
    button = kind(theme, words)
    qtbot.addWidget(button)
    assert button.sizeHint().width() >= width(words, button._font()) + 16
    assert button.sizeHint().height() in (34, 42)
    assert button.accessibleName() == words
    button.resize(button.sizeHint())
    assert not button.grab().isNull()


@pytest.mark.parametrize("kind", LABELLED)
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Enter])
def test_keys_press_buttons(qtbot: QtBot, theme: Theme, kind: type[PaintedButton], key: Qt.Key) -> None:
    button = kind(theme, "Go")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, key)


def test_fills_are_tokens(qtbot: QtBot, theme: Theme) -> None:
    for kind, colour in ((PrimaryButton, theme.text), (SecondaryButton, theme.raised), (RecordPill, theme.record_fill)):
        button = kind(theme, "Go")
        qtbot.addWidget(button)
        button.resize(120, 40)
        assert button.grab().toImage().pixelColor(60, 3) == colour


def test_an_icon_button_says_what_it_is(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "next", "Next")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Next", "Next")
    button.set_icon("prev")
    assert not button.grab().isNull()


@pytest.fixture
def segment(qtbot: QtBot, theme: Theme) -> Segment:
    segment = Segment(theme, [("mic", "Microphone"), ("computer", "This computer")])
    qtbot.addWidget(segment)
    segment.show()
    return segment


def test_a_segment_has_one_choice(segment: Segment, qtbot: QtBot) -> None:
    assert segment.height() == 32
    with qtbot.waitSignal(segment.chosen) as chosen:
        QTest.mouseClick(segment.part(1), Qt.MouseButton.LeftButton)
    assert chosen.args == [1]
    assert segment.index == 1
    with qtbot.assertNotEmitted(segment.chosen):
        segment.set_index(0)
    assert segment.index == 0


def test_choosing_moves_nothing(segment: Segment) -> None:
    before = [segment.part(i).geometry() for i in range(2)]
    segment.set_index(1)
    assert [segment.part(i).geometry() for i in range(2)] == before


def test_the_arrow_moves_in_a_segment(segment: Segment, qtbot: QtBot) -> None:
    segment.activateWindow()
    segment.part(0).setFocus()
    with qtbot.waitSignal(segment.chosen):
        QTest.keyClick(segment.part(0), Qt.Key.Key_Right)
        QTest.keyClick(segment.part(1), Qt.Key.Key_Space)
    assert segment.index == 1


def test_small_things_paint_and_have_names(qtbot: QtBot, theme: Theme) -> None:
    named = {
        "Space listens": KeyCap(theme, "Space", "listens"),
        "들썩": MoodChip(theme, 0, "들썩"),
        "Open a file": LinkRow(theme, "file", "Open a file", "or drop one anywhere"),
        "Waltz 81%": MoodShare(theme, 8, "Waltz", 0.81),
    }
    for name, widget in named.items():
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        assert widget.accessibleName() == name
        assert not widget.grab().isNull()
        widget.set_theme(Theme.named("light" if theme.dark else "dark"))
        assert not widget.grab().isNull()


@pytest.mark.parametrize("score", [0, 50, 86.4, 100])
@pytest.mark.parametrize("strong", [False, True])
def test_the_ring_closes_with_the_score(theme: Theme, score: float, strong: bool) -> None:
    image = QImage(44, 44, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_closeness(painter, 22, 22, score, theme, strong=strong)
    painter.end()
    filled = theme.text if strong else theme.text2
    assert image.pixelColor(4, 22) == (filled if score > 75 else theme.line2)


def test_the_scale_shows_heard_before_needed(qtbot: QtBot, theme: Theme) -> None:
    scale = RefusalScale(theme)
    qtbot.addWidget(scale)
    scale.resize(620, 74)
    assert not scale.grab().isNull()
    scale.set_measured(MEASURED)
    assert scale.x_of(-58) == pytest.approx(170.5)
    image = scale.grab().toImage()
    assert image.pixelColor(80, 34) == theme.warn
    assert image.pixelColor(220, 34) == theme.line
    assert image.pixelColor(270, 34) == theme.ok
    assert scale.accessibleName() == "Heard −58 dB. Enough from −45 dB"


def test_a_value_off_the_scale_stays_on_it(qtbot: QtBot, theme: Theme) -> None:
    scale = RefusalScale(theme)
    qtbot.addWidget(scale)
    scale.resize(300, 74)
    scale.set_measured(Measured(0, 100, 250, 0, 5, "clipped 250%", "fine below 5%"))
    assert scale.x_of(250) == 300
    assert not scale.grab().isNull()


def test_what_a_segment_does_not_offer_is_faint(qtbot: QtBot, theme: Theme) -> None:
    segment = Segment(theme, [("mic", "Microphone"), ("computer", "This computer")])
    qtbot.addWidget(segment)
    segment.resize(segment.sizeHint())
    part, ground = segment.part(1), theme.hover.lightness()

    def strongest() -> int:
        image = segment.grab(part.geometry()).toImage()
        pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return max(abs(pixel.lightness() - ground) for pixel in pixels)

    offered = strongest()
    part.setEnabled(False)
    assert strongest() < 0.7 * offered
