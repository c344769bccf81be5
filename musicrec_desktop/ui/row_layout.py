"""Where the parts of a result row lie: plain geometry, shared by the painter and by the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

BLEED = 10  # the highlight of a row stands out past the column
ROW, ROW_COMPACT = 62, 56
GAP = 2
COVER = 44
_TEXT_LEFT = COVER + 12
_RING = 36
_ACTION_PITCH = 26
_ACTIONS = 4
_CHIPS, _CHIPS_COMPACT = 166, 156
_MOMENT = 54
_LEAST_TITLE = 150

Part = str  # "cover", "moment", "menu", "row" or the name of an action


@dataclass(frozen=True, slots=True)
class RowShape:
    """What a row shows, besides cover and title."""

    ring: bool
    moment: bool
    chips: bool
    actions: tuple[str, ...]
    compact: bool


@dataclass(frozen=True, slots=True)
class RowBoxes:
    """Boxes of one row in the coordinates of its list; None where a part is absent."""

    highlight: QRectF
    cover: QRectF
    words: QRectF
    chips: QRectF | None
    moment: QRectF | None
    ring: QPointF | None
    actions: dict[str, QRectF]
    menu: QRectF | None


def row_boxes(row: QRectF, shape: RowShape) -> RowBoxes:
    """Lay out from the right: actions, ring, moment, chips; the title takes what is left."""
    height = ROW_COMPACT if shape.compact else ROW
    box = QRectF(row.left(), row.top(), row.width(), height)
    column = box.adjusted(BLEED, 0, -BLEED, 0)
    middle = box.center().y()
    actions, menu, right = _actions(column, middle, shape)
    ring, right = _ring(right, middle, shape)
    moment, right = _taken(column, right, _MOMENT, shape.moment)
    chips_room = _CHIPS_COMPACT if shape.compact else _CHIPS
    chips, right = _taken(column, right, chips_room, shape.chips and _roomy(column, right))
    left = column.left() + _TEXT_LEFT
    return RowBoxes(
        highlight=box,
        cover=QRectF(column.left(), middle - COVER / 2, COVER, COVER),
        words=QRectF(left, box.top(), max(0.0, right - 12 - left), height),
        chips=chips,
        moment=moment,
        ring=ring,
        actions=actions,
        menu=menu,
    )


def _actions(column: QRectF, middle: float, shape: RowShape) -> tuple[dict[str, QRectF], QRectF | None, float]:
    last = column.right() - 10
    if not shape.actions:
        return {}, None, column.right()
    menu = QRectF(last - 13, middle - 13, 26, 26)
    if shape.compact:
        return {}, menu, last - 36
    first = last - (len(shape.actions) - 1) * _ACTION_PITCH
    boxes = {
        name: QRectF(first + index * _ACTION_PITCH - 13, middle - 13, 26, 26)
        for index, name in enumerate(shape.actions)
    }
    return boxes, menu, last - (_ACTIONS - 1) * _ACTION_PITCH - 32


def _ring(right: float, middle: float, shape: RowShape) -> tuple[QPointF | None, float]:
    if not shape.ring:
        return None, right
    return QPointF(right - _RING / 2, middle), right - _RING


def _taken(column: QRectF, right: float, room: float, wanted: bool) -> tuple[QRectF | None, float]:
    if not wanted:
        return None, right
    return QRectF(right - room, column.top(), room, column.height()), right - room


def _roomy(column: QRectF, right: float) -> bool:
    return right - _CHIPS - column.left() - _TEXT_LEFT >= _LEAST_TITLE


def part_at(boxes: RowBoxes, position: QPointF) -> Part:
    """What of the row lies under a point."""
    for name, box in boxes.actions.items():
        if box.contains(position):
            return name
    for name, box in (("menu", boxes.menu), ("cover", boxes.cover), ("moment", boxes.moment)):
        if box is not None and box.contains(position):
            return name
    return "row"
