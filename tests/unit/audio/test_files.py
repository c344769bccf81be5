"""Decoding: the right samples from good files, the right reason from bad ones."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.files import blocks, probe
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Excerpt, Floats
from tests.signals import melody, sine, white_noise

SR = 44100
FORMATS = {
    "wav": ("WAV", "PCM_16", SR),
    "flac": ("FLAC", "PCM_16", SR),
    "ogg": ("OGG", "VORBIS", SR),
    "opus": ("OGG", "OPUS", 48000),
    "mp3": ("MP3", "MPEG_LAYER_III", SR),
}


def written(path: Path, excerpt: Excerpt, *, channels: int = 1) -> Path:
    kind, subtype, sr = FORMATS[path.suffix[1:]]
    data = np.repeat(excerpt.samples[:, None], channels, axis=1)
    soundfile.write(path, data, sr, format=kind, subtype=subtype)
    return path


def read(path: Path, *, start_s: float = 0.0, duration_s: float | None = None, sr: int = 22050) -> Floats:
    parts = list(blocks(path, start_s=start_s, duration_s=duration_s, sr=sr))
    assert all(part.sr == sr and not part.samples.flags.writeable for part in parts)
    return np.concatenate([np.zeros(0, np.float32), *(part.samples for part in parts)])


def reason_of(path: Path) -> str:
    with pytest.raises(UndecodableFile) as caught:
        read(path)
    assert caught.value.path == path
    return caught.value.reason


def correlation(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format_gives_the_sound_back(suffix: str, channels: int, tmp_path: Path) -> None:
    _, _, sr = FORMATS[suffix]
    path = written(tmp_path / f"노래 {suffix}.{suffix}", melody(4.0, sr=sr), channels=channels)
    got = read(path)
    wanted = melody(4.0, sr=22050).samples
    assert abs(len(got) - len(wanted)) <= 1
    n = min(len(got), len(wanted))
    assert correlation(got[:n], wanted[:n]) > 0.95
    assert np.sqrt(np.mean(got**2)) == pytest.approx(np.sqrt(np.mean(wanted**2)), rel=0.1)
    info = probe(path)
    assert (info.sr, info.channels) == (sr, channels)
    assert info.duration_s == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_part_is_the_same_part_of_the_whole(suffix: str, tmp_path: Path) -> None:
    _, _, sr = FORMATS[suffix]
    path = written(tmp_path / f"song.{suffix}", melody(10.0, sr=sr))
    whole = read(path, sr=sr)
    part = read(path, start_s=6.3, duration_s=2.5, sr=sr)
    assert len(part) == round(2.5 * sr)
    start = round(6.3 * sr)
    np.testing.assert_allclose(part, whole[start : start + len(part)], atol=1e-3)


def test_a_part_of_an_mp3_of_varying_bit_rate_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "vbr.mp3"
    soundfile.write(path, melody(20.0, sr=SR).samples, SR, format="MP3", bitrate_mode="VARIABLE", compression_level=0.9)
    part = read(path, start_s=12.0, duration_s=1.0, sr=SR)
    np.testing.assert_allclose(part, read(path, sr=SR)[12 * SR : 13 * SR], atol=1e-3)


@pytest.mark.parametrize("sr", [8000, 22050, 44100, 48000])
def test_a_part_has_exactly_the_samples_asked_for(sr: int, tmp_path: Path) -> None:
    path = written(tmp_path / "song.wav", melody(8.0, sr=SR))
    for duration_s in (0.001, 1 / 3, 6.0):
        assert len(read(path, start_s=0.777, duration_s=duration_s, sr=sr)) == round(duration_s * sr)


def test_a_part_beyond_the_end_is_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path / "song.flac", melody(3.0, sr=SR))
    assert len(read(path, start_s=2.0, duration_s=6.0)) == 22050
    assert len(read(path, start_s=10.0)) == 0


def test_channels_are_averaged(tmp_path: Path) -> None:
    path = tmp_path / "two.wav"
    left, right = sine(440, 1.0, sr=SR).samples, np.zeros(SR, np.float32)
    soundfile.write(path, np.stack([left, right], axis=1), SR, subtype="FLOAT")
    np.testing.assert_allclose(read(path, sr=SR), left / 2, atol=1e-6)


def test_what_is_not_a_number_becomes_silence(tmp_path: Path) -> None:
    samples = sine(440, 1.0, sr=SR).samples.copy()
    samples[1000:1010] = np.nan
    samples[2000] = np.inf
    path = tmp_path / "nan.wav"
    soundfile.write(path, samples, SR, subtype="FLOAT")
    got = read(path)
    assert np.isfinite(got).all()
    assert np.abs(got).max() < 1.0


def test_text_and_noise_are_not_audio(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    texts = {
        "short": b"hello\n",
        "long": b"The quick brown fox. " * 9000,
        "korean": "엉덩이가 먼저 반응하게 되는 ".encode() * 3000,
        "page": b"<!doctype html><html><body>404 Not found</body></html>" * 10,
        "zeros": bytes(100_000),
        "noise": rng.bytes(300_000),
        "samples": rng.normal(0, 3000, 200_000).astype("<i2").tobytes(),
        "program": Path(sys.executable).read_bytes()[:500_000],
    }
    for name, content in texts.items():
        for suffix in ("mp3", "wav", "flac", "ogg", "raw"):
            path = tmp_path / f"{name}.{suffix}"
            path.write_bytes(content)
            assert reason_of(path) == "not_audio", path.name


def test_what_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "nowhere.mp3") == "missing"
    assert reason_of(tmp_path / ("x" * 300)) == "missing"
    assert reason_of(tmp_path) == "not_a_file"
    empty = tmp_path / "empty.mp3"
    empty.touch()
    assert reason_of(empty) == "empty"
    soundfile.write(tmp_path / "no samples.wav", np.zeros(0), SR)
    assert reason_of(tmp_path / "no samples.wav") == "empty"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.wav")
        assert reason_of(tmp_path / "pipe.wav") == "not_a_file"


def test_what_may_not_be_read_is_denied(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.wav", sine(440, 1.0, sr=SR))
    path.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:  # root may read anything: look at it as somebody else
        os.seteuid(65534)
    try:
        assert reason_of(path) == "denied"
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize("suffix", ["flac", "wav"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_short_is_damaged(suffix: str, share: float, tmp_path: Path) -> None:
    path = written(tmp_path / f"song.{suffix}", white_noise(20.0, sr=SR))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert reason_of(path) == "damaged"


def test_an_mp3_without_an_exact_length_is_not_damaged(tmp_path: Path) -> None:
    path = written(tmp_path / "song.mp3", melody(20.0, sr=SR))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 9.0 < len(read(path)) / 22050 < 11.0


def flac_promising(path: Path, n_frames: int) -> Path:
    content = bytearray(path.read_bytes())
    fields = int.from_bytes(content[18:26], "big") & ~((1 << 36) - 1) | n_frames
    content[18:26] = fields.to_bytes(8, "big")
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("hours", [2, 11, 400])
def test_a_flac_header_that_promises_hours_is_refused(hours: int, tmp_path: Path) -> None:
    path = written(tmp_path / "song.flac", white_noise(2.0, sr=SR))
    assert reason_of(flac_promising(path, hours * 3600 * SR)) == "too_long"
    with pytest.raises(UndecodableFile):
        probe(path)


def test_a_flac_of_unknown_length_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "song.flac", melody(2.0, sr=SR))
    assert len(read(flac_promising(path, 0))) == 2 * 22050


@pytest.mark.parametrize("length", [0x7FFFFF00, 0xFFFFFFF0])
def test_a_wav_header_that_promises_hours_is_refused(length: int, tmp_path: Path) -> None:
    path = written(tmp_path / "song.wav", melody(2.0, sr=SR))
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = length.to_bytes(4, "little")
    path.write_bytes(content)
    assert reason_of(path) == "too_long"


def test_an_impossible_rate_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    soundfile.write(path, melody(1.0).samples, 1)
    assert reason_of(path) == "damaged"


def test_real_music_is_read(music: Path) -> None:
    for path in sorted((music / "catalogue").rglob("*.ogg"))[::20]:
        got = read(path)
        assert len(got) / 22050 == pytest.approx(probe(path).duration_s, abs=0.05)
        assert 0.001 < np.sqrt(np.mean(got**2)) < 1.0


LONG = """
import re, sys
from pathlib import Path
from musicrec_desktop.audio.files import blocks
n_samples = sum(len(block.samples) for block in blocks(Path(sys.argv[1]), sr=22050))
# Not ru_maxrss, which a process inherits from the one that started it.
print(n_samples, re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's account of a process's memory")
def test_two_hours_are_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "two hours.flac"
    minute = melody(60.0, sr=11025).samples
    with soundfile.SoundFile(path, "w", 11025, 1) as file:
        for _ in range(120):
            file.write(minute)
    done = subprocess.run([sys.executable, "-c", LONG, path], capture_output=True, text=True, check=True)
    n_samples, peak_kb = map(int, done.stdout.split())
    assert n_samples == 7200 * 22050
    assert peak_kb < 300 * 1024
