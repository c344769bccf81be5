"""Cooperative cancellation."""

import threading


class Cancelled(Exception):
    """Control flow: the work is no longer wanted. Never shown."""


class CancelToken:
    """Handed to long work; checked between its steps."""

    __slots__ = ("_event",)

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled once `cancel` has been called."""
        if self._event.is_set():
            raise Cancelled

    def rest(self, seconds: float) -> None:
        """Wait so long; raise Cancelled as soon as `cancel` is called."""
        if self._event.wait(seconds):
            raise Cancelled
