"""One catalogue file with its connections: questions, and changes that wait for one another."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from musicrec_desktop.catalogue.database import CatalogueDatabase, noted_faults, translated, writers_lock
from musicrec_desktop.catalogue.tables import Facts
from musicrec_desktop.catalogue.writing import raise_generation
from musicrec_desktop.core.errors import CatalogueError, CatalogueUnwritable

_MARK_WAIT_S = 0.2  # a reader that has found damage does not wait longer to note it


class CatalogueFile:
    """`database` with its path; any thread may ask, changes wait for one another, across processes too."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path, self.read_only = path, read_only
        self.database = CatalogueDatabase(path, read_only=read_only)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Errors leave as ours; damage to the file itself is noted beside it, so that the next to open it looks."""
        with noted_faults(self.path, writable=not self.read_only), translated(self.path):
            yield

    def rows(self, query: Any) -> list[Any]:
        """All rows of a query."""
        with self.guarded():
            return list(query.execute(self.database))

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """All rows of a statement."""
        with self.guarded():
            return self.database.run(sql, parameters)

    def fact(self, key: str) -> str | None:
        found = self.rows(Facts.select(Facts.value).where(Facts.key == key).tuples())
        return found[0][0] if found else None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread asks within is of one state of the file, whatever others change meanwhile."""
        with self.guarded(), self.database.atomic("DEFERRED"):
            yield

    @contextmanager
    def change(self, *, seen: bool = True, wait_s: float | None = None) -> Iterator[None]:
        """One transaction. `seen`: what it changes can be seen, so it raises the generation."""
        if self.read_only:
            raise CatalogueUnwritable(path=self.path)
        waiting = {} if wait_s is None else {"wait_s": wait_s}
        with self.guarded(), writers_lock(self.path, **waiting), self.database.atomic("IMMEDIATE"):
            yield
            if seen:
                raise_generation(self.database)

    def mark_damaged(self, rows: list[int]) -> bool:
        """Note that something of these rows of `track_rows` is damaged; False where that cannot be written now."""
        if self.read_only or not rows:
            return False
        with suppress(CatalogueError), self.change(seen=False, wait_s=_MARK_WAIT_S):
            self.database.many("INSERT OR IGNORE INTO damage (track) VALUES (?)", [(row,) for row in rows])
            return True
        return False
