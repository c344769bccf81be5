"""The shipped model over real music: takes are named with their moment, played too slow or too fast, too."""

from collections.abc import Callable
from pathlib import Path

import librosa
import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import ModelMissing
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId
from musicrec_desktop.engine.model import MoodModel
from musicrec_desktop.engine.recommender import Recommender
from musicrec_desktop.features.extract import analyse_blocks
from tests.fakes import FakeCandidates
from tests.needs import missing
from tests.signals import click_track, silence, sine, white_noise

SPEC = FeatureSpec()
EVERY = 3  # 44 of the 131 songs are the catalogue
ASKED = 2  # and takes are cut from every second of those
START_S, TAKE_S = 11.3, 6.0

Ask = Callable[[Excerpt], Answer]


@pytest.fixture(scope="module")
def songs(music: Path) -> list[Excerpt]:
    found = []
    for path in sorted((music / "catalogue").rglob("*.ogg"))[::EVERY]:
        samples, sr = soundfile.read(path, dtype="float32")
        found.append(resample(Excerpt.from_samples(samples, sr), SPEC.sr))
    return found


@pytest.fixture(scope="module")
def ask(songs: list[Excerpt]) -> Ask:
    try:
        model = MoodModel(paths.model_folder(), fingerprint=SPEC.fingerprint())
    except ModelMissing:
        missing("the shipped model, models/mood.onnx and mood.json")
    candidates = FakeCandidates([analyse_blocks([song], SPEC) for song in songs], model)
    recommender = Recommender(model=model, candidates=candidates, spec=SPEC, resample=resample)
    return lambda excerpt: recommender.recommend(AnalysisRequest(RequestId(0), excerpt), CancelToken())


def stretched(song: Excerpt, rate: float) -> Excerpt:
    """Six seconds that play `rate` times as fast, at the same pitch."""
    part = song.part(START_S, TAKE_S * rate + 0.1).samples
    played = librosa.effects.time_stretch(part, rate=rate) if rate != 1.0 else part
    return Excerpt.from_samples(played[: round(TAKE_S * SPEC.sr)], SPEC.sr)


def shifted(song: Excerpt, semitones: int) -> Excerpt:
    """Six seconds that much higher, at the same speed."""
    part = song.part(START_S, TAKE_S).samples
    return Excerpt.from_samples(librosa.effects.pitch_shift(part, sr=SPEC.sr, n_steps=semitones), SPEC.sr)


def shares(songs: list[Excerpt], ask: Ask, altered: Callable[[Excerpt], Excerpt]) -> tuple[float, float]:
    """Share of takes that are named right, and wrong."""
    right, wrong = [], []
    for number in range(0, len(songs), ASKED):
        same = ask(altered(songs[number])).same_recording
        right.append(same is not None and same.track.track_id == f"track-{number:03d}")
        wrong.append(same is not None and not right[-1])
    return float(np.mean(right)), float(np.mean(wrong))


def test_takes_are_named(songs: list[Excerpt], ask: Ask) -> None:
    right, wrong = shares(songs, ask, lambda song: stretched(song, 1.0))
    assert right >= 0.9
    assert wrong == 0.0


@pytest.mark.parametrize("rate", [0.92, 1.08])
def test_takes_stretched_by_eight_percent_are_still_named(songs: list[Excerpt], ask: Ask, rate: float) -> None:
    right, wrong = shares(songs, ask, lambda song: stretched(song, rate))
    assert right >= 0.85
    assert wrong <= 0.02


@pytest.mark.parametrize("rate", [0.85, 1.15])
def test_takes_stretched_by_fifteen_percent_are_still_named(songs: list[Excerpt], ask: Ask, rate: float) -> None:
    right, wrong = shares(songs, ask, lambda song: stretched(song, rate))
    assert right >= 0.85
    assert wrong <= 0.02


@pytest.mark.parametrize("semitones", [-2, 2])
def test_takes_shifted_by_two_semitones_are_still_named(songs: list[Excerpt], ask: Ask, semitones: int) -> None:
    right, wrong = shares(songs, ask, lambda song: shifted(song, semitones))
    assert right >= 0.9
    assert wrong <= 0.02


def test_the_moment_is_found(songs: list[Excerpt], ask: Ask) -> None:
    moments = []
    for song in songs[::ASKED]:
        same = ask(stretched(song, 1.0)).same_recording
        if same:
            moments.append(abs(same.at_s - START_S))
    assert np.mean(np.array(moments) < 1.0) >= 0.9


@pytest.mark.parametrize(
    ("excerpt", "reasons"),
    [
        (silence(6.0), {"too_quiet"}),
        (white_noise(6.0), {"not_music", "nothing_close"}),
        (sine(50.0, 6.0), {"not_music", "nothing_close"}),
        (click_track(120.0, 6.0), {"not_music", "nothing_close"}),
        (sine(440.0, 1.0), {"too_short"}),
    ],
    ids=["silence", "noise", "hum", "clicks", "one second"],
)
def test_what_is_no_song_is_refused(ask: Ask, excerpt: Excerpt, reasons: set[str]) -> None:
    answer = ask(excerpt)
    assert answer.verdict == "none"
    assert answer.reason in reasons
    assert answer.recommendations == ()
