"""Previews of a small archive: around the typical passage, made once, kept where the curator says."""

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import obstore
import pytest
import soundfile
from obstore.store import MemoryStore

from musicrec_desktop.audio.ogg import opus_duration_s
from musicrec_desktop.catalogue.release_tables import PreviewRow
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import previews
from musicrec_desktop.curator.analyse import analyse
from musicrec_desktop.curator.errors import ObjectsUnusable
from musicrec_desktop.curator.executors import on_cores
from musicrec_desktop.curator.objects import Objects
from musicrec_desktop.curator.preview_store import DatabaseSink, ObjectSink, Preview, PreviewSink, session
from musicrec_desktop.curator.previews import PREVIEW_S, cut_for, previews_for
from musicrec_desktop.curator.renditions import Recipe
from musicrec_desktop.curator.sources import SongSource, read_folder
from musicrec_desktop.curator.store import CentralStore
from tests.mariadb import MariaDB
from tests.signals import melody, white_noise

SPEC = FeatureSpec()
NOISE_S, LONG_S, SHORT_S = 15.0, 57.0, 12.0


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with two analysed songs: a long one that begins with noise, and a short one."""
    work: Path = tmp_path_factory.mktemp("archive")
    (work / "music").mkdir()
    long = np.concatenate([white_noise(NOISE_S).samples, melody(LONG_S - NOISE_S).samples])
    soundfile.write(work / "music" / "long.flac", long, SPEC.sr)
    short = melody(SHORT_S, seed=2).samples
    soundfile.write(work / "music" / "short.wav", np.stack([short, -short], axis=1), SPEC.sr)
    analysed(CentralStore.in_folder(work), work)
    return work


def analysed(store: CentralStore, work: Path) -> CentralStore:
    analyse(
        store,
        read_folder(work / "music"),
        recipe=Recipe(twins=0, takes=0),
        spec=SPEC,
        executor=partial(on_cores, jobs=1),
    )
    return store


class Desk:
    """A curator with the archive, who hears what becomes of each song."""

    def __init__(self, store: CentralStore) -> None:
        self.store, self.database = store, store.database
        self.said: list[tuple[str, str]] = []

    def make(self, keep: PreviewSink) -> dict[str, Preview]:
        """The previews by path, in order of path."""
        self.said.clear()
        songs = self.store.songs()
        found = previews_for(self.store, songs, keep=keep, spec=SPEC, jobs=1, report=self.report)
        return {song.path: found[song_id] for song_id, song in songs.items() if song_id in found}

    def report(self, song: SongSource, outcome: str) -> None:
        self.said.append((song.path, outcome))

    def payload(self, sha256: str) -> bytes | None:
        with session(self.database):
            return PreviewRow.get_by_id(sha256).payload


@pytest.fixture
def work(archive: Path, tmp_path: Path) -> Path:
    copy = shutil.copytree(archive, tmp_path / "work")
    store = CentralStore.in_folder(copy)
    with session(store.database):
        store.database.execute_sql("UPDATE songs SET folder = ?", (str(copy / "music"),))
    return copy


@pytest.fixture
def desk(work: Path) -> Desk:
    return Desk(CentralStore.in_folder(work))


class Here:
    """In the child's place, for tests of what comes before and after it."""

    def stream(
        self, function: Callable[..., Iterator[object]], *arguments: object, deadline_s: float
    ) -> Iterator[object]:
        return function(*arguments)

    def close(self) -> None:
        pass


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews are made here, and are but four seconds long."""
    monkeypatch.setattr(previews, "Sandbox", Here)
    monkeypatch.setattr(previews, "PREVIEW_S", 4.0)


def test_the_part_is_where_the_song_is_typical_and_the_bytes_say_it(desk: Desk) -> None:
    found = desk.make(DatabaseSink(desk.database))
    assert sorted(desk.said) == [("long.flac", "made"), ("short.wav", "made")]
    long, short = found["long.flac"], found["short.wav"]
    assert (short.start_s, long.start_s + PREVIEW_S / 2 >= NOISE_S) == (0.0, True)
    for preview, duration_s, channels in ((long, PREVIEW_S, 1), (short, SHORT_S, 2)):
        payload = desk.payload(preview.sha256) or b""
        assert hashlib.sha256(payload).hexdigest() == preview.sha256
        assert len(payload) == preview.n_bytes <= 450_000
        assert opus_duration_s(payload) == pytest.approx(duration_s, abs=0.01)
        assert soundfile.info(io.BytesIO(payload)).channels == channels


@pytest.mark.usefixtures("no_child")
def test_the_preview_sounds_like_the_song_from_there_on(desk: Desk, work: Path) -> None:
    preview = desk.make(DatabaseSink(desk.database))["long.flac"]
    made, _ = soundfile.read(io.BytesIO(desk.payload(preview.sha256) or b""))
    song, _ = soundfile.read(work / "music" / "long.flac", start=round(preview.start_s * SPEC.sr))
    one, other = made[96_000:144_000], song[2 * SPEC.sr : 3 * SPEC.sr]
    spectra = [np.abs(np.fft.rfft(part))[:8000] for part in (one, other)]
    assert np.corrcoef(*spectra)[0, 1] > 0.95


@pytest.mark.usefixtures("no_child")
def test_what_was_made_is_not_made_again_until_the_file_changes(desk: Desk, work: Path) -> None:
    sink = DatabaseSink(desk.database)
    first = desk.make(sink)
    assert desk.make(sink) == first
    assert desk.said == []
    song = work / "music" / "short.wav"
    soundfile.write(song, melody(SHORT_S, seed=3).samples, SPEC.sr)
    second = desk.make(sink)
    assert desk.said == [("short.wav", "made")]
    assert (second["long.flac"] == first["long.flac"], second["short.wav"] == first["short.wav"]) == (True, False)


@pytest.mark.usefixtures("no_child")
def test_the_same_file_gives_the_same_bytes_in_another_database(desk: Desk, work: Path, tmp_path: Path) -> None:
    first = desk.make(DatabaseSink(desk.database))
    (tmp_path / "other").mkdir()
    shutil.copytree(work / "music", tmp_path / "other" / "music")
    other = Desk(analysed(CentralStore.in_folder(tmp_path / "other"), tmp_path / "other"))
    assert other.make(DatabaseSink(other.database)) == first


def test_a_song_that_cannot_be_decoded_costs_only_itself(desk: Desk, work: Path) -> None:
    (work / "music" / "long.flac").write_bytes(b"no music" * 1000)
    assert list(desk.make(DatabaseSink(desk.database))) == ["short.wav"]
    assert sorted(desk.said) == [("long.flac", "not_audio"), ("short.wav", "made")]
    (work / "music" / "long.flac").unlink()
    desk.make(DatabaseSink(desk.database))
    assert desk.said == [("long.flac", "missing")]


@pytest.mark.usefixtures("no_child")
def test_after_a_stop_in_the_middle_it_goes_on(desk: Desk) -> None:
    class Stopping(DatabaseSink):
        def keep(self, payload: bytes) -> str:
            if self.kept():
                raise ObjectsUnusable(place="here", detail="full")
            return super().keep(payload)

    with pytest.raises(ObjectsUnusable):
        desk.make(Stopping(desk.database))
    done = {path for path, _ in desk.said}
    assert len(done) == 1
    assert len(desk.make(DatabaseSink(desk.database))) == 2
    assert {path for path, _ in desk.said} == {"long.flac", "short.wav"} - done


@pytest.mark.usefixtures("no_child")
def test_few_previews_are_held_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand previews would not fit into memory."""
    taken = 0

    def counted(*arguments: object) -> object:
        nonlocal taken
        for order in original(*arguments):  # type: ignore[arg-type]  # passed on as they came
            taken += 1
            yield order

    original = previews._orders
    monkeypatch.setattr(previews, "_orders", lambda *given: (one for _ in range(10) for one in counted(*given)))
    ahead: list[int] = []
    done = 0

    class Counting(DatabaseSink):
        def keep(self, payload: bytes) -> str:
            nonlocal done
            done += 1
            ahead.append(taken - done)
            return super().keep(payload)

    monkeypatch.setattr(previews, "encode", _at_once)
    desk.make(Counting(desk.database))
    assert (done, max(ahead) <= 3) == (20, True)


