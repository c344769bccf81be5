"""Text as it is compared: one form for every way of writing the same letters."""

import unicodedata
from itertools import pairwise

_LATIN_MARKS = range(0x300, 0x370)
_INVISIBLE = ("Cf", "Cs", "Cn")  # direction marks, lone surrogates, unassigned
_ENDS_CLUSTER = range(0x1160, 0x1200)  # vowels and finals of decomposed Hangul
_VOWELS = range(0x314F, 0x3164)
# two consonants that a keyboard joins while initials are typed (ㄱㅅ becomes ㄳ)
_TWO = ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ")
_JOINED = str.maketrans(dict(zip("ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", _TWO, strict=True)))
# what normalising makes of single jamo, and the signs that keyboards write
_ALONE = str.maketrans(
    {0x1100 + i: sign for i, sign in enumerate("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")}
    | {0x1161 + i: chr(0x314F + i) for i in range(21)}
    | {0x11A8 + i: sign for i, sign in enumerate("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")}
)


def searchable(text: str) -> str:
    """Case folded, composed, without accents on letters, full widths, control and direction marks, double spaces."""
    return " ".join(_folded(text).split())


def searchable_with_origins(text: str) -> tuple[str, list[int]]:
    """`searchable`, and for each of its letters the index in `text` of the letter it came from.

    Further letters of `text` up to the next index belong to the same one (accents, decomposed Hangul).
    """
    letters: list[str] = []
    origins: list[int] = []
    for start, end in _clusters(text):
        for letter in _folded(text[start:end]):
            space = letter.isspace()
            if not space or (letters and letters[-1] != " "):
                letters.append(" " if space else letter)
                origins.append(start)
    if letters and letters[-1] == " ":
        letters.pop(), origins.pop()
    return "".join(letters), origins


def _folded(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.translate(_JOINED)).casefold()
    kept = (_visible(sign) for sign in unicodedata.normalize("NFKD", parts) if ord(sign) not in _LATIN_MARKS)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_ALONE)


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cc":
        return " "
    return "" if category in _INVISIBLE else sign


def _clusters(text: str) -> list[tuple[int, int]]:
    """Start and end of every letter with the marks that belong to it."""
    starts = [i for i, sign in enumerate(text) if i == 0 or not _continues(text[i - 1], sign)]
    return [(start, end) for start, end in pairwise([*starts, len(text)])]


def _continues(before: str, sign: str) -> bool:
    if unicodedata.combining(sign) or ord(sign) in _ENDS_CLUSTER:
        return True
    return ord(sign) in _VOWELS and "ㄱ" <= before <= "ㅎ"
