"""Where previews come from: the central database, or an https address that a release names.

Whatever a source hands over has the wanted hash, is a whole Ogg Opus stream and at most 10 MB.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

import peewee

from musicrec_desktop.audio.ogg import opus_duration_s
from musicrec_desktop.catalogue.release_tables import PreviewRow
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.sync.preview_cache import check_hash, file_name

MOST_BYTES = 10_000_000
DEADLINE_S = 10.0
MOST_REDIRECTS = 3
MEDIA_TYPES = ("audio/ogg", "audio/opus", "application/ogg", "application/octet-stream")
_READ_BYTES = 65_536
_NAMES_PER_QUERY = 500
_POLL_S = 0.05  # how soon a cancelled token is noticed
_REDIRECTS = (301, 302, 303, 307, 308)


class PreviewSource(Protocol):
    def fetch(self, sha256: str, *, token: CancelToken) -> bytes:
        """The bytes of a preview. Raises PreviewUnavailable, Cancelled, and SyncError where a database is asked."""
        ...


class DatabasePreviews:
    """Previews out of the central database; `opened` gives it, connected, and has words for its errors."""

    def __init__(self, opened: Callable[[], AbstractContextManager[peewee.Database]]) -> None:
        self._opened = opened

    def fetch(self, sha256: str, *, token: CancelToken) -> bytes:
        file_name(sha256)
        token.check()
        # What is too long is not even asked for.
        wanted = (PreviewRow.sha256 == sha256) & (peewee.fn.LENGTH(PreviewRow.payload) <= MOST_BYTES)
        with self._opened() as database:
            rows = list(PreviewRow.select(PreviewRow.payload).where(wanted).tuples().execute(database))
        if not rows:
            raise _refused("the database has no such preview, or one that is too long")
        return checked(sha256, bytes(rows[0][0]))


def preview_lengths(database: peewee.Database, names: Sequence[str]) -> dict[str, int]:
    """The length of each of these previews that the central database knows, wherever their bytes are."""
    found: dict[str, int] = {}
    for start in range(0, len(names), _NAMES_PER_QUERY):
        some = PreviewRow.sha256.in_(names[start : start + _NAMES_PER_QUERY])
        found |= dict(PreviewRow.select(PreviewRow.sha256, PreviewRow.n_bytes).where(some).tuples().execute(database))
    return found


class HttpsPreviews:
    """Previews from an address that a release names, and from nowhere else. `ca`: the only ones to vouch for it."""

    def __init__(
        self, address: str, *, ca: Path | None = None, most_bytes: int = MOST_BYTES, deadline_s: float = DEADLINE_S
    ) -> None:
        """Raises PreviewUnavailable for an address that is not https (http only on this computer)."""
        self._address = _checked_address(address)
        self._ca, self._most_bytes, self._deadline_s = ca, most_bytes, deadline_s

    def fetch(self, sha256: str, *, token: CancelToken) -> bytes:
        url = self._address + file_name(sha256)
        deadline = time.monotonic() + self._deadline_s
        for _ in range(1 + MOST_REDIRECTS):
            download = _Download(url, ca=self._ca, most_bytes=self._most_bytes, timeout_s=self._deadline_s)
            found = download.wait(deadline, token)
            if isinstance(found, bytes):
                return checked(sha256, found)
            url = _same_place(url, found)
        raise _refused("one redirect after another")


def checked(sha256: str, payload: bytes) -> bytes:
    """The bytes, if they are what was wanted. Raises PreviewUnavailable."""
    if len(payload) > MOST_BYTES:
        raise _refused("too long")
    check_hash(sha256, payload)
    if opus_duration_s(payload) is None:
        raise _refused("no Ogg Opus stream")
    return payload


class _Redirect(str):
    """Where to ask instead."""

    __slots__ = ()


class _Download:
    """One request in a thread of its own, so that nothing in it, not even looking up a name, outlasts the deadline."""

    def __init__(self, url: str, *, ca: Path | None, most_bytes: int, timeout_s: float) -> None:
        self._url, self._ca, self._most_bytes, self._timeout_s = urlsplit(url), ca, most_bytes, timeout_s
        self._sock: socket.socket | None = None
        self._given_up = False
        self._result: bytes | _Redirect | PreviewUnavailable | None = None
        self._thread = threading.Thread(target=self._run, name="preview download", daemon=True)
        self._thread.start()

    def wait(self, deadline: float, token: CancelToken) -> bytes | _Redirect:
        """The answer. Raises PreviewUnavailable, Cancelled."""
        try:
            while self._thread.is_alive():
                token.check()
                if time.monotonic() >= deadline:
                    raise _refused("too slow")
                self._thread.join(_POLL_S)
        finally:
            self._give_up()
        if isinstance(self._result, PreviewUnavailable):
            raise self._result
        if self._result is None:
            raise _refused("the download broke off")
        return self._result

    def _give_up(self) -> None:
        """Let the thread's next read end, wherever it is."""
        self._given_up = True
        if self._sock is not None:
            with suppress(OSError):
                # Not SSLSocket's own, which takes away what the other thread reads from.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)

    def _run(self) -> None:
        try:
            self._result = self._fetched()
        except PreviewUnavailable as error:
            self._result = error
        except (OSError, http.client.HTTPException, ValueError) as error:  # ssl.SSLError is an OSError
            self._result = _refused(f"{type(error).__name__}: {error}")
            self._result.__cause__ = error

    def _fetched(self) -> bytes | _Redirect:
        with closing(self._connection()) as connection:
            connection.connect()
            self._sock = connection.sock  # the connection forgets it once the answer begins
            if self._given_up:
                raise _refused("given up")
            path = self._url.path + (f"?{self._url.query}" if self._url.query else "")
            connection.request("GET", path, headers={"Accept-Encoding": "identity", "Connection": "close"})
            with connection.getresponse() as response:
                if response.status in _REDIRECTS:
                    return _Redirect(response.headers.get("Location", ""))
                if response.status != 200:
                    raise _refused(f"status {response.status}")
                _check_type(response)
                return self._body(response)

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme != "https":
            return http.client.HTTPConnection(host, port, timeout=self._timeout_s)
        context = ssl.create_default_context(cafile=self._ca)
        return http.client.HTTPSConnection(host, port, timeout=self._timeout_s, context=context)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        if (response.length or 0) > self._most_bytes:
            raise _refused(f"{response.length} bytes are too many")
        parts: list[bytes] = []
        n_bytes = 0
        while part := response.read1(_READ_BYTES):
            parts.append(part)
            n_bytes += len(part)
            if n_bytes > self._most_bytes:
                raise _refused(f"more than {self._most_bytes} bytes")
        return b"".join(parts)


