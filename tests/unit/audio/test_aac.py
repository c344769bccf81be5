"""m4a, mp4 and aac: the same sound as another decoder's, the same parts, the right reason, within bounds."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.aac import AacFile
from musicrec_desktop.audio.files import FileReader, blocks, probe, stereo_blocks
from musicrec_desktop.audio.playback import Player
from musicrec_desktop.audio.sandbox import Sandbox
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from tests.encoders import ffmpeg
from tests.signals import melody
from tests.unit.audio.test_capture import wait_for
from tests.unit.audio.test_files import correlation, read, reason_of
from tests.unit.audio.test_playback import Ends, FakeOutput

SR = 44100
VARIANTS = {
    "m4a": ["-c:a", "aac"],
    "aac": ["-c:a", "aac"],
    "mp4": ["-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov", "-frag_duration", "1000000"],
    "alac.m4a": ["-c:a", "alac"],
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aac") / "song.wav"
    samples = melody(12.0, sr=SR).samples
    soundfile.write(path, np.stack([samples, 0.5 * samples], axis=1), SR)
    return path


@pytest.fixture(scope="module", params=VARIANTS)
def encoded(request: pytest.FixtureRequest, original: Path) -> Path:
    return ffmpeg(original, original.with_name(f"노래.{request.param}"), *VARIANTS[request.param])


@pytest.fixture(scope="module")
def m4a(original: Path) -> Path:
    return ffmpeg(original, original.with_name("fast.m4a"), "-c:a", "aac", "-movflags", "+faststart")


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    reader = FileReader(Sandbox())
    yield reader
    reader.close()


def test_it_is_what_another_decoder_hears(encoded: Path, reader: FileReader, tmp_path: Path) -> None:
    wanted = read(ffmpeg(encoded, tmp_path / "reference.wav", "-c:a", "pcm_f32le"))
    got = reader.excerpt(encoded, sr=22050).samples
    assert abs(len(got) - len(wanted)) <= 0.05 * 22050
    n = min(len(got), len(wanted))
    assert correlation(got[:n], wanted[:n]) > 0.999
    assert abs(len(got) / 22050 - 12.0) < 0.05


def test_a_part_is_the_same_part_of_the_whole(encoded: Path, reader: FileReader) -> None:
    whole = reader.excerpt(encoded, sr=SR).samples
    part = reader.excerpt(encoded, start_s=6.3, duration_s=2.5, sr=SR).samples
    assert len(part) == round(2.5 * SR)
    start = round(6.3 * SR)
    np.testing.assert_allclose(part, whole[start : start + len(part)], atol=1e-4)
    assert len(reader.excerpt(encoded, start_s=60.0, sr=SR).samples) == 0


def test_the_header_is_read_without_qt(encoded: Path) -> None:
    info = probe(encoded)
    assert (info.sr, info.channels) == (SR, 2)
    is_estimate = encoded.suffix in {".aac", ".mp4"}
    assert is_estimate or info.duration_s == pytest.approx(12.0, abs=0.05)


def test_for_listening_it_is_stereo_and_decoded_elsewhere(m4a: Path) -> None:
    heard = np.concatenate(list(stereo_blocks(m4a, start_s=2.0, sr=SR)))
    assert len(heard) == pytest.approx(10.0 * SR, abs=0.05 * SR)
    ratio = np.sqrt(np.mean(heard[:, 1] ** 2) / np.mean(heard[:, 0] ** 2))
    assert ratio == pytest.approx(0.5, abs=0.02)
    assert next(blocks(m4a, sr=22050)).sr == 22050
    assert "PySide6.QtMultimedia" not in sys.modules, "Qt's decoder runs in a child alone"


def test_a_preview_of_it_is_heard_and_leaves_no_child(m4a: Path) -> None:
    before = len(multiprocessing.active_children())
    output, ends = FakeOutput(), Ends()
    player = Player(on_finished=ends.finished.set, on_error=ends.fail, volume=1.0, opener=output)
    player.play(m4a, 5.0)
    wait_for(lambda: output.take(0.1).any(), within_s=30.0)
    assert player.position_s == pytest.approx(5.1, abs=0.2)
    player.seek(11.5)
    wait_for(lambda: output.take(0.1) is not None and ends.finished.is_set(), within_s=30.0)
    assert not ends.errors
    player.play(m4a, 0.0)
    player.stop()
    wait_for(lambda: len(multiprocessing.active_children()) <= before)


def test_qt_comes_with_the_first_such_file_only(original: Path, m4a: Path) -> None:
    sandbox = Sandbox()
    try:
        reader = FileReader(sandbox)
        reader.excerpt(original, sr=22050)
        assert list(sandbox.stream(qt_modules, deadline_s=20)) == []
        reader.excerpt(m4a, sr=22050)
        assert "PySide6.QtMultimedia" in list(sandbox.stream(qt_modules, deadline_s=20))
    finally:
        sandbox.close()


def qt_modules() -> Iterator[str]:
    yield from (name for name in list(sys.modules) if name.startswith("PySide6"))


def test_no_name_is_too_strange(m4a: Path, reader: FileReader, tmp_path: Path) -> None:
    for name in (b"\xba\xbd\xb3\xaf.m4a", "봄날 #1?%20.m4a".encode(), b"no extension"):
        if os.name == "nt":
            pytest.skip("Windows has no such names")
        path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118  Path knows no bytes
        path.write_bytes(m4a.read_bytes())
        assert len(reader.excerpt(path, duration_s=1.0, sr=22050).samples) == 22050


def test_files_that_break_off(m4a: Path, original: Path, tmp_path: Path) -> None:
    whole = m4a.read_bytes()
    slow = ffmpeg(original, tmp_path / "slow.m4a", "-c:a", "aac").read_bytes()
    cuts = {"data": whole[: len(whole) // 2], "head": whole[:300], "no description": slow[: len(slow) // 2]}
    for name, content in cuts.items():
        path = tmp_path / f"{name}.m4a"
        path.write_bytes(content)
        assert reason_of(path) == "damaged", name
    zeros = bytearray(whole)
    begin = whole.index(b"mdat") + 4
    zeros[begin:] = bytes(len(whole) - begin)
    (tmp_path / "zeros.m4a").write_bytes(zeros)
    assert reason_of(tmp_path / "zeros.m4a") == "damaged"


def test_a_stream_without_container_may_lack_its_end(original: Path, tmp_path: Path) -> None:
    path = ffmpeg(original, tmp_path / "song.aac", "-c:a", "aac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 4.0 < len(read(path)) / 22050 < 8.0


def test_what_is_no_sound(m4a: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    contents = {"text": b"not a song, but a text\n" * 500, "noise": rng.bytes(300_000), "zeros": bytes(50_000)}
    for name, content in contents.items():
        for suffix in ("m4a", "mp4", "aac"):
            path = tmp_path / f"{name}.{suffix}"
            path.write_bytes(content)
            assert reason_of(path) == "not_audio", path.name
    (tmp_path / "empty.m4a").touch()
    assert reason_of(tmp_path / "empty.m4a") == "empty"
    locked = tmp_path / "locked.m4p"
    locked.write_bytes(m4a.read_bytes().replace(b"mp4a", b"drms"))
    assert reason_of(locked) == "protected"


def test_waiting_for_its_child_can_be_given_up(m4a: Path) -> None:
    before, token = len(multiprocessing.active_children()), CancelToken()
    found = blocks(m4a, sr=SR, token=token)
    token.cancel()
    with pytest.raises(Cancelled):
        next(found)
    assert len(multiprocessing.active_children()) <= before


def test_the_sound_of_a_film(original: Path, tmp_path: Path) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc=d=12:s=64x48:r=5", "-c:v", "mpeg4", "-shortest"]
    film = ffmpeg(original, tmp_path / "film.mp4", *picture, "-c:a", "aac")
    assert len(read(film)) / 22050 == pytest.approx(12.0, abs=0.3)
    assert reason_of(ffmpeg(film, tmp_path / "silent.mp4", "-an", "-c:v", "copy")) == "empty"


def test_spoilt_files_end_in_sound_or_in_our_error(m4a: Path, reader: FileReader, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    whole = np.frombuffer(m4a.read_bytes(), np.uint8)
    path = tmp_path / "spoilt.m4a"
    for round_ in range(25):
        content = whole.copy()
        reach = len(content) if round_ % 2 else 2000  # all over, or in the description
        content[rng.integers(0, reach, 30)] = rng.integers(0, 256, 30)
        path.write_bytes(content.tobytes())
        try:
            assert len(reader.excerpt(path, sr=22050).samples) > 0
        except UndecodableFile as error:
            assert error.reason != "crashed", error


def test_without_qt_multimedia_one_reason(m4a: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)  # as where its system libraries are missing
    with pytest.raises(UndecodableFile) as caught:
        AacFile(m4a, 0.0)
    assert caught.value.reason == "no_decoder"


LONG = """
import re, sys
from pathlib import Path
from musicrec_desktop.audio.aac import AacFile
with AacFile(Path(sys.argv[1]), 0.0) as sound:
    n_frames = 0
    while n := len(sound.read(65536)):
        n_frames += n
