"""The child process: items, errors, limits, and that it never outlives anybody."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.audio.files import FileReader, blocks
from musicrec_desktop.audio.sandbox import ChildCrashed, ChildTimeout, Sandbox
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Floats
from tests.signals import melody
from tests.unit.audio.test_files import written

REPOSITORY = Path(__file__).resolve().parents[3]


def count(n: int) -> Iterator[int]:
    yield from range(n)


def own_pid() -> Iterator[int]:
    yield os.getpid()


def arrays(n: int) -> Iterator[Floats]:
    for value in range(n):
        yield np.full(300_000, value, np.float32)


def refuse(path: Path) -> Iterator[int]:
    yield 1
    raise UndecodableFile(path=path, reason="damaged", detail="so it is")


def blunder() -> Iterator[int]:
    yield 1
    raise ZeroDivisionError("a bug")


def die() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGSEGV)
    yield 2


def sleep(seconds: float) -> Iterator[int]:
    yield 1
    time.sleep(seconds)
    yield 2


def fill(n_bytes: int) -> Iterator[int]:
    yield len(np.ones(n_bytes, np.uint8))


def talk() -> Iterator[int]:
    print("to standard output")
    os.write(2, b"to standard error\n")
    yield 1


def send_the_unsendable() -> Iterator[Callable[[], int]]:
    yield lambda: 1


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(memory_bytes=200 * 2**20)
    yield sandbox
    sandbox.close()


def gone(pid: int, within_s: float = 5.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_items_arrive_in_order_from_another_process(sandbox: Sandbox) -> None:
    assert list(sandbox.stream(count, 5, deadline_s=10)) == [0, 1, 2, 3, 4]
    assert list(sandbox.stream(count, 0, deadline_s=10)) == []
    pids = [next(sandbox.stream(own_pid, deadline_s=10)) for _ in range(2)]
    assert pids[0] == pids[1] == sandbox.pid != os.getpid()


def test_arrays_arrive_whole(sandbox: Sandbox) -> None:
    got = list(sandbox.stream(arrays, 4, deadline_s=10))
    assert [float(each.mean()) for each in got] == [0, 1, 2, 3]


def test_our_errors_arrive_as_themselves(sandbox: Sandbox, tmp_path: Path) -> None:
    items = sandbox.stream(refuse, tmp_path, deadline_s=10)
    assert next(items) == 1
    with pytest.raises(UndecodableFile) as caught:
        next(items)
    assert (caught.value.path, caught.value.reason, caught.value.detail) == (tmp_path, "damaged", "so it is")
    assert list(sandbox.stream(count, 2, deadline_s=10)) == [0, 1]


def test_bugs_arrive_with_the_childs_traceback(sandbox: Sandbox) -> None:
    with pytest.raises(ZeroDivisionError, match="a bug") as caught:
        list(sandbox.stream(blunder, deadline_s=10))
    assert "in blunder" in "".join(caught.value.__notes__)


def test_after_a_crash_the_next_call_works(sandbox: Sandbox) -> None:
    items = sandbox.stream(die, deadline_s=10)
    assert next(items) == 1
    with pytest.raises(ChildCrashed, match="-11"):
        next(items)
    assert list(sandbox.stream(count, 2, deadline_s=10)) == [0, 1]


def test_the_deadline_ends_the_child_and_the_next_call_works(sandbox: Sandbox) -> None:
    items = sandbox.stream(sleep, 60.0, deadline_s=0.5)
    assert next(items) == 1
    pid, began = sandbox.pid, time.monotonic()
    with pytest.raises(ChildTimeout):
        next(items)
    assert time.monotonic() - began < 2.0
    assert pid is not None
    assert gone(pid)
    assert list(sandbox.stream(count, 2, deadline_s=10)) == [0, 1]


def test_the_consumers_own_time_is_not_counted(sandbox: Sandbox) -> None:
    next(sandbox.stream(count, 1, deadline_s=10))
    items = sandbox.stream(count, 3, deadline_s=0.5)
    next(items)
    time.sleep(0.8)
    assert list(items) == [1, 2]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a limit that numerical libraries bear")
def test_the_memory_limit_ends_the_call_not_the_sandbox(sandbox: Sandbox) -> None:
    for _ in range(2):
        with pytest.raises(ChildCrashed, match="memory"):
            list(sandbox.stream(fill, 500 * 2**20, deadline_s=20))
        assert list(sandbox.stream(fill, 50 * 2**20, deadline_s=20)) == [50 * 2**20]


def test_a_consumer_may_stop_in_the_middle(sandbox: Sandbox) -> None:
    for _ in range(3):
        items = sandbox.stream(arrays, 100, deadline_s=10)
        assert next(items)[0] == 0
    assert list(sandbox.stream(count, 3, deadline_s=10)) == [0, 1, 2]
    with pytest.raises(RuntimeError, match="later call"):
        next(items)


def test_cancelling_is_noticed_between_items_and_within_one(sandbox: Sandbox) -> None:
    token = CancelToken()
    items = sandbox.stream(count, 3, deadline_s=10, token=token)
    next(items)
    token.cancel()
    with pytest.raises(Cancelled):
        next(items)
    token = CancelToken()
    items = sandbox.stream(sleep, 60.0, deadline_s=100, token=token)
    next(items)
    threading.Timer(0.2, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        next(items)
    assert time.monotonic() - began < 2.0
    assert list(sandbox.stream(count, 2, deadline_s=10)) == [0, 1]


def test_what_cannot_be_sent_is_said(sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match="cannot be sent"):
        next(sandbox.stream(send_the_unsendable, deadline_s=10))
    assert list(sandbox.stream(count, 2, deadline_s=10)) == [0, 1]


def test_closing_is_quick_even_in_the_middle() -> None:
    sandbox = Sandbox()
    items = sandbox.stream(sleep, 60.0, deadline_s=100)
    next(items)
    pid = sandbox.pid
    assert pid is not None
    outcome: list[BaseException] = []

    def wait_for_it() -> None:
        try:
            next(items)
        except Cancelled as error:
            outcome.append(error)

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    began = time.monotonic()
    sandbox.close()
    sandbox.close()
    assert time.monotonic() - began < 1.0
    waiting.join(5.0)
    assert len(outcome) == 1
    assert gone(pid)
    with pytest.raises(Cancelled):
        next(sandbox.stream(count, 1, deadline_s=1))


def test_what_the_child_prints_stays_there(capfd: pytest.CaptureFixture[str]) -> None:
    sandbox = Sandbox()
    assert list(sandbox.stream(talk, deadline_s=10)) == [1]
    sandbox.close()
    assert capfd.readouterr() == ("", "")


PARENT = """
import signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background starts with it ignored
from tests.unit.audio.test_sandbox import sleep
from musicrec_desktop.audio.sandbox import Sandbox

