"""Rows of songs as values, and the model that lists them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from musicrec_desktop.core.types import Reason, Recommendation, Track, TrackId
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.text import display_text, tool_tip

_ROOT = QModelIndex()
ACTIONS = ("like", "hide", "add", "more_like")


def clock(seconds: float) -> str:
    """ "1:05", "1:02:05"."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One song in a list: a recommendation, a mood's song ("fit" as score), or a search hit (no score)."""

    track: Track
    score: float | None = None  # 0..100
    at_s: float | None = None
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, recommendation: Recommendation) -> "ListRow":
        return cls(recommendation.track, recommendation.score, recommendation.at_s, recommendation.reasons)


@dataclass(frozen=True, slots=True)
class RowWords:
    """Everything a row says, in the listener's language."""

    reasons: Mapping[Reason, str] = field(default_factory=dict)
    moods: Mapping[int, str] = field(default_factory=dict)  # short names
    actions: Mapping[str, str] = field(default_factory=dict)  # like, hide, add, more_like, play, why, menu
    closeness: Callable[[float], str] = "closeness {:.0f} of 100".format
    unknown_artist: str = ""
    central: str = ""  # of songs of the central catalogue

    def spoken(self, row: ListRow) -> str:
        """The row as a screen reader says it."""
        mood = self.moods.get(row.track.mood_id, "") if row.track.mood_id is not None else ""
        reasons = ", ".join(self.reasons.get(reason, reason.value) for reason in row.reasons)
        score = "" if row.score is None else self.closeness(row.score)
        moment = "" if row.at_s is None else clock(row.at_s)
        source = self.central if row.track.source == "central" else ""
        words = (display_text(row.track.title), display_text(row.track.artist), mood, source, reasons, moment, score)
        return ", ".join(word for word in words if word)


class RowModel(QAbstractListModel):
    """Lists ListRows; the row itself under `ROW`."""

    ROW = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ListRow] = []
        self.words = RowWords()
        self.print_of: Callable[[TrackId], Print | None] = lambda track_id: None

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: int) -> ListRow:
        return self._rows[index]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == self.ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(f"{row.track.title}\n{row.track.artist}").replace("\n", "<br>")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words.spoken(row)
        return None

    def remove(self, index: int) -> None:
        self.beginRemoveRows(QModelIndex(), index, index)
        del self._rows[index]
        self.endRemoveRows()
