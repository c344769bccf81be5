"""The list of songs: one delegate over a QListView, with hit areas for the mouse and keys for everything."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from musicrec_desktop.core.types import Recommendation, TrackId
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.painting import KEYBOARD, Themed, canvas, outline_round
from musicrec_desktop.ui.result_rows import ACTIONS, ListRow, RowModel, RowWords
from musicrec_desktop.ui.row_layout import (
    BLEED,
    GAP,
    ROW,
    ROW_COMPACT,
    Part,
    RowBoxes,
    RowShape,
    part_at,
    row_boxes,
)
from musicrec_desktop.ui.row_painter import RowLook, RowPainter, fade
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.theme import Theme

FADE = 40
_KEYS = {
    Qt.Key.Key_Return: "play",
    Qt.Key.Key_Enter: "play",
    Qt.Key.Key_L: "like",
    Qt.Key.Key_N: "hide",
    Qt.Key.Key_P: "add",
    Qt.Key.Key_M: "more_like",
    Qt.Key.Key_W: "why",
}


class _Delegate(QStyledItemDelegate):
    def __init__(self, songs: "ResultsList") -> None:
        super().__init__(songs)
        self._songs = songs

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._songs.row_height + GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._songs.paint_row(painter, index.row(), QRectF(option.rect), selected=selected)
        painter.restore()


class _Fade(QWidget):
    """Says that the list goes on."""

    def __init__(self, songs: "ResultsList") -> None:
        super().__init__(songs)
        self._songs = songs
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        fade(canvas(self), QRectF(self.rect()), self._songs.theme)


class ResultsList(Themed, QListView):
    """Rows of songs. Place it 10 px (`row_layout.BLEED`) wider than its column at either side.

    Enter plays, L N P M W act on the current row as their signals say; Space is left to the window.
    """

    play_requested = Signal(object)  # each carries the ListRow
    liked = Signal(object)
    hidden = Signal(object)
    add_requested = Signal(object)
    more_like_requested = Signal(object)
    why_requested = Signal(object)

    def __init__(
        self, theme: Theme, *, actions: Sequence[str] = ACTIONS, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        """`actions` of ("like", "hide", "add", "more_like", "why"): what rows offer besides playing."""
        super().__init__(parent)
        self.theme = theme
        self._offered = tuple(actions)
        self._compact = compact
        self._liked: set[TrackId] = set()
        self._hovered: tuple[int, Part] = (-1, "")
        self._keyboard = False
        self._rows = RowModel()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self._fade = _Fade(self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._prepare()

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        # Qt's own ground keeps the colour of the theme before when a style sheet is put on.
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        # Qt's own bar would take 12 px from the column; this one lies in the bleed, for the mouse only.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.hide()
        own = self.verticalScrollBar()
        own.setSingleStep(24)
        own.valueChanged.connect(self._bar.setValue)
        own.valueChanged.connect(self._place_fade)
        own.rangeChanged.connect(self._on_range)
        self._bar.valueChanged.connect(own.setValue)
        self._colour()

    # Content

    @property
    def row_height(self) -> int:
        return ROW_COMPACT if self._compact else ROW

    @property
    def rows(self) -> list[ListRow]:
        return [self._rows.row(i) for i in range(self._rows.rowCount())]

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        self._hovered = (-1, "")
        self._rows.set_rows(rows)
        self.scrollToTop()
        self._place_fade()

    def set_recommendations(self, recommendations: Sequence[Recommendation]) -> None:
        self.set_rows([ListRow.of(recommendation) for recommendation in recommendations])

    def set_words(self, words: RowWords) -> None:
        self._rows.words = words
        self.viewport().update()

    def set_print_source(self, print_of: Callable[[TrackId], Print | None]) -> None:
        """Where covers come from. Called while painting: it must answer from memory."""
        self._rows.print_of = print_of
        self.viewport().update()

    def set_liked(self, track_ids: set[TrackId]) -> None:
        self._liked = set(track_ids)
        self.viewport().update()

    def set_compact(self, compact: bool) -> None:
        """Rows of 56 px whose actions are behind the dots."""
        if compact != self._compact:
            self._compact = compact
            self.scheduleDelayedItemsLayout()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._colour()
        self.viewport().update()
        self._fade.update()

    def height_for_rows(self) -> int:
        """Height that shows every row without scrolling."""
        return self._rows.rowCount() * (self.row_height + GAP)

    # Painting

    def boxes(self, index: int, rect: QRectF) -> RowBoxes:
        row = self._rows.row(index)
        shape = RowShape(
            ring=row.score is not None,
            moment=row.at_s is not None,
            chips=bool(row.reasons),
            actions=self._offered,
            compact=self._compact,
        )
        return row_boxes(rect, shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas(self.viewport()).fillRect(event.rect(), self.theme.sheet)
        super().paintEvent(event)

    def paint_row(self, painter: QPainter, index: int, rect: QRectF, *, selected: bool) -> None:
        row = self._rows.row(index)
        hovered, part = self._hovered
        look = RowLook(
            selected=selected,
            hovered=hovered == index,
            liked=row.track.track_id in self._liked,
            pointed=part if hovered == index else "",
        )
        boxes = self.boxes(index, rect)
        RowPainter(self.theme, self._rows.words).paint(
            painter, boxes, row, self._rows.print_of(row.track.track_id), look
        )
        if self._keyboard and self.hasFocus() and self.currentIndex().row() == index:
            # The list clips its rows, so the ring lies inside.
            outline_round(painter, boxes.highlight, tokens.RADIUS_ROW, self.theme.focus, tokens.FOCUS_WIDTH)

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self.theme.sheet)
        palette.setColor(QPalette.ColorRole.Text, self.theme.text)
        self.setPalette(palette)

    @Slot(int, int)
    def _on_range(self, lowest: int, highest: int) -> None:
        self._bar.setRange(lowest, highest)
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._show_bar(self.underMouse())
        self._place_fade()

    def _show_bar(self, wanted: bool) -> None:
        self._bar.setVisible(wanted and self._bar.maximum() > 0)

    @Slot()
    def _place_fade(self) -> None:
        bar = self.verticalScrollBar()
        self._fade.setVisible(bar.value() < bar.maximum())
        self._fade.setGeometry(0, self.height() - FADE, self.viewport().width(), FADE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - BLEED, 0, BLEED, self.height())
        self._place_fade()

    # Mouse

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_bar(True)

    def _part_under(self, position: QPoint) -> tuple[int, Part]:
        index = self.indexAt(position)
        if not index.isValid():
            return -1, ""
        return index.row(), part_at(self.boxes(index.row(), QRectF(self.visualRect(index))), QPointF(position))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._part_under(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_bar(False)
        self._hover((-1, ""))

    def _hover(self, under: tuple[int, Part]) -> None:
        if under == self._hovered:
            return
        self._hovered = under
        pointing = under[1] not in ("", "row")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index, part = self._part_under(event.position().toPoint())
        if part in ("cover", "moment"):
            self.act("play", index)
        elif part == "menu" and self._compact:
            self._open_menu(index, event.globalPosition().toPoint())
        elif part in self._offered:
            self.act(part, index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index, part = self._part_under(event.position().toPoint())
        if part == "row":
            self.act("play", index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self._open_menu(index.row(), event.globalPos())

    def menu_for(self, index: int) -> QMenu:
        """The actions of a row as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("play", *self._offered):
            action = menu.addAction(self._rows.words.actions.get(name, name))
            action.setData((name, index))
        menu.triggered.connect(self._on_menu)
        return menu

    def _open_menu(self, index: int, at: QPoint) -> None:
        self.menu_for(index).popup(at)

    def _on_menu(self, action: object) -> None:
        name, index = action.data()
        self.act(name, index)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        name = _KEYS.get(event.key()) if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else None
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space or (name is None and event.text().isprintable() and event.text()):
            event.ignore()  # Space belongs to the record button, letters to the window's shortcuts
        elif name is not None and current.isValid():
            self.act(name, current.row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self._keyboard = event.reason() in KEYBOARD
        QListView.focusInEvent(self, event)
        if self._keyboard and not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0))
        self.viewport().update()

    def act(self, name: str, index: int) -> None:
        """Emit the signal of an action for a row; actions that are not offered do nothing."""
        if name not in ("play", *self._offered):
            return
        signal = {
            "play": self.play_requested,
            "like": self.liked,
            "hide": self.hidden,
            "add": self.add_requested,
            "more_like": self.more_like_requested,
            "why": self.why_requested,
        }[name]
        signal.emit(self._rows.row(index))
