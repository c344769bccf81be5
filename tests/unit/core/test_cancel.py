import pytest

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import MusicRecError


def test_a_new_token_lets_work_go_on() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled


def test_a_cancelled_token_stays_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    token.cancel()
    assert token.cancelled
    for _ in range(2):
        with pytest.raises(Cancelled):
            token.check()


def test_cancelling_is_no_error() -> None:
    assert not issubclass(Cancelled, MusicRecError)
