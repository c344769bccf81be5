"""What a file says of itself: title, artist, album; else what its name says."""

import os
import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from tinytag import TinyTag

from musicrec_desktop.core.types import Tags
from musicrec_desktop.intake.careful import BAD_TAGS, CarefulFile
from musicrec_desktop.intake.encodings import Raw, texts
from musicrec_desktop.intake.id3 import Fields, read_v1, read_v2
from musicrec_desktop.intake.iff import read_iff
from musicrec_desktop.intake.undecoded import bytes_of_field

LONGEST = 500  # characters of one tag
# Files whose tags are no ID3: where their first letters stand.
_CHUNKS = ((0, b"RIFF"), (0, b"FORM"))
_COMMENTS = ((0, b"fLaC"), (0, b"OggS"), (4, b"ftyp"))
_NUMBER = re.compile(r"^\d{1,3}(?:[.)]\s*|\s+[-–]\s+)(?=[^\d\s])")  # "07 - ", "07. "; not "2-step"
_SEPARATOR = re.compile(r"\s+[-–—]\s+")


def read_tags(path: Path) -> Tags:
    """The tags of a file; without a title there, title and artist come from its name. Never fails."""
    try:
        found = _fields(path)
    except BAD_TAGS:
        found = {}
    artists = found.get("artist") or found.get("albumartist") or []
    tags = Tags(_first(found, "title"), clean(", ".join(dict.fromkeys(artists))), _first(found, "album"))
    if tags.title:
        return tags
    named = tags_from_name(_stem(path))
    return Tags(named.title, tags.artist or named.artist, tags.album)


def tags_from_name(stem: str) -> Tags:
    """ "07 - Artist - Title" as artist and title; another name is the title."""
    name = clean(stem if " " in stem else stem.replace("_", " "))
    parts = _SEPARATOR.split(_NUMBER.sub("", name), maxsplit=1)
    if len(parts) == 2 and all(parts):
        return Tags(title=parts[1], artist=parts[0])
    return Tags(title=parts[0] or name)


def _first(found: dict[str, list[str]], field: str) -> str:
    return clean(next(iter(found.get(field, [])), ""))


def _stem(path: Path) -> str:
    """A name that is no valid Unicode, or was taken for Latin-1 on the way, in the letters it was written in."""
    written = os.fsencode(path.stem) if any("\udc80" <= letter <= "\udcff" for letter in path.stem) else path.stem
    return texts([written])[0]


def _fields(path: Path) -> dict[str, list[str]]:
    """What the tags of a file say, decoded, each field with all its values. Raises what parsers stumble over."""
    with CarefulFile(path) as file:
        raw = read_v2(file)
        head = file.read(12)
        if _begins(head, _CHUNKS):
            raw = read_iff(file) | raw
        elif _begins(head, _COMMENTS):
            raw = _comments(file, path) | raw
        raw = read_v1(file) | raw
    values = [value for field in raw.values() for value in field]
    decoded = iter(texts(values))
    return {field: [next(decoded) for _ in found] for field, found in raw.items()}


def _begins(head: bytes, marks: tuple[tuple[int, bytes], ...]) -> bool:
    return any(head[at : at + len(mark)] == mark for at, mark in marks)


def _comments(file: BinaryIO, path: Path) -> Fields:
    file.seek(0)
    found = TinyTag.get(file_obj=file, duration=False)  # without the name, whose ending may be another format's
    fields: Fields = {}
    for name in ("title", "artist", "albumartist", "album"):
        values = [getattr(found, name), *found.other.get(name, [])]
        fields[name] = [_as_written(path, name, value) for value in values if value]
    return {name: values for name, values in fields.items() if values}


def _as_written(path: Path, field: str, value: str) -> Raw:
    """A text that is not the UTF-8 it should be has lost its bytes: get them again."""
    return (bytes_of_field(path, field) if "\N{REPLACEMENT CHARACTER}" in value else None) or value


def clean(text: str | None) -> str:
    """NFC, one line, without control characters and without what is not Unicode."""
    letters = (_clean_letter(letter) for letter in unicodedata.normalize("NFC", text or ""))
    return " ".join("".join(letters).split())[:LONGEST].strip()


def _clean_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return " " if letter.isspace() else ""
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else letter
