"""Doctor: the self-test, a row for each check as soon as it is done."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.core import paths
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.ui.buttons import IconButton, PrimaryButton, SecondaryButton
from musicrec_desktop.ui.finding_row import FindingRow
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.moods_page import bare_scroll_area
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

COLUMN = 720


class DoctorPage(QWidget):
    """It begins a run when it is opened, and gives it up when it is left."""

    run_wanted = Signal()
    cancel_wanted = Signal()
    back_wanted = Signal()
    log_wanted = Signal()
    said = Signal(str)  # for the status line

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._names: Sequence[str] = ()
        self._running = False
        self._status: tuple[str, dict[str, object]] | None = None
        self.rows: list[FindingRow] = []
        self._next: FindingRow | None = None
        self.back = IconButton(theme, "back", "", size=32)
        self.header = Header(theme)
        self.header.lead(self.back)
        self.run = PrimaryButton(theme, "")
        self.copy = SecondaryButton(theme, "")
        self.log = SecondaryButton(theme, "", icon="folder")
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.run.clicked.connect(self._on_run)
        self.copy.clicked.connect(self._on_copy)
        self.log.clicked.connect(self.log_wanted)

    def set_theme(self, theme: Theme) -> None:
        """For the rows that are still to come."""
        self.theme = theme

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.run, self.copy, self.log):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(12)
        column.addLayout(buttons)
        column.addLayout(self._list)
        column.addStretch(1)
        content = QWidget()
        content.setMaximumWidth(COLUMN + 48)
        content.setLayout(column)
        self.area = bare_scroll_area(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrow keys scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.area, 1)

    # what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._give_up()

    def _begin(self) -> None:
        self._running, self._names = True, ()
        for row in self.rows:
            self._remove(row)
        self.rows.clear()
        self._show_next()
        self.run_wanted.emit()
        self.retranslate()

    def _give_up(self) -> None:
        if self._running:
            self.cancel_wanted.emit()
            self._end("doctor.stopped")

    @Slot(object)
    def begin(self, names: Sequence[str]) -> None:
        """A run begins, with these checks in this order."""
        self._names = names
        self._say_progress()

    @Slot(object)
    def add(self, finding: Finding) -> None:
        """A check is done."""
        self._drop_next()
        row = FindingRow(self.theme, finding, finding.check)
        self.rows.append(row)
        self._list.addWidget(row)
        self._say_progress()

    @Slot(float, object)
    def end(self, took_s: float, error: Exception | None) -> None:
        """The run is over: all checks are done, or something broke it off."""
        unwell = [row.name for row in self.rows if row.finding is not None and row.finding.outcome == "attention"]
        if error is not None:
            self._end("doctor.broke")
        elif unwell:
            self._end("doctor.attention", n=len(unwell), seconds=took_s, names=unwell)
        else:
            self._end("doctor.well", seconds=took_s)

    def _say_progress(self) -> None:
        self._show_next()
        self._say("doctor.running", n=min(len(self.rows) + 1, len(self._names)), total=len(self._names))

    def _end(self, key: str, **facts: object) -> None:
        self._running = False
        self._drop_next()
        self._say(key, **facts)
        self.retranslate()

    def _show_next(self) -> None:
        self._drop_next()
        if self._running and len(self.rows) < len(self._names):
            self._next = FindingRow(self.theme, None, self._names[len(self.rows)])
            self._list.addWidget(self._next)

    def _drop_next(self) -> None:
        if self._next is not None:
            self._remove(self._next)
            self._next = None

    def _remove(self, row: QWidget) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    # words

    def _say(self, key: str, **facts: object) -> None:
        self._status = (key, facts)
        names = facts.get("names")
        if isinstance(names, list):  # of checks, in the language of the moment
            facts = {**facts, "names": ", ".join(tr(f"doctor.name_{name}") for name in names)}
        self.header.sub.setText(tr(key, **facts))

    def retranslate(self) -> None:
        self.header.title.setText(tr("doctor.title"))
        self.back.setText(tr("doctor.back"))
        self.run.setText(tr("doctor.stop" if self._running else "doctor.again"))
        self.copy.setText(tr("doctor.copy"))
        self.log.setText(tr("doctor.log"))
        self.copy.setEnabled(bool(self.rows) and not self._running)
        self.area.setAccessibleName(tr("doctor.title"))
        for row in (*self.rows, *([self._next] if self._next else [])):
            row.retranslate()
        if self._status is not None:
            self._say(self._status[0], **self._status[1])

    def diagnostics(self) -> str:
        """All rows as plain text, without the name of the listener's own folder."""
        head = f"MusicRec · {datetime.now().astimezone():%Y-%m-%d %H:%M %z} · {self.header.sub.text()}"
        text = "\n".join([head, *(row.as_text() for row in self.rows)])
        return paths.without_name(text) + "\n"

    @Slot()
    def _on_run(self) -> None:
        if self._running:
            self._give_up()
        else:
            self._begin()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.diagnostics())
        self.said.emit(tr("doctor.copied"))
