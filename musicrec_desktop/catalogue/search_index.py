"""The catalogue's texts in memory, so that a search reads no file: 100,000 songs are 20 MB."""

import threading
from typing import Any

import numpy as np

from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.nearest import nearest
from musicrec_desktop.catalogue.search import Corpus, best_rows
from musicrec_desktop.catalogue.tape import BETWEEN, tape_of

_FIRST_SCHEMA_WITH_TEXTS, _FIRST_SCHEMA_WITH_CONTENTS = 2, 3
_MOST_TAKEN_OVER = 5000
_NOTHING = Corpus(tape_of([]))


def search_text(title: str, artist: str, album: str) -> str:
    """What is stored of a song to be found by."""
    return BETWEEN.join(map(searchable, (title, artist, album)))


class SearchIndex:
    """Follows one catalogue file: each question first takes over what changed since the last. Any thread may ask."""

    def __init__(self, database: CatalogueDatabase) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._shown: list[Any] = []  # which rows can be seen
        self._rows: list[int] = []  # of `tracks`, in the order of the corpus
        self._corpus = _NOTHING

    def search(self, text: str, limit: int) -> list[int]:
        """The rows of `tracks` that answer best."""
        rows, corpus = self._current()
        return [rows[i] for i in best_rows(corpus, text, limit)]

    def nearest(self, text: str) -> tuple[int, int] | None:
        """The row of `tracks` and which of its names (0 title, 1 artist) is spelt most like `text`."""
        rows, corpus = self._current()
        found = nearest(corpus, text)
        return None if found is None else (rows[found[0]], found[1])

    def _current(self) -> tuple[list[int], Corpus]:
        with self._lock:
            generation = int(self._database.run("SELECT value FROM facts WHERE key = 'generation'")[0][0])
            if generation != self._generation:
                shown = self._database.run("SELECT low, high FROM shown") if self._has_contents() else []
                if self._generation is None or shown != self._shown or not self._take_over(self._generation):
                    self._begin()
                self._generation, self._shown = generation, shown
            return self._rows, self._corpus

    def _begin(self) -> None:
        texts = self._read() if self._has_texts() else self._made()
        self._rows, self._corpus = list(texts), Corpus(tape_of(list(texts.values())))

    def _take_over(self, generation: int) -> bool:
        """Put the songs that have changed since at the end; False when it is better to begin anew."""
        if not self._has_texts():
            return False
        changed = self._read("WHERE changed > ?", (generation,))
        stay = [place for place, row in enumerate(self._rows) if row not in changed]
        n_now = int(self._database.run("SELECT count(id) FROM tracks")[0][0])
        if len(stay) + len(changed) != n_now or len(changed) > _MOST_TAKEN_OVER:
            return False  # songs were removed, or so many have come that the order they were in is worth more
        if changed:
            kept = self._corpus if len(stay) == len(self._rows) else self._corpus.part(np.array(stay, np.int64))
            self._rows = [*(self._rows[place] for place in stay), *changed]
            self._corpus = kept.with_more(tape_of(list(changed.values())))
        return True

    def _read(self, where: str = "", parameters: tuple[object, ...] = ()) -> dict[int, str]:
        joined = "search CROSS JOIN tracks ON tracks.id = search.track"
        found: list[Any] = self._database.run(f"SELECT track, text FROM {joined} {where} ORDER BY track", parameters)
        return dict(found)

    def _made(self) -> dict[int, str]:
        """From a file of an older program that may not be changed."""
        found = self._database.run("SELECT id, title, artist, album FROM tracks ORDER BY id")
        return {row: search_text(*names) for row, *names in found}

    def _has_texts(self) -> bool:
        return self._version() >= _FIRST_SCHEMA_WITH_TEXTS

    def _has_contents(self) -> bool:
        return self._version() >= _FIRST_SCHEMA_WITH_CONTENTS

    def _version(self) -> int:
        return int(self._database.run("PRAGMA user_version")[0][0])
