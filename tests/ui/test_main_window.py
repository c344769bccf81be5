"""The window with all its pages, offscreen, with fakes behind it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.errors import CatalogueDamaged, DeviceLost, ModelMissing, NoInputDevice
from musicrec_desktop.core.settings import LookSettings, Settings
from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Summary
from musicrec_desktop.ui.session import State
from musicrec_desktop.workers.analysis import FileRequest, SimilarRequest
from tests.ui.desk import AUDIO, MICROPHONE, MONITOR, Desk, assert_whole
from tests.ui.fakes import full_answer, refusal


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot, LookSettings(language="en", theme="light"))
    desk.make_ready()
    desk.hear(12.0, step_s=0.8)
    yield desk
    desk.window.close()


def test_a_click_on_record_listens_and_shows_the_songs(desk: Desk, qtbot: QtBot) -> None:
    live = desk.window.listen.live
    qtbot.mouseClick(live.button, Qt.MouseButton.LeftButton)
    assert desk.session.state is State.LISTENING
    assert live.button.state == "recording"
    desk.hear(3.1)
    assert live.button.seconds == 3
    desk.session.on_result(desk.worker.last_id, full_answer())
    assert len(live.so_far.titles) == 3
    desk.hear(3.0)
    assert desk.session.state is State.ANALYSING
    desk.session.on_result(desk.worker.last_id, full_answer())
    results = desk.window.listen.answers.results
    assert results.card.isVisible()
    assert len(results.songs.rows) == 9  # of twelve: weaker ones only when asked for
    assert results.weaker.isVisible()
    qtbot.mouseClick(results.weaker, Qt.MouseButton.LeftButton)
    assert len(results.songs.rows) == 12
    assert desk.window.listen.again.isVisible()
    assert desk.window.listen.header.sub.text() == "Take at 21:04"


def test_space_starts_and_stops_and_escape_cancels(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("moods")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.window.page == "listen"
    assert desk.session.state is State.LISTENING
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.session.state is State.ARMED
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.hear(3.5)
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.session.state is State.ANALYSING


def test_space_in_the_search_field_is_a_space(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("search")
    qtbot.keyClicks(desk.window.search.field, "sugar plum")
    assert desk.window.search.field.text() == "sugar plum"
    assert desk.session.state is State.ARMED


def test_a_refusal_shows_the_measured_value_and_its_way_out(desk: Desk, qtbot: QtBot) -> None:
    desk.connections.on_inputs([MICROPHONE, MONITOR])
    desk.show_answer(refusal("too_quiet", -58.0, -45.0))
    view = desk.window.listen.answers.refusal
    assert view.isVisible()
    assert view.headline.text() == "I could not hear the song well enough"
    assert view.scale.accessibleName() == "Heard \u221258 dB. Enough from \u221245 dB"
    assert [button.text() for button in view.buttons][0] == "Listen again"
    assert "Use this computer's sound" in [button.text() for button in view.buttons]
    assert not desk.window.listen.again.isVisible()
    qtbot.mouseClick(view.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.session.state is State.LISTENING


@pytest.mark.parametrize("reason", ["too_short", "too_quiet", "clipped", "not_music", "nothing_close"])
def test_every_refusal_has_words_and_a_button(desk: Desk, reason: str) -> None:
    desk.show_answer(refusal(reason, 0.3, 0.5))
    view = desk.window.listen.answers.refusal
    assert view.headline.text()
    assert view.sentence.text()
    assert view.buttons


def test_an_empty_catalogue_asks_for_a_folder(desk: Desk) -> None:
    desk.show_answer(refusal("empty_catalogue", 0.0, 1.0))
    view = desk.window.listen.answers.refusal
    assert [button.text() for button in view.buttons] == ["Add a folder"]


def test_another_passage_of_the_strip_is_asked_about(desk: Desk, qtbot: QtBot) -> None:
    desk.show_answer(full_answer())
    picture = desk.window.listen.answers.strip.picture
    asked = len(desk.worker.requests)
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=QPoint(round(picture.x_of(1.0)), 20))
    qtbot.mouseMove(picture, QPoint(round(picture.x_of(3.0)), 20))
    qtbot.mouseMove(picture, QPoint(round(picture.x_of(5.0)), 20))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=QPoint(round(picture.x_of(5.0)), 20))
    assert len(desk.worker.requests) == asked + 1
    assert desk.worker.requests[-1].excerpt.duration_s == pytest.approx(4.0, abs=0.1)


def test_a_song_plays_from_the_matching_moment_and_waits_while_listening(desk: Desk, qtbot: QtBot) -> None:
    desk.show_answer(full_answer())
    results = desk.window.listen.answers.results
    results.songs.act("play", 1)
    assert desk.playback.path == results.songs.rows[1].track.path
    assert desk.playback.position_s == results.songs.rows[1].at_s
    assert desk.window.player.playing
    desk.session.press()
    assert not desk.playback.playing
    assert "Paused while listening" in desk.window.player.accessibleName()
    desk.session.escape()
    assert desk.playback.playing
    desk.preview.on_finished()
    assert desk.playback.path == results.songs.rows[2].track.path


def test_the_named_song_plays_from_where_it_was_heard(desk: Desk, qtbot: QtBot) -> None:
    desk.show_answer(full_answer())
    qtbot.mouseClick(desk.window.listen.answers.results.card.pill, Qt.MouseButton.LeftButton)
    assert desk.playback.position_s == 43.0


def test_more_like_this_asks_about_the_song(desk: Desk) -> None:
    desk.show_answer(full_answer())
    desk.window.listen.answers.results.songs.act("more_like", 0)
    request = desk.worker.requests[-1]
    assert isinstance(request, SimilarRequest)
    desk.session.on_result(request.request_id, full_answer(named=False))
    assert not desk.window.listen.answers.strip.isVisible()
    assert not desk.window.listen.answers.results.card.isVisible()
    assert desk.window.listen.header.sub.text().startswith("Like ")


def test_a_mood_opens_its_songs_best_fit_first(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("moods")
    desk.settle()
    qtbot.mouseClick(desk.window.moods.grid.tiles[3], Qt.MouseButton.LeftButton, pos=QPoint(60, 200))
    desk.settle()
    assert desk.window.page == "mood"
    rows = desk.window.mood.songs.rows
    assert len(rows) == 4
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    qtbot.mouseClick(desk.window.mood.play, Qt.MouseButton.LeftButton)
    assert desk.playback.path == rows[0].track.path
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.window.page == "moods"


def test_search_as_you_type_leads_to_similar_songs(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("search")
    qtbot.keyClicks(desk.window.search.field, "waltz")
    qtbot.waitUntil(lambda: any(topic == "search" for topic, _, _ in desk.answers))
    desk.settle()
    hits = desk.window.search.hits.tracks
    assert hits.rowCount() == 5
    qtbot.keyClick(desk.window.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.window.search.hits, Qt.Key.Key_M)
    assert isinstance(desk.worker.requests[-1], SimilarRequest)
    assert desk.window.page == "listen"


def dropped(paths: list[Path]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.kept = data  # the event does not own its data
    return event


def test_a_dropped_file_is_asked_about_and_a_dropped_folder_imported(desk: Desk, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"x")
    desk.window.dropEvent(dropped([song]))
    request = desk.worker.requests[-1]
    assert isinstance(request, FileRequest)
    assert request.path == song
    desk.window.dropEvent(dropped([tmp_path]))
    assert desk.imported == [[tmp_path]]
    assert desk.window.page == "library"


def test_an_import_shows_progress_failures_and_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    desk.connections.import_paths([Path("/music")])
    card = desk.window.library.card
    assert card.isVisible()
    desk.importer.on_progress(ImportProgress(3, 10, 12.0))
    assert card.numbers.text() == "3 of 10, about 0:12 left"
    desk.importer.on_file(ImportedFile(Path("/music/text.mp3"), "failed", "not_audio"))
    assert card.more.text() == "1 file could not be read. The others are in"
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert desk.cancelled == [True]
    desk.importer.on_done(Summary(2, 0, 0, 1, 3.0))
    assert card.title.text() == "Stopped. 2 songs are in"
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert not card.isVisible()


def test_a_lost_microphone_keeps_what_was_heard(desk: Desk, qtbot: QtBot) -> None:
    desk.session.press()
    desk.hear(3.8)
    desk.session.on_ear_error(DeviceLost(device_name="Desk microphone"))
    live = desk.window.listen.live
    assert live.button.state == "lost"
    assert live.hint.label.text() == "The microphone went away. The first 3.8 s are kept"
    qtbot.mouseClick(live.remedy, Qt.MouseButton.LeftButton)
    assert desk.session.state is State.ANALYSING


def test_without_a_microphone_it_says_so_in_place(desk: Desk) -> None:
    desk.session.on_ear_error(NoInputDevice())
    live = desk.window.listen.live
    assert live.hint.label.text().startswith("No microphone found")
    assert live.ways.isVisible()


def test_a_missing_model_leaves_the_live_view_running(desk: Desk) -> None:
    desk.session.on_error(None, ModelMissing(path=Path("mood.onnx")))
    live = desk.window.listen.live
    assert live.hint.label.text().startswith("The sound model is missing")
    assert live.spectrogram.mode == "armed"
    before = live.columns.newest().shape[1]
    desk.hear(1.0)
    assert live.columns.newest().shape[1] > before


def test_a_damaged_catalogue_offers_a_new_one(desk: Desk, qtbot: QtBot) -> None:
    desk.session.on_error(None, CatalogueDamaged(path=Path("catalogue.db")))
    live = desk.window.listen.live
    with qtbot.waitSignal(desk.connections.repair_wanted):
        qtbot.mouseClick(live.remedy, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("reason", [Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason])
def test_listening_begun_by_another_way_goes_on_at_the_button(desk: Desk, reason: Qt.FocusReason) -> None:
    live = desk.window.listen.live
    desk.window.activateWindow()
    live.ways.rows["mood"].setFocus(reason)
    desk.session.click()
    assert not live.ways.isVisible() and desk.window.focusWidget() is live.button
    assert live.button.keyboard_focus == (reason is Qt.FocusReason.TabFocusReason)
    desk.hear(6.5)
    assert desk.session.state is State.ANALYSING
    desk.session.on_result(desk.worker.last_id, full_answer())
    focused = desk.window.focusWidget()
    assert desk.window.listen.answers.isVisible() and desk.window.listen.isAncestorOf(focused)


def test_without_moods_their_page_says_why(qtbot: QtBot) -> None:
    desk = Desk(qtbot, LookSettings(language="en", theme="light"))
    desk.session.on_error(None, CatalogueDamaged(path=Path("catalogue.db")))
    desk.window.show_page("moods")
    assert desk.window.moods.note.isVisible() and "damaged" in desk.window.moods.note.text()
    desk.make_ready()
    assert not desk.window.moods.note.isVisible()
    desk.window.close()


def test_the_window_is_no_larger_than_the_screen(desk: Desk) -> None:
    assert (desk.window.width(), desk.window.height()) == (1280, 800)
    desk.window.fit(QSize(1920, 1040))
    assert (desk.window.width(), desk.window.height()) == (1280, 800)
    desk.window.fit(QSize(1093, 614))
    assert (desk.window.width(), desk.window.height()) == (1093, 614)
    desk.window.fit(QSize(640, 480))
    assert (desk.window.width(), desk.window.height()) == (900, 600)


def test_the_other_source_is_chosen_where_there_is_one(desk: Desk, qtbot: QtBot) -> None:
    page = desk.window.listen
    desk.connections.on_inputs([MICROPHONE])
    assert not page.source.part(1).isEnabled()
    assert "PulseAudio" in page.source.part(1).toolTip()
    desk.connections.on_inputs([MICROPHONE, MONITOR])
    qtbot.mouseClick(page.source.part(1), Qt.MouseButton.LeftButton)
    assert desk.ears.wanted[-1] == replace(AUDIO, source="monitor", device="Speakers")


def test_language_and_theme_change_at_once_and_are_remembered(desk: Desk, qtbot: QtBot) -> None:
    kept: list[Settings] = []
    desk.connections.settings_changed.connect(kept.append)
    desk.show_answer(full_answer())
    desk.window.show_page("settings")
    qtbot.mouseClick(desk.window.settings.language.part(2), Qt.MouseButton.LeftButton)
    assert desk.window.navigation.item("moods").text() == "기분"
    assert desk.window.listen.header.sub.text() == "21:04에 들은 소리"
    qtbot.mouseClick(desk.window.settings.theme_choice.part(2), Qt.MouseButton.LeftButton)
    assert desk.window.theme.name == "dark"
    assert desk.window.listen.live.spectrogram.theme.name == "dark"
    assert (kept[-1].look.language, kept[-1].look.theme) == ("ko", "dark")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_no_text_is_cut_without_a_tool_tip(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    desk = Desk(qtbot, LookSettings(language=language, theme="light"))
    desk.window.resize(*size)
    desk.make_ready()
    desk.hear(8.0, step_s=0.8)
    for answer in (full_answer(), refusal("too_quiet", -58.0, -45.0), refusal("clipped", 0.38, 0.05)):
        desk.show_answer(answer)
        assert_whole(desk.window)
    desk.session.escape()
    for page in ("listen", "moods", "search", "library", "settings"):
        desk.window.show_page(page)
        desk.settle()
        assert_whole(desk.window)


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)])
def test_nothing_in_the_live_view_overlaps(qtbot: QtBot, size: tuple[int, int]) -> None:
    desk = Desk(qtbot, LookSettings(language="ko", theme="dark"))
    desk.window.resize(*size)
    desk.make_ready()
    live = desk.window.listen.live
    desk.session.press()
    desk.hear(3.2)
    desk.session.on_result(desk.worker.last_id, full_answer())
    desk.settle()
    shown = [live.spectrogram, live.headline, live.hint, live.meter, live.button, live.key_space, live.so_far]
    boxes = [widget.geometry() for widget in shown]
    for number, box in enumerate(boxes):
        assert live.rect().contains(box), shown[number]
        for other in boxes[number + 1 :]:
            assert not box.intersects(other), (box, other)


def test_everything_that_can_be_operated_has_a_name(desk: Desk) -> None:
    desk.show_answer(full_answer())
    for widget in desk.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named or widget.objectName().startswith("qt_"), type(widget).__name__
