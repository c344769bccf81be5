"""Which letters a query found."""

import unicodedata

import pytest

from musicrec_desktop.catalogue.folding import searchable, searchable_with_origins
from musicrec_desktop.catalogue.matched import matched_spans

NAMES = ("봄날 (Spring Day)", "방탄소년단", "You Never Walk Alone")


def found(names: tuple[str, ...], text: str) -> list[str]:
    spans = matched_spans(names, text)
    return [name[start:end] for name, each in zip(names, spans, strict=True) for start, end in each]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("소년", ["소년"]),
        ("봄", ["봄"]),
        ("ㅂㄴ", ["봄날"]),
        ("ㅂㅌ소", ["방탄소"]),
        ("방탄ㅅ", ["방탄소"]),
        ("방탄소냔단", ["방탄소년단"]),
        ("SPRING", ["Spring"]),
        ("qhaskf", ["봄날"]),
        ("봄날 방탄", ["봄날", "방탄"]),
        ("sprnig", ["Spring"]),
        ("you walk", ["You", "Walk"]),
        ("neverwalk", ["Never Walk"]),
        ("a", ["a", "a", "A"]),
        ("alone 소냔", ["소년", "Alone"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_letters_that_were_found(text: str, letters: list[str]) -> None:
    assert found(NAMES, text) == letters


def test_letters_keep_what_belongs_to_them() -> None:
    """Accents and decomposed Hangul are several characters, a ligature is one of several letters."""
    apart = unicodedata.normalize("NFD", "방탄 É")
    names = (f"{apart} \ufb01ne\u2026", "\U0001f600x", "")
    assert found(names, "방탄 e") == [apart]
    assert found(names, "fin") == ["\ufb01n"]
    assert found(names, "x") == ["x"]
    assert found(names, "\U0001f600") == ["\U0001f600"]


def test_the_origins_are_those_of_the_searchable_text() -> None:
    for text in (*NAMES, "", "  a  b ", "Ａé\u0301…\u202e\0b", "ㅂㅏㅇ ㄳ", unicodedata.normalize("NFD", "한글 값")):
        letters, origins = searchable_with_origins(text)
        assert letters == searchable(text)
        assert len(origins) == len(letters)
        assert origins == sorted(origins)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ １２", "abc 12"),
        ("ㄳ", "ㄱㅅ"),
        ("ㅂㅏㅇ", "바ㅇ"),
        ("\uffb2", "ㅂ"),
        ("…", "..."),
        ("\u1107", "ㅂ"),
        ("ﾊﾝ", "ハン"),
        ("\ud800x", "x"),
    ],
)
def test_one_form_for_every_way_of_writing(text: str, folded: str) -> None:
    assert searchable(text) == folded
