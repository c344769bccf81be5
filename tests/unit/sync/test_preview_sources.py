"""Previews from bad servers are refused, one by one; from good ones they arrive."""

import hashlib
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import peewee
import pytest
import soundfile
import trustme

from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.catalogue.release_tables import PreviewRow, create_release_tables
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.sync import preview_sources
from musicrec_desktop.sync.preview_sources import DatabasePreviews, HttpsPreviews, checked, preview_lengths
from tests.mariadb import MariaDB
from tests.unit.sync.preview_server import PreviewServer, Request, write_authority

PATIENCE_S = 10.0


def sound(subtype: str = "OPUS") -> bytes:
    out = io.BytesIO()
    noise = np.random.default_rng(1).normal(0, 0.1, 48_000)
    soundfile.write(out, noise.astype(np.float32), 48_000, format="OGG", subtype=subtype)
    return out.getvalue()


OPUS = sound()
SHA256 = hashlib.sha256(OPUS).hexdigest()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_authority(authority, tmp_path_factory.mktemp("ca"))


@contextmanager
def serving(certificate: trustme.LeafCert | None) -> Iterator[PreviewServer]:
    server = PreviewServer(certificate)
    server.answer = lambda request: request.give(OPUS)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1", "localhost")


@pytest.fixture
def server(certificate: trustme.LeafCert) -> Iterator[PreviewServer]:
    with serving(certificate) as running:
        yield running


@pytest.fixture
def other(certificate: trustme.LeafCert) -> Iterator[PreviewServer]:
    """Another server, as trusted as the first, which has the preview."""
    with serving(certificate) as running:
        yield running


def fetch(server: PreviewServer, ca: Path | None, sha256: str = SHA256, *, deadline_s: float = PATIENCE_S) -> bytes:
    source = HttpsPreviews(server.address, ca=ca, most_bytes=1_000_000, deadline_s=deadline_s)
    return source.fetch(sha256, token=CancelToken())


def refusal(server: PreviewServer, ca: Path | None, sha256: str = SHA256, *, deadline_s: float = PATIENCE_S) -> str:
    with pytest.raises(PreviewUnavailable) as refused:
        fetch(server, ca, sha256, deadline_s=deadline_s)
    return refused.value.detail


def test_a_good_server(server: PreviewServer, ca: Path) -> None:
    assert fetch(server, ca) == OPUS
    assert server.asked == [f"/previews/{SHA256}.opus"]


@pytest.mark.parametrize("media_type", ["audio/opus", "application/ogg", "application/octet-stream", "audio/ogg; x=1"])
def test_types_that_files_are_served_with(server: PreviewServer, ca: Path, media_type: str) -> None:
    server.answer = lambda request: request.give(OPUS, media_type=media_type)
    assert fetch(server, ca) == OPUS


def test_a_body_of_unknown_length(server: PreviewServer, ca: Path) -> None:
    def pieces(request: Request) -> None:
        request.protocol_version = "HTTP/1.1"
        request.send_response(200)
        request.send_header("Content-Type", "audio/ogg")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for part in (OPUS[:100], OPUS[100:], b""):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))

    server.answer = pieces
    assert fetch(server, ca) == OPUS


@pytest.mark.parametrize("media_type", ["text/html", "application/json", "", "video/ogg"])
def test_wrong_type(server: PreviewServer, ca: Path, media_type: str) -> None:
    """The bytes would be the right ones."""
    server.answer = lambda request: request.give(OPUS, media_type=media_type)
    assert refusal(server, ca).startswith("wrong type")


