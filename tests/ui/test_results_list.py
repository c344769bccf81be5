"""Rows: geometry, mouse, keys, names; and the card above them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.types import Reason, Recommendation, SameRecording, Track, TrackId
from musicrec_desktop.ui.result_rows import ListRow, RowModel, RowWords, clock
from musicrec_desktop.ui.results_list import ResultsList
from musicrec_desktop.ui.row_layout import BLEED, RowShape, part_at, row_boxes
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.this_is_card import ThisIsCard

WORDS = RowWords(
    reasons={Reason.TIMBRE: "음색", Reason.HARMONY: "화음", Reason.MOOD: "기분"},
    moods={3: "결전", 8: "왈츠"},
    actions={"play": "Play", "like": "Like", "hide": "Not for me", "add": "Add", "more_like": "More like this"},
)
PRINT = np.random.default_rng(6).integers(0, 256, (12, 14), dtype=np.uint8)
SIGNALS = {
    "play": "play_requested",
    "like": "liked",
    "hide": "hidden",
    "add": "add_requested",
    "more_like": "more_like_requested",
}


def track(number: int, title: str = "Nighttide Waltz", artist: str = "t4ngr4m", mood_id: int | None = 8) -> Track:
    return Track(TrackId(str(number)), Path("/m/a.ogg"), title, artist, "", 178.0, mood_id, "own")


def found(n: int) -> list[Recommendation]:
    reasons = (Reason.TIMBRE, Reason.HARMONY, Reason.MOOD)
    return [Recommendation(i + 1, track(i), 91.0 - i, 7.0 + i, reasons) for i in range(n)]


@pytest.fixture
def songs(qtbot: QtBot, theme: Theme) -> ResultsList:
    songs = ResultsList(theme)
    qtbot.addWidget(songs)
    songs.resize(768, 340)
    songs.set_words(WORDS)
    songs.set_print_source(lambda track_id: PRINT)
    songs.set_recommendations(found(8))
    songs.show()
    return songs


def place(songs: ResultsList, row: int, part: str) -> QPoint:
    rect = QRectF(songs.visualRect(songs.model().index(row)))
    boxes = songs.boxes(row, rect)
    box = boxes.actions.get(part) or {"cover": boxes.cover, "moment": boxes.moment, "row": boxes.words}[part]
    return box.center().toPoint()


@pytest.mark.parametrize("width", [420, 620, 768, 1060])
@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("ring", [False, True])
def test_nothing_in_a_row_overlaps(width: int, compact: bool, ring: bool) -> None:
    shape = RowShape(ring=ring, moment=True, chips=True, actions=("like", "hide", "add", "more_like"), compact=compact)
    boxes = row_boxes(QRectF(0, 64, width, 64), shape)
    parts = [boxes.cover, boxes.words, *boxes.actions.values()]
    parts += [box for box in (boxes.chips, boxes.moment) if box is not None]
    if boxes.ring is not None:
        parts.append(QRectF(boxes.ring.x() - 18, boxes.ring.y() - 18, 36, 36))
    for i, one in enumerate(parts):
        assert one.left() >= BLEED and one.right() <= width
        assert all(not one.intersects(other) for other in parts[i + 1 :])


def test_the_row_is_the_reference_row() -> None:
    shape = RowShape(ring=True, moment=True, chips=True, actions=("like", "hide", "add", "more_like"), compact=False)
    boxes = row_boxes(QRectF(0, 0, 768, 64), shape)
    assert boxes.cover == QRectF(10, 9, 44, 44)
    assert boxes.words.left() == 66
    assert boxes.chips.left() == 382
    assert boxes.ring.x() == 620
    assert boxes.actions["more_like"].center().x() == 748
    assert part_at(boxes, boxes.actions["hide"].center()) == "hide"
    assert part_at(boxes, boxes.words.center()) == "row"


@pytest.mark.parametrize("compact", [False, True])
def test_rows_paint(songs: ResultsList, compact: bool) -> None:
    songs.set_compact(compact)
    songs.setCurrentIndex(songs.model().index(1))
    assert not songs.grab().isNull()
    songs.set_theme(Theme.named("light" if songs.theme.dark else "dark"))
    assert songs.grab().toImage().pixelColor(2, 2) == songs.theme.sheet
    assert songs.visualRect(songs.model().index(0)).height() == (58 if compact else 64)


@pytest.mark.parametrize(
    "row",
    [
        ListRow(track(1)),
        ListRow(track(1, title="", artist="", mood_id=None)),
        ListRow(track(1, title="x" * 400, artist="\u202eevil" * 60), score=80.0, at_s=3_700.0),
        ListRow(track(1, title="שלום", artist="새벽", mood_id=13), score=100.0, reasons=tuple(Reason)),
    ],
)
def test_odd_rows_paint_and_speak(songs: ResultsList, row: ListRow) -> None:
    songs.set_rows([row])
    songs.resize(420, 100)
    assert not songs.grab().isNull()
    assert "\u202e" not in WORDS.spoken(row)


@pytest.mark.parametrize("part", ["cover", "moment", "like", "hide", "add", "more_like"])
def test_the_mouse_reaches_every_part(songs: ResultsList, qtbot: QtBot, part: str) -> None:
    name = SIGNALS.get(part, "play_requested")
    with qtbot.waitSignal(getattr(songs, name)) as sent:
        QTest.mouseClick(songs.viewport(), Qt.MouseButton.LeftButton, pos=place(songs, 1, part))
    assert sent.args[0].track.track_id == "1"


def test_a_click_on_the_title_only_selects(songs: ResultsList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(songs.play_requested):
        QTest.mouseClick(songs.viewport(), Qt.MouseButton.LeftButton, pos=place(songs, 2, "row"))
    assert songs.currentIndex().row() == 2
    with qtbot.waitSignal(songs.play_requested):
        QTest.mouseDClick(songs.viewport(), Qt.MouseButton.LeftButton, pos=place(songs, 2, "row"))


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "play_requested"),
        (Qt.Key.Key_Enter, "play_requested"),
        (Qt.Key.Key_L, "liked"),
        (Qt.Key.Key_N, "hidden"),
        (Qt.Key.Key_P, "add_requested"),
        (Qt.Key.Key_M, "more_like_requested"),
    ],
)
def test_keys_reach_every_action(songs: ResultsList, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    songs.setCurrentIndex(songs.model().index(0))
    QTest.keyClick(songs, Qt.Key.Key_Down)
    with qtbot.waitSignal(getattr(songs, signal)) as sent:
        QTest.keyClick(songs, key)
    assert sent.args[0].track.track_id == "1"


def test_what_is_not_offered_does_nothing(qtbot: QtBot, theme: Theme) -> None:
    songs = ResultsList(theme, actions=("more_like",))
    qtbot.addWidget(songs)
    songs.set_recommendations(found(2))
    songs.setCurrentIndex(songs.model().index(0))
    with qtbot.assertNotEmitted(songs.liked):
        QTest.keyClick(songs, Qt.Key.Key_L)
    assert [action.data()[0] for action in songs.menu_for(0).actions()] == ["play", "more_like"]


def test_the_menu_does_what_the_row_does(songs: ResultsList, qtbot: QtBot) -> None:
    menu = songs.menu_for(3)
    assert [action.text() for action in menu.actions()] == ["Play", "Like", "Not for me", "Add", "More like this"]
    with qtbot.waitSignal(songs.add_requested) as sent:
        menu.actions()[3].trigger()
    assert sent.args[0].track.track_id == "3"


def test_space_is_left_to_the_window(songs: ResultsList, qtbot: QtBot) -> None:
    songs.setCurrentIndex(songs.model().index(0))
    for name in SIGNALS.values():
        with qtbot.assertNotEmitted(getattr(songs, name)):
            QTest.keyClick(songs, Qt.Key.Key_Space)


def test_rows_speak_and_tips_are_escaped(songs: ResultsList) -> None:
    model = songs.model()
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Nighttide Waltz, t4ngr4m, 왈츠, 음색, 화음, 기분, 0:07, closeness 91 of 100"
    songs.set_rows([ListRow(track(1, title="<img src=x>"))])
    tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img src=x&gt;" in tip


def test_the_edge_fades_only_while_there_is_more(songs: ResultsList) -> None:
    assert songs._fade.isVisible()
    songs.scrollToBottom()
    assert not songs._fade.isVisible()
    songs.set_recommendations(found(1))
    assert not songs._fade.isVisible()


def test_the_bar_takes_no_room(songs: ResultsList) -> None:
    assert songs.viewport().width() == songs.width()
    songs._bar.setValue(40)
    assert songs.verticalScrollBar().value() == 40


def test_rows_can_be_taken_out(songs: ResultsList) -> None:
    model = songs.model()
    assert isinstance(model, RowModel)
    model.remove(0)
    assert [row.track.track_id for row in songs.rows] == [str(i) for i in range(1, 8)]


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (65.9, "1:05"), (3_725, "1:02:05"), (-3, "0:00")])
def test_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words


@pytest.mark.parametrize("compact", [False, True])
def test_the_card_names_and_plays(qtbot: QtBot, theme: Theme, compact: bool) -> None:
    card = ThisIsCard(theme, compact=compact)
    qtbot.addWidget(card)
    card.resize(748, card.sizeHint().height())
    assert not card.grab().isNull()
    same = SameRecording(track(1, title="Hungarian Dance No. 5 " * 9, artist="요하네스 브람스"), 43.0, 0.98)
    card.set_recording(same, PRINT)
    card.set_texts(heading="바로 이 노래예요", sure="98% 확실해요", play="0:43부터")
    card.show()
    assert card.grab().toImage().pixelColor(5, 40) == theme.mood(8).tint
    assert card.toolTip().startswith("Hungarian")
    assert card.accessibleName().startswith("바로 이 노래예요, Hungarian")
    assert card.pill.geometry().right() <= card.width() - 16
    with qtbot.waitSignal(card.play_requested) as sent:
        QTest.mouseClick(card.pill, Qt.MouseButton.LeftButton)
    assert sent.args == [same]
