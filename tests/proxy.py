"""A TCP proxy on loopback that does to a link what networks do: cut it, stall it, refuse it, change what it carries."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["cut", "stall", "refuse", "corrupt"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to one connection once so many bytes have come from the server."""

    fault: Fault
    after_bytes: int


@dataclass
class Proxy:
    """Hands connections on to `server`; each takes the next trouble of the list, and none when that is empty."""

    server: tuple[str, int]
    troubles: list[Trouble] = field(default_factory=list)
    n_connections: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        threading.Thread(target=self._accept, daemon=True, name="proxy").start()

    def plan(self, troubles: Sequence[Trouble]) -> None:
        with self._lock:
            self.troubles = list(troubles)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # or the thread that waits there would take one more
        self._listener.close()
        with self._lock:
            links = list(self._open)
        for link in links:
            _end(link)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.n_connections += 1
                trouble = self.troubles.pop(0) if self.troubles else None
            if trouble is not None and trouble.fault == "refuse":
                _end(client)
                continue
            try:
                server = socket.create_connection(self.server, timeout=5)
            except OSError:
                _end(client)
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            for work in ((client, server, None), (server, client, trouble)):
                threading.Thread(target=self._carry, args=work, daemon=True, name="proxy").start()

    def _carry(self, source: socket.socket, sink: socket.socket, trouble: Trouble | None) -> None:
        carried, changed = 0, False
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 14):
                if trouble is not None and not changed and carried + len(data) > trouble.after_bytes:
                    at = trouble.after_bytes - carried
                    if trouble.fault == "cut":
                        sink.sendall(data[:at])
                        break
                    if trouble.fault == "stall":
                        sink.sendall(data[:at])
                        self._hold(source)
                        break
                    data, changed = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :], True
                sink.sendall(data)
                carried += len(data)
        for link in (source, sink):
            _end(link)
            with self._lock:
                self._open.discard(link)

    def _hold(self, source: socket.socket) -> None:
        """Carry nothing on until the other side gives up, or the proxy ends."""
        while source.recv(1 << 14):
            pass


def _end(link: socket.socket) -> None:
    with contextlib.suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
    link.close()


@contextlib.contextmanager
def proxied(host: str, port: int) -> Iterator[Proxy]:
    """A proxy in front of a server."""
    proxy = Proxy((host, port))
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
