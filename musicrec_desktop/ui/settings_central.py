"""Settings, Central catalogue: where it is, how things stand with it, whose songs are searched, and its previews."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.controls import Segment
from musicrec_desktop.ui.icons import icon_pixmap
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.painting import Themed
from musicrec_desktop.ui.setting_row import SettingRow
from musicrec_desktop.ui.settings_previews import PreviewsRow
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

SCOPES = ("both", "own", "central")
_FIELD = 320


class Field(Themed, QLineEdit):
    """A line of text at the right edge of a setting; `icon` is a button in it."""

    def __init__(self, theme: Theme, *, icon: str = "", secret: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(_FIELD, 40)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.action = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition) if icon else None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        if self.action is not None:
            self.action.setIcon(QIcon(icon_pixmap(self._icon, 18, theme.text2, self.devicePixelRatioF())))


class StateRow(QWidget):
    """What is in use and how things stand, with what can be done about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = Label(theme, "body", bold=True)
        self.state = Label(theme, "small", colour="text2", wrap=True)
        self.look = SecondaryButton(theme, "")
        self.leave = SecondaryButton(theme, "")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.look, self.leave):
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)


class CentralSection(QWidget):
    """Shows and asks; `CentralLink` knows."""

    connect_wanted = Signal(object, str)  # CentralSettings, the password, empty where none was typed
    disconnect_wanted = Signal()
    look_wanted = Signal()
    search_chosen = Signal(str)
    address_edited = Signal(str)
    shown = Signal()

    def __init__(self, theme: Theme, central: CentralSettings, search: str) -> None:
        super().__init__()
        self._central, self._search = central, search
        self._kept: bool | None = None  # whether the keyring has the password; None: nothing was typed yet
        self.heading = Label(theme, "heading")
        self.about = Label(theme, "small", colour="text2", wrap=True)
        self.state = StateRow(theme)
        self.address, self.password = Field(theme), Field(theme, secret=True)
        self.ca = Field(theme, icon="file")
        self.plain = Segment(theme, [(None, "")] * 2)
        self.search = Segment(theme, [(None, "")] * len(SCOPES))
        controls = {
            "central_address": self.address,
            "central_password": self.password,
            "central_ca": self.ca,
            "central_plain": self.plain,
            "central_search": self.search,
        }
        self.rows = {key: SettingRow(theme, key, control) for key, control in controls.items()}
        self.error = Label(theme, "small", colour="warn", wrap=True)
        self.connect_button = SecondaryButton(theme, "")
        self.previews = PreviewsRow(theme)
        self._lay_out()
        self._connect()
        self.set_central(central)
        self.show_error("")
        self.show_state("", "", warn=False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 20, 0, 0)
        layout.setSpacing(4)
        for part in (self.heading, self.about, self.state):
            layout.addWidget(part)
        for key in ("central_address", "central_password", "central_ca", "central_plain"):
            layout.addWidget(self.rows[key])
        layout.addWidget(self.error)
        layout.addSpacing(4)
        layout.addWidget(self.connect_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(8)
        layout.addWidget(self.rows["central_search"])
        layout.addWidget(self.previews)

    def _connect(self) -> None:
        self.connect_button.clicked.connect(self._on_connect)
        for field in (self.address, self.password, self.ca):
            field.returnPressed.connect(self._on_connect)
            field.textChanged.connect(self._on_edited)
        self.address.editingFinished.connect(self._on_address)
        self.ca.action.triggered.connect(self._on_choose)
        self.plain.chosen.connect(self._on_edited)
        self.state.look.clicked.connect(self.look_wanted)
        self.state.leave.clicked.connect(self.disconnect_wanted)
        self.search.chosen.connect(self._on_search)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    # what is shown

    def set_central(self, central: CentralSettings) -> None:
        """What is connected to; the fields show it, and the password never."""
        self._central = central
        for field, text in ((self.address, central.address), (self.ca, central.ca)):
            field.setText(text)
            field.setCursorPosition(0)  # a long one shows its beginning
        self.plain.set_index(0 if central.without_tls else 1)
        self.password.clear()
        self.show_plain(central.without_tls)
        self._on_edited()

    def set_search(self, search: str) -> None:
        self._search = search
        self.search.set_index(SCOPES.index(search))

    def show_plain(self, offered: bool) -> None:
        """Whether the link to this server would have to be safe, so that it can be waived."""
        self.rows["central_plain"].setVisible(offered or self._central.without_tls)

    def show_error(self, text: str) -> None:
        """What is wrong with what was typed."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def show_kept(self, kept: bool | None) -> None:
        """Where the password went: into the keyring, or nowhere, so that it is known to this window alone."""
        self._kept = kept
        self._say_password()

    def show_state(self, name: str, state: str, *, warn: bool) -> None:
        """What is in use and how things stand; both empty: no central catalogue was ever here."""
        self.state.name.setText(name)
        self.state.state.setText(state)
        self.state.state.set_colour("warn" if warn else "text2")
        self.state.setVisible(bool(name or state))
        for button in (self.state.look, self.state.leave):
            button.setVisible(bool(self._central.address))
        self.rows["central_search"].setVisible(bool(name or state))
        self.previews.setVisible(bool(name or state))

    def retranslate(self) -> None:
        self.heading.setText(tr("settings.central"))
        self.about.setText(tr("settings.central_about"))
        for row in self.rows.values():
            row.retranslate()
        for key, control in (("address", self.address), ("password", self.password), ("ca", self.ca)):
            control.setAccessibleName(tr(f"settings.central_{key}"))
        self.address.setPlaceholderText(tr("settings.central_address_example"))
        self.ca.setPlaceholderText(tr("settings.central_ca_none"))
        self.ca.action.setToolTip(tr("settings.central_ca_choose"))
        self.plain.set_texts([tr("on"), tr("off")])
        self.search.set_texts([tr("settings.central_both"), tr("settings.central_own"), tr("settings.central_theirs")])
        self.set_search(self._search)
        self.connect_button.setText(tr("settings.central_connect"))
        self.state.look.setText(tr("settings.central_look"))
        self.state.leave.setText(tr("settings.central_disconnect"))
        self.previews.retranslate()
        self._say_password()

    def _say_password(self) -> None:
        key = {None: "help", True: "kept", False: "memory"}[self._kept]
        self.rows["central_password"].help.setText(tr(f"settings.central_password_{key}"))
        known = bool(self._central.address)
        self.password.setPlaceholderText(tr("settings.central_password_new") if known else "")

    # what is asked

    def wanted(self) -> CentralSettings:
        """What the fields say."""
        plain = self.plain.index == 0 and self.rows["central_plain"].isVisibleTo(self)
        return CentralSettings(self.address.text().strip(), self.ca.text().strip(), without_tls=plain)

    @Slot()
    def _on_edited(self) -> None:
        changed = self.wanted() != self._central or bool(self.password.text())
        self.connect_button.setEnabled(bool(self.address.text().strip()) and changed)

    @Slot()
    def _on_address(self) -> None:
        self.address_edited.emit(self.address.text().strip())

    @Slot()
    def _on_connect(self) -> None:
        if self.connect_button.isEnabled():
            password = self.password.text()
            self.password.clear()
            self.connect_wanted.emit(self.wanted(), password)

    @Slot()
    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("settings.central_ca_choose"), "", "PEM (*.pem *.crt *.cer)")
        if chosen:
            self.ca.setText(str(Path(chosen)))

    @Slot(int)
    def _on_search(self, index: int) -> None:
        self._search = SCOPES[index]
        self.search_chosen.emit(self._search)
