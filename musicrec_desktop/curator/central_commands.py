"""The curator's commands around a central server: init-db."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from musicrec_desktop.core.errors import MusicRecError, NoPassword
from musicrec_desktop.curator import errors
from musicrec_desktop.curator.central import Authority, Plain, asking

if TYPE_CHECKING:
    from musicrec_desktop.sync.link import CentralDatabase
    from musicrec_desktop.sync.password import Password

CURATOR_VARIABLE = "MUSICREC_CURATOR_PASSWORD"
LISTENER_VARIABLE = "MUSICREC_LISTENER_PASSWORD"

SENTENCES: dict[type[MusicRecError], str] = {
    errors.AccountTooPowerful: "Account {user} may do more than listeners should, so give it to nobody: {grant}.",
    errors.AccountsAlike: "{user} cannot be two accounts at once; the administrator, the curator and the listeners "
    "need one each.",
}


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the curator's command line."""
    app.command("init-db")(init_db)


def init_db(
    server: Annotated[str, typer.Argument(metavar="mysql://ADMIN@HOST[:PORT]/DB", help="The database to be made.")],
    curator: Annotated[str, typer.Option(help="The account that will do the curator's work.")],
    listener: Annotated[str, typer.Option(help="The account that listeners will read by.")],
    ca: Authority = None,
    without_tls: Plain = False,
) -> None:
    """Make a central database and its two accounts, or bring them up to date; it can be run again at any time.

    Passwords come from MUSICREC_PASSWORD (of ADMIN), MUSICREC_CURATOR_PASSWORD and MUSICREC_LISTENER_PASSWORD, or are
    asked for. An account that is there keeps its password unless the environment has one.
    """
    from musicrec_desktop.curator import accounts
    from musicrec_desktop.sync.link import Address, connect, password_for

    address = Address.parse(server)
    _must_differ(address.user, curator, listener)
    password = password_for(address, ask=asking(f"Password of {address.user} at {address.server}"))
    anywhere = Address(address.user, address.host, address.port, accounts.SYSTEM)
    link = connect(anywhere, password=password, ca=ca, plain_allowed=without_tls)
    accounts.create_database(link, address.database)
    link.close()
    link = connect(address, password=password, ca=ca, plain_allowed=without_tls)
    typer.echo(f"catalogue {accounts.set_up(link)}")
    for line in accounts.grant_curator(link, curator, _password_of(link, curator, CURATOR_VARIABLE)):
        typer.echo(line)
    for line in accounts.grant_listener(link, listener, _password_of(link, listener, LISTENER_VARIABLE)):
        typer.echo(line)
    link.close()


def _must_differ(*users: str) -> None:
    for user in users:
        if users.count(user) > 1:
            raise errors.AccountsAlike(user=user)


def _password_of(link: "CentralDatabase", user: str, variable: str) -> "Password | None":
    """From the environment, else asked for; None for an account that is there and keeps its own."""
    from musicrec_desktop.curator import accounts
    from musicrec_desktop.sync.password import Password

    if os.environ.get(variable):
        return Password(os.environ[variable])
    if accounts.exists(link, user):
        return None
    ask = asking(f"A password for the new account {user}", confirm=True)
    answer = Password(ask() if ask else "")
    if not answer.reveal():
        raise NoPassword(server=link.address.server, user=user)
    return answer
