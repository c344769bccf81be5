"""What has changed settles: by the clock that is handed in, so that nothing waits here."""

from musicrec_desktop.workers.settling import Settling


def settled(settling: Settling, changed: dict[str, object], now_s: float) -> set[str]:
    return set(settling.settled(changed, now_s=now_s, still_s=2.0, patience_s=60.0))


def test_what_grows_is_not_offered() -> None:
    settling = Settling()
    for size in range(5):
        assert settled(settling, {"a": size}, float(size)) == set()
        assert settling.is_waiting
    assert settled(settling, {"a": 4}, 5.9) == set()
    assert settled(settling, {"a": 4}, 6.1) == {"a"}
    assert not settling.is_waiting


def test_the_whole_wait_for_the_growing_but_not_for_ever() -> None:
    settling = Settling()
    settled(settling, {"whole": 1, "growing": 0}, 0.0)
    for now_s in range(1, 60):
        assert settled(settling, {"whole": 1, "growing": now_s}, float(now_s)) == set()
    assert settled(settling, {"whole": 1, "growing": 60}, 60.0) == {"whole"}
    assert settling.is_waiting


def test_what_was_acted_upon_is_offered_again_only_when_it_changes_or_comes_back() -> None:
    settling = Settling()
    settled(settling, {"a": 1}, 0.0)
    settling.settle({"a": 1})
    assert settled(settling, {"a": 1}, 9.0) == set()
    assert not settling.is_waiting
    assert settled(settling, {"a": 2}, 10.0) == set()
    assert settled(settling, {"a": 2}, 13.0) == {"a"}
    settling.settle({"a": 2})
    assert settled(settling, {}, 14.0) == set()
    settled(settling, {"a": 2}, 15.0)
    assert settled(settling, {"a": 2}, 18.0) == {"a"}
