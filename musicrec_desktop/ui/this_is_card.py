""" "This is": the very recording that was heard."""

from PySide6.QtCore import QPointF, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.core.types import SameRecording
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.buttons import PrimaryButton
from musicrec_desktop.ui.fonts import font, sized
from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.sound_print import Print, draw_cover
from musicrec_desktop.ui.text import display_text, draw_text, elided, tool_tip, width
from musicrec_desktop.ui.theme import Theme

HEIGHT, HEIGHT_COMPACT = 100, 84
_PADDING = 14
_PILL_HEIGHT = 36
_TITLE_COMPACT_PX = 18


class ThisIsCard(Themed, QWidget):
    """In the tint of the track's mood: cover, title, artist, how sure, and the pill that plays from the moment."""

    play_requested = Signal(object)  # SameRecording

    def __init__(self, theme: Theme, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._compact = compact
        self._same: SameRecording | None = None
        self._print: Print | None = None
        self._heading = self._sure = ""
        self.pill = PrimaryButton(theme, "", icon="play", pill=True, height=_PILL_HEIGHT, parent=self)
        self.pill.clicked.connect(self._on_pill)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_recording(self, same: SameRecording, sound_print: Print | None) -> None:
        self._same, self._print = same, sound_print
        self._name()
        self.update()

    def set_texts(self, *, heading: str, sure: str, play: str) -> None:
        """ "This is", "98% sure", "From 0:43"."""
        self._heading, self._sure = heading, sure
        self.pill.setText(play)
        self._name()
        self._place_pill()
        self.update()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.updateGeometry()
        self._place_pill()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.pill.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_COMPACT if self._compact else HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pill()

    def _place_pill(self) -> None:
        self.pill.resize(self.pill.sizeHint())
        self.pill.move(self.width() - 16 - self.pill.width(), (self.sizeHint().height() - _PILL_HEIGHT) // 2)

    def _name(self) -> None:
        if self._same is None:
            return
        track = self._same.track
        words = (self._heading, display_text(track.title), display_text(track.artist), self._sure)
        self.setAccessibleName(", ".join(word for word in words if word))

    @Slot()
    def _on_pill(self) -> None:
        if self._same is not None:
            self.play_requested.emit(self._same)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._same is None:
            return
        painter = canvas(self)
        track, colours = self._same.track, self.theme.mood(self._same.track.mood_id)
        fill_round(painter, QRectF(self.rect()), tokens.RADIUS_SHEET, colours.tint)
        cover = self.sizeHint().height() - 2 * _PADDING
        draw_cover(
            painter,
            QPointF(_PADDING, _PADDING),
            track_id=track.track_id,
            sound_print=self._print,
            mood_id=track.mood_id,
            size=cover,
            theme=self.theme,
        )
        small, right = font("body"), self.pill.x() - 18
        sure = width(self._sure, small)
        middle = QRectF(right - sure, 0, sure + 1, self.height())
        draw_text(painter, middle, self._sure, small, self.theme.text2, elide=False)
        left = _PADDING + cover + 18
        self._paint_words(painter, QRectF(left, 0, right - sure - 24 - left, self.height()))

    def _title_font(self) -> QFont:
        return sized(_TITLE_COMPACT_PX, bold=True) if self._compact else font("title")

    def _paint_words(self, painter: object, room: QRectF) -> None:
        track, middle = self._same.track, self.height() / 2
        above, below = (24.5, 19.5) if self._compact else (28.5, 22.5)
        lines = (
            (self._heading, font("small", bold=True), self.theme.mood(track.mood_id).ink, -above),
            (display_text(track.title), self._title_font(), self.theme.text, -6),
            (display_text(track.artist), font("body"), self.theme.text2, below),
        )
        for words, face, colour, offset in lines:
            box = QRectF(room.left(), middle + offset - 14, room.width(), 28)
            draw_text(painter, box, words, face, colour)
        shortened = elided(display_text(track.title), self._title_font(), room.width()) != display_text(track.title)
        self.setToolTip(tool_tip(track.title) if shortened else "")
