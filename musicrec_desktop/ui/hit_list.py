"""Hits of a search: what was found is bold, and the chosen one unfolds its sound."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from musicrec_desktop.catalogue.matched import Spans, matched_spans
from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.fonts import Role, font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import KEYBOARD, fill_round, outline_round
from musicrec_desktop.ui.passage_strip import PassageStrip
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.strings import clock, tr
from musicrec_desktop.ui.text import ELLIPSIS, display_text, draw_text, elided, width
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.track_list import BLEED, TrackDelegate, TrackList
from musicrec_desktop.ui.unfolded_song import UNFOLDED, UnfoldedSong

ROW, COVER = 62, 44
_LENGTH, _GAP = 48, 16
_SOURCE = 8  # more at the end of a central song's names, for its mark
_DOT = " · "


class HitDelegate(TrackDelegate):
    """Paints hits; the letters that were found are bold, or everything where they cannot be told."""

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None], *, parent: QListView) -> None:
        super().__init__(theme, print_of, parent=parent)
        self._list = parent
        self.letters = ""  # what was searched for
        self._found: dict[TrackId, list[Spans]] = {}
        self.ring = False  # of keyboard focus round the chosen row

    def look_for(self, letters: str) -> None:
        self.letters = letters
        self._found.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, ROW + (UNFOLDED if index == self._list.currentIndex() else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        track: Track = self._list.tracks.tracks[index.row()]
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = index == self._list.currentIndex()
        active = chosen or bool(option.state & QStyle.StateFlag.State_MouseOver)
        whole = QRectF(option.rect).adjusted(0, 1, 0, -1)
        if active:
            fill_round(painter, whole, tokens.RADIUS_ROW, self.theme.hover)
        if chosen and self.ring:
            outline_round(painter, whole, tokens.RADIUS_ROW, self.theme.focus, tokens.FOCUS_WIDTH)
        inner = row_box(option.rect)
        self._paint_cover(painter, QPointF(inner.left(), inner.center().y() - COVER / 2), COVER, track, play=active)
        self._paint_names(painter, inner.adjusted(COVER + 12, 0, 0, 0), track, active=active)
        painter.restore()

    def _paint_names(self, painter: QPainter, box: QRectF, track: Track, *, active: bool) -> None:
        button = similar_box(box)
        length = QRectF(button.left() - _GAP - _LENGTH, box.top(), _LENGTH, box.height())
        room = length.left() - box.left() - _GAP - (_SOURCE if track.source == "central" else 0)
        title, artist, album = (display_text(name) for name in (track.title, track.artist, track.album))
        spans = self.found_in(track)
        above = QRectF(box.left(), box.center().y() - 21, room, 21)
        paint_found(painter, above, [(title, spans[0])], "row", self.theme, "text")
        below = QRectF(box.left(), box.center().y(), room, 20)
        names = [(name, found) for name, found in ((artist, spans[1]), (album, spans[2])) if name]
        paint_found(painter, below, names, "small", self.theme, "text2")
        self._paint_source(painter, length.left() + 4, box.center().y(), track)
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, length, clock(track.duration_s), font("small"), self.theme.text2, align=right)
        self._paint_button(painter, button, active=active)

    def _paint_button(self, painter: QPainter, button: QRectF, *, active: bool) -> None:
        outline_round(painter, button, button.height() / 2, self.theme.control if active else self.theme.line2)
        words = QRectF(button.left() + 14, button.top(), button.width() - 32, button.height())
        draw_text(painter, words, tr("search.similar"), font("small"), self.theme.text)
        draw_icon(painter, "chevron", button.right() - 15, button.center().y(), 14, self.theme.text2)

    def found_in(self, track: Track) -> list[Spans]:
        """What was found in title, artist and album as they are shown."""
        if track.track_id not in self._found:
            names = [display_text(name) for name in (track.title, track.artist, track.album)]
            self._found[track.track_id] = matched_spans(names, self.letters)
        return self._found[track.track_id]


def paint_found(
    painter: QPainter, box: QRectF, names: Sequence[tuple[str, Spans]], role: Role, theme: Theme, colour: str
) -> None:
    """Names in one line with dots between them, elided as a whole; what was found is bold, and in `text`."""
    pieces = [piece for i, (name, spans) in enumerate(names) for piece in _pieces(_DOT if i else "", name, spans)]
    fonts = {found: font(role, bold=found) for found in (False, True)}
    left, to_come = box.left(), sum(width(text, fonts[found]) for text, found in pieces)
    for text, found in pieces:
        to_come -= width(text, fonts[found])
        room = QRectF(left, box.top(), box.right() - left, box.height())
        # A piece may fill the line to its end only if nothing follows; else room is left to say that more does.
        fits = width(text, fonts[found]) + min(to_come, width(ELLIPSIS, fonts[True])) <= room.width()
        shown = text if fits else elided(text + 2 * ELLIPSIS, fonts[found], room.width())
        left += draw_text(painter, room, shown, fonts[found], theme.text if found else getattr(theme, colour))
        if shown != text:
            return


def _pieces(before: str, name: str, spans: Spans) -> list[tuple[str, bool]]:
    pieces, at = [(before, False)], 0
    for start, end in spans:
        pieces += [(name[at:start], False), (name[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (name[at:], False)] if piece[0]]


def row_box(rect: QRect) -> QRectF:
    """The row itself, without what is unfolded under it."""
    return QRectF(rect.left() + BLEED, rect.top(), rect.width() - 2 * BLEED, ROW)


def similar_box(box: QRectF) -> QRectF:
    """The button at the right end of a hit."""
    wide = width(tr("search.similar"), font("small")) + 44
    return QRectF(box.right() - wide, box.center().y() - 15, wide, 30)


class HitList(TrackList):
    """Enter plays, M asks for similar songs, Shift+M for songs similar to the passage in the frame, which the left
    and right arrows move (with Shift, its end); Esc, and Up from the first row, leave the list.
    """

    play_from_requested = Signal(object, float)  # Track, at_s
    passage_requested = Signal(object, float, float)  # Track, start_s, duration_s
    unfolded = Signal(object)  # Track: its sound may be asked for
    left = Signal()

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None]) -> None:
        super().__init__(theme, print_of)
        self.rows = HitDelegate(theme, print_of, parent=self)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(False)
        self.song = UnfoldedSong(theme, self.viewport())
        self.song.hide()
        self.song.similar_requested.connect(self.passage_requested)
        self.song.play_requested.connect(self.play_from_requested)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._place)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def strip(self) -> PassageStrip:
        return self.song.strip

    def set_tracks(self, tracks: Sequence[Track], *, letters: str = "") -> None:
        """Another list; a song that was chosen stays so, if it is still there."""
        before = self.chosen()
        self.rows.look_for(letters)
        super().set_tracks(tracks)
        again = [i for i, track in enumerate(tracks) if before is not None and track.track_id == before.track_id]
        self.song.setVisible(bool(again))
        if again:
            self.setCurrentIndex(self.tracks.index(again[0]))
        else:
            self.scrollToTop()

    def retranslate(self) -> None:
        self.song.retranslate()
        self.viewport().update()

    @Slot()
    def _on_current(self) -> None:
        track = self.chosen()
        if track is not None and track != self.song.track:
            self.song.show_track(track)
            self.unfolded.emit(track)
        self.song.setVisible(track is not None)
        self.scheduleDelayedItemsLayout()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place()

    @Slot()
    def _place(self) -> None:
        """The unfolded song under its row, wherever that is now."""
        if self.currentIndex().isValid():
            row = self.visualRect(self.currentIndex())
            self.song.setGeometry(row.left() + BLEED, row.top() + ROW, row.width() - 2 * BLEED, UNFOLDED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Space:
                event.ignore()  # it belongs to the record button
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Up if self.currentIndex().row() <= 0:
                self.left.emit()
            case Qt.Key.Key_M if shift:
                self.song.ask()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.strip.step(-1.0 if event.key() == Qt.Key.Key_Left else 1.0, longer=shift)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        QListView.mousePressEvent(self, event)
        self._show_ring(False)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        box = row_box(self.visualRect(index))
        if not box.contains(event.position()):
            return
        if event.position().x() <= box.left() + COVER:
            self.play_requested.emit(self.tracks.tracks[index.row()])
        elif similar_box(box).contains(event.position()):
            self.similar_requested.emit(self.tracks.tracks[index.row()])

    def focusInEvent(self, event: object) -> None:
        QListView.focusInEvent(self, event)
        self._show_ring(event.reason() in KEYBOARD)

    def focusOutEvent(self, event: object) -> None:
        QListView.focusOutEvent(self, event)
        self._show_ring(False)

    def _show_ring(self, shown: bool) -> None:
        self.rows.ring = shown
        self.viewport().update()
