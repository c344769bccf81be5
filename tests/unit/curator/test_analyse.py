"""Files to statistics, in child processes."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.curator.analyse import Recipe, Tally, analyse, analyse_song
from musicrec_desktop.curator.sources import SongSource, read_folder
from musicrec_desktop.curator.store import CentralStore, Rendition
from musicrec_desktop.features.extract import analyse_blocks

SPEC = FeatureSpec()
RECIPE = Recipe(twins=2, takes=2, seed=7)


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


def test_a_folder_is_analysed_once_and_bad_files_are_listed(folder: Path, tmp_path: Path) -> None:
    music = tmp_path / "music"
    for path in folder.iterdir():
        write(music / path.name, soundfile.read(path, dtype="float32")[0])
    (music / "text.mp3").write_text("no sound in here", encoding="utf-8")
    (music / "empty.ogg").touch()
    write(music / "short.wav", melody(2, seed=4))
    store = CentralStore.in_folder(tmp_path / "work")
    heard: list[tuple[str, str]] = []

    def note(song: SongSource, outcome: str) -> None:
        heard.append((song.path, outcome))

    def run() -> Tally:
        return analyse(store, read_folder(music), recipe=RECIPE, spec=SPEC, jobs=2, report=note)

    assert run() == Tally(analysed=3, unchanged=0, failed=3)
    failures = {failure.path: failure.reason for failure in store.failures()}
    assert failures == {"text.mp3": "not_audio", "empty.ogg": "empty", "short.wav": "too_short"}
    assert sorted(heard) == sorted(
        [*failures.items(), *((name, "analysed") for name in ("a.wav", "a-end.wav", "b.flac"))]
    )
    assert run() == Tally(analysed=0, unchanged=3, failed=3)
    write(music / "text.mp3.wav", melody(7, seed=5))
    (music / "text.mp3").unlink()
    write(music / "b.flac", melody(9, seed=6))
    assert run() == Tally(analysed=2, unchanged=2, failed=2)
    assert [failure.path for failure in store.failures()] == ["empty.ogg", "short.wav"]
    assert [song.path for song in store.songs().values()] == ["a-end.wav", "a.wav", "b.flac", "text.mp3.wav"]
