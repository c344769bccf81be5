"""Text search: what is stored to be found, and how a query is asked."""

import unicodedata
from dataclasses import dataclass

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 588
_LATIN_MARKS = range(0x300, 0x370)
_INVISIBLE = ("Cf", "Cs", "Cn")  # direction marks, lone surrogates, unassigned
_COLUMNS = ("title", "artist", "album", "initials")
_TRIGRAM = 3  # shorter words are not in the index
_LONGEST_QUERY, _MOST_WORDS = 200, 12


def searchable(text: str) -> str:
    """Text as it is compared: NFC, case folded, without accents on letters, control and direction marks."""
    parts = unicodedata.normalize("NFD", text.casefold())
    kept = (_visible(sign) for sign in parts if ord(sign) not in _LATIN_MARKS)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def initials(text: str) -> str:
    """Hangul syllables by their initial consonants (방탄 -> ㅂㅌ), the rest as it is; empty without Hangul."""
    letters = [_initial(sign) for sign in text]
    return "".join(letters) if any(a != b for a, b in zip(letters, text, strict=True)) else ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A WHERE and an ORDER BY over the search table, with their parameters in order."""

    where: str
    order: str
    parameters: tuple[str, ...]


def search_query(text: str) -> SearchQuery | None:
    """Every word must occur somewhere; None when nothing is left to search for."""
    phrase = searchable(text[:_LONGEST_QUERY])
    words = phrase.split()[:_MOST_WORDS]
    if not words:
        return None
    conditions: list[str] = []
    parameters: list[str] = []
    indexed = [word for word in words if len(word) >= _TRIGRAM]
    if indexed:
        conditions.append("search MATCH ?")
        parameters.append(" ".join('"' + word.replace('"', '""') + '"' for word in indexed))
    for word in words:
        if len(word) < _TRIGRAM:
            conditions.append("(" + " OR ".join(f"search.{name} LIKE ? ESCAPE '\\'" for name in _COLUMNS) + ")")
            parameters.extend([f"%{_escaped(word)}%"] * len(_COLUMNS))
    order, order_parameters = _best_first(phrase)
    return SearchQuery(" AND ".join(conditions), order, (*parameters, *order_parameters))


def _best_first(phrase: str) -> tuple[str, tuple[str, ...]]:
    escaped = _escaped(phrase)
    order = (
        "search.title = ? DESC, search.title LIKE ? ESCAPE '\\' DESC, search.title LIKE ? ESCAPE '\\' DESC,"
        " search.artist LIKE ? ESCAPE '\\' DESC, search.title, search.artist, search.rowid"
    )
    return order, (phrase, f"{escaped}%", f"%{escaped}%", f"%{escaped}%")


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cc":
        return " "
    return "" if category in _INVISIBLE else sign


def _initial(sign: str) -> str:
    code = ord(sign)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return _INITIALS[(code - _FIRST_SYLLABLE) // _PER_INITIAL]
    return sign
