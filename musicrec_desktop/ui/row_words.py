"""The words of result rows in the listener's language."""

from collections.abc import Iterable

from musicrec_desktop.core.types import Mood, Reason
from musicrec_desktop.ui.result_rows import RowWords
from musicrec_desktop.ui.strings import mood_short, tr

_CLOSENESS = ((90, "closeness.same"), (80, "closeness.very"), (65, "closeness.close"), (0, "closeness.some"))


def row_words(moods: Iterable[Mood], *, fit: bool = False) -> RowWords:
    """`fit` for the songs of a mood, whose number says how well they fit it."""
    return RowWords(
        reasons={reason: tr(f"reason.{reason.value}") for reason in Reason},
        moods={mood.id: mood_short(mood) for mood in moods},
        actions={"play": tr("action.play"), "more_like": tr("action.similar"), "menu": tr("action.menu")},
        closeness=_fit if fit else _closeness,
        central=tr("row.central"),
    )


def _closeness(score: float) -> str:
    word = next(key for least, key in _CLOSENESS if round(score) >= least)
    return f"{tr('closeness.name', score=round(score))}, {tr(word)}"


def _fit(score: float) -> str:
    return tr("fit.name", score=round(score))
