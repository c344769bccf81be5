"""A mood as a tile: the sound as a halftone, its movement as a line, a scene as title, what the ear will notice."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.core.types import Mood
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.buttons import PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.movement_line import paint_movement
from musicrec_desktop.ui.painting import canvas, fill_round, outline_round
from musicrec_desktop.ui.sound_print import Print, halftone_pixmap
from musicrec_desktop.ui.text import ELLIPSIS, balanced, draw_lines, draw_text, tool_tip, width
from musicrec_desktop.ui.theme import Theme

WIDTH, HEIGHT, WIDEST = 192, 296, 260
_MARGIN = 16
_PLAY_RADIUS = 20
_TITLE_FROM_BOTTOM = 114
_MOVEMENT_HEIGHT, _MOVEMENT_ABOVE, _MOVEMENT_BELOW = 16, 5, 5
_TITLE_LINE, _DESCRIPTION_LINE = 20, 17
_FOOT_FROM_BOTTOM = 32
_TOLERANCE = 2  # px a line may stand into the margin before it is broken


class MoodTile(PaintedButton):
    """`clicked` opens the mood (also Enter); `play_requested` by its play disc or Shift+Enter."""

    play_requested = Signal(int)

    def __init__(
        self, theme: Theme, mood_id: int, *, sound_print: Print | None = None, parent: QWidget | None = None
    ) -> None:
        self.mood_id, self._print = mood_id, sound_print
        self._title = self._description = self._short = self._count = ""
        self._movement: Sequence[float] = ()
        super().__init__(theme, "", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_texts(self, *, title: str, description: str, short: str, count: str) -> None:
        """Words in the listener's language; `|` in the title is its preferred break."""
        self._title, self._description, self._short, self._count = title, description, short, count
        self.setAccessibleName(f"{title.replace('|', ' ').replace('  ', ' ')}, {short}, {count}")
        self.setAccessibleDescription(description)
        self._tell_whole()
        self.update()

    def set_mood(self, mood: Mood, *, korean: bool, count: str) -> None:
        """Words and movement straight from a mood."""
        self._movement = mood.movement
        self.set_texts(
            title=mood.name_ko if korean else mood.name_en,
            description=mood.description_ko if korean else mood.description_en,
            short=mood.short_ko if korean else mood.short_en,
            count=count,
        )

    def set_print(self, sound_print: Print | None) -> None:
        self._print = sound_print
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """The whole text in the tool tip, where two lines do not hold it."""
        texts = ((self._title, font("tile")), (self._description, font("small")))
        cut = any(ELLIPSIS in line for text, face in texts for line in balanced(text, face, self._room()))
        whole = ". ".join(" ".join(text.replace("|", " ").split()) for text, _ in texts if text)
        self.setToolTip(tool_tip(whole) if cut else "")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), tokens.RADIUS_SHEET

    def play_middle(self) -> QPointF:
        """Centre of the play disc."""
        return QPointF(self.width() - 14 - _PLAY_RADIUS, 14 + _PLAY_RADIUS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self._on_play(event.position().toPoint()):
            self.setDown(False)
            self.play_requested.emit(self.mood_id)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._playable and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.play_requested.emit(self.mood_id)
            return
        super().keyPressEvent(event)

    @property
    def _playable(self) -> bool:
        """A mood without songs has no picture, and nothing to play."""
        return self._print is not None

    def _on_play(self, position: QPoint) -> bool:
        away = QPointF(position) - self.play_middle()
        return self._playable and (away.x() ** 2 + away.y() ** 2) ** 0.5 <= _PLAY_RADIUS

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        colours = self.theme.mood(self.mood_id)
        box = QRectF(self.rect())
        fill_round(painter, box, tokens.RADIUS_SHEET, colours.tint)
        self._paint_halftone(painter)
        paint_movement(painter, self._movement_box(), self._movement, colours.ink)
        self._paint_words(painter)
        self._paint_foot(painter)
        if self.underMouse() or self.keyboard_focus:
            outline_round(painter, box, tokens.RADIUS_SHEET, colours.mark, 2)
            if self._playable:
                self._paint_play(painter)

    def _paint_halftone(self, painter: QPainter) -> None:
        dpr = self.devicePixelRatioF()
        # Wider tiles keep the picture above the title: its height, not the width, is the limit.
        below = _MOVEMENT_HEIGHT + _MOVEMENT_ABOVE + _MOVEMENT_BELOW if self._movement else 6
        room = min(self.width() - 2 * _MARGIN, round((HEIGHT - _TITLE_FROM_BOTTOM - _MARGIN - below) * 14 / 13))
        picture = halftone_pixmap(self.mood_id, self._print, width=room, theme=self.theme, dpr=dpr)
        painter.drawPixmap(QPointF(_MARGIN, _MARGIN), picture)

    def _movement_box(self) -> QRectF:
        bottom = self.height() - _TITLE_FROM_BOTTOM - _MOVEMENT_BELOW
        return QRectF(_MARGIN, bottom - _MOVEMENT_HEIGHT, self.width() - 2 * _MARGIN, _MOVEMENT_HEIGHT)

    def _paint_words(self, painter: QPainter) -> None:
        room = self._room()
        top = self.height() - _TITLE_FROM_BOTTOM
        tile, small = font("tile"), font("small")
        lines = balanced(self._title, tile, room)
        box = QRectF(_MARGIN, top, room, 2 * _TITLE_LINE)
        bottom = draw_lines(painter, box, lines, tile, self.theme.text, _TITLE_LINE)
        if len(lines) == 1:
            bottom = top + _TITLE_LINE
        box = QRectF(_MARGIN, bottom + 5, room, 2 * _DESCRIPTION_LINE)
        lines = balanced(self._description, small, room)
        draw_lines(painter, box, lines, small, self.theme.text2, _DESCRIPTION_LINE)

    def _room(self) -> int:
        return self.width() - 2 * _MARGIN + _TOLERANCE

    def _paint_foot(self, painter: QPainter) -> None:
        colours = self.theme.mood(self.mood_id)
        foot = QRectF(_MARGIN, self.height() - _FOOT_FROM_BOTTOM, self.width() - 2 * _MARGIN, 22)
        paint_mark(painter, self.mood_id, foot.left() + 5, foot.center().y(), 4.8, colours.mark)
        bold, right = font("small", bold=True), Qt.AlignmentFlag.AlignRight
        counted = draw_text(painter, foot, self._count, font("small"), self.theme.text2, align=right)
        name = QRectF(foot.left() + 16, foot.top(), foot.width() - 16 - counted - 8, foot.height())
        draw_text(painter, name, self._short, bold, colours.ink)

    def _paint_play(self, painter: QPainter) -> None:
        middle = self.play_middle()
        disc = QRectF(middle.x() - _PLAY_RADIUS, middle.y() - _PLAY_RADIUS, 2 * _PLAY_RADIUS, 2 * _PLAY_RADIUS)
        fill_round(painter, disc, _PLAY_RADIUS, self.theme.text)
        draw_icon(painter, "play", middle.x() + 1, middle.y(), 18, self.theme.sheet)

    def fits(self) -> bool:
        """Whether title and description need no elision at this width."""
        room = self._room()
        pairs = ((self._title, font("tile")), (self._description, font("small")))
        return all(width(line, face) <= room for text, face in pairs for line in balanced(text, face, room))
