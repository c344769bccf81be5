"""Files to statistics, in child processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.curator import analyse as analysis
from musicrec_desktop.curator.analyse import BATCH_SONGS, Tally, analyse
from musicrec_desktop.curator.executors import Executor, Outcomes, Work, on_cores
from musicrec_desktop.curator.renditions import Recipe, analyse_song
from musicrec_desktop.curator.sources import SongSource, file_state, read_folder
from musicrec_desktop.curator.store import CentralStore, Rendition
from musicrec_desktop.features.extract import analyse_blocks
from tests.unit.curator.catalogue import N_STATISTICS, made_up_part

REPOSITORY = Path(__file__).resolve().parents[3]
SPEC = FeatureSpec()
RECIPE = Recipe(twins=2, takes=2, seed=7)
TWO_CORES = partial(on_cores, jobs=2)


def melody(duration_s: float, *, seed: int, sr: int = SPEC.sr) -> np.ndarray:
    """Random notes with overtones, half a second each."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(0.5 * sr)) / sr
    notes = 220.0 * 2 ** (rng.integers(0, 24, size=int(duration_s / 0.5)) / 12)
    tones = [np.exp(-4 * t) * sum(np.sin(2 * np.pi * hz * k * t) / k for k in (1, 2, 3)) for hz in notes]
    return (0.3 * np.concatenate(tones)).astype(np.float32)


def write(path: Path, samples: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, SPEC.sr)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("music")
    write(made / "a.wav", melody(13, seed=1))
    write(made / "a-end.wav", melody(8, seed=2))
    write(made / "b.flac", melody(10, seed=3))
    return made


@pytest.fixture(scope="module")
def parts(folder: Path) -> list[list[Rendition]]:
    source = SongSource(folder, "a.wav", other_part="a-end.wav", title="a")
    return [list(part.renditions) for part in analyse_song(source, RECIPE, SPEC)]


def of_kind(renditions: list[Rendition], kind: str) -> list[Rendition]:
    return [one for one in renditions if one.kind == kind]


def same(one: Rendition, other: Rendition) -> bool:
    return np.array_equal(one.statistics, other.statistics) and np.array_equal(one.starts_s, other.starts_s)


def test_clean_passages_are_those_of_the_program(folder: Path, parts: list[list[Rendition]]) -> None:
    samples, sr = soundfile.read(folder / "a.wav", dtype="float32")
    expected = analyse_blocks([Excerpt.from_samples(samples, sr)], SPEC)
    (clean,) = of_kind(parts[0], "clean")
    assert np.allclose(clean.statistics, expected.statistics, atol=1e-4)
    assert np.array_equal(clean.starts_s, expected.passage_starts_s)


def test_twins_and_takes_differ_from_one_another_and_come_from_within(parts: list[list[Rendition]]) -> None:
    for renditions, duration_s in zip(parts, (13.0, 8.0), strict=True):
        twins = of_kind(renditions, "twin")
        takes, mic = of_kind(renditions, "take"), of_kind(renditions, "mic_take")
        assert [twin.number for twin in twins] == [0, 1]
        assert (len(takes), len(mic)) == (1, 1)
        assert np.array_equal(takes[0].starts_s, mic[0].starts_s)
        assert not np.array_equal(takes[0].statistics, mic[0].statistics)
        assert len(takes[0].starts_s) == RECIPE.takes
        starts = np.concatenate([one.starts_s for one in (*twins, *takes)])
        assert len(np.unique(starts)) == len(starts)
        assert (starts >= 0).all()
        assert (starts <= duration_s - 3.0).all()


