"""What a file promises, read from its first bytes before any decoder is trusted with them.

Headers lie: a few kilobytes can promise days, and libsndfile takes raw samples and program files for mp3.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# mpg123 looks for a first frame this far behind the tags; so do we.
MPEG_SEARCH_BYTES = 65536
# Three headers in a row that agree happen by chance once in 2**48; two are found in raw samples now and then.
MPEG_CHAIN = 3
ADTS_CHAIN = 5  # a header of AAC says less than one of mp3, so chance needs more of them
ADTS_FRAME_SAMPLES = 1024
# A constant block of the shortest kind: frame header 6, one subframe 2 or more, checksum 2.
FLAC_SMALLEST_BLOCK_BYTES = 10

_MPEG1_KBPS = {
    2: (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_MPEG2_KBPS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_ADTS_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_MPEG_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True, slots=True)
class Promise:
    """Frames that a lossless header claims, and the most that the file's size has room for."""

    n_frames: int
    capacity: int


def promise(path: Path) -> Promise | None:
    """What a FLAC or WAV header claims; None for other files and for a length left open. Raises OSError."""
    with path.open("rb") as file:
        size = path.stat().st_size
        _skip_id3(file)
        start = file.tell()
        head = file.read(42)
        if head[:4] == b"fLaC":
            return _flac_promise(head, size - start)
        if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
            file.seek(start + 12)
            return _wav_promise(file, size)
    return None


def is_mpeg_audio(path: Path) -> bool:
    """Whether a chain of layer II or III frames starts in the first 64 KB behind the tags. Raises OSError."""
    with path.open("rb") as file:
        _skip_id3(file)
        # Room for a chain that starts at the very end of the search: the longest frame has 2,881 bytes.
        data = file.read(MPEG_SEARCH_BYTES + MPEG_CHAIN * 3000)
        complete = not file.read(1)
    position = data.find(b"\xff")
    while 0 <= position < MPEG_SEARCH_BYTES:
        if _is_chain(data, position, complete=complete):
            return True
        position = data.find(b"\xff", position + 1)
    return False


@dataclass(frozen=True, slots=True)
class AdtsStream:
    """AAC frames without a container. `duration_s` is judged by the first frames."""

    duration_s: float
    sr: int
    channels: int


def adts_stream(path: Path) -> AdtsStream | None:
    """What AAC frames behind the tags say; None where no chain of them starts. Raises OSError."""
    with path.open("rb") as file:
        _skip_id3(file)
        start = file.tell()
        data = file.read(MPEG_SEARCH_BYTES)
        size = path.stat().st_size - start
    lengths, position = [], 0
    while (length := _adts_frame_bytes(data, position)) and data[position + 2] == data[2]:
        lengths.append(length)
        position += length
    # A few frames that fill the file, or a chain that chance does not make.
    if not lengths or (len(lengths) < ADTS_CHAIN and position != size):
        return None
    sr = _ADTS_RATES[data[2] >> 2 & 15]
    channels = (data[2] & 1) << 2 | data[3] >> 6
    return AdtsStream(size / (sum(lengths) / len(lengths)) * ADTS_FRAME_SAMPLES / sr, sr, channels or 2)


def _adts_frame_bytes(data: bytes, position: int) -> int:
    """Length of the AAC frame whose header is at `position`; 0 where none is."""
    head = data[position : position + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 >= len(_ADTS_RATES):
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


def _skip_id3(file: BinaryIO) -> None:
    """Move behind the ID3v2 tags, of which there may be several."""
    while True:
        start = file.tell()
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            file.seek(start)
            return
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        file.seek(start + 10 + size)


def _flac_promise(head: bytes, size: int) -> Promise | None:
    """From STREAMINFO, which is always the first block of metadata."""
    if len(head) < 26:
        return None
    block_frames = int.from_bytes(head[10:12], "big")
    smallest = max(int.from_bytes(head[12:15], "big"), FLAC_SMALLEST_BLOCK_BYTES)
    n_frames = int.from_bytes(head[18:26], "big") & (1 << 36) - 1
    if n_frames == 0:
        return None
    return Promise(n_frames, (size // smallest + 1) * block_frames)


def _wav_promise(file: BinaryIO, size: int) -> Promise | None:
    bytes_per_frame = 0
    while len(head := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", head)
        start = file.tell()
        if name == b"fmt " and length >= 16:
            bytes_per_frame = int.from_bytes(file.read(16)[12:14], "little")
        if name == b"data":
            return _data_promise(length, size - start, bytes_per_frame)
        file.seek(start + length + length % 2)
    return None


def _data_promise(length: int, available: int, bytes_per_frame: int) -> Promise | None:
    if not bytes_per_frame:
        return None
    return Promise(length // bytes_per_frame, available // bytes_per_frame)


def _is_chain(data: bytes, position: int, *, complete: bool) -> bool:
    """Whether frames of one kind follow one another from here on.

    A file of fewer frames is one when they fill it exactly: raw samples may hold a single header by chance.
    """
    kind, start = _mpeg_kind(data, position), position
    for _ in range(MPEG_CHAIN):
        if _mpeg_kind(data, position) != kind or (length := _mpeg_frame_bytes(data, position)) == 0:
            at_end = position == len(data) or data[position : position + 3] == b"TAG"
            return complete and start == 0 < position and at_end
        position += length
    return True


def _mpeg_kind(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Version, layer and rate index, which never change within a stream; None where no header is."""
    head = data[position : position + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3), head[2] >> 2 & 3


def _mpeg_frame_bytes(data: bytes, position: int) -> int:
    """Length of the frame whose header is at `position`; 0 for what no music file has.

    Layer I and "free" bit rates exist on paper; in practice they are how other files look like mp3.
    """
    kind = _mpeg_kind(data, position)
    if kind is None:
        return 0
    version, layer, rate_index = kind
    bitrate_index, padding = data[position + 2] >> 4, data[position + 2] >> 1 & 1
    if version == 1 or layer not in (2, 3) or rate_index == 3 or bitrate_index in (0, 15):
        return 0
    kbps = _MPEG1_KBPS[layer] if version == 3 else _MPEG2_KBPS
    samples = 576 if layer == 3 and version != 3 else 1152
    return samples // 8 * kbps[bitrate_index - 1] * 1000 // _MPEG_RATES[version][rate_index] + padding
