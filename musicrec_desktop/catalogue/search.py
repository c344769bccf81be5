"""Text search: what a query means, and which rows of a tape answer it best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.catalogue import hangul
from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.matching import Found, exact, one_slip
from musicrec_desktop.catalogue.tape import FIELDS, Codes, Pattern, Places, Tape, codes_of, exactly, joined, keys_of

_LONGEST_QUERY, _MOST_WORDS, _MOST_WORDS_WITH_A_SLIP = 200, 12, 5
_LEAST_KEYS_WITH_A_SLIP, _LEAST_SYLLABLES_WITH_A_SLIP, _LEAST_INITIALS_WITH_A_SLIP = 4, 3, 5
_ANYWHERE_KEYS = 5  # shorter than this, a slip is only forgiven from the beginning of a word
_SMALL = 4  # a tape is cut to the rows in question when they are fewer than one in so many

Ranks = NDArray[np.int64]  # (rows,), NONE where a row does not match
NONE = 1 << 10
_STEPS = 2 * 4 * FIELDS  # ranks of one kind of match
_MOVED, _WORDS, _NEARLY = _STEPS, 2 * _STEPS, 10 * _STEPS
_SAME_KEYS, _SLIP, _SLIP_SYLLABLE, _SLIP_WORDS = _NEARLY, 11 * _STEPS, 12 * _STEPS, 13 * _STEPS


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters to be found in one field.

    `moved`: what the last syllable becomes when its final consonant begins the next one (봄 on the way to 보물).
    """

    text: str
    pattern: Pattern
    moved: Pattern | None


class Corpus:
    """The texts of a catalogue as tapes: of letters, and, once a slip is to be forgiven, of keys."""

    def __init__(self, letters: Tape) -> None:
        self.letters = letters

    @cached_property
    def typed(self) -> tuple[Tape, Places]:
        return keys_of(self.letters)

    @property
    def keys(self) -> Tape:
        return self.typed[0]

    @cached_property
    def key_pairs(self) -> Codes:
        """A number for each key and its next one, (n,); different pairs may share one."""
        return pairs(self.keys.signs)

    def __len__(self) -> int:
        return self.letters.n_rows

    def with_more(self, letters: Tape) -> "Corpus":
        """These rows, and then those of another tape; what was made of these is not made again."""
        whole = Corpus(joined(self.letters, letters))
        if "typed" in self.__dict__:
            keys, at = keys_of(letters)
            whole.typed = joined(self.keys, keys), np.concatenate([self.typed[1][:-1], at + self.typed[1][-1]])
        return whole

    def part(self, rows: Places) -> "Corpus":
        return Corpus(self.letters.part(rows))


@dataclass(frozen=True, slots=True)
class Match:
    """What of a tape was matched, and the rank of the best such match: `rank` + 0 ... _STEPS."""

    tape: Tape
    found: Found
    rank: int
    pattern: Pattern | None = None


def best_rows(corpus: Corpus, text: str, limit: int) -> list[int]:
    """The rows that hold every word of `text`, best first; if there are none, those that nearly do.

    First titles that are, begin with, have a word beginning with, contain the text; then artists, then albums.
    """
    ranks = ranked(corpus, text)
    found = np.flatnonzero(ranks < NONE)
    title_lengths = corpus.letters.lengths(found * FIELDS)
    order = (ranks[found] << 40) | (np.minimum(title_lengths, 0xFFFF) << 24) | found
    if len(order) > limit:
        order = np.partition(order, limit - 1)[:limit]
    return [int(key & 0xFFFFFF) for key in np.sort(order)]


def ranked(corpus: Corpus, text: str) -> Ranks:
    """The rank of every row, lower is better."""
    meant = readings(text)
    for words in meant:
        ranks = _rank_all(corpus, words)
        if (ranks < NONE).any():
            return ranks
    return _rank_with_slip(corpus, meant[0]) if meant else _unranked(corpus)


def readings(text: str) -> list[list[Word]]:
    """The words of a query, then what the same keys write on the other layout. Empty without any letter."""
    text = text[:_LONGEST_QUERY]
    turned = hangul.other_layout(searchable(text) if not text.isascii() else text)
    texts = [searchable(reading) for reading in (text, turned) if reading]
    return [words_of(reading) for reading in texts if reading]


def words_of(text: str) -> list[Word]:
    """Words of searchable text; the last one may be half typed."""
    words = _in_codes(text).split()[:_MOST_WORDS]
    return [word(each, open_ended=each is words[-1]) for each in words]


