"""One mood: its picture and words at the left, its songs at the right, the best fit first."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Mood, Track
from musicrec_desktop.engine.calibration import fit
from musicrec_desktop.ui.buttons import IconButton, PillButton, PrimaryButton
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.movement_line import paint_movement
from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.ui.result_rows import ListRow
from musicrec_desktop.ui.results_list import ResultsList
from musicrec_desktop.ui.row_layout import BLEED
from musicrec_desktop.ui.row_words import row_words
from musicrec_desktop.ui.sound_print import Print, halftone_height, halftone_pixmap
from musicrec_desktop.ui.strings import mood_description, mood_short, mood_title, tr
from musicrec_desktop.ui.theme import Theme

MARGIN = 24
COLUMN, COLUMN_NARROW = 320, 232
_GAP = 36
_MOVEMENT_HEIGHT = 28


class MoodPicture(Themed, QWidget):
    """The halftone of a mood on its tint, and its movement below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._mood_id, self._print = 0, None
        self._movement: Sequence[float] = ()

    def show_print(self, mood_id: int, sound_print: Print | None, movement: Sequence[float] = ()) -> None:
        self._mood_id, self._print, self._movement = mood_id, sound_print, movement
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COLUMN, self.heightForWidth(COLUMN))

    def heightForWidth(self, width: int) -> int:
        return halftone_height(width - 48) + 48 + _MOVEMENT_HEIGHT + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        fill_round(painter, QRectF(self.rect()), 12, self.theme.mood(self._mood_id).tint)
        picture = halftone_pixmap(
            self._mood_id, self._print, width=self.width() - 48, theme=self.theme, dpr=self.devicePixelRatioF()
        )
        painter.drawPixmap(QPointF(24, 24), picture)
        box = QRectF(24, self.height() - 20 - _MOVEMENT_HEIGHT, self.width() - 48, _MOVEMENT_HEIGHT)
        paint_movement(painter, box, self._movement, self.theme.mood(self._mood_id).ink)


class MoodPage(QWidget):
    back_wanted = Signal()
    play_requested = Signal(object, float)  # Track, at_s
    play_all_wanted = Signal(object)  # list of Track
    shuffle_wanted = Signal(object)  # list of Track
    similar_requested = Signal(object)  # Track

    def __init__(self, theme: Theme, prints: PrintShelf) -> None:
        super().__init__()
        self._mood: Mood | None = None
        self._moods: Sequence[Mood] = ()
        self._back = IconButton(theme, "back", "", size=32)
        self.header = Header(theme)
        self.header.lead(self._back)
        self.picture = MoodPicture(theme)
        self._title = Label(theme, "title", balance=True)
        self._description = Label(theme, "row", colour="text2", bold=False, wrap=True)
        self.play = PrimaryButton(theme, "", icon="play", pill=True)
        self.shuffle = PillButton(theme, "", icon="shuffle")
        self._empty = Label(theme, "row", colour="text2", bold=False)
        self.songs = ResultsList(theme, actions=("more_like",))
        self.songs.set_print_source(prints.print_of)
        self._lay_out()
        self._back.clicked.connect(self.back_wanted)
        self.play.clicked.connect(self._on_play)
        self.shuffle.clicked.connect(self._on_shuffle)
        self.songs.play_requested.connect(self._on_row)
        self.songs.more_like_requested.connect(self._on_more)
        prints.arrived.connect(self.songs.viewport().update)

    def _lay_out(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.setSpacing(0)
        column.addWidget(self.picture)
        column.addSpacing(18)
        column.addWidget(self._title)
        column.addSpacing(6)
        column.addWidget(self._description)
        column.addSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.play)
        row.addWidget(self.shuffle)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._empty, alignment=Qt.AlignmentFlag.AlignHCenter)
        right.addWidget(self.songs, 1)
        body = QHBoxLayout()
        body.setContentsMargins(MARGIN, 8, MARGIN - BLEED, 0)
        body.setSpacing(_GAP - BLEED)
        body.addWidget(self._column)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(body, 1)

    @property
    def mood_id(self) -> int | None:
        return self._mood.id if self._mood else None

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self._moods = moods
        self.retranslate()

    def open_mood(self, mood: Mood, sound_print: Print | None) -> None:
        """Show the mood; its songs follow by `show_songs`."""
        self._mood = mood
        self.picture.show_print(mood.id, sound_print, mood.movement)
        self.show_songs(None)
        self.retranslate()

    def show_songs(self, ranked: Sequence[tuple[Track, float]] | None) -> None:
        """Tracks with their probability 0..1; None while they are on their way."""
        self.songs.set_rows([ListRow(track, fit(probability)) for track, probability in ranked or ()])
        self._empty.setText(tr("mood.empty"))
        self._empty.setVisible(ranked is not None and not ranked)
        self.header.sub.setText(tr("mood.ranked", n=len(ranked)) if ranked else "")
        for button in (self.play, self.shuffle):
            button.setEnabled(bool(ranked))

    def set_shape(self, *, narrow: bool) -> None:
        width = COLUMN_NARROW if narrow else COLUMN
        self._column.setFixedWidth(width)
        self.picture.setFixedSize(width, self.picture.heightForWidth(width))
        self.songs.set_compact(narrow)

    def retranslate(self) -> None:
        self._back.setText(tr("back"))
        self.play.setText(tr("mood.play"))
        self.shuffle.setText(tr("mood.shuffle"))
        self.songs.set_words(row_words(self._moods, fit=True))
        self.songs.setAccessibleName(tr("nav.moods"))
        if self._mood is not None:
            self.header.title.setText(mood_short(self._mood))
            self._title.setText(mood_title(self._mood))
            self._description.setText(mood_description(self._mood))

    def tracks(self) -> list[Track]:
        return [row.track for row in self.songs.rows]

    @Slot()
    def _on_play(self) -> None:
        self.play_all_wanted.emit(self.tracks())

    @Slot()
    def _on_shuffle(self) -> None:
        self.shuffle_wanted.emit(self.tracks())

    @Slot(object)
    def _on_row(self, row: ListRow) -> None:
        self.play_requested.emit(row.track, row.at_s or 0.0)

    @Slot(object)
    def _on_more(self, row: ListRow) -> None:
        self.similar_requested.emit(row.track)
