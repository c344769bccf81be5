"""Did you mean ...? The title or artist that is spelt most like a query that found nothing."""

import numpy as np

from musicrec_desktop.catalogue import hangul
from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.search import Corpus, pairs
from musicrec_desktop.catalogue.tape import FIELDS, codes_of

_LEAST_KEYS, _MOST_KEYS = 3, 60
_LOOKED_AT = 40  # fields compared key by key
_LEAST_SHARE = 0.3  # of pairs of neighbouring keys in common
_MOST_WRONG = 0.45  # of the keys
_ARTIST = 1


def nearest(corpus: Corpus, text: str) -> tuple[int, int] | None:
    """Row and field (0 title, 1 artist) that is most like `text`; None when nothing is much like it."""
    typed = "".join(map(hangul.keys, searchable(text[:_MOST_KEYS]).replace(" ", "")))[:_MOST_KEYS]
    if len(typed) < _LEAST_KEYS or not len(corpus):
        return None
    best = min(((_wrong(typed, corpus, field), field) for field in _alike(typed, corpus)), default=(1.0, 0))
    return divmod(best[1], FIELDS) if best[0] <= _MOST_WRONG else None


def _alike(typed: str, corpus: Corpus) -> list[int]:
    """The fields that share most pairs of neighbouring keys with the query."""
    tape, asked = corpus.keys, np.zeros(1 << 16, np.bool_)
    asked[pairs(codes_of(typed))] = True
    shared = np.add.reduceat(asked[corpus.key_pairs], tape.fields[:-1], dtype=np.int32)
    sizes = np.diff(tape.fields) - 1
    share = np.where(np.arange(len(sizes)) % FIELDS <= _ARTIST, 2 * shared / (len(typed) + np.maximum(sizes, 1)), 0)
    few = np.argpartition(-share, min(_LOOKED_AT, len(share) - 1))[:_LOOKED_AT]
    return [int(field) for field in few if share[field] >= _LEAST_SHARE]


def _wrong(typed: str, corpus: Corpus, field: int) -> float:
    """The share of keys to change."""
    start, end = corpus.keys.fields[field : field + 2]
    name = "".join(map(chr, corpus.keys.signs[start : end - 1]))[: 2 * _MOST_KEYS]
    return slips_between(typed, name) / max(len(typed), len(name))


def slips_between(one: str, other: str) -> int:
    """How many letters to change, add, leave out or exchange with the next (restricted Damerau-Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and against == one[i - 2]:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
