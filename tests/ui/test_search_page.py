"""The search page: what is typed, what is found in bold, what a hit unfolds to, and the keys for all of it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.types import Tags, Track
from musicrec_desktop.ui import hit_list
from musicrec_desktop.ui.catalogue_questions import hits as ask_hits
from musicrec_desktop.ui.hit_list import ROW
from musicrec_desktop.ui.hit_waveform import HitWaveform
from musicrec_desktop.ui.search_page import SearchPage
from musicrec_desktop.ui.strings import use_language
from musicrec_desktop.ui.text import ELLIPSIS
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.unfolded_song import UNFOLDED
from tests.unit.catalogue.stores import add, store_in

SONGS = (
    Tags("봄날", "방탄소년단", "You Never Walk Alone"),
    Tags("나의 봄날", "짙은", ""),
    Tags("밤편지", "아이유", "Palette"),
    Tags("Nighttide Waltz", "t4ngr4m", "Deep"),
)
Key = Qt.Key


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> CatalogueStore:
    store = store_in(tmp_path_factory.mktemp("search"))
    for number, tags in enumerate(SONGS):
        add(store, number, tags=tags)
    return store


@pytest.fixture
def page(qtbot: QtBot, store: CatalogueStore) -> Iterator[SearchPage]:
    use_language("en")
    page = SearchPage(Theme.named("light"), lambda _: None)
    qtbot.addWidget(page)
    page.asked.connect(lambda text: page.show_hits(text, ask_hits(text)(store)))
    page.set_songs(store.tracks())
    page.resize(1000, 640)
    page.show()
    yield page
    page.close()


def search(page: SearchPage, text: str) -> list[str]:
    page.field.setText(text)
    page._ask()
    QApplication.processEvents()
    return titles(page)


def titles(page: SearchPage) -> list[str]:
    return [track.title for track in page.hits.tracks.tracks]


def bold(page: SearchPage, row: int) -> list[str]:
    """The letters of title, artist and album that are drawn bold."""
    track = page.hits.tracks.tracks[row]
    names = (track.title, track.artist, track.album)
    spans = page.hits.rows.found_in(track)
    return [name[start:end] for name, found in zip(names, spans, strict=True) for start, end in found]


def composed(page: SearchPage, text: str, *, commit: str = "") -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QApplication.sendEvent(page.field, event)


def picture(page: SearchPage) -> QImage:
    QApplication.processEvents()
    return page.hits.viewport().grab().toImage()


def test_a_syllable_still_being_composed_is_searched_for(page: SearchPage, qtbot: QtBot) -> None:
    composed(page, "보")
    qtbot.waitUntil(lambda: titles(page) == ["봄날", "나의 봄날"])
    composed(page, "봄")
    composed(page, "ㄴ", commit="봄")
    qtbot.waitUntil(lambda: bold(page, 0) == ["봄날"])
    assert (page.field.text(), page.field.whole()) == ("봄", "봄ㄴ")
    composed(page, "", commit="나")
    assert page.field.whole() == "봄나"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("봄", ["봄"]),
        ("ㅂㅌㅅ", ["방탄소"]),
        ("소냔단", ["소년단"]),
        ("qhaskf", ["봄날"]),
        ("never 봄", ["봄", "Never"]),
    ],
)
def test_what_was_found_is_bold(page: SearchPage, text: str, letters: list[str]) -> None:
    assert search(page, text)[0] == "봄날"
    assert bold(page, 0) == letters


def test_bold_letters_are_drawn(page: SearchPage) -> None:
    search(page, "봄날")
    found = picture(page)
    page.hits.rows.look_for("")
    assert found != picture(page)


def test_hits_are_counted_and_timed(page: SearchPage) -> None:
    search(page, "봄날")
    assert page.count.text().startswith("2 hits in ")
    search(page, "waltz")
    assert page.count.text().startswith("1 hit in ")


def test_without_text_there_are_examples_that_find_something(page: SearchPage) -> None:
    texts = [button.text() for button in page.examples if button.isVisible()]
    assert texts == ["ㅂㅌㅅㄴㄷ", "봄날", "Nighttide", "방탄소년단"]
    for button, text in zip(page.examples, texts, strict=True):
        button.click()
        page._ask()
        assert page.field.text() == text
        assert titles(page)


def test_an_empty_catalogue_gives_no_examples(page: SearchPage) -> None:
    page.set_songs([])
    assert not any(button.isVisible() for button in page.examples)


def test_nothing_found_offers_the_nearest_spelling(page: SearchPage) -> None:
    assert search(page, "방탕손여단이") == []
    assert page.hint.text() == "No title like “방탕손여단이”"
    assert (page.meant.isVisible(), page.meant.text()) == (True, "Did you mean “방탄소년단”?")
    page.meant.click()
    page._ask()
    assert titles(page) == ["봄날"]
    search(page, "zzzzqqqq")
    assert not page.meant.isVisible()


def test_the_list_stays_until_the_next_answer_is_here(page: SearchPage) -> None:
    search(page, "봄날")
    page.field.setText("봄날의")
    assert titles(page) == ["봄날", "나의 봄날"]
    assert page.hits.isVisible()
    page.field.clear()
    assert titles(page) == []
    assert page.examples[0].isVisible()


def test_the_keys_lead_into_the_list_and_back(page: SearchPage, qtbot: QtBot) -> None:
    search(page, "봄날")
    played: list[Track] = []
    page.play_requested.connect(lambda track, at_s: played.append((track.title, at_s)))
    qtbot.keyClick(page.field, Key.Key_Down)
    assert page.hits.chosen().title == "봄날"
    qtbot.keyClick(page.hits, Key.Key_Return)
    qtbot.keyClick(page.hits, Key.Key_Down)
    qtbot.keyClick(page.hits, Key.Key_Return)
    assert played == [("봄날", 0.0), ("나의 봄날", 0.0)]
    with qtbot.waitSignal(page.similar_requested) as asked:
        qtbot.keyClick(page.hits, Key.Key_M)
    assert asked.args[0].title == "나의 봄날"
    qtbot.keyClick(page.hits, Key.Key_Escape)
    assert page.hits.chosen() is None
    qtbot.keyClick(page.field, Key.Key_Down)
    qtbot.keyClick(page.hits, Key.Key_Up)
    assert page.hits.chosen() is None


def test_the_chosen_row_unfolds_its_sound_and_the_others_make_room(page: SearchPage, qtbot: QtBot) -> None:
    search(page, "봄날")
    assert not page.hits.song.isVisible()
    qtbot.keyClick(page.field, Key.Key_Down)
    QApplication.processEvents()
    assert page.hits.row_rect(0).height() == ROW + UNFOLDED
    assert page.hits.row_rect(1).top() == page.hits.row_rect(0).bottom() + 1
    assert page.hits.song.geometry().top() == ROW
    qtbot.keyClick(page.hits, Key.Key_Down)
    QApplication.processEvents()
    assert page.hits.row_rect(0).height() == ROW
    assert page.hits.song.geometry().top() == page.hits.row_rect(1).top() + ROW


def test_a_passage_of_the_song_is_chosen_and_asked_about(page: SearchPage, qtbot: QtBot) -> None:
    search(page, "봄날")
    qtbot.keyClick(page.field, Key.Key_Down)
    QApplication.processEvents()
    strip, track = page.hits.strip, page.hits.chosen()
    assert (strip.passage.start_s, strip.passage.duration_s) == ((track.duration_s - 6) / 2, 6.0)
    qtbot.keyClick(page.hits, Key.Key_Left)
    qtbot.keyClick(page.hits, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert (strip.passage.start_s, strip.passage.duration_s) == ((track.duration_s - 6) / 2 - 1, 7.0)
    with qtbot.waitSignal(page.passage_requested) as asked:
        qtbot.keyClick(page.hits, Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == [track, strip.passage.start_s, 7.0]
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(2, 30))
    assert strip.passage.start_s == 0.0
    with qtbot.waitSignal(page.passage_requested) as asked:
        page.hits.song.similar.click()
    assert asked.args == [track, 0.0, 7.0]
    with qtbot.waitSignal(page.play_requested) as played:
        page.hits.song.play.click()
    assert played.args == [track, 0.0]


def test_the_frame_is_dragged_and_drawn(page: SearchPage, qtbot: QtBot) -> None:
    search(page, "봄날")
    qtbot.keyClick(page.field, Key.Key_Down)
    QApplication.processEvents()
    strip = page.hits.strip
    box = strip.frame_box()
    middle = box.center().toPoint()
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(strip, middle - QPoint(100, 0))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=middle - QPoint(100, 0))
    assert strip.frame_box().left() == pytest.approx(box.left() - 100, abs=1.5)
    assert strip.frame_box().width() == pytest.approx(box.width(), abs=1.5)
    end = QPoint(round(strip.frame_box().right()) - 1, 30)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(strip, end + QPoint(60, 0))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end + QPoint(60, 0))
    assert strip.frame_box().width() == pytest.approx(box.width() + 60, abs=3)


def test_the_waveform_of_the_song_that_stays_unfolded_is_asked_for(page: SearchPage, qtbot: QtBot) -> None:
    asked: list[tuple[str, Path]] = []
    waveform = HitWaveform(page.hits, lambda track_id, path: asked.append((track_id, path)))
    search(page, "봄날")
    qtbot.keyClick(page.field, Key.Key_Down)
    qtbot.keyClick(page.hits, Key.Key_Down)
    qtbot.waitUntil(lambda: bool(asked))
    track = page.hits.chosen()
    assert asked == [(track.track_id, track.path)]
    flat = page.hits.strip.bar_heights()
    waveform.on_waveform("another", np.ones(50, np.float32))
    assert page.hits.strip.bar_heights() == flat
    waveform.on_waveform(track.track_id, np.linspace(0, 1, 500, dtype=np.float32))
    heights = page.hits.strip.bar_heights()
    assert max(heights) > 40
    assert heights == sorted(heights)


def test_the_chosen_song_stays_chosen_while_more_is_typed(page: SearchPage, qtbot: QtBot) -> None:
    search(page, "봄")
    qtbot.keyClick(page.field, Key.Key_Down)
    search(page, "봄날")
    assert page.hits.chosen().title == "봄날"
    assert page.hits.song.isVisible()
    search(page, "waltz")
    assert page.hits.chosen() is None
    assert not page.hits.song.isVisible()


def test_a_title_found_in_many_pieces_never_ends_without_saying_that_more_follows(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    really = hit_list.draw_text

    def note(painter: QPainter, box: QRectF, text: str, *rest: object) -> float:
        drawn.append(text)
        wide = really(painter, box, text, *rest)
        assert wide <= box.width() + 2  # as exact as Qt elides
        return wide

    monkeypatch.setattr(hit_list, "draw_text", note)
    title, canvas = "to be found " * 12, QImage(600, 40, QImage.Format.Format_RGB32)
    spans = tuple((at, at + 5) for at in range(6, len(title), 12))
    for room in range(40, 600, 3):
        drawn.clear()
        painter = QPainter(canvas)
        hit_list.paint_found(painter, QRectF(0, 0, room, 20), [(title, spans)], "row", theme, "text")
        painter.end()
        assert "".join(drawn).endswith(ELLIPSIS), room
