"""Import, on little files: what is added, left alone, recognised, refused; in which order, and when it is stopped."""

import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.intake.importing import ImportedFile, ImportProgress, Tally, import_paths
from tests.unit.intake.conftest import MODEL, SPEC


def song(path: Path, seed: int = 0, *, seconds: float = 3.5) -> Path:
    """Noise that comes and goes; another seed, another song."""
    path.parent.mkdir(parents=True, exist_ok=True)
    n = round(seconds * 11025)
    swell = 1 + np.sin(np.arange(n) / (900 + 40 * seed))
    noise = np.random.default_rng(seed).normal(0, 0.05, n) * swell
    soundfile.write(path, noise.astype(np.float32), 11025)
    return path


def imported(store: CatalogueStore, *paths: Path, spec: FeatureSpec = SPEC) -> list[ImportedFile]:
    return list(import_paths(paths, store=store, model_id=MODEL.model_id, model_run=MODEL.run, spec=spec))


def statuses(files: list[ImportedFile]) -> dict[str, str]:
    return {file.path.name: file.reason or file.status for file in files}


def test_files_are_added_in_order_with_moods(store: CatalogueStore, folder: Path) -> None:
    paths = [song(folder / f"{name}.wav", seed) for seed, name in enumerate("dbac")]
    assert imported(store, folder) == [ImportedFile(path, "added") for path in sorted(paths)]
    tracks = store.tracks()
    assert [track.path for track in tracks] == sorted(paths)
    assert all(track.mood_id is not None and track.source == "own" for track in tracks)
    assert [track.duration_s for track in tracks] == pytest.approx([3.5] * 4, abs=0.01)
    assert len(store.passages(MODEL.model_id).track_ids) == 4


def test_without_a_model_moods_come_later(store: CatalogueStore, folder: Path) -> None:
    song(folder / "a.wav")
    assert [f.status for f in import_paths([folder], store=store, model_id=None, model_run=None, spec=SPEC)] == [
        "added"
    ]
    assert store.tracks()[0].mood_id is None
    store.use_model(MODEL.model_id, MODEL.run)
    assert store.tracks()[0].mood_id is not None