def test_no_type_at_all(server: PreviewServer, ca: Path) -> None:
    def bare(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(OPUS)

    server.answer = bare
    assert refusal(server, ca) == "wrong type: none"


def test_endless(server: PreviewServer, ca: Path) -> None:
    sent = 0
    gone = threading.Event()

    def endless(request: Request) -> None:
        nonlocal sent
        request.send_response(200)
        request.send_header("Content-Type", "audio/ogg")
        request.end_headers()
        try:
            while True:
                sent += request.wfile.write(bytes(50_000))
        finally:
            gone.set()

    server.answer = endless
    assert refusal(server, ca) == "more than 1000000 bytes"
    assert gone.wait(PATIENCE_S)
    assert sent < 20_000_000  # what the sockets hold


def test_a_length_that_is_too_much_is_not_even_read(server: PreviewServer, ca: Path) -> None:
    def promise(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "audio/ogg")
        request.send_header("Content-Length", "1000000000")
        request.end_headers()
        request.rfile.read(1)  # until the client goes

    server.answer = promise
    assert refusal(server, ca) == "1000000000 bytes are too many"


def test_a_redirect_to_another_host(server: PreviewServer, other: PreviewServer, ca: Path) -> None:
    for place in (other.address, other.address.replace("127.0.0.1", "localhost"), f"//127.0.0.1:{other.server_port}/"):
        server.answer = lambda request, place=place: request.redirect(f"{place}{SHA256}.opus")
        assert refusal(server, ca).startswith("a redirect to another place")
    assert other.asked == []


def test_a_redirect_to_the_same_host_without_tls(server: PreviewServer, ca: Path) -> None:
    plain = server.address.replace("https", "http")
    server.answer = lambda request: request.redirect(f"{plain}{SHA256}.opus")
    assert refusal(server, ca).startswith("a redirect to another place: http:")


@pytest.mark.parametrize("location", ["https://[", "https://127.0.0.1:port/", "\u00ff"])
def test_a_redirect_to_no_address(server: PreviewServer, ca: Path, location: str) -> None:
    server.answer = lambda request: request.redirect(location)
    assert refusal(server, ca)


def test_a_redirect_within_the_host_is_followed(server: PreviewServer, ca: Path) -> None:
    def moved(request: Request) -> None:
        if request.path.startswith("/previews/"):
            request.redirect(f"/elsewhere/{SHA256}.opus?version=2")
        else:
            request.give(OPUS)

    server.answer = moved
    assert fetch(server, ca) == OPUS
    assert server.asked[1] == f"/elsewhere/{SHA256}.opus?version=2"


def test_redirects_without_end(server: PreviewServer, ca: Path) -> None:
    server.answer = lambda request: request.redirect(request.path)
    assert refusal(server, ca) == "one redirect after another"
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "", SHA256.upper(), SHA256 + "/..", SHA256 + "\n", "a" * 63]
)
def test_a_name_that_is_no_hash(server: PreviewServer, ca: Path, name: str) -> None:
    assert refusal(server, ca, name).startswith("no sha256")
    assert server.asked == []


def drip(request: Request, *, in_headers: bool) -> None:
    """A preview that arrives in the end, byte by byte, each long before the socket's own patience ends."""
    if not in_headers:
        request.send_response(200)
        request.send_header("Content-Type", "audio/ogg")
        request.end_headers()
    text = b"HTTP/1.0 200 OK\r\nContent-Type: audio/ogg\r\n\r\n" if in_headers else OPUS[:40]
    for byte in text:
        request.wfile.write(bytes([byte]))
        request.wfile.flush()
        time.sleep(0.05)
    request.wfile.write(OPUS if in_headers else OPUS[40:])


@pytest.mark.parametrize("in_headers", [False, True])
def test_too_slow(server: PreviewServer, ca: Path, in_headers: bool) -> None:
    server.answer = lambda request: drip(request, in_headers=in_headers)
    assert refusal(server, ca, deadline_s=0.5) == "too slow"
    assert _all_downloads_end()


def test_no_answer_at_all(server: PreviewServer, ca: Path) -> None:
    done = threading.Event()
    server.answer = lambda request: done.wait(PATIENCE_S) and None
    assert refusal(server, ca, deadline_s=0.3)
    done.set()


def test_a_server_that_never_greets(ca: Path) -> None:
    """TCP without TLS."""
    with serving(None) as plain:
        plain.scheme = "https"
        assert refusal(plain, ca, deadline_s=1.0)


def test_cancelled_at_once(server: PreviewServer, ca: Path) -> None:
    token, done = CancelToken(), threading.Event()

    def hang(request: Request) -> None:
        token.cancel()
        done.wait(PATIENCE_S)

    server.answer = hang
    began = time.monotonic()
    with pytest.raises(Cancelled):
        HttpsPreviews(server.address, ca=ca).fetch(SHA256, token=token)
    assert time.monotonic() - began < PATIENCE_S / 2
    assert _all_downloads_end(PATIENCE_S / 2)  # though the server says nothing and leaves the line open
    done.set()


def _all_downloads_end(patience_s: float = PATIENCE_S) -> bool:
    for thread in threading.enumerate():
        if thread.name == "preview download":
            thread.join(patience_s)
    return not any(thread.name == "preview download" for thread in threading.enumerate())


def test_another_content(server: PreviewServer, ca: Path) -> None:
    for payload in (OPUS[:-1], OPUS + b"\0", b"", OPUS.replace(b"OpusHead", b"opusHead")):
        server.answer = lambda request, payload=payload: request.give(payload)
        assert refusal(server, ca).startswith("hash mismatch")


