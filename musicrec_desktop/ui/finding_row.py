"""One row of the self-test: how it went, what was looked at, what was found, and how long it took."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

_MARK = 20
_SHORT_S = 0.05  # what took less says nothing of it
_ICONS = {"ok": ("check", "ok"), "attention": ("warning", "warn")}


class Mark(Themed, QWidget):
    """A tick, a warning sign, or a ring for what was left out; the words beside it say the same."""

    def __init__(self, theme: Theme, outcome: str) -> None:
        super().__init__()
        self.theme, self._outcome = theme, outcome
        self.setFixedSize(QSize(_MARK, _MARK))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        if self._outcome in _ICONS:
            icon, colour = _ICONS[self._outcome]
            draw_icon(painter, icon, _MARK / 2, _MARK / 2, 18, getattr(self.theme, colour))
        else:
            painter.setPen(QPen(self.theme.text3, 1.7))
            painter.drawEllipse(QRectF(_MARK / 2 - 5, _MARK / 2 - 5, 10, 10))


class FindingRow(QWidget):
    """A finding; or, with a name alone, the check under way."""

    def __init__(self, theme: Theme, finding: Finding | None, name: str) -> None:
        super().__init__()
        self.finding, self.name = finding, name
        outcome = finding.outcome if finding else "running"
        self._title = Label(theme, "body", bold=True, colour="text" if finding else "text2")
        self._took = Label(theme, "small", colour="text3", whole=True)
        self._words = Label(theme, "small", colour="text2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._took)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(head)
        words.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addWidget(Mark(theme, outcome), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(tr(f"doctor.name_{self.name}"))
        self._words.setText(self.sentences())
        took_s = self.finding.took_s if self.finding else 0.0
        self._took.setText(tr("doctor.took", seconds=took_s) if took_s >= _SHORT_S else "")
        self.setAccessibleName(self.as_text())

    def sentences(self) -> str:
        """What was found, in the language of the window."""
        if self.finding is None:
            return tr("doctor.mark_running")
        if self.finding.error is not None and not self.finding.said:
            return describe(self.finding.error).text
        return " ".join(tr(f"doctor.{each.key}", **each.facts) for each in self.finding.said)

    def as_text(self) -> str:
        """The row in one line, for those who listen to it and for those who are sent it."""
        mark = tr(f"doctor.mark_{self.finding.outcome}") if self.finding else tr("doctor.mark_running")
        return f"{tr(f'doctor.name_{self.name}')} · {mark} · {self.sentences()}"
