"""Which song plays, from when, and what comes after it."""

from dataclasses import replace

import pytest

from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.ui.preview_player import PreviewPlayer
from tests.ui.fakes import FakePlayback, songs


class Desk:
    def __init__(self) -> None:
        self.playback = FakePlayback()
        self.made = 0
        self.player = PreviewPlayer(self.make, shuffle=lambda tracks: tracks.reverse())
        self.failures: list[Exception] = []
        self.player.failed.connect(self.failures.append)

    def make(self) -> FakePlayback:
        self.made += 1
        return self.playback


@pytest.fixture
def desk(qapp: object) -> Desk:
    return Desk()


def test_the_output_is_made_when_something_is_first_played(desk: Desk) -> None:
    desk.player.set_volume(0.4)
    desk.player.toggle()
    desk.player.previous()
    assert desk.made == 0
    desk.player.play(songs(3)[1], 12.0)
    assert desk.made == 1
    assert (desk.playback.volume, desk.playback.position_s) == (0.4, 12.0)


def test_next_and_previous_walk_the_list(desk: Desk) -> None:
    tracks = songs(3)
    desk.player.play(tracks[1], 12.0, tracks)
    desk.player.next()
    assert desk.player.track == tracks[2]
    desk.player.next()
    assert desk.player.track == tracks[2]
    desk.player.previous()
    assert desk.player.track == tracks[1]
    desk.playback.position_s = 10.0
    desk.player.previous()
    assert (desk.player.track, desk.playback.position_s) == (tracks[1], 0.0)


def test_the_end_of_a_song_begins_the_next_and_the_last_one_can_be_played_again(desk: Desk) -> None:
    tracks = songs(2)
    desk.player.play_all(tracks)
    desk.player.on_finished()
    assert desk.player.track == tracks[1]
    desk.player.on_finished()
    desk.playback.playing = False
    desk.player.toggle()
    assert desk.playback.playing
    assert desk.playback.position_s == 0.0


def test_shuffle_and_songs_without_a_file(desk: Desk) -> None:
    tracks = songs(3)
    tracks[2] = replace(tracks[2], path=None)
    desk.player.play_shuffled(tracks)
    assert desk.player.queue == [tracks[1], tracks[0]]


def test_a_song_without_a_file_says_so(desk: Desk) -> None:
    desk.player.play(replace(songs(1)[0], path=None), 0.0)
    assert isinstance(desk.failures[0], PreviewUnavailable)
    assert not desk.playback.playing


def test_it_is_silent_while_the_microphone_listens_and_only_then(desk: Desk) -> None:
    desk.player.hold(True)
    assert not desk.playback.playing
    desk.player.play(songs(1)[0], 0.0)
    desk.player.hold(True)
    assert not desk.playback.playing
    desk.player.hold(False)
    assert desk.playback.playing
    desk.player.toggle()
    desk.player.hold(True)
    desk.player.hold(False)
    assert not desk.playback.playing
