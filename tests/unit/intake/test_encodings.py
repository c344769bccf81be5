"""Which encoding a tag is in: right where it can be told, and never at the cost of a Western name."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from musicrec_desktop.intake.encodings import Raw, texts


def names() -> dict[str, list[str]]:
    """The names in names.txt by language."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("["):
            found[line.strip("[]")] = here = []
        elif line:
            here.append(line)
    return found


NAMES = names()
ENCODINGS = {"korean": "cp949", "chinese": "gbk", "japanese": "shift_jis", "russian": "cp1251"}


def read(raw: Raw) -> str:
    return texts([raw])[0]


@pytest.mark.parametrize("language", ENCODINGS)
def test_eastern_texts_are_told_by_what_they_say(language: str) -> None:
    encoding, words = ENCODINGS[language], NAMES[language]
    assert {word: read(word.encode(encoding)) for word in words} == {word: word for word in words}
    as_latin = [word.encode(encoding).decode("latin-1") for word in words]  # decoded wrongly and stored as Unicode
    assert [read(text) for text in as_latin] == words


def test_western_names_are_never_harmed() -> None:
    for word in NAMES["western"]:
        assert read(word.encode("cp1252")) == word
        assert read(word) == word
        assert read(unicodedata.normalize("NFD", word)) == unicodedata.normalize("NFD", word)
    for one, other in pairwise(NAMES["western"]):
        assert texts([one.encode("cp1252"), other.encode("cp1252"), other]) == [one, other, other]


def test_what_cannot_be_told_stays_as_it_is() -> None:
    for word in NAMES["greek"]:
        assert read(word.encode("cp1253")) == word.encode("cp1253").decode("latin-1")


def test_texts_that_are_right_already_stay() -> None:
    for word in [*(name for each in NAMES.values() for name in each), "ASCII", "", "Ştefan", "naïve ☕", "𝄞"]:
        assert read(word) == word
        assert read(word.encode()) == word, "UTF-8, in a frame that says Latin-1"


def test_unicode_that_was_encoded_twice() -> None:
    assert read("BeyoncÃ©") == "Beyoncé"
    assert read("Donâ€™t") == "Don’t"
    assert read("ë´„ë‚\xa0") == "봄날"


def test_fields_of_one_file_are_judged_together() -> None:
    assert texts(["집".encode("cp949"), "아이유".encode("cp949")]) == ["집", "아이유"]
    assert texts(["IU", "새".encode("cp949"), "하늘".encode("cp949")]) == ["IU", "새", "하늘"]
    assert texts(["A형".encode("cp949"), "임재범".encode("cp949")]) == ["A형", "임재범"]
    assert texts(["봄날".encode("cp949"), "Beyoncé".encode("latin-1")]) == ["봄날", "Beyoncé"]
    assert texts(["봄날".encode("cp949"), "CORAÇÃO".encode("latin-1")]) == ["봄날", "CORAÇÃO"]


def test_a_field_that_ends_within_a_letter() -> None:
    title = "뜨거운 여름밤은 가고 남은 건 볼품없지만"
    cut = title.encode("cp949")[:30]
    assert len(cut.decode("cp949", "ignore").encode("cp949")) == 29, "the thirtieth byte is half a letter"
    assert read(cut) == cut.decode("cp949", "ignore")
    assert read(title.encode()[:29]) == title.encode()[:29].decode(errors="ignore")


def test_windows_quotes_in_what_claims_to_be_latin() -> None:
    assert read(b"Don\x92t \x93Stop\x94 \x96 caf\xe9") == "Don’t “Stop” – café"
    assert read(b"odd \x81 \xe9") == "odd \x81 é"
