"""A curator's archive of real music on a server, built by typed commands, and the homes of those who listen to it.

Every command is a process of its own, as people start them; what all of them said is kept, to be searched for
passwords.
"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.intake.tags import read_tags
from musicrec_desktop.sync.link import Address, CentralDatabase, connect
from musicrec_desktop.sync.password import Password
from tests.mariadb import MariaDB

REPOSITORY = Path(__file__).resolve().parents[1]
CURATOR_SECRET, LISTENER_SECRET = "curator-Zv7!qK열쇠", "listener-Tn4?xW열쇠"
TAKE_FROM_S, TAKE_S = 9.0, 6.0
FEW = 20
FEW_TAKES = {"NOISES_OF_A_KIND": 4, "TAKES": 1, "MOVEMENT_PAIRS": 40}
SMALLER = """
import sys
import musicrec_desktop.{module} as module
from musicrec_desktop.{program} import main
vars(module).update({values})
main(sys.argv[1:])
"""


Smaller = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Song:
    """A file of the music folder, by the names that both sides will give it."""

    path: Path
    other_part: Path | None
    title: str
    artist: str

    @property
    def key(self) -> tuple[str, str]:
        return self.title, self.artist


def songs_of(music: Path) -> list[Song]:
    """Every song of the folder, in order of path, as its tags call it."""
    with (music / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: row["path"])
    found = []
    for row in rows:
        tags = read_tags(music / row["path"])
        other = music / row["other_part"] if row["other_part"] else None
        found.append(Song(music / row["path"], other, tags.title, tags.artist))
    return found


def laid_out(folder: Path, songs: Sequence[Song], *, other_parts: bool) -> Path:
    """A folder with these songs and a manifest that calls them what their tags do."""
    folder.mkdir(parents=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["path", "other_part", "title", "artist"])
        for song in songs:
            (folder / song.path.name).symlink_to(song.path)
            other = song.other_part if other_parts else None
            if other:
                (folder / other.name).symlink_to(other)
            rows.writerow([song.path.name, other.name if other else "", song.title, song.artist])
    return folder


def take_of(path: Path, to: Path, *, start_s: float = TAKE_FROM_S) -> Path:
    """Six seconds of a file, played softly, as a file."""
    with soundfile.SoundFile(path) as sound:
        start_s = min(start_s, max(0.0, sound.frames / sound.samplerate - TAKE_S - 0.5))
        sound.seek(round(start_s * sound.samplerate))
        samples = sound.read(round(TAKE_S * sound.samplerate), dtype="float32", always_2d=True).mean(axis=1)
        soundfile.write(to, 0.5 * samples.astype(np.float32), sound.samplerate, subtype="PCM_16")
    return to


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Terminal:
    """Where commands are typed, and what they have said."""

    told: list[str] = field(default_factory=list)

    def musicrec(self, home: Path, *arguments: object, model: Path | None = None, status: int = 0) -> Ran:
        """A listener's command; as JSON."""
        return self._ran(listening(home, model=model), ["-m", "musicrec_desktop", *arguments, "--json"], status)

    def curator(self, *arguments: object, smaller: Smaller | None = None, **passwords: str) -> Ran:
        """A curator's command. `smaller`: a module of it, and constants that make its work so small."""
        program: list[object] = ["-m", "musicrec_desktop.curator.cli"]
        if smaller:
            program = ["-c", SMALLER.format(module=smaller[0], values=smaller[1], program="curator.cli")]
        known = {"MUSICREC_PASSWORD": CURATOR_SECRET} | passwords
        return self._ran(surroundings() | known, [*program, *arguments], 0)

    def _ran(self, environment: dict[str, str], arguments: Sequence[object], status: int) -> Ran:
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", timeout=1200
        )
        self.told += [done.stdout, done.stderr]
        assert done.returncode == status, f"{command}: {done.stdout}{done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)


