"""Texts whose encoding nobody states, or states wrongly: old tags, and file names from other systems.

Old taggers wrote the system's own encoding where Latin-1 belongs; older Korean collections are full of such tags.
Precision goes before recall: a Western name must never become Hangul, so another encoding is taken only when
what comes out looks like its language. All fields of a file are judged together first: one writer wrote them.
"""

import codecs
import re
from collections.abc import Callable, Sequence

Raw = str | bytes  # bytes: no encoding that could be trusted

# How much likelier Korean uses an initial, vowel or final than the 2,350 syllables of KS X 1001 do, each taken once
# (natural logarithm times ten). From the Korean messages of some sixty programs and from 150 song titles.
_INITIALS = (1, -18, 2, 2, -17, 4, -1, 1, -27, 4, -19, 10, 3, -28, -9, -9, -7, -5, 1)
_VOWELS = (8, -2, -13, -25, 1, -2, -2, -14, 0, -8, -26, -17, -5, -2, -17, -25, -16, -15, 6, 0, 8)
_FINALS = (13, -8, -21, -16, 0, -5, -2, -23, -1, -12, -29, -19, -9, -9, 2, -22, -8, -12, 20, -20, -18, -3, -11, -6,
           -9, -14, -17, -12)  # fmt: skip  # a table: one number a line says nothing
CUT_FROM = 28  # bytes: ID3v1 has room for 30, and old taggers copied what it had
_LEAST_KOREAN = -12.0  # mean of a syllable; what is Chinese, Greek or Russian lies at -15 and below, as a rule
_LEAST_KOREAN_BESIDE_HANJA = 0.0
# Frequent in titles and names: chance puts few of them together.
_COMMON_HANZI = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起"
    "发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次"
    "使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夏"
    "再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关"
    "放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化"
    "空业思切怎非找片罗钱吗语元喜曾离飞科言干流欢约各即指合反题必该论交终林请医晚制球决传画保读运及则房早院量苦火布品近坐产答星精"
    "视五连司巴奇管类未朋且婚台夜青北队久乎越观落尽形影红百令周吧识步希亚术留市半热送兴造谈容极随演收首根讲整式取照办强石古华谁"
    "梦雪雨遇江南京歌曲故乡城童绿蓝燕姿伦杰邓君丽甜蜜静宁夜勇陈刘李孙蔡许忘吻念泪茶饭听晴稻香龙云春秋冬孤独遗憾温柔简单"
)
# Letters that no language writes, or not within a Latin word: single pairs of accented letters and signs.
_CHANCE_UTF8 = re.compile(
    "[\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u02ff\u0346-\u036f\u0460-\u058f\u0700-\u07ff]"
    "|[A-Za-z][\u0370-\u045f]|[\u0370-\u045f][A-Za-z]"
)
_RUN = re.compile("[A-Za-z]?[^\x00-\x7f]+[A-Za-z]?")
_SPLITTING = re.compile("[A-Za-z][\u3040-\ud7a3][A-Za-z]")
_LETTERS_OR_QUOTES = frozenset({0xBB, 0xBF, *range(0xC0, 0x100)})
_KANA = re.compile("[ぁ-んァ-ヶー]")
_KANJI = re.compile("[一-鿿]")
_CYRILLIC_WORD = re.compile("[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")
_CYRILLIC = re.compile("[А-яЁё]")


def texts(raws: Sequence[Raw]) -> list[str]:
    """The fields of one file as Unicode: bytes decoded, and text repaired that was once decoded wrongly."""
    as_bytes = [_bytes_of(raw) for raw in raws]
    pool = b"\n".join(each for each in as_bytes if not each.isascii())
    together = _encoding(pool)
    found = []
    for raw, data in zip(raws, as_bytes, strict=True):
        encoding = together if together and _may_share(data, together) else _encoding(data)
        text = _decoded(data, encoding) if encoding and data else None
        found.append(_plain(raw) if text is None else text)
    return found


def _may_share(data: bytes, encoding: str) -> bool:
    """Whether a field can be in the encoding of the others: it decodes, and no letter of the East splits a word."""
    text = _decoded(data, encoding)
    return text is not None and (encoding == "utf-8" or not _SPLITTING.search(text))


def _bytes_of(raw: Raw) -> bytes:
    """The bytes that were decoded as Latin-1, if this can be such a text."""
    if isinstance(raw, bytes) or raw.isascii():
        return raw if isinstance(raw, bytes) else b""
    for encoding in ("latin-1", "cp1252"):
        try:
            return raw.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b""


