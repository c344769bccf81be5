"""Parts of files as Ogg Opus: the right part, the same bytes, small, with short fades."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.ogg import opus_duration_s
from musicrec_desktop.audio.opus import Cut, opus_of
from musicrec_desktop.core.errors import UndecodableFile

SR = 44_100
STEPS_HZ = (300, 500, 700, 900)  # of each second another tone


@pytest.fixture(scope="module")
def tones() -> np.ndarray:
    turn = np.arange(SR) / SR
    left = np.concatenate([0.4 * np.sin(2 * np.pi * hz * turn) for hz in STEPS_HZ])
    return np.stack([left, 0.5 * left], axis=1).astype(np.float32)


@pytest.fixture(scope="module")
def stereo(tones: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tones") / "stereo.flac"
    soundfile.write(path, tones, SR)
    return path


def decoded(data: bytes) -> np.ndarray:
    samples, sr = soundfile.read(io.BytesIO(data), always_2d=True)
    assert sr == 48_000
    return np.asarray(samples)


def pitch_hz(samples: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(power.argmax() * 48_000 / len(samples))


def test_it_is_the_part_that_was_asked_for(stereo: Path) -> None:
    data = opus_of(stereo, Cut(1.0, 2.0))
    samples = decoded(data)
    assert opus_duration_s(data) == pytest.approx(2.0, abs=0.001)
    assert [pitch_hz(samples[i * 48_000 : (i + 1) * 48_000, 0]) for i in (0, 1)] == pytest.approx([500, 700], abs=3)


def test_stereo_stays_stereo_and_mono_stays_mono(stereo: Path, tones: np.ndarray, tmp_path: Path) -> None:
    samples = decoded(opus_of(stereo, Cut(0.0, 2.0)))
    assert np.sqrt(np.mean(samples[:, 1] ** 2) / np.mean(samples[:, 0] ** 2)) == pytest.approx(0.5, abs=0.05)
    for name, sound in (("mono.wav", tones[:, 0]), ("five.wav", np.repeat(tones[:, :1], 5, axis=1))):
        soundfile.write(tmp_path / name, sound, SR)
        assert decoded(opus_of(tmp_path / name, Cut(0.0, 2.0))).shape[1] == 1


def test_the_same_sound_gives_the_same_bytes_and_another_sound_others(stereo: Path) -> None:
    assert opus_of(stereo, Cut(0.5, 2.0)) == opus_of(stereo, Cut(0.5, 2.0))
    assert opus_of(stereo, Cut(0.5, 2.0)) != opus_of(stereo, Cut(0.6, 2.0))


def test_it_rises_and_falls(stereo: Path) -> None:
    plain = decoded(opus_of(stereo, Cut(0.0, 3.0)))
    faded = decoded(opus_of(stereo, Cut(0.0, 3.0, fade_in_s=0.5, fade_out_s=0.5)))

    def level(samples: np.ndarray, at_s: float) -> float:
        part = samples[round(at_s * 48_000) : round((at_s + 0.05) * 48_000)]
        return float(np.sqrt(np.mean(part**2)))

    shares = [level(faded, at_s) / level(plain, at_s) for at_s in (0.0, 0.225, 1.5, 2.725, 2.94)]
    assert shares == pytest.approx([0.05, 0.5, 1.0, 0.5, 0.05], abs=0.08)


def test_samples_beyond_full_scale_are_no_trouble(tmp_path: Path, tones: np.ndarray) -> None:
    soundfile.write(tmp_path / "loud.wav", tones * 10, SR, subtype="FLOAT")
    assert np.abs(decoded(opus_of(tmp_path / "loud.wav", Cut(0.0, 1.0)))).max() < 2.0


def test_nothing_is_left_from_there_on(stereo: Path) -> None:
    with pytest.raises(UndecodableFile, match="empty"):
        opus_of(stereo, Cut(60.0, 30.0))
