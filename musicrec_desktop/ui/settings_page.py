"""Settings: sound, look, privacy, the catalogues. Changes apply at once; there is no OK button."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musicrec_desktop.core.settings import AudioSettings, CentralSettings, LibrarySettings, LookSettings
from musicrec_desktop.ui.controls import Segment
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.moods_page import bare_scroll_area
from musicrec_desktop.ui.pick_button import PickButton
from musicrec_desktop.ui.setting_row import SettingRow
from musicrec_desktop.ui.settings_catalogue import CatalogueSection
from musicrec_desktop.ui.settings_central import CentralSection
from musicrec_desktop.ui.settings_doctor import DoctorSection
from musicrec_desktop.ui.settings_first import FirstSection
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from musicrec_desktop.audio.devices import InputDevice

COLUMN = 720
NO_CENTRAL, NO_LIBRARY = CentralSettings(), LibrarySettings()
_THEMES = ("", "light", "dark")
_LANGUAGES = ("", "en", "ko")


class SettingsPage(QWidget):
    audio_chosen = Signal(object)  # AudioSettings
    look_chosen = Signal(object)  # LookSettings

    def __init__(
        self,
        theme: Theme,
        audio: AudioSettings,
        look: LookSettings,
        central: CentralSettings = NO_CENTRAL,
        library: LibrarySettings = NO_LIBRARY,
    ) -> None:
        super().__init__()
        self._audio, self._look = audio, look
        self._inputs: Sequence[InputDevice] = ()
        self._looked = False  # for devices
        self.header = Header(theme)
        self.device = PickButton(theme, icon="mic")
        self.armed = Segment(theme, [(None, ""), (None, "")])
        self.theme_choice = Segment(theme, [(None, "")] * 3)
        self.language = Segment(theme, [(None, "")] * 3)
        self.covers = Segment(theme, [(None, "")] * 2)
        self._sections = {name: Label(theme, "heading") for name in ("sound", "look", "privacy")}
        self._rows = {
            "device": SettingRow(theme, "device", self.device),
            "armed": SettingRow(theme, "armed", self.armed),
            "theme": SettingRow(theme, "theme", self.theme_choice),
            "language": SettingRow(theme, "language", self.language),
            "covers": SettingRow(theme, "covers", self.covers),
        }
        self._hint = Label(theme, "small", colour="text2", wrap=True)
        self._privacy = Label(theme, "body", colour="text2", wrap=True)
        self.first = FirstSection(theme)
        self.doctor = DoctorSection(theme)
        self.catalogue = CatalogueSection(theme)
        self.central = CentralSection(theme, central, library.search)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(4)
        for name, rows in (("sound", ("device", "armed")), ("look", ("theme", "language", "covers"))):
            column.addWidget(self._sections[name])
            for row in rows:
                column.addWidget(self._rows[row])
                if row == "device":
                    column.addWidget(self._hint)
            column.addSpacing(20)
        column.addWidget(self._sections["privacy"])
        column.addSpacing(4)
        column.addWidget(self._privacy)
        column.addWidget(self.first)
        column.addSpacing(20)
        column.addWidget(self.catalogue)
        column.addWidget(self.central)
        column.addWidget(self.doctor)
        column.addStretch(1)
        content = QWidget()
        content.setMaximumWidth(COLUMN + 48)
        content.setLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self.scroll = bare_scroll_area(content)
        layout.addWidget(self.scroll, 1)

    def _connect(self) -> None:
        self.device.picked.connect(self._on_device)
        self.armed.chosen.connect(self._on_armed)
        self.theme_choice.chosen.connect(self._on_theme)
        self.language.chosen.connect(self._on_language)
        self.covers.chosen.connect(self._on_covers)

    def set_inputs(self, inputs: Sequence["InputDevice"]) -> None:
        """What the system offers to listen to; without a monitor source it is said how to get one."""
        self._inputs, self._looked = list(inputs), True
        self._fill_devices()

    def scroll_to_central(self) -> None:
        """The section stands at the top of the page, as far as the page goes."""
        self.layout().activate()
        self.scroll.verticalScrollBar().setValue(self.central.y() + self.central.heading.y() - 12)

    def set_look(self, look: LookSettings) -> None:
        self._look = look
        self.theme_choice.set_index(_THEMES.index(look.theme))
        self.language.set_index(_LANGUAGES.index(look.language))
        self.covers.set_index(0 if look.covers else 1)

    def set_audio(self, audio: AudioSettings) -> None:
        self._audio = audio
        self._fill_devices()
        self.armed.set_index(0 if audio.armed else 1)

    def retranslate(self) -> None:
        self.header.title.setText(tr("nav.settings"))
        for name, label in self._sections.items():
            label.setText(tr(f"settings.{name}"))
        for row in self._rows.values():
            row.retranslate()
        self.first.retranslate()
        self.doctor.retranslate()
        self.catalogue.retranslate()
        self.central.retranslate()
        self.covers.set_texts([tr("on"), tr("off")])
        self.covers.set_index(0 if self._look.covers else 1)
        self.armed.set_texts([tr("on"), tr("off")])
        self.armed.set_index(0 if self._audio.armed else 1)
        self.theme_choice.set_texts([tr("settings.system"), tr("settings.light"), tr("settings.dark")])
        self.theme_choice.set_index(_THEMES.index(self._look.theme))
        self.language.set_texts([tr("settings.system"), "English", "한국어"])
        self.language.set_index(_LANGUAGES.index(self._look.language))
        self._privacy.setText(tr("settings.privacy_text"))
        self._fill_devices()

    def _fill_devices(self) -> None:
        missing = self._looked and not self._inputs
        names = [tr("status.no_device" if missing else "device.default"), *map(self._device_words, self._inputs)]
        chosen = 0
        for number, device in enumerate(self._inputs, 1):
            if (device.name, device.kind) == (self._audio.device, self._audio.source):
                chosen = number
        disabled = {}
        if not any(device.kind == "monitor" for device in self._inputs):
            names.append(tr("source.monitor"))
            disabled[len(names) - 1] = tr("source.no_monitor")
        self.device.set_options(names, chosen, disabled=disabled)
        self._hint.setText(tr("source.no_monitor") if disabled else "")
        self._hint.setVisible(bool(disabled))

    def _device_words(self, device: "InputDevice") -> str:
        return f"{device.name} · {tr('source.monitor')}" if device.kind == "monitor" else device.name

    @Slot(int)
    def _on_device(self, index: int) -> None:
        if index == 0:
            self.audio_chosen.emit(replace(self._audio, device="", source="microphone"))
        elif index <= len(self._inputs):
            device = self._inputs[index - 1]
            self.audio_chosen.emit(replace(self._audio, device=device.name, source=device.kind))

    @Slot(int)
    def _on_armed(self, index: int) -> None:
        self.audio_chosen.emit(replace(self._audio, armed=index == 0))

    @Slot(int)
    def _on_theme(self, index: int) -> None:
        self._look = replace(self._look, theme=_THEMES[index])
        self.look_chosen.emit(self._look)

    @Slot(int)
    def _on_language(self, index: int) -> None:
        self._look = replace(self._look, language=_LANGUAGES[index])
        self.look_chosen.emit(self._look)

    @Slot(int)
    def _on_covers(self, index: int) -> None:
        self._look = replace(self._look, covers=index == 0)
        self.look_chosen.emit(self._look)
