"""How one result row is drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.controls import CHIP_HEIGHT, chip_width, paint_chip
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.painting import fill_round
from musicrec_desktop.ui.result_rows import ListRow, RowWords, clock
from musicrec_desktop.ui.row_layout import COVER, RowBoxes
from musicrec_desktop.ui.scales import paint_closeness
from musicrec_desktop.ui.sound_print import Print, draw_cover
from musicrec_desktop.ui.text import display_text, draw_text, width
from musicrec_desktop.ui.theme import Theme, with_alpha

ACTION_ICONS = {"like": "heart", "hide": "block", "add": "plus", "more_like": "more-like"}
_COVER_VEIL = 0.5
_CHIP_GAP = 6
_LEAST_ARTIST = 24
_SOURCE, _SOURCE_ROOM = 14, 26  # the mark of songs of the central catalogue


@dataclass(frozen=True, slots=True)
class RowLook:
    """The state a row is drawn in."""

    selected: bool = False
    hovered: bool = False
    liked: bool = False
    pointed: str = ""  # the part under the pointer

    @property
    def active(self) -> bool:
        return self.selected or self.hovered


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Draws rows in one theme and language."""

    theme: Theme
    words: RowWords

    def paint(self, painter: QPainter, boxes: RowBoxes, row: ListRow, picture: Print | None, look: RowLook) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        if look.active:
            fill_round(painter, boxes.highlight, tokens.RADIUS_ROW, self.theme.hover)
        self._cover(painter, boxes.cover, row, picture, look)
        self._titles(painter, boxes.words, row)
        if boxes.chips is not None:
            self._chips(painter, boxes.chips, row)
        if boxes.moment is not None and row.at_s is not None:
            self._moment(painter, boxes.moment, row.at_s, look)
        if boxes.ring is not None and row.score is not None:
            paint_closeness(painter, boxes.ring.x(), boxes.ring.y(), row.score, self.theme, strong=look.selected)
        self._actions(painter, boxes, look)

    def _cover(self, painter: QPainter, box: QRectF, row: ListRow, picture: Print | None, look: RowLook) -> None:
        track = row.track
        draw_cover(
            painter,
            box.topLeft(),
            track_id=track.track_id,
            sound_print=picture,
            mood_id=track.mood_id,
            size=COVER,
            theme=self.theme,
        )
        if look.active:
            # Black over a mood's colour in both themes: the play sign on it is white.
            fill_round(painter, box, tokens.RADIUS_COVER, with_alpha(self.theme.cover_veil, _COVER_VEIL))
            draw_icon(painter, "play", box.center().x() + 1, box.center().y(), 22, self.theme.on_record)

    def _titles(self, painter: QPainter, box: QRectF, row: ListRow) -> None:
        middle = box.center().y()
        title = QRectF(box.left(), middle - 21.5, box.width(), 21)
        draw_text(painter, title, display_text(row.track.title), font("row"), self.theme.text)
        self._second_line(painter, QRectF(box.left(), middle, box.width(), 20), row)

    def _second_line(self, painter: QPainter, line: QRectF, row: ListRow) -> None:
        small, mood_id = font("small"), row.track.mood_id
        mood = self.words.moods.get(mood_id, "") if mood_id is not None else ""
        mood_room = 30 + width(mood, small) if mood else 0
        artist = display_text(row.track.artist) or self.words.unknown_artist
        # The artist gives way before the mood does.
        room = QRectF(line.left(), line.top(), max(_LEAST_ARTIST, line.width() - mood_room), line.height())
        used = draw_text(painter, room, artist, small, self.theme.text2) if artist else -20.0
        left = line.left() + used
        if mood and left + mood_room <= line.right() + 1:
            paint_mark(painter, mood_id, left + 20, line.center().y(), 4.5, self.theme.mood(mood_id).mark)
            place = QRectF(left + 30, line.top(), mood_room, line.height())
            draw_text(painter, place, mood, small, self.theme.text2, elide=False)
            left += mood_room
        if row.track.source == "central" and left + _SOURCE_ROOM <= line.right():
            draw_icon(
                painter, "online", left + _SOURCE_ROOM - _SOURCE / 2, line.center().y(), _SOURCE, self.theme.text3
            )

    def _chips(self, painter: QPainter, box: QRectF, row: ListRow) -> None:
        left, top = box.left(), box.center().y() - CHIP_HEIGHT / 2
        for reason in row.reasons[:3]:
            text = self.words.reasons.get(reason, reason.value)
            wide = chip_width(text)
            if left + wide > box.right():
                return
            paint_chip(painter, QRectF(left, top, wide, CHIP_HEIGHT), text, self.theme)
            left += wide + _CHIP_GAP

    def _moment(self, painter: QPainter, box: QRectF, at_s: float, look: RowLook) -> None:
        colour = self.theme.text if look.pointed == "moment" else self.theme.text2
        sign = self.theme.text if look.pointed == "moment" else self.theme.text3
        draw_icon(painter, "play", box.left() + 3.5, box.center().y(), 13, sign)
        draw_text(painter, box.adjusted(14, 0, 0, 0), clock(at_s), font("body"), colour, elide=False)

    def _actions(self, painter: QPainter, boxes: RowBoxes, look: RowLook) -> None:
        if look.active and boxes.actions:
            for name, box in boxes.actions.items():
                strong = name in (look.pointed, "like")
                icon = "heart-full" if name == "like" and look.liked else ACTION_ICONS[name]
                colour = self.theme.text if strong else self.theme.text2
                self._icon(painter, icon, box.center(), colour)
        elif boxes.menu is not None:
            colour = self.theme.text if look.pointed == "menu" else self.theme.text2
            self._icon(painter, "dots", boxes.menu.center(), colour)

    def _icon(self, painter: QPainter, name: str, at: QPointF, colour: object) -> None:
        draw_icon(painter, name, at.x(), at.y(), 18, colour)


def fade(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The fading edge at the end of a list that goes on."""
    gradient = QLinearGradient(box.topLeft(), box.bottomLeft())
    gradient.setColorAt(0.0, with_alpha(theme.sheet, 0.0))
    gradient.setColorAt(1.0, theme.sheet)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(box, gradient)
