"""The first page, the songs that come with the program, and the change to the listener's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.settings import AudioSettings, FirstSettings, LookSettings, Settings
from musicrec_desktop.ui.first_page import FirstPage
from musicrec_desktop.ui.level_meter import LOW_DB
from musicrec_desktop.ui.session import State
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.workers.analysis import EngineFacts
from musicrec_desktop.workers.microphone import Played
from tests.ui.desk import MICROPHONE, MONITOR, Desk, assert_whole
from tests.ui.fakes import FakeMic, FakeStore, full_answer, refusal, songs

SAMPLE = Path("/demo/sample.opus")
ENGLISH = LookSettings(language="en", theme="light")


class Demonstration(FakeStore):
    is_demonstration = True


def make_desk(qtbot: QtBot, look: LookSettings = ENGLISH) -> Desk:
    """A fresh start: nothing armed, thirteen songs of the demonstration."""
    desk = Desk(qtbot, look, AudioSettings(), sample=SAMPLE)
    desk.store = Demonstration(songs(13))
    desk.catalogue.begin()
    desk.connections.on_ready(desk.facts)
    desk.session.on_ready()
    desk.settle()
    return desk


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = make_desk(qtbot)
    yield desk
    desk.window.close()


def refresh(desk: Desk, store: FakeStore) -> None:
    desk.store = store
    desk.catalogue.refresh()
    desk.settle()


def test_the_first_page_is_shown_once(desk: Desk, qtbot: QtBot) -> None:
    kept: list[Settings] = []
    desk.connections.settings_changed.connect(kept.append)
    assert desk.window.page == "first" and desk.window.navigation.item("listen").isChecked()
    qtbot.mouseClick(desk.window.navigation.item("moods"), Qt.MouseButton.LeftButton)
    assert desk.window.page == "moods" and kept[-1].first == FirstSettings(welcomed=True)
    qtbot.mouseClick(desk.window.navigation.item("listen"), Qt.MouseButton.LeftButton)
    assert desk.window.page == "listen" and len(kept) == 1


def test_it_does_not_greet_who_was_here_before(qtbot: QtBot) -> None:
    assert Desk(qtbot, ENGLISH, AudioSettings(armed=True)).window.page == "listen"
    assert Desk(qtbot, ENGLISH, AudioSettings(), first=FirstSettings(welcomed=True)).window.page == "listen"


def test_settings_show_it_again(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("settings")
    qtbot.mouseClick(desk.window.settings.first.button, Qt.MouseButton.LeftButton)
    assert desk.window.page == "first" and desk.window.first.sample.isVisible()


def test_start_listening_listens(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.window.first.start, Qt.MouseButton.LeftButton)
    assert desk.window.page == "listen" and desk.session.state is State.LISTENING
    assert desk.ears.wanted[-1] == AudioSettings(armed=True)


def test_space_listens_from_the_first_page(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.window.page == "listen" and desk.session.state is State.LISTENING


def test_the_sample_recording_goes_the_whole_way(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.window.first.sample, Qt.MouseButton.LeftButton)
    assert desk.window.page == "listen" and desk.session.state is State.LISTENING
    assert desk.ears.wanted == [Played(SAMPLE, 0.8)]
    ear = FakeMic(sr=11025)
    ear.played = True
    desk.session.on_opened(ear, SAMPLE.name)
    assert desk.window.status.device.text.startswith("Sample recording")
    for _ in range(61):
        ear.hear(0.1)
        desk.window.listen.live.pull()
        desk.session.tick()
    assert desk.session.state is State.ANALYSING
    assert desk.window.listen.live.spectrogram.mode == "frozen"
    desk.session.on_result(desk.worker.last_id, full_answer())
    desk.settle()
    assert desk.window.listen.header.sub.text() == "Sample recording"
    assert desk.window.listen.answers.results.card.isVisible() and desk.ears.wanted[-1] is None


def test_the_device_is_named_and_its_level_shows_only_once_it_is_open(desk: Desk) -> None:
    page = desk.window.first
    assert page.device.text() == "Default input" and not page.device.isEnabled()
    desk.connections.on_inputs([MICROPHONE, MONITOR])
    assert page.device.isEnabled() and page.device.options == ["Default input", "Desk microphone", "Speakers"]
    assert not page.level.isVisible()
    page.device.picked.emit(2)
    assert desk.ears.wanted[-1] == AudioSettings(device="Speakers", source="monitor", armed=True)
    assert page.device.text() == "Speakers"
    desk.session.on_opened(desk.mic, "Speakers")
    desk.hear(1.0)
    assert page.level.isVisible() and page.level.level_db > -20.0


def test_without_a_device_it_says_so_and_everything_else_works(desk: Desk, qtbot: QtBot) -> None:
    desk.connections.on_inputs([])
    page = desk.window.first
    assert page.device.text() == "No microphone" and not page.device.isEnabled()
    assert page.start.isEnabled() and page.sample.isVisible()


def test_without_a_microphone_no_page_speaks_of_a_default_one(desk: Desk) -> None:
    status, picker = desk.window.status.device, desk.window.settings.device
    desk.connections.on_inputs([])
    assert status.text == picker.text() == "No microphone"
    desk.connections.on_inputs([MICROPHONE])
    assert status.text == "Desk microphone · closed"
    assert picker.text() == "Default input"


def test_demonstration_songs_are_called_so_until_there_are_own_ones(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window
    assert window.status.songs.text == "13 demonstration songs"
    assert window.library.header.sub.text() == "13 demonstration songs"
    window.show_page("library")
    assert window.library.note.isVisible() and window.library.table.isVisible()
    refresh(desk, FakeStore(songs(3)))
    assert window.status.songs.text == window.library.header.sub.text() == "3 songs"
    assert not window.library.note.isVisible()
    window.show_page("first")
    assert not window.first.sample.isVisible()
    window.show_page("listen")
    assert not window.listen.live.ways.rows["sample"].isVisible()
    refresh(desk, Demonstration(songs(13)))
    assert window.status.songs.text == "13 demonstration songs"
    assert window.listen.live.ways.rows["sample"].isVisible()


def test_the_change_drops_what_was_shown_of_the_songs_before(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("search")
    qtbot.keyClicks(desk.window.search.field, "waltz")
    qtbot.waitUntil(lambda: any(topic == "search" for topic, _, _ in desk.answers))
    desk.settle()
    assert desk.window.search.hits.tracks.rowCount() == 2
    desk.session.open_file(Path("/some/take.wav"))
    desk.session.on_result(desk.worker.last_id, full_answer())
    desk.connections.open_mood(1)
    desk.settle()
    assert len(desk.window.mood.songs.rows) == 2
    assert desk.session.state is State.SHOWING
    refresh(desk, FakeStore(songs(2)))
    assert desk.window.search.hits.tracks.rowCount() == 1
    assert len(desk.window.mood.songs.rows) == 1
    assert desk.session.state is State.READY


def test_moods_are_there_before_the_engine(qtbot: QtBot) -> None:
    desk = Desk(qtbot, ENGLISH, AudioSettings(), read_facts=lambda: desk.facts)
    desk.catalogue.begin()
    desk.settle()
    assert desk.session.state is State.PREPARING
    tiles = desk.window.moods.grid.tiles
    assert len(tiles) == 10 and "4 songs" in tiles[0].accessibleName()
    desk.connections.on_ready(desk.facts)
    assert desk.window.moods.grid.tiles is tiles  # not made anew


def test_another_model_brings_its_own_moods_and_disturbs_nothing(desk: Desk) -> None:
    refresh(desk, FakeStore(songs(40)))
    state, tiles = desk.session.state, desk.window.moods.grid.tiles
    newer = tuple(replace(mood, name_en=f"Newer {mood.id}", short_en=f"Newer {mood.id}") for mood in desk.facts.moods)
    desk.connections.on_ready(EngineFacts("newer", newer))
    desk.session.on_ready()
    desk.settle()
    assert desk.window.moods.grid.tiles is not tiles
    names = [tile.accessibleName() for tile in desk.window.moods.grid.tiles]
    assert all("Newer" in name and "4 songs" in name for name in names)
    assert desk.session.state is state


def test_where_the_demonstration_is_not_in_use_though_there_are_no_songs_it_can_be_loaded(
    desk: Desk, qtbot: QtBot
) -> None:
    refresh(desk, FakeStore([]))
    desk.session.on_opened(desk.mic, "Desk microphone")
    desk.hear(7.0, step_s=0.5)
    desk.show_answer(refusal("empty_catalogue", 0.0, 1.0))
    view = desk.window.listen.answers.refusal
    assert [button.text() for button in view.buttons] == ["Add a folder", "Load the demonstration"]
    assert "demonstration" in view.sentence.text()
    asked = len(desk.worker.requests)
    desk.store = Demonstration(songs(13))
    qtbot.mouseClick(view.buttons[1], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.window.status.songs.text == "13 demonstration songs"
    assert len(desk.worker.requests) == asked + 1


def test_no_loudspeaker_is_one_message(desk: Desk) -> None:
    desk.connections.on_silent()
    assert desk.window.status.message.text == "No loudspeaker found. The song runs, but cannot be heard"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
@pytest.mark.parametrize("device", [True, False])
def test_everything_on_the_first_page_fits(qtbot: QtBot, language: str, size: tuple[int, int], device: bool) -> None:
    desk = make_desk(qtbot, LookSettings(language=language, theme="dark"))
    desk.window.resize(*size)
    desk.connections.on_inputs([MICROPHONE] if device else [])
    desk.settle()
    assert_whole(desk.window)
    page = desk.window.first
    shown = [page.mark, page.headline, *page.promises, page.device, page._help, page.start, page.sample]
    boxes = [widget.geometry() for widget in shown]
    for number, box in enumerate(boxes):
        assert page.rect().contains(box), shown[number]
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_the_level_is_shown_within_its_bar(qtbot: QtBot, theme: Theme) -> None:
    page = FirstPage(theme)
    qtbot.addWidget(page)
    for level_db in (-120.0, -50.0, -10.0, 6.0):
        page.set_level(level_db)
        page.grab()
        assert LOW_DB <= page.level.level_db <= 0.0
