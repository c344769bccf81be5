"""The only door to the words of the window: `tr("key", n=3)` in the language that was chosen.

An entry is (English, Korean); English may hold the singular and the plural, parted by " || ".
"""

import locale
from typing import Literal

from musicrec_desktop.core.types import Mood
from musicrec_desktop.ui.words import WORDS

Language = Literal["en", "ko"]

_PLURAL = " || "
_language: list[Language] = ["en"]  # one cell: the language of this window


def use_language(chosen: str) -> None:
    """Speak "en" or "ko" from now on; "" means the system's language, and English where that is another."""
    language = chosen or (locale.getlocale()[0] or "")[:2]
    _language[0] = "ko" if language == "ko" else "en"


def language() -> Language:
    return _language[0]


def tr(key: str, **facts: object) -> str:
    """The words for `key`, with {facts} filled in. A fact `n` chooses between singular and plural."""
    english, korean = WORDS[key]
    text = korean if language() == "ko" else _counted(english, facts.get("n"))
    return text.format(**{name: _shown(value) for name, value in facts.items()}) if facts else text


def mood_title(mood: Mood) -> str:
    """The tile's title; `|` marks the preferred line break."""
    return mood.name_ko if language() == "ko" else mood.name_en


def mood_short(mood: Mood) -> str:
    return mood.short_ko if language() == "ko" else mood.short_en


def mood_description(mood: Mood) -> str:
    return mood.description_ko if language() == "ko" else mood.description_en


def clock(seconds: float) -> str:
    """43.2 -> "0:43", 3723 -> "1:02:03"."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def decibels(level_db: float) -> str:
    """Rounded, with a real minus sign and the unit."""
    return f"{level_db:.0f} dB".replace("-", "\u2212")


def _counted(english: str, n: object) -> str:
    singular, parted, plural = english.partition(_PLURAL)
    return plural if parted and n != 1 else singular


def _shown(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