def test_a_body_that_breaks_off(server: PreviewServer, ca: Path) -> None:
    def half(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "audio/ogg")
        request.send_header("Content-Length", str(len(OPUS)))
        request.end_headers()
        request.wfile.write(OPUS[:1000])

    server.answer = half
    assert refusal(server, ca)


@pytest.mark.parametrize("payload", [sound("VORBIS"), b"<html>", OPUS + b"more"], ids=["vorbis", "html", "tail"])
def test_the_hash_is_right_but_it_is_no_opus(server: PreviewServer, ca: Path, payload: bytes) -> None:
    server.answer = lambda request: request.give(payload)
    assert refusal(server, ca, hashlib.sha256(payload).hexdigest()) == "no Ogg Opus stream"


def test_not_there(server: PreviewServer, ca: Path) -> None:
    server.answer = lambda request: request.give(OPUS, status=404)
    assert refusal(server, ca) == "status 404"


def test_nobody_answers(certificate: trustme.LeafCert, ca: Path) -> None:
    server = PreviewServer(certificate)
    server.stop()
    assert "refused" in refusal(server, ca)


def test_a_certificate_that_nobody_vouches_for(server: PreviewServer) -> None:
    assert "CERTIFICATE_VERIFY_FAILED" in refusal(server, None)
    assert server.asked == []


def test_certificates_of_another_name_or_time(authority: trustme.CA, ca: Path) -> None:
    wrong_name = authority.issue_cert("example.org")
    expired = authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    for bad in (wrong_name, expired):
        with serving(bad) as server:
            assert "CERTIFICATE_VERIFY_FAILED" in refusal(server, ca)
            assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/previews/",
        "http://127.0.0.1.example.org/",
        "ftp://127.0.0.1/",
        "file:///etc/",
        "https://",
        "https://user:hush@example.org/",
        "https://example.org/?name=",
        "https://example.org/#a",
        "https://example.org:port/",
        "https://[::1/",
        "https://example.org/\r\nHost: x/",
        "",
    ],
)
def test_addresses_that_are_not_used(address: str) -> None:
    with pytest.raises(PreviewUnavailable) as refused:
        HttpsPreviews(address)
    assert "hush" not in str(refused.value)


def test_on_this_computer_it_may_do_without_tls() -> None:
    with serving(None) as server:
        assert fetch(server, None) == OPUS
        assert HttpsPreviews(server.address.rstrip("/")).fetch(SHA256, token=CancelToken()) == OPUS


def keep(database: peewee.Database, payload: bytes | None, sha256: str = SHA256) -> None:
    create_release_tables(database)
    with database.bind_ctx([PreviewRow]):
        PreviewRow.insert(sha256=sha256, n_bytes=len(OPUS), payload=payload).execute()


@pytest.fixture(params=["mariadb", "sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[peewee.Database]:
    if request.param == "mariadb":
        server: MariaDB = request.getfixturevalue("mariadb")
        made: peewee.Database = server.fresh()
    else:
        made = central_sqlite(tmp_path / "central.db")
    with made:
        yield made


def test_out_of_the_database(database: peewee.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    source = DatabasePreviews(lambda: nullcontext(database))
    keep(database, OPUS)
    assert source.fetch(SHA256, token=CancelToken()) == OPUS
    assert preview_lengths(database, [f"{i:064x}" for i in range(1200)] + [SHA256]) == {SHA256: len(OPUS)}
    asked: list[str] = []
    original = database.execute_sql
    monkeypatch.setattr(database, "execute_sql", lambda *given: (asked.append(given[0]), original(*given))[1])
    for name in ("f" * 64, "..", "' OR 1=1 --"):
        with pytest.raises(PreviewUnavailable):
            source.fetch(name, token=CancelToken())
    assert len(asked) == 1  # what is no hash is not even asked for
    monkeypatch.setattr(preview_sources, "MOST_BYTES", len(OPUS) - 1)
    with pytest.raises(PreviewUnavailable, match="too long"):
        source.fetch(SHA256, token=CancelToken())


def test_a_database_that_lies_about_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_sources, "MOST_BYTES", len(OPUS) - 1)
    with pytest.raises(PreviewUnavailable, match="too long"):
        checked(SHA256, OPUS)


@pytest.mark.parametrize(("payload", "why"), [(None, "no such"), (OPUS[:-1], "hash mismatch"), (b"x", "hash mismatch")])
def test_what_the_database_has_is_checked_as_well(tmp_path: Path, payload: bytes | None, why: str) -> None:
    database = central_sqlite(tmp_path / "central.db")
    keep(database, payload)
    with database, pytest.raises(PreviewUnavailable, match=why):
        DatabasePreviews(lambda: nullcontext(database)).fetch(SHA256, token=CancelToken())
