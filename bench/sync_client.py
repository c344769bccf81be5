"""What a client does with a central catalogue: `python -m bench.sync_client JOB PORT DATABASE`, home by MUSICREC_HOME.

Jobs: `pull` to the current release; `back` and forward again, eleven times; `rows`, the first 2,000 tracks row by row
through peewee. Prints one JSON object. Private memory is looked at every 20 ms (Linux).
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import peewee

from bench.idle import memory_mb
from musicrec_desktop import wiring
from musicrec_desktop.catalogue.release_tables import VersionRow
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.sync.link import Address
from musicrec_desktop.sync.password import Password
from musicrec_desktop.sync.pull import pull
from musicrec_desktop.sync.remote import MySQLCatalogue

LOOK_S = 0.02
TIMES = 11
ROWS = 2000
Figures = dict[str, float]


@contextmanager
def peak(figures: Figures) -> Iterator[None]:
    """Note the private memory of this process at its highest."""
    over = threading.Event()
    found = [memory_mb("RssAnon")]

    def look() -> None:
        while not over.wait(LOOK_S):
            found.append(memory_mb("RssAnon"))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        figures["private MB, before"], figures["private MB, peak"] = found[0], max(found)


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """Note wall time and processor time of all threads."""
    began = time.perf_counter(), time.process_time()
    yield
    figures[f"{name}, s"] = time.perf_counter() - began[0]
    figures[f"{name}, processor s"] = time.process_time() - began[1]


def pulled(port: int, database: str) -> Figures:
    """To the current release, then what a search needs of it."""
    figures: Figures = {}
    remote = MySQLCatalogue(Address("root", "127.0.0.1", port, database), lambda: Password(""))
    with wiring.open_catalogue() as store, peak(figures):

        def use(local: int) -> None:
            with timed(figures, "check all and switch"):
                wiring.use_content(store, local)

        with timed(figures, "pull"):
            found = pull(remote, store.central, use=use, token=CancelToken())
        figures |= {"added": found.added, "changed": found.changed, "deleted": found.deleted}
    with wiring.open_catalogue() as store, timed(figures, "passage cache"):
        store.packed(store.model_in_use() or "")
    return figures


def back(port: int, database: str) -> Figures:
    """To the content before and forward again."""
    with wiring.open_catalogue() as store:
        took_ms = [1000 * _seconds(lambda: store.central.back()) for _ in range(TIMES)]
    return {"back, median ms": float(np.median(took_ms)), "back, longest ms": max(took_ms)}


def _seconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


class LocalRow(VersionRow):
    """The same columns in a file here."""


def row_by_row(port: int, database: str) -> Figures:
    """As one would begin: every row of the server's an object, made anew here; the wall and processor time of one."""
    file = paths.home() / "rows.db"
    remote = peewee.MySQLDatabase(database, host="127.0.0.1", port=port, user="root", charset="utf8mb4")
    local = peewee.SqliteDatabase(str(file), pragmas={"journal_mode": "wal", "synchronous": "normal"})
    figures: Figures = {}
    with remote.bind_ctx([VersionRow]), local.bind_ctx([LocalRow]), timed(figures, "row by row"):
        local.create_tables([LocalRow])
        for row in VersionRow.select().limit(ROWS):
            LocalRow.create(**row.__data__)
    remote.close()
    local.close()
    for path in Path(file.parent).glob("rows.db*"):
        path.unlink()
    return {f"{name} a song": value / ROWS for name, value in figures.items()}


JOBS: dict[str, Callable[[int, str], Figures]] = {"pull": pulled, "back": back, "rows": row_by_row}


def main() -> None:
    with suppress(BrokenPipeError):
        print(json.dumps(JOBS[sys.argv[1]](int(sys.argv[2]), sys.argv[3])))


if __name__ == "__main__":
    main()
