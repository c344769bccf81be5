"""The only door to the words of the window: `tr("key", n=3)` in the language that was chosen.

The words are Qt Linguist's: resources/translations/musicrec_{en,ko}.ts, compiled to .qm by tools/translations.py.
A message's id is its key; `%Ln` stands for the number that chooses between singular and plural, `{name}` for a fact.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTime, QTranslator

from musicrec_desktop.core import paths
from musicrec_desktop.core.types import Mood

Language = Literal["en", "ko"]

LANGUAGES: tuple[Language, ...] = ("en", "ko")
_COUNT = "%Ln"
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class _Voice:
    """One language as it is spoken: its words, its numbers and dates, and the words of Qt's own widgets."""

    language: Language
    locale: QLocale
    words: QTranslator
    widgets: QTranslator


_voice: list[_Voice] = []  # one cell: the language of this window


def use_language(chosen: str) -> None:
    """Speak "en" or "ko" from now on; "" means the system's language, and English where that is another."""
    locale = _locale_of(chosen)
    wanted: Language = "ko" if locale.language() == QLocale.Language.Korean else "en"
    before = _voice[0] if _voice else None
    if before is None or (before.language, before.locale) != (wanted, locale):
        _voice[:] = [_Voice(wanted, locale, _words_of(wanted), _words_of_widgets(wanted))]
    _tell_qt(before)


def language() -> Language:
    return _now().language


def tr(key: str, **facts: object) -> str:
    """The words for `key`, with {facts} filled in; facts are shown as they are, whatever is in them.

    A fact `n` that is a whole number chooses between singular and plural, by Qt's rules for the language.
    """
    voice, n = _now(), facts.get("n")
    counted = voice.words.translate("", key, "", n) if isinstance(n, int) else ""
    text = counted or voice.words.translate("", key, "", -1)  # a message without plurals has no second form
    if not text:
        raise KeyError(key)
    # Before the facts: one of them may hold the mark itself.
    text = text.replace(_COUNT, "{n}")
    return text.format(**{name: _shown(value, voice.locale) for name, value in facts.items()}) if facts else text


def mood_title(mood: Mood) -> str:
    """The tile's title; `|` marks the preferred line break."""
    return mood.name_ko if language() == "ko" else mood.name_en


def mood_short(mood: Mood) -> str:
    return mood.short_ko if language() == "ko" else mood.short_en


def mood_description(mood: Mood) -> str:
    return mood.description_ko if language() == "ko" else mood.description_en


def number(value: float, digits: int = 0) -> str:
    """12345.6 -> "12,346": rounded, grouped, and with a real minus sign."""
    return _now().locale.toString(float(value), "f", digits).replace("-", _MINUS)


def percent(share: float) -> str:
    """0.38 -> "38%"."""
    return tr("percent", percent=number(100 * share))


def day(moment: date) -> str:
    """3 May 2026, 2026년 5월 3일."""
    return _now().locale.toString(QDate(moment.year, moment.month, moment.day), tr("date.format"))


def day_near(moment: date, now: date) -> str:
    """3 May, 5월 3일; with the year where that is another than now."""
    if moment.year != now.year:
        return day(moment)
    return _now().locale.toString(QDate(moment.year, moment.month, moment.day), tr("date.near"))


def time_of_day(moment: datetime) -> str:
    """21:04, in both languages."""
    return _now().locale.toString(QTime(moment.hour, moment.minute), "HH:mm")


def clock(seconds: float) -> str:
    """43.2 -> "0:43", 3723 -> "1:02:03"."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def decibels(level_db: float) -> str:
    """Rounded, with a real minus sign and the unit."""
    return f"{number(level_db)} dB"


def _now() -> _Voice:
    if not _voice:
        use_language("en")
    return _voice[0]


def _locale_of(chosen: str) -> QLocale:
    """The chosen language's; the system's own, with its country's habits, where it speaks one of ours."""
    if chosen:
        return QLocale(chosen if chosen in LANGUAGES else "en")
    # Its first language for words, which may be another than that of its numbers.
    first = QLocale((_system_languages() or ["en"])[0])
    return first if QLocale.languageToCode(first.language()) in LANGUAGES else QLocale("en")


def _system_languages() -> list[str]:
    """As the system ranks them: "ko-KR", "en" ..."""
    return QLocale.system().uiLanguages()


def _words_of(wanted: Language) -> QTranslator:
    return _loaded(f"musicrec_{wanted}", paths.resources() / "translations")


def _words_of_widgets(wanted: Language) -> QTranslator:
    """Qt's own: file dialogs, the menus of text fields. English is what they speak without."""
    return _loaded(f"qtbase_{wanted}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))


def _loaded(name: str, folder: Path) -> QTranslator:
    translator = QTranslator()
    translator.load(name, str(folder))  # False where it is missing: it stays empty, and tr() names the missing key
    return translator


def _tell_qt(before: _Voice | None) -> None:
    """Give Qt's widgets their words. Ours are asked for by `tr` alone, which needs no application."""
    application, voice = QCoreApplication.instance(), _voice[0]
    if application is None:
        return
    if before is not None and before is not voice:
        application.removeTranslator(before.widgets)
    application.removeTranslator(voice.widgets)  # twice would be twice in its list
    application.installTranslator(voice.widgets)
    QLocale.setDefault(voice.locale)


def _shown(value: object, locale: QLocale) -> str:
    match value:
        case bool():
            return str(value)
        case int():
            return locale.toString(value)
        case float():
            return locale.toString(value, "f", 1)
    return str(value)
