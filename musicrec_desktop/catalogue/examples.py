"""What could be typed here: examples from the catalogue's own songs, each of which finds something."""

import unicodedata
from collections.abc import Iterator, Sequence

from musicrec_desktop.catalogue.folding import searchable
from musicrec_desktop.catalogue.hangul import INITIALS, initials, parts
from musicrec_desktop.core.types import Track

N_EXAMPLES = 4
_LONGEST, _LOOKED_AT, _MOST_SOUNDS = 14, 400, 6


def examples(tracks: Sequence[Track]) -> tuple[str, ...]:
    """Up to four: first consonants, a Korean word, a word of another title, an artist; fewer in a small catalogue."""
    some = tracks[:: max(1, len(tracks) // _LOOKED_AT)]
    chosen: list[str] = []
    for kind in (_first_sounds, _korean_words, _other_words, _artists, _other_words, _korean_words):
        for text in kind(some):
            if len(chosen) < N_EXAMPLES and 1 < len(text) <= _LONGEST and text not in chosen:
                chosen.append(text)
                break
    return tuple(chosen)


def _korean_words(tracks: Sequence[Track]) -> Iterator[str]:
    return (word for word in _words(tracks) if all(map(parts, word)))


def _other_words(tracks: Sequence[Track]) -> Iterator[str]:
    return (word for word in _words(tracks) if len(word) > 3 and word.isalpha() and not any(map(parts, word)))


def _words(tracks: Sequence[Track]) -> Iterator[str]:
    """As they are written in the titles."""
    return (word for track in tracks for word in unicodedata.normalize("NFC", track.title).split())


def _first_sounds(tracks: Sequence[Track]) -> Iterator[str]:
    names = (name for track in tracks for name in (track.title, track.artist))
    spoken = (initials(searchable(name).replace(" ", "")) for name in names)
    return (text for text in spoken if 2 < len(text) <= _MOST_SOUNDS and all(sign in INITIALS for sign in text))


def _artists(tracks: Sequence[Track]) -> Iterator[str]:
    return (track.artist for track in tracks)
