"""The shapes of the JSON objects, which others read, and tables that line up."""

import json
from dataclasses import replace
from pathlib import Path

from musicrec_desktop.core.types import (
    Answer,
    Mood,
    MoodGuess,
    Reason,
    Recommendation,
    SameRecording,
    Track,
    TrackId,
)
from musicrec_desktop.printing import (
    answer_object,
    answer_text,
    clock,
    line,
    mood_object,
    shown,
    table,
    track_object,
    unbroken,
    width,
)

TRACK = Track(TrackId("t1"), Path("/음악/봄.ogg"), "봄", "Ann", "Album", 30.04, 3, "own")
MOOD = Mood(
    3, "bounce", "엉덩이가 먼저 | 눈치챈 노래", "Your hips knew|before you did", "들썩", "Bounce", "빠름", "Fast"
)
MATCH = Answer(
    start_s=30.0,
    duration_s=6.0004,
    level_db=-21.44,
    verdict="match",
    reason=None,
    moods=(MoodGuess(MOOD, 0.93219),),
    same_recording=SameRecording(TRACK, 12.345, 0.98765),
    recommendations=(Recommendation(1, replace(TRACK, path=None), 87.04, 42.0, (Reason.TIMBRE, Reason.TEMPO)),),
    measured={},
)
REFUSED = replace(
    MATCH,
    verdict="none",
    reason="too_quiet",
    level_db=None,
    moods=(),
    same_recording=None,
    recommendations=(),
    measured={"value": -70.0, "needed": -60.0},
)


def test_an_answer_has_the_promised_keys_and_values() -> None:
    found = answer_object(MATCH, file="take.wav")
    assert found == {
        "file": "take.wav",
        "excerpt": {"start_s": 30.0, "duration_s": 6.0, "level_db": -21.4},
        "verdict": "match",
        "reason": None,
        "mood": {
            "id": 3,
            "key": "bounce",
            "name_ko": "엉덩이가 먼저 눈치챈 노래",
            "name_en": "Your hips knew before you did",
            "probability": 0.9322,
        },
        "same_recording": {
            "track_id": "t1",
            "path": str(Path("/음악/봄.ogg")),
            "title": "봄",
            "artist": "Ann",
            "at_s": 12.35 if round(12.345, 2) == 12.35 else 12.34,
            "confidence": 0.9877,
        },
        "recommendations": [
            {
                "rank": 1,
                "track_id": "t1",
                "path": None,
                "title": "봄",
                "artist": "Ann",
                "mood_id": 3,
                "score": 87.0,
                "at_s": 42.0,
                "reasons": ["timbre", "tempo"],
            }
        ],
    }


def test_a_refusal_has_all_keys_too() -> None:
    found = answer_object(REFUSED, file=None)
    assert found.keys() == answer_object(MATCH, file="x").keys()
    assert (found["reason"], found["mood"], found["same_recording"]) == ("too_quiet", None, None)
    assert found["excerpt"]["level_db"] is None and found["recommendations"] == []


def test_lines_are_ascii_and_survive_names_that_are_no_unicode() -> None:
    text = line(answer_object(MATCH, file="\udc80봄\n.wav"))
    assert text.isascii() and "\n" not in text
    assert json.loads(text)["file"] == "\udc80봄\n.wav"


def test_tracks_and_moods() -> None:
    keys = ["track_id", "path", "title", "artist", "album", "duration_s", "mood_id", "source"]
    assert list(track_object(TRACK)) == keys
    found = mood_object(MOOD, n_tracks=4)
    assert list(found) == ["id", "key", "name_ko", "name_en", "description_ko", "description_en", "tracks"]
    assert unbroken(MOOD.name_en) == found["name_en"]


def test_answers_in_words() -> None:
    text = answer_text(MATCH)
    assert "This is 봄 by Ann, from 0:12" in text and "timbre, tempo" in text
    assert "Too quiet: -70 dBFS" in answer_text(REFUSED)


def test_columns_line_up_under_wide_letters() -> None:
    lines = table(("a", "b"), [("봄날", 1), ("x", 2)]).splitlines()
    assert [width(each[: each.index(end)]) for each, end in zip(lines, "b12", strict=True)] == [6, 6, 6]


def test_nothing_printed_moves_the_cursor() -> None:
    assert shown("a\x1b[2Jb\nc") == "a\ufffd[2Jb\ufffdc"
    assert width(shown("봄" * 50)) <= 40 and shown("봄" * 50).endswith("…")


def test_minutes_and_seconds() -> None:
    assert [clock(0), clock(59.6), clock(3605)] == ["0:00", "1:00", "60:05"]
