"""Titles are hostile, and lines have an end."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.text import balanced, baseline, display_text, draw_text, elided, tool_tip, width
from musicrec_desktop.ui.theme import Theme

HANGUL = "아무도 없는 무도회의 | 마지막 왈츠"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Song\x00\x07\u202egnos", "Songgnos"),
        ("  two\n\tlines  ", "two lines"),
        ("새벽 첫차", "새벽 첫차"),
        ("\u2067hidden\u2069", "hidden"),
    ],
)
def test_unseen_characters_go(raw: str, shown: str) -> None:
    assert display_text(raw) == shown


def test_text_from_the_right_is_isolated() -> None:
    assert display_text("שלום") == "\u2068שלום\u2069"


def test_tool_tips_take_no_markup() -> None:
    assert tool_tip("<b>Loud</b> & proud") == "&lt;b&gt;Loud&lt;/b&gt; &amp; proud"


def test_elision_fits(qapp: object) -> None:
    face = font("row")
    short = elided("a very long title indeed", face, 80)
    assert short.endswith("…")
    assert width(short, face) <= 80
    assert elided("short", face, 80) == "short"


def test_a_title_breaks_at_its_bar_only_when_too_wide(qapp: object) -> None:
    face = font("tile")
    assert balanced(HANGUL, face, 1000) == ["아무도 없는 무도회의 마지막 왈츠"]
    assert balanced(HANGUL, face, 165) == ["아무도 없는 무도회의", "마지막 왈츠"]


def test_lines_break_after_punctuation_and_else_are_even(qapp: object) -> None:
    face = font("small")
    assert balanced("Soft keys, few highs, gentle swing", face, 160) == ["Soft keys, few highs,", "gentle swing"]
    widths = [width(line, face) for line in balanced("one two three four five six seven", face, 150)]
    assert max(widths) / min(widths) < 1.6


def test_one_long_word_is_cut_and_fits(qapp: object) -> None:
    face = font("tile")
    lines = balanced("가나다라마바사아자차카타파하가나다라마바사", face, 160)
    assert len(lines) == 2
    assert all(width(line, face) <= 160 for line in lines)


@pytest.mark.parametrize("words", ["Nighttide", "H새벽"])
def test_capitals_stand_in_the_middle_of_the_box(qapp: object, words: str) -> None:
    box = QRectF(0, 10, 200, 40)
    image = QImage(200, 60, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    draw_text(painter, box, words[0] * 3, font("display"), Theme.named("dark").text)
    painter.end()
    rows = [y for y in range(60) if any(image.pixelColor(x, y).lightness() > 128 for x in range(200))]
    assert (rows[0] + rows[-1] + 1) / 2 == pytest.approx(box.center().y(), abs=1)
    assert rows[-1] + 1 == pytest.approx(baseline(box, font("display")), abs=1)


@pytest.mark.parametrize("align", [Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight])
def test_drawing_stays_in_the_box(qapp: object, align: Qt.AlignmentFlag) -> None:
    image = QImage(200, 30, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    used = draw_text(
        painter, QRectF(50, 0, 90, 30), "far too long for this", font("row"), Theme.named("dark").text, align=align
    )
    painter.end()
    columns = [x for x in range(200) if any(image.pixelColor(x, y).lightness() > 60 for y in range(30))]
    assert 49 <= columns[0] <= columns[-1] <= 141
    assert used <= 90
