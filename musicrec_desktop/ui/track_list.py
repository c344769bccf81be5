"""Lists of catalogue tracks: the table of the library, and what it shares with the hits of a search (`hit_list`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from musicrec_desktop.core.types import Mood, Track, TrackId
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.marks import paint_mark
from musicrec_desktop.ui.painting import Themed, fill_round
from musicrec_desktop.ui.sound_print import Print, draw_cover
from musicrec_desktop.ui.strings import clock, mood_short, tr
from musicrec_desktop.ui.text import display_text, draw_text, tool_tip
from musicrec_desktop.ui.theme import Theme, with_alpha

LIBRARY_ROW, _COVER = 48, 32
BLEED = 10  # the chosen row stands out of the column this far
_TRACK = Qt.ItemDataRole.UserRole
_FADE_PX = 40
_SOURCE = 14


class TrackModel(QAbstractListModel):
    """Tracks in a given order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracks: list[Track] = []
        self.away: Sequence[Path] = ()  # folders that are not at hand
        self.fetched: TrackId | None = None  # whose preview is on its way
        self.unavailable: set[TrackId] = set()  # whose preview could not be had

    def set_tracks(self, tracks: Sequence[Track]) -> None:
        self.beginResetModel()
        self.tracks = list(tracks)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.tracks)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        track = self.tracks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return display_text(track.title)
            case Qt.ItemDataRole.ToolTipRole:
                parts = (track.title, track.artist, track.album, *self._state_words(track))
                return tool_tip(" · ".join(part for part in parts if part))
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (display_text(track.title), display_text(track.artist), clock(track.duration_s))
                return ", ".join(part for part in (*parts, *self._state_words(track)) if part)
            case _ if role == _TRACK:
                return track
        return None

    def is_away(self, track: Track) -> bool:
        """Its folder is not at hand."""
        return track.path is not None and any(map(track.path.is_relative_to, self.away))

    def _state_words(self, track: Track) -> Iterator[str]:
        if self.is_away(track):
            yield tr("folder.away")
        if track.source == "central":
            yield tr("row.central")
        if track.track_id == self.fetched:
            yield tr("row.fetching")
        elif track.track_id in self.unavailable:
            yield tr("error.no_preview")