def test_the_same_seed_gives_the_same_wherever_the_folder_is(
    folder: Path, parts: list[list[Rendition]], tmp_path: Path
) -> None:
    for name in ("a.wav", "a-end.wav"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    source = SongSource(tmp_path, "a.wav", other_part="a-end.wav", title="moved")
    again = [list(part.renditions) for part in analyse_song(source, RECIPE, SPEC)]
    assert all(
        same(*pair) for before, after in zip(parts, again, strict=True) for pair in zip(before, after, strict=True)
    )
    (other,) = analyse_song(SongSource(tmp_path, "a.wav"), Recipe(twins=2, takes=2, seed=8), SPEC)
    assert same(other.renditions[0], parts[0][0])
    assert not same(other.renditions[1], parts[0][1])


def test_silence_has_no_twins(tmp_path: Path) -> None:
    write(tmp_path / "s.wav", np.zeros(12 * SPEC.sr, np.float32))
    (part,) = analyse_song(SongSource(tmp_path, "s.wav"), RECIPE, SPEC)
    assert [one.kind for one in part.renditions] == ["clean"]


@dataclass
class Archive:
    """Three songs, three files that are none, and what was said of each."""

    music: Path
    store: CentralStore
    heard: list[tuple[str, str]] = field(default_factory=list)

    def run(self, *, executor: Executor = TWO_CORES, retry_failed: bool = False) -> Tally:
        self.heard.clear()
        found = read_folder(self.music)
        return analyse(
            self.store, found, recipe=RECIPE, spec=SPEC, executor=executor, retry_failed=retry_failed, report=self.note
        )

    def note(self, song: SongSource, outcome: str) -> None:
        self.heard.append((song.path, outcome))

    def failed(self) -> dict[str, str]:
        return {failure.path: failure.reason for failure in self.store.failures()}


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Archive:
    music = tmp_path / "music"
    for path in folder.iterdir():
        write(music / path.name, soundfile.read(path, dtype="float32")[0])
    (music / "text.mp3").write_text("no sound in here", encoding="utf-8")
    (music / "empty.ogg").touch()
    write(music / "short.wav", melody(2, seed=4))
    return Archive(music, CentralStore.in_folder(tmp_path / "work"))


FAILURES = {"text.mp3": "not_audio", "empty.ogg": "empty", "short.wav": "too_short"}


def test_a_folder_is_analysed_once_and_bad_files_are_listed(archive: Archive) -> None:
    assert archive.run() == Tally(analysed=3, unchanged=0, failed=3)
    assert archive.failed() == FAILURES
    songs = ("a.wav", "a-end.wav", "b.flac")
    assert sorted(archive.heard) == sorted([*FAILURES.items(), *((name, "analysed") for name in songs)])
    assert archive.run() == Tally(analysed=0, unchanged=3, failed=0, passed_over=3)
    assert archive.heard == []
    write(archive.music / "text.mp3.wav", melody(7, seed=5))
    (archive.music / "text.mp3").unlink()
    write(archive.music / "b.flac", melody(9, seed=6))
    assert archive.run() == Tally(analysed=2, unchanged=2, failed=0, passed_over=2)
    assert list(archive.failed()) == ["empty.ogg", "short.wav"]
    assert [song.path for song in archive.store.songs().values()] == ["a-end.wav", "a.wav", "b.flac", "text.mp3.wav"]


def test_what_failed_is_tried_again_when_it_changed_or_on_request(archive: Archive) -> None:
    archive.run()
    write(archive.music / "short.wav", melody(7, seed=4))
    assert archive.run() == Tally(analysed=1, unchanged=3, failed=0, passed_over=2)
    assert list(archive.failed()) == ["empty.ogg", "text.mp3"]
    assert archive.run(retry_failed=True) == Tally(analysed=0, unchanged=4, failed=2)
    assert list(archive.failed()) == ["empty.ogg", "text.mp3"]


def test_a_folder_that_is_away_keeps_its_failures(archive: Archive, tmp_path: Path) -> None:
    archive.run()
    archive.music.rename(tmp_path / "away")
    other = tmp_path / "other"
    write(other / "c.wav", melody(7, seed=8))
    found = read_folder(other)
    assert analyse(archive.store, found, recipe=RECIPE, spec=SPEC).analysed == 1
    assert archive.failed() == FAILURES


def test_a_failure_of_an_older_program_is_tried_again(archive: Archive) -> None:
    archive.store.save_failure(SongSource(archive.music, "empty.ogg"), reason="crashed", detail="", state="")
    assert archive.run().failed == 3
    assert archive.failed() == FAILURES


def made_up(songs: Iterator[SongSource], work: Work, *, n: int, then: Callable[[], object] = lambda: None) -> Outcomes:
    """Something for each of the first songs, without listening to them."""
    rng = np.random.default_rng(1)
    for song in islice(songs, n):
        size, mtime_ns = file_state(song.folder / song.path) or (0, 0)
        part = made_up_part(0, np.zeros(N_STATISTICS), kind=0, rng=rng)
        yield song, [replace(part, file_size=size, file_mtime_ns=mtime_ns)]
    then()
    yield None


def interrupt() -> None:
    raise KeyboardInterrupt


def many_songs(folder: Path, n: int) -> list[SongSource]:
    folder.mkdir(exist_ok=True)
    for number in range(n):
        (folder / f"{number:03}.ogg").touch()
    return read_folder(folder)


def test_an_interrupted_run_writes_what_is_done_and_goes_on_later(tmp_path: Path) -> None:
    store, songs = CentralStore.in_folder(tmp_path / "work"), many_songs(tmp_path / "music", 9)
    run = partial(analyse, store, songs, recipe=RECIPE, spec=SPEC)
    assert run(executor=partial(made_up, n=4, then=interrupt)) == Tally(analysed=4, unchanged=0, failed=0, left=5)
    assert len(store.songs()) == 4
    assert run(executor=partial(made_up, n=9)) == Tally(analysed=5, unchanged=4, failed=0)


def crash(tmp_path: Path) -> None:
    """Analyse forty-five of fifty songs and be gone without a word."""
    store, songs = CentralStore.in_folder(tmp_path / "work"), many_songs(tmp_path / "music", 50)
    executor = partial(made_up, n=BATCH_SONGS * 2 + 5, then=lambda: os._exit(9))
    analyse(store, songs, recipe=RECIPE, spec=SPEC, executor=executor)


def test_a_crash_loses_the_unwritten_batch_and_the_next_run_makes_it_anew(tmp_path: Path) -> None:
    code = f"from tests.unit.curator.test_analyse import *; crash(Path({str(tmp_path)!r}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, timeout=120).returncode == 9
    store = CentralStore.in_folder(tmp_path / "work")
    assert len(store.songs()) == BATCH_SONGS * 2
    tally = analyse(store, read_folder(tmp_path / "music"), recipe=RECIPE, spec=SPEC, executor=partial(made_up, n=50))
    assert tally == Tally(analysed=10, unchanged=40, failed=0)
    assert len(store.songs()) == 50


def test_what_is_done_is_written_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "BATCH_S", 0.0)
    store, songs = CentralStore.in_folder(tmp_path / "work"), many_songs(tmp_path / "music", 3)
    written: list[int] = []

    def slowly(songs: Iterator[SongSource], work: Work) -> Outcomes:
        for one in made_up(songs, work, n=3):
            yield one
            written.append(len(store.songs()))

    analyse(store, songs, recipe=RECIPE, spec=SPEC, executor=slowly)
    assert written == [1, 2, 3, 3]


def test_the_cores_take_songs_only_as_they_have_room(tmp_path: Path) -> None:
    taken: list[int] = []

    def songs() -> Iterator[SongSource]:
        for number in range(1000):
            taken.append(number)
            yield SongSource(tmp_path, f"{number}.ogg")

    outcomes = on_cores(songs(), partial(analyse_song, recipe=RECIPE, spec=SPEC), jobs=1)
    assert next(one for one in outcomes if one is not None)[0].path in ("0.ogg", "1.ogg")
    outcomes.close()
    assert len(taken) <= 3


def test_a_song_named_twice_is_one(tmp_path: Path) -> None:
    store, songs = CentralStore.in_folder(tmp_path / "work"), many_songs(tmp_path / "music", 1)
    assert analyse(store, songs * 2, recipe=RECIPE, spec=SPEC, executor=partial(made_up, n=2)) == Tally(
        analysed=1, unchanged=0, failed=0
    )
