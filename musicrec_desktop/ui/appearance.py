"""Light or dark: the listener's choice, or the system's; and what Qt itself must know of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from musicrec_desktop.core.settings import LookSettings
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.theme import Theme, stylesheet, with_alpha


def chosen_theme(look: LookSettings) -> Theme:
    """The theme to show: as chosen, else as the system has it, light where it does not say."""
    system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Theme.named(look.theme or ("dark" if system_dark else "light"))


def dress(application: QApplication, theme: Theme) -> None:
    """Fusion everywhere, with the tokens as palette; style sheets only for menus, fields and scroll bars."""
    if application.style().objectName() != "fusion":
        application.setStyle("fusion")
    application.setFont(font("body"))
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet(theme))


def palette(theme: Theme) -> QPalette:
    colours: dict[QPalette.ColorRole, QColor] = {
        QPalette.ColorRole.Window: theme.base,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.sheet,
        QPalette.ColorRole.AlternateBase: theme.hover,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.hover,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.PlaceholderText: with_alpha(theme.text3, 1.0),
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, colour)
    return made


def paint_all(root: QWidget, theme: Theme) -> None:
    """Hand the theme to every painted widget."""
    for widget in (root, *root.findChildren(QWidget)):
        set_theme = getattr(widget, "set_theme", None)
        if set_theme is not None:
            set_theme(theme)
