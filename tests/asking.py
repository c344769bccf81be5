"""Somebody who asks all the time, through the thread that answers in the window, and keeps every answer."""

import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import soundfile

from musicrec_desktop import wiring
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId
from musicrec_desktop.workers.analysis import AnalysisWorker, EngineFacts

EVERY = 500  # more songs than there are: an answer names them all


def heard(take: Path) -> Excerpt:
    samples, sr = soundfile.read(take, dtype="float32")
    return Excerpt.from_samples(samples, sr)


class Asking:
    """One question after the other, each with its answer. `facts` are those of the engine that answered last."""

    facts: EngineFacts

    def __init__(self) -> None:
        self._answers: SimpleQueue[Answer | Exception] = SimpleQueue()
        self._worker = AnalysisWorker(
            make_engine=wiring.open_engine,
            on_ready=self._ready,
            on_excerpt=lambda request_id, excerpt: None,
            on_result=lambda request_id, answer: self._answers.put(answer),
            on_error=lambda request_id, error: self._answers.put(error),
        )
        self._worker.start()

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *error: object) -> None:
        self._worker.stop()

    def ask(self, excerpt: Excerpt, *, limit: int = EVERY) -> Answer:
        self._worker.submit(AnalysisRequest(RequestId(0), excerpt, limit=limit, per_artist=0))
        answer = self._answers.get(timeout=120)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @contextmanager
    def asked_all_the_while(self, excerpts: Sequence[Excerpt]) -> Iterator[list[tuple[int, Answer]]]:
        """The answers, each with which excerpt it is of, from before what happens within until after it."""
        found: list[tuple[int, Answer]] = []
        failed: list[BaseException] = []
        ended = threading.Event()

        def go_on() -> None:
            try:
                for i in itertools.cycle(range(len(excerpts))):
                    found.append((i, self.ask(excerpts[i])))
                    if ended.is_set():
                        return
            except BaseException as error:  # told in the thread of the test
                failed.append(error)

        thread = threading.Thread(target=go_on, name="asking")
        thread.start()
        try:
            yield found
        finally:
            ended.set()
            thread.join(120)
        assert not failed, failed

    def _ready(self, facts: EngineFacts) -> None:
        self.facts = facts
