"""A central database on a server, with the two accounts that use it: the curator writes, listeners read what is out.

Works with the rights that managed servers give: nothing here needs SUPER. It can be run again at any time.
"""

import re
from collections.abc import Iterable
from typing import Any

from musicrec_desktop.catalogue.central_tables import COLLATION
from musicrec_desktop.catalogue.release_tables import RELEASE_TABLES
from musicrec_desktop.core.errors import SyncError
from musicrec_desktop.curator import schema
from musicrec_desktop.curator.errors import AccountTooPowerful
from musicrec_desktop.sync.link import CentralDatabase, translated
from musicrec_desktop.sync.password import Password

# What the curator's steps and changes of the schema take, on this database alone.
CURATOR_RIGHTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES"
SYSTEM = "information_schema"  # a database that every account sees: where one logs in to make another
_ACCOUNT = "%s@'%%'"  # as a parameter, from anywhere


def create_database(link: CentralDatabase, name: str) -> None:
    """Make the database where it is missing; its texts are compared and ordered as ours are."""
    _run(link, f"CREATE DATABASE IF NOT EXISTS {_name(name)} CHARACTER SET utf8mb4 COLLATE {COLLATION}")


def set_up(link: CentralDatabase) -> str:
    """Make the tables and the catalogue's id, or bring them up to date; the id."""
    server = link.address.server
    with translated(server):
        return schema.migrate(link, server=server)


def grant_curator(link: CentralDatabase, user: str, password: Password | None) -> list[str]:
    """Let an account do the curator's work on this database; what it may do now. It is made when missing."""
    _account(link, user, password)
    _run(link, f"GRANT {CURATOR_RIGHTS} ON {_name(link.address.database, pattern=True)}.* TO {_ACCOUNT}", user)
    return grants(link, user)


def grant_listener(link: CentralDatabase, user: str, password: Password | None) -> list[str]:
    """Let an account read the published tables; what it may do now. It is made when missing.

    Raise AccountTooPowerful when it may do anything else: its password goes to every listener.
    """
    _account(link, user, password)
    places = [f"{_name(link.address.database)}.{_name(table)}" for table in _published()]
    for place in places:
        _run(link, f"GRANT SELECT ON {place} TO {_ACCOUNT}", user)
    found = grants(link, user)
    harmless = ("GRANT USAGE ON *.* TO ", *(f"GRANT SELECT ON {place} TO " for place in places))
    for line in found:
        if not line.startswith(harmless) or "GRANT OPTION" in line:
            raise AccountTooPowerful(user=user, grant=line)
    return found


def exists(link: CentralDatabase, user: str) -> bool:
    """Whether the account is there, as far as one may see."""
    try:
        return bool(grants(link, user))
    except SyncError:
        return False


def grants(link: CentralDatabase, user: str) -> list[str]:
    """What the account may do, in SQL, without what its password is made of."""
    lines = (str(row[0]) for row in _run(link, f"SHOW GRANTS FOR {_ACCOUNT}", user).fetchall())
    return sorted((re.sub(r" IDENTIFIED BY PASSWORD '[^']*'", "", line) for line in lines), key=_usage_first)


def _usage_first(grant: str) -> tuple[bool, str]:
    return not grant.startswith("GRANT USAGE"), grant


def _account(link: CentralDatabase, user: str, password: Password | None) -> None:
    """Make the account, or give it this password; without one it keeps its own.

    Where TLS vouches for the server the account cannot come without.
    """
    if password is None:
        return
    needs = " REQUIRE SSL" if link.is_checked else ""
    for verb in ("CREATE USER IF NOT EXISTS", "ALTER USER"):
        _run_quietly(link, f"{verb} {_ACCOUNT} IDENTIFIED BY %s{needs}", user, password)


def _run_quietly(link: CentralDatabase, sql: str, user: str, password: Password) -> None:
    """The driver's frames hold the statement, and with it the password: an error comes without them."""
    try:
        _run(link, sql, user, password.reveal())
        return
    except SyncError as error:
        failed = type(error)(**error.facts)
    raise failed  # here, where nothing leads back to what was caught


def _published() -> Iterable[str]:
    tables: tuple[Any, ...] = RELEASE_TABLES
    return (table._meta.table_name for table in tables)


def _run(link: CentralDatabase, sql: str, *values: object) -> Any:
    with translated(link.address.server):
        return link.execute_sql(sql, values)


def _name(name: str, *, pattern: bool = False) -> str:
    """A name as SQL takes it. Where grants take a pattern, `_` would stand for any letter."""
    quoted = name.replace("`", "``").replace("%", "%%")
    if pattern:
        quoted = quoted.replace("_", r"\_")
    return f"`{quoted}`"