def surroundings() -> dict[str, str]:
    """The environment without anybody's home, model, passwords or keyring."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSICREC_")}
    return kept | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "PYTHONIOENCODING": "utf-8"}


def listening(home: Path, *, model: Path | None = None) -> dict[str, str]:
    """The environment of somebody who listens, in this home."""
    chosen = {"MUSICREC_MODEL": str(model)} if model else {}
    return surroundings() | {"MUSICREC_HOME": str(home), "MUSICREC_PASSWORD": LISTENER_SECRET} | chosen


def listens_in(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Let this process be somebody who listens, in this home."""
    patch.delenv("MUSICREC_MODEL", raising=False)
    for name, value in listening(home).items():
        patch.setenv(name, value)


def opened(home: Path) -> CatalogueStore:
    return CatalogueStore(home / "catalogue.db", fingerprint=FeatureSpec().fingerprint())


@dataclass(frozen=True)
class Central:
    """A database on the server with its two accounts, which are its own."""

    mariadb: MariaDB
    name: str
    terminal: Terminal

    @property
    def curator(self) -> Address:
        return Address(f"curator_{self.name}", "127.0.0.1", self.mariadb.port, self.name)

    def listener(self, port: int | None = None) -> Address:
        """Where listeners sync from, perhaps by way of a proxy's port."""
        return Address(f"listener_{self.name}", "127.0.0.1", port or self.mariadb.port, self.name)

    def opened(self) -> CentralDatabase:
        """A link with the curator's rights."""
        return connect(self.curator, password=Password(CURATOR_SECRET))


def set_up(mariadb: MariaDB, terminal: Terminal) -> Central:
    """An empty central database, by init-db."""
    empty = mariadb.fresh()
    central = Central(mariadb, str(empty.database), terminal)
    terminal.curator(
        "init-db",
        f"mysql://root@127.0.0.1:{mariadb.port}/{central.name}",
        "--curator",
        central.curator.user,
        "--listener",
        central.listener().user,
        MUSICREC_PASSWORD="",
        MUSICREC_CURATOR_PASSWORD=CURATOR_SECRET,
        MUSICREC_LISTENER_PASSWORD=LISTENER_SECRET,
    )
    return central


def leaks(*folders: Path, told: Sequence[str] = ()) -> Iterator[str]:
    """Where one of the passwords stands written."""
    secrets = (CURATOR_SECRET, LISTENER_SECRET)
    forms = [form for secret in secrets for form in (secret.encode(), secret.encode("utf-16-le"), _escaped(secret))]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if any(form in path.read_bytes() for form in forms):
            yield str(path)
    yield from (text for text in told if any(form in text.encode() for form in forms))


def _escaped(text: str) -> bytes:
    return json.dumps(text)[1:-1].encode()


@dataclass(frozen=True)
class Archive:
    """What the curator has published, and from what."""

    songs: list[Song]
    central: Central
    models: Path
    folder: Path


def built(mariadb: MariaDB, folder: Path, songs: list[Song], *, whole: bool) -> Archive:
    """Every step from an empty server to a release, typed. `whole`: with the usual recipe."""
    terminal = Terminal()
    central = set_up(mariadb, terminal)
    source = laid_out(folder / "music", songs, other_parts=whole)
    at = ("--work", folder / "work", "--central", central.curator)
    twins, k = ((), ()) if whole else (("--twins", 1), ("--k", 4))
    # What takes its time however few songs there are.
    maps: Smaller | None = None if whole else ("curator.cluster", {"PERPLEXITIES": (8.0,)})
    takes: Smaller | None = None if whole else ("curator.calibrate", FEW_TAKES)
    terminal.curator("analyse", source, *at, *twins)
    terminal.curator("embed", *at)
    terminal.curator("cluster", *at, *k, smaller=maps)
    terminal.curator("moods", *at)
    terminal.curator("train", *at)
    terminal.curator("export", *at, "--out", folder / "models", smaller=takes)
    said = terminal.curator("publish", *at, "--models", folder / "models", "--note", "first").out
    assert said == f"release 1: {len(songs)} songs, {len(songs)} added, 0 changed, 0 removed\n"
    assert terminal.curator("verify", *at).out == "all as it was published\n"
    return Archive(songs, central, folder / "models", folder)
