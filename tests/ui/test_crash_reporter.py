"""What nobody caught: one dialog, never two; settings written once things are quiet."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.settings import AudioSettings, Settings, load
from musicrec_desktop.ui.crash_reporter import CrashReporter
from musicrec_desktop.ui.settings_keeper import SettingsKeeper
from musicrec_desktop.ui.strings import use_language


def test_one_dialog_however_many_failures(qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    use_language("en")
    reporter = CrashReporter(tmp_path)
    before = sys.excepthook, threading.excepthook
    reporter.install()
    hook = sys.excepthook
    sys.excepthook, threading.excepthook = before
    with caplog.at_level(logging.CRITICAL):
        for number in range(3):
            try:
                raise ValueError(f"number {number}")
            except ValueError as error:
                hook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    first = reporter.dialog
    QGuiApplication.processEvents()
    assert reporter.dialog is first
    assert len(caplog.records) == 3
    assert first is not None
    next(button for button in first.buttons() if button.text() == "Copy details").click()
    assert "number 0" in QGuiApplication.clipboard().text()
    first.close()


def test_settings_are_written_a_moment_after_the_last_change(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    keeper = SettingsKeeper(path)
    for volume in (0.1, 0.2, 0.3):
        keeper.keep(Settings(audio=AudioSettings(volume=volume)))
    assert not path.exists()
    qtbot.waitUntil(path.exists)
    assert load(path).audio.volume == 0.3


def test_a_disk_that_cannot_be_written_costs_the_change_only(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    keeper = SettingsKeeper(tmp_path / "file" / "settings.json")
    keeper.keep(Settings(audio=AudioSettings(volume=0.5)))
    with caplog.at_level(logging.WARNING):
        keeper.write()
    assert "settings were not saved" in caplog.text
