"""A small https server that behaves as badly as a test wants, with a certificate authority of its own."""

import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One question; `server.answer` says what happens."""

    server: "PreviewServer"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        # The client leaves when it has heard enough.
        with suppress(ConnectionError, ssl.SSLError):
            self.server.answer(self)

    def give(self, payload: bytes, *, media_type: str = "audio/ogg", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(payload)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def redirect(self, location: str) -> None:
        self.give(b"", status=302, Location=location)

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


class PreviewServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: trustme.LeafCert | None) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.asked: list[str] = []
        self.answer: Answer = lambda request: request.give(b"")
        self.scheme = "http" if certificate is None else "https"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/previews/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the certificate goes away."""

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


def write_authority(authority: trustme.CA, folder: Path) -> Path:
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path
