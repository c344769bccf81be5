"""Title, artist and album of ID3 tags as they stand there: what has no trustworthy encoding stays bytes.

All versions: 1 at the end of a file, 2.2, 2.3 and 2.4 at its beginning (id3.org). Broken tags give what can be
read; nothing here raises but OSError.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from musicrec_desktop.intake.encodings import Raw

Fields = dict[str, list[Raw]]  # by "title", "artist", "albumartist", "album"; without those that are missing

LONGEST_TAG = 16 * 2**20  # pictures included; texts stand before them
LONGEST_TEXT = 8192  # bytes of one frame
MOST_TAGS = 8
_FRAMES = {
    b"TIT2": "title",
    b"TPE1": "artist",
    b"TPE2": "albumartist",
    b"TALB": "album",
    b"TT2": "title",
    b"TP1": "artist",
    b"TP2": "albumartist",
    b"TAL": "album",
}
_FRAME_ID = re.compile(rb"[A-Z][A-Z0-9]{2,3}")
_V1_FIELDS = {"title": 3, "artist": 33, "album": 63}  # 30 bytes each


def read_v2(file: BinaryIO) -> Fields:
    """The tags at the file's beginning, one after another; the first word on a field counts."""
    found: Fields = {}
    file.seek(0)
    for _ in range(MOST_TAGS):
        tag = _next_tag(file)
        if tag is None:
            break
        for frame_id, content in _frames(*tag):
            field = _FRAMES.get(frame_id)
            if field and field not in found and (values := _values(content)):
                found[field] = values
    return found


def read_v1(file: BinaryIO) -> Fields:
    """The tag of the last 128 bytes."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 128))
    tag = file.read(128)
    if len(tag) < 128 or tag[:3] != b"TAG":
        return {}
    texts = {field: tag[start : start + 30].split(b"\0")[0].rstrip() for field, start in _V1_FIELDS.items()}
    return {field: [text] for field, text in texts.items() if text}


def _next_tag(file: BinaryIO) -> tuple[int, bytes, bool] | None:
    """Version, frames, and whether these are unsynchronised, of the tag that begins here; the file moves behind it."""
    start = file.tell()
    head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3" or head[3] not in (2, 3, 4):
        file.seek(start)
        return None
    version, flags, size = head[3], head[5], _synchsafe(head[6:10])
    data = file.read(min(size, LONGEST_TAG))
    file.seek(start + 10 + size)
    is_unsynchronised = bool(flags & 0x80)
    if is_unsynchronised and version < 4:
        data, is_unsynchronised = _synchronised(data), False
    return version, data[_extended_header_bytes(version, flags, data) :], is_unsynchronised


def _extended_header_bytes(version: int, flags: int, data: bytes) -> int:
    if not flags & 0x40 or version == 2:
        return 0
    return _synchsafe(data[:4]) if version == 4 else 4 + int.from_bytes(data[:4], "big")


def _frames(version: int, data: bytes, is_unsynchronised: bool) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents, until the padding or nonsense."""
    n_id, n_head = (3, 6) if version == 2 else (4, 10)
    position = 0
    while len(head := data[position : position + n_head]) == n_head and _FRAME_ID.fullmatch(head[:n_id]):
        position += n_head
        size = _frame_size(version, head, data, position)
        if size > len(data) - position:
            return
        content = data[position : position + size]
        position += size
        flags = 0 if version == 2 else head[9]
        if version == 4:
            content = _plain_v4(content, flags, is_unsynchronised)
        if not (version == 3 and flags & 0xC0 or version == 4 and flags & 0x0C):  # not compressed, not encrypted
            yield head[:n_id], content


def _frame_size(version: int, head: bytes, data: bytes, start: int) -> int:
    """Old iTunes wrote plain sizes into tags of version 4: what leads to another frame, or to the end, is right."""
    plain = int.from_bytes(head[3:6] if version == 2 else head[4:8], "big")
    if version != 4:
        return plain
    size = _synchsafe(head[4:8])
    if size != plain and not _may_end_at(data, start + size) and _may_end_at(data, start + plain):
        return plain
    return size


def _may_end_at(data: bytes, position: int) -> bool:
    after = data[position : position + 4]
    return position == len(data) or (position < len(data) and (after[:1] == b"\0" or bool(_FRAME_ID.fullmatch(after))))


def _plain_v4(content: bytes, flags: int, is_unsynchronised: bool) -> bytes:
    if flags & 1:  # a length precedes it
        content = content[4:]
    return _synchronised(content) if flags & 2 or is_unsynchronised else content


def _synchronised(data: bytes) -> bytes:
    return data.replace(b"\xff\0", b"\xff")


def _synchsafe(data: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=False))


def _values(content: bytes) -> list[Raw]:
    """The texts of a frame; several are divided by NUL."""
    if not content:
        return []
    content = content[:LONGEST_TEXT]
    encoding, body = content[0], content[1:]
    if encoding in (1, 2):
        return list(_utf16_values(body, "utf-16-be" if encoding == 2 else None))
    if encoding > 31:  # a tagger forgot to name one
        body = content
    parts = [part for part in body.split(b"\0") if part.strip()]
    return [_as_utf8(part) for part in parts] if encoding == 3 else list(parts)


def _as_utf8(part: bytes) -> Raw:
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return part


def _utf16_values(body: bytes, encoding: str | None) -> Iterator[Raw]:
    """A mark of byte order holds for what follows; without any, it is guessed."""
    pairs = [body[at : at + 2] for at in range(0, len(body) - 1, 2)]
    while pairs:
        end = pairs.index(b"\0\0") if b"\0\0" in pairs else len(pairs)
        value, pairs = b"".join(pairs[:end]), pairs[end + 1 :]
        if value[:2] in (b"\xff\xfe", b"\xfe\xff"):
            encoding = "utf-16-le" if value[:2] == b"\xff\xfe" else "utf-16-be"
            value = value[2:]
        text = value.decode(encoding or _likely_utf16(value), "replace")
        if text.strip():
            yield text


def _likely_utf16(value: bytes) -> str:
    """The byte order that gives letters of the West or Hangul rather than anything."""

    def n_likely(encoding: str) -> int:
        return sum(letter < "\u0250" or "가" <= letter <= "힣" for letter in value.decode(encoding, "replace"))

    return "utf-16-be" if n_likely("utf-16-be") > n_likely("utf-16-le") else "utf-16-le"
