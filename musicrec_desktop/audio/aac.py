"""AAC and ALAC by Qt's own FFmpeg: the one place below ui where Qt is. It runs alone in a decoding child.

libsndfile knows neither. Qt is imported when the first such file comes, so that other files never wait for it.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Floats

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioBuffer, QAudioDecoder

_FULL_SCALE = {"UInt8": 128.0, "Int16": 2.0**15, "Int32": 2.0**31, "Float": 1.0}
_NUMBERS = {"UInt8": np.uint8, "Int16": np.int16, "Int32": np.int32, "Float": np.float32}


class AacFile:
    """One file, decoded from its beginning as it is read; the names are those of soundfile.SoundFile.

    `promised_s` is what its header claims, 0 for unknown. Needs a process whose main thread runs no other Qt.
    Raises UndecodableFile: damaged, no_decoder; OSError.
    """

    format = "AAC"

    def __init__(self, path: Path, promised_s: float) -> None:
        self._path = path
        self._ended = False
        self._blocks: list[Floats] = []
        self._n_waiting = 0
        self.samplerate = self.channels = 0
        self._file = path.open("rb", buffering=0)
        try:
            self._decoder = self._started()
            self._fill(1)
        except BaseException:
            self._file.close()
            raise
        self.frames = round(promised_s * self.samplerate)

    def read(self, frames: int, dtype: str = "float32", always_2d: bool = True) -> Floats:
        """The next frames, (n, channels) float32; fewer only at the end. Raises UndecodableFile where it breaks off."""
        self._fill(frames)
        waiting = np.concatenate([np.zeros((0, max(1, self.channels)), np.float32), *self._blocks])
        self._blocks = [waiting[frames:]]
        self._n_waiting = len(self._blocks[0])
        return waiting[:frames]

    def close(self) -> None:
        with suppress(RuntimeError):  # its C++ half is gone already when the process ends
            self._decoder.stop()
        self._decoder.deleteLater()
        self._file.close()

    def __enter__(self) -> "AacFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> "QAudioDecoder":
        try:
            from PySide6.QtCore import QCoreApplication, QEventLoop, QFile, QIODevice
            from PySide6.QtMultimedia import QAudioDecoder
        except ImportError as error:  # a system library that Qt Multimedia stands on is missing
            raise UndecodableFile(path=self._path, reason="no_decoder", detail=str(error)) from error
        self._application = QCoreApplication.instance() or QCoreApplication(["musicrec-decoder"])
        decoder = QAudioDecoder()
        if not decoder.isSupported():
            raise UndecodableFile(path=self._path, reason="no_decoder", detail="no plugin of Qt Multimedia")
        # By its number, not by its name: Qt cannot spell a name that is not valid Unicode.
        self._device = QFile(decoder)
        self._device.open(self._file.fileno(), QIODevice.OpenModeFlag.ReadOnly)
        self._turn = QEventLoop(decoder)
        for signal in (decoder.bufferReady, decoder.finished, decoder.isDecodingChanged):
            signal.connect(self._turn.quit)
        decoder.error.connect(self._turn.quit)
        decoder.setSourceDevice(self._device)
        decoder.start()
        return decoder

    def _fill(self, n_frames: int) -> None:
        """Decode until so many frames wait, or the end."""
        while self._n_waiting < n_frames and not self._ended:
            if self._decoder.bufferAvailable():
                self._take(self._decoder.read())
            elif self._decoder.isDecoding():
                self._turn.exec()
            else:
                self._ended = True
        if self._ended:
            self._check_end()

    def _take(self, buffer: "QAudioBuffer") -> None:
        if not buffer.frameCount():
            return
        found = buffer.format().sampleRate(), buffer.format().channelCount()
        if not self.samplerate:
            self.samplerate, self.channels = found
        if found != (self.samplerate, self.channels):
            raise UndecodableFile(path=self._path, reason="damaged", detail=f"the format changes to {found}")
        self._blocks.append(_samples(buffer))
        self._n_waiting += buffer.frameCount()

    def _check_end(self) -> None:
        error = self._decoder.error()  # type: ignore[operator]  # a signal and a method in one
        if error != type(self._decoder).Error.NoError or not self.samplerate:
            raise UndecodableFile(path=self._path, reason="damaged", detail=self._decoder.errorString())


def _samples(buffer: "QAudioBuffer") -> Floats:
    """(n, channels) float32, full scale 1."""
    kind = buffer.format().sampleFormat().name
    values = np.frombuffer(buffer.constData(), _NUMBERS[kind]).reshape(-1, buffer.format().channelCount())
    samples = values.astype(np.float32)
    if kind == "UInt8":
        samples -= 128.0
    if kind != "Float":
        samples /= _FULL_SCALE[kind]
    return samples
