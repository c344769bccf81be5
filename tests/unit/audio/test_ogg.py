"""Ogg pages: serial numbers, check sums, and what is no whole Opus stream."""

import io
import struct

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.ogg import opus_duration_s, with_serial

SR = 48_000


def sound(subtype: str = "OPUS", duration_s: float = 3.0) -> bytes:
    out = io.BytesIO()
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(round(duration_s * SR)) / SR)
    soundfile.write(out, tone.astype(np.float32), SR, format="OGG", subtype=subtype)
    return out.getvalue()


@pytest.fixture(scope="module")
def opus() -> bytes:
    return sound()


def test_check_sums_follow_the_serial_number(opus: bytes) -> None:
    """Counting them anew for the number that is there already changes nothing."""
    (serial,) = struct.unpack_from("<I", opus, 14)
    assert with_serial(opus, serial) == opus
    other = with_serial(opus, 1)
    assert other != opus
    samples, _ = soundfile.read(io.BytesIO(other))
    assert len(samples) == 3 * SR


def test_no_ogg_is_refused() -> None:
    with pytest.raises(ValueError, match="no Ogg page"):
        with_serial(b"RIFF" * 100, 1)


@pytest.mark.parametrize("duration_s", [0.5, 3.0])
def test_it_knows_how_long_it_is(duration_s: float) -> None:
    assert opus_duration_s(sound(duration_s=duration_s)) == pytest.approx(duration_s, abs=1e-4)


def test_what_is_no_whole_opus_stream(opus: bytes) -> None:
    flipped = bytearray(opus)
    flipped[len(opus) // 2] ^= 4
    for data in (b"", b"OggS", b"<html>" * 50, sound("VORBIS"), opus[:-1], opus + b"x", bytes(flipped), opus[60:]):
        assert opus_duration_s(data) is None
