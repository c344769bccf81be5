"""Previews on the disk: named by their hash, never used damaged, the oldest dropped, kept ones left alone."""

import errno
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from musicrec_desktop.core.errors import DiskFull, PreviewsUnwritable, PreviewUnavailable
from musicrec_desktop.sync.preview_cache import LEFT_BEHIND_S, Held, PreviewCache, file_name

QUOTA = 1000


def payload(number: int, n_bytes: int = 300) -> bytes:
    return number.to_bytes(4, "big") * (n_bytes // 4)


def sha(number: int) -> str:
    return hashlib.sha256(payload(number)).hexdigest()


@pytest.fixture
def cache(tmp_path: Path) -> PreviewCache:
    return PreviewCache(tmp_path / "previews", quota_bytes=QUOTA)


def put(cache: PreviewCache, *numbers: int, offline: bool = False) -> None:
    """One after the other, each a minute later than the one before."""
    for number in numbers:
        path = cache.put(sha(number), payload(number), offline=offline)
        wanted_at(path, number)


def wanted_at(path: Path, minute: int) -> None:
    os.utime(path, (1_000_000_000 + 60 * minute,) * 2)


def here(cache: PreviewCache, *numbers: int) -> list[int]:
    """Which of them are here, without asking for them."""
    files = {path.stem for path in cache._folder.rglob("*.opus")}
    return [number for number in numbers if sha(number) in files]


def test_what_is_put_is_found_again_by_any_process(cache: PreviewCache, tmp_path: Path) -> None:
    assert cache.path(sha(1)) is None
    path = cache.put(sha(1), payload(1))
    assert path.name == f"{sha(1)}.opus"
    again = PreviewCache(tmp_path / "previews", quota_bytes=QUOTA)
    assert again.path(sha(1)) == path
    assert path.read_bytes() == payload(1)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "name", ["..", "../../x", "", "A" * 64, "a" * 63, "a" * 64 + "\n", "/etc/passwd", "a" * 63 + "é"]
)
def test_names_are_made_of_hashes_alone(cache: PreviewCache, name: str) -> None:
    for ask in (cache.path, cache.keep_offline, cache.let_go, lambda name: cache.put(name, b""), file_name):
        with pytest.raises(PreviewUnavailable, match="no sha256"):
            ask(name)
    assert not cache._folder.exists()


def test_bytes_of_another_hash_are_not_kept(cache: PreviewCache) -> None:
    with pytest.raises(PreviewUnavailable, match="hash mismatch"):
        cache.put(sha(1), payload(2))
    assert here(cache, 1, 2) == []


@pytest.mark.parametrize("offline", [False, True])
@pytest.mark.parametrize("at", [0, 150, 299])
def test_one_flipped_bit_is_noticed_and_the_preview_may_come_again(cache: PreviewCache, at: int, offline: bool) -> None:
    path = cache.put(sha(1), payload(1), offline=offline)
    damaged = bytearray(payload(1))
    damaged[at] ^= 0x10
    path.write_bytes(damaged)
    assert cache.path(sha(1)) is None
    assert (cache.held().count, cache.held_offline().count, cache.offline()) == (0, 0, frozenset())
    assert cache.put(sha(1), payload(1)) == path  # a kept one is kept again
    assert cache.path(sha(1)) == path


@pytest.mark.parametrize("left", [b"", payload(1)[:100]])
def test_a_file_that_was_cut_off_is_noticed(cache: PreviewCache, left: bytes) -> None:
    cache.put(sha(1), payload(1)).write_bytes(left)
    assert cache.path(sha(1)) is None


def test_the_quota_drops_what_was_not_wanted_for_longest(cache: PreviewCache) -> None:
    put(cache, 1, 2, 3)
    assert here(cache, 1, 2, 3) == [1, 2, 3]
    assert cache.held() == Held(3, 900)
    assert cache.path(sha(1)) is not None  # wanted just now
    put(cache, 4)
    assert here(cache, 1, 2, 3, 4) == [1, 3, 4]
    assert cache.held().n_bytes <= QUOTA


