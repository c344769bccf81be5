"""Passwords of the central catalogue: from the system's keyring, the environment or the person at the keyboard."""

import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from musicrec_desktop.core.errors import NoPassword

SERVICE = "MusicRec"  # the keyring keeps passwords by this name and the account's
VARIABLE = "MUSICREC_PASSWORD"

log = logging.getLogger(__name__)


class Password:
    """A password that shows itself only where it is asked to: never in a text, a traceback's locals or a pickle."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Password(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a password does not travel")


def password_for(
    account: str,
    *,
    server: str,
    user: str,
    ask: Callable[[], str] | None = None,
    environment: Mapping[str, str] = os.environ,
    variable: str = VARIABLE,
) -> Password:
    """The password of USER@HOST:PORT/DATABASE: kept in the keyring, else in the environment, else asked for.

    A system without a keyring is passed over. Raise NoPassword when nobody knows one.
    """
    kept = _kept(account)
    if kept is not None:
        return kept
    if variable in environment:
        return Password(environment[variable])
    if ask is not None and (answer := Password(ask() or "")).reveal():
        return answer
    raise NoPassword(server=server, user=user)


def remember(account: str, password: Password) -> bool:
    """Keep a password in the system's keyring; False where there is none, and nothing is kept anywhere else."""
    return _asked_of_keyring("set_password", account, password) is not _NOTHING


def forget(account: str) -> None:
    """Take the account's password out of the keyring, if it is there."""
    _asked_of_keyring("delete_password", account)


_NOTHING = object()


def _kept(account: str) -> Password | None:
    found = _asked_of_keyring("get_password", account)
    return found if isinstance(found, Password) else None


def _asked_of_keyring(question: str, account: str, *passwords: Password) -> Any:
    """What the keyring says, passwords wrapped; _NOTHING when it cannot be asked."""
    import keyring  # looks for backends and talks to the desktop: only when a password is wanted
    from keyring.errors import KeyringError

    try:
        answer = getattr(keyring, question)(SERVICE, account, *(password.reveal() for password in passwords))
    except (KeyringError, OSError, RuntimeError) as error:
        # By name only: what a backend says may repeat what it was given.
        log.info("the keyring is not used: %s", type(error).__name__)
        return _NOTHING
    return Password(answer) if isinstance(answer, str) else None
