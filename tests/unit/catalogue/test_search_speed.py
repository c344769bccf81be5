"""A search among 100,000 titles answers before the next key is pressed."""

import random

import numpy as np
import pytest

from bench.search import KINDS, SEED, Kind, Names, milliseconds, queries, songs
from musicrec_desktop.catalogue.nearest import nearest
from musicrec_desktop.catalogue.search import Corpus, best_rows
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.tape import tape_of

MOST_MS, N_SONGS, LIMIT = 50, 100_000, 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def named() -> list[Names]:
    return songs(N_SONGS, random.Random(SEED))


@pytest.fixture(scope="module")
def corpus(named: list[Names]) -> Corpus:
    corpus = Corpus(tape_of([search_text(*names) for names in named]))
    nearest(corpus, "warm up")
    return corpus


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_query_is_quick(kind: Kind, corpus: Corpus, named: list[Names]) -> None:
    """By the processor's time: what other programs take of the machine is not the search's."""
    texts = [text for _, text in queries(kind, named, random.Random(SEED))][:20]
    times = milliseconds(lambda text: best_rows(corpus, text, LIMIT), texts)[:, 1]
    assert np.percentile(times, 95) <= MOST_MS


def test_the_nearest_spelling_is_quick(corpus: Corpus, named: list[Names]) -> None:
    texts = [text for _, text in queries(KINDS[-1], named, random.Random(SEED))][:20]
    times = milliseconds(lambda text: nearest(corpus, text), texts)[:, 1]
    assert np.percentile(times, 95) <= MOST_MS
