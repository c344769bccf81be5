"""Which letters of a song's names a query found: for drawing them bold."""

from collections.abc import Sequence

import numpy as np

from musicrec_desktop.catalogue.folding import searchable_with_origins
from musicrec_desktop.catalogue.search import Corpus, Match, matched
from musicrec_desktop.catalogue.tape import BETWEEN, FIELDS, codes_of, tape_of

Spans = list[tuple[int, int]]  # starts and ends of letters in a text, ascending, apart from one another


def matched_spans(names: Sequence[str], text: str) -> list[Spans]:
    """For title, artist and album as they are shown: what `text` found in each."""
    folded = [searchable_with_origins(name) for name in names]
    corpus = Corpus(tape_of([BETWEEN.join(letters for letters, _ in folded)]))
    pieces: list[Spans] = [[] for _ in names]
    places = [_places(*each, len(name)) for each, name in zip(folded, names, strict=True)]
    for match in matched(corpus, text):
        for field, start, end in _letters(corpus, match):
            pieces[field].append((places[field][start][0], places[field][end - 1][1]))
    return [_joined(each) for each in pieces]


def _places(letters: str, origins: list[int], length: int) -> list[tuple[int, int]]:
    """Start and end in the shown text, for each code on the tape that this text gave."""
    found = []
    for i, letter in enumerate(letters):
        end = next((origin for origin in origins[i + 1 :] if origin > origins[i]), length)
        if letter != " ":
            found.extend([(origins[i], end)] * len(codes_of(letter)))
    return found


def _letters(corpus: Corpus, match: Match) -> list[tuple[int, int, int]]:
    """Field, first letter, and the letter after the last, of every match."""
    starts, ends = match.found.starts, match.found.ends
    if match.tape is not corpus.letters:
        at = corpus.typed[1]
        starts = np.searchsorted(at, starts, side="right") - 1
        ends = np.searchsorted(at, ends, side="left")
    fields = corpus.letters.field_at(starts)
    firsts = corpus.letters.fields[fields]
    found = zip(fields % FIELDS, starts - firsts, ends - firsts, strict=True)
    return [(int(field), int(start), int(end)) for field, start, end in found]


def _joined(spans: Spans) -> Spans:
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
