"""The analysis thread: it alone owns the recommender, its ONNX session and its database connection."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import CatalogueDamaged, CatalogueError
from musicrec_desktop.core.mailbox import Closed, Mailbox
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, Mood, RequestId, TrackId

log = logging.getLogger(__name__)

JOIN_S = 2.0


@dataclass(frozen=True, slots=True)
class FileRequest:
    """Decode an audio file, show it, and ask about its most typical passage, or all of it when it is short."""

    request_id: RequestId
    path: Path
    limit: int = 24
    per_artist: int = 2


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """What sounds like this track, or like the passage of it that starts at `start_s`?"""

    request_id: RequestId
    track_id: TrackId
    start_s: float | None = None
    duration_s: float | None = None
    limit: int = 24
    per_artist: int = 2


Request = AnalysisRequest | FileRequest | SimilarRequest


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What the window needs to know of the engine."""

    model_id: str
    moods: tuple[Mood, ...]


class Answering(Protocol):
    """What finds the answers: an engine.recommender.Recommender, or a fake of the tests."""

    def warm_up(self) -> None: ...

    def recommend(self, request: AnalysisRequest, token: CancelToken) -> Answer: ...

    def similar(
        self,
        track_id: TrackId,
        *,
        start_s: float | None = None,
        duration_s: float | None = None,
        limit: int,
        per_artist: int,
        token: CancelToken,
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """What the analysis thread works with; built in it by `make_engine`, used and closed in it only."""

    facts: EngineFacts
    recommender: Answering
    read: Callable[[Path], Excerpt]  # the first minutes of a file, decoded at the engine's rate
    choose_passage: Callable[[Excerpt], tuple[float, float]]  # of a long excerpt: start and duration in seconds
    close: Callable[[], None]
    is_current: Callable[[], bool] = lambda: True  # False: another model is in use by now


class AnalysisWorker:
    """Answers requests one at a time, newest first; the callbacks run in its thread.

    on_ready(facts)                     the engine is loaded and warm; again when another model has come into use,
                                        which is looked at before each request, and at `retry`
    on_excerpt(request_id, excerpt)     a file was decoded, its answer follows
    on_result(request_id, answer)
    on_error(request_id, error)         request_id is None when the engine itself could not be made;
                                        the next request, or `retry`, tries again
    """

    def __init__(
        self,
        *,
        make_engine: Callable[[], Engine],
        on_ready: Callable[[EngineFacts], None],
        on_excerpt: Callable[[RequestId, Excerpt], None],
        on_result: Callable[[RequestId, Answer], None],
        on_error: Callable[[RequestId | None, Exception], None],
    ) -> None:
        self._make_engine = make_engine
        self._on_ready = on_ready
        self._on_excerpt = on_excerpt
        self._on_result = on_result
        self._on_error = on_error
        self._mailbox: Mailbox[tuple[Request | None, CancelToken]] = Mailbox()
        self._token = CancelToken()
        self._engine: Engine | None = None
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)

    def start(self) -> None:
        self._mailbox.put((None, self._token))
        self._thread.start()

    def submit(self, request: Request) -> None:
        """Ask; whatever was asked before is given up."""
        self._renew(request)

    def retry(self) -> None:
        """Try again to make an engine that could not be made, or that may be current no more."""
        self._renew(None)

    def cancel(self) -> None:
        """Give up what is being worked on or waiting."""
        self._token.cancel()

    def stop(self) -> None:
        """Cancel, let the thread end, wait for it a moment. May be called twice, and before `start`."""
        self._token.cancel()
        self._mailbox.close()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _renew(self, request: Request | None) -> None:
        self._token.cancel()
        self._token = CancelToken()
        self._mailbox.put((request, self._token))

    def _run(self) -> None:
        request_id: RequestId | None = None
        while True:
            try:
                request, token = self._mailbox.take()
                request_id = None
                engine = self._ready_engine()
                if request is not None:
                    request_id = request.request_id
                    self._work(engine, request, token)
            except Closed:
                break
            except Cancelled:
                continue
            except Exception as error:
                log.info("request %s failed", request_id, exc_info=error)
                if isinstance(error, CatalogueDamaged):
                    self._close()  # there may be another file when the next engine is made
                self._on_error(request_id, error)
        self._close()

    def _close(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            with suppress(CatalogueError):  # what is damaged may refuse even that
                engine.close()

    def _ready_engine(self) -> Engine:
        if self._engine is not None and not self._engine.is_current():
            self._close()
        if self._engine is None:
            engine = self._make_engine()
            try:
                engine.recommender.warm_up()
            except BaseException:
                engine.close()  # another is made for the next question, with a child of its own
                raise
            self._engine = engine
            self._on_ready(engine.facts)
        return self._engine

    def _work(self, engine: Engine, request: Request, token: CancelToken) -> None:
        answer = self._answer(engine, request, token)
        if not engine.is_current():  # another model came into use meanwhile, with songs that this one does not know
            answer = self._answer(self._ready_engine(), request, token)
        token.check()
        self._on_result(request.request_id, answer)

    def _answer(self, engine: Engine, request: Request, token: CancelToken) -> Answer:
        token.check()
        match request:
            case AnalysisRequest():
                return engine.recommender.recommend(request, token)
            case FileRequest():
                return engine.recommender.recommend(self._file_take(engine, request, token), token)
            case SimilarRequest():
                return engine.recommender.similar(
                    request.track_id,
                    start_s=request.start_s,
                    duration_s=request.duration_s,
                    limit=request.limit,
                    per_artist=request.per_artist,
                    token=token,
                )

    def _file_take(self, engine: Engine, request: FileRequest, token: CancelToken) -> AnalysisRequest:
        excerpt = engine.read(request.path)
        token.check()
        self._on_excerpt(request.request_id, excerpt)
        start_s, duration_s = engine.choose_passage(excerpt)
        return AnalysisRequest(
            request_id=request.request_id,
            excerpt=excerpt.part(start_s, duration_s),
            start_s=start_s,
            limit=request.limit,
            per_artist=request.per_artist,
        )
