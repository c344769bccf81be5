"""What keeps the catalogue in step with the central one, put together: which one, and where its previews come from."""

import hashlib
from contextlib import nullcontext
from pathlib import Path

import pytest

from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.catalogue.release_tables import PreviewRow, create_release_tables
from musicrec_desktop.central import chosen, open_preview_cache, open_remote, preview_source, remember
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewRef
from musicrec_desktop.core.errors import AddressInvalid, PreviewUnavailable
from musicrec_desktop.core.settings import CentralSettings
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.sync.preview_sources import DatabasePreviews, HttpsPreviews
from musicrec_desktop.sync.previews import preview_file

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