def _at_once(song: SongSource, cut: object) -> object:
    yield previews.Encoded(song.path.encode(), 1, 1)


@pytest.mark.usefixtures("no_child")
def test_an_object_store_takes_the_bytes_and_the_database_their_length(desk: Desk) -> None:
    objects = MemoryStore()
    sink = ObjectSink(desk.database, Objects(objects, place="memory"))
    found = desk.make(sink)
    for preview in found.values():
        stored = obstore.get(objects, f"{preview.sha256}.opus")
        payload = bytes(stored.bytes())
        assert hashlib.sha256(payload).hexdigest() == preview.sha256
        assert stored.attributes["Content-Type"] == "audio/ogg"
        assert desk.payload(preview.sha256) is None
    assert desk.make(sink) == found
    assert desk.said == []


@pytest.mark.usefixtures("no_child")
def test_an_object_that_is_lost_or_cut_off_is_made_again(desk: Desk) -> None:
    objects = MemoryStore()
    sink = ObjectSink(desk.database, Objects(objects, place="memory"))
    found = desk.make(sink)
    obstore.delete(objects, f"{found['long.flac'].sha256}.opus")
    obstore.put(objects, f"{found['short.wav'].sha256}.opus", b"short")
    assert desk.make(sink) == found
    assert len(desk.said) == 2


