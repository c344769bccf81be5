"""What the tests let a child do."""

import time
from collections.abc import Iterator


def give(value: object) -> Iterator[object]:
    yield value


def sleep() -> Iterator[object]:
    time.sleep(60)
    yield "late"


def miss() -> Iterator[object]:
    raise ModuleNotFoundError("no such library")
    yield