def main():
    sandbox = Sandbox()
    items = sandbox.stream(sleep, 600.0, deadline_s=1000)
    threading.Thread(target=next, args=(items,)).run()
    print(sandbox.pid, flush=True)
    next(items)

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_child_dies_with_its_parent(end: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "a console script"
    script.write_text(PARENT)
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(end)
        parent.wait(10)
    assert gone(child)


def test_a_file_reader_reads_parts_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path / "노래.flac", melody(5.0, sr=44100))
    reader = FileReader(Sandbox())
    excerpt = reader.excerpt(path, start_s=1.0, duration_s=3.0, sr=22050)
    here = np.concatenate([each.samples for each in blocks(path, start_s=1.0, duration_s=3.0, sr=22050)])
    np.testing.assert_array_equal(excerpt.samples, here)
    assert not excerpt.samples.flags.writeable
    assert len(reader.excerpt(path, start_s=10.0, sr=22050).samples) == 0
    assert reader.probe(path).duration_s == 5.0
    with pytest.raises(UndecodableFile, match="missing"):
        reader.excerpt(tmp_path / "nowhere.mp3", sr=22050)
    reader.close()


def test_a_partial_may_be_streamed(sandbox: Sandbox) -> None:
    assert list(sandbox.stream(partial(count, n=2), deadline_s=10)) == [0, 1]