@pytest.mark.usefixtures("no_child")
def test_moving_to_another_place_takes_every_preview_along(desk: Desk, tmp_path: Path) -> None:
    found = desk.make(DatabaseSink(desk.database))
    url = (tmp_path / "objects" / "of mine").as_uri()
    assert desk.make(ObjectSink(desk.database, Objects.at(url))) == found
    names = {path.name for path in (tmp_path / "objects" / "of mine").iterdir()}
    assert names == {f"{preview.sha256}.opus" for preview in found.values()}
    assert desk.make(DatabaseSink(desk.database)) == found
    assert all(desk.payload(preview.sha256) for preview in found.values())


def test_addresses_that_make_no_sense_or_hold_a_password(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = (tmp_path / "file" / "sub").as_uri()
    for url in ("nonsense://x", "s3://user:hush@bucket/a", "", blocked):
        with pytest.raises(ObjectsUnusable) as refused:
            Objects.at(url).put("a.opus", b"x", media_type="audio/ogg")
        assert "hush" not in str(refused.value)


@pytest.mark.usefixtures("no_child")
def test_on_a_real_server(mariadb: MariaDB, archive: Path) -> None:
    desk = Desk(analysed(CentralStore(mariadb.fresh()), archive))
    sink = DatabaseSink(desk.database)
    found = desk.make(sink)
    assert len(found) == 2
    assert all(len(desk.payload(one.sha256) or b"") == one.n_bytes for one in found.values())
    assert desk.make(sink) == found
    assert desk.said == []


def test_cuts() -> None:
    assert cut_for(29.0, 12.0, passage_s=6.0).start_s == 0.0
    middle = cut_for(200.0, 100.0, passage_s=6.0)
    assert (middle.start_s, middle.fade_in_s > 0, middle.fade_out_s > 0) == (88.0, True, True)
    first = cut_for(200.0, 3.0, passage_s=6.0)
    assert (first.start_s, first.fade_in_s, first.fade_out_s > 0) == (0.0, 0.0, True)
    last = cut_for(200.0, 194.0, passage_s=6.0)
    assert (last.start_s, last.fade_in_s > 0, last.fade_out_s) == (170.0, True, 0.0)
