"""The passage that stands for a recording is neither its intro nor its odd moment."""

import numpy as np
import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.engine.typical import typical_start
from musicrec_desktop.features.extract import extract_features
from tests.signals import melody, silence, white_noise

SPEC = FeatureSpec()


def start_of(*parts: Excerpt) -> float:
    joined = Excerpt.from_samples(np.concatenate([part.samples for part in parts]), SPEC.sr)
    return typical_start(extract_features(joined, SPEC), SPEC)


def test_silence_before_and_after_is_never_typical() -> None:
    assert 9.0 <= start_of(silence(12.0), melody(24.0), silence(12.0)) <= 33.0


def test_a_burst_of_something_else_is_not_typical() -> None:
    start_s = start_of(melody(24.0), white_noise(9.0))
    assert start_s <= 19.0  # a hundredth of a passage may reach into it


def test_a_faint_intro_is_not_typical() -> None:
    assert start_of(melody(9.0, level=0.005), melody(24.0, seed=2)) >= 6.0


@pytest.mark.parametrize("parts", [(silence(8.0),), (melody(3.0),), (melody(6.5),)])
def test_there_is_always_an_answer(parts: tuple[Excerpt, ...]) -> None:
    assert 0.0 <= start_of(*parts) <= sum(part.duration_s for part in parts)