def _plain(raw: Raw) -> str:
    """Western text: Latin-1, with Windows' quotes and dashes where Latin-1 has nothing to see."""
    if isinstance(raw, str):
        return raw
    try:
        return raw.decode("cp1252" if re.search(rb"[\x80-\x9f]", raw) else "latin-1")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _encoding(data: bytes) -> str | None:
    """The encoding that makes sense of these bytes; None for Western ones."""
    if data.isascii():
        return None
    readings = {name: _decoded(data, name) for name in _CANDIDATES}
    is_chinese = readings["gbk"] is not None and _is_chinese(readings["gbk"])
    for name, looks_right in _CANDIDATES.items():
        text = readings[name]
        if text is not None and looks_right(text) and not (is_chinese and name == "cp949" and _mean(text) < 0):
            return name
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    """Strictly, but that a field of fixed width may end within a character."""
    lines = []
    for line in data.split(b"\n"):
        may_be_cut = len(line) >= CUT_FROM
        try:
            lines.append(codecs.getincrementaldecoder(encoding)().decode(line, final=not may_be_cut))
        except UnicodeDecodeError:
            return None
    return "\n".join(lines)


def _is_unicode(text: str) -> bool:
    """Other encodings do not pass as UTF-8 by chance, but for a pair of bytes here and there."""
    return not text.isascii() and not _CHANCE_UTF8.search(text)


def _is_korean(text: str) -> bool:
    runs = [run for run in _RUN.findall(text) if not _is_inside_word(run)]
    hangul = [letter for letter in "".join(runs) if _is_common_hangul(letter)]
    others = [letter for letter in text if _is_letter_of_east(letter) and not _is_common_hangul(letter)]
    if not hangul or 2 * len(others) > len(hangul):
        return False
    if not re.search("[가-힣]{2}", text):
        # Alone, it could be two capitals with accents, or what opens and closes a sentence.
        return not any(letter.encode("euc_kr")[0] in _LETTERS_OR_QUOTES for letter in hangul)
    return _mean("".join(runs)) >= (_LEAST_KOREAN_BESIDE_HANJA if others else _LEAST_KOREAN)


def _is_inside_word(run: str) -> bool:
    """One Eastern letter within a Latin word is a pair of accented ones: the "ÇÃ" of "CANÇÃO"."""
    return (run[0].isascii() or run[-1].isascii()) and sum(map(_is_letter_of_east, run)) == 1


def _is_common_hangul(letter: str) -> bool:
    """Whether a syllable is one of the 2,350; the other 8,822 are hardly ever written."""
    return "가" <= letter <= "힣" and len(letter.encode("euc_kr")) == 2


def _is_letter_of_east(letter: str) -> bool:
    return "가" <= letter <= "힣" or bool(_KANJI.match(letter))


def _mean(text: str) -> float:
    hangul = [letter for letter in text if _is_common_hangul(letter)]
    return sum(map(_koreanness, hangul)) / max(1, len(hangul))


def _koreanness(syllable: str) -> float:
    index = ord(syllable) - ord("가")
    return _INITIALS[index // 588] + _VOWELS[index % 588 // 28] + _FINALS[index % 28]


def _is_japanese(text: str) -> bool:
    n_kana, n_kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    n_others = sum(not letter.isascii() for letter in text) - n_kana - n_kanji
    return n_kana >= 1 and (n_kana >= 3 or n_kana + n_kanji >= 4) and n_kanji <= 8 * n_kana and n_others <= n_kana


def _is_chinese(text: str) -> bool:
    hanzi = _KANJI.findall("".join(run for run in _RUN.findall(text) if not _is_inside_word(run)))
    n_common = sum(letter in _COMMON_HANZI for letter in hanzi)
    n_others = sum(not letter.isascii() for letter in text) - len(hanzi)
    has_word = re.search("[一-鿿]{2}", text)
    return bool(has_word) and n_common >= 2 and 2 * n_common >= len(hanzi) and n_others <= len(hanzi) / 4


def _is_russian(text: str) -> bool:
    """Whole Cyrillic words, cased as words are, mostly of the frequent letters."""
    words = re.findall(r"[^\W\d_]+", text)
    letters = "".join(_CYRILLIC.findall(text)).lower()
    if len(letters) < 4 or re.search(r"[^\x00-\x7fА-яЁё«»–—’“”…№]", text):
        return False
    if not all(word.isascii() or _CYRILLIC_WORD.fullmatch(word) for word in words):
        return False
    n_frequent, n_vowels = (sum(letter in kind for letter in letters) for kind in ("оеаинтсрвлк", "аеёиоуыэюя"))
    return n_frequent >= 0.5 * len(letters) and 0.25 <= n_vowels / len(letters) <= 0.65


# In this order: the first that makes sense.
_CANDIDATES: dict[str, Callable[[str], bool]] = {
    "utf-8": _is_unicode,
    "cp949": _is_korean,
    "shift_jis": _is_japanese,
    "cp1251": _is_russian,
    "gbk": _is_chinese,
}
