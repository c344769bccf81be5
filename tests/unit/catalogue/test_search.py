"""Text search: anywhere in a word, any alphabet, any text."""

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from musicrec_desktop.catalogue import hangul
from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.matched import matched_spans
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
        ("소년단", ["봄날"]),
        ("ㅂㅌ", ["봄날"]),
        ("ㅅㄴ", ["봄날"]),
        ("ㅂㅌ소년", ["봄날"]),
        ("방ㅌ", ["봄날"]),
        ("방타", ["봄날"]),
        ("방탄ㅅ", ["봄날"]),
        ("바", ["밤편지", "봄날"]),
        ("밤ㅍ 아이", ["밤편지"]),
        ("밤펴", ["밤편지"]),
        ("밤 편지", ["밤편지"]),
        ("cafédelmar", ["Café del Mar"]),
        ("ＨＡＬＯ", ["Halo"]),
        ("qhaskf", ["봄날"]),
        ("ㅗ미ㅐ", ["Halo"]),
        ("방탄소냔단", ["봄날"]),
        ("방탄소다", ["봄날"]),
        ("바탄소년단", ["봄날"]),
        ("방탄소녇난", ["봄날"]),
        ("방소년단", ["봄날"]),
        ("방탄소소년단", ["봄날"]),
        ("방탄학년단", ["봄날"]),
        ("소냔", ["봄날"]),
        ("beyocne", ["Halo"]),
        ("byonce", ["Halo"]),
        ("halo beyomce", ["Halo"]),
        ("zzzz", []),
        ("뷁", []),
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
    for text in (*HOSTILE, '"', "*", "\\", "a " * 500, "\ud800", "NOT", "(", "^", "봄" * 10_000, "😀" * 300):
        store.search(text)
        store.nearest(text)
        matched_spans(("봄날", "x", ""), text)
    assert store.count() == len(SONGS)


def test_searchable_text_is_folded_the_same_way_everywhere() -> None:
    assert searchable(unicodedata.normalize("NFD", "한글 É")) == "한글 e"
    assert searchable("STRASSE") == searchable("straße")
    assert searchable("が") == "が", "the mark makes another letter of it"


def test_a_final_consonant_may_begin_the_next_syllable(tmp_path: Path) -> None:
    """봄 and 갑 are passed on the way to 보물 and 갑사; 값 and ㄳ are what a keyboard makes of 갑ㅅ and ㄱㅅ."""
    store = store_in(tmp_path)
    for number, title in enumerate(["보물", "갑사", "감사", "과수원"]):
        add(store, number, tags=Tags(title, "x"))
    found = {text: [track.title for track in store.search(text)] for text in ("봄", "값", "ㄳ", "고", "밟")}
    assert found == {"봄": ["보물"], "값": ["갑사"], "ㄳ": ["갑사", "감사", "과수원"], "고": ["과수원"], "밟": []}


def test_spelt_so_comes_before_what_could_be_meant(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    titles = ["보물", "나의 봄날", "봄날의 기억", "봄날", "새봄날", "봄나라", "다른 노래"]
    for number, title in enumerate(titles):
        add(store, number, tags=Tags(title, "봄날" if title == "다른 노래" else "x"))
    found = [track.title for track in store.search("봄날")]
    assert found == ["봄날", "봄날의 기억", "나의 봄날", "새봄날", "다른 노래", "봄나라"]


def test_a_word_is_not_put_together_from_the_ends_of_others(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    add(store, 1, tags=Tags("the apple", "x"))
    assert [len(store.search(text)) for text in ("ea", "theapple", "the a", "app")] == [0, 1, 1, 1]


def test_another_number_is_no_slip(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number, title in enumerate(["Symphony No. 5", "Symphony No. 6"]):
        add(store, number, tags=Tags(title, "x"))
    assert [track.title for track in store.search("symphny no. 6")] == ["Symphony No. 6"]
    assert store.search("symphony no. 7") == []


_TITLES = (
    "사랑했지만 거짓말 너의 의미 좋은 날 첫눈처럼 너에게 가겠다|벚꽃 엔딩|여수 밤바다|그대라는 사치|비밀의 화원|"
    "취중진담|서른 즈음에|광화문에서|Smells Like Teen Spirit|Yesterday|Billie Jean|Stairway to Heaven|Clair de Lune|"
    "Take Five|Blue in Green|Bohemian Rhapsody|거위의 꿈|나는 나비|붉은 노을|소주 한 잔|눈의 꽃|보고 싶다|첫사랑"
)
TITLES = _TITLES.split("|")


def slips(title: str, chance: random.Random) -> Iterator[str]:
    """The title typed with one key wrong, missing, twice, or exchanged with the next."""
    keys = [key for sign in title for key in hangul.keys(sign)]
    at = chance.randrange(1, len(keys) - 1)
    other = "ㅇ" if keys[at] in hangul.INITIALS else "ㅡ" if ord(keys[at]) > 127 else "q"
    for typed in (
        [*keys[:at], other, *keys[at + 1 :]],
        [*keys[:at], *keys[at + 1 :]],
        [*keys[:at], keys[at], *keys[at:]],
        [*keys[:at], keys[at + 1], keys[at], *keys[at + 2 :]],
    ):
        yield hangul.composed("".join(typed))


def test_one_slip_and_the_song_still_comes_first(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number, title in enumerate(TITLES):
        add(store, number, tags=Tags(title, f"가수 {number}", "모음"))
    chance = random.Random(7)
    asked = [(text, title) for title in TITLES for text in slips(title, chance)]
    missed = [(text, title) for text, title in asked if [track.title for track in store.search(text, 1)] != [title]]
    assert missed == []


def test_changes_are_searched_at_once_by_every_store(tmp_path: Path) -> None:
    one, other = store_in(tmp_path), store_in(tmp_path)
    name = add(one, 1, tags=Tags("봄날", "x"))
    assert [track.track_id for track in other.search("봄")] == [name]
    add(one, 2, tags=Tags("봄비", "x"))
    assert len(other.search("봄")) == 2
    add(one, 1, tags=Tags("가을", "x"))
    assert [track.title for track in other.search("봄")] == ["봄비"]
    other.remove([name])
    assert one.search("가을") == []
    assert [track.title for track in one.search("봄")] == ["봄비"]


def test_a_song_is_small_in_the_file(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number in range(200):
        add(store, number, tags=Tags("방탄소년단의 노래 " * 3, "가수 이름", "앨범의 긴 이름"))
    store.close()
    connection = apsw.Connection(str(tmp_path / "catalogue.db"))
    (n_bytes,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").fetchall()[0]
    connection.close()
    assert 0 < int(str(n_bytes)) / 200 < 1000


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("방탕손여단이", "방탄소년단"),
        ("bm pyeonji", None),
        ("밤팬지", "밤편지"),
        ("cofe dal mor", "Café del Mar"),
        ("", None),
    ],
)
def test_the_nearest_spelling_is_offered(store: CatalogueStore, text: str, title: str | None) -> None:
    assert store.nearest(text) == title


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert [store.search(text) for text in ("봄", "abcdef", "방탄소냔단", "")] == [[]] * 4
    assert store.nearest("방탄소년단") is None
