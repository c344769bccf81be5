"""The real window in a process of its own, which says on standard output what happens in it, a JSON object a line.

Run by the tests under a virtual screen; they press its buttons through the X server, as a hand would.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from musicrec_desktop import app
from musicrec_desktop.core import paths
from musicrec_desktop.core.settings import Settings, load
from musicrec_desktop.ui.drops import is_for_library
from musicrec_desktop.ui.track_list import BLEED, TrackList

BEAT_MS, BUSY_MS = 5, 10


class Stalls(QObject):
    """The longest time in which the event loop did not come round.

    Time in which this thread was ready, but the system ran other processes instead, is not the window's: where the
    kernel tells it, it is taken off.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last: float | None = None
        self._waited_ms = waited_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now, waited = time.monotonic(), waited_ms()
        if self._last is not None:
            own_ms = 1000 * (now - self._last) - BEAT_MS - (waited - self._waited_ms)
            self.longest_ms = max(self.longest_ms, own_ms)
        self._last, self._waited_ms = now, waited


class Busy(QObject):
    """The most processor time that the window's thread took between two beats of a timer.

    Between two beats lies at least one event, so no event took longer. Time in which the thread waited, for a
    processor, the interpreter or a lock, is not in it: other processes and threads cannot make it grow.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last_s = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BUSY_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin_anew(self) -> None:
        self.longest_ms, self._last_s = 0.0, time.thread_time()

    @Slot()
    def _beat(self) -> None:
        now_s = time.thread_time()
        self.longest_ms = max(self.longest_ms, 1000 * (now_s - self._last_s))
        self._last_s = now_s


class Reporter(QObject):
    """Prints what the session says, with where the buttons are at that moment."""

    def __init__(self, desktop: app.DesktopApp) -> None:
        super().__init__()
        self._desktop = desktop
        self._stalls, self._busy = Stalls(), Busy()
        self._sync_state = "off"
        desktop.window.first_painted.connect(self._on_painted)
        desktop.session.state_changed.connect(self._on_state)
        desktop.session.shown.connect(self._on_shown)
        desktop.session.failed.connect(self._on_failed)
        desktop.bridge.ready.connect(self._on_ready)
        desktop.bridge.sync_status.connect(self._on_sync)
        desktop.catalogue.shelf.connect(self._on_shelf)
        desktop.catalogue.tracks.connect(self._on_tracks)
        desktop.preview.moved.connect(self._on_moved)
        desktop.window.sheet.pages.currentChanged.connect(self._on_page)
        self._drops = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._drops.activated.connect(self._on_drop)
        self._settled = QTimer(self)  # positions are right once the layout has been done
        self._settled.setSingleShot(True)
        self._settled.setInterval(60)
        self._settled.timeout.connect(self._on_settled)

    @Slot()
    def _on_drop(self) -> None:
        """A line on standard input is a path that was dropped on the window."""
        line = sys.stdin.readline()
        if line:
            path = Path(line.rstrip("\n"))
            self._desktop.window.paths_dropped.emit([path], is_for_library([path]))
        else:
            self._drops.setEnabled(False)

    @Slot()
    def _on_painted(self) -> None:
        say("painted", after_s=running_s())

    @Slot(object)
    def _on_ready(self, facts: object) -> None:
        say("ready", after_s=running_s())

    @Slot(object)
    def _on_shelf(self, shelf: Any) -> None:
        tiles = self._desktop.window.moods.grid.tiles
        say("tiles", after_s=running_s(), tiles=len(tiles), songs=sum(shelf.counts.values()), busiest_ms=self._busy_ms)

    @Slot(object)
    def _on_tracks(self, tracks: Any) -> None:
        status, library = self._desktop.window.status.songs.text, self._desktop.window.library
        say("songs", after_s=running_s(), songs=len(tracks), status=status, heading=library.header.sub.text())

    @property
    def _busy_ms(self) -> float:
        return round(self._busy.longest_ms, 1)

    @Slot(object, object)
    def _on_sync(self, status: Any, release: Any) -> None:
        """How things stand with the central catalogue, once the window shows it."""
        if (self._sync_state, status.state) == ("looking", "fetching"):
            self._busy.begin_anew()
        self._sync_state = status.state
        item = self._desktop.window.status.sync
        say(
            "sync",
            state=status.state,
            text=item.text(),
            tip=item.toolTip(),
            place=middle(item),
            done=status.done,
            release=release.number if release else None,
            dialogs=len(other_windows(self._desktop.window)),
            busiest_ms=self._busy_ms,
            longest_stall_ms=round(self._stalls.longest_ms, 1),
        )

    @Slot(float)
    def _on_moved(self, position_s: float) -> None:
        track = self._desktop.preview.track
        say("playing", title=track.title if track else None, position_s=position_s)

    @Slot(int)
    def _on_page(self, index: int) -> None:
        self._settled.start()

    @Slot(object)
    def _on_state(self, state: Any) -> None:
        say("state", state=state.name)
        self._settled.start()

    @Slot()
    def _on_settled(self) -> None:
        listen = self._desktop.window.listen
        say(
            "settled",
            state=self._desktop.session.state.name,
            record=middle(listen.live.button),
            again=middle(listen.again),
            refusal=[middle(button) for button in listen.answers.refusal.buttons if button.isVisible()],
            page=self._desktop.window.page,
            sample=middle(self._desktop.window.first.sample) or middle(listen.live.ways.rows["sample"]),
            library=middle(self._desktop.window.navigation.item("library")),
            moods=middle(self._desktop.window.navigation.item("moods")),
            cover=first_cover(self._desktop.window.library.table),
            look=middle(self._desktop.window.settings.central.state.look),
            dialogs=len(other_windows(self._desktop.window)),
            busiest_ms=self._busy_ms,
            longest_stall_ms=round(self._stalls.longest_ms, 1),
        )

    @Slot(object, object)
    def _on_shown(self, take: Any, answer: Any) -> None:
        same = answer.same_recording
        say(
            "answer",
            verdict=answer.verdict,
            reason=answer.reason,
            title=same.track.title if same else None,
            path=str(same.track.path) if same else None,
            songs=len(answer.recommendations),
            heard_s=answer.duration_s,
            longest_stall_ms=round(self._stalls.longest_ms, 1),
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        say("failed", error=repr(error))


def waited_ms() -> float:
    """How long the main thread has waited for a processor so far; 0 where the kernel does not say."""
    try:
        return int(Path(f"/proc/self/task/{os.getpid()}/schedstat").read_text().split()[1]) / 1e6
    except OSError:
        return 0.0


def middle(widget: QWidget) -> list[int] | None:
    """The middle of a widget on the screen; None while it cannot be seen."""
    if not widget.isVisible():
        return None
    place = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return [place.x(), place.y()]


def other_windows(window: QWidget) -> list[QWidget]:
    """Whatever else stands on the screen."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]


def first_cover(table: TrackList) -> list[int] | None:
    """The cover of a list's first row on the screen; None while it cannot be seen."""
    if not table.isVisible() or not table.tracks.rowCount():
        return None
    row = table.row_rect(0)
    place = table.viewport().mapToGlobal(row.topLeft() + QPoint(BLEED + 16, row.height() // 2))
    return [place.x(), place.y()]


def running_s() -> float:
    """Seconds since this process was started, its imports among them."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    uptime_s = float(Path("/proc/uptime").read_text().split()[0])
    return uptime_s - ticks / os.sysconf("SC_CLK_TCK")


def say(what: str, **facts: object) -> None:
    print(json.dumps({"event": what, **facts}), flush=True)


def main() -> int:
    application = app.open_application()
    settings = load(paths.settings_file()) if paths.settings_file().exists() else Settings()
    desktop = app.DesktopApp(settings, app.CrashReporter(paths.log_folder()))
    reporter = Reporter(desktop)
    desktop.window.move(0, 0)
    desktop.window.show()
    status = application.exec()
    reporter.deleteLater()
    desktop.stop()
    say("stopped")
    return status


if __name__ == "__main__":
    sys.exit(main())
