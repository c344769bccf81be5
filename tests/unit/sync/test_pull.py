"""From release to release over a real MariaDB, on links that are cut, stalled, refused and garbled."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue.release_tables import MemberRow, ReleaseRow, VersionRow
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.central import CentralTrack, Release
from musicrec_desktop.core.errors import NothingPublished, ReleaseTooNew, RemoteDamaged, RemoteUnreachable
from musicrec_desktop.curator.publish import rollback
from musicrec_desktop.sync import pull as pulling
from musicrec_desktop.sync.link import Address, Timeouts
from musicrec_desktop.sync.password import Password
from musicrec_desktop.sync.pull import Patience, Pulled, PullProgress, pull
from musicrec_desktop.sync.remote import MySQLCatalogue
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.mariadb import MariaDB
from tests.proxy import Fault, Proxy, Trouble, proxied
from tests.releases import made_up_model, put_out
from tests.unit.catalogue.central import Content, content, seen, titles
from tests.unit.catalogue.stores import add, store_in

FIRST_MODEL, NEXT_MODEL = (made_up_model(seed, fingerprint=FINGERPRINT) for seed in (1, 2))
ONE, NEXT = FakeClassifier(FIRST_MODEL.model_id), FakeClassifier(NEXT_MODEL.model_id, seed=2)
FIRST = content(range(20), model=ONE)
SECOND = content([*range(3, 20), 30, 31], model=ONE, versions={5: 1, 6: 1})
THIRD = content([*range(3, 20), 30, 31], model=NEXT, versions={5: 1, 6: 1})
QUICK = Timeouts(connect_s=0.5, read_s=0.5, write_s=0.5)
EAGER = Patience(tries=8, first_s=0.01, longest_s=0.05)
PAGE = 4


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "PAGE_TRACKS", PAGE)
    monkeypatch.setattr(pulling, "PAGE_IDS", 2)


@pytest.fixture
def central(mariadb: MariaDB) -> Iterator[peewee.MySQLDatabase]:
    database = mariadb.fresh()
    yield database
    database.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CatalogueStore]:
    with store_in(tmp_path) as opened:
        yield opened


class Asked(MySQLCatalogue):
    """The real one, that counts the pages it hands out."""

    pages: list[str]

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # handed through
        self.pages = []

    def changed(self, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[tuple[CentralTrack, str]]:
        page = super().changed(after=after, upto=upto, from_id=from_id, limit=limit)
        self.pages.append(from_id)
        return page


def remote_of(database: peewee.MySQLDatabase, port: int) -> Asked:
    address = Address("root", "127.0.0.1", port, str(database.database))
    return Asked(address, lambda: Password(""), timeouts=QUICK)


def pulled(
    store: CatalogueStore, remote: MySQLCatalogue, *, token: CancelToken | None = None, patience: Patience = EAGER
) -> Pulled:
    models: Mapping[str, FakeClassifier] = {ONE.model_id: ONE, NEXT.model_id: NEXT}

    def use(local: int) -> None:
        staged = store.central.staged()
        assert staged is not None and staged.local == local
        store.central.switch(local, models[staged.release.model_id].run)

    return pull(remote, store.central, use=use, token=token or CancelToken(), patience=patience)


def published(database: peewee.Database, tracks: Content, **options: object) -> Release:
    model = FIRST_MODEL if next(iter(tracks.values())).model_id == ONE.model_id else NEXT_MODEL
    return put_out(database, tracks.values(), model=model, **options).release


def holds(store: CatalogueStore, tracks: Content, release: Release) -> bool:
    """All of this content can be seen and nothing else, to the last bit."""
    held = store.central.in_use()
    assert held is not None
    same = store.central.digest_of(held.local) == (release.n_tracks, release.digest)
    return same and held.release == release and seen(store) == titles(tracks) and not store.central.damaged()


def test_from_release_to_release_beside_own_songs(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    mine = add(store, 1, model=ONE)
    remote = remote_of(central, mariadb.port)
    first = published(central, FIRST)
    assert pulled(store, remote) == Pulled(first, added=20)
    assert holds(store, FIRST, first)
    assert remote.pages.count("") == 1 and len(remote.pages) == len(set(remote.pages)) == 20 // PAGE + 1
    second = published(central, SECOND)
    assert pulled(store, remote) == Pulled(second, added=2, changed=2, deleted=3)
    assert holds(store, SECOND, second)
    third = published(central, THIRD)
    assert pulled(store, remote) == Pulled(third, changed=19)
    assert holds(store, THIRD, third)
    assert store.model_in_use() == NEXT.model_id and mine in store.passages(NEXT.model_id).track_ids


def test_what_is_there_is_not_fetched_again(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    remote = remote_of(central, mariadb.port)
    first = published(central, FIRST)
    pulled(store, remote)
    remote.pages.clear()
    generation = store.generation()
    assert pulled(store, remote) == Pulled(first)
    moved = published(central, FIRST, previews_at="https://previews.example/")
    assert pulled(store, remote) == Pulled(moved)
    assert (remote.pages, store.generation()) == ([], generation) and holds(store, FIRST, moved)


def test_a_rollback_is_a_switch_and_no_download(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    remote = remote_of(central, mariadb.port)
    published(central, SECOND)
    pulled(store, remote)
    published(central, THIRD)
    pulled(store, remote)
    remote.pages.clear()
    back = rollback(central)
    assert pulled(store, remote) == Pulled(back) and remote.pages == []
    assert holds(store, SECOND, back) and store.model_in_use() == ONE.model_id
    forward = rollback(central, 2)
    assert pulled(store, remote) == Pulled(forward) and holds(store, THIRD, forward) and remote.pages == []
    last = published(central, FIRST)
    pulled(store, remote)
    assert holds(store, FIRST, last)


def test_another_catalogue_in_its_place_means_starting_over(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    published(central, FIRST)
    pulled(store, remote_of(central, mariadb.port))
    other = mariadb.fresh()
    again = published(other, SECOND)
    assert pulled(store, remote_of(other, mariadb.port)).release == again
    assert holds(store, SECOND, again)
    other.close()


def test_nothing_published_and_other_features_change_nothing(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    remote = remote_of(central, mariadb.port)
    first = published(central, FIRST)
    ReleaseRow.delete().execute(central)
    with pytest.raises(NothingPublished):
        pulled(store, remote)
    assert store.central.in_use() is None
    ReleaseRow.insert(
        **{name: getattr(first, name) for name in ("number", "content", "n_tracks", "digest", "published_at")},
        model=first.model_id,
        fingerprint="ba9876543210",
    ).execute(central)
    with pytest.raises(ReleaseTooNew):
        pulled(store, remote)
    assert store.central.in_use() is None


def test_a_cancelled_pull_ends_at_once_and_goes_on_where_it_was(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    first = published(central, FIRST)
    with proxied("127.0.0.1", mariadb.port) as proxy:
        remote, token = remote_of(central, proxy.port), CancelToken()
        remote._options["timeouts"] = Timeouts()  # those of real life: half a minute of silence
        proxy.plan([Trouble("stall", 30_000)])
        threading.Timer(0.4, token.cancel).start()
        with pytest.raises(Cancelled):
            pulled(store, remote, token=token)
        staged = store.central.staged()
        assert staged is not None and staged.reached and store.central.in_use() is None
        again = remote_of(central, proxy.port)
        pulled(store, again)
        assert staged.reached <= again.pages[0]
    assert holds(store, FIRST, first)


def test_a_server_that_is_gone_leaves_what_was_there(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    first = published(central, FIRST)
    pulled(store, remote_of(central, mariadb.port))
    with proxied("127.0.0.1", mariadb.port) as proxy:
        proxy.plan([Trouble("refuse", 0)] * EAGER.tries)
        with pytest.raises(RemoteUnreachable):
            pulled(store, remote_of(central, proxy.port))
        assert proxy.n_connections == EAGER.tries
    assert holds(store, FIRST, first)


@pytest.mark.parametrize("column", ["vectors", "sequence_steps", "title"])
def test_what_is_damaged_on_the_server_is_never_used(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB, column: str
) -> None:
    first = published(central, FIRST)
    pulled(store, remote_of(central, mariadb.port))
    published(central, SECOND)
    row = VersionRow.select().where(VersionRow.title == "Central 30 0").bind(central).get()
    value = getattr(row, column)
    bad = value + "x" if isinstance(value, str) else bytes([value[0] ^ 1]) + value[1:]
    VersionRow.update(**{column: bad}).where(VersionRow.version_id == row.version_id).execute(central)
    with pytest.raises(RemoteDamaged):
        pulled(store, remote_of(central, mariadb.port))
    assert holds(store, FIRST, first)


def test_a_release_that_does_not_add_up_is_never_used(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    first = published(central, FIRST)
    pulled(store, remote_of(central, mariadb.port))
    published(central, SECOND)
    MemberRow.delete().where(MemberRow.track_id == "c0031").execute(central)
    with pytest.raises(RemoteDamaged):
        pulled(store, remote_of(central, mariadb.port))
    assert holds(store, FIRST, first) and store.central.staged() is None


def test_one_flipped_bit_in_any_column_here_is_healed_by_the_next_pull(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    first = published(central, FIRST)
    remote = remote_of(central, mariadb.port)
    pulled(store, remote)
    flips = [("embeddings", "vectors"), ("embeddings", "scales"), ("sequences", "steps"), ("passages", "starts")]
    for table, column in flips:
        sql = f"SELECT track, {column} FROM {table} ORDER BY track LIMIT 1 OFFSET 3"
        row, blob = store._database.run(sql)[0]
        store._database.run(
            f"UPDATE {table} SET {column} = ? WHERE track = ?", (blob[:-1] + bytes([blob[-1] ^ 4]), row)
        )
        store.passages(ONE.model_id)  # noticed where it is used
        store.sequences([each.track_id for each in store.tracks()])
        assert len(store.central.damaged()) == 1, (table, column)
        assert pulled(store, remote).healed == 1
        assert holds(store, FIRST, first)


def random_troubles(rng: np.random.Generator, n: int) -> list[Trouble]:
    faults: tuple[Fault, ...] = ("cut", "cut", "cut", "refuse", "stall", "corrupt")
    weights = np.array([3, 3, 3, 2, 0.4, 2])
    chosen = rng.choice(len(faults), n, p=weights / weights.sum())
    return [Trouble(faults[int(i)], int(rng.integers(60, 60_000))) for i in chosen]


def one_round(store: CatalogueStore, remote: Asked, proxy: Proxy, tracks: Content, release: Release, seed: int) -> None:
    """A pull through trouble; what ends it is started again, as a client does."""
    rng = np.random.default_rng(seed)
    proxy.plan(random_troubles(rng, int(rng.integers(1, 6))))
    before, held = proxy.n_connections, store.central.in_use()
    remote.pages.clear()
    for _ in range(12):
        try:
            pulled(store, remote)
            break
        except (RemoteUnreachable, RemoteDamaged, OSError, peewee.PeeweeException) as error:
            assert isinstance(error, RemoteUnreachable | RemoteDamaged), error
            now = store.central.in_use()
            assert now == held  # nobody sees half
    assert holds(store, tracks, release), seed
    repeated = len(remote.pages) - len(set(remote.pages))
    assert repeated <= proxy.n_connections - before, (seed, remote.pages)


def rounds(store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB, n: int, *, seed: int) -> None:
    rng = np.random.default_rng(seed)
    with proxied("127.0.0.1", mariadb.port) as proxy:
        remote = remote_of(central, proxy.port)
        for number in range(n):
            chosen = sorted(rng.choice(30, int(rng.integers(8, 25)), replace=False).tolist())
            versions = {one: number for one in chosen if rng.random() < 0.3}
            tracks = content(chosen, model=ONE if rng.random() < 0.8 else NEXT, versions=versions)
            one_round(store, remote, proxy, tracks, published(central, tracks, force=True), seed + number)


def test_links_that_break_lose_nothing(store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB) -> None:
    rounds(store, central, mariadb, 8, seed=100)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_links_that_break_lose_nothing(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    rounds(store, central, mariadb, 200, seed=1000)


def test_a_track_that_was_published_damaged_is_refused(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB
) -> None:
    """Its digest is right, but its array does not match its seal."""
    damaged = replace(FIRST["c0007"], vectors=FIRST["c0007"].vectors[:-1] + b"?")
    published(central, {**FIRST, "c0007": damaged})
    with pytest.raises(RemoteDamaged):
        pulled(store, remote_of(central, mariadb.port))
    assert store.central.in_use() is None


def test_without_digests_a_garbled_page_would_be_believed(
    store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the check is for: without it the same damage comes through to where only the whole's digest sees it."""
    published(central, FIRST)
    VersionRow.update(title="not this").where(VersionRow.title == "Central 7 0").execute(central)
    monkeypatch.setattr(pulling, "_is_sound", lambda track, digest: True)
    with pytest.raises(RemoteDamaged, match="does not add up"):
        pulled(store, remote_of(central, mariadb.port))
    assert store.central.in_use() is None


def test_progress_counts_what_has_come(store: CatalogueStore, central: peewee.MySQLDatabase, mariadb: MariaDB) -> None:
    first = published(central, FIRST)
    said: list[PullProgress] = []
    pull(
        remote_of(central, mariadb.port),
        store.central,
        use=lambda local: store.central.switch(local, ONE.run),
        token=CancelToken(),
        report=said.append,
    )
    assert said == [PullProgress(first, done, 20) for done in range(PAGE, 21, PAGE)]