def _in_codes(text: str) -> str:
    """A letter beyond 16 bits becomes two, as on a tape."""
    return "".join(map(chr, codes_of(text)))


def word(text: str, *, open_ended: bool) -> Word:
    ranges = [_range(sign) for sign in text[:-1]] + [_range(text[-1], open_ended=open_ended)]
    return Word(text, _pattern(ranges), _moved(text, ranges) if open_ended else None)


def pairs(codes: Codes) -> Codes:
    mixed: Codes = codes * np.uint16(31)
    mixed[:-1] += codes[1:]
    return mixed


_Range = tuple[int, int, int]  # the first code, how many follow, the very sign


def _range(sign: str, *, open_ended: bool = False) -> _Range:
    code = ord(sign)
    if sign in hangul.INITIALS:
        return hangul.FIRST + hangul.INITIALS.index(sign) * hangul.PER_INITIAL, hangul.PER_INITIAL - 1, code
    found = hangul.parts(sign)
    if found is None or not open_ended:
        return code, 0, code
    return code, _still_open(*found), code


def _still_open(initial: int, vowel: int, final: int) -> int:
    """How many of the syllables after this one begin with the same keys: 바 -> 박 ... 밯, 고 -> 과 ..., 갑 -> 값."""
    if not final:
        last = max(v for v in range(vowel, vowel + 4) if v < 21 and _begins(hangul.VOWELS[v], hangul.VOWELS[vowel]))
        return (last - vowel + 1) * hangul.PER_VOWEL - 1
    typed = hangul.FINALS[final]
    longer = [f for f in range(final, len(hangul.FINALS)) if len(hangul.FINALS[f]) > 1 and hangul.FINALS[f][0] == typed]
    return max(longer, default=final) - final


def _begins(keys: str, with_keys: str) -> bool:
    return keys.startswith(with_keys)


def _moved(text: str, ranges: list[_Range]) -> Pattern | None:
    found = hangul.parts(text[-1])
    if found is None or not found[2]:
        return None
    typed = hangul.FINALS[found[2]]
    stays = hangul.FINALS.index(typed[:-1])
    code = ord(hangul.syllable(found[0], found[1], stays))
    first = hangul.FIRST + hangul.INITIALS.index(typed[-1]) * hangul.PER_INITIAL
    return _pattern([*ranges[:-1], (code, 0, code), (first, hangul.PER_INITIAL - 1, first)])


def _pattern(ranges: Sequence[_Range]) -> Pattern:
    low, width, sign = np.array(ranges, np.uint16).T
    return Pattern(low, width, sign)


# Ranks


def _unranked(corpus: Corpus) -> Ranks:
    return np.full(len(corpus), NONE, np.int64)


def _rank_all(corpus: Corpus, words: Sequence[Word]) -> Ranks:
    """Rows that hold the whole text, or all its words in whatever fields."""
    ranks = _best(corpus, matches(corpus, phrase(words)))
    if len(words) > 1:
        np.minimum(ranks, _rank_words(corpus, words), out=ranks)
    return ranks


def phrase(words: Sequence[Word]) -> Word:
    return word("".join(each.text for each in words), open_ended=True)


def _rank_words(corpus: Corpus, words: Sequence[Word]) -> Ranks:
    """Rarest words first; the others are looked for only in the rows that are left."""
    rows, part = np.arange(len(corpus)), corpus
    total = np.full(len(corpus), _WORDS, np.int64)
    for each in sorted(words, key=lambda each: int(corpus.letters.often(each.pattern).min())):
        total += _best(part, matches(part, each))
        left = np.flatnonzero(total < NONE)
        if len(left) * _SMALL < len(part):
            rows, total, part = rows[left], total[left], part.part(left)
        if not len(left):
            break
    ranks = _unranked(corpus)
    ranks[rows] = np.where(total < NONE, np.minimum(total, _NEARLY - 1), NONE)
    return ranks


def _rank_with_slip(corpus: Corpus, words: Sequence[Word]) -> Ranks:
    """One slip in the whole text, or in one of its words while the others are there as they are spelt."""
    ranks = _best(corpus, slips(corpus, phrase(words)))
    if (ranks < NONE).any() or not 1 < len(words) <= _MOST_WORDS_WITH_A_SLIP:
        return ranks
    for i, each in enumerate(words):
        others = _rank_words(corpus, [*words[:i], *words[i + 1 :]])
        rows = np.flatnonzero(others < NONE)
        if len(rows):
            part = corpus.part(rows)
            ranks[rows] = np.minimum(ranks[rows], _best(part, slips(part, each)) + _SLIP_WORDS - _NEARLY)
    return np.where(ranks < NONE, ranks, NONE)


