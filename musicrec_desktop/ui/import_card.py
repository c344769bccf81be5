"""The card of an import: how far it is, what could not be read, and the way to stop it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Summary
from musicrec_desktop.ui.buttons import QuietButton, SecondaryButton
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.messages import describe, undecodable
from musicrec_desktop.ui.painting import Themed, canvas, fill_round, outline_round
from musicrec_desktop.ui.strings import clock, tr
from musicrec_desktop.ui.theme import Theme

_MOST_LINES = 8  # failures named, the newest; all are counted
_CLEAR = 8  # px below the card, which go with it


class ThinBar(Themed, QProgressBar):
    """Progress as a line of 4 px."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setTextVisible(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(200, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        groove = QRectF(0, 4, self.width(), 4)
        fill_round(painter, groove, 2, self.theme.line2)
        share = self.value() / self.maximum() if self.maximum() > 0 else 0.0
        fill_round(painter, QRectF(0, 4, max(4.0, groove.width() * share), 4), 2, self.theme.text)


class ImportCard(Themed, QWidget):
    """Raised, 72 px and more; hidden when nothing is imported and nothing is to be said."""

    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._running = self._quiet = False
        self._progress: ImportProgress | None = None
        self._summary: Summary | None = None
        self._cancelled = False
        self._error: Exception | None = None
        self.failures: list[ImportedFile] = []
        self._open = False
        self.title = Label(theme, "row")
        self.numbers = Label(theme, "small", colour="text2")
        self.bar = ThinBar(theme)
        self.button = SecondaryButton(theme, "")
        self.more = QuietButton(theme, "", icon="warning")
        self._details: list[Label] = []
        self._lay_out()
        self.button.clicked.connect(self._on_button)
        self.more.clicked.connect(self._on_more)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.title, self.numbers):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # the shorter is not the limit
            words.addWidget(label)
        row.addLayout(words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self._below = QVBoxLayout()
        self._below.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 16, 14 + _CLEAR)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def running(self) -> bool:
        return self._running

    def begin(self) -> None:
        self._running, self._progress, self._summary, self._error = True, None, None, None
        self._quiet = False
        self._cancelled = self._open = False
        self.failures = []
        self.retranslate()
        self.show()

    def show_quiet(self, progress: ImportProgress) -> None:
        """What watched folders bring: shown while it lasts, when it is more than a song, and nothing afterwards.

        What became of an import by hand stays until it is closed: a new folder is looked through again right after it.
        """
        if not self._running and self.isHidden() and progress.done < progress.total:
            self.begin()
            self._quiet = True
        if self._quiet:
            self.show_progress(progress)

    def end_quiet(self) -> None:
        if self._quiet:
            self._running = self._quiet = False
            self.hide()

    def show_progress(self, progress: ImportProgress) -> None:
        self._progress = progress
        self.bar.setMaximum(max(1, progress.total))
        self.bar.setValue(progress.done)
        self._say()

    def add_file(self, file: ImportedFile) -> None:
        if file.status == "failed":
            self.failures.append(file)
            self._say()
            self._list_failures()

    def end(self, result: Summary | Exception) -> None:
        """The import is over, well or by an error."""
        self._running = False
        if isinstance(result, Exception):
            self._error = result
        else:
            self._summary = result
        self.retranslate()

    def retranslate(self) -> None:
        self.button.setText(tr("library.cancel" if self._running else "library.close"))
        self.bar.setVisible(self._running)
        self.bar.setAccessibleName(tr("library.importing"))
        self._say()
        self._list_failures()

    def _say(self) -> None:
        title, numbers = self._words()
        self.title.setText(title)
        self.numbers.setText(numbers)
        self.numbers.setVisible(bool(numbers))
        self.more.setVisible(bool(self.failures))
        self.more.setText(tr("error.bad_files", n=len(self.failures)))

    def _words(self) -> tuple[str, str]:
        if self._running:
            return tr("library.following" if self._quiet else "library.importing"), self._progress_words()
        if self._error is not None:
            return describe(self._error).text, ""
        summary = self._summary
        if summary is None:
            return "", ""
        if self._cancelled:
            return tr("library.cancelled", n=summary.added), ""
        known = summary.unchanged + summary.moved
        return (
            tr("library.done", n=summary.added, unchanged=known) if known else tr("library.added", n=summary.added)
        ), ""

    def _progress_words(self) -> str:
        progress = self._progress
        if progress is None or progress.total == 0:
            return tr("library.looking")
        words = tr("library.progress", done=progress.done, n=progress.total)
        if progress.seconds_left is None:
            return words
        return f"{words}, {tr('library.left', time=clock(progress.seconds_left))}"

    def _on_button(self) -> None:
        if self._running:
            self._cancelled = True
            self.cancel_wanted.emit()
        else:
            self.hide()

    def _on_more(self) -> None:
        self._open = not self._open
        self._list_failures()

    def _list_failures(self) -> None:
        while self._details:
            label = self._details.pop()
            label.hide()
            label.deleteLater()
        if not self._open:
            return
        for file in self.failures[-_MOST_LINES:]:
            reason = tr("error.file_too_short") if file.reason == "too_short" else undecodable(file.reason or "")
            label = Label(self.theme, "small", f"{file.path.name}: {reason}", colour="text2")
            label.setToolTip(str(file.path))
            self._details.append(label)
            self._below.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        card = QRectF(self.rect()).adjusted(0, 0, 0, -_CLEAR)
        fill_round(painter, card, 10, self.theme.raised)
        outline_round(painter, card, 10, self.theme.line2)
