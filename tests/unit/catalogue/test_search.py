"""Text search: anywhere in a word, any alphabet, any text."""

import unicodedata
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.hangul import initials
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.types import Tags
from tests.unit.catalogue.stores import add, store_in

SONGS = [
    Tags("봄날", "방탄소년단", "You Never Walk Alone"),
    Tags("밤편지", "아이유", "Palette"),
    Tags("Halo", "Beyoncé", "I Am… Sasha Fierce"),
    Tags("100% Pure_Love", "Crystal Waters", ""),
    Tags("Café del Mar", "Energy 52", ""),
    Tags("Spring Day", "Somebody", "봄"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> CatalogueStore:
    store = store_in(tmp_path_factory.mktemp("search"))
    for number, tags in enumerate(SONGS):
        add(store, number, tags=tags)
    return store


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("탄소년", ["봄날"]),
        ("소년", ["봄날"]),
        ("봄", ["봄날", "Spring Day"]),
        ("편지", ["밤편지"]),
        (unicodedata.normalize("NFD", "방탄소년단"), ["봄날"]),
        ("ㅂㅌㅅㄴㄷ", ["봄날"]),
        ("ㅂㅍㅈ", ["밤편지"]),
        ("ㅇㅇㅇ", ["밤편지"]),
        ("BEYONCE", ["Halo"]),
        ("beyoncé halo", ["Halo"]),
        ("al", ["100% Pure_Love", "Halo", "밤편지", "봄날"]),
        ("pal아", []),
        ("pal 아이", ["밤편지"]),
        ("100%", ["100% Pure_Love"]),
        ("%", ["100% Pure_Love"]),
        ("e_l", ["100% Pure_Love"]),
        ("cafe", ["Café del Mar"]),
        ("…", ["Halo"]),
        ("", []),
        ("  \0\n", []),
    ],
)
def test_it_is_found(store: CatalogueStore, text: str, titles: list[str]) -> None:
    assert sorted(track.title for track in store.search(text)) == sorted(titles)


def test_the_closest_title_comes_first(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number, title in enumerate(["In the rain", "Rainbow", "Rain", "Other"]):
        add(store, number, tags=Tags(title, "Rain Band" if title == "Other" else "x"))
    assert [track.title for track in store.search("rain")] == ["Rain", "Rainbow", "In the rain", "Other"]
    assert [track.title for track in store.search("rain", 2)] == ["Rain", "Rainbow"]
    assert store.search("rain", 0) == []


HOSTILE = [
    'say "hello"',
    "it's",
    "'; DROP TABLE tracks; --",
    "AND OR NOT NEAR(a b)",
    "title:x*",
    '"unbalanced',
    "a\\b%c_d",
    "<b>bold</b>&amp;",
    "right \u202eto left\u202c and \u200fmarks",
    "nul\0inside",
    "עברית ערבית",
    "😀🎵👩‍👩‍👧",
    "x" * 5000,
    "-- /* ? :name @name $name",
    "^start {braces} (parens) [brackets]",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_kept_and_found(tmp_path: Path, title: str) -> None:
    store = store_in(tmp_path)
    add(store, 1, tags=Tags("Quiz"))
    name = add(store, 2, tags=Tags(title, title, title))
    assert store.track(name).title == title
    assert [track.track_id for track in store.search(title)] == [name]
    assert [track.track_id for track in store.search(title[:2])] == [name]
    assert len(store.search("quiz")) == 1


def test_any_query_is_harmless(store: CatalogueStore) -> None:
    for text in (*HOSTILE, '"', "*", "\\", "a " * 500, "\ud800", "NOT", "(", "^"):
        store.search(text)
    assert store.count() == len(SONGS)


def test_searchable_text_is_folded_the_same_way_everywhere() -> None:
    assert searchable(unicodedata.normalize("NFD", "한글 É")) == "한글 e"
    assert searchable("STRASSE") == searchable("straße")
    assert searchable("が") == "が", "the mark makes another letter of it"


def test_initials_are_for_hangul() -> None:
    assert initials("방탄 boys") == "ㅂㅌ boys"
    assert initials("boys") == ""
