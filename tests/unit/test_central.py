"""What keeps the catalogue in step with the central one, put together: which one, and where its previews come from."""

import hashlib
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from musicrec_desktop import central, wiring
from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.catalogue.release_tables import PreviewRow, create_release_tables
from musicrec_desktop.central import (
    TypedPasswords,
    chosen,
    count_previews,
    drop_previews,
    is_far,
    keep_previews,
    open_preview_cache,
    open_remote,
    preview_source,
    remember,
    with_release,
)
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewRef
from musicrec_desktop.core.errors import AddressInvalid, CatalogueDamaged, PreviewUnavailable
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.sync import password
from musicrec_desktop.sync.link import Address
from musicrec_desktop.sync.password import Password
from musicrec_desktop.sync.preview_sources import DatabasePreviews, HttpsPreviews
from musicrec_desktop.sync.previews import preview_file
from musicrec_desktop.workers.keeping import Kept
from musicrec_desktop.workers.sync import SyncStatus
from tests.fakes import FakeClassifier
from tests.unit.catalogue.central import content, release_of, stage_all

ADDRESS = "mysql://listener@example.org/music"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_address_is_remembered_with_what_goes_with_it(home: Path, tmp_path: Path) -> None:
    with pytest.raises(AddressInvalid):
        chosen(None, None, without_tls=False)
    named = chosen(ADDRESS, tmp_path / "ca.pem", without_tls=False)
    assert named == CentralSettings(ADDRESS, str(tmp_path / "ca.pem"))
    remember(named)
    assert chosen(None, None, without_tls=False) == named
    assert chosen(None, tmp_path / "other.pem", without_tls=True) == CentralSettings(
        ADDRESS, str(tmp_path / "other.pem"), without_tls=True
    )
    assert ADDRESS in (home / "settings.json").read_text(encoding="utf-8")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(AddressInvalid) as caught:
        open_remote(CentralSettings("mysql://me:s3cret@example.org/music"))
    assert "s3cret" not in str(caught.value)


def test_previews_come_from_where_the_release_says_and_stay_at_home(tmp_path: Path) -> None:
    payload = (paths.demonstration_folder() / "sample.opus").read_bytes()
    ref = PreviewRef(hashlib.sha256(payload).hexdigest(), 12.0)
    database = central_sqlite(tmp_path / "central.db")
    create_release_tables(database)
    with database.bind_ctx([PreviewRow]):
        PreviewRow.insert(sha256=ref.sha256, n_bytes=len(payload), payload=payload).execute()
    source = DatabasePreviews(lambda: nullcontext(database))
    cache = open_preview_cache()
    found = preview_file(TrackId("a"), preview_of=lambda _: ref, cache=cache, source=source, token=CancelToken())
    assert found.path.is_relative_to(tmp_path / "home" / "previews")
    assert (found.path.read_bytes(), found.start_s) == (payload, 12.0)
    assert open_preview_cache().path(ref.sha256) == found.path
    known = CentralSettings(ADDRESS)
    assert isinstance(preview_source(known, "https://example.org/previews/"), HttpsPreviews)
    assert isinstance(preview_source(known, ""), DatabasePreviews)
    with pytest.raises(PreviewUnavailable):
        preview_source(known, "http://example.org/previews/")


# passwords that are typed into the window


class FakeKeyring:
    """A keyring of the system; `works` is False where there is none."""

    def __init__(self, *, works: bool) -> None:
        self.works = works
        self.known: dict[str, str] = {}

    def remember(self, account: str, password: Password) -> bool:
        if self.works:
            self.known[account] = password.reveal()
        return self.works


@pytest.mark.parametrize("works", [True, False])
def test_a_typed_password_goes_into_the_keyring_or_stays_with_the_window(
    works: bool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, told = FakeKeyring(works=works), list[bool]()
    monkeypatch.setattr(password, "remember", ring.remember)
    monkeypatch.setattr(password, "_kept", lambda account: Password(ring.known[account]) if ring.known else None)
    passwords, address = TypedPasswords(told.append), Address.parse(ADDRESS)
    passwords.give(CentralSettings(ADDRESS), "s3cret")
    assert ring.known == {} and told == [], "the window's own thread does not wait for the keyring"
    for _ in range(2):
        assert passwords.of(address).reveal() == "s3cret"
    assert told == [works]
    assert (passwords._known == {}) is works
    assert "s3cret" not in repr(vars(passwords))
    assert not (home / "settings.json").exists()


def test_a_typed_password_goes_before_that_of_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password, "remember", FakeKeyring(works=False).remember)
    monkeypatch.setattr(password, "_kept", lambda account: None)
    monkeypatch.setenv("MUSICREC_PASSWORD", "of the environment")
    passwords, address = TypedPasswords(lambda kept: None), Address.parse(ADDRESS)
    assert passwords.of(address).reveal() == "of the environment"
    passwords.give(CentralSettings(ADDRESS), "typed")
    assert passwords.of(address).reveal() == "typed"


@pytest.mark.parametrize(("host", "far"), [("localhost", False), ("127.0.0.1", False), ("[::1]", False), ("a.b", True)])
def test_only_a_server_elsewhere_is_far(host: str, far: bool) -> None:
    assert is_far(f"mysql://me@{host}/music") is far


def test_the_release_that_is_here_goes_with_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[SyncStatus, object]] = []
    tell = with_release(lambda *one: told.append(one))
    asked: list[bool] = []
    monkeypatch.setattr(central, "held_release", lambda: asked.append(True))
    for state in ("looking", "fetching", "fetching", "current"):
        tell(SyncStatus(state))
    assert [status.state for status, _ in told] == ["looking", "fetching", "fetching", "current"]
    assert len(asked) == 2, "not with every page that comes"

    def damaged() -> None:
        raise CatalogueDamaged(path=paths.catalogue_file())

    monkeypatch.setattr(central, "held_release", damaged)
    tell(SyncStatus("offline"))
    assert told[-1][1] is None


def test_previews_are_counted_kept_and_dropped(home: Path) -> None:
    payload = (paths.demonstration_folder() / "sample.opus").read_bytes()
    sha256 = hashlib.sha256(payload).hexdigest()
    model = FakeClassifier()
    with wiring.open_catalogue() as store:
        fingerprint = wiring.SPEC.fingerprint()
        tracks = content(range(4), model=model)
        named = {
            n: replace(t, fingerprint=fingerprint, preview=sha256 if n != "c0003" else "") for n, t in tracks.items()
        }
        release = replace(release_of(named, 1, model=model), fingerprint=fingerprint)
        store.central.switch(stage_all(store, named, release), model.run)
        assert store.previews() == [sha256], "one for three songs, none for the fourth"
    assert count_previews() == Kept(1, 300_000, 0, 0)
    open_preview_cache().put(sha256, payload)
    reports: list[Kept] = []
    keep_previews(CancelToken(), reports.append, password=TypedPasswords(lambda kept: None).of)
    assert reports[0] == Kept(1, 300_000, 0, 0) and reports[-1] == count_previews()
    assert count_previews() == Kept(1, len(payload), 1, len(payload))
    drop_previews()
    assert count_previews() == Kept(1, 300_000, 0, 0)
