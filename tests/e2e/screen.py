"""A virtual screen, and a hand on it: the window of a process of its own, clicked through the X server."""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.needs import need_programs

ROOT = Path(__file__).resolve().parents[2]
SCREEN_S = 20.0
DRIVER = ROOT / "tests" / "e2e" / "window_driver.py"


@contextmanager
def virtual_screen(size: str = "1400x900x24") -> Iterator[str]:
    """An X server of one's own; the value for DISPLAY."""
    need_programs("Xvfb", "xdotool", packages="xvfb xdotool")
    folder = Path(tempfile.mkdtemp(prefix="musicrec-screen-"))
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=[write], stdout=log, stderr=log)
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


class Window:
    """The running window: its events in order, and its buttons."""

    def __init__(self, env: dict[str, str], *, within: Sequence[str] = ()) -> None:
        self._env = env
        command = [*within, sys.executable, str(DRIVER)]
        # Errors go straight to the test's own; a pipe nobody reads would fill and stop the window.
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, name="window output", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._events.put(json.loads(line))

    def wait_for(self, event: str, *, timeout_s: float = SCREEN_S, **facts: object) -> dict[str, Any]:
        """The next event of this name with these facts; what comes before it is passed over."""
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                found = self._events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {event} {facts} within {timeout_s} s; last: {self.seen[-5:]}") from None
            self.seen.append(found)
            if found["event"] == event and facts.items() <= found.items():
                return found

    def seen_or_coming(self, event: str, *, timeout_s: float = SCREEN_S, **facts: object) -> dict[str, Any]:
        """The last of this name with these facts that was passed over, or the next."""
        past = (each for each in reversed(self.seen) if each["event"] == event and facts.items() <= each.items())
        return next(past, None) or self.wait_for(event, timeout_s=timeout_s, **facts)

    def click(self, place: list[int]) -> None:
        self._xdotool("mousemove", str(place[0]), str(place[1]), "click", "1")

    def drop(self, path: Path) -> None:
        """As though it were dropped on the window; no tool of the X server can do that."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()

    def focus(self) -> None:
        """Give the window the keyboard; without a window manager nobody has."""
        self._xdotool("search", "--onlyvisible", "--name", "^MusicRec$", "windowfocus", "--sync")

    def key(self, name: str) -> None:
        self._xdotool("key", name)

    def close(self) -> int:
        """Quit by its key, and wait for the process to end."""
        self.focus()
        self.key("ctrl+q")
        return self._process.wait(timeout=15)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(["xdotool", *arguments], env=self._env, capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def open_window(env: dict[str, str], *, within: Sequence[str] = ()) -> Iterator[Window]:
    """`within` is a command that runs another, as `unshare --net` does."""
    with virtual_screen() as display:
        window = Window(os.environ | env | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}, within=within)
        try:
            yield window
        finally:
            window.kill()