print(n_frames / sound.samplerate, re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's account of a process's memory")
def test_an_hour_is_read_in_bounded_memory(original: Path, tmp_path: Path) -> None:
    minute = ffmpeg(original, tmp_path / "short.aac", "-ac", "1", "-ar", "16000", "-c:a", "aac").read_bytes()
    path = tmp_path / "hour.aac"
    path.write_bytes(minute * 300)
    bare = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "PULSE_SERVER", "HOME"}}
    command = [sys.executable, "-c", LONG, path]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=True)
    seconds, peak_kb = done.stdout.split()
    assert float(seconds) == pytest.approx(3600, rel=0.02)
    assert int(peak_kb) < 200 * 1024


def test_what_breaks_the_decoder_costs_a_child(original: Path, m4a: Path, reader: FileReader, tmp_path: Path) -> None:
    """Qt 6.11 dies of a stream that goes on with another number of channels."""
    two = ffmpeg(original, tmp_path / "two.aac", "-c:a", "aac", "-t", "2").read_bytes()
    one = ffmpeg(original, tmp_path / "one.aac", "-c:a", "aac", "-t", "2", "-ac", "1").read_bytes()
    mixed = tmp_path / "mixed.aac"
    mixed.write_bytes(two + one)
    try:
        assert len(reader.excerpt(mixed, sr=SR).samples) > SR
    except UndecodableFile as error:
        assert error.reason in {"crashed", "damaged"}
    assert len(reader.excerpt(m4a, duration_s=1.0, sr=SR).samples) == SR
