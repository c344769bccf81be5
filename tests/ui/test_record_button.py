"""The record button: pressed by mouse and keys, says where it is, turns only after a while."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from musicrec_desktop.ui.record_button import RecordButton
from musicrec_desktop.ui.theme import Theme


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> RecordButton:
    page = QWidget()
    button = RecordButton(theme)
    layout = QVBoxLayout(page)
    layout.addWidget(button)
    layout.addWidget(other := RecordButton(theme, small=True))
    other.setObjectName("other")
    qtbot.addWidget(page)
    page.show()
    button.page = page
    return button


def colour(button: RecordButton, dx: float, dy: float) -> QColor:
    """Colour at a place seen from the middle."""
    return button.grab().toImage().pixelColor(round(button.width() / 2 + dx), round(button.height() / 2 + dy))


@pytest.mark.parametrize("state", ["armed", "recording", "analysing", "disabled", "lost"])
def test_every_state_paints(button: RecordButton, state: str) -> None:
    button.set_state(state)
    button.set_seconds(2, "seconds")
    button.set_progress(0.5)
    assert not button.grab().isNull()


def test_sizes(button: RecordButton) -> None:
    assert button.sizeHint().width() >= 2 * (62 + 12 + 2)
    large = button.sizeHint().width()
    button.set_small(True)
    assert large - button.sizeHint().width() == 12


def test_the_mouse_presses_it_within_the_ring(button: RecordButton, qtbot: QtBot) -> None:
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_keys_press_it(button: RecordButton, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


@pytest.mark.parametrize("state", ["disabled", "analysing"])
def test_where_nothing_can_be_done_it_is_not_pressable(button: RecordButton, qtbot: QtBot, state: str) -> None:
    button.set_state(state)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_ring_fills_clockwise_from_twelve(button: RecordButton) -> None:
    button.set_state("recording")
    button.set_progress(0.5)
    assert colour(button, 74, 0) == button.theme.record
    assert colour(button, -74, 0) == button.theme.line2
    button.set_progress(3.0)
    assert button.progress == 1.0
    assert colour(button, -74, 0) == button.theme.record


def test_leaving_recording_empties_the_ring(button: RecordButton) -> None:
    button.set_state("recording")
    button.set_progress(0.7)
    button.set_state("armed")
    assert button.progress == 0.0


def test_lost_is_amber_and_disabled_grey(button: RecordButton) -> None:
    button.set_state("lost")
    assert colour(button, 74, 0) == button.theme.warn
    button.set_state("disabled")
    assert colour(button, 0, 50) == button.theme.control


def test_it_turns_only_after_a_while_and_never_with_reduced_motion(button: RecordButton, qtbot: QtBot) -> None:
    button.set_state("analysing")
    assert colour(button, -74, 0) == button.theme.record  # the full ring stays
    qtbot.waitUntil(lambda: button._turning.isActive(), timeout=3000)
    button.set_reduced_motion(True)
    button.set_state("analysing")
    qtbot.waitUntil(lambda: not button._patience.isActive(), timeout=3000)
    assert not button._turning.isActive()


def test_reduced_motion_advances_in_whole_seconds(button: RecordButton) -> None:
    button.set_state("recording")
    button.set_reduced_motion(True)
    button.set_seconds(3)
    button.set_progress(0.55)  # 3.3 of 6 s
    assert button._shown_progress() == pytest.approx(0.5, abs=0.09)


def test_the_focus_ring_is_for_the_keyboard(button: RecordButton, qtbot: QtBot) -> None:
    button.page.activateWindow()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.ring_visible
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: button.ring_visible, timeout=3000)
    ring = button._ring
    middle = button.mapToParent(QPointF(button.width() / 2, button.height() / 2).toPoint())
    assert abs(ring.geometry().center().x() - middle.x()) <= 1
    assert ring.width() >= 2 * (74 + 2.5 + 4) - 1
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert not button.ring_visible
