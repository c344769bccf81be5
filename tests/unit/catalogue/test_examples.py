"""Examples of what can be typed, from the songs that are there."""

from musicrec_desktop.catalogue.examples import examples
from musicrec_desktop.core.types import Track, TrackId


def songs(*names: tuple[str, str]) -> list[Track]:
    return [
        Track(TrackId(str(i)), None, title, artist, "", 10.0, None, "own") for i, (title, artist) in enumerate(names)
    ]


def test_first_sounds_a_word_of_each_kind_and_an_artist() -> None:
    found = examples(songs(("봄날", "방탄소년단"), ("Rainy Day", "Somebody")))
    assert found == ("ㅂㅌㅅㄴㄷ", "봄날", "Rainy", "방탄소년단")


def test_without_korean_there_are_fewer_kinds() -> None:
    found = examples(songs(("Rainy Day", "Some Artist With a Long Name"), ("Theme", "Me")))
    assert found == ("Rainy", "Me", "Theme")
    assert examples([]) == ()
