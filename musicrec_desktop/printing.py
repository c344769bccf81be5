"""What the command line prints: JSON objects, whose names are a contract, and tables for people."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_desktop.core.types import Answer, Mood, MoodGuess, Recommendation, SameRecording, Track
from musicrec_desktop.wording import refusal

if TYPE_CHECKING:
    from musicrec_desktop.intake.importing import ImportedFile, Summary
    from musicrec_desktop.sync.pull import Pulled

Object = dict[str, Any]


def line(values: Mapping[str, Any]) -> str:
    """One ASCII line of JSON."""
    return json.dumps(values, ensure_ascii=True, allow_nan=False)


# Objects


def answer_object(answer: Answer, *, file: str | None) -> Object:
    """`file` is the argument as given; None where the sound came from elsewhere."""
    return {
        "file": file,
        "excerpt": {
            "start_s": round(answer.start_s, 3),
            "duration_s": round(answer.duration_s, 3),
            "level_db": None if answer.level_db is None else round(answer.level_db, 1),
        },
        "verdict": answer.verdict,
        "reason": answer.reason,
        "mood": _guess_object(answer.mood),
        "same_recording": _same_object(answer.same_recording),
        "recommendations": [_recommendation_object(each) for each in answer.recommendations],
    }


def error_object(file: str, sentence: str) -> Object:
    return {"file": file, "error": sentence}


def track_object(track: Track) -> Object:
    names = _names_object(track)
    return {
        **names,
        "album": track.album,
        "duration_s": round(track.duration_s, 3),
        "mood_id": track.mood_id,
        "source": track.source,
    }


def sync_object(pulled: "Pulled", seconds: float) -> Object:
    counts = {"added": pulled.added, "changed": pulled.changed, "deleted": pulled.deleted}
    return {"release": pulled.release.number, "tracks": pulled.release.n_tracks, **counts, "seconds": round(seconds, 2)}


def sync_text(pulled: "Pulled", seconds: float) -> str:
    """One line on what a pull did."""
    release = pulled.release
    head = f"Release {release.number} of {release.published_at[:10]}, {release.n_tracks:,} songs"
    counts = {"new": pulled.added, "changed": pulled.changed, "gone": pulled.deleted, "mended": pulled.healed}
    what = ", ".join(f"{n:,} {word}" for word, n in counts.items() if n) or "nothing new"
    return f"{head}: {what} ({seconds:.1f} s)"


def mood_object(mood: Mood, *, n_tracks: int) -> Object:
    return {
        **_mood_names(mood),
        "description_ko": mood.description_ko,
        "description_en": mood.description_en,
        "tracks": n_tracks,
    }


def imported_object(file: "ImportedFile") -> Object:
    return {"path": str(file.path), "status": file.status, "reason": file.reason}


def summary_object(summary: "Summary") -> Object:
    return {**asdict(summary), "seconds": round(summary.seconds, 2)}


def _names_object(track: Track) -> Object:
    return {
        "track_id": track.track_id,
        "path": None if track.path is None else str(track.path),
        "title": track.title,
        "artist": track.artist,
    }


def _mood_names(mood: Mood) -> Object:
    return {"id": mood.id, "key": mood.key, "name_ko": unbroken(mood.name_ko), "name_en": unbroken(mood.name_en)}


def _guess_object(guess: MoodGuess | None) -> Object | None:
    return None if guess is None else {**_mood_names(guess.mood), "probability": round(guess.probability, 4)}


def _same_object(same: SameRecording | None) -> Object | None:
    if same is None:
        return None
    return {**_names_object(same.track), "at_s": round(same.at_s, 2), "confidence": round(same.confidence, 4)}


def _recommendation_object(each: Recommendation) -> Object:
    return {
        "rank": each.rank,
        **_names_object(each.track),
        "mood_id": each.track.mood_id,
        "score": round(each.score, 1),
        "at_s": round(each.at_s, 2),
        "reasons": [reason.value for reason in each.reasons],
    }


def unbroken(name: str) -> str:
    """A mood's name on one line: its preferred line break becomes a space."""
    return re.sub(r"\s*\|\s*", " ", name)


# Tables


def answer_text(answer: Answer) -> str:
    """An answer for people: what was heard, what it is, what sounds like it."""
    parts = [_heard(answer)]
    if answer.reason is not None:
        parts.append(refusal(answer.reason, answer.measured))
    if answer.same_recording is not None:
        parts.append("This is " + _named(answer.same_recording))
    if answer.recommendations:
        parts.append("Sounds like this\n" + recommendation_table(answer.recommendations))
    return "\n".join(parts)


def recommendation_table(recommendations: Sequence[Recommendation]) -> str:
    rows = [
        (each.rank, each.track.title, each.track.artist, f"{each.score:.0f}", clock(each.at_s), ", ".join(each.reasons))
        for each in recommendations
    ]
    return table(("#", "title", "artist", "closeness", "at", "alike in"), rows)


def track_table(tracks: Sequence[Track], moods: Mapping[int, str]) -> str:
    """`moods`: names by id."""
    rows = [
        (each.track_id, each.title, each.artist, clock(each.duration_s), moods.get(_id(each), "")) for each in tracks
    ]
    return table(("track", "title", "artist", "length", "mood"), rows)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns as wide as their widest cell; cells are cut at 40 places."""
    cells = [[shown(str(cell)) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in cells)


def shown(text: str, most: int = 40) -> str:
    """`text` without what could move the cursor, cut to a number of places."""
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    while width(clean) > most:
        clean = clean.removesuffix("…")[:-1] + "…"
    return clean


def width(text: str) -> int:
    """Places on a terminal: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _padded(cell: str, places: int) -> str:
    return cell + " " * (places - width(cell))


def _id(track: Track) -> int:
    return -1 if track.mood_id is None else track.mood_id


def _heard(answer: Answer) -> str:
    level = "" if answer.level_db is None else f", {answer.level_db:.0f} dBFS"
    mood = "" if answer.mood is None else f": {unbroken(answer.mood.mood.name_en)}"
    return f"Heard {answer.duration_s:.1f} s from {clock(answer.start_s)}{level}{mood}"


def _named(same: SameRecording) -> str:
    artist = f" by {shown(same.track.artist)}" if same.track.artist else ""
    return f"{shown(same.track.title)}{artist}, from {clock(same.at_s)} (confidence {same.confidence:.2f})"


def shown_path(path: Path) -> str:
    return shown(str(path), most=1000)


def summary_text(summary: "Summary") -> str:
    counts = f"{summary.added} added, {summary.unchanged} unchanged, {summary.moved} moved, {summary.failed} failed"
    return f"{counts} in {clock(summary.seconds)}"
