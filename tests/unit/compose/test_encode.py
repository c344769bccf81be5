"""Equal samples give equal bytes, tags and all."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from musicrec_desktop.core.types import Tags
from musicrec_desktop.intake.tags import read_tags
from tools.compose.encode import decoded, encoded
from tools.compose.exact import SR

TAGS = Tags("파도 Radio", "데모 해안도로", "Demonstration")


@pytest.fixture(scope="module")
def pcm() -> NDArray[np.int16]:
    turn = np.arange(2 * SR) / SR
    tone = np.stack([np.sin(2 * np.pi * 440 * turn), np.sin(2 * np.pi * 550 * turn)], axis=1)
    return np.asarray(np.rint(8000 * tone)).astype(np.int16)


def test_twice_the_same_bytes(pcm: NDArray[np.int16]) -> None:
    assert encoded(pcm, TAGS) == encoded(pcm, TAGS)


def test_the_file_is_sound(pcm: NDArray[np.int16], tmp_path: Path) -> None:
    path = tmp_path / "a.opus"
    path.write_bytes(encoded(pcm, TAGS))
    about = soundfile.info(path)
    assert (about.subtype, about.samplerate, about.channels) == ("OPUS", SR, 2)
    assert read_tags(path) == TAGS
    back = decoded(path.read_bytes())
    assert back.shape == pcm.shape
    assert np.corrcoef(back[:, 0], pcm[:, 0])[0, 1] > 0.99


def test_a_text_may_be_missing(pcm: NDArray[np.int16], tmp_path: Path) -> None:
    path = tmp_path / "a.opus"
    path.write_bytes(encoded(pcm[:SR], Tags("title")))
    assert read_tags(path).artist == ""
