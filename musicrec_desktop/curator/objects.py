"""An object store behind an address: file:///folder, s3://bucket/prefix and whatever else obstore takes.

The only module that speaks to obstore. Keys and secrets come from the surroundings, as its documents say, never
from the address.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from musicrec_desktop.curator.errors import ObjectsUnusable


class Objects:
    """Objects under one address. `place` names it in errors."""

    def __init__(self, store: ObjectStore, *, place: str) -> None:
        self._store, self._place = store, place

    @classmethod
    def at(cls, url: str) -> "Objects":
        """Open an address; a folder is made when missing. Raises ObjectsUnusable."""
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
        if parts.username is not None or parts.password is not None:
            raise ObjectsUnusable(place=place, detail="the address must not hold a password")
        with _translated(place):
            store = from_url(url, mkdir=True) if parts.scheme == "file" else from_url(url)
        return cls(store, place=place)

    def put(self, name: str, payload: bytes, *, media_type: str) -> None:
        """Write an object, whole or not at all. Raises ObjectsUnusable."""
        # Files have no media type; whoever serves them gives one.
        attributes = None if isinstance(self._store, LocalStore) else {"Content-Type": media_type}
        with _translated(self._place):
            obstore.put(self._store, name, payload, attributes=attributes)

    def sizes(self) -> dict[str, int]:
        """The length of every object, by name. Raises ObjectsUnusable."""
        with _translated(self._place):
            return {one["path"]: one["size"] for some in obstore.list(self._store) for one in some}


@contextmanager
def _translated(place: str) -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError, ValueError, NotImplementedError) as error:
        raise ObjectsUnusable(place=place, detail=str(error).partition("\n")[0]) from error
