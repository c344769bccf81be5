"""Pictures from anywhere into small squares: what is no picture, or not a sane one, is none. No widget, any thread."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_MOST_PIXELS = 30_000_000
_MOST_MB = 128  # of one decoded picture
_NARROWEST = 4  # a picture longer than so many times its width is no cover
# The only kinds that are decoded, by their first bytes; nothing else is even looked at.
_KINDS = ((b"\xff\xd8\xff", b"jpeg"), (b"\x89PNG\r\n\x1a\n", b"png"), (b"GIF8", b"gif"))
_JPEG_END = b"\xff\xd9"


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """A square picture, to be drawn at its own size or smaller. Two covers are the same only as objects."""

    image: QImage


def decode(data: bytes, side: int) -> QImage | None:
    """The middle square of a picture, `side` px wide; None for what is no picture, is cut off or too large."""
    kind = _kind(data)
    if kind is None or (kind == b"jpeg" and data.rfind(_JPEG_END) < len(data) // 2):
        return None
    QImageReader.setAllocationLimit(_MOST_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not _is_sane(size):
        return None
    # Twice the size wanted: the decoder's own scaling is quick and rough, the last step is smooth.
    reader.setScaledSize(size.scaled(2 * side, 2 * side, Qt.AspectRatioMode.KeepAspectRatioByExpanding).boundedTo(size))
    image = reader.read()
    return None if image.isNull() else _square(image, side)


def _kind(data: bytes) -> bytes | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), None)


def _is_sane(size: QSize) -> bool:
    wide, high = size.width(), size.height()
    if wide <= 0 or high <= 0 or wide * high > _MOST_PIXELS:
        return False
    return max(wide, high) <= _NARROWEST * min(wide, high)


def _square(image: QImage, side: int) -> QImage:
    edge = min(image.width(), image.height())
    middle = QRect((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge)
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.copy(middle).scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    clear = image.hasAlphaChannel()
    return small.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32)
