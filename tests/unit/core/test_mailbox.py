"""One item, the newest, between two threads."""

import threading

import pytest

from musicrec_desktop.core.mailbox import Closed, Mailbox

WAIT_S = 5.0


def test_the_newest_wins() -> None:
    box: Mailbox[int] = Mailbox()
    for item in (1, 2, 3):
        box.put(item)
    assert box.take() == 3


def test_an_item_that_is_false_is_an_item() -> None:
    box: Mailbox[int | None] = Mailbox()
    box.put(None)
    assert box.take() is None


def test_a_closed_mailbox_takes_and_gives_nothing() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.close()
    with pytest.raises(Closed):
        box.take()
    with pytest.raises(Closed):
        box.put(2)


def reader_of(box: Mailbox[int], seen: list[int]) -> threading.Thread:
    def read() -> None:
        try:
            while True:
                seen.append(box.take())
        except Closed:
            pass

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def test_closing_wakes_a_waiting_reader() -> None:
    box: Mailbox[int] = Mailbox()
    reader = reader_of(box, [])
    box.close()
    reader.join(WAIT_S)
    assert not reader.is_alive()


def test_a_reader_sees_items_in_order_and_none_twice() -> None:
    box: Mailbox[int] = Mailbox()
    seen: list[int] = []
    reader = reader_of(box, seen)
    for item in range(2_000):
        box.put(item)
    box.close()
    reader.join(WAIT_S)
    assert not reader.is_alive()
    assert seen == sorted(set(seen))