def test_unchanged_files_are_not_read(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav")
    imported(store, folder)
    stamp = path.stat()
    path.write_bytes(b"?" * stamp.st_size)  # another content behind the same size and time
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    generation = store.generation()
    assert statuses(imported(store, folder)) == {"a.wav": "unchanged"}
    assert store.generation() == generation


def test_a_touched_file_is_unchanged_and_then_not_read_again(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav")
    imported(store, folder)
    os.utime(path, ns=(1, 1))
    assert statuses(imported(store, folder)) == {"a.wav": "unchanged"}
    assert store.known_files()[path].mtime_ns == 1


def test_changed_content_is_analysed_again(store: CatalogueStore, folder: Path) -> None:
    song(folder / "a.wav", 1)
    imported(store, folder)
    before = store.tracks()[0]
    song(folder / "a.wav", 2, seconds=5.0)
    assert statuses(imported(store, folder)) == {"a.wav": "added"}
    (after,) = store.tracks()
    assert after.track_id == before.track_id
    assert after.duration_s == pytest.approx(5.0, abs=0.01)


def test_moved_files_keep_their_track(store: CatalogueStore, folder: Path) -> None:
    old = song(folder / "a.wav")
    imported(store, folder)
    before = store.tracks()[0]
    new = folder / "sub" / "b.wav"
    new.parent.mkdir()
    old.rename(new)
    assert statuses(imported(store, folder)) == {"b.wav": "moved"}
    (after,) = store.tracks()
    assert (after.track_id, after.path) == (before.track_id, new)
    assert statuses(imported(store, folder)) == {"b.wav": "unchanged"}


def test_files_that_swapped_their_names(store: CatalogueStore, folder: Path) -> None:
    one, two = song(folder / "a.wav", 1), song(folder / "b.wav", 2, seconds=4.0)
    imported(store, folder)
    before = {track.path: track.track_id for track in store.tracks()}
    one.rename(folder / "c")
    two.rename(one)
    (folder / "c").rename(two)
    assert statuses(imported(store, folder)) == {"a.wav": "moved", "b.wav": "moved"}
    after = {track.path: track.track_id for track in store.tracks()}
    assert after == {one: before[two], two: before[one]}


def test_a_copy_is_one_track(store: CatalogueStore, folder: Path) -> None:
    first = song(folder / "a.wav")
    shutil.copy(first, folder / "b.wav")
    assert statuses(imported(store, folder)) == {"a.wav": "added", "b.wav": "unchanged"}
    assert [track.path for track in store.tracks()] == [first]
    generation = store.generation()
    assert statuses(imported(store, folder)) == {"a.wav": "unchanged", "b.wav": "unchanged"}
    assert store.generation() == generation, "the copy is known and not read again"
    first.unlink()
    assert statuses(imported(store, folder)) == {"b.wav": "moved"}
    assert [track.path for track in store.tracks()] == [folder / "b.wav"]


def test_a_file_replaced_by_a_copy_of_another(store: CatalogueStore, folder: Path) -> None:
    one, two = song(folder / "a.wav", 1), song(folder / "b.wav", 2)
    imported(store, folder)
    shutil.copy(two, one)
    imported(store, folder)
    assert {track.path for track in store.tracks()} == {None, two}, "the content that is gone has no file"


def test_vanished_files_stay(store: CatalogueStore, folder: Path) -> None:
    path = song(folder / "a.wav")
    imported(store, folder)
    path.unlink()
    assert imported(store, folder) == []
    assert [track.path for track in store.tracks()] == [path]


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_are_kept_as_found(store: CatalogueStore, folder: Path, tmp_path: Path) -> None:
    target = song(tmp_path / "elsewhere" / "123.wav")
    (folder / "my song.wav").symlink_to(target)
    assert statuses(imported(store, folder)) == {"my song.wav": "added"}
    assert [track.path for track in store.tracks()] == [folder / "my song.wav"]
    assert store.tracks()[0].title == "my song"
    assert statuses(imported(store, folder)) == {"my song.wav": "unchanged"}


def test_another_fingerprint_means_analysing_again(store: CatalogueStore, folder: Path, tmp_path: Path) -> None:
    song(folder / "a.wav")
    imported(store, folder)
    newer = FeatureSpec(version=99)
    with CatalogueStore(tmp_path / "home" / "catalogue.db", fingerprint=newer.fingerprint()) as updated:
        assert (updated.count(), updated.stale_count()) == (1, 1)
        assert len(updated.passages(MODEL.model_id).track_ids) == 0
        before = updated.tracks()[0].track_id
        assert statuses(imported(updated, folder, spec=newer)) == {"a.wav": "added"}
        assert updated.passages(MODEL.model_id).track_ids == (before,)
        assert statuses(imported(updated, folder, spec=newer)) == {"a.wav": "unchanged"}


def test_bad_files_have_one_line_each(store: CatalogueStore, folder: Path) -> None:
    good = song(folder / "good.wav")
    (folder / "text.mp3").write_text("this is not music\n" * 200)
    (folder / "empty.ogg").write_bytes(b"")
    song(folder / "short.wav", seconds=1.0)
    whole = song(folder / "cut.flac", seconds=20.0).read_bytes()
    (folder / "cut.flac").write_bytes(whole[: len(whole) // 3])
    files = imported(store, folder, folder / "gone.wav", folder / "good.wav")
    assert statuses(files) == {
        "cut.flac": "damaged",
        "empty.ogg": "empty",
        "gone.wav": "missing",
        "good.wav": "added",
        "short.wav": "too_short",
        "text.mp3": "not_audio",
    }
    assert [track.path for track in store.tracks()] == [good]
    assert statuses(imported(store, folder))["short.wav"] == "too_short", "failures are tried again"


def test_progress_ends_at_the_end(store: CatalogueStore, folder: Path) -> None:
    for seed in range(6):
        song(folder / f"{seed}.wav", seed)
    (folder / "x.mp3").write_text("no")
    seen: list[ImportProgress] = []
    tally = Tally()
    for file in import_paths([folder], store=store, model_id=None, model_run=None, spec=SPEC, on_progress=seen.append):
        tally.count(file)
    assert [(each.done, each.total) for each in seen] == [(done, 7) for done in range(1, 8)]
    assert all(each.seconds_left is not None and each.seconds_left >= 0 for each in seen)
    assert seen[-1].seconds_left == 0
    summary = tally.summary()
    assert (summary.added, summary.unchanged, summary.moved, summary.failed) == (6, 0, 0, 1)
    assert summary.seconds > 0


def test_cancelled_in_the_middle_and_resumed(store: CatalogueStore, folder: Path) -> None:
    for seed in range(12):
        song(folder / f"{seed:02d}.wav", seed)
    token = CancelToken()
    done: list[ImportedFile] = []
    with pytest.raises(Cancelled):
        for file in import_paths(
            [folder], store=store, model_id=MODEL.model_id, model_run=MODEL.run, spec=SPEC, token=token
        ):
            done.append(file)
            if len(done) == 3:
                token.cancel()
    assert len(done) == 3
    assert [track.path for track in store.tracks()] == [file.path for file in done]
    again = imported(store, folder)
    assert [file.status for file in again] == ["unchanged"] * 3 + ["added"] * 9
    assert store.count() == 12


def test_cancelling_ends_long_work_at_once(store: CatalogueStore, folder: Path) -> None:
    song(folder / "long.wav", seconds=1500.0)
    token = CancelToken()
    threading.Timer(0.6, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(import_paths([folder], store=store, model_id=None, model_run=None, spec=SPEC, token=token))
    assert time.monotonic() - began < 6.0
    assert store.count() == 0


def test_a_decoder_that_dies_costs_one_file_until_the_next_import(store: CatalogueStore, folder: Path) -> None:
    for seed, name in enumerate(("a", "b")):
        song(folder / f"{name}.wav", seed)
    song(folder / "long.wav", seconds=400.0)
    files = import_paths([folder], store=store, model_id=None, model_run=None, spec=SPEC)
    done = [next(files), next(files)]
    for decoder in multiprocessing.active_children():
        decoder.kill()
    done.extend(files)
    assert statuses(done) == {"a.wav": "added", "b.wav": "added", "long.wav": "crashed"}
    assert statuses(imported(store, folder)) == {"a.wav": "unchanged", "b.wav": "unchanged", "long.wav": "added"}


def test_who_stops_asking_leaves_nothing_running(store: CatalogueStore, folder: Path) -> None:
    for seed in range(12):
        song(folder / f"{seed:02d}.wav", seed)
    files = import_paths([folder], store=store, model_id=None, model_run=None, spec=SPEC)
    next(files)
    close: Callable[[], None] = files.close  # type: ignore[attr-defined]  # a generator is more than an iterator
    close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("import")] == []
    assert store.count() == 1


def test_two_imports_of_one_folder_add_nothing_twice(store: CatalogueStore, folder: Path, tmp_path: Path) -> None:
    for seed in range(6):
        song(folder / f"{seed}.wav", seed)
    results: list[list[ImportedFile]] = []
    threads = [threading.Thread(target=lambda: results.append(imported(store, folder))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(files) for files in results] == [6, 6]
    assert {file.status for files in results for file in files} <= {"added", "unchanged"}
    assert [track.path for track in store.tracks()] == [folder / f"{seed}.wav" for seed in range(6)]
