"""The session: what the window is doing, from the first press to the answer. A state machine without widgets."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.core.errors import AudioError, DeviceLost, PreviewUnavailable
from musicrec_desktop.core.settings import AudioSettings
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId, Track
from musicrec_desktop.ui.recording import Recording, take_of_newest
from musicrec_desktop.ui.takes import Origin, Take
from musicrec_desktop.workers.analysis import AnalysisWorker, FileRequest, SimilarRequest
from musicrec_desktop.workers.microphone import Played, Wanted

if TYPE_CHECKING:
    from musicrec_desktop.audio.capture import MicSource

log = logging.getLogger(__name__)


class State(Enum):
    PREPARING = auto()  # the engine is being loaded
    READY = auto()  # the microphone is closed
    ARMED = auto()  # the microphone is open, nothing is asked
    LISTENING = auto()
    ANALYSING = auto()
    SHOWING = auto()
    UNAVAILABLE = auto()  # no microphone, or no engine: `reason` says which


class Event(Enum):
    PRESS = auto()  # the record button, or Space
    PRESS_LAST = auto()  # "use the last 6 s"
    RELEASE = auto()
    ESCAPE = auto()


class Ears(Protocol):
    """Opens and closes the sound card in a thread of its own; answers by `on_opened` and `on_ear_error`."""

    def want(self, wanted: Wanted | None) -> None: ...


@dataclass(frozen=True, slots=True)
class _Pending:
    """The question whose answer is awaited."""

    request_id: RequestId
    take: Take


class SessionController(QObject):
    """Turns presses, samples and answers into states; everything it says, it says by signals.

    Lives in the GUI thread. `tick` is to be called some 30 times a second while the microphone is open.
    """

    state_changed = Signal(object)  # State
    progress = Signal(float, float)  # share 0..1 of the take, seconds heard
    so_far = Signal(object)  # Answer of a first look
    asked = Signal(object)  # Take: an answer to it is awaited
    shown = Signal(object, object)  # Take, Answer
    failed = Signal(object)  # Exception: the question could not be answered
    microphone_changed = Signal()  # opened, closed or lost
    audio_settings_changed = Signal(object)  # AudioSettings to be remembered

    def __init__(
        self,
        *,
        worker: AnalysisWorker,
        ears: Ears,
        audio: AudioSettings,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self._worker = worker
        self._ears = ears
        self._audio = audio
        self._now = now
        self._state = State.PREPARING
        self._engine_ready = False
        self._engine_error: Exception | None = None
        self._ear_error: AudioError | None = None
        self._source: MicSource | None = None
        self._source_name = ""
        self._recording: Recording | None = None
        self._sampling = False  # a recording is played in place of the microphone
        self._ids = itertools.count(1)
        self._pending: _Pending | None = None
        self._look_id: RequestId | None = None
        self._kept: Take | None = None

    # what the window reads

    @property
    def state(self) -> State:
        return self._state

    @property
    def reason(self) -> Exception | None:
        """Why the session is UNAVAILABLE; the engine's trouble before the microphone's."""
        return self._engine_error or self._ear_error

    @property
    def source(self) -> "MicSource | None":
        """The open microphone, whose ring the display reads."""
        return self._source

    @property
    def source_name(self) -> str:
        """What is open, or was open last, as the system calls it."""
        return self._source_name

    @property
    def sampling(self) -> bool:
        """Whether a recording is played in place of the microphone."""
        return self._sampling

    @property
    def audio(self) -> AudioSettings:
        return self._audio

    @property
    def engine_ready(self) -> bool:
        return self._engine_ready

    # what the listener does

    def start(self) -> None:
        """Open the microphone if the listener once let it."""
        if self._audio.armed:
            self._ears.want(self._audio)

    @Slot()
    def press(self) -> None:
        self.handle(Event.PRESS)

    @Slot()
    def click(self) -> None:
        """A press that is not held on: from a button that only knows clicks."""
        self.handle(Event.PRESS)
        self.handle(Event.RELEASE)

    @Slot()
    def press_last(self) -> None:
        self.handle(Event.PRESS_LAST)

    @Slot()
    def release(self) -> None:
        self.handle(Event.RELEASE)

    @Slot()
    def escape(self) -> None:
        self.handle(Event.ESCAPE)

    def handle(self, event: Event) -> None:
        """The whole machine: what each press means in each state."""
        match self._state, event:
            case State.LISTENING, Event.PRESS:
                self._finish(self._recording)
            case State.LISTENING, Event.RELEASE:
                self._let_go()
            case State.LISTENING, Event.ESCAPE:
                self._drop_take()
            case State.ANALYSING, Event.ESCAPE:
                self._give_up()
            case State.ANALYSING, Event.PRESS | Event.PRESS_LAST:
                pass  # the answer is on its way
            case State.SHOWING, Event.ESCAPE:
                self._rest()
            case State.UNAVAILABLE, Event.PRESS | Event.PRESS_LAST:
                self._try_again()
            case _, Event.PRESS:
                self._listen()
            case _, Event.PRESS_LAST:
                self._ask_last()

    def ask_passage(self, take: Take) -> None:
        """Ask about the passage of a take that was heard or opened before."""
        passage = take.passage()
        if passage is None:
            return
        request = AnalysisRequest(RequestId(next(self._ids)), passage, start_s=take.start_s)
        self._await(request.request_id, take)
        self._worker.submit(request)

    def open_file(self, path: Path) -> None:
        """Ask about a file: its most typical passage, or all of it when it is short."""
        request = FileRequest(RequestId(next(self._ids)), path)
        self._await(request.request_id, Take("file", self._now(), path.name))
        self._worker.submit(request)

    def play_sample(self, path: Path, *, volume: float) -> None:
        """Listen to a recording as though it came in by the microphone, which rests meanwhile."""
        self._drop_pending()
        self._kept = self._ear_error = None
        self._sampling = True
        self._close_source()
        self._recording = Recording(take_s=self._audio.take_s, origin="sample", now=self._now)
        self._recording.held = False
        self._enter(State.LISTENING)
        self._ears.want(Played(path, volume))

    def similar_to(self, track: Track, *, start_s: float | None = None, duration_s: float | None = None) -> None:
        """Ask what sounds like a track of the catalogue, or like a passage of it."""
        request = SimilarRequest(RequestId(next(self._ids)), track.track_id, start_s, duration_s)
        self._await(request.request_id, Take("track", self._now(), track.title))
        self._worker.submit(request)

    def use_kept(self) -> None:
        """Ask about what was heard before the microphone went away."""
        if self._kept is not None:
            self.ask_passage(self._kept)

    def choose_audio(self, audio: AudioSettings) -> None:
        """Listen with another device or source, or no longer keep the microphone open."""
        self._audio = audio
        self._ear_error = None
        self.audio_settings_changed.emit(audio)
        if self._state is State.LISTENING:
            self._drop_take()
        self._sampling = False
        self._close_source()
        self._ears.want(audio if audio.armed else None)
        if self._state not in (State.ANALYSING, State.SHOWING):
            self._rest()

    # what the threads report

    @Slot()
    def on_ready(self) -> None:
        self._engine_ready = True
        self._engine_error = None
        if self._state in (State.PREPARING, State.UNAVAILABLE):
            self._rest()

    @Slot(object, object)
    def on_excerpt(self, request_id: RequestId, excerpt: Excerpt) -> None:
        """A file was decoded; its answer follows."""
        if self._pending is not None and self._pending.request_id == request_id:
            take = replace(self._pending.take, excerpt=excerpt, duration_s=excerpt.duration_s)
            self._pending = _Pending(request_id, take)
            self.asked.emit(take)

    @Slot(object, object)
    def on_result(self, request_id: RequestId, answer: Answer) -> None:
        if request_id == self._look_id and self._state is State.LISTENING:
            self.so_far.emit(answer)
        elif self._pending is not None and self._pending.request_id == request_id:
            take = self._pending.take
            self._pending = None
            if take.excerpt is not None:
                take = take.about(answer.start_s, answer.duration_s)
            self._end_sample()
            self._enter(State.SHOWING)
            self.shown.emit(take, answer)

    @Slot(object, object)
    def on_error(self, request_id: RequestId | None, error: Exception) -> None:
        if request_id is None:
            self._engine_ready = False
            self._engine_error = error
            self._drop_pending()
            if self._state is not State.LISTENING:
                self._rest()
        elif self._pending is not None and self._pending.request_id == request_id:
            self._drop_pending()
            self._rest()
            self.failed.emit(error)

    @Slot(object, str)
    def on_opened(self, source: "MicSource", name: str = "") -> None:
        if source.played is not self._sampling:
            return  # it was opened when something else was wanted, and is being closed
        self._source, self._source_name = source, name
        self._ear_error = None
        if self._recording is not None and not self._recording.begun:
            self._begin(self._recording, source)
        elif self._state in (State.PREPARING, State.READY, State.ARMED, State.UNAVAILABLE):
            self._rest()
        self.microphone_changed.emit()

    @Slot(object)
    def on_ear_error(self, error: AudioError) -> None:
        """The microphone could not be opened, or went away; what was heard of a take is kept."""
        if self._sampling:
            self._drop_take()
            self.failed.emit(PreviewUnavailable(track_id="sample"))
            return
        heard = self._recording.take() if self._recording else None
        self._kept = heard or self._kept
        self._ear_error = error
        if heard is not None:
            self._ear_error = DeviceLost(device_name=self._audio.device or None, kept_s=heard.duration_s)
        self._source = None
        if self._state not in (State.ANALYSING, State.SHOWING):
            self._drop_take()
        self.microphone_changed.emit()

    @Slot()
    def tick(self) -> None:
        """Look at how much has been heard; the countdown follows the samples, not the clock."""
        recording = self._recording
        if recording is None or not recording.begun:
            return
        self.progress.emit(recording.share, recording.heard_s)
        if recording.over:
            self._finish(recording)
        elif recording.look_due():
            self._look(recording)

    # the steps

    def _listen(self) -> None:
        self._drop_pending()
        self._kept = None
        self._recording = Recording(take_s=self._audio.take_s, origin=self._audio.source, now=self._now)
        self._enter(State.LISTENING)
        self._arm()
        if self._source is not None:
            self._begin(self._recording, self._source)

    def _arm(self) -> None:
        """The first press lets the microphone open; this is remembered."""
        if not self._audio.armed:
            self._audio = replace(self._audio, armed=True)
            self.audio_settings_changed.emit(self._audio)
        if self._source is None:
            self._ears.want(self._audio)

    def _begin(self, recording: Recording, source: "MicSource") -> None:
        recording.begin(source)
        self.progress.emit(0.0, 0.0)

    def _let_go(self) -> None:
        if self._recording is not None:
            self._recording.held = False
            self.tick()

    def _look(self, recording: Recording) -> None:
        take = recording.take()
        passage = take.passage() if take else None
        if passage is not None and self._engine_ready:
            self._look_id = RequestId(next(self._ids))
            self._worker.submit(AnalysisRequest(self._look_id, passage, limit=3))

    def _finish(self, recording: Recording | None) -> None:
        take = recording.take() if recording else None
        if take is None:
            self._drop_take()
        else:
            self.ask_passage(take)

    def _ask_last(self) -> None:
        take = None
        if self._source is not None:
            take_s = self._audio.take_s
            origin: Origin = "sample" if self._sampling else self._audio.source
            take = take_of_newest(self._source, take_s, take_s, origin=origin, at=self._now())
        if take is None:
            self._listen()
        else:
            self.ask_passage(take)

    def _await(self, request_id: RequestId, take: Take) -> None:
        if take.origin != "sample":
            self._end_sample()
        self._look_id = None
        self._recording = None
        self._pending = _Pending(request_id, take)
        self._enter(State.ANALYSING)
        self.asked.emit(take)

    def _give_up(self) -> None:
        self._drop_pending()
        self._rest()

    def _drop_take(self) -> None:
        self._recording = None
        self._give_up()

    def _drop_pending(self) -> None:
        self._look_id = None
        self._pending = None
        self._worker.cancel()

    def _try_again(self) -> None:
        if self._engine_error is not None:
            self._engine_error = None
            self._worker.retry()
        if self._ear_error is not None:
            self._ear_error = None
            self._listen()
        else:
            self._rest()

    def _close_source(self) -> None:
        if self._source is not None:
            self._source = None
            self.microphone_changed.emit()

    def _end_sample(self) -> None:
        """The microphone may listen again, if the listener lets it."""
        if self._sampling:
            self._sampling = False
            self._close_source()
            self._ears.want(self._audio if self._audio.armed else None)

    def _rest(self) -> None:
        self._end_sample()
        if self.reason is not None:
            self._enter(State.UNAVAILABLE)
        elif self._source is not None:
            self._enter(State.ARMED)
        else:
            self._enter(State.READY if self._engine_ready else State.PREPARING)

    def _enter(self, state: State) -> None:
        if state is not self._state:
            log.debug("session: %s", state.name)
        self._state = state
        self.state_changed.emit(state)
