"""The first demonstration of the idea: six seconds of a file, half a minute in, answered by a mood and five songs."""

import queue
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop import wiring
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, Reason, RequestId
from musicrec_desktop.ui.takes import Take
from musicrec_desktop.workers.analysis import AnalysisWorker, FileRequest
from tests.e2e.conftest import Run

WAIT_S = 60.0
KEYS = ["rank", "track_id", "path", "title", "artist", "mood_id", "score", "at_s", "reasons"]


@pytest.fixture(scope="module")
def medley(music: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two real songs, one after the other: half a minute in begins the second."""
    songs = sorted((music / "catalogue").glob("*/*.ogg"))[60:80:10]
    sounds = [soundfile.read(song, dtype="float32", always_2d=True) for song in songs]
    assert all(len(y) == 30 * sr for y, sr in sounds) and sounds[0][1] == sounds[1][1]
    path = tmp_path_factory.mktemp("medley") / "두 곡.wav"
    soundfile.write(path, np.concatenate([y.mean(axis=1) for y, _ in sounds]), sounds[0][1])
    return path


def test_mood_and_five_songs(imported_home: Path, medley: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICREC_HOME", str(imported_home))
    arguments = ("recommend", medley, "--start", 30, "--duration", 6, "--limit", 5)
    (found,) = run(*arguments, "--json").objects()
    assert found["verdict"] == "match" and found["same_recording"]["at_s"] == pytest.approx(0.0, abs=0.2)
    rows = found["recommendations"]
    assert [list(row) for row in rows] == [KEYS] * 5
    assert all(0 <= row["at_s"] <= 24.5 and set(row["reasons"]) <= set(Reason) for row in rows)
    assert any(row["reasons"] for row in rows)
    told = run(*arguments).out
    assert found["mood"]["name_en"] in told
    assert all(row["title"] in told for row in rows)


def test_the_window_s_door_says_the_same(
    imported_home: Path, medley: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICREC_HOME", str(imported_home))
    arguments = ("recommend", medley, "--start", 30, "--duration", 6, "--limit", 24, "--json")
    (found,) = run(*arguments).objects()
    answer = asked_in_the_window(medley, start_s=30.0, duration_s=6.0)
    assert answer.mood is not None and answer.mood.mood.id == found["mood"]["id"]
    assert answer.same_recording is not None
    assert answer.same_recording.track.track_id == found["same_recording"]["track_id"]
    shown = [(row.track.track_id, row.reasons) for row in answer.recommendations]
    assert shown == [(row["track_id"], tuple(row["reasons"])) for row in found["recommendations"]]


def asked_in_the_window(path: Path, *, start_s: float, duration_s: float) -> Answer:
    """What the window's own thread answers when the file is opened and then that passage is framed."""
    excerpts: queue.Queue[Excerpt] = queue.Queue()
    answers: queue.Queue[Answer | Exception] = queue.Queue()
    worker = AnalysisWorker(
        make_engine=wiring.open_engine,
        on_ready=lambda facts: None,
        on_excerpt=lambda request_id, excerpt: excerpts.put(excerpt),
        on_result=lambda request_id, answer: answers.put(answer),
        on_error=lambda request_id, error: answers.put(error),
    )
    worker.start()
    try:
        worker.submit(FileRequest(RequestId(1), path))
        take = Take("file", datetime(2026, 1, 1), excerpt=excerpts.get(timeout=WAIT_S))
        assert isinstance(answers.get(timeout=WAIT_S), Answer)
        passage = take.about(start_s, duration_s).passage()
        assert passage is not None
        worker.submit(AnalysisRequest(RequestId(2), passage, start_s=start_s))
        answer = answers.get(timeout=WAIT_S)
    finally:
        worker.stop()
    assert isinstance(answer, Answer)
    return answer