def test_one_larger_than_the_quota_is_there_until_the_next(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path, quota_bytes=100)
    put(cache, 1)
    assert here(cache, 1) == [1]
    put(cache, 2)
    assert here(cache, 1, 2) == [2]


def test_kept_ones_are_never_dropped(cache: PreviewCache) -> None:
    put(cache, 1, 2, offline=True)
    put(cache, *range(3, 12))
    assert here(cache, 1, 2) == [1, 2]
    assert cache.held_offline() == Held(2, 600)
    assert cache.offline() == {sha(1), sha(2)}
    assert cache.held() == Held(3, 900)


def test_keeping_one_that_is_here_and_letting_it_go(cache: PreviewCache) -> None:
    assert not cache.keep_offline(sha(1))
    put(cache, 1)
    assert cache.keep_offline(sha(1))
    assert cache.keep_offline(sha(1))
    assert (cache.held().count, cache.held_offline().count) == (0, 1)
    put(cache, 1)  # what is kept stays so, however it is put
    assert (cache.held().count, cache.held_offline().count) == (0, 1)
    put(cache, 2, 3, 4)
    cache.let_go(sha(1))
    assert cache.held_offline().count == 0
    assert cache.held().n_bytes <= QUOTA
    assert cache.path(sha(1)) is not None
    cache.let_go(sha(9))


def test_clearing(cache: PreviewCache) -> None:
    put(cache, 1)
    put(cache, 2, offline=True)
    cache.clear()
    assert here(cache, 1, 2) == [2]
    cache.clear(offline=True)
    assert here(cache, 1, 2) == []


class FullFile:
    """A file on a disk with room for nothing more."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> "FullFile":
        return self

    def __exit__(self, *given: object) -> None:
        pass

    def write(self, data: bytes) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_loses_nothing(
    cache: PreviewCache, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    put(cache, 1)

    def full(descriptor: int, mode: str) -> Any:
        os.close(descriptor)
        return FullFile(number)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", full)
        with pytest.raises(DiskFull):
            cache.put(sha(2), payload(2))
        with pytest.raises(DiskFull):
            cache.put(sha(1), payload(1))
    assert [path.name for path in cache._recent.iterdir()] == [f"{sha(1)}.opus"]
    assert cache.path(sha(1)) is not None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = PreviewCache(tmp_path / "file", quota_bytes=QUOTA)
    for ask in (lambda: cache.put(sha(1), payload(1)), lambda: cache.path(sha(1)), cache.held):
        with pytest.raises(PreviewsUnwritable):
            ask()


def test_a_folder_that_can_only_be_read_still_plays(cache: PreviewCache, monkeypatch: pytest.MonkeyPatch) -> None:
    put(cache, 1)

    def denied(*given: object, **named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name in ("os.utime", "tempfile.mkstemp", "pathlib.Path.unlink"):
        monkeypatch.setattr(name, denied)
    assert cache.path(sha(1)) is not None
    with pytest.raises(PreviewsUnwritable):
        cache.put(sha(2), payload(2))


def test_what_a_killed_process_left_is_swept_away(cache: PreviewCache) -> None:
    put(cache, 1)
    old, young = (cache._recent / f"{name}.partial" for name in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - LEFT_BEHIND_S - 60,) * 2)
    assert cache.held() == Held(1, 300)
    assert (old.exists(), young.exists()) == (False, True)


SHARING = """
import hashlib, sys
from pathlib import Path
from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.sync.preview_cache import PreviewCache
cache = PreviewCache(Path(sys.argv[1]), quota_bytes=20_000)
for i in range(400):
    payload = (i * 7 % 40).to_bytes(4, "big") * 500
    name = hashlib.sha256(payload).hexdigest()
    path = cache.path(name)
    if path is None:
        cache.put(name, payload, offline=i % 5 == 0 and i < 50)
    elif i % 50 == 0:
        cache.keep_offline(name)
"""


def test_processes_share_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SHARING, str(tmp_path)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=60)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    cache = PreviewCache(tmp_path, quota_bytes=20_000)
    files = list(tmp_path.rglob("*"))
    assert not [path for path in files if path.suffix == ".partial"]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in files if path.is_file())
    assert cache.held().n_bytes <= 20_000
    assert cache.held_offline().count >= 8
