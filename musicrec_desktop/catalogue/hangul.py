"""Hangul as it is typed: initials, the keys of a syllable, and text typed on the wrong keyboard layout."""

from collections.abc import Iterator

FIRST, LAST = 0xAC00, 0xD7A3
PER_INITIAL, PER_VOWEL = 588, 28
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"
_FINALS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
VOWELS, FINALS = tuple(_VOWELS.split()), ("", *_FINALS.split())
_ON_KEYS = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ"  # the Korean layout's letters on a to z
_TO_JAMO = dict(zip("abcdefghijklmnopqrstuvwxyz", _ON_KEYS, strict=True))
_TO_JAMO |= {key.upper(): jamo for key, jamo in _TO_JAMO.items()} | dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
_TO_LATIN = {jamo: key.lower() for key, jamo in _TO_JAMO.items()}


def parts(sign: str) -> tuple[int, int, int] | None:
    """Numbers of initial, vowel and final (0: none) of a syllable; None for any other sign."""
    code = ord(sign)
    if not FIRST <= code <= LAST:
        return None
    initial, rest = divmod(code - FIRST, PER_INITIAL)
    return initial, *divmod(rest, PER_VOWEL)


def syllable(initial: int, vowel: int, final: int = 0) -> str:
    return chr(FIRST + initial * PER_INITIAL + vowel * PER_VOWEL + final)


def keys(sign: str) -> str:
    """The keys that type a sign: 과 -> ㄱㅗㅏ, 값 -> ㄱㅏㅂㅅ; any other sign is its own key."""
    found = parts(sign)
    if found is None:
        vowel = ord(sign) - 0x314F
        return VOWELS[vowel] if 0 <= vowel < len(VOWELS) else sign
    return INITIALS[found[0]] + VOWELS[found[1]] + FINALS[found[2]]


def initials(text: str) -> str:
    """Hangul syllables by their initial consonants (방탄 -> ㅂㅌ), the rest as it is; empty without Hangul."""
    letters = [_initial(sign) for sign in text]
    return "".join(letters) if any(a != b for a, b in zip(letters, text, strict=True)) else ""


def other_layout(text: str) -> str | None:
    """What the same keys write on the other of the two layouts (qkdxks -> 방탄, ㅗ미ㅐ -> halo); None for neither."""
    if any("a" <= sign <= "z" for sign in text.lower()) and text.isascii():
        return composed("".join(_TO_JAMO.get(sign, sign) for sign in text))
    typed = "".join(map(keys, text))
    return "".join(_TO_LATIN.get(sign, sign) for sign in typed) if any(s in _TO_LATIN for s in typed) else None


def composed(keys: str) -> str:
    """Single keys joined into syllables, as an input method does: a consonant before a vowel begins the next one."""
    return "".join(_composed(keys))


def _initial(sign: str) -> str:
    found = parts(sign)
    return sign if found is None else INITIALS[found[0]]


def _composed(jamo: str) -> Iterator[str]:
    at = 0
    while at < len(jamo):
        vowel, after = _longest(jamo, at + 1, VOWELS)
        if jamo[at] not in INITIALS or vowel is None:
            yield jamo[at]
            at += 1
            continue
        final, end = _longest(jamo, after, FINALS[1:])
        if final is not None and end < len(jamo) and jamo[end] in VOWELS:  # its last consonant belongs to the next
            final, end = _longest(jamo[: end - 1], after, FINALS[1:])
        yield syllable(INITIALS.index(jamo[at]), vowel, 0 if final is None else final + 1)
        at = end


def _longest(jamo: str, at: int, known: tuple[str, ...]) -> tuple[int | None, int]:
    """The number of the longest entry that the keys from `at` on spell, and where it ends."""
    for n in (2, 1):
        spelt = jamo[at : at + n]
        if len(jamo) >= at + n and spelt in known:
            return known.index(spelt), at + n
    return None, at
