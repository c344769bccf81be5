"""What may call itself mp3, and what FLAC and WAV headers promise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio import headers
from tests.signals import melody

SR = 44100


def raw_samples(rng: np.random.Generator) -> bytes:
    return rng.normal(0, rng.integers(10, 8000), rng.integers(1000, 200_000)).astype("<i2").tobytes()


def runs_of_bytes(rng: np.random.Generator) -> bytes:
    return np.repeat(rng.integers(0, 256, 20_000), rng.integers(1, 9, 20_000)).astype("u1").tobytes()


def noise_behind_a_header(rng: np.random.Generator) -> bytes:
    return b"\xff\xfb\x90\x00" + rng.bytes(int(rng.integers(1000, 100_000)))


@pytest.mark.parametrize("kind", [raw_samples, runs_of_bytes, noise_behind_a_header])
def test_other_bytes_are_no_mpeg_audio(kind: Callable[[np.random.Generator], bytes], tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    path = tmp_path / "junk.mp3"
    for _ in range(40):
        path.write_bytes(kind(rng))
        assert not headers.is_mpeg_audio(path)
        assert headers.adts_stream(path) is None


@pytest.mark.parametrize("mode", ["CONSTANT", "AVERAGE", "VARIABLE"])
@pytest.mark.parametrize("sr", [44100, 22050, 11025])
def test_every_kind_of_mp3_is_mpeg_audio(mode: str, sr: int, tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    soundfile.write(path, melody(2.0, sr=sr).samples, sr, format="MP3", bitrate_mode=mode, compression_level=0.5)
    assert headers.is_mpeg_audio(path)
    tagged = tmp_path / "tagged.mp3"
    tag = b"ID3\x04\x00\x00" + bytes([0, 6, 0, 0]) + b"\xff" * (6 << 14)
    tagged.write_bytes(tag + path.read_bytes())
    assert headers.is_mpeg_audio(tagged)


def test_a_single_frame_is_mpeg_audio(tmp_path: Path) -> None:
    frame = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s at 44.1 kHz: 417 bytes
    path = tmp_path / "short.mp3"
    path.write_bytes(frame)
    assert headers.is_mpeg_audio(path)
    path.write_bytes(frame[:-1])
    assert not headers.is_mpeg_audio(path)


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_honest_headers_promise_what_there_is(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song.{suffix}"
    for samples in (melody(3.0, sr=SR).samples, np.zeros(60 * SR, np.float32)):
        soundfile.write(path, samples, SR)
        promise = headers.promise(path)
        assert promise is not None
        assert promise.n_frames == len(samples)
        assert promise.capacity >= promise.n_frames


def test_other_files_promise_nothing(tmp_path: Path) -> None:
    path = tmp_path / "song.ogg"
    soundfile.write(path, melody(1.0).samples, 22050)
    assert headers.promise(path) is None
    for stump in (b"", b"fLaC", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff", b"ID3"):
        path.write_bytes(stump)
        assert headers.promise(path) is None
        assert not headers.is_mpeg_audio(path)


def adts(n_frames: int, *, length: int = 200) -> bytes:
    """AAC frames of stereo at 44.1 kHz, filled with anything."""
    head = bytes([0xFF, 0xF1, 0x50, 0x80 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC])
    return (head + bytes(length - 7)) * n_frames


def test_aac_frames_are_told_with_tags_before_them_and_none_else(tmp_path: Path) -> None:
    path = tmp_path / "x.aac"
    for content in (adts(431), b"ID3\x03\0\0\0\0\0\x05hello" + adts(431)):
        path.write_bytes(content)
        stream = headers.adts_stream(path)
        assert stream is not None and (stream.sr, stream.channels) == (SR, 2)
        assert stream.duration_s == pytest.approx(10.0, abs=0.02)
        assert not headers.is_mpeg_audio(path)
    path.write_bytes(adts(2) + b"and then a text")
    assert headers.adts_stream(path) is None
    soundfile.write(tmp_path / "x.mp3", melody(3.0, sr=SR).samples, SR, format="MP3")
    assert headers.adts_stream(tmp_path / "x.mp3") is None
