"""The rolling picture, its passage, and the reading under the pointer."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.features.display import COLUMNS_PER_S, N_BINS
from musicrec_desktop.ui import spectrogram_paint
from musicrec_desktop.ui.passage_frame import Passage, between, grip_at
from musicrec_desktop.ui.spectrogram_image import SpectrogramImage, colour_table
from musicrec_desktop.ui.spectrogram_view import GUTTER, SpectrogramView
from musicrec_desktop.ui.theme import Theme


def ramp(first: int, count: int, n_bins: int = 4) -> np.ndarray:
    """Columns whose byte is their number."""
    return np.repeat(np.arange(first, first + count, dtype=np.uint8)[None, :], n_bins, axis=0)


def rendered(image: SpectrogramImage, width: int) -> list[int]:
    canvas = QImage(width, 4, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    image.draw(painter, QRectF(0, 0, width, 4))
    painter.end()
    return [canvas.pixelColor(x, 2).rgba() for x in range(width)]


@pytest.mark.parametrize("pieces", [[10], [3, 3, 3, 1], [7, 5, 11], [25], [1] * 23])
def test_the_ring_shows_the_newest_at_the_right(qapp: object, pieces: list[int]) -> None:
    image = SpectrogramImage(n_bins=4, capacity=10)
    image.set_colours(Theme.named("dark"), top_db=7.5, span_db=127.5)
    written = 0
    for count in pieces:
        image.push(ramp(written, count))
        written += count
    expected = list(range(written - 10, written))
    assert [image.value(0, column) for column in range(10)] == expected
    assert rendered(image, 10) == [image.colour(value) for value in expected]


def test_what_was_never_written_is_silence(qapp: object) -> None:
    image = SpectrogramImage(n_bins=4, capacity=10)
    image.push(ramp(100, 3))
    assert [image.value(1, column) for column in range(10)] == [0] * 7 + [100, 101, 102]
    image.clear()
    assert image.written == 0


def test_colours_span_the_range(theme: Theme) -> None:
    table = colour_table(theme, top_db=-20.0, span_db=60.0)
    assert table[200] == table[255] == theme.ember[255]  # −20 dB and above
    assert table[80] == table[0] == theme.ember[0]  # −80 dB and below
    assert table[140] == theme.ember[128]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> SpectrogramView:
    view = SpectrogramView(theme)
    qtbot.addWidget(view)
    view.resize(938, 326)
    return view


def noise(count: int) -> np.ndarray:
    return np.random.default_rng(2).integers(80, 240, (N_BINS, count), dtype=np.uint8)


@pytest.fixture
def strip(view: SpectrogramView) -> SpectrogramView:
    view.resize(900, 96)
    view.set_mode("strip")
    view.show_columns(noise(30 * COLUMNS_PER_S), whole=True)
    view.set_passage(10.0, 6.0)
    view.show()
    return view


@pytest.mark.parametrize("mode", ["armed", "recording", "frozen", "strip", "empty"])
def test_every_mode_paints(view: SpectrogramView, mode: str) -> None:
    view.set_mode("armed")
    view.push_columns(noise(400))
    view.set_mode(mode)
    view.set_message("No microphone found")
    view.set_time_labels([(0.0, "−30 s"), (1.0, "now")])
    view.set_passage(20.0, 6.0)
    view.set_suggestion(2.0, 6.0, "Louder here")
    view.set_lost_from(25.0)
    assert not view.grab().isNull()


def test_still_pictures_ignore_what_comes_in(view: SpectrogramView) -> None:
    view.set_mode("armed")
    view.push_columns(noise(50))
    for mode in ("frozen", "strip"):
        view.set_mode(mode)
        view.push_columns(noise(20))
    assert view.image.written == 50


def test_back_to_armed_the_live_picture_is_there_again(strip: SpectrogramView) -> None:
    strip.set_mode("armed")
    assert strip.total_s == pytest.approx(30.0)
    assert strip.passage is None


def test_pixels_follow_the_theme_without_new_columns(qtbot: QtBot) -> None:
    view = SpectrogramView(Theme.named("light"))
    qtbot.addWidget(view)
    view.resize(638, 226)
    view.set_mode("frozen")
    view.show_columns(np.full((N_BINS, 30 * COLUMNS_PER_S), 240, np.uint8))
    for name in ("light", "dark"):
        view.set_theme(Theme.named(name))
        found = view.grab().toImage().pixelColor(300, 100)
        assert found == QColor.fromRgba(Theme.named(name).ember[255])


def test_past_is_veiled_and_the_passage_bright(view: SpectrogramView) -> None:
    view.set_mode("recording")
    view.push_columns(np.full((N_BINS, 30 * COLUMNS_PER_S), 240, np.uint8))
    view.set_recording(10.0)
    image = view.grab().toImage()
    bright = QColor.fromRgba(view.theme.ember[255])
    assert view.passage == (20.0, 10.0)
    assert image.pixelColor(900, 200) == bright
    assert image.pixelColor(300, 200) != bright


def test_the_label_never_leaves_the_picture(view: SpectrogramView) -> None:
    view.set_mode("recording")
    view.push_columns(noise(100))
    view.set_passage_words("This passage {:.1f} s".format)
    view.set_recording(29.9)
    assert not view.grab().isNull()


def test_dragging_the_body_moves_the_passage(strip: SpectrogramView, qtbot: QtBot) -> None:
    start = QPoint(round(strip.x_of(13.0)), 40)
    with qtbot.waitSignal(strip.passage_chosen) as chosen:
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(strip, start + QPoint(60, 0))
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert chosen.args == [pytest.approx(12.0), pytest.approx(6.0)]


@pytest.mark.parametrize(("grip_s", "to_s", "passage"), [(16.0, 18.0, (10.0, 8.0)), (10.0, 8.0, (8.0, 8.0))])
def test_dragging_a_grip_changes_the_length(
    strip: SpectrogramView, qtbot: QtBot, grip_s: float, to_s: float, passage: tuple[float, float]
) -> None:
    with qtbot.waitSignal(strip.passage_chosen) as chosen:
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(grip_s)), 48))
        QTest.mouseMove(strip, QPoint(round(strip.x_of(to_s)), 48))
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(to_s)), 48))
    assert chosen.args == [pytest.approx(passage[0], abs=0.05), pytest.approx(passage[1], abs=0.05)]


def test_a_click_without_movement_asks_nothing(strip: SpectrogramView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(strip.passage_chosen):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(12.0)), 40))
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(25.0)), 40))
    assert strip.passage == (10.0, 6.0)


def test_drawing_a_new_passage(strip: SpectrogramView, qtbot: QtBot) -> None:
    first, last = QPoint(round(strip.x_of(20.0)), 40), QPoint(round(strip.x_of(27.0)), 40)
    with qtbot.waitSignal(strip.passage_chosen) as chosen:
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(strip, last)
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=last)
    assert chosen.args == [pytest.approx(20.0, abs=0.05), pytest.approx(7.0, abs=0.05)]


def test_the_suggestion_is_one_click_away(strip: SpectrogramView, qtbot: QtBot) -> None:
    strip.set_suggestion(1.0, 6.0, "Louder here")
    with qtbot.waitSignal(strip.passage_chosen) as chosen:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.x_of(4.0)), 40))
    assert chosen.args == [1.0, 6.0]


def test_keys_move_stretch_and_ask(strip: SpectrogramView, qtbot: QtBot) -> None:
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.passage == (10.25, 6.0)
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert strip.passage == (10.25, 5.75)
    with qtbot.waitSignal(strip.passage_chosen) as chosen:
        QTest.keyClick(strip, Qt.Key.Key_Return)
    assert chosen.args == [10.25, 5.75]


def test_the_reading_names_note_frequency_and_level(view: SpectrogramView) -> None:
    box = view.picture_box()
    y = spectrogram_paint.frequency_y(box, 440.0)
    assert spectrogram_paint.frequency_at(box, y) == pytest.approx(440.0)
    assert spectrogram_paint.reading_words(440.0, 204) == ("A4", "440 Hz", "\u221218 dB")
    assert spectrogram_paint.reading_words(5_000.0, 0)[1:] == ("5.0 kHz", "\u2212\u221e dB")


def test_pointing_paints_the_cross(view: SpectrogramView) -> None:
    view.set_mode("armed")
    view.show_columns(np.zeros((N_BINS, 100), np.uint8))
    view.show()
    QTest.mouseMove(view, QPoint(GUTTER + 200, 60))
    QTest.mouseMove(view, QPoint(GUTTER + 300, 120))
    image = view.grab().toImage()
    assert image.pixelColor(GUTTER + 50, 120) != image.pixelColor(GUTTER + 50, 130)


@pytest.mark.parametrize("total_s", [2.0, 8.0, 30.0])
def test_a_passage_stays_inside_and_between_its_lengths(total_s: float) -> None:
    rng = np.random.default_rng(1)
    shortest, longest = min(3.0, total_s), min(12.0, total_s)
    passage = Passage(0.0, shortest)
    for _ in range(200):
        step = float(rng.uniform(-40, 40))
        grip = ("start", "end")[rng.integers(2)]
        passage = rng.choice([passage.dragged(grip, step, total_s=total_s), passage.moved(step, total_s=total_s)])
        assert shortest - 1e-9 <= passage.duration_s <= longest + 1e-9
        assert passage.start_s >= -1e-9 and passage.end_s <= total_s + 1e-9


def test_snapping_and_drawing() -> None:
    assert Passage(3.3, 5.9).snapped() == Passage(3.5, 6.0)
    assert between(10.0, 4.0, total_s=30.0) == Passage(4.0, 6.0)
    assert between(29.0, 30.0, total_s=30.0) == Passage(27.0, 3.0)


def test_the_nearer_grip_wins() -> None:
    passage = Passage(10.0, 6.0)
    assert [grip_at(passage, at, reach_s=0.5) for at in (9.7, 16.2, 12.0, 20.0)] == ["start", "end", "body", None]


def test_pointer_outside_the_picture_reads_nothing(view: SpectrogramView) -> None:
    view.set_mode("armed")
    view._pointer = QPointF(2, 2)
    assert not view.grab().isNull()
