"""Which part of a file is asked about, and which mood a name means."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.files import FileReader
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import BeyondEnd, UndecodableFile, UnknownMood
from musicrec_desktop.core.types import Excerpt, Mood
from musicrec_desktop.intake.importing import ImportProgress
from musicrec_desktop.wiring import (
    SPEC,
    TAKE_S,
    Part,
    choose_passage,
    find_mood,
    import_alone,
    open_catalogue,
    open_reader,
    read_part,
)
from tests.signals import sine

MOODS = (
    Mood(0, "bounce", "엉덩이가 먼저 | 눈치챈 노래", "Your hips knew | before you did", "들썩", "Bounce", "", ""),
    Mood(1, "drift", "새벽", "Drifting", "부유", "Drift", "", ""),
)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    reader = open_reader()
    yield reader
    reader.close()


def test_a_short_file_is_asked_about_as_a_whole(reader: FileReader, tmp_path: Path) -> None:
    excerpt, start_s = part_of(reader, tmp_path, Part(), length_s=14.0)
    assert (excerpt.sr, start_s) == (SPEC.sr, 0.0)
    assert excerpt.duration_s == pytest.approx(14.0, abs=0.01)


def test_a_named_part_is_cut_out(reader: FileReader, tmp_path: Path) -> None:
    excerpt, start_s = part_of(reader, tmp_path, Part(start_s=20.0, duration_s=4.0), length_s=30.0)
    assert start_s == 20.0
    assert excerpt.duration_s == pytest.approx(4.0, abs=0.01)


def test_a_start_alone_means_a_passage_from_there(reader: FileReader, tmp_path: Path) -> None:
    excerpt, _ = part_of(reader, tmp_path, Part(start_s=20.0), length_s=30.0)
    assert excerpt.duration_s == pytest.approx(TAKE_S, abs=0.01)


def test_of_a_long_recording_the_most_typical_passage_is_chosen() -> None:
    usual = np.tile(sine(440, 2.0).samples, 10)
    unusual = np.random.default_rng(1).normal(0, 0.1, len(usual) // 2).astype(np.float32)
    start_s, duration_s = choose_passage(Excerpt.from_samples(np.concatenate([unusual, usual]), SPEC.sr))
    assert duration_s == TAKE_S
    assert 9.0 <= start_s <= 24.0


def test_a_start_beyond_the_end_is_an_error_with_both_times(reader: FileReader, tmp_path: Path) -> None:
    with pytest.raises(BeyondEnd) as caught:
        part_of(reader, tmp_path, Part(start_s=50.0), length_s=8.0)
    assert caught.value.start_s == 50.0
    assert caught.value.duration_s == pytest.approx(8.0)


def test_a_file_that_is_not_there(reader: FileReader, tmp_path: Path) -> None:
    with pytest.raises(UndecodableFile) as caught:
        read_part(reader, tmp_path / "none.wav", Part())
    assert caught.value.reason == "missing"


@pytest.mark.parametrize(
    "name",
    [
        "bounce",
        "BOUNCE",
        "0",
        "Your hips knew before you did",
        "들썩",
        "엉덩이가  먼저 눈치챈 노래",
        unicodedata.normalize("NFD", "들썩"),
    ],
)
def test_a_mood_is_found_by_key_number_and_names(name: str) -> None:
    assert find_mood(MOODS, name).key == "bounce"


@pytest.mark.parametrize("name", ["", "7", "boun", "-1"])
def test_an_unknown_mood(name: str) -> None:
    with pytest.raises(UnknownMood):
        find_mood(MOODS, name)


def part_of(reader: FileReader, folder: Path, part: Part, *, length_s: float) -> tuple[Excerpt, float]:
    path = folder / "소리 파일.wav"
    tone = sine(440, length_s, sr=44100)
    soundfile.write(path, tone.samples, tone.sr)
    return read_part(reader, path, part)


def test_an_import_by_itself_goes_on_without_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MUSICREC_MODEL", str(tmp_path / "no model"))
    tone = sine(440, 4.0)
    soundfile.write(tmp_path / "tone.wav", tone.samples, tone.sr)
    seen: list[ImportProgress] = []
    done = list(import_alone([tmp_path / "tone.wav"], token=CancelToken(), on_progress=seen.append))
    assert [file.status for file in done] == ["added"]
    assert [(each.done, each.total) for each in seen] == [(1, 1)]
    with open_catalogue() as store:
        assert [track.mood_id for track in store.tracks()] == [None]
