"""What nobody caught: into the log, and into one dialog; never a second."""

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from musicrec_desktop.ui.strings import tr

log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Takes the place of sys.excepthook and threading.excepthook while installed."""

    _crashed = Signal(str)

    def __init__(self, log_folder: Path) -> None:
        super().__init__()
        self._log_folder = log_folder
        self._details = ""
        self.dialog: QMessageBox | None = None
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        log.critical("nobody caught this", exc_info=(kind, error, where))
        self._crashed.emit("".join(traceback.format_exception(kind, error, where)))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value or arguments.exc_type()
        self._on_exception(arguments.exc_type, error, arguments.exc_traceback)

    @Slot(str)
    def _show(self, details: str) -> None:
        if self.dialog is not None:
            return
        self._details = details
        dialog = QMessageBox(QMessageBox.Icon.Warning, tr("crash.title"), tr("crash.text"))
        dialog.setTextFormat(Qt.TextFormat.PlainText)
        copy = dialog.addButton(tr("crash.copy"), QMessageBox.ButtonRole.ActionRole)
        folder = dialog.addButton(tr("crash.folder"), QMessageBox.ButtonRole.ActionRole)
        dialog.addButton(tr("crash.close"), QMessageBox.ButtonRole.AcceptRole)
        copy.clicked.connect(self._copy)
        folder.clicked.connect(self.open_folder)
        dialog.setModal(False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.dialog = dialog
        dialog.show()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    @Slot()
    def open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))
