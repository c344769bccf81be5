"""The whole way on real parts: an empty server, a curator's commands, a listener who syncs and then has no network."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from musicrec_desktop import central as centrals
from musicrec_desktop.audio.files import stereo_blocks
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import TrackId
from tests.archive import LISTENER_SECRET, Archive, built, leaks, listens_in, opened, songs_of, take_of
from tests.mariadb import MariaDB
from tests.proxy import proxied

pytestmark = pytest.mark.timeout(3600)  # of which the archive takes its share

LIMIT = 10
ANSWER = ["file", "excerpt", "verdict", "reason", "mood", "same_recording", "recommendations"]
SAME = ["track_id", "path", "title", "artist", "at_s", "confidence"]
ROW = ["rank", "track_id", "path", "title", "artist", "mood_id", "score", "at_s", "reasons"]
TRACK = ["track_id", "path", "title", "artist", "album", "duration_s", "mood_id", "source"]
MOOD = ["id", "key", "name_ko", "name_en", "probability"]


@pytest.fixture(scope="module", params=["few", pytest.param("all", marks=pytest.mark.slow)])
def archive(request: pytest.FixtureRequest, music: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    if request.param == "few":
        found: Archive = request.getfixturevalue("small_archive")
        return found
    mariadb: MariaDB = request.getfixturevalue("mariadb")
    return built(mariadb, tmp_path_factory.mktemp("archive"), songs_of(music), whole=True)


@dataclass(frozen=True)
class Offline:
    """A home that has synced and whose server is out of reach since."""

    archive: Archive
    home: Path
    said: dict[str, Any]


@pytest.fixture(scope="module")
def offline(archive: Archive) -> Iterator[Offline]:
    home = archive.folder / "home"
    with proxied("127.0.0.1", archive.central.mariadb.port) as proxy:
        address = archive.central.listener(proxy.port)
        (said,) = archive.central.terminal.musicrec(home, "sync", "--from", address).objects()
        with pytest.MonkeyPatch.context() as patch:
            listens_in(patch, home)
            fetched(home)
    yield Offline(archive, home, said)


def fetched(home: Path) -> dict[TrackId, tuple[Path, float, float]]:
    """The preview of every song, from here or over the network: file, where it begins, how long it is."""
    with opened(home) as store, centrals.open_previews() as fetch:
        found = {track.track_id: fetch(track.track_id, token=CancelToken()) for track in store.tracks()}
    return {name: (one.path, one.start_s, one.duration_s) for name, one in found.items()}


def test_a_listener_has_what_the_curator_published(offline: Offline) -> None:
    songs, terminal = offline.archive.songs, offline.archive.central.terminal
    assert list(offline.said) == ["release", "tracks", "added", "changed", "deleted", "seconds"]
    assert [offline.said[name] for name in list(offline.said)[:-1]] == [1, len(songs), len(songs), 0, 0]
    listed = terminal.musicrec(offline.home, "tracks").objects()
    assert {(each["title"], each["artist"]) for each in listed} == {song.key for song in songs}
    for each in listed:
        assert list(each) == TRACK
        assert (each["path"], each["source"]) == (None, "central")
        assert each["mood_id"] is not None
    with opened(offline.home) as store:
        held = store.central.in_use()
        assert held is not None
        kept = store.central.model(held.release.model_id)
        assert kept is not None
        assert kept.network == (offline.archive.models / "mood.onnx").read_bytes()
        assert kept.card == (offline.archive.models / "mood.json").read_bytes()


def test_without_a_network_it_answers_as_if_the_songs_were_its_own(offline: Offline, tmp_path: Path) -> None:
    songs, terminal, models = offline.archive.songs, offline.archive.central.terminal, offline.archive.models
    unreachable = terminal.musicrec(offline.home, "sync", status=1)
    assert unreachable.out == "" and unreachable.err.count("\n") == 1
    takes = [take_of(song.path, tmp_path / f"{i}.wav") for i, song in enumerate(songs)]
    ask = ("recommend", *takes, "--limit", LIMIT, "--per-artist", 0)
    synced = terminal.musicrec(offline.home, *ask).objects()
    own = tmp_path / "own"
    terminal.musicrec(own, "import", *(song.path for song in songs), model=models)
    imported = terminal.musicrec(own, *ask, model=models).objects()
    for song, mine, theirs in zip(songs, synced, imported, strict=True):
        shaped(mine)
        assert named(mine["same_recording"]) == song.key
        assert alike(mine, theirs), (song.title, mine, theirs)


def shaped(answer: dict[str, Any]) -> None:
    """As the command line's contract says, for a song that has no file here."""
    assert list(answer) == ANSWER
    assert list(answer["excerpt"]) == ["start_s", "duration_s", "level_db"]
    assert list(answer["mood"]) == MOOD
    assert (answer["verdict"], answer["reason"]) == ("match", None)
    assert list(answer["same_recording"]) == SAME
    assert answer["same_recording"]["path"] is None
    assert len(answer["recommendations"]) == LIMIT
    for rank, row in enumerate(answer["recommendations"], start=1):
        assert list(row) == ROW
        assert (row["rank"], row["path"]) == (rank, None)
        assert 0 <= row["score"] <= 100


def alike(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether two answers name the same songs in the same order, with the same scores, as far as rounding goes."""
    one, other = mine["recommendations"], theirs["recommendations"]
    scores = np.abs([a["score"] - b["score"] for a, b in zip(one, other, strict=True)])
    places = np.abs([a["at_s"] - b["at_s"] for a, b in zip(one, other, strict=True)])
    same = named(mine["same_recording"]) == named(theirs["same_recording"])
    same = same and mine["mood"]["key"] == theirs["mood"]["key"]
    ordered = [named(row) for row in one] == [named(row) for row in other]
    return bool(same and ordered and scores.max() <= 0.5 and places.max() <= 0.5)


def named(row: dict[str, Any] | None) -> tuple[str, str] | None:
    return None if row is None else (row["title"], row["artist"])


def test_previews_play_without_a_network(offline: Offline, monkeypatch: pytest.MonkeyPatch) -> None:
    listens_in(monkeypatch, offline.home)
    found = fetched(offline.home)
    with opened(offline.home) as store:
        by_key = {(track.title, track.artist): track.track_id for track in store.tracks()}
    for song in offline.archive.songs[:: max(1, len(offline.archive.songs) // 6)]:
        path, start_s, duration_s = found[by_key[song.key]]
        preview = np.concatenate(list(stereo_blocks(path, start_s=0.0, sr=8000))).mean(axis=1)
        original = np.concatenate(list(stereo_blocks(song.path, start_s=start_s, sr=8000))).mean(axis=1)
        assert len(preview) == pytest.approx(8000 * duration_s, abs=800)
        middle = slice(3 * 8000, 4 * 8000)
        assert np.corrcoef(preview[middle], original[middle])[0, 1] > 0.9, song.title


def test_no_password_is_written_anywhere(offline: Offline) -> None:
    assert list(leaks(offline.archive.folder, told=offline.archive.central.terminal.told)) == []
    (offline.archive.folder / "note").write_text(LISTENER_SECRET, encoding="utf-8")
    assert len(list(leaks(offline.archive.folder))) == 1, "or it would not be seen"
