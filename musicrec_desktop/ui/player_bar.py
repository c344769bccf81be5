"""The player: what plays, the transport, the sound as a seek bar, the volume."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.core.types import Track
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.buttons import IconButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.result_rows import clock
from musicrec_desktop.ui.seek_bar import SeekBar
from musicrec_desktop.ui.sound_print import Print, draw_cover
from musicrec_desktop.ui.text import display_text, draw_text, tool_tip
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.volume import VolumeSlider

HEIGHT, HEIGHT_COMPACT = 72, 64
_COVER = 44
_EXTRA_ICON = 19
_NARROW = 1100
_WAVE_NARROW, _WAVE, _WAVE_WIDE = 120, 270, 420
_WIDE = 1600


@dataclass(frozen=True, slots=True)
class PlayerWords:
    """Words in the listener's language."""

    empty: str = ""
    empty_hint: str = ""
    play: str = ""
    pause: str = ""
    previous: str = ""
    next: str = ""
    position: str = ""
    volume: str = ""
    like: str = ""
    more_like: str = ""
    queue: str = ""


class PlayerBar(Themed, QWidget):
    """It shows and asks; it plays nothing itself. `extras` of ("like", "more_like", "queue") are offered."""

    play_toggled = Signal()
    seek = Signal(float)  # share of the track, 0..1
    volume_changed = Signal(float)  # 0..1
    previous = Signal()
    next = Signal()
    liked = Signal()
    more_like_requested = Signal()
    queue_requested = Signal()

    def __init__(self, theme: Theme, *, extras: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._words = PlayerWords()
        self._track: Track | None = None
        self._print: Print | None = None
        self._second = ""
        self._position_s = self._duration_s = 0.0
        self._playing = self._compact = False
        self._make_parts(extras)
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_track(None, None)

    def _make_parts(self, extras: Sequence[str]) -> None:
        theme = self.theme
        self.previous_button = IconButton(theme, "prev", "", icon_px=20, parent=self)
        self.play_button = IconButton(theme, "play", "", icon_px=20, filled=True, parent=self)
        self.next_button = IconButton(theme, "next", "", icon_px=20, parent=self)
        self.seek_bar = SeekBar(theme, parent=self)
        self.volume_slider = VolumeSlider(theme, parent=self)
        icons = {"like": "heart", "more_like": "more-like", "queue": "queue"}
        self.extras = {name: IconButton(theme, icons[name], "", icon_px=_EXTRA_ICON, parent=self) for name in extras}

    def _connect(self) -> None:
        self.play_button.clicked.connect(self.play_toggled)
        self.previous_button.clicked.connect(self.previous)
        self.next_button.clicked.connect(self.next)
        self.seek_bar.seek.connect(self._on_seek)
        self.volume_slider.valueChanged.connect(self._on_volume)
        signals = {"like": self.liked, "more_like": self.more_like_requested, "queue": self.queue_requested}
        for name, button in self.extras.items():
            button.clicked.connect(signals[name])

    # Content

    @property
    def track(self) -> Track | None:
        return self._track

    @property
    def playing(self) -> bool:
        return self._playing

    def set_track(self, track: Track | None, sound_print: Print | None) -> None:
        """What is loaded; None empties the bar."""
        self._track, self._print, self._second = track, sound_print, ""
        self._position_s, self._duration_s = 0.0, track.duration_s if track else 0.0
        self.seek_bar.set_track(self._duration_s, track.mood_id if track else None)
        for button in (self.previous_button, self.play_button, self.next_button, *self.extras.values()):
            button.setEnabled(track is not None)
        self.set_playing(False)
        self._tell()

    def set_print(self, sound_print: Print | None) -> None:
        """The cover of what is loaded, once it is known."""
        self._print = sound_print
        self.update()

    def set_second_line(self, text: str) -> None:
        """Words in place of the artist ("Paused while listening"); empty brings the artist back."""
        self._second = text
        self._tell()

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        self.play_button.set_icon("pause" if playing else "play")
        self.play_button.setText(self._words.pause if playing else self._words.play)
        self.update()

    def set_position(self, position_s: float, duration_s: float | None = None) -> None:
        """Where playing is; the duration where the file knows better than the catalogue."""
        if duration_s is not None and duration_s > 0 and abs(duration_s - self._duration_s) > 0.05:
            self._duration_s = duration_s
            self.seek_bar.set_duration(duration_s)
        if int(position_s) != int(self._position_s):
            self.update(self._time_box().toAlignedRect())
            self.seek_bar.setAccessibleDescription(f"{clock(position_s)} / {clock(self._duration_s)}")
        self._position_s = position_s
        self.seek_bar.set_position(position_s)

    def set_waveform(self, loudness: NDArray[np.float32] | None) -> None:
        self.seek_bar.set_waveform(loudness)

    def set_volume(self, volume: float) -> None:
        """0..1, without a signal."""
        self.volume_slider.blockSignals(True)
        self.volume_slider.setValue(round(volume * 100))
        self.volume_slider.blockSignals(False)
        self.volume_slider.update()

    def set_words(self, words: PlayerWords) -> None:
        self._words = words
        self.previous_button.setText(words.previous)
        self.next_button.setText(words.next)
        self.seek_bar.setAccessibleName(words.position)
        self.volume_slider.setAccessibleName(words.volume)
        for name, button in self.extras.items():
            button.setText(getattr(words, name))
        self.set_playing(self._playing)
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        parts = (self.previous_button, self.play_button, self.next_button, self.seek_bar, self.volume_slider)
        for part in (*parts, *self.extras.values()):
            part.set_theme(theme)

    def set_compact(self, compact: bool) -> None:
        """64 px high, for low windows."""
        self._compact = compact
        self.updateGeometry()
        self._arrange()

    def _tell(self) -> None:
        track = self._track
        title, second = self._lines()
        self.setAccessibleName(", ".join(word for word in (title, second) if word))
        self.setToolTip(tool_tip(track.title) if track else "")
        self.update()

    def _lines(self) -> tuple[str, str]:
        if self._track is None:
            return self._words.empty, self._words.empty_hint
        return display_text(self._track.title), self._second or display_text(self._track.artist)

    # Geometry

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT_COMPACT if self._compact else HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW

    def _margin(self) -> int:
        return 16 if self._narrow else 20

    def _wave_width(self) -> int:
        if self._narrow:
            return _WAVE_NARROW
        return _WAVE if self.width() < _WIDE else min(_WAVE_WIDE, self.width() // 4)

    def _arrange(self) -> None:
        middle = self.sizeHint().height() // 2
        play_x = round(self.width() * (375 / 900 if self._narrow else 466 / 1280))
        offset = 36 if self._narrow else 37
        for button, x in (
            (self.previous_button, play_x - offset),
            (self.play_button, play_x),
            (self.next_button, play_x + offset),
        ):
            _centre(button, x, middle)
        wave = self._wave_width()
        self.seek_bar.setGeometry(play_x + 104, middle - 18, wave, 36)
        volume_left = self.width() - 20 - self.volume_slider.sizeHint().width()
        self.volume_slider.setGeometry(volume_left, middle - 12, self.volume_slider.sizeHint().width(), 24)
        self._arrange_extras(volume_left, middle)

    def _arrange_extras(self, volume_left: int, middle: int) -> None:
        x = volume_left - 56
        for name in ("queue", "more_like"):
            if name in self.extras:
                _centre(self.extras[name], x, middle)
                x -= 36
        if "more_like" in self.extras:
            self.extras["more_like"].setVisible(not self._narrow)
        if "like" in self.extras:
            _centre(self.extras["like"], self._words_box().right() + 22, middle)

    def _words_box(self) -> QRectF:
        left = self._margin() + _COVER + 12
        return QRectF(left, 0, 142 if self._narrow else 180, self.sizeHint().height())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        painter.fillRect(self.rect(), self.theme.base)
        self._paint_track(painter)
        self._paint_times(painter)
        volume = QPointF(self.volume_slider.x() - 18, self.sizeHint().height() / 2)
        draw_icon(painter, "volume", volume.x(), volume.y(), 19, self.theme.text2)

    def _paint_track(self, painter: QPainter) -> None:
        middle = self.sizeHint().height() / 2
        cover = QRectF(self._margin(), middle - _COVER / 2, _COVER, _COVER)
        title, second = self._lines()
        box = self._words_box()
        if self._track is None:
            fill_round(painter, cover, tokens.RADIUS_COVER, self.theme.hover if self.theme.dark else self.theme.line)
            box.setWidth(max(box.width(), self.previous_button.x() - box.left() - 16))
        else:
            draw_cover(
                painter,
                cover.topLeft(),
                track_id=self._track.track_id,
                sound_print=self._print,
                mood_id=self._track.mood_id,
                size=_COVER,
                theme=self.theme,
            )
        bold = font("body", bold=True)
        colour = self.theme.text if self._track else self.theme.text2
        draw_text(painter, QRectF(box.left(), middle - 21.5, box.width(), 21), title, bold, colour)
        second_box = QRectF(box.left(), middle - 1.5, box.width(), 20)
        draw_text(painter, second_box, second, font("small"), self.theme.text2)

    def _paint_times(self, painter: QPainter) -> None:
        if self._track is None:
            return
        bar, height, small = self.seek_bar.geometry(), self.sizeHint().height(), font("small")
        left = self._time_box()
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, left, clock(self._position_s), small, self.theme.text2, align=right, elide=False)
        total = QRectF(bar.right() + 11, 0, 60, height)
        draw_text(painter, total, clock(self._duration_s), small, self.theme.text2, elide=False)

    def _time_box(self) -> QRectF:
        return QRectF(self.seek_bar.x() - 60, 0, 50, self.sizeHint().height())

    # Slots

    @Slot(float)
    def _on_seek(self, share: float) -> None:
        self._position_s = share * self._duration_s
        self.seek.emit(share)
        self.update()

    @Slot(int)
    def _on_volume(self, value: int) -> None:
        self.volume_changed.emit(value / 100)


def _centre(widget: QWidget, x: float, y: float) -> None:
    widget.resize(widget.sizeHint())
    widget.move(round(x - widget.width() / 2), round(y - widget.height() / 2))
