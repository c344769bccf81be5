"""Import of real music by the command line: whole, killed, with bad files among it, within its memory."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.feature_spec import FeatureSpec

REPOSITORY = Path(__file__).resolve().parents[2]
MEMORY_LIMIT = 300 * 2**20
TWO_HOURS_S = 2 * 3600


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "musicrec_desktop", *map(str, arguments)]


def musicrec(home: Path, *arguments: object) -> list[dict[str, Any]]:
    """The JSON objects that a command prints."""
    done = subprocess.run(
        command(*arguments, "--json"),
        env=surroundings(home),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def surroundings(home: Path) -> dict[str, str]:
    return os.environ | {"MUSICREC_HOME": str(home)}


@contextmanager
def opened(home: Path) -> Iterator[CatalogueStore]:
    with CatalogueStore(home / "catalogue.db", fingerprint=FeatureSpec().fingerprint()) as store:
        yield store


def songs(music: Path) -> list[Path]:
    return sorted(path for path in (music / "catalogue").rglob("*") if path.is_file())


def test_all_real_music_is_added(imported_home: Path, music: Path) -> None:
    with opened(imported_home) as store:
        tracks = store.tracks()
        store.check()
        assert [track.path for track in tracks] == songs(music)
        assert len({track.track_id for track in tracks}) == len(tracks) == 131
        assert all(track.title for track in tracks)
        assert all(5 < track.duration_s < 30.1 for track in tracks)
        for track in tracks:
            starts_s, statistics = store.statistics(track.track_id)
            assert len(starts_s) == len(statistics) > 0
            assert starts_s[-1] + FeatureSpec().passage_s == pytest.approx(max(track.duration_s, 6.0), abs=1.0)


def test_a_second_import_takes_no_time(imported_home: Path, music: Path, tmp_path: Path) -> None:
    home = shutil.copytree(imported_home, tmp_path / "home")
    *files, summary = musicrec(home, "import", music / "catalogue")
    assert Counter(file["status"] for file in files) == {"unchanged": 131}
    assert summary["unchanged"] == 131
    assert summary["seconds"] < 1.0


def children_of(pid: int) -> list[int]:
    return [int(stat.split()[0]) for stat in _stats() if int(stat.rsplit(")", 1)[1].split()[1]) == pid]


def _stats() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # processes come and go
            yield path.read_text()


def killed_after(home: Path, folder: Path, n_files: int) -> int:
    """Start an import and kill it when it has told of this many files; how many it added."""
    began = subprocess.Popen(
        command("import", folder, "--json"),
        env=surroundings(home),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert began.stdout is not None
    told = [json.loads(began.stdout.readline()) for _ in range(n_files)]
    children = children_of(began.pid)
    began.send_signal(signal.SIGKILL)
    told += [json.loads(line) for line in began.stdout if line.endswith("}\n")]
    began.stdout.close()
    began.wait()
    deadline = time.monotonic() + 5.0
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "the decoders go with their parent"
        time.sleep(0.02)
    return sum(file["status"] == "added" for file in told)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the children in /proc")
def test_killed_and_started_again_it_goes_on(imported_home: Path, music: Path, tmp_path: Path) -> None:
    home, n_added = tmp_path / "home", 0
    for n_files in (5, 70):
        n_added += killed_after(home, music / "catalogue", n_files)
        with opened(home) as store:
            store.check()
            assert n_added <= store.count() <= n_added + 1, "what was told is kept; one more may be unsaid"
            n_added = store.count()
    *files, summary = musicrec(home, "import", music / "catalogue")
    assert (summary["unchanged"], summary["added"], len(files)) == (n_added, 131 - n_added, 131)
    with opened(home) as store, opened(imported_home) as whole:
        assert {track.track_id: track.path for track in store.tracks()} == {
            track.track_id: track.path for track in whole.tracks()
        }
        for track in whole.tracks():
            for mine, theirs in zip(store.statistics(track.track_id), whole.statistics(track.track_id), strict=True):
                np.testing.assert_array_equal(mine, theirs)


def bad_files(folder: Path, good: Path) -> dict[str, set[str]]:
    """Files that cannot be imported, and the reasons that would be right."""
    (folder / "text.mp3").write_text("not a song, but a text\n" * 500)
    (folder / "empty.ogg").write_bytes(b"")
    samples, sr = soundfile.read(good, dtype="float32")
    soundfile.write(folder / "whole.flac", samples, sr)
    whole = (folder / "whole.flac").read_bytes()
    (folder / "whole.flac").unlink()
    (folder / "cut.flac").write_bytes(whole[: len(whole) // 2])
    # STREAMINFO: the last 36 of the 64 bits at 18 are the number of samples
    (packed,) = struct.unpack(">Q", whole[18:26])
    hours = struct.pack(">Q", packed >> 36 << 36 | 10**10)
    (folder / "hours.flac").write_bytes(whole[:18] + hours + whole[26:])
    soundfile.write(folder / "second.wav", samples[:sr], sr)
    (folder / "cut.ogg").write_bytes(good.read_bytes()[:100])
    return {
        "text.mp3": {"not_audio"},
        "empty.ogg": {"empty"},
        "cut.flac": {"damaged"},
        "hours.flac": {"too_long"},
        "second.wav": {"too_short"},
        "cut.ogg": {"not_audio", "damaged"},
    }


def test_bad_files_have_one_line_each_and_the_rest_is_imported(music: Path, tmp_path: Path) -> None:
    folder, home = tmp_path / "music", tmp_path / "home"
    folder.mkdir()
    good = songs(music)[:5]
    for song in good:
        (folder / song.name).symlink_to(song)
    expected = bad_files(folder, good[0])
    *files, summary = musicrec(home, "import", folder)
    reasons = {Path(file["path"]).name: file["reason"] for file in files if file["status"] == "failed"}
    assert set(reasons) == set(expected)
    assert {name for name in expected if reasons[name] not in expected[name]} == set(), reasons
    assert (summary["added"], summary["failed"]) == (5, len(expected))
    listed = musicrec(home, "tracks")
    assert [track["path"] for track in listed] == sorted(str(folder / song.name) for song in good)


@pytest.fixture(scope="module")
def two_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of mp3, over and over: its frames follow one another as in one long file."""
    path = tmp_path_factory.mktemp("long") / "two hours.mp3"
    sr = 22050
    t = np.arange(60 * sr) / sr
    tone = 0.3 * np.sin(2 * np.pi * 220 * t) * (1 + np.sin(2 * np.pi * 2 * t)) / 2
    noise = np.random.default_rng(0).normal(0, 0.02, len(t))
    soundfile.write(path, noise + tone, sr, compression_level=0.9, bitrate_mode="CONSTANT")
    minute = path.read_bytes()
    path.write_bytes(minute * (TWO_HOURS_S // 60))
    return path


# Of the largest among the program and its children; in kilobytes, on a Mac in bytes. Asked by a small process, for
# what a process starts with counts as its own: this one's memory would.
WITNESS = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(largest if sys.platform == "darwin" else 1024 * largest)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs the system's account of a child's memory")
def test_a_file_of_two_hours_stays_within_its_memory(two_hours: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITNESS, *command("import", two_hours, "--json")],
        env=surroundings(tmp_path / "home"),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    *told, largest = map(json.loads, done.stdout.splitlines())
    assert told[0]["status"] == "added", told
    print(f"largest process: {largest / 2**20:.0f} MB")
    assert largest < MEMORY_LIMIT
    with opened(tmp_path / "home") as store:
        assert store.tracks()[0].duration_s == pytest.approx(TWO_HOURS_S, rel=0.01)
