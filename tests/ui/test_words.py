"""The words of the window: complete in both languages, and said right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from musicrec_desktop.core import errors
from musicrec_desktop.core.errors import UNDECODABLE_REASONS, MusicRecError, UndecodableFile
from musicrec_desktop.core.types import Reason
from musicrec_desktop.ui import messages, strings

REFUSALS = ("too_short", "too_quiet", "clipped", "not_music", "nothing_close", "empty_catalogue")


@pytest.fixture(params=["en", "ko"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    strings.use_language(request.param)
    yield request.param
    strings.use_language("en")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_word(reason: Reason) -> None:
    assert strings.tr(f"reason.{reason.value}")


def test_plurals_and_numbers(language: str) -> None:
    if language == "en":
        assert strings.tr("moods.count", n=1) == "1 song"
        assert strings.tr("moods.count", n=2203) == "2,203 songs"
    else:
        assert strings.tr("moods.count", n=2203) == "2,203곡"
    assert strings.number(-1234.56, 1) == "\u22121,234.6"
    assert strings.percent(0.384) == "38%"
    assert strings.clock(43.2) == "0:43"
    assert strings.clock(3723) == "1:02:03"
    assert strings.decibels(-58.2) == "\u221258 dB"


def test_dates_and_times(language: str) -> None:
    moment = datetime(2026, 5, 3, 9, 4)
    assert strings.day(moment) == {"en": "3 May 2026", "ko": "2026년 5월 3일"}[language]
    assert strings.time_of_day(moment) == "09:04"


@pytest.mark.parametrize("hostile", ["{n}", "{0.__class__}", "%1 %n %Ln {name}", "}{", "100%", "<b>&amp;"])
def test_a_fact_is_shown_as_it_is(hostile: str) -> None:
    assert strings.tr("take.file", name=hostile).count(hostile) == 1


def test_a_key_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such key"):
        strings.tr("no such key")


def every_error() -> list[MusicRecError]:
    """One of each kind that this program raises on purpose."""
    facts = {"path": Path("x"), "reason": "empty", "detail": "d", "model": "a", "program": "b"}
    facts |= {"got_s": 1.0, "needed_s": 3.0, "level_db": -60.0, "needed_db": -45.0, "track_id": "t", "name": "n"}
    facts |= {"found": 2, "known": 1, "start_s": 1.0, "duration_s": 2.0}
    facts |= {"server": "example.org:3306", "user": "u", "release": 3, "n_tracks": 4}
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
    assert message.text and "{" not in message.text
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
