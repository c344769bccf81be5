"""RemoteCatalogue: what a client reads of a central catalogue, and the one over MySQL. Nothing is ever written."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release
from musicrec_desktop.core.errors import SyncError
from musicrec_desktop.sync.link import (
    DEFAULT_TIMEOUTS,
    Address,
    CentralDatabase,
    Timeouts,
    connect,
    translated,
    usable,
)
from musicrec_desktop.sync.password import Password

Found = TypeVar("Found")


class RemoteCatalogue(Protocol):
    """Pages of one content may be read while others are published. Everything raises SyncError."""

    @property
    def server(self) -> str: ...

    def current(self) -> Release: ...

    def model(self, model_id: str) -> CentralModel: ...

    def changed(self, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[tuple[CentralTrack, str]]: ...

    def gone(self, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[str]: ...

    def these(self, track_ids: Sequence[str], *, content: int) -> Sequence[tuple[CentralTrack, str]]: ...

    def preview(self, sha256: str) -> bytes | None: ...

    def cut(self) -> None: ...

    def close(self) -> None: ...


class MySQLCatalogue:
    """A central catalogue on a server; opened by the first question, and again after the link broke.

    For one thread, but for `cut`, by which another ends what is being waited for.
    """

    def __init__(
        self,
        address: Address,
        password: Callable[[], Password],
        *,
        ca: Path | None = None,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
        plain_allowed: bool = False,
        tls_demanded: bool = False,
    ) -> None:
        self._address = address
        self._password = password
        self._options: dict[str, Any] = {
            "ca": ca,
            "timeouts": timeouts,
            "plain_allowed": plain_allowed,
            "tls_demanded": tls_demanded,
        }
        self._database: CentralDatabase | None = None

    @property
    def server(self) -> str:
        return self._address.server

    def current(self) -> Release:
        return self._asked(release_queries.current)

    def model(self, model_id: str) -> CentralModel:
        return self._asked(lambda database: release_queries.model(database, model_id))

    def changed(self, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[tuple[CentralTrack, str]]:
        return self._asked(
            lambda database: release_queries.changed(database, after=after, upto=upto, from_id=from_id, limit=limit)
        )

    def gone(self, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[str]:
        return self._asked(
            lambda database: release_queries.gone(database, after=after, upto=upto, from_id=from_id, limit=limit)
        )

    def these(self, track_ids: Sequence[str], *, content: int) -> Sequence[tuple[CentralTrack, str]]:
        """Of these tracks the versions that a content holds, each with its digest; others are left out."""
        return self._asked(lambda database: release_queries.these(database, track_ids, content=content))

    def preview(self, sha256: str) -> bytes | None:
        return self._asked(lambda database: release_queries.preview(database, sha256))

    def cut(self) -> None:
        """End every connection at once, from any thread."""
        database = self._database
        if database is not None:
            database.cut()

    def close(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.drop()

    def _asked(self, question: Callable[[CentralDatabase], Found]) -> Found:
        """The answer; after an error the link is made anew by the next question."""
        try:
            with translated(self.server):
                return question(self._opened())
        except SyncError:
            with suppress(SyncError):
                self.close()
            raise

    def _opened(self) -> CentralDatabase:
        if self._database is None:
            self._database = connect(self._address, password=self._password(), **self._options)
        else:
            usable(self._database)
        return self._database
