"""Takes of the catalogue's songs, and how answers to them are counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from musicrec_desktop import wiring
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.core.errors import CatalogueEmpty, UndecodableFile
from musicrec_desktop.core.types import Answer, Excerpt, SameRecording, Track, TrackId
from musicrec_desktop.doctor import recognition, speed, takes
from musicrec_desktop.doctor.recognition import Tally, count
from musicrec_desktop.doctor.result import Result
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.doctor.takes import Songs, Take, open_songs
from musicrec_desktop.doctor.words import told
from tests import signals

ANSWER = Answer(0.0, 6.0, -20.0, "similar", None, (), None, (), {})


def track(name: str, *, duration_s: float = 60.0) -> Track:
    return Track(TrackId(name), Path(f"/music/{name}.ogg"), name, "somebody", "", duration_s, 1, "own")


def naming(name: str | None) -> Answer:
    same = SameRecording(track(name), 24.0, 0.9) if name else None
    return replace(ANSWER, same_recording=same)


def words(result: Result) -> str:
    return told(Finding("", *result))


class Reader:
    """Reads a melody; a damaged file, a silent one and one that ends early by their names."""

    def excerpt(self, path: Path, *, start_s: float, duration_s: float, sr: int) -> Excerpt:
        if path.stem == "damaged":
            raise UndecodableFile(path=path, reason="damaged")
        if path.stem == "silent":
            return signals.silence(duration_s, sr=sr)
        return signals.melody(1.0 if path.stem == "short" else duration_s, sr=sr)


@dataclass
class Desk:
    """Stands in for wiring.Desk."""

    answer: Callable[[Excerpt], Answer]
    reader: Reader
    store: Any

    def ask(self, excerpt: Excerpt, wanted: wiring.Wanted) -> Answer:
        return self.answer(excerpt)


@dataclass
class Store:
    is_demonstration: bool = False


@pytest.fixture
def here() -> Iterator[Round]:
    with Round(token=CancelToken(), total_s=60.0) as opened:
        yield opened


def songs(*names: str, answer: Callable[[Excerpt], Answer] = lambda heard: naming("one"), demo: bool = False) -> Any:
    return Songs(Desk(answer, Reader(), Store(demo)), [track(name) for name in names])  # type: ignore[arg-type]  # a stand-in


def test_takes_leave_out_what_is_no_fair_question() -> None:
    found = songs("one", "damaged", "silent", "short", "other")
    assert [take.track.title for take in found.read()] == ["one", "other"]
    assert found.unreadable == 1
    assert [take.track.title for take in found.read()] == ["one", "other"]  # read once


def test_no_more_takes_than_are_wanted() -> None:
    many = songs(*(str(number) for number in range(40)))
    assert len(list(many.read())) == takes.MOST


def test_answers_are_counted() -> None:
    tally, take = Tally(), Take(track("one"), signals.melody(6.0, sr=44100))
    answers = iter([naming("one"), naming(None), naming("other"), naming("one")])
    count(tally, take, lambda heard: next(answers))
    count(tally, take, lambda heard: next(answers))
    assert tally == Tally(asked=2, clean=1, loudspeaker=1, mistaken=1)


def test_another_file_of_the_same_song_is_no_mistake() -> None:
    twin = replace(track("one"), track_id=TrackId("twin"))
    tally = Tally()
    count(tally, Take(twin, signals.melody(6.0, sr=44100)), lambda heard: naming("one"))
    assert tally == Tally(1, 1, 1, 0)


def asked(here: Round, found: Songs) -> Round:
    here._songs = found
    return here


def test_recognition_well_and_unwell(here: Round) -> None:
    outcome, _ = result = recognition.answers(asked(here, songs("one", "damaged")))
    assert outcome == "ok"
    assert words(result).startswith("1 of 1 song recognised")
    assert "1 file could not be read." in words(result)
    outcome, _ = result = recognition.answers(asked(here, songs("other")))
    assert outcome == "attention"
    assert "2 were taken for another song" in words(result)
    assert recognition.answers(asked(here, songs("silent")))[0] == "skipped"


def test_speed_without_a_take_is_left_out(here: Round) -> None:
    assert speed.speed(asked(here, songs("damaged")))[0] == "skipped"


def test_medians_do_not_take_for_ever(here: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(speed, "PATIENCE_S", -1.0)
    assert speed.median_ms(lambda: calls.append(1), here, rounds=50) == 1
    assert len(calls) == 2  # one that does not count, one that does


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_without_own_songs_those_of_the_demonstration_are_asked_about(home: Path, here: Round) -> None:
    with open_songs() as found:
        assert found.demonstration
        take = next(found.read())
        assert take.excerpt.sr == takes.SR
        answer = found.desk.ask(take.excerpt, wiring.Wanted())
        assert answer.same_recording is not None and answer.same_recording.track.title == take.track.title
        outcome, _ = result = speed.speed(asked(here, found))
        assert outcome in ("ok", "attention")  # by the machine
        assert "Asked about the songs that come with the program." in words(result)


def test_without_any_songs_there_is_nothing_to_ask(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "demonstration_folder", lambda: home / "nothing")
    with pytest.raises(CatalogueEmpty), open_songs():
        pass


def test_melodies_differ_from_what_the_loudspeaker_makes_of_them() -> None:
    take = signals.melody(6.0, sr=44100)
    heard: list[Excerpt] = []
    count(Tally(), Take(track("one"), take), lambda excerpt: (heard.append(excerpt), naming("one"))[1])
    assert heard[0] is take
    assert not np.allclose(heard[1].samples, take.samples, atol=0.01)
