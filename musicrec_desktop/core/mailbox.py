"""A place for one item between two threads: the newest wins."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Closed(Exception):
    """The mailbox was closed and holds nothing more."""


class Mailbox(Generic[T]):
    """Holds at most one item; a newer one replaces it, so a slow reader never works through a backlog."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[T] = []
        self._closed = False

    def put(self, item: T) -> None:
        with self._changed:
            if self._closed:
                raise Closed
            self._items = [item]
            self._changed.notify()

    def take(self) -> T:
        """Wait for an item and remove it; raise Closed when none can come any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed)
            if not self._items:
                raise Closed
            return self._items.pop()

    def close(self) -> None:
        """Refuse new items, drop the waiting one and wake the reader."""
        with self._changed:
            self._closed = True
            self._items.clear()
            self._changed.notify_all()
