"""Previews to play and previews to keep: from here, or from the source."""

import hashlib
import io
import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.central import PreviewFile, PreviewRef
from musicrec_desktop.core.errors import DiskFull, PreviewUnavailable, RemoteUnreachable
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.sync.preview_cache import PreviewCache
from musicrec_desktop.sync.previews import (
    GIVE_UP_AFTER,
    USUAL_BYTES,
    OfflineProgress,
    WantedPreview,
    keep_offline,
    preview_file,
    total_of,
)

SONG = TrackId("s" * 32)


@lru_cache(maxsize=32)
def opus(number: int, duration_s: float = 1.0) -> bytes:
    out = io.BytesIO()
    noise = np.random.default_rng(number).normal(0, 0.1, round(48_000 * duration_s)).astype(np.float32)
    soundfile.write(out, noise, 48_000, format="OGG", subtype="OPUS")
    return out.getvalue()


def sha(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


class Source:
    """Has some previews; counts who asks."""

    def __init__(self, *payloads: bytes) -> None:
        self.has = {sha(payload): payload for payload in payloads}
        self.asked: list[str] = []
        self.trouble: Exception | None = None
        self.cancel_after = -1

    def fetch(self, sha256: str, *, token: CancelToken) -> bytes:
        token.check()
        self.asked.append(sha256)
        if len(self.asked) == self.cancel_after:
            token.cancel()
        if self.trouble:
            raise self.trouble
        if sha256 not in self.has:
            raise PreviewUnavailable(track_id="", detail="status 404")
        return self.has[sha256]


@pytest.fixture
def cache(tmp_path: Path) -> PreviewCache:
    return PreviewCache(tmp_path / "previews", quota_bytes=1_000_000)


def ask(cache: PreviewCache, source: Source, ref: PreviewRef | None) -> PreviewFile:
    return preview_file(SONG, preview_of=lambda _: ref, cache=cache, source=source, token=CancelToken())


def test_it_is_fetched_once_and_says_which_part_of_the_song_it_is(cache: PreviewCache) -> None:
    source, ref = Source(opus(1, 1.5)), PreviewRef(sha(opus(1, 1.5)), 42.5)
    first = ask(cache, source, ref)
    assert first.path.read_bytes() == opus(1, 1.5)
    assert (first.start_s, first.duration_s) == (42.5, pytest.approx(1.5, abs=0.001))
    assert ask(cache, source, ref) == first
    assert len(source.asked) == 1


def test_a_damaged_file_is_fetched_again(cache: PreviewCache) -> None:
    source, ref = Source(opus(1)), PreviewRef(sha(opus(1)), 0.0)
    path = ask(cache, source, ref).path
    path.write_bytes(opus(1)[:-1] + b"?")
    assert ask(cache, source, ref).path.read_bytes() == opus(1)
    assert len(source.asked) == 2


@pytest.mark.parametrize("ref", [None, PreviewRef(""), PreviewRef("../x"), PreviewRef("0" * 64)])
def test_the_song_is_named_when_there_is_nothing_to_play(cache: PreviewCache, ref: PreviewRef | None) -> None:
    with pytest.raises(PreviewUnavailable) as refused:
        ask(cache, Source(), ref)
    assert refused.value.track_id == SONG


def test_no_network_is_a_preview_that_cannot_be_had(cache: PreviewCache) -> None:
    source = Source(opus(1))
    source.trouble = RemoteUnreachable(server="db:3306", detail="timed out")
    with pytest.raises(PreviewUnavailable, match="timed out"):
        ask(cache, source, PreviewRef(sha(opus(1))))


def test_what_is_here_plays_without_a_network(cache: PreviewCache) -> None:
    cache.put(sha(opus(1)), opus(1), offline=True)
    source = Source()
    assert ask(cache, source, PreviewRef(sha(opus(1)))).path.read_bytes() == opus(1)
    assert source.asked == []


PAYLOADS = tuple(opus(number) for number in range(6))
WANTED = tuple(WantedPreview(sha(payload), len(payload)) for payload in PAYLOADS)
TOTAL = sum(map(len, PAYLOADS))


def keep(
    cache: PreviewCache,
    source: Source,
    heard: list[OfflineProgress],
    wanted: Sequence[WantedPreview] = WANTED,
    token: CancelToken | None = None,
) -> OfflineProgress:
    return keep_offline(cache, source, wanted, token=token or CancelToken(), report=heard.append)


def test_all_are_kept_and_the_size_is_known_before(cache: PreviewCache) -> None:
    heard: list[OfflineProgress] = []
    done = keep(cache, Source(*PAYLOADS), heard, (*WANTED, WANTED[0]))
    assert heard[0] == OfflineProgress(6, TOTAL)
    assert heard[-1] == done == OfflineProgress(6, TOTAL, done=6, done_bytes=TOTAL)
    assert [one.done for one in heard] == list(range(7))
    assert cache.held_offline().n_bytes == TOTAL
    assert total_of(cache, WANTED) == done


def test_lengths_that_nobody_told_are_guessed_and_put_right(cache: PreviewCache) -> None:
    heard: list[OfflineProgress] = []
    done = keep(cache, Source(*PAYLOADS), heard, [WantedPreview(one.sha256) for one in WANTED])
    assert heard[0].n_bytes == 6 * USUAL_BYTES
    assert (done.n_bytes, done.done_bytes) == (TOTAL, TOTAL)


def test_cancelled_in_the_middle_it_goes_on_later(cache: PreviewCache) -> None:
    source, heard = Source(*PAYLOADS), []
    source.cancel_after = 3
    with pytest.raises(Cancelled):
        keep(cache, source, heard)
    assert cache.held_offline().count == 3
    assert keep(cache, source, heard).done == 6
    assert len(source.asked) == len(set(source.asked)) == 6


def test_those_played_lately_are_kept_without_being_fetched(cache: PreviewCache) -> None:
    cache.put(WANTED[2].sha256, PAYLOADS[2])
    source = Source(*PAYLOADS)
    assert keep(cache, source, []).done == 6
    assert WANTED[2].sha256 not in source.asked
    assert (cache.held().count, cache.held_offline().count) == (0, 6)


def test_a_damaged_one_comes_again_with_the_next_run(cache: PreviewCache) -> None:
    source = Source(*PAYLOADS)
    keep(cache, source, [])
    path = cache.path(WANTED[1].sha256)
    assert path is not None
    path.write_bytes(PAYLOADS[0])
    assert cache.path(WANTED[1].sha256) is None
    assert keep(cache, source, []).done == 6
    assert source.asked.count(WANTED[1].sha256) == 2


def test_one_that_is_missing_is_counted_and_passed_over(cache: PreviewCache) -> None:
    done = keep(cache, Source(*PAYLOADS[1:]), [])
    assert (done.done, done.failed, done.done_bytes) == (5, 1, TOTAL - len(PAYLOADS[0]))


def test_a_source_that_gives_nothing_is_not_asked_for_all(cache: PreviewCache) -> None:
    rng = random.Random(1)
    wanted = [WantedPreview(rng.randbytes(32).hex()) for _ in range(100)]
    source, heard = Source(), []
    with pytest.raises(PreviewUnavailable, match="404"):
        keep(cache, source, heard, wanted)
    assert len(source.asked) == heard[-1].failed == GIVE_UP_AFTER


def test_a_lost_link_and_a_full_disk_end_it(cache: PreviewCache, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(*PAYLOADS)
    source.trouble = RemoteUnreachable(server="db:3306")
    with pytest.raises(RemoteUnreachable):
        keep(cache, source, [])
    source.trouble = None

    def full(*given: object, **named: object) -> Path:
        raise DiskFull(path=Path("/previews"))

    monkeypatch.setattr(cache, "put", full)
    with pytest.raises(DiskFull):
        keep(cache, source, [])
    assert len(source.asked) == 2
