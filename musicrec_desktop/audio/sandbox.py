"""One long-lived child process for work on files from outside: with a deadline, a memory limit and an end.

Parent and child take turns: the parent asks for one item, the child computes and sends it. So there is never
more than one item under way, and a consumer that stops asking leaves a child that merely waits.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, TypeVar

from musicrec_desktop.core.cancel import Cancelled, CancelToken

T = TypeVar("T")

DEFAULT_MEMORY_BYTES = 768 * 2**20
START_S = 60.0  # for a child's first sign of life, on a machine that is busy
POLL_S = 0.05  # how soon a cancelled token is noticed while the child computes
END_S = 2.0  # to wait for a killed child to be gone

_MB = 2**20
# What children find in their environment. glibc gives freed memory back to the system at once, and a child that
# analyses takes the same blocks again ten times a second: a sixth of its time went there.
_SURROUNDINGS = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"),
    "MALLOC_MMAP_THRESHOLD_": str(32 * _MB),
    "MALLOC_TRIM_THRESHOLD_": str(64 * _MB),
}
_surroundings = threading.Lock()


class ChildFailed(Exception):
    """The child gave no answer; it is started anew for the next call."""


class ChildCrashed(ChildFailed):
    """It died, or ran into its memory limit."""


class ChildTimeout(ChildFailed):
    """It took longer than its deadline."""


class Sandbox:
    """Runs generator functions in the child, one at a time. A new call ends the one before.

    `memory_bytes` is what one call may take beyond what the child holds when the call begins (Linux only).
    """

    def __init__(self, *, memory_bytes: int = DEFAULT_MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._is_ready = False
        self._call = 0
        self._closed = threading.Event()

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child ahead of its first call, without waiting for it."""
        with self._lock:
            self._ensure_started()

    def stream(
        self, function: Callable[..., Iterator[T]], *args: Any, deadline_s: float, token: CancelToken | None = None
    ) -> Iterator[T]:
        """What `function(*args)` yields in the child. The function must be importable by name, or a partial of one.

        `deadline_s` bounds the time spent waiting for the child, not the consumer's own.
        Errors raised in the function arrive here as themselves. Raises ChildCrashed, ChildTimeout,
        and Cancelled when the token was cancelled or the sandbox was closed meanwhile.
        """
        request = pickle.dumps((function, args, self._memory_bytes), protocol=5)
        call = None
        while True:
            if token is not None:
                token.check()
            with self._lock:
                if call is None:
                    self._call += 1
                    call = self._call
                elif call != self._call:
                    raise RuntimeError("this stream was ended by a later call")
                began = time.monotonic()
                kind, value = self._exchange(request, deadline_s, token)
                deadline_s -= time.monotonic() - began
            request = b""
            if kind == "end":
                return
            if kind == "error":
                raise value
            yield value

    def close(self) -> None:
        """End the child at once, and what is under way in other threads with Cancelled."""
        self._closed.set()
        with self._lock:
            self._end_child()

    def _exchange(self, request: bytes, deadline_s: float, token: CancelToken | None) -> tuple[str, Any]:
        """Send a request (empty: the next item) and wait for its answer; without one the child is ended."""
        answered = False
        try:
            pipe = self._ensure_started()
            if not self._is_ready:
                self._receive(pipe, START_S, token)
                self._is_ready = True
            pipe.send_bytes(request)
            kind, value = self._receive(pipe, deadline_s, token)
            if kind == "memory":
                raise ChildCrashed("memory limit")
            answered = True
        except (EOFError, OSError) as error:
            raise ChildCrashed(f"exit status {self._end_child()}") from error
        finally:
            # Also after Ctrl-C in the middle: an answer that comes late would be taken for the next one's.
            if not answered:
                self._end_child()
        return kind, value

    def _receive(self, pipe: Connection, timeout_s: float, token: CancelToken | None) -> tuple[str, Any]:
        deadline = time.monotonic() + timeout_s
        while not pipe.poll(max(0.0, min(POLL_S, deadline - time.monotonic()))):
            if token is not None:
                token.check()
            if self._closed.is_set():
                raise Cancelled
            if time.monotonic() >= deadline:
                raise ChildTimeout(f"no answer in {timeout_s:.1f} s")
        kind, value = pickle.loads(pipe.recv_bytes())
        return kind, value

    def _ensure_started(self) -> Connection:
        if self._closed.is_set():
            raise Cancelled
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, end = context.Pipe()
            # A daemon: should the program forget to close the sandbox, its exit does not wait for the child.
            self._process = context.Process(target=_serve, args=(end,), daemon=True, name="musicrec-decoder")
            with _surroundings_of_a_child():
                self._process.start()
            end.close()
            self._is_ready = False
        return self._pipe

    def _end_child(self) -> int | None:
        """Kill the child if there is one; its exit status."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.kill()
        process.join(END_S)
        return process.exitcode


@contextlib.contextmanager
def _surroundings_of_a_child() -> Iterator[None]:
    """Children started inside leave the other cores to one another, and keep the memory they use again.

    Two importing children with two threads each took three times as long: the threads wait for each other spinning.
    The libraries look once, while they load, so the child's surroundings are the only place to say it.
    """
    with _surroundings:
        before = {name: os.environ.get(name) for name in _SURROUNDINGS}
        os.environ.update(_SURROUNDINGS)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _serve(pipe: Connection) -> None:
    """The child's main loop: take a call, send its items one by one as they are asked for."""
    _detach()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    items: Iterator[Any] = iter(())
    with contextlib.suppress(EOFError, OSError):  # the parent has closed its end
        pipe.send_bytes(pickle.dumps(("ready", None)))
        while True:
            request = pipe.recv_bytes()
            if request:
                items = _begun(request)
            pipe.send_bytes(_next_answer(items))


def _detach() -> None:
    """Leave Ctrl-C and the terminal to the parent: decoders write their remarks to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        with contextlib.suppress(OSError):  # a windowed program on Windows has none
            os.dup2(nowhere, standard)


def _end_with_parent() -> None:
    """Wait for the parent's death, however it comes, and go too: nobody is left who could end us."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _begun(request: bytes) -> Iterator[Any]:
    """The call's items; importing the function is a part of the first one."""
    _limit_memory(None)
    function, args, memory_bytes = pickle.loads(request)
    _limit_memory(memory_bytes)
    yield from function(*args)


def _next_answer(items: Iterator[Any]) -> bytes:
    try:
        answer: tuple[str, Any] = ("item", next(items))
    except StopIteration:
        answer = ("end", None)
    except MemoryError:
        answer = ("memory", None)
    except Exception as error:  # the one of this process: whatever the function raises is the parent's to see
        error.add_note(f"in the child process:\n{traceback.format_exc()}")
        answer = ("error", error)
    return _pickled(answer)


def _pickled(answer: tuple[str, Any]) -> bytes:
    try:
        return pickle.dumps(answer, protocol=5)
    except MemoryError:
        return pickle.dumps(("memory", None))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        return pickle.dumps(("error", ChildFailed(f"an answer that cannot be sent: {answer[1]!r}: {error}")))


def _limit_memory(extra_bytes: int | None) -> None:
    """Let the process grow by this much from now on; None: without limit.

    The limit is on private writable memory (RLIMIT_DATA), not on addresses: numerical libraries reserve
    gigabytes of addresses that they never touch.
    """
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = hard if extra_bytes is None else _private_bytes() + extra_bytes
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _private_bytes() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
