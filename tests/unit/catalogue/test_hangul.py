"""Hangul as it is typed."""

import random

import pytest

from musicrec_desktop.catalogue import hangul


@pytest.mark.parametrize(
    ("sign", "keys"),
    [("과", "ㄱㅗㅏ"), ("값", "ㄱㅏㅂㅅ"), ("뷁", "ㅂㅜㅔㄹㄱ"), ("ㅢ", "ㅡㅣ"), ("a", "a"), ("ㄱ", "ㄱ")],
)
def test_the_keys_of_a_sign(sign: str, keys: str) -> None:
    assert hangul.keys(sign) == keys


def test_every_syllable_comes_back_from_its_keys() -> None:
    for code in range(hangul.FIRST, hangul.LAST + 1):
        assert hangul.composed(hangul.keys(chr(code))) == chr(code)
        assert hangul.syllable(*(hangul.parts(chr(code)) or ())) == chr(code)


def test_text_comes_back_from_its_keys() -> None:
    chance = random.Random(3)
    for _ in range(300):
        text = "".join(chr(chance.randint(hangul.FIRST, hangul.LAST)) for _ in range(4))
        assert hangul.composed("".join(map(hangul.keys, text))) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qkdxksthsuseks", "방탄소년단"),
        ("dkdldb", "아이유"),
        ("Rhc", "꽃"),
        ("ㅗ미ㅐ", "halo"),
        ("벼두", "quen"),
        ("123", None),
        ("%", None),
    ],
)
def test_the_other_layout(typed: str, meant: str | None) -> None:
    assert hangul.other_layout(typed) == meant


def test_initials_are_for_hangul() -> None:
    assert hangul.initials("방탄 boys") == "ㅂㅌ boys"
    assert hangul.initials("boys") == ""
