"""The live view: spectrogram, record button, level; what the Listen page shows until there is an answer."""

import math

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.core.errors import AudioError, DeviceLost
from musicrec_desktop.core.types import Answer
from musicrec_desktop.ui.buttons import PillButton
from musicrec_desktop.ui.controls import KeyCap
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.level_hint import LevelHint
from musicrec_desktop.ui.level_meter import LevelMeter
from musicrec_desktop.ui.live_columns import LiveColumns
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.other_ways import OtherWays
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.ui.record_button import RecordButton
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.ui.so_far import SoFar
from musicrec_desktop.ui.spectrogram_view import AXIS_HEIGHT, GUTTER, SECONDS, SpectrogramView
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

MARGIN = 24
TOP = 2
_TICK_MS = 33
SMALL_WIDTH, SMALL_HEIGHT = 900, 560  # of this view: below, the smaller button and meter
_HINTS = {"ok": ("check", "ok"), "low": ("quiet", "warn"), "high": ("warning", "warn"), "none": ("quiet", "warn")}
_STATES = {
    State.PREPARING: "armed",
    State.READY: "armed",
    State.ARMED: "armed",
    State.LISTENING: "recording",
    State.ANALYSING: "analysing",
    State.SHOWING: "armed",
}


class HintLine(Themed, QWidget):
    """An icon in a colour of its own, and a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._icon, self._icon_colour = "", "text2"
        self.label = Label(theme, "row", colour="text2", bold=False, wrap=True, parent=self)

    def say(self, text: str, icon: str = "", icon_colour: str = "text2") -> None:
        self._icon, self._icon_colour = icon, icon_colour
        self.label.setText(text)
        self.resizeEvent(None)
        self.update()

    def height_for(self, room: int) -> int:
        return self.label.heightForWidth(room - self._lead())

    def _lead(self) -> int:
        return 24 if self._icon else 0

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        self.label.setGeometry(self._lead(), 0, self.width() - self._lead(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            draw_icon(canvas(self), self._icon, 9, 10.5, 18, getattr(self.theme, self._icon_colour))


class LiveView(QWidget):
    """Three columns under the spectrogram: words and level, the button, first finds or other ways in."""

    settings_wanted = Signal()
    repair_wanted = Signal()
    log_wanted = Signal()
    heard = Signal(float)  # the level in dBFS, whether anybody sees this view or not

    def __init__(self, theme: Theme, session: SessionController, prints: PrintShelf) -> None:
        super().__init__()
        self._session = session
        self._live: LiveColumns | None = None
        self._level = LevelHint()
        self._songs = 0
        self.spectrogram = SpectrogramView(theme, parent=self)
        self.headline = Label(theme, "display", parent=self)
        self.hint = HintLine(theme)
        self.hint.setParent(self)
        self.meter = LevelMeter(theme, parent=self)
        self.remedy = PillButton(theme, "", parent=self)
        self.button = RecordButton(theme, parent=self)
        self.key_space, self.key_escape = KeyCap(theme, "Space", parent=self), KeyCap(theme, "Esc", parent=self)
        self.so_far = SoFar(theme, prints.print_of)
        self.so_far.setParent(self)
        self.ways = OtherWays(theme)
        self.ways.setParent(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._connect(prints)
        self.retranslate()

    def _connect(self, prints: PrintShelf) -> None:
        self.button.pressed.connect(self._session.press)
        self.button.released.connect(self._session.release)
        self.remedy.clicked.connect(self._on_remedy)
        self._timer.timeout.connect(self._tick)
        self._session.state_changed.connect(self.show_state)
        self._session.progress.connect(self._on_progress)
        self._session.so_far.connect(self._on_so_far)
        self._session.microphone_changed.connect(self._on_microphone)
        prints.arrived.connect(self.so_far.update)

    # what is heard

    @property
    def columns(self) -> LiveColumns | None:
        return self._live

    @Slot()
    def _tick(self) -> None:
        self.pull()
        self._session.tick()

    @Slot()
    def pull(self) -> None:
        """Take what is new from the microphone; draw it if anybody can see it."""
        if self._live is None or self._session.source is None:
            return
        samples, columns = self._live.pull()
        if self._level.hear(samples, self._session.source.ring.sr):
            self._say_level()
        if len(samples):
            self.heard.emit(self._level.level.rms_db)
        if self.isVisible() and columns.shape[1]:
            self.spectrogram.push_columns(columns)
            self.meter.set_level(self._level.level.rms_db, self._level.level.peak_db)

    @Slot()
    def _on_microphone(self) -> None:
        source = self._session.source
        self._live = LiveColumns(source) if source is not None else None
        if source is not None:
            self._timer.start()
        else:
            self._timer.stop()
        self.meter.reset()
        self.show_state(self._session.state)

    def showEvent(self, event: object) -> None:
        """The picture is rebuilt in one step from what was kept meanwhile."""
        super().showEvent(event)
        if self._live is not None and self.spectrogram.mode in ("armed", "recording"):
            self.spectrogram.show_columns(self._live.newest())

    # what the session says

    @Slot(object)
    def show_state(self, state: State) -> None:
        focused = self._focused()
        by_key = bool(getattr(focused, "keyboard_focus", False))
        lost = state is State.UNAVAILABLE and isinstance(self._session.reason, AudioError)
        self.button.set_state("lost" if lost else _STATES.get(state, "disabled"))
        self._show_picture(state)
        self._say(state)
        self.so_far.listening = state is State.LISTENING
        self.so_far.setVisible(state in (State.LISTENING, State.ANALYSING))
        self.ways.setVisible(not self.so_far.isVisibleTo(self))
        if state is State.LISTENING:
            self.so_far.clear()
            self._on_progress(0.0, 0.0)
        self._place()
        if focused is not None:
            self._keep_focus(by_key)

    def _focused(self) -> QWidget | None:
        """What has the keyboard, if it is in this view."""
        focused = self.window().focusWidget()
        return focused if focused is not None and self.isAncestorOf(focused) else None

    def _keep_focus(self, by_key: bool) -> None:
        """What went or was switched off had the keyboard; Qt has handed it to the player, with a ring."""
        if self._focused() is None:
            heir = self.button if self.button.isEnabled() else self
            heir.setFocus(Qt.FocusReason.TabFocusReason if by_key else Qt.FocusReason.OtherFocusReason)

    def _show_picture(self, state: State) -> None:
        match state:
            case State.LISTENING:
                self.spectrogram.set_mode("recording")
            case State.ANALYSING if self.spectrogram.mode == "recording":
                self.spectrogram.set_mode("frozen")
            case State.SHOWING:
                pass  # the answer is shown in its place; the picture is rebuilt when this view is seen again
            case _ if self._session.source is not None:
                if self.spectrogram.mode == "frozen" and self._live is not None:
                    self.spectrogram.show_columns(self._live.newest())
                self.spectrogram.set_mode("armed")
            case _ if isinstance(self._session.reason, DeviceLost) and self._session.reason.kept_s:
                self.spectrogram.set_mode("frozen")
            case _:
                self.spectrogram.set_mode("empty")

    def _say(self, state: State) -> None:
        key = {State.LISTENING: "recording", State.ANALYSING: "analysing"}.get(state, "armed")
        self.headline.setText(tr(f"{key}.headline"))
        self.remedy.setVisible(False)
        self.spectrogram.set_message("")
        match state:
            case State.LISTENING:
                self._say_level()
            case State.ANALYSING:
                self.hint.say(tr("analysing.hint", n=self._songs) if self._songs else "")
            case State.UNAVAILABLE:
                self._say_trouble()
            case State.PREPARING:
                self.hint.say(tr("preparing.hint"))
            case State.ARMED if self._session.source is not None:
                self.hint.say(tr("armed.hint"))
            case _:
                monitor = self._session.audio.source == "monitor"
                self.hint.say(tr("ready.hint_monitor" if monitor else "ready.hint"))
        self._name_button(state)
        self._show_keys(state)

    def _say_trouble(self) -> None:
        reason = self._session.reason
        if reason is None:
            return
        message = describe(reason)
        self.headline.setText(tr("trouble.sound" if isinstance(reason, AudioError) else "trouble.engine"))
        self.hint.say(message.text, "warning", "warn")
        self.remedy.setText(message.button)
        self.remedy.setProperty("remedy", message.remedy)
        self.remedy.setVisible(bool(message.remedy))
        if isinstance(reason, AudioError) and self.spectrogram.mode == "empty":
            self.spectrogram.set_message(tr("status.no_device"))

    def _say_level(self) -> None:
        if self._session.state is not State.LISTENING:
            return
        kind = self._level.hint
        icon, colour = _HINTS[kind]
        silent_monitor = kind == "none" and self._session.audio.source == "monitor"
        self.hint.say(tr("level.none_monitor" if silent_monitor else f"level.{kind}"), icon, colour)
        self._place()

    def _name_button(self, state: State) -> None:
        match state:
            case State.LISTENING:
                name = tr("record.stop", n=math.ceil(self._session.audio.take_s))
            case State.ANALYSING:
                name = tr("record.analysing")
            case State.UNAVAILABLE:
                name = tr("record.unavailable")
            case _:
                name = tr("record.listen")
        self.button.setAccessibleName(name)

    def _show_keys(self, state: State) -> None:
        listening = state is State.LISTENING
        self.key_space.set_texts("Space", tr("keys.stops" if listening else "keys.listens"))
        self.key_escape.set_texts("Esc", tr("keys.cancels"))
        self.key_space.setVisible(state not in (State.ANALYSING, State.UNAVAILABLE))
        self.key_escape.setVisible(state in (State.LISTENING, State.ANALYSING))

    @Slot(float, float)
    def _on_progress(self, share: float, heard_s: float) -> None:
        left_s = self._session.audio.take_s - heard_s
        seconds = math.ceil(max(0.0, left_s - 0.05)) if left_s > 0 else math.floor(heard_s)
        self.button.set_progress(share)
        self.button.set_seconds(seconds, tr("recording.seconds" if left_s > 0 else "recording.held", n=seconds))
        if seconds in (3, 0):  # a screen reader hears of these two only
            self.button.setAccessibleName(tr("record.stop", n=seconds))
        if heard_s > 0:
            self.spectrogram.set_recording(min(heard_s, SECONDS))

    @Slot(object)
    def _on_so_far(self, answer: Answer) -> None:
        self.so_far.show_answer(answer)

    @Slot()
    def _on_remedy(self) -> None:
        match self.remedy.property("remedy"):
            case "keep":
                self._session.use_kept()
            case "retry":
                self._session.click()
            case "repair":
                self.repair_wanted.emit()
            case "log":
                self.log_wanted.emit()
            case _:
                self.settings_wanted.emit()

    def set_songs(self, count: int) -> None:
        self._songs = count

    def set_sample_offered(self, offered: bool) -> None:
        self._sample_offered = offered
        self._place()

    _sample_offered = False

    # layout

    def retranslate(self) -> None:
        self.spectrogram.setAccessibleName(tr("spectrogram.name"))
        self.spectrogram.set_passage_words(passage_words)
        labels = [(n / SECONDS, tr("axis.ago", n=round(SECONDS - n))) for n in (0, 10, 20)]
        self.spectrogram.set_time_labels([*labels, (1.0, tr("axis.now"))])
        self.meter.setAccessibleName(tr("level.name"))
        self.meter.set_too_loud_text(tr("level.too_loud"))
        self.ways.retranslate()
        self.show_state(self._session.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @property
    def small(self) -> bool:
        return self.width() < SMALL_WIDTH or self.height() < SMALL_HEIGHT

    def _place(self) -> None:
        """Numbers of the design: the picture takes half of the sheet, three columns share what is left."""
        sheet_height = self.height() + 62
        share = 0.455 if self.small else 0.525
        picture = max(210 if self.small else 0, min(520, round(sheet_height * share)))
        self.spectrogram.setGeometry(MARGIN, TOP, self.width() - 2 * MARGIN, picture + AXIS_HEIGHT)
        self.button.set_small(self.small)
        self.meter.set_small(self.small)
        # In a small window what repairs it takes the room of the level.
        repaired = self.small and self.remedy.isVisibleTo(self)
        self.meter.setVisible(self._session.source is not None and not repaired)
        top = TOP + picture + AXIS_HEIGHT
        self._place_button(top)
        middle = self.button.geometry().center().y()
        self._place_words(top, middle)
        self._place_right(top, middle)

    def _place_button(self, top: int) -> None:
        side = self.button.sizeHint().width()
        keys = 0 if self.small else 34
        free = self.height() - top - side - keys
        y = top + max(4, round(free * (0.43 if self.small else 0.78)))
        self.button.setGeometry((self.width() - side) // 2, y, side, side)
        if not self.small:
            self._row_of_keys(self.width() // 2, y + side + 12, centred=True)

    def _row_of_keys(self, x: int, y: int, *, centred: bool) -> None:
        shown = [key for key in (self.key_space, self.key_escape) if key.isVisibleTo(self)]
        total = sum(key.sizeHint().width() for key in shown) + 18 * max(0, len(shown) - 1)
        left = x - total // 2 if centred else x
        for key in shown:
            key.setGeometry(left, y, key.sizeHint().width(), key.sizeHint().height())
            left += key.sizeHint().width() + 18

    def _place_words(self, ceiling: int, middle: int) -> None:
        left = MARGIN + GUTTER
        room = self.button.x() - left - 24
        hint_height = self.hint.height_for(room)
        metered = self.meter.isVisibleTo(self)
        more = hint_height - 21 + (0 if metered else -32)  # more lines push up and down alike
        top = middle - (73 if self.small else 70) - more // 2
        below_headline = 39 if self.small else 44
        needed = below_headline + hint_height + (11 if self.small else 16) + (47 if metered else 4)
        needed += self.remedy.sizeHint().height() if self.remedy.isVisibleTo(self) else 0
        top = max(ceiling - 2, min(top, self.height() - needed - 4))  # long words stay between picture and edge
        self.headline.setGeometry(left, top, room + 16, 37)
        top += below_headline
        self.hint.setGeometry(left, top, room, hint_height)
        below = top + hint_height + (11 if self.small else 16)
        self.meter.setGeometry(left, below, min(room + 24, self.meter.sizeHint().width()), 42)
        below += 47 if metered else 4
        self.remedy.setGeometry(left, below, self.remedy.sizeHint().width(), self.remedy.sizeHint().height())
        if self.small and not self.remedy.isVisibleTo(self):
            self._row_of_keys(left, below, centred=False)

    def _place_right(self, top: int, middle: int) -> None:
        width = 330
        left = self.width() - MARGIN - width
        if self.small:
            left = self.width() // 2 + 124
            width = self.width() - MARGIN - left
        self.so_far.pitch = 48 if self.small else 56
        self.ways.set_sample_offered(self._sample_offered, few=self.small)
        self.ways.pitch = 50 if len(self.ways.shown) > 3 else self.so_far.pitch
        for widget, height in ((self.so_far, 22 + 3 * self.so_far.pitch), (self.ways, self.ways.wanted_height)):
            y = max(top + 4, min(middle - height // 2 + 2, self.height() - height - 6))
            widget.setGeometry(left, y, width, height)


def passage_words(duration_s: float) -> str:
    return tr("passage.now", seconds=duration_s)
