"""From the threads to the window: each callback becomes a Qt signal, delivered in the GUI thread.

Made in the GUI thread. Connect the signals to methods of QObjects only: a lambda would run in the emitting thread.
"""

from PySide6.QtCore import QObject, Signal

from musicrec_desktop.core.types import Answer, Excerpt, RequestId
from musicrec_desktop.features.display import DisplaySpectrum


class Bridge(QObject):
    ready = Signal(object)  # EngineFacts
    excerpt = Signal(object, object, object)  # RequestId, Excerpt, Columns
    result = Signal(object, object)  # RequestId, Answer
    error = Signal(object, object)  # RequestId or None, Exception
    opened = Signal(object)  # MicSource
    ear_error = Signal(object)  # AudioError
    inputs = Signal(object)  # list of InputDevice
    answered = Signal(str, int, object)  # topic, number, value
    question_failed = Signal(str, int, object)  # topic, number, Exception
    imported = Signal(object)  # progress of the import
    import_ended = Signal(object)  # its summary, or the Exception that ended it

    def on_excerpt(self, request_id: RequestId, excerpt: Excerpt) -> None:
        """Called in the analysis thread, where the picture is computed, too."""
        columns = DisplaySpectrum(excerpt.sr).push(excerpt.samples)
        self.excerpt.emit(request_id, excerpt, columns)

    def on_result(self, request_id: RequestId, answer: Answer) -> None:
        self.result.emit(request_id, answer)

    def on_error(self, request_id: RequestId | None, error: Exception) -> None:
        self.error.emit(request_id, error)
