"""Settings, Central catalogue: previews that are kept for offline, with their size before anything is fetched."""

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.import_card import ThinBar
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.sync_words import size_text
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.workers.keeping import Kept

Stage = Literal["resting", "counting", "asking", "running"]
_BAR = 180


class PreviewsRow(QWidget):
    """Keep all: says first how much that is, then how far it has come; what is kept can be deleted."""

    wanted = Signal(str)  # "count", "keep" or "drop"
    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._kept: Kept | None = None
        self._stage: Stage = "resting"
        self._error: Exception | None = None
        self.label = Label(theme, "body", bold=True)
        self.help = Label(theme, "small", colour="text2", wrap=True)
        self.bar = ThinBar(theme)
        self.bar.setFixedSize(_BAR, 12)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.bar.setSizePolicy(policy)
        self.first, self.second = SecondaryButton(theme, ""), SecondaryButton(theme, "")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.label)
        words.addWidget(self.help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for part in (self.bar, self.first, self.second):
            row.addWidget(part, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.first.clicked.connect(self._on_first)
        self.second.clicked.connect(self._on_second)

    @property
    def stage(self) -> Stage:
        return self._stage

    @Slot(object)
    def show_progress(self, kept: Kept) -> None:
        """While they come."""
        if self._stage == "running":
            self._kept = kept
            self.retranslate()

    @Slot(str, object, object)
    def show_done(self, order: str, kept: Kept | None, error: Exception | None) -> None:
        """An order has come to its end: what is kept now, and what went wrong."""
        self._kept, self._error = kept, error
        asks = order == "count" and self._stage == "counting" and kept is not None and kept.done < kept.count
        self._stage = "asking" if asks else "resting"
        self.retranslate()

    def retranslate(self) -> None:
        kept, stage = self._kept, self._stage
        self.label.setText(tr("settings.previews"))
        self.help.setText(self._words())
        self.help.set_colour("warn" if self._error else "text2")
        first = {
            "resting": "settings.previews_keep",
            "counting": "settings.previews_keep",
            "asking": "settings.previews_yes",
            "running": "settings.previews_cancel",
        }[stage]
        self.first.setText(tr(first))
        self.second.setText(tr("settings.previews_no" if stage == "asking" else "settings.previews_clear"))
        complete = kept is not None and kept.done >= kept.count and kept.count > 0
        self.first.setEnabled(stage != "counting")
        self.first.setVisible(stage != "resting" or not complete)
        self.second.setVisible(stage == "asking" or (stage == "resting" and kept is not None and kept.done > 0))
        self.bar.setVisible(stage == "running")
        self.bar.setAccessibleName(tr("settings.previews_name"))
        self.bar.setMaximum(max(1, kept.count if kept else 1))
        self.bar.setValue(kept.done if kept else 0)

    def _words(self) -> str:
        kept = self._kept
        if self._error is not None:
            return describe(self._error).text
        if self._stage == "counting":
            return tr("settings.previews_counting")
        if kept is None:
            return tr("settings.previews_help")
        if kept.count == 0:
            return tr("settings.previews_none")
        if self._stage == "asking":
            to_come = kept.n_bytes - kept.done_bytes
            return tr("settings.previews_ask", n=kept.count - kept.done, size=size_text(to_come))
        if self._stage == "running":
            got, size = size_text(kept.done_bytes), size_text(kept.n_bytes)
            return tr("settings.previews_progress", done=kept.done, n=kept.count, got=got, size=size)
        if kept.done:
            return tr("settings.previews_held", n=kept.done, size=size_text(kept.done_bytes))
        return tr("settings.previews_help")

    @Slot()
    def _on_first(self) -> None:
        self._error = None
        match self._stage:
            case "resting":
                self._stage = "counting"
                self.wanted.emit("count")
            case "asking":
                self._stage = "running"
                self.wanted.emit("keep")
            case "running":
                self.cancel_wanted.emit()
        self.retranslate()

    @Slot()
    def _on_second(self) -> None:
        self._error = None
        if self._stage == "resting":
            self.wanted.emit("drop")
        self._stage = "resting"
        self.retranslate()
