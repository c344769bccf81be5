"""Central songs have no file: their preview is fetched, and plays where the song was wanted."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewFile, PreviewRef
from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.sync.preview_cache import PreviewCache
from musicrec_desktop.sync.previews import preview_file
from musicrec_desktop.ui.bridge import Bridge
from musicrec_desktop.ui.preview_player import PreviewPlayer
from musicrec_desktop.workers.previews import Fetch, PreviewWorker
from tests.ui.fakes import FakePlayback, songs

PART = PreviewFile(Path("/cache/a.opus"), 40.0, 30.0)


def central(count: int) -> list[Track]:
    return [replace(song, path=None, source="central", duration_s=200.0) for song in songs(count)]


class Desk:
    """The window's player; the test says when previews come."""

    def __init__(self) -> None:
        self.playback = FakePlayback()
        self.asked: list[TrackId] = []
        self.player = PreviewPlayer(lambda: self.playback, fetch=self.asked.append)  # type: ignore[arg-type]  # a fake
        self.failures: list[Exception] = []
        self.moments: list[float] = []
        self.held: list[bool] = []
        self.player.failed.connect(self.failures.append)
        self.player.moved.connect(self.moments.append)
        self.player.held.connect(self.held.append)

    def playing(self) -> tuple[Path | None, float] | None:
        return (self.playback.path, self.playback.position_s) if self.playback.playing else None


@pytest.fixture
def desk(qapp: object) -> Desk:
    return Desk()


@pytest.fixture
def song() -> Track:
    return central(1)[0]


@pytest.mark.parametrize(("wanted_s", "at_s"), [(52.5, 12.5), (40.0, 0.0), (10.0, 0.0), (69.5, 0.0), (150.0, 0.0)])
def test_it_begins_at_the_matching_moment_where_the_preview_holds_it(
    desk: Desk, song: Track, wanted_s: float, at_s: float
) -> None:
    desk.player.play(song, wanted_s)
    assert (desk.asked, desk.playing()) == ([song.track_id], None)
    desk.player.on_preview(song.track_id, PART)
    assert desk.playing() == (PART.path, at_s)
    assert desk.moments[-1] == 40.0 + at_s
    desk.playback.position_s += 2.0
    desk.player._look()
    assert desk.moments[-1] == 42.0 + at_s


def test_what_played_before_is_silent_while_the_preview_is_on_its_way(desk: Desk, song: Track) -> None:
    desk.player.play(songs(1)[0], 3.0)
    desk.player.play(song, 50.0)
    assert desk.playing() is None


def test_seeking_stays_within_the_preview(desk: Desk, song: Track) -> None:
    desk.player.play(song, 50.0)
    desk.player.seek_share(0.3)  # while it is on its way
    desk.player.on_preview(song.track_id, PART)
    assert desk.playback.position_s == 20.0
    for share, at_s in ((0.25, 10.0), (0.1, 0.0), (0.9, 30.0)):
        desk.player.seek_share(share)
        assert desk.playback.position_s == at_s


def test_after_it_an_own_song_counts_from_its_beginning_again(desk: Desk, song: Track) -> None:
    desk.player.play(song, 50.0)
    desk.player.on_preview(song.track_id, PART)
    desk.player.play(songs(1)[0], 7.0)
    desk.player._look()
    assert desk.moments[-1] == 7.0
    desk.player.seek_share(0.5)
    assert desk.playback.position_s == songs(1)[0].duration_s / 2


def test_an_answer_for_another_song_comes_too_late(desk: Desk) -> None:
    first, second = central(2)
    desk.player.play(first, 50.0)
    desk.player.play(second, 50.0)
    desk.player.on_preview(first.track_id, PART)
    desk.player.on_preview_failed(first.track_id, PreviewUnavailable(track_id=first.track_id))
    assert (desk.playing(), desk.failures) == (None, [])
    desk.player.on_preview(second.track_id, PART)
    desk.player.on_preview(second.track_id, replace(PART, path=Path("/again")))
    assert desk.playing() == (PART.path, 10.0)


