"""Refusals at their edges, and the evidence for the very recording."""

import numpy as np
import pytest

from musicrec_desktop.core.types import Excerpt, Floats, MfccSequence, frozen
from musicrec_desktop.engine import verdict
from musicrec_desktop.engine.calibration import NAMING_INPUTS
from musicrec_desktop.engine.shortlist import Found
from tests.signals import silence, sine, white_noise

SR = 8000
RATE = 10.0


def level(db: float, duration_s: float = 5.0) -> Excerpt:
    """A square wave: its RMS is its amplitude."""
    n = round(duration_s * SR)
    return Excerpt.from_samples(np.where(np.arange(n) % 2, 1, -1) * 10 ** (db / 20), SR)


def clipped(share: float) -> Excerpt:
    n = 5 * SR
    samples = np.full(n, 0.5)
    samples[: round(share * n)] = 1.0
    return Excerpt.from_samples(samples, SR)


def reason_of(excerpt: Excerpt) -> str | None:
    refusal = verdict.refusal_of(excerpt)
    return refusal.reason if refusal else None


@pytest.mark.parametrize(("n", "expected"), [(0, "too_short"), (3 * SR - 1, "too_short"), (3 * SR, None)])
def test_three_seconds_are_needed(n: int, expected: str | None) -> None:
    assert reason_of(Excerpt(sine(440.0, 5.0, sr=SR).samples[:n], SR)) == expected


@pytest.mark.parametrize(("db", "expected"), [(-60.1, "too_quiet"), (-59.9, None), (-47.0, None)])
def test_sixty_db_below_full_scale_is_too_quiet(db: float, expected: str | None) -> None:
    assert reason_of(level(db)) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.05, None), (0.2, None), (0.21, "clipped"), (1.0, "clipped")])
def test_more_than_a_fifth_at_full_scale_is_clipped(share: float, expected: str | None) -> None:
    assert reason_of(clipped(share)) == expected


def test_a_refusal_says_what_was_measured_and_what_is_needed() -> None:
    short, quiet, loud = (verdict.refusal_of(each) for each in (silence(1.2), silence(5.0), clipped(0.5)))
    assert short is not None and quiet is not None and loud is not None
    assert short.measured == pytest.approx({"value": 1.2, "needed": 3.0})
    assert quiet.measured == {"value": verdict.SILENCE_DB, "needed": -60.0}
    assert loud.measured == pytest.approx({"value": 0.5, "needed": 0.2})


def test_too_short_is_said_before_too_quiet() -> None:
    assert reason_of(silence(1.0)) == "too_short"


def test_levels() -> None:
    assert verdict.level_db(silence(1.0)) == verdict.SILENCE_DB
    assert verdict.level_db(silence(0.0)) == verdict.SILENCE_DB
    assert verdict.level_db(sine(440.0, 1.0, level=1.0)) == pytest.approx(-3.01, abs=0.01)
    assert verdict.level_db(level(-20.0)) == pytest.approx(-20.0, abs=0.01)
    assert verdict.level_db(white_noise(2.0, level=0.3)) == pytest.approx(-20.0, abs=0.1)


# -- the very recording


def sequence(n_steps: int, seed: int) -> MfccSequence:
    noise = np.random.default_rng(seed).normal(size=(n_steps + 5, 12))
    smooth = np.stack([np.convolve(column, np.ones(6), "valid") for column in noise.T], axis=1)[:n_steps]
    scale = np.abs(smooth).max(axis=0) / 127
    return MfccSequence(frozen(np.round(smooth / scale).astype(np.int8)), frozen(scale.astype(np.float32)), RATE)


def found_at(at_s: list[float], similarity: list[float] | None = None) -> Found:
    likeness = np.array(similarity or [0.5] * len(at_s), dtype=np.float32)
    return Found(likeness, np.array(at_s, dtype=np.float32), np.zeros(len(at_s), dtype=np.int64))


SEQUENCES = [sequence(300, seed) for seed in range(4)]


def suspect_of(query: Floats, found: Found, order: list[int]) -> verdict.Suspect:
    return verdict.best_suspect(query, found, np.array(order), [SEQUENCES[i] for i in order])


@pytest.mark.parametrize("off_s", [-3.0, 0.0, 3.0])
@pytest.mark.parametrize("start", [0, 5, 100, 240])
def test_the_recording_and_its_moment_are_found(start: int, off_s: float) -> None:
    query = SEQUENCES[2].mfcc()[start : start + 60]
    found = found_at([12.0, 3.0, max(0.0, start / RATE + off_s), 20.0])
    suspect = suspect_of(query, found, [1, 3, 2, 0])
    assert suspect.track == 2
    assert suspect.at_s == pytest.approx(start / RATE, abs=0.01)
    evidence = dict(zip(NAMING_INPUTS, suspect.inputs.tolist(), strict=True))
    assert evidence["correlation"] > 0.99
    assert evidence["correlation_margin"] > 0.3
    assert evidence["distance"] < 0.05
    assert evidence["distance_margin"] > 0.3