# Matches


def matches(corpus: Corpus, each: Word) -> list[Match]:
    """Where a word is found as it is spelt."""
    found = [Match(corpus.letters, exact(corpus.letters, each.pattern), 0, each.pattern)]
    if each.moved is not None:
        found.append(Match(corpus.letters, exact(corpus.letters, each.moved), _MOVED))
    return found


def slips(corpus: Corpus, each: Word) -> list[Match]:
    """Where a word is found with one key wrong, or with one syllable wrong."""
    found = []
    typed = "".join(map(hangul.keys, each.text))
    n_initials = sum(sign in hangul.INITIALS for sign in each.text)
    if len(typed) >= _LEAST_KEYS_WITH_A_SLIP and n_initials < len(each.text):
        pattern = exactly(typed)
        found.append(Match(corpus.keys, exact(corpus.keys, pattern), _SAME_KEYS))  # keys went into other syllables
        near = one_slip(corpus.keys, pattern)
        found.append(Match(corpus.keys, near if len(typed) >= _ANYWHERE_KEYS else _at_words(corpus.keys, near), _SLIP))
    n_syllables = sum(hangul.parts(sign) is not None for sign in each.text)
    if n_syllables >= _LEAST_SYLLABLES_WITH_A_SLIP or n_initials >= _LEAST_INITIALS_WITH_A_SLIP:
        found.append(Match(corpus.letters, one_slip(corpus.letters, each.pattern), _SLIP_SYLLABLE))
    return found


def matched(corpus: Corpus, text: str) -> list[Match]:
    """What of a corpus of one row a query found there."""
    meant = readings(text)
    for words in meant:
        whole = _first(matches(corpus, phrase(words)))
        if whole:
            return whole
        each = [_first(matches(corpus, one)) for one in words]
        if each and all(each):
            return [match for one in each for match in one]
    if not meant:
        return []
    return _first(slips(corpus, phrase(meant[0]))) or _with_one_slip(corpus, meant[0])


def _with_one_slip(corpus: Corpus, words: Sequence[Word]) -> list[Match]:
    each = [_first(matches(corpus, word)) for word in words]
    missing = [i for i, found in enumerate(each) if not found]
    if len(missing) == 1:
        each[missing[0]] = _first(slips(corpus, words[missing[0]]))
    return [match for found in each for match in found] if all(each) else []


def _first(found: Iterable[Match]) -> list[Match]:
    """The best of several kinds of matches, if there is any."""
    return [match for match in found if len(match.found)][:1]


def _at_words(tape: Tape, found: Found) -> Found:
    kept = tape.begins[found.starts]
    return Found(found.starts[kept], found.ends[kept])


def _best(corpus: Corpus, found: Iterable[Match]) -> Ranks:
    """The best rank of each row."""
    ranks = _unranked(corpus)
    for match in found:
        if len(match.found):
            rows, places = _places(match)
            firsts = np.flatnonzero(np.diff(rows, prepend=-1))
            best = np.minimum.reduceat(places, firsts) + match.rank
            ranks[rows[firsts]] = np.minimum(ranks[rows[firsts]], best)
    return ranks


def _places(match: Match) -> tuple[Places, Places]:
    """Row and rank 0 ... 23 of each match: in which field, whole, at its start, at a word, inside; as it is spelt."""
    tape, found = match.tape, match.found
    fields = tape.field_at(found.starts)
    first = found.starts == tape.fields[fields]
    whole = first & (found.ends == tape.fields[fields + 1] - 1)
    place = np.where(whole, 0, np.where(first, 1, np.where(tape.begins[found.starts], 2, 3)))
    rows, kinds = np.divmod(fields, FIELDS)
    return rows, 2 * (4 * kinds + place) + _differs(match)


def _differs(match: Match) -> NDArray[np.int64]:
    """1 where the pattern allows what was found, but it is not spelt so (initials, a half typed syllable)."""
    differs = np.zeros(len(match.found), np.int64)
    if match.pattern is not None:
        for i in np.flatnonzero(match.pattern.width):
            differs |= match.tape.signs[match.found.starts + i] != match.pattern.sign[i]
    return differs
