"""A thousand titles that mean harm somewhere: published, synced, listed, found and printed as they are."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import peewee
import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import CentralTrack
from musicrec_desktop.printing import line, track_object, track_table
from musicrec_desktop.sync.link import Address
from musicrec_desktop.sync.password import Password
from musicrec_desktop.sync.pull import pull
from musicrec_desktop.sync.remote import MySQLCatalogue
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.mariadb import MariaDB
from tests.releases import made_up_model, put_out
from tests.unit.catalogue.central import track
from tests.unit.catalogue.stores import store_in

MODEL = made_up_model(7, fingerprint=FINGERPRINT)
NETWORK = FakeClassifier(MODEL.model_id)
HARM = (
    "'; DROP TABLE tracks; --",
    '" OR "1"="1',
    "\\'; DELETE FROM releases; #",
    "NEAR(a b) AND NOT title:x*",
    'title:"x" OR ^y',
    "%s %(name)s {0} {x!r} ${HOME}",
    "_%_%\\_",
    "\u202egpj.evil\u202c",
    "\u2067rtl\u2069 \u200fmark",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "&amp;&lt;&#0;",
    "nul\0inside",
    "\x1b[31mred\x1b[0m\x07",
    "tab\tand\nline\r\nbreaks",
    "../../../etc/passwd",
    "C:\\nul\\..\\con",
    "=cmd|'/C calc'!A0",
    "🎵👩‍👩‍👧 \U0001f1f0\U0001f1f7",
    "밤편지 ㅂㅌㅅ",
    "e\u0301 vs é",
    "İstanbul ıI",
    "\ufeffbom",
    "a" * 3000,
    "   ",
)
N = 1000


def titles() -> list[str]:
    """Each harm by itself, inside words, and two at a time; every title has a word of its own."""
    rng = random.Random(9)
    return [
        f"{rng.choice(HARM)} q{number}x {rng.choice(HARM)}" if number >= len(HARM) else HARM[number]
        for number in range(N)
    ]


def published() -> Iterator[CentralTrack]:
    for number, title in enumerate(titles()):
        yield replace(track(number, model=NETWORK), title=title, artist=HARM[number % len(HARM)], album=title[::-1])


@pytest.fixture(scope="module")
def store(mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogueStore]:
    database: peewee.MySQLDatabase = mariadb.fresh()
    put_out(database, published(), model=MODEL)
    with store_in(tmp_path_factory.mktemp("hostile")) as opened:
        address = Address("root", "127.0.0.1", mariadb.port, str(database.database))
        pull(
            MySQLCatalogue(address, lambda: Password("")),
            opened.central,
            use=lambda local: opened.central.switch(local, NETWORK.run),
            token=CancelToken(),
        )
        yield opened
    database.close()


def test_they_are_there_as_they_were_written(store: CatalogueStore) -> None:
    expected = {each.track_id: (each.title, each.artist, each.album) for each in published()}
    assert {each.track_id: (each.title, each.artist, each.album) for each in store.tracks()} == expected


def test_each_is_found_by_its_own_words(store: CatalogueStore) -> None:
    for number in range(len(HARM), N):
        assert [each.title for each in store.search(f"q{number}x")] == [titles()[number]]
    for text in HARM:
        store.search(text)  # whatever it is, it is no question to the database
    assert store.count() == N


def test_they_are_printed_without_harm(store: CatalogueStore) -> None:
    for each in store.tracks():
        printed = line(track_object(each))
        assert printed.isascii() and "\n" not in printed
        assert json.loads(printed)["title"] == each.title
    table = track_table(store.tracks()[:200], {})
    assert not set(table) & set("\x1b\x07\0\u202e\u2067")
    assert len(table.splitlines()) == 201


def test_the_file_is_whole_afterwards(store: CatalogueStore, tmp_path: Path) -> None:
    assert store.check()
