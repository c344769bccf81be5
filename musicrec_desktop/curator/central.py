"""Which central database a command works on: the file of its work folder, or a server."""

import inspect
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.sync.link import Address, connect, password_for

Function = TypeVar("Function", bound=Callable[..., Any])

Authority = Annotated[
    Path | None, typer.Option("--ca", help="PEM file of who vouches for the server; else the system's.")
]
Plain = Annotated[bool, typer.Option("--without-tls", help="Let the link go unencrypted: anybody can read it.")]
_OPTIONS: dict[str, Any] = {
    "central": Annotated[
        str | None, typer.Option(help="mysql://USER@HOST[:PORT]/DB in place of a file in the folder.")
    ],
    "ca": Authority,
    "without_tls": Plain,
}
_DEFAULTS: dict[str, Any] = {"central": None, "ca": None, "without_tls": False}


@dataclass(frozen=True, slots=True)
class Central:
    """A server, or by default none."""

    address: "Address | None" = None
    ca: Path | None = None
    without_tls: bool = False


_IN_FOLDER = Central()
_chosen: ContextVar[Central] = ContextVar("central", default=_IN_FOLDER)


class CuratorApp(typer.Typer):
    """Commands that have a work folder take --central, --ca and --without-tls, too; `open_store` looks at these."""

    def command(self, *args: Any, **kwargs: Any) -> Callable[[Function], Function]:
        register = super().command(*args, **kwargs)

        def taking_the_options(function: Function) -> Function:
            has_folder = "work" in inspect.signature(function).parameters
            register(_with_central(function) if has_folder else function)
            return function

        return taking_the_options


def open_store(work: Path) -> "CentralStore":
    """The central tables that the command was given; its work folder is made when missing."""
    from musicrec_desktop.curator.store import CentralStore

    central = _chosen.get()
    if central.address is None:
        return CentralStore.in_folder(work)
    work.mkdir(parents=True, exist_ok=True)
    password = password_for(central.address, ask=asking(f"Password of {central.address.account}"))
    link = connect(central.address, password=password, ca=central.ca, plain_allowed=central.without_tls)
    return CentralStore(link)


def asking(what: str, *, confirm: bool = False) -> Callable[[], str] | None:
    """A question at the keyboard that does not show the answer; None where nobody sits at one."""
    if not sys.stdin.isatty():
        return None

    def ask() -> str:
        return str(typer.prompt(what, hide_input=True, confirmation_prompt=confirm, err=True))

    return ask


def _central(text: str | None, ca: Path | None, without_tls: bool) -> Central:
    if text is None:
        return _IN_FOLDER
    from musicrec_desktop.sync.link import Address

    return Central(Address.parse(text), ca, without_tls)


def _with_central(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def command(*, central: str | None, ca: Path | None, without_tls: bool, **values: Any) -> Any:
        token = _chosen.set(_central(central, ca, without_tls))
        try:
            return function(**values)
        finally:
            _chosen.reset(token)

    keyword, signature = inspect.Parameter.KEYWORD_ONLY, inspect.signature(function)
    added = [inspect.Parameter(name, keyword, default=_DEFAULTS[name], annotation=_OPTIONS[name]) for name in _OPTIONS]
    dressed: Any = command
    dressed.__signature__ = signature.replace(parameters=[*signature.parameters.values(), *added])
    dressed.__annotations__ = {**function.__annotations__, **_OPTIONS}
    return command
