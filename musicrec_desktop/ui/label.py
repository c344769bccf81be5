"""Label: text in a type token and a colour token, placed by cap height, elided or wrapped."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from musicrec_desktop.ui.fonts import Role, font, line_height
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.text import balanced, draw_text, elided, plain, tool_tip, width
from musicrec_desktop.ui.theme import Theme


class Label(Themed, QLabel):
    """Plain text. One line is elided, with the whole in the tool tip; `wrap` breaks into as many as needed,
    `balance` into two of much the same width, at `|` if there is one. `whole` never gives up any of its room.

    `colour` is the name of a token ("text2"); it may be changed at any time.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role,
        text: str = "",
        *,
        colour: str = "text",
        bold: bool | None = None,
        wrap: bool = False,
        balance: bool = False,
        whole: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.colour = colour
        self._role, self._font, self._align = role, font(role, bold=bold), align
        self.setTextFormat(Qt.TextFormat.PlainText)
        wrap = wrap or balance
        self._balance, self._whole = balance, whole
        self.setWordWrap(wrap)
        horizontal = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Maximum
        # A fixed height would be that of one line, whatever the width asks for.
        vertical = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(horizontal, vertical)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(plain(text))
        self.setAccessibleName(" ".join(part.strip() for part in self.text().split("|")) if self._balance else "")
        self.updateGeometry()
        self._tell_whole()
        self.update()

    def set_colour(self, name: str) -> None:
        self.colour = name
        self.update()

    def label_font(self) -> QFont:
        return self._font

    def sizeHint(self) -> QSize:
        return QSize(round(width(self.text(), self._font) + 1.5), line_height(self._role))

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint().width()
        return QSize(wanted if self._whole else min(wanted, 24), line_height(self._role))

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, room: int) -> int:
        return max(1, len(self.lines(room))) * line_height(self._role)

    def lines(self, room: float) -> list[str]:
        """The text broken at words, or within one that is wider than the room."""
        if not self.wordWrap():
            return [elided(self.text(), self._font, room)]
        if self._balance:
            return balanced(self.text(), self._font, room)
        layout = QTextLayout(self.text(), self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, room))
            found.append(self.text()[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        return found

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        cut = not self.wordWrap() and self.width() < int(width(self.text(), self._font))
        self.setToolTip(tool_tip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        colour = getattr(self.theme, self.colour)
        box_height = line_height(self._role)
        lines = self.lines(self.width())
        top = (self.height() - len(lines) * box_height) / 2 if not self.wordWrap() else 0.0
        for line in lines:
            box = QRectF(0, top, self.width(), box_height)
            draw_text(painter, box, line, self._font, colour, align=self._align, elide=False)
            top += box_height

    def baseline(self) -> QPointF:
        """Left end of the first line's base line, to stand another label on."""
        return QPointF(0, (line_height(self._role) + QFontMetricsF(self._font).capHeight()) / 2)
