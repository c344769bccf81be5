"""Stand-ins for what the window talks to: a microphone, the analysis thread, the thread of the sound card."""

import numpy as np

from musicrec_desktop.core.settings import AudioSettings
from musicrec_desktop.core.types import Answer, Floats, RequestId
from musicrec_desktop.workers.analysis import Request

SR = 1000


class FakeRing:
    """What the session reads of a sample ring; the test writes."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)

    @property
    def written(self) -> int:
        return len(self._samples)

    def latest(self, n: int) -> Floats:
        return self._samples[max(0, len(self._samples) - n) :].copy()

    def write(self, samples: Floats) -> None:
        self._samples = np.concatenate((self._samples, samples))


class FakeMic:
    """An open microphone at 1 kHz; `hear` lets seconds of a tone arrive."""

    def __init__(self, sr: int = SR) -> None:
        self.sr = sr
        self.ring = FakeRing()
        self.device_name = "Test microphone"

    def hear(self, duration_s: float, level: float = 0.3) -> None:
        start = self.ring.written
        t = np.arange(start, start + round(duration_s * self.sr)) / self.sr
        self.ring.write((level * np.sin(2 * np.pi * 110 * t)).astype(np.float32))


class FakeEars:
    """Remembers which device was wanted; the test says when it opens."""

    def __init__(self) -> None:
        self.wanted: list[AudioSettings | None] = []

    def want(self, audio: AudioSettings | None) -> None:
        self.wanted.append(audio)


class FakeWorker:
    """Keeps the questions; the test gives the answers."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.cancelled = 0
        self.retried = 0

    def submit(self, request: Request) -> None:
        self.requests.append(request)

    def cancel(self) -> None:
        self.cancelled += 1

    def retry(self) -> None:
        self.retried += 1

    @property
    def last_id(self) -> RequestId:
        return self.requests[-1].request_id


def answer(start_s: float = 0.0, duration_s: float = 6.0) -> Answer:
    return Answer(start_s, duration_s, -20.0, "similar", None, (), None, (), {})
