"""What a file says of itself: title, artist, album; else what its name says."""

import re
import struct
import unicodedata
from pathlib import Path

from tinytag import TinyTag, TinyTagException

from musicrec_desktop.core.types import Tags

LONGEST = 500  # characters of one tag
# What a parser of bytes from anywhere may stumble over; a file is never refused for its tags.
_BAD_TAGS = (TinyTagException, OSError, ValueError, LookupError, ArithmeticError, struct.error, TypeError,
             AttributeError, RecursionError, MemoryError)  # fmt: skip
_NUMBER = re.compile(r"^\d{1,3}(?:[.)]\s*|\s+[-–]\s+)(?=[^\d\s])")  # "07 - ", "07. "; not "2-step"
_SEPARATOR = re.compile(r"\s+[-–—]\s+")


def read_tags(path: Path) -> Tags:
    """The tags of a file; without a title there, title and artist come from its name. Never fails."""
    try:
        found = TinyTag.get(path, duration=False)
        tags = Tags(clean(found.title), clean(found.artist or found.albumartist), clean(found.album))
    except _BAD_TAGS:
        tags = Tags()
    if tags.title:
        return tags
    named = tags_from_name(path.stem)
    return Tags(named.title, tags.artist or named.artist, tags.album)


def tags_from_name(stem: str) -> Tags:
    """ "07 - Artist - Title" as artist and title; another name is the title."""
    name = clean(stem if " " in stem else stem.replace("_", " "))
    parts = _SEPARATOR.split(_NUMBER.sub("", name), maxsplit=1)
    if len(parts) == 2 and all(parts):
        return Tags(title=parts[1], artist=parts[0])
    return Tags(title=parts[0] or name)


def clean(text: str | None) -> str:
    """NFC, one line, without control characters and without what is not Unicode."""
    letters = (_clean_letter(letter) for letter in unicodedata.normalize("NFC", text or ""))
    return " ".join("".join(letters).split())[:LONGEST].strip()


def _clean_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return " " if letter.isspace() else ""
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else letter
