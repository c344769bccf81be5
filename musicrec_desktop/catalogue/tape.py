"""All titles, artists and albums in one long row of letters, and where a pattern occurs in it.

Spaces are left out, so that 너의이름은 finds 너의 이름은; where words begin is kept beside the letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.catalogue import hangul

Codes = NDArray[np.uint16]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIELDS = 3  # title, artist, album
BETWEEN = "\x1f"  # between fields, in text; 0 on the tape
_SPACE, _END = 0x20, 0x1F
_MOST_KEYS = 5  # of a syllable
_N_CODES, _SHORT = 1 << 16, 1 << 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """Ranges of codes, one for each letter: `low` to `low + width`, or the very sign `sign`. All (n,)."""

    low: Codes
    width: Codes
    sign: Codes

    def __len__(self) -> int:
        return len(self.low)

    def part(self, at: slice) -> "Pattern":
        return Pattern(self.low[at], self.width[at], self.sign[at])

    def fits(self, codes: Codes, at: int) -> Flags:
        """Which codes letter `at` allows."""
        low, width, sign = self.low[at], self.width[at], self.sign[at]
        fitting: Flags = codes == low if width == 0 else (codes - low) <= width
        return fitting if sign == low else fitting | (codes == sign)

    def fit_all(self, codes: Codes) -> Flags:
        """Letter by letter: codes (m, n) against the n letters."""
        fitting: Flags = ((codes - self.low) <= self.width) | (codes == self.sign)
        return fitting

    def fit_each(self, codes: Codes, letters: Places) -> Flags:
        """Codes (m,) against a letter each (m,)."""
        fitting: Flags = ((codes - self.low[letters]) <= self.width[letters]) | (codes == self.sign[letters])
        return fitting


def exactly(text: str) -> Pattern:
    """The pattern of these very letters."""
    codes = codes_of(text)
    return Pattern(codes, np.zeros_like(codes), codes)


def codes_of(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


class Tape:
    """`signs` (n,) with 0 after each field; `begins`: a word begins here; `spaced`: a space was before.

    `fields` (FIELDS * rows + 1,): where each field begins, and the end of the tape.
    """

    def __init__(self, signs: Codes, begins: Flags, spaced: Flags, fields: Places) -> None:
        self.signs, self.begins, self.spaced, self.fields = signs, begins, spaced, fields

    @property
    def n_rows(self) -> int:
        return len(self.fields) // FIELDS

    @cached_property
    def up_to(self) -> Places:
        """How often the codes below each code occur, (65537,)."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.signs, minlength=_N_CODES))])

    def often(self, pattern: Pattern) -> Places:
        """How often each letter of the pattern occurs, (n,); on a short tape that is not worth counting: once."""
        if len(self.signs) < _SHORT:
            return np.ones(len(pattern), np.int64)
        low = pattern.low.astype(np.int64)
        counts: Places = self.up_to[np.minimum(low + pattern.width + 1, _N_CODES)] - self.up_to[low]
        return counts

    def lengths(self, fields: Places) -> Places:
        lengths: Places = self.fields[fields + 1] - self.fields[fields] - 1
        return lengths

    def field_at(self, places: Places) -> Places:
        found: Places = np.searchsorted(self.fields, places, side="right") - 1
        return found

    def part(self, rows: Places) -> "Tape":
        """The tape of these rows alone."""
        first, end = self.fields[rows * FIELDS], self.fields[rows * FIELDS + FIELDS]
        sizes = end - first
        starts = np.concatenate([[0], np.cumsum(sizes)])
        taken = np.arange(starts[-1]) + np.repeat(first - starts[:-1], sizes)
        inner = self.fields[rows[:, None] * FIELDS + np.arange(FIELDS)] - (first - starts[:-1])[:, None]
        fields = np.append(inner.ravel(), starts[-1])
        return Tape(self.signs[taken], self.begins[taken], self.spaced[taken], fields)


def joined(one: Tape, other: Tape) -> Tape:
    """The rows of one tape and then those of the other."""
    tape = Tape(
        np.concatenate([one.signs, other.signs]),
        np.concatenate([one.begins, other.begins]),
        np.concatenate([one.spaced, other.spaced]),
        np.concatenate([one.fields[:-1], other.fields + one.fields[-1]]),
    )
    tape.up_to = one.up_to + other.up_to
    return tape


def tape_of(texts: Sequence[str]) -> Tape:
    """`texts`: searchable title, artist and album of each row, joined by BETWEEN."""
    codes = codes_of("".join(text + BETWEEN for text in texts))
    before = np.concatenate([np.full(min(1, len(codes)), _END, np.uint16), codes[:-1]])
    kept = codes != _SPACE
    signs = codes[kept]
    ends = signs == _END
    signs[ends] = 0
    fields = np.concatenate([[0], np.flatnonzero(ends) + 1])
    return Tape(signs, _breaks()[before][kept], (before == _SPACE)[kept], fields)


def keys_of(tape: Tape) -> tuple[Tape, Places]:
    """The tape of keys, in which 방 is ㅂㅏㅇ; and where each letter of the first begins on it, its end too."""
    table, counts = _key_table()
    n_keys = counts[tape.signs]
    at = np.concatenate([[0], np.cumsum(n_keys, dtype=np.int64)])
    signs = np.empty(at[-1], np.uint16)
    begins, spaced = np.zeros(at[-1], np.bool_), np.zeros(at[-1], np.bool_)
    for number in range(_MOST_KEYS):
        having = np.flatnonzero(n_keys > number)
        signs[at[having] + number] = table[number][tape.signs[having]]
    begins[at[:-1]], spaced[at[:-1]] = tape.begins, tape.spaced
    return Tape(signs, begins, spaced, at[tape.fields]), at


@lru_cache(maxsize=1)
def _breaks() -> Flags:
    """After which codes a word begins: spaces, ends, and what is neither letter nor digit."""
    table = np.zeros(_N_CODES, np.bool_)
    for code in (*range(0x80), *range(0x2010, 0x2070), *range(0x3000, 0x3020)):
        table[code] = not chr(code).isalnum()
    table[ord("'")] = table[0x2019] = False  # don't
    return table


@lru_cache(maxsize=1)
def _key_table() -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """The keys of every code (5, 65536), and how many they are (65536,)."""
    table = np.zeros((_MOST_KEYS, _N_CODES), np.uint16)
    table[0] = np.arange(_N_CODES)
    counts = np.ones(_N_CODES, np.uint8)
    for code in (*range(0x314F, 0x3164), *range(hangul.FIRST, hangul.LAST + 1)):
        typed = hangul.keys(chr(code))
        counts[code] = len(typed)
        table[: len(typed), code] = [ord(key) for key in typed]
    return table, counts
