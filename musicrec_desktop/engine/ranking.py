"""The order in which tracks are offered: by similarity, no version twice, not all from one artist."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from musicrec_desktop.core.types import Track


def diverse(tracks: Iterable[Track], *, limit: int, per_artist: int, named: Track | None = None) -> Iterator[Track]:
    """The first `limit` tracks of an order that repeat neither `named` nor one another.

    At most `per_artist` of one artist (0: any number); a missing artist is nobody's, and `named` does not count.
    """
    seen = {version_key(named)} if named else set()
    by_artist: Counter[str] = Counter()
    n_given = 0
    for track in tracks:
        artist, version = plain(track.artist), version_key(track)
        crowded = bool(per_artist and artist and by_artist[artist] >= per_artist)
        if crowded or version in seen:
            continue
        if n_given >= limit:
            return
        seen.add(version)
        by_artist[artist] += 1
        n_given += 1
        yield track


def version_key(track: Track) -> tuple[str, ...]:
    """Equal for two files of one recording: the same title and artist; without a title or artist, the track itself."""
    title, artist = plain(track.title), plain(track.artist)
    return (title, artist, str(round(track.duration_s))) if title and artist else (track.track_id,)


def plain(text: str) -> str:
    """Text as people compare it: composed, without case and extra space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
