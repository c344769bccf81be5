"""A catalogue that is damaged as a whole: it opens, begins anew by itself, or is refused in one sentence.

What the listener made is in another file and stays; what they imported by hand is imported again.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop import wiring
from musicrec_desktop.catalogue.database import fault_note
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import CatalogueDamaged, CatalogueUnwritable, MusicRecError, SchemaTooNew
from musicrec_desktop.intake.results import ImportedFile
from musicrec_desktop.listener.store import Song, UserStore
from musicrec_desktop.wording import describe
from tests.fakes import FakeClassifier
from tests.unit.catalogue.stores import add

MODEL = FakeClassifier()
N_SONGS = 30
PAGE = 4096
Harm = Callable[[Path], None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of some songs, and a listener's file."""
    home = tmp_path_factory.mktemp("damaged") / "home"
    with CatalogueStore(home / "catalogue.db", fingerprint=wiring.SPEC.fingerprint()) as store:
        for number in range(N_SONGS):
            add(store, number, model=MODEL, fingerprint=wiring.SPEC.fingerprint())
    with UserStore(home / "user.db") as listener:
        listener.say(Song("content", "abc"), "calm", liked=True)
    return home


@pytest.fixture
def file(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same in a home of their own."""
    shutil.copytree(home, tmp_path / "home")
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    yield paths.catalogue_file()
    (tmp_path / "home").chmod(0o755)


def written(at: int, data: bytes) -> Harm:
    def harm(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[at : at + len(data)] = data
        path.write_bytes(content)

    return harm


def noise(first: int, pages: int, seed: int) -> Harm:
    return written(first * PAGE, np.random.default_rng(seed).bytes(pages * PAGE))


def cut(share: float, more: int = 0) -> Harm:
    return lambda path: os.truncate(path, int(path.stat().st_size * share) + more)


def flipped(seed: int) -> Harm:
    """A hundred bits, anywhere behind the header."""

    def harm(path: Path) -> None:
        content, chance = bytearray(path.read_bytes()), random.Random(seed)
        for _ in range(100):
            content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)

    return harm


def beside(ending: str, data: bytes) -> Harm:
    return lambda path: path.with_name(path.name + ending).write_bytes(data) and None


def told(sql: str) -> Harm:
    def harm(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(sql)
        connection.close()

    return harm


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def exchanged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:PAGE] + content[3 * PAGE : 4 * PAGE] + content[2 * PAGE : 3 * PAGE] + content[PAGE:])


KINDS: dict[str, Harm] = {
    "empty": lambda path: path.write_bytes(b"") and None,
    "one byte": lambda path: path.write_bytes(b"x") and None,
    "text": lambda path: path.write_text("no catalogue\n" * 999) and None,
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)) and None,
    "noise": lambda path: path.write_bytes(np.random.default_rng(1).bytes(50_000)) and None,
    "magic": written(0, b"SQLite format 9\0"),
    "header of zeros": written(0, bytes(100)),
    "page size 0": written(16, b"\0\0"),
    "page size 3": written(16, b"\0\3"),
    "page size other": written(16, b"\x20\x00"),
    "format from the future": written(18, b"\x09\x09"),
    "reserved bytes": written(20, b"\xff"),
    "schema format": written(44, b"\0\0\0\x63"),
    "encoding": written(56, b"\0\0\0\x03"),
    "application": written(68, b"ABCD"),
    "schema table": written(100, b"\xff" * 200),
    "free list": written(32, b"\0\0\0\x05\0\0\x01\0"),
    "page 2 noise": noise(1, 1, 2),
    "pages of noise": noise(3, 6, 3),
    "all but the first": noise(1, 60, 4),
    "page 3 zeros": written(2 * PAGE, bytes(PAGE)),
    "pages exchanged": exchanged,
    "bits 1": flipped(1),
    "bits 2": flipped(2),
    "bits 3": flipped(3),
    "cut in the header": cut(0.0, 60),
    "cut after a page": cut(0.0, PAGE),
    "cut in a page": cut(0.0, 3 * PAGE + 99),
    "half": cut(0.5),
    "the last byte missing": cut(1.0, -1),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\xff" * 9999) and None,
    "log of noise": beside("-wal", np.random.default_rng(5).bytes(40_000)),
    "log of zeros": beside("-wal", bytes(40_000)),
    "short log": beside("-wal", b"\x37\x7f\x06\x82"),
    "index of noise": beside("-shm", np.random.default_rng(6).bytes(32_768)),
    "journal of noise": beside("-journal", np.random.default_rng(7).bytes(9_000)),
    "a table missing": told("DROP TABLE embeddings"),
    "the view missing": told("DROP VIEW tracks"),
    "no facts": told("DELETE FROM facts"),
    "version 0": told("PRAGMA user_version = 0"),
    "version 99": told("PRAGMA user_version = 99"),
    "folder": a_folder,
}
REFUSED = {"version 99": SchemaTooNew, "folder": CatalogueUnwritable}


def ask(path: Path) -> int:
    """What a program asks of its catalogue; how many songs there are."""
    with wiring.open_catalogue() as store:
        n = len(store.tracks())
        store.passages(MODEL.model_id)
        store.search("title", 9)
        store.mood_counts(MODEL.model_id)
        store.sequences([each.track_id for each in store.tracks()])
        store.known_files()
        add(store, 999, model=MODEL, fingerprint=wiring.SPEC.fingerprint())
        return n


@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_begins_anew_or_is_refused_in_a_sentence(file: Path, kind: str) -> None:
    KINDS[kind](file)
    mine = paths.user_file().read_bytes()
    for _ in range(2):  # damage that is met while asking is mended when the file is opened next
        try:
            n = ask(file)
        except CatalogueDamaged:
            assert fault_note(file).exists()
            continue
        except MusicRecError as error:
            assert isinstance(error, REFUSED.get(kind, ())), error
            assert describe(error).count(". ") == 0 and describe(error).endswith(".")
            break
        assert kind not in REFUSED
        kept = list(file.parent.glob("catalogue.db.damaged-*"))
        assert n == N_SONGS or kept or kind == "empty" or n > N_SONGS / 2, "what was lost is kept aside"
        break
    else:
        pytest.fail("it is damaged for good")
    assert paths.user_file().read_bytes() == mine
    with UserStore(paths.user_file()) as listener:
        assert [(like.song.name, like.mood_key, like.liked) for like in listener.likes()] == [("abc", "calm", True)]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_to_be(file: Path) -> None:
    file.parent.chmod(0o555)
    with pytest.raises(CatalogueUnwritable):
        ask(file)


def test_two_threads_that_meet_damage_set_one_file_aside(file: Path) -> None:
    file.write_bytes(b"broken" * 1000)
    with wiring.open_catalogue() as one, wiring.open_catalogue() as other:
        add(one, 1)
        assert other.count() == 1
    assert len(list(file.parent.glob("catalogue.db.damaged-*"))) == 1


def test_a_sound_file_is_not_set_aside_for_a_note_beside_it(file: Path) -> None:
    fault_note(file).touch()
    with wiring.open_catalogue() as store:
        assert store.count() == N_SONGS
    assert not fault_note(file).exists() and wiring.lost_files() == []


def test_what_was_mended_meanwhile_is_not_set_aside_by_a_late_click(file: Path) -> None:
    file.write_bytes(b"broken" * 1000)
    wiring.set_catalogue_aside()
    with wiring.open_catalogue() as store:
        add(store, 1)
    wiring.set_catalogue_aside()
    with wiring.open_catalogue() as store:
        assert store.count() == 1
    fault_note(file).touch()  # a question could not be answered, though the file reads well
    wiring.set_catalogue_aside()
    with wiring.open_catalogue() as store:
        assert store.count() == 0
    assert len(list(file.parent.glob("catalogue.db.damaged-*"))) == 2


def test_what_was_imported_by_hand_is_imported_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICREC_MODEL", str(tmp_path / "no model"))
    songs = [tmp_path / f"노래 {number}.wav" for number in range(3)]
    for number, song in enumerate(songs):
        soundfile.write(song, np.random.default_rng(number).normal(0, 0.1, 4 * 22_050), 22_050)
    assert [each.status for each in imported(songs)] == ["added"] * 3
    assert wiring.lost_files() == []
    songs[2].unlink()
    file.write_bytes(b"broken" * 1000)
    wiring.open_catalogue().close()
    assert wiring.lost_files() == songs[:2]
    imported(songs[:1])
    assert wiring.lost_files() == songs[1:2]
    imported(songs[1:2])
    assert wiring.lost_files() == []
    with wiring.open_catalogue() as store:
        assert set(store.known_files()) == set(songs[:2])


def imported(songs: list[Path]) -> list[ImportedFile]:
    return list(wiring.import_alone(songs, token=CancelToken(), on_progress=lambda progress: None))