def test_one_that_cannot_be_had_says_so_and_can_be_tried_again(desk: Desk, song: Track) -> None:
    error = PreviewUnavailable(track_id=song.track_id, detail="too slow")
    desk.player.play(song, 50.0)
    desk.player.on_preview_failed(song.track_id, error)
    assert (desk.failures, desk.playing()) == ([error], None)
    desk.player.toggle()
    assert desk.asked == [song.track_id] * 2


def test_the_button_gives_up_waiting(desk: Desk, song: Track) -> None:
    desk.player.play(song, 50.0)
    desk.player.toggle()
    desk.player.on_preview(song.track_id, PART)
    assert desk.playing() is None
    desk.player.toggle()
    desk.player.on_preview(song.track_id, PART)
    assert desk.playing() == (PART.path, 0.0)


@pytest.mark.parametrize("comes_while_listening", [True, False])
def test_a_preview_that_comes_while_the_microphone_listens_waits(
    desk: Desk, song: Track, comes_while_listening: bool
) -> None:
    desk.player.play(song, 50.0)
    desk.player.hold(True)
    assert desk.held[-1]
    if comes_while_listening:
        desk.player.on_preview(song.track_id, PART)
    assert desk.playing() is None
    desk.player.hold(False)
    if not comes_while_listening:
        assert desk.playing() is None
        desk.player.on_preview(song.track_id, PART)
    assert desk.playing() == (PART.path, 10.0)
    assert not desk.held[-1]


def test_given_up_while_listening_nothing_plays_after(desk: Desk, song: Track) -> None:
    desk.player.play(song, 50.0)
    desk.player.hold(True)
    desk.player.on_preview_failed(song.track_id, PreviewUnavailable(track_id=song.track_id))
    desk.player.hold(False)
    assert desk.playing() is None


def test_a_list_plays_on_through_own_and_central_songs(desk: Desk) -> None:
    tracks = [central(1)[0], songs(2)[1]]
    desk.player.play_all(tracks)
    assert desk.player.queue == tracks
    desk.player.on_preview(tracks[0].track_id, PART)
    desk.player.on_finished()
    assert desk.playing() == (tracks[1].path, 0.0)
    desk.player.previous()
    assert desk.asked == [tracks[0].track_id] * 2


def opus() -> bytes:
    out = io.BytesIO()
    noise = np.random.default_rng(1).normal(0, 0.1, 3 * 48_000).astype(np.float32)
    soundfile.write(out, noise, 48_000, format="OGG", subtype="OPUS")
    return out.getvalue()


def test_through_the_thread_and_the_cache(qtbot: QtBot, song: Track, tmp_path: Path) -> None:
    """All parts but the source and the loudspeaker are the real ones."""
    payload = opus()
    ref = PreviewRef(hashlib.sha256(payload).hexdigest(), 40.0)

    class Source:
        def fetch(self, sha256: str, *, token: CancelToken) -> bytes:
            return payload

    @contextmanager
    def opened() -> Iterator[Fetch]:
        yield partial(
            preview_file,
            preview_of={song.track_id: ref}.get,
            cache=PreviewCache(tmp_path, quota_bytes=10**6),
            source=Source(),
        )

    playback, bridge = FakePlayback(), Bridge()
    worker = PreviewWorker(opened=opened, on_file=bridge.preview_found.emit, on_error=bridge.preview_failed.emit)
    player = PreviewPlayer(lambda: playback, fetch=worker.ask)  # type: ignore[arg-type]  # a fake
    bridge.preview_found.connect(player.on_preview)
    bridge.preview_failed.connect(player.on_preview_failed)
    player.play(song, 41.5)
    qtbot.waitUntil(lambda: playback.playing)
    assert playback.path is not None
    assert playback.path.read_bytes() == payload
    assert playback.position_s == 1.5
    with qtbot.waitSignal(player.failed) as failed:
        player.play(central(2)[1], 0.0)
    assert isinstance(failed.args[0], PreviewUnavailable)
    worker.stop()
