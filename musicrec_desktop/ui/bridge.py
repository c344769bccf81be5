"""From the threads to the window: each callback becomes a Qt signal, delivered in the GUI thread.

Made in the GUI thread. Connect the signals to methods of QObjects only: a lambda would run in the emitting thread.
"""

from PySide6.QtCore import QObject, Signal

from musicrec_desktop.core.types import Excerpt, RequestId
from musicrec_desktop.features.display import DisplaySpectrum


class Bridge(QObject):
    ready = Signal(object)  # EngineFacts
    excerpt = Signal(object, object, object)  # RequestId, Excerpt, Columns
    result = Signal(object, object)  # RequestId, Answer
    error = Signal(object, object)  # RequestId or None, Exception
    opened = Signal(object, str)  # MicSource, name of the device
    ear_error = Signal(object)  # AudioError
    inputs = Signal(object)  # list of InputDevice
    answered = Signal(str, int, object)  # topic, number, value
    question_failed = Signal(str, int, object)  # topic, number, Exception
    import_progress = Signal(object)  # ImportProgress
    imported = Signal(object)  # ImportedFile
    import_done = Signal(object)  # Summary
    import_failed = Signal(object)  # Exception
    followed = Signal(object)  # Followed
    dropped = Signal(object)  # Followed
    folders = Signal(object)  # tuple of WatchedFolder
    play_finished = Signal()
    play_failed = Signal(object)  # PreviewUnavailable
    preview_found = Signal(str, object)  # track id, PreviewFile
    preview_failed = Signal(str, object)  # track id, MusicRecError
    checkup_begun = Signal(int, object)  # run, names of the checks
    checkup_found = Signal(int, object)  # run, Finding
    checkup_done = Signal(int, object)  # run, None or Exception
    waveform = Signal(str, object)  # track id, shares 0..1 (n,)
    hit_waveform = Signal(str, object)  # of the hit that is unfolded
    sync_status = Signal(object, object)  # SyncStatus, Release or None: the one whose songs are here
    password_kept = Signal(bool)  # in the keyring; False: for as long as the window is open
    keeping = Signal(object)  # Kept, while previews come
    keeping_done = Signal(str, object, object)  # order, Kept or None, None or Exception
    silent = Signal()  # no loudspeaker: what plays cannot be heard

    def on_excerpt(self, request_id: RequestId, excerpt: Excerpt) -> None:
        """Called in the analysis thread, where the picture is computed, too."""
        columns = DisplaySpectrum(excerpt.sr).push(excerpt.samples)
        self.excerpt.emit(request_id, excerpt, columns)
