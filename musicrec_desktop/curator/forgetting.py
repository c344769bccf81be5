"""Songs leave the archive: those that are named, and those whose files are no longer there."""

from collections.abc import Sequence

from musicrec_desktop.curator.errors import TooManyGone
from musicrec_desktop.curator.sources import SongSource, chosen, file_state
from musicrec_desktop.curator.store import CentralStore


def forget(store: CentralStore, names: Sequence[str], *, gone: bool, force: bool) -> list[SongSource]:
    """Take them out of the central tables; which they were. The next release is without them.

    Raises UnknownSongs, and TooManyGone unless `force` when the files of more than half of the songs are not there.
    """
    known = list(store.songs().values())
    leaving = {song.path: song for song in chosen(known, names)}
    if gone:
        missing = [song for song in known if file_state(song.folder / song.path) is None]
        if 2 * len(missing) > len(known) and not force:
            raise TooManyGone(count=len(missing), total=len(known))
        leaving |= {song.path: song for song in missing}
    store.remove(list(leaving.values()))
    return [leaving[path] for path in sorted(leaving)]
