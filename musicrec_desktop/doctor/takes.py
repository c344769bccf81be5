"""Takes to ask about: passages of the catalogue's own files, or of the demonstration's where there are none."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from musicrec_desktop import wiring
from musicrec_desktop.core.errors import CatalogueEmpty, DemonstrationUnusable, UndecodableFile
from musicrec_desktop.core.types import Excerpt, Track
from musicrec_desktop.engine.verdict import level_db

MOST = 12  # songs asked about
TRIED = 24  # files read in search of them
SR = 44100  # as microphones have it
WHERE = 0.4  # of the song
LONGEST_S = 900.0  # of a song: the way to the middle of an mp3 takes its time
FAINT_DB = -45.0  # a passage fainter than this is no fair question


@dataclass(frozen=True, slots=True)
class Take:
    track: Track
    excerpt: Excerpt


@dataclass
class Songs:
    """The catalogue's songs that can be asked about, and the takes read so far."""

    desk: wiring.Desk
    tracks: Sequence[Track]
    takes: list[Take] = field(default_factory=list)
    unreadable: int = 0
    _tried: int = 0

    @property
    def demonstration(self) -> bool:
        return self.desk.store.is_demonstration

    def read(self) -> Iterator[Take]:
        """Take after take: those read before, then more of them."""
        yield from self.takes
        while self._tried < min(TRIED, len(self.tracks)) and len(self.takes) < MOST:
            track = self.tracks[self._tried]
            self._tried += 1
            take = self._take(track)
            if take is not None:
                self.takes.append(take)
                yield take

    def _take(self, track: Track) -> Take | None:
        assert track.path is not None
        try:
            excerpt = self.desk.reader.excerpt(
                track.path, start_s=WHERE * track.duration_s, duration_s=wiring.TAKE_S, sr=SR
            )
        except UndecodableFile:
            self.unreadable += 1
            return None
        whole = excerpt.duration_s >= wiring.TAKE_S - 0.1
        return Take(track, excerpt) if whole and level_db(excerpt) > FAINT_DB else None


@contextmanager
def open_songs() -> Iterator[Songs]:
    """The listener's songs or, where none is at hand, the demonstration's.

    Raises CatalogueEmpty where there are neither, ModelError, CatalogueError.
    """
    with wiring.open_catalogue() as store:
        own = any(_is_at_hand(track) for track in store.tracks())
    try:
        with wiring.open_desk(demonstration=not own) as desk:
            desk.recommender.warm_up()
            yield Songs(desk, _spread([track for track in desk.store.tracks() if _is_at_hand(track)]))
    except DemonstrationUnusable as error:
        raise CatalogueEmpty from error


def _is_at_hand(track: Track) -> bool:
    long_enough = 2 * wiring.TAKE_S <= track.duration_s <= LONGEST_S
    return long_enough and track.path is not None and track.path.is_file()


def _spread(tracks: Sequence[Track]) -> list[Track]:
    """As many as may be tried, from the whole catalogue in turn."""
    step = max(1, len(tracks) // TRIED)
    return list(tracks[::step][:TRIED])
