"""Stand-ins for what the window talks to: a microphone, the analysis thread, the thread of the sound card."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from musicrec_desktop.audio.ring import SampleRing
from musicrec_desktop.core.settings import AudioSettings
from musicrec_desktop.core.types import (
    Answer,
    Mood,
    MoodGuess,
    Reason,
    Recommendation,
    RefusalReason,
    RequestId,
    SameRecording,
    Track,
    TrackId,
)
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.workers.analysis import Request

SR = 1000


class FakeMic:
    """An open microphone at 1 kHz; `hear` lets seconds of a tone arrive."""

    played = False

    def __init__(self, sr: int = SR) -> None:
        self.sr, self.name = sr, "Desk microphone"
        self.ring = SampleRing(60 * sr, sr)

    def hear(self, duration_s: float, level: float = 0.3) -> None:
        start, sr = self.ring.written, self.ring.sr
        t = np.arange(start, start + round(duration_s * sr)) / sr
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


class FakePlayback:
    """A player that plays nothing; the test moves the position."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.position_s = self.volume = 0.0
        self.playing = False

    def play(self, path: Path, at_s: float = 0.0, *, track_id: str = "") -> None:
        self.path, self.position_s, self.playing = path, at_s, True

    def stop(self) -> None:
        self.playing = False

    def pause(self) -> None:
        self.playing = False

    def resume(self) -> None:
        self.playing = True

    def seek(self, at_s: float) -> None:
        self.position_s = at_s


class FakeStore:
    """A catalogue of given tracks; every question is answered from memory."""

    is_demonstration = False

    def __init__(self, tracks: Sequence[Track]) -> None:
        self._tracks = list(tracks)

    def generation(self) -> int:
        return 1

    def count(self) -> int:
        return len(self._tracks)

    def tracks(self) -> list[Track]:
        return self._tracks

    def tracks_by_id(self, track_ids: Sequence[TrackId]) -> dict[TrackId, Track]:
        return {track.track_id: track for track in self._tracks if track.track_id in track_ids}

    def search(self, text: str, limit: int = 50) -> list[Track]:
        return [track for track in self._tracks if text.casefold() in track.title.casefold()][:limit]

    def nearest(self, text: str) -> str | None:
        return self._tracks[0].title if len(text) > 3 else None

    def mood_tracks(self, mood_id: int, *, limit: int, model_id: str) -> list[tuple[Track, float]]:
        found = [track for track in self._tracks if track.mood_id == mood_id]
        return [(track, 0.97 - 0.05 * number) for number, track in enumerate(found)][:limit]

    def mood_counts(self, model_id: str) -> dict[int, int]:
        return dict(Counter(track.mood_id for track in self._tracks if track.mood_id is not None))

    def sound_print(self, track_id: TrackId) -> Print:
        seed = int.from_bytes(track_id.encode()[-4:], "big")
        steps = np.random.default_rng(seed).normal(size=(12, 14)).cumsum(axis=1)
        return ((steps - steps.min()) / np.ptp(steps) * 255).astype(np.uint8)


TITLES = (
    ("Dance of the Sugar Plum Fairy", "Kevin MacLeod"),
    ("Nighttide Waltz", "t4ngr4m"),
    ("새벽 첫차를 타는 사람들", "느린우체국"),
    ("main_theme", "Tobias Escher"),
    ("JRPG_royalCourt_loop", "Yubatake"),
    ("goldenvalley", "Yubatake"),
    ("Vibe Ace", "Kevin MacLeod"),
    ("Hungarian Dance No. 5, arranged for a very large orchestra and a rather long title", "Johannes Brahms"),
)


def songs(count: int = 40) -> list[Track]:
    """Tracks with moods in turn, every one with a file name."""
    return [
        Track(
            TrackId(f"t{number:04}"),
            Path(f"/music/{number}.mp3"),
            TITLES[number % len(TITLES)][0],
            TITLES[number % len(TITLES)][1],
            "Album",
            180.0 + number,
            number % 10,
            "own",
        )
        for number in range(count)
    ]


def moods() -> tuple[Mood, ...]:
    """Ten moods with names of a usual length."""
    return tuple(
        Mood(
            number,
            f"mood{number}",
            "막차 놓치고 | 걷는 밤길의 노래",
            "Missed the last train, | walking home",
            f"밤길{number}",
            f"Night {number}",
            "느리고 깊고, 빈자리가 많아요",
            "Slow and deep, lots of empty space",
        )
        for number in range(10)
    )


def full_answer(*, named: bool = True) -> Answer:
    """An answer with rows, reasons and moods."""
    tracks = songs()
    chosen = [(Reason.TIMBRE, Reason.HARMONY, Reason.MOOD), (Reason.RHYTHM, Reason.HARMONY), (Reason.TEMPO,)]
    rows = [
        Recommendation(rank, track, 95.0 - 5 * rank, 7.0 * rank, chosen[rank % 3])
        for rank, track in enumerate(tracks[:12], 1)
    ]
    shares = (0.81, 0.11, 0.05, *(0.03 / 7,) * 7)
    guesses = tuple(MoodGuess(mood, share) for mood, share in zip(moods(), shares, strict=True))
    same = SameRecording(tracks[15], 43.0, 0.983) if named else None
    verdict = "match" if named else "similar"
    return Answer(14.0, 6.0, -20.0, verdict, None, guesses, same, tuple(rows), {})


def refusal(reason: RefusalReason, value: float, needed: float) -> Answer:
    return Answer(14.0, 6.0, -58.0, "none", reason, (), None, (), {"value": value, "needed": needed})
