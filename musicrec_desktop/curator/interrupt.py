"""Ctrl-C for long steps: a wish that is looked at between two pieces of work, not an error that breaks in anywhere."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from musicrec_desktop.core.cancel import CancelToken


@contextmanager
def interruptible() -> Iterator[CancelToken]:
    """A token that Ctrl-C cancels; a second Ctrl-C breaks in. For the main thread.

    As an exception it may come up inside a library's callback, which prints it and goes on.
    """
    token = CancelToken()

    def asked(number: int, frame: FrameType | None) -> None:
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield token
    finally:
        signal.signal(signal.SIGINT, before)