def _check_type(response: http.client.HTTPResponse) -> None:
    found = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    if found not in MEDIA_TYPES:
        raise _refused(f"wrong type: {found or 'none'}")


def _checked_address(address: str) -> str:
    """The address with a slash at its end, where names are appended."""
    try:
        parts = urlsplit(address)
        _check_scheme(parts)
        usable = bool(parts.hostname) and parts.username is None and parts.password is None
        usable = usable and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise _refused(f"no address: {error}") from error
    if not usable or parts.query or parts.fragment or not address.isascii() or not address.isprintable():
        raise _refused("an address is https://HOST[:PORT]/PATH/ and nothing else")
    return address if address.endswith("/") else address + "/"


def _check_scheme(parts: SplitResult) -> None:
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        raise _refused(f"no https: {parts.scheme}")


def _same_place(url: str, location: str) -> str:
    """Where a redirect leads, if that is the same server. Raises PreviewUnavailable."""
    try:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
        same = _origin(here) == _origin(there)
    except ValueError as error:
        raise _refused(f"a redirect to no address: {error}") from error
    if not same or there.username is not None:
        raise _refused(f"a redirect to another place: {there.scheme}://{there.hostname}")
    return target


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or {"https": 443}.get(parts.scheme, 80)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(detail: str) -> PreviewUnavailable:
    return PreviewUnavailable(track_id="", detail=detail)
