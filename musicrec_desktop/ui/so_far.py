"""So far: up to three first finds while the microphone is still listening."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.core.types import Answer, Track, TrackId
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.scales import paint_closeness
from musicrec_desktop.ui.sound_print import Print, draw_cover
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import display_text, draw_text, tool_tip
from musicrec_desktop.ui.theme import Theme

ROWS = 3
_TITLE_HEIGHT = 20
_COVER = 36


class SoFar(Themed, QWidget):
    """A heading and rows that nothing can be done with yet."""

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None]) -> None:
        super().__init__()
        self.theme, self._print_of = theme, print_of
        self._finds: list[tuple[Track, float]] = []
        self.pitch = 56
        self.listening = True

    def clear(self) -> None:
        self._finds = []
        self.update()

    def show_answer(self, answer: Answer) -> None:
        """The very recording first, if it was recognised; then what sounds like it."""
        same = answer.same_recording
        first = [(same.track, 100 * same.confidence)] if same else []
        others = [(row.track, row.score) for row in answer.recommendations]
        self._finds = (first + others)[:ROWS]
        self.setAccessibleName(", ".join(display_text(track.title) for track, _ in self._finds))
        self.setToolTip("<br>".join(tool_tip(track.title) for track, _ in self._finds))
        self.update()

    @property
    def titles(self) -> list[str]:
        return [track.title for track, _ in self._finds]

    def sizeHint(self) -> QSize:
        return QSize(330, _TITLE_HEIGHT + ROWS * self.pitch)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._finds:
            return
        painter = canvas(self)
        heading = QRectF(0, 0, self.width(), _TITLE_HEIGHT)
        draw_text(painter, heading, tr("sofar.title"), font("body", bold=True), self.theme.text2)
        if self.listening:
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, heading, tr("sofar.hint"), font("small"), self.theme.text3, align=right)
        for row, (track, score) in enumerate(self._finds):
            self._paint_find(painter, _TITLE_HEIGHT + 2 + row * self.pitch, track, score)

    def _paint_find(self, painter: QPainter, top: float, track: Track, score: float) -> None:
        middle = top + self.pitch / 2
        cover = _COVER if self.pitch < 52 else _COVER + 4
        draw_cover(
            painter,
            QPointF(0, middle - cover / 2),
            track_id=track.track_id,
            sound_print=self._print_of(track.track_id),
            mood_id=track.mood_id,
            size=cover,
            theme=self.theme,
        )
        room = self.width() - 52 - 52
        title = QRectF(cover + 12, middle - 21, room, 21)
        draw_text(painter, title, display_text(track.title), font("row"), self.theme.text)
        artist = QRectF(cover + 12, middle, room, 20)
        draw_text(painter, artist, display_text(track.artist), font("small"), self.theme.text2)
        paint_closeness(painter, self.width() - 20, middle, score, self.theme)
