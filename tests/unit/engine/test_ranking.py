"""The order in which tracks are offered."""

import pytest

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.engine.ranking import diverse, plain, version_key


def track(name: str, artist: str = "", title: str | None = None, duration_s: float = 200.0) -> Track:
    return Track(TrackId(name), None, name if title is None else title, artist, "", duration_s, 0, "own")


def names(tracks: list[Track], *, limit: int = 10, per_artist: int = 2, named: Track | None = None) -> list[str]:
    return [each.track_id for each in diverse(tracks, limit=limit, per_artist=per_artist, named=named)]


FIVE_OF_ONE = [track(name, "Ada") for name in "abcde"]


@pytest.mark.parametrize(("per_artist", "expected"), [(1, "a"), (2, "ab"), (3, "abc"), (0, "abcde")])
def test_so_many_of_one_artist(per_artist: int, expected: str) -> None:
    assert names(FIVE_OF_ONE, per_artist=per_artist) == list(expected)


def test_an_artist_is_one_however_written() -> None:
    spellings = [track("a", "Björk"), track("b", "BJO\u0308RK "), track("c", "  björk")]
    assert names(spellings, per_artist=1) == ["a"]


@pytest.mark.parametrize("artist", ["", "   "])
def test_a_missing_artist_is_nobodys(artist: str) -> None:
    assert names([track(name, artist) for name in "abcd"], per_artist=1) == list("abcd")


def test_room_left_by_one_artist_goes_to_the_next() -> None:
    tracks = [*FIVE_OF_ONE, track("x", "Bob"), track("y", "Cy")]
    assert names(tracks, limit=4) == ["a", "b", "x", "y"]


@pytest.mark.parametrize("limit", [0, 1, 3, 7])
def test_the_limit(limit: int) -> None:
    assert names([track(str(i)) for i in range(5)], limit=limit) == [str(i) for i in range(min(limit, 5))]


def test_no_more_is_asked_for_than_needed() -> None:
    tracks = iter([track(str(i)) for i in range(100)])
    list(diverse(tracks, limit=3, per_artist=2))
    assert next(tracks).track_id in {"3", "4"}


def test_versions_of_one_recording_are_one() -> None:
    tracks = [
        track("mp3", "Ada", "Song"),
        track("flac", "ada", " SONG"),
        track("live", "Ada", "Song", 260.0),
        track("cover", "Bob", "Song"),
    ]
    assert names(tracks, per_artist=0) == ["mp3", "live", "cover"]


def test_tracks_without_a_title_or_artist_are_never_versions() -> None:
    assert names([track("a", "", "Intro"), track("b", "", "Intro"), track("c", "Ada", ""), track("d", "Ada", "")]) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_the_named_track_is_not_repeated_and_does_not_count() -> None:
    named = FIVE_OF_ONE[0]
    assert names(FIVE_OF_ONE, named=named) == ["b", "c"]
    assert names([track("copy", "Ada", "a"), *FIVE_OF_ONE], named=named) == ["b", "c"]
    nameless = track("z", "", "")
    assert names([nameless, track("y", "", "")], named=nameless) == ["y"]


def test_version_keys() -> None:
    assert version_key(track("a", "Ada", "Song", 200.2)) == version_key(track("b", "ADA", "song", 199.9))
    assert version_key(track("a", "Ada", "Song")) != version_key(track("b", "Bob", "Song"))
    assert plain("  Ａｂc\u3000 D ") == "abc d"
