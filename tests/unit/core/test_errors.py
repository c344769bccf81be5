"""Errors keep their facts, on the way out of a child process, too."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicrec_desktop.core import errors
from musicrec_desktop.core.errors import MusicRecError

FACTS: dict[str, object] = {
    "device_name": "USB mic",
    "kept_s": 2.5,
    "got_s": 1.2,
    "needed_s": 3.0,
    "level_db": -71.0,
    "needed_db": -60.0,
    "path": Path("a folder") / "음악.mp3",
    "reason": "damaged",
    "detail": "unexpected end",
    "start_s": 40.0,
    "duration_s": 30.0,
    "model": "aaaa",
    "program": "bbbb",
    "found": 9,
    "known": 3,
    "track_id": "t1",
    "name": "calm",
    "server": "example.org:3306",
    "user": "listener",
    "release": 12,
}


def kinds_below(kind: type[MusicRecError]) -> Iterator[type[MusicRecError]]:
    for child in kind.__subclasses__():
        yield child
        yield from kinds_below(child)


KINDS = sorted({kind for kind in kinds_below(MusicRecError) if kind.__module__ == errors.__name__}, key=str)


def example(kind: type[MusicRecError]) -> MusicRecError:
    code = kind.__init__.__code__
    wanted = code.co_varnames[1 : 1 + code.co_kwonlyargcount]
    return kind(**{name: FACTS[name] for name in wanted})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_pickling_keeps_type_and_facts(kind: type[MusicRecError]) -> None:
    error = example(kind)
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is kind
    assert arrived.facts == error.facts
    assert vars(arrived) == vars(error)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_fact_is_an_attribute_and_in_the_text(kind: type[MusicRecError]) -> None:
    error = example(kind)
    for name, value in error.facts.items():
        assert getattr(error, name) == value
        assert f"{name}={value}" in str(error)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    tree = (errors.__doc__ or "").split()
    assert {kind.__name__ for kind in KINDS} <= set(tree)