class TrackDelegate(QStyledItemDelegate):
    """Paints the columns of a library."""

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._print_of = theme, print_of
        self.moods: Mapping[int, Mood] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, LIBRARY_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        track = index.data(_TRACK)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        row = QRectF(option.rect)
        if chosen or hovered:
            fill_round(painter, row.adjusted(0, 1, 0, -1), 10, self.theme.hover)
        inner = row.adjusted(BLEED, 0, -BLEED, 0)
        cover = QPointF(inner.left(), inner.center().y() - _COVER / 2)
        self._paint_cover(painter, cover, _COVER, track, play=chosen or hovered)
        self._paint_columns(painter, inner.adjusted(_COVER + 12, 0, 0, 0), track)
        painter.restore()

    def _paint_cover(self, painter: QPainter, at: QPointF, size: int, track: Track, *, play: bool) -> None:
        sound_print = self._print_of(track.track_id)
        draw_cover(
            painter,
            at,
            track_id=track.track_id,
            sound_print=sound_print,
            mood_id=track.mood_id,
            size=size,
            theme=self.theme,
        )
        if play:
            veil = with_alpha(Theme.named("dark").base, 0.45)
            fill_round(painter, QRectF(at.x(), at.y(), size, size), 6, veil)
            white = self.theme.on_record
            draw_icon(painter, "play", at.x() + size / 2 + 1, at.y() + size / 2, size // 2, white)

    def _paint_columns(self, painter: QPainter, box: QRectF, track: Track) -> None:
        small, theme = font("body"), self.theme
        is_away = self.parent().tracks.is_away(track)
        for (left, room), text, words, colour in zip(
            columns(box),
            (track.title, track.artist, track.album, clock(track.duration_s)),
            (font("row"), small, small, small),
            (theme.text3,) * 4 if is_away else (theme.text, theme.text2, theme.text2, theme.text2),
            strict=False,
        ):
            if text is track.title:
                room -= self._paint_source(painter, left + room, box.center().y(), track)
            draw_text(painter, QRectF(left, box.top(), room, box.height()), display_text(text), words, colour)
        left, room = columns(box)[4]
        self._paint_mood(painter, QRectF(left, box.top(), room, box.height()), track)

    def _paint_source(self, painter: QPainter, right: float, middle: float, track: Track) -> float:
        """A cloud for songs of the central catalogue, crossed out where the preview could not be had; its room."""
        if track.source != "central":
            return 0.0
        tracks = self.parent().tracks
        icon = "offline" if track.track_id in tracks.unavailable else "online"
        colour = self.theme.text if track.track_id == tracks.fetched else self.theme.text3
        draw_icon(painter, icon, right - _SOURCE / 2, middle, _SOURCE, colour)
        return _SOURCE + 8.0

    def _paint_mood(self, painter: QPainter, box: QRectF, track: Track) -> None:
        mood = self.moods.get(track.mood_id) if track.mood_id is not None else None
        if mood is None:
            return
        colours = self.theme.mood(mood.id)
        paint_mark(painter, mood.id, box.left() + 6, box.center().y(), 5, colours.mark)
        draw_text(painter, box.adjusted(18, 0, 0, 0), mood_short(mood), font("small"), self.theme.text2)


def columns(box: QRectF) -> list[tuple[float, float]]:
    """Left edge and width of title, artist, album, length and mood."""
    free = box.width() - 60 - 116
    shares = (0.42, 0.30, 0.28)
    found, left = [], box.left()
    for share in shares:
        found.append((left, free * share - 16))
        left += free * share
    return [*found, (left, 52.0), (left + 60, 112.0)]


class TrackList(Themed, QListView):
    """Keys: Enter plays, M asks for more like it. A click on the cover plays, a double click on the row, too."""

    play_requested = Signal(object)  # Track
    similar_requested = Signal(object)  # Track

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None], *, name: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.tracks = TrackModel(self)
        self.rows = TrackDelegate(theme, print_of, parent=self)
        self.setModel(self.tracks)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self._on_double_clicked)

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.rows.theme = theme
        self.viewport().update()

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self.rows.moods = {mood.id: mood for mood in moods}
        self.viewport().update()

    def set_away(self, folders: Sequence[Path]) -> None:
        self.tracks.away = tuple(folders)
        self.viewport().update()

    def set_fetched(self, track_id: TrackId | None) -> None:
        """Whose preview is on its way."""
        self.tracks.fetched = track_id
        if track_id is not None:
            self.tracks.unavailable.discard(track_id)
        self.viewport().update()

    def mark_unavailable(self, track_id: TrackId) -> None:
        """The preview could not be had; the mark stays until it is tried again."""
        self.tracks.unavailable.add(track_id)
        self.viewport().update()

    def set_tracks(self, tracks: Sequence[Track]) -> None:
        self.tracks.set_tracks(tracks)

    def chosen(self) -> Track | None:
        index = self.currentIndex()
        return index.data(_TRACK) if index.isValid() else None

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.play_requested.emit(index.data(_TRACK))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.position().x() <= self.visualRect(index).left() + BLEED + _COVER:
            self.play_requested.emit(index.data(_TRACK))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        track = self.chosen()
        if track is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.play_requested.emit(track)
        elif track is not None and event.key() == Qt.Key.Key_M:
            self.similar_requested.emit(track)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self.viewport().update()
        return super().viewportEvent(event)

    def row_rect(self, row: int) -> QRect:
        """Where a row is painted, for tests."""
        return self.visualRect(self.tracks.index(row))
