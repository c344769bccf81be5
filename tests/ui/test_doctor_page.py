"""The page of the self-test: rows as they come, words in both languages, and an end when it is left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.checkup import Finding, said
from musicrec_desktop.core.errors import NoInputDevice
from musicrec_desktop.core.settings import LookSettings
from musicrec_desktop.doctor.checks import CHECKS
from musicrec_desktop.doctor.words import PLURAL, SENTENCES, told
from musicrec_desktop.ui.checkup import Checkup
from musicrec_desktop.ui.doctor_page import DoctorPage
from musicrec_desktop.ui.finding_row import FindingRow
from musicrec_desktop.ui.strings import tr, use_language
from musicrec_desktop.ui.theme import Theme
from tests.ui.desk import Desk as Window
from tools import translations

NAMES = tuple(CHECKS)
WELL = Finding("database", "ok", (said("database", version="3.54.1"),), took_s=0.01)
SLOW = Finding("speed", "attention", (said("speed", ms=1200, n=5), said("speed_slow")), took_s=2.34)
DEAF = Finding("sound", "attention", error=NoInputDevice())
LATE = Finding("librosa", "skipped", (said("reference_late", library="librosa"),))


class Desk:
    """The page with a self-test that is played by the test."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.started = self.cancelled = 0
        self.page = DoctorPage(theme)
        qtbot.addWidget(self.page)
        self.page.resize(1000, 640)
        self.checkup = Checkup(self.start, self.cancel)
        self.checkup.began.connect(self.page.begin)
        self.checkup.found.connect(self.page.add)
        self.checkup.ended.connect(self.page.end)
        self.page.run_wanted.connect(self.checkup.start)
        self.page.cancel_wanted.connect(self.checkup.cancel)

    def start(self) -> int:
        self.started += 1
        return self.started

    def cancel(self) -> None:
        self.cancelled += 1

    def find(self, *findings: Finding) -> None:
        self.checkup.on_begun(self.started, NAMES)
        for finding in findings:
            self.checkup.on_found(self.started, finding)

    @property
    def status(self) -> str:
        return self.page.header.sub.text()


@pytest.fixture(autouse=True)
def english(qapp: object) -> None:
    use_language("en")


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    desk = Desk(qtbot, theme)
    desk.page.show()
    return desk


def test_opening_begins_a_run_and_rows_appear_one_by_one(desk: Desk) -> None:
    assert desk.started == 1
    desk.find(WELL)
    assert [row.name for row in desk.page.rows] == ["database"]
    assert desk.status == f"Checking 2 of {len(NAMES)}"
    desk.checkup.on_found(1, SLOW)
    assert [row.accessibleName() for row in desk.page.rows] == [
        "Database · In order · SQLite 3.54.1.",
        "Speed · Needs attention · From six seconds of sound to the answer in 1,200 ms, the median of 5 takes. "
        "That is slow enough to notice.",
    ]
    assert not desk.page.copy.isEnabled()


def test_the_end_says_how_it_went(desk: Desk) -> None:
    desk.find(WELL, SLOW, DEAF, LATE)
    desk.checkup.on_done(1, None)
    assert desk.status.startswith("2 checks need attention: Speed, Sound devices. It took 0")
    assert desk.page.run.text() == "Run again" and desk.page.copy.isEnabled()
    QTest.mouseClick(desk.page.run, Qt.MouseButton.LeftButton)
    assert desk.started == 2 and desk.page.rows == []
    desk.find(WELL, LATE)
    desk.checkup.on_done(2, None)
    assert desk.status.startswith("Everything is in order.")


def test_what_broke_off_is_said(desk: Desk) -> None:
    desk.find(WELL)
    desk.checkup.on_done(1, KeyError("a fault"))
    assert desk.status == "The check broke off; the log says why"


def test_leaving_the_page_gives_the_run_up_and_what_still_comes_is_dropped(desk: Desk) -> None:
    desk.find(WELL)
    desk.page.hide()
    assert desk.cancelled == 1
    desk.checkup.on_found(1, SLOW)
    desk.checkup.on_done(1, None)
    assert len(desk.page.rows) == 1
    assert desk.status == "Stopped before the end"
    desk.page.show()
    assert desk.started == 2


def test_a_run_can_be_stopped_by_its_button(desk: Desk) -> None:
    desk.find(WELL)
    assert desk.page.run.text() == "Stop"
    QTest.keyClick(desk.page.run, Qt.Key.Key_Return)
    assert desk.cancelled == 1 and desk.page.run.text() == "Run again"
    desk.page.hide()
    assert desk.cancelled == 1


def test_another_language_reaches_every_row(desk: Desk) -> None:
    desk.find(WELL, SLOW, DEAF)
    use_language("ko")
    desk.page.retranslate()
    assert desk.page.header.title.text() == "점검"
    assert desk.status == f"{len(NAMES)}개 중 4번째를 점검하고 있어요"
    assert "데이터베이스 · 정상 · SQLite 3.54.1 버전이에요." in [row.as_text() for row in desk.page.rows]
    assert "마이크를 찾지 못했어요" in desk.page.rows[2].sentences()


def test_diagnostics_are_plain_text_that_names_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/somebody"))
    where = Finding("settings", "ok", (said("settings_read", path="/home/somebody/settings.json"),))
    desk.find(where, DEAF)
    desk.checkup.on_done(1, None)
    with qtbot.waitSignal(desk.page.said):
        QTest.mouseClick(desk.page.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Settings · In order · Read from ~/settings.json." in copied
    assert "somebody" not in copied
    assert copied.count("\n") == 3


def test_the_window_opens_it_from_settings_and_escape_leads_back(qtbot: QtBot) -> None:
    window = Window(qtbot, LookSettings(language="en")).window
    begun: list[bool] = []
    window.doctor.run_wanted.connect(lambda: begun.append(True))
    window.show_page("settings")
    assert begun == []  # nothing is examined unasked
    window.show_doctor()
    assert begun == [True]
    assert window.page == "doctor"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.page == "settings"


def test_back_and_the_log(desk: Desk, qtbot: QtBot) -> None:
    for button, signal in ((desk.page.back, desk.page.back_wanted), (desk.page.log, desk.page.log_wanted)):
        assert button.accessibleName()
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_rows_that_come_wear_the_theme_of_the_moment(desk: Desk) -> None:
    other = Theme.named("light" if desk.page.theme.dark else "dark")
    desk.page.set_theme(other)
    desk.find(WELL)
    assert desk.page.rows[0].findChildren(type(desk.page.header.title))[0].theme is other


def test_every_check_and_every_sentence_has_words_in_the_window() -> None:
    english = translations.read(translations.file_of("en"))
    assert {f"doctor.name_{name}" for name in NAMES} <= set(english)
    for key, text in SENTENCES.items():
        forms = {form.replace(translations.COUNT, "{n}") for form in english[f"doctor.{key}"].forms}
        assert forms == set(text.split(PLURAL))


@pytest.mark.parametrize("finding", [WELL, SLOW, DEAF, LATE], ids=lambda finding: finding.check)
def test_the_window_says_what_the_terminal_says(finding: Finding, theme: Theme) -> None:
    if finding.error is None:
        assert FindingRow(theme, finding, finding.check).sentences() == told(finding)
    assert tr(f"doctor.name_{finding.check}")
