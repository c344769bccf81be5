"""Every error and refusal has its sentence, with its facts in it."""

import inspect
from pathlib import Path
from typing import get_args

import pytest

from musicrec_desktop.core import errors
from musicrec_desktop.core.errors import UNDECODABLE_REASONS, UndecodableFile
from musicrec_desktop.core.types import RefusalReason
from musicrec_desktop.wording import UNDECODABLE, describe, refusal, undecodable

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.MusicRecError) and "__init__" in vars(kind) and kind is not errors.MusicRecError
]


def example(kind: type[errors.MusicRecError]) -> errors.MusicRecError:
    values = {
        "path": Path("노래.db"),
        "start_s": 50.0,
        "duration_s": 30.0,
        "got_s": 1.0,
        "needed_s": 3.0,
        "kept_s": 2.0,
    }
    numbers = {"level_db": -70.0, "needed_db": -60.0, "found": 9, "known": 3}
    names = inspect.signature(kind).parameters
    return kind(**{name: (values | numbers).get(name, f"a {name}") for name in names})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_is_one_sentence(kind: type[errors.MusicRecError]) -> None:
    sentence = describe(example(kind))
    assert sentence.endswith(".") and "\n" not in sentence and "{" not in sentence
    assert "=" not in sentence  # not the bare facts


def test_facts_are_told() -> None:
    assert "50 s" in describe(example(errors.BeyondEnd)) and "30.0 s" in describe(example(errors.BeyondEnd))
    assert "(USB mic)" in describe(errors.NoInputDevice(device_name="USB mic"))
    assert "found;" in describe(errors.NoInputDevice())


def test_every_reason_a_file_cannot_be_read_has_words() -> None:
    assert set(UNDECODABLE_REASONS) <= set(UNDECODABLE)
    assert describe(UndecodableFile(path=Path("a.mp3"), reason="empty")) == "a.mp3: there is no sound in it."
    assert undecodable("too_short") == "it is too short"


def test_what_is_not_ours_is_told_on_one_line() -> None:
    assert describe(PermissionError(13, "Permission denied", "/x")) == "/x: Permission denied."
    assert describe(KeyError("a\nb")).startswith("This is a fault of the program: KeyError")
    assert "\n" not in describe(ValueError("a\nb"))


@pytest.mark.parametrize("reason", get_args(RefusalReason))
def test_every_refusal_has_a_sentence(reason: RefusalReason) -> None:
    measured = refusal(reason, {"value": 0.5, "needed": 3.0})
    bare = refusal(reason, {})
    assert measured.endswith(".") and bare.endswith(".")
    assert "{" not in measured + bare


def test_a_refusal_tells_what_was_measured() -> None:
    assert refusal("too_short", {"value": 1.0, "needed": 3.0}) == "Too short: 1.0 s, and 3 s are needed."
    assert "25%" in refusal("clipped", {"value": 0.25, "needed": 0.2})
