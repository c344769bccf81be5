"""The picture of a file's sound stands high where the file is loud."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio import loudness
from musicrec_desktop.audio.loudness import N_PARTS, waveform
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UndecodableFile

SR = 22050


def written(path: Path, levels: tuple[float, ...], *, part_s: float = 5.0) -> Path:
    """A tone in parts of different loudness, in stereo."""
    t = np.arange(round(part_s * SR)) / SR
    mono = np.concatenate([level * np.sin(2 * np.pi * 440 * t) for level in levels])
    soundfile.write(path, np.stack([mono, mono], axis=1), SR)
    return path


@pytest.mark.parametrize("ending", [".wav", ".flac", ".ogg", ".mp3"])
def test_it_is_high_where_the_sound_is_loud(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path / f"song{ending}", (0.02, 0.8, 0.1, 0.4))
    *_, shares = waveform(path, token=CancelToken())
    assert shares.dtype == np.float32 and not shares.flags.writeable
    quarters = [float(np.median(part)) for part in np.array_split(shares, 4)]
    assert np.argsort(quarters).tolist() == [0, 2, 3, 1]
    assert quarters[1] > 0.9 > 0.2 > quarters[0]


def test_a_long_file_has_no_more_parts_than_can_be_seen(tmp_path: Path) -> None:
    *_, shares = waveform(written(tmp_path / "long.wav", (0.1, 0.5), part_s=30.0), token=CancelToken())
    assert len(shares) == N_PARTS
    assert shares[: N_PARTS // 2 - 5].max() < shares[N_PARTS // 2 + 5 :].min()


def test_silence_and_a_moment_are_no_trouble(tmp_path: Path) -> None:
    *_, silent = waveform(written(tmp_path / "silence.wav", (0.0,)), token=CancelToken())
    assert silent.max() == 0.0
    *_, moment = waveform(written(tmp_path / "moment.wav", (0.5,), part_s=0.001), token=CancelToken())
    assert len(moment) == 0


def test_what_has_been_read_of_a_long_file_is_shown_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loudness, "SHOWN_EVERY_S", 0.0)
    path = written(tmp_path / "song.wav", (0.5,) * 4)
    first, *_, last = waveform(path, token=CancelToken())
    assert len(first) == len(last)
    assert first[0] > 0.9 and first[-1] == 0.0
    assert last.min() > 0.9


def test_another_song_ends_it(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        list(waveform(written(tmp_path / "song.wav", (0.5,)), token=token))


def test_what_is_no_sound(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_text("no sound")
    with pytest.raises(UndecodableFile):
        list(waveform(tmp_path / "song.mp3", token=CancelToken()))
