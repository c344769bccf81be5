"""A song's preview on its whole way: made by the curator, served over https, kept by the client, played in place."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
import soundfile
import trustme

from musicrec_desktop.audio.files import stereo_blocks
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewRef
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.curator.analyse import analyse
from musicrec_desktop.curator.executors import on_cores
from musicrec_desktop.curator.objects import Objects
from musicrec_desktop.curator.preview_store import ObjectSink
from musicrec_desktop.curator.previews import PREVIEW_S, previews_for
from musicrec_desktop.curator.renditions import Recipe
from musicrec_desktop.curator.sources import read_folder
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.sync.preview_cache import PreviewCache
from musicrec_desktop.sync.preview_sources import HttpsPreviews
from musicrec_desktop.sync.previews import WantedPreview, keep_offline, preview_file
from tests.unit.sync.preview_server import PreviewServer, Request, write_authority

SPEC = FeatureSpec()
SR = 48_000


@pytest.fixture
def song(music: Path, tmp_path: Path) -> Path:
    """A minute of real music in stereo: two songs, one after the other."""
    parts = [
        soundfile.read(path, dtype="float32", always_2d=True)
        for path in sorted((music / "catalogue").rglob("*.ogg"))[:2]
    ]
    mono = np.concatenate([samples[:, 0] for samples, sr in parts if sr == parts[0][1]])
    (tmp_path / "songs").mkdir()
    soundfile.write(tmp_path / "songs" / "a.flac", np.stack([mono, 0.5 * mono], axis=1), parts[0][1])
    return tmp_path / "songs"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    authority = trustme.CA()
    write_authority(authority, tmp_path)
    running = PreviewServer(authority.issue_cert("127.0.0.1"))

    def give(request: Request) -> None:
        path = tmp_path / "objects" / unquote(request.path).rpartition("/")[2]
        request.give(path.read_bytes(), media_type="application/octet-stream")

    running.answer = give
    yield running
    running.stop()


def test_from_the_curator_to_the_loudspeaker(song: Path, server: PreviewServer, tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path / "work")
    analyse(store, read_folder(song), recipe=Recipe(twins=0, takes=0), spec=SPEC, executor=partial(on_cores, jobs=1))
    sink = ObjectSink(store.database, Objects.at((tmp_path / "objects").as_uri()))
    (preview,) = previews_for(store, store.songs(), keep=sink, spec=SPEC, jobs=1).values()
    assert preview.n_bytes < 500_000

    cache = PreviewCache(tmp_path / "previews", quota_bytes=10**7)
    source = HttpsPreviews(server.address, ca=tmp_path / "ca.pem")
    wanted = [WantedPreview(preview.sha256, preview.n_bytes)]
    done = keep_offline(cache, source, wanted, token=CancelToken(), report=lambda progress: None)
    assert (done.done, done.done_bytes) == (1, preview.n_bytes)
    server.stop()  # from here on without a network

    ref = PreviewRef(preview.sha256, preview.start_s)
    found = preview_file(TrackId("a"), preview_of=lambda _: ref, cache=cache, source=source, token=CancelToken())
    assert found.duration_s == pytest.approx(PREVIEW_S, abs=0.01)
    at_s = 17.25  # in the preview, as the player would begin there
    heard = np.concatenate(list(stereo_blocks(found.path, start_s=at_s, sr=SR)))[: 2 * SR]
    original = np.concatenate(list(stereo_blocks(song / "a.flac", start_s=found.start_s + at_s, sr=SR)))[: 2 * SR]
    assert _lag_s(heard[:, 0], original[:, 0]) == pytest.approx(0.0, abs=0.002)
    assert np.std(heard[:, 1]) == pytest.approx(0.5 * np.std(heard[:, 0]), rel=0.15)


def _lag_s(one: np.ndarray, other: np.ndarray) -> float:
    """By how much the first is late."""
    n = 2 * len(one)
    product = np.fft.irfft(np.fft.rfft(one, n) * np.conj(np.fft.rfft(other, n)), n)
    at = int(product.argmax())
    return (at if at < n // 2 else at - n) / SR
