"""The words of the window: complete in both languages, and said right."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from musicrec_desktop.core import errors
from musicrec_desktop.core.errors import UNDECODABLE_REASONS, MusicRecError, UndecodableFile
from musicrec_desktop.core.types import Reason
from musicrec_desktop.ui import messages, strings
from musicrec_desktop.ui.words import WORDS

UI = Path(strings.__file__).parent
REFUSALS = ("too_short", "too_quiet", "clipped", "not_music", "nothing_close", "empty_catalogue")


@pytest.fixture(params=["en", "ko"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    strings.use_language(request.param)
    yield request.param
    strings.use_language("en")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_ask_for_the_same_facts() -> None:
    for key, (english, korean) in WORDS.items():
        for form in english.split(" || "):
            assert fields(form) <= fields(korean) | {"n"}, key
        assert fields(korean) <= fields(english.replace(" || ", "")) | {"n"}, key


def test_korean_is_korean() -> None:
    for key, (english, korean) in WORDS.items():
        proper = re.fullmatch(r"(\{\w+\}|[%·\s\W]|kHz|MusicRec)*", english)
        assert proper or re.search("[가-힣]", korean), key


def test_the_voice_has_no_exclamation_marks_or_ellipses() -> None:
    for pair in WORDS.values():
        assert not any(mark in text for text in pair for mark in ("!", "...", "…"))


def test_every_key_that_is_spoken_exists() -> None:
    for path in UI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                for constant in ast.walk(node.args[0]):
                    if isinstance(constant, ast.Constant) and not isinstance(node.args[0], ast.JoinedStr):
                        assert constant.value in WORDS or not isinstance(node.args[0], ast.Constant), constant.value


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_word(reason: Reason) -> None:
    assert strings.tr(f"reason.{reason.value}")


def test_plurals_and_numbers(language: str) -> None:
    if language == "en":
        assert strings.tr("moods.count", n=1) == "1 song"
        assert strings.tr("moods.count", n=2203) == "2,203 songs"
    else:
        assert strings.tr("moods.count", n=2203) == "2,203곡"
    assert strings.clock(43.2) == "0:43"
    assert strings.clock(3723) == "1:02:03"
    assert strings.decibels(-58.2) == "\u221258 dB"


def every_error() -> list[MusicRecError]:
    """One of each kind that this program raises on purpose."""
    facts = {"path": Path("x"), "reason": "empty", "detail": "d", "model": "a", "program": "b"}
    facts |= {"got_s": 1.0, "needed_s": 3.0, "level_db": -60.0, "needed_db": -45.0, "track_id": "t", "name": "n"}
    facts |= {"found": 2, "known": 1, "start_s": 1.0, "duration_s": 2.0}
    found = []
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, MusicRecError) and kind is not MusicRecError:
            code = kind.__init__.__code__
            wanted = code.co_varnames[1 : 1 + code.co_kwonlyargcount]
            found.append(kind(**{name: facts[name] for name in wanted if name in facts}))
    return found


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_every_error_has_words_and_none_is_called_unexpected(error: MusicRecError) -> None:
    message = messages.describe(error)
    generic = type(error) in (errors.ExcerptError, errors.CatalogueError)
    assert message.text
    assert generic or message.text != strings.tr("error.unexpected")
    assert bool(message.button) == bool(message.remedy)


def test_a_bug_is_called_unexpected() -> None:
    assert messages.describe(ZeroDivisionError()).text == strings.tr("error.unexpected")


@pytest.mark.parametrize("reason", UNDECODABLE_REASONS)
def test_every_unreadable_file_has_its_reason(reason: str) -> None:
    assert messages.describe(UndecodableFile(path=Path("x"), reason=reason)).text == strings.tr(f"error.file_{reason}")


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_says_cause_headline_and_what_to_do(reason: str) -> None:
    words = messages.refusal_words(reason, {"value": 0.38, "needed": 0.05})
    assert words.cause and words.headline and words.sentence and words.buttons
    assert "{" not in words.sentence


def test_a_refusal_without_a_measurement_has_no_scale() -> None:
    assert messages.refusal_words("nothing_close", {}).scale is None
    assert "{" not in messages.refusal_words("nothing_close", {}).sentence


def test_the_scale_shows_the_engines_own_numbers(language: str) -> None:
    scale = messages.refusal_words("too_quiet", {"value": -58.0, "needed": -60.0}).scale
    assert scale is not None
    assert (scale.heard, scale.good_from) == (-58.0, -60.0)
    assert "\u221260 dB" in scale.good_text
    clipped = messages.refusal_words("clipped", {"value": 0.38, "needed": 0.05}).scale
    assert clipped is not None
    assert (clipped.good_from, clipped.good_to) == (0.0, 0.05)
    assert "38%" in clipped.heard_text
