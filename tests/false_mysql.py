"""A server that speaks just enough MySQL to do what an honest one never would. It keeps every byte that it is sent."""

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.certificates import Certificates

NATIVE = b"mysql_native_password"
CAPABILITIES = 0x0008_A20D  # protocol 4.1, secure passwords, a database with the login, authentication plugins
SSL = 0x0800
PATIENCE_S = 20.0
OK = b"\0\0\0\x02\0\0\0"


@dataclass
class FalseServer:
    """`reply` is the answer to the first question; `plugin` the way in which it wants the password."""

    certificates: Certificates | None = None
    reply: bytes = OK
    plugin: bytes = NATIVE
    greeting: bytes | None = None  # in place of MySQL's
    hangs_up: bool = False  # once it has the password
    was_first_to_give_up: bool = False
    port: int = 0
    heard: bytearray = field(default_factory=bytearray)
    served: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            client, _ = listener.accept()
            client.settimeout(PATIENCE_S)
            with client:
                try:
                    self._speak(client)
                except TimeoutError:
                    self.was_first_to_give_up = True
        self.served.set()

    def _speak(self, client: socket.socket) -> None:
        if self.greeting is not None:
            client.sendall(self.greeting)
            self._hear(client)
            return
        _send(client, 0, _greeting(CAPABILITIES | (SSL if self.certificates else 0)))
        if self.certificates:
            self._packet(client)
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.certificates.certificate, self.certificates.key)
            with context.wrap_socket(client, server_side=True) as private:
                self._let_in(private)
        else:
            self._let_in(client)

    def _let_in(self, client: socket.socket) -> None:
        sequence = self._packet(client)
        if self.plugin != NATIVE:
            _send(client, sequence + 1, b"\xfe" + self.plugin + b"\0" + b"s" * 20 + b"\0")
            sequence = self._packet(client)
        if self.hangs_up:
            return
        _send(client, sequence + 1, OK)
        while True:
            question = len(self.heard)
            sequence = self._packet(client)
            asked = bytes(self.heard[question:])
            _send(client, sequence + 1, OK if b"SET " in asked else self.reply)

    def _packet(self, client: socket.socket) -> int:
        """Hear one packet; its number."""
        head = self._exactly(client, 4)
        self._exactly(client, int.from_bytes(head[:3], "little"))
        return head[3]

    def _exactly(self, client: socket.socket, n_bytes: int) -> bytes:
        got = b""
        while len(got) < n_bytes:
            piece = client.recv(n_bytes - len(got))
            if not piece:
                raise ConnectionError
            self.heard += piece
            got += piece
        return got

    def _hear(self, client: socket.socket) -> None:
        while piece := client.recv(4096):
            self.heard += piece


def _greeting(capabilities: int) -> bytes:
    low, high = capabilities & 0xFFFF, capabilities >> 16
    start = b"\x0a8.0.36\0" + struct.pack("<I", 7) + b"12345678\0"
    rest = struct.pack("<HBHHB", low, 45, 2, high, 21) + bytes(10) + b"123456789012\0"
    return start + rest + NATIVE + b"\0"


def _send(client: socket.socket, sequence: int, payload: bytes) -> None:
    client.sendall(len(payload).to_bytes(3, "little") + bytes([sequence]) + payload)


@contextmanager
def serving(server: FalseServer) -> Iterator[FalseServer]:
    """Let it answer one client on a free port of loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(PATIENCE_S)
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
        thread.start()
        yield server
    thread.join(PATIENCE_S)
