"""A refusal: what was heard, in numbers, and what to do; the first button repairs it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.core.types import Answer, Mood
from musicrec_desktop.ui.buttons import PaintedButton, PillButton, RecordPill
from musicrec_desktop.ui.controls import MoodChip
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.messages import BUTTON_WORDS, Button, RefusalWords, refusal_words
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.scales import RefusalScale
from musicrec_desktop.ui.strings import mood_short, tr
from musicrec_desktop.ui.theme import Theme

WIDTH = 620
_CHIPS = 6
_ICONS = {"too_quiet": "quiet", "clipped": "volume", "empty_catalogue": "folder"}


class RefusalView(Themed, QWidget):
    wanted = Signal(str)  # a Button
    mood_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._answer: Answer | None = None
        self._offered: set[Button] = set()
        self._moods: Sequence[Mood] = ()
        self.cause = Label(theme, "body", colour="warn", bold=True, parent=self)
        self.headline = Label(theme, "display", wrap=True, parent=self)
        self.sentence = Label(theme, "row", colour="text2", bold=False, wrap=True, parent=self)
        self.scale = RefusalScale(theme, parent=self)
        self.buttons: list[PaintedButton] = []
        self._or_mood = Label(theme, "body", colour="text2", parent=self)
        self.chips: list[MoodChip] = []

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self._moods = moods
        self._make_chips()
        self._place()

    def show_answer(self, answer: Answer, *, offered: set[Button]) -> None:
        """`offered` are the buttons that would lead somewhere now."""
        self._answer, self._offered = answer, offered
        self._fill()

    def retranslate(self) -> None:
        self._make_chips()
        self._or_mood.setText(tr("refusal.or_mood"))
        if self._answer is not None:
            self._fill()

    def _fill(self) -> None:
        if self._answer is None or self._answer.reason is None:
            return
        words = refusal_words(self._answer.reason, self._answer.measured)
        self.cause.setText(words.cause)
        self.headline.setText(words.headline)
        offers_demonstration = self._answer.reason == "empty_catalogue" and "demo" in self._offered
        self.sentence.setText(tr("empty_catalogue.sentence_demo") if offers_demonstration else words.sentence)
        self.scale.setVisible(words.scale is not None)
        if words.scale is not None:
            self.scale.set_measured(words.scale)
        self._or_mood.setText(tr("refusal.or_mood"))
        self._make_buttons(words)
        self._place()

    def _make_buttons(self, words: RefusalWords) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(name) for name in words.buttons if name in self._offered]

    def _button(self, name: Button) -> PaintedButton:
        text = tr(BUTTON_WORDS[name])
        kind = RecordPill if name == "again" else PillButton
        button = kind(self.theme, text, parent=self)
        button.setProperty("wanted", name)
        button.clicked.connect(self._on_button)
        button.show()
        return button

    def _make_chips(self) -> None:
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [MoodChip(self.theme, mood.id, mood_short(mood), parent=self) for mood in self._moods[:_CHIPS]]
        for chip in self.chips:
            chip.clicked.connect(partial(self._on_chip, chip.mood_id))
            chip.show()

    @Slot()
    def _on_button(self) -> None:
        self.wanted.emit(self.sender().property("wanted"))

    def _on_chip(self, mood_id: int) -> None:
        self.mood_wanted.emit(mood_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        room = min(WIDTH, self.width() - 48)
        left = (self.width() - room) // 2
        spare = self.height() - self._needed(room)
        top = max(4, min(68, spare // 2))
        tight = spare < 8  # the smallest window: everything closer together
        self._left, self._top = left, top
        self.cause.setGeometry(left + 36, top, room - 36, 20)
        top += 30
        for label, gap in ((self.headline, 4), (self.sentence, 8 if tight else 18)):
            height = label.heightForWidth(room)
            label.setGeometry(left, top, room, height)
            top += height + gap
        if self.scale.isVisibleTo(self):
            self.scale.setGeometry(left, top + (0 if tight else 6), room, RefusalScale.HEIGHT)
            top += RefusalScale.HEIGHT + (2 if tight else 24)
        top = self._row(self.buttons, left, top + 4, room) + (10 if tight else 22)
        self._or_mood.setVisible(bool(self.chips))
        self._or_mood.setGeometry(left, top, room, 20)
        self._row(self.chips, left, top + (24 if tight else 30), room, gap=8)
        self.update()

    _left = _top = 0

    def _needed(self, room: int) -> int:
        words = self.headline.heightForWidth(room) + self.sentence.heightForWidth(room)
        scale = RefusalScale.HEIGHT + 24 if self.scale.isVisibleTo(self) else 0
        return 30 + words + 22 + scale + 46 + 22 + 30 + 36 + 12

    def _row(self, widgets: Sequence[QWidget], left: int, top: int, room: int, *, gap: int = 10) -> int:
        """Place widgets beside one another, in a second line where they do not fit; the y below."""
        x, height = left, 0
        for widget in widgets:
            size = widget.sizeHint()
            if x > left and x + size.width() > left + room:
                x, top = left, top + size.height() + 8
            widget.setGeometry(x, top, size.width(), size.height())
            x += size.width() + gap
            height = size.height()
        return top + height

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._answer is None or self._answer.reason is None:
            return
        icon = _ICONS.get(self._answer.reason, "warning")
        draw_icon(canvas(self), icon, self._left + 12, self._top + 10, 20, self.theme.warn)
