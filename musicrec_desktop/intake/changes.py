"""What is to be done after a look at the watched folders; light to load, so that the window can name it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A deleted file, as long as the folder that vouches for it is the very same."""

    path: Path
    vouched_by: Path
    identity: tuple[int, int]  # device and number of that folder


@dataclass(frozen=True, slots=True)
class Changes:
    """`found` is imported, then `gone` is forgotten, as far as it is still gone then.

    The songs of the `dropped` folders leave the catalogue though their files are there, except for those that are
    in one of the `kept` folders too.
    """

    found: tuple[Path, ...] = ()
    gone: tuple[GoneFile, ...] = ()
    dropped: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A watched folder as it was seen last. What is not at hand keeps its songs."""

    path: Path
    is_at_hand: bool
    n_songs: int