def test_similarity_is_that_of_the_suspect() -> None:
    query = SEQUENCES[1].mfcc()[50:110]
    suspect = suspect_of(query, found_at([5.0, 5.0, 5.0, 5.0], [0.9, 0.6, 0.2, 0.1]), [0, 1, 2, 3])
    evidence = dict(zip(NAMING_INPUTS, suspect.inputs.tolist(), strict=True))
    assert evidence["similarity"] == pytest.approx(0.6)
    assert evidence["similarity_margin"] == pytest.approx(-0.3)


def test_another_take_fits_nothing() -> None:
    suspect = suspect_of(sequence(60, 77).mfcc(), found_at([5.0] * 4), [0, 1, 2, 3])
    assert suspect.inputs[0] < 0.5


def test_one_track_alone_is_held_against_what_is_usual() -> None:
    suspect = verdict.best_suspect(SEQUENCES[0].mfcc()[100:160], found_at([10.0], [0.8]), np.array([0]), [SEQUENCES[0]])
    evidence = dict(zip(NAMING_INPUTS, suspect.inputs.tolist(), strict=True))
    assert evidence["correlation_margin"] == pytest.approx(1 - verdict.USUAL_CORRELATION, abs=0.01)
    assert evidence["distance_margin"] == pytest.approx(verdict.USUAL_DISTANCE, abs=0.05)
    assert evidence["similarity_margin"] == pytest.approx(0.8 - verdict.USUAL_SIMILARITY)


def test_a_track_shorter_than_the_take_is_no_place_and_no_trouble() -> None:
    short = sequence(40, 9)
    found = found_at([0.0, 5.0])
    suspect = verdict.best_suspect(SEQUENCES[0].mfcc()[30:100], found, np.array([0, 1]), [short, SEQUENCES[0]])
    assert suspect.track == 1
    assert np.isfinite(suspect.inputs).all()


@pytest.mark.parametrize("speed", [0.92, 1.08])
def test_another_speed_is_the_same_recording(speed: float) -> None:
    original = SEQUENCES[3].mfcc()[120 : 120 + round(60 * speed)]
    places = np.linspace(0, len(original) - 1, 60)
    query = np.stack([np.interp(places, np.arange(len(original)), column) for column in original.T], axis=1)
    suspect = suspect_of(query.astype(np.float32), found_at([11.0] * 4), [0, 1, 2, 3])
    assert suspect.track == 3
    assert suspect.at_s == pytest.approx(12.0, abs=0.3)
    assert suspect.inputs[0] > 0.95


def mixed(share: float) -> MfccSequence:
    """Track 2 again, as a remix of which so much is other music."""
    own, other = SEQUENCES[2].mfcc(), sequence(300, 50).mfcc()
    values = (1 - share) * own + share * other
    scale = np.abs(values).max(axis=0) / 127
    return MfccSequence(frozen(np.round(values / scale).astype(np.int8)), frozen(scale.astype(np.float32)), RATE)


@pytest.mark.parametrize(("share", "is_version"), [(0.0, True), (0.2, True), (0.8, False)])
def test_a_version_is_known_and_casts_no_doubt(share: float, is_version: bool) -> None:
    tracks = [SEQUENCES[0], mixed(share), SEQUENCES[2], SEQUENCES[3]]
    query = SEQUENCES[2].mfcc()[100:160] + np.random.default_rng(4).normal(0, 0.1, (60, 12)).astype(np.float32)
    suspect = verdict.best_suspect(query, found_at([10.0] * 4), np.arange(4), tracks)
    assert {suspect.track, *suspect.versions} == ({1, 2} if is_version else {2})
    evidence = dict(zip(NAMING_INPUTS, suspect.inputs.tolist(), strict=True))
    assert evidence["correlation_margin"] > 0.3
    assert evidence["distance_margin"] > 0.3


# -- at another pitch


def shifted(queries: list[Floats], better_than: verdict.Suspect) -> verdict.Suspect | None:
    around = verdict.surroundings(60, found_at([5.0] * 4), np.arange(4), SEQUENCES)
    return verdict.shifted_suspect(around, queries, better_than=better_than)


def test_the_query_that_fits_names_the_track() -> None:
    own = sequence(60, 77).mfcc()
    fits = SEQUENCES[2].mfcc()[40:100]
    asked = suspect_of(own, found_at([5.0] * 4), [0, 1, 2, 3])
    found = shifted([sequence(60, 78).mfcc(), fits, sequence(60, 79).mfcc()], asked)
    assert found is not None
    assert found.track == 2
    assert found.at_s == pytest.approx(40 / RATE, abs=0.01)
    assert found.inputs[0] == pytest.approx(1.0 - verdict.SHIFTED_COST, abs=0.01)


def test_another_pitch_that_fits_no_better_is_none() -> None:
    own = SEQUENCES[2].mfcc()[40:100]
    asked = suspect_of(own, found_at([5.0] * 4), [0, 1, 2, 3])
    assert shifted([own], asked) is None  # the very same, less its cost
