"""The strip: the whole of what was heard, with the passage that was asked about in a frame that can be moved."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.features.display import Columns
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.spectrogram_view import STRIP_MARGIN, SpectrogramView
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.takes import Take
from musicrec_desktop.ui.theme import Theme


class TakeStrip(QWidget):
    passage_chosen = Signal(object)  # Take with another passage

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._take: Take | None = None
        self.picture = SpectrogramView(theme)
        self.picture.set_mode("strip")
        self._hint = Label(theme, "small", colour="text2")
        self._memory = Label(theme, "small", colour="text2", align=Qt.AlignmentFlag.AlignRight)
        self._captions = QWidget()
        row = QHBoxLayout(self._captions)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._hint)
        row.addStretch(1)
        row.addWidget(self._memory)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.picture)
        layout.addWidget(self._captions)
        self.picture.passage_chosen.connect(self._on_chosen)
        self.set_height(92)

    @property
    def take(self) -> Take | None:
        return self._take

    def show_take(self, take: Take, columns: Columns | None) -> None:
        """Show a take; `columns` are those of its whole excerpt, None to keep the picture that is there."""
        self._take = take
        if columns is not None:
            self.picture.show_columns(columns, whole=True)
        self.picture.set_mode("strip")
        self.picture.clear_suggestion()
        if take.excerpt is not None:
            self.picture.set_passage(*self._in_picture(take))
        self.retranslate()

    def suggest(self, start_s: float, duration_s: float) -> None:
        """Frame another passage that would do."""
        if self._take is not None:
            shown = self._in_picture(self._take.about(start_s, duration_s))
            self.picture.set_suggestion(*shown, tr("strip.louder"))

    def set_height(self, height: int) -> None:
        self.picture.setFixedHeight(height + 2 * STRIP_MARGIN)

    def set_captions(self, shown: bool) -> None:
        self._captions.setVisible(shown)

    def retranslate(self) -> None:
        self.picture.setAccessibleName(tr("strip.hint"))
        self.picture.set_passage_words(_length_words)
        self._hint.setText(tr("strip.hint"))
        from_file = self._take is not None and self._take.origin == "file"
        self._memory.setText(tr("strip.file" if from_file else "strip.memory"))

    def _offset_s(self, take: Take) -> float:
        """The picture may begin later than the excerpt: it has whole columns only, and the newest end it."""
        whole_s = take.excerpt.duration_s if take.excerpt else 0.0
        return max(0.0, whole_s - self.picture.total_s) if take.origin != "file" else 0.0

    def _in_picture(self, take: Take) -> tuple[float, float]:
        start_s = min(max(0.0, take.start_s - self._offset_s(take)), self.picture.total_s)
        return start_s, min(take.duration_s, self.picture.total_s - start_s)

    @Slot(float, float)
    def _on_chosen(self, start_s: float, duration_s: float) -> None:
        if self._take is not None:
            self.passage_chosen.emit(self._take.about(start_s + self._offset_s(self._take), duration_s))


def _length_words(duration_s: float) -> str:
    return tr("passage.length", seconds=duration_s)
