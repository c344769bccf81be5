"""Six synthesised pieces as files, a home that knows them, and the command line run in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from musicrec_desktop import cli
from musicrec_desktop.core.types import Floats
from tests.archive import FEW, Archive, built, songs_of
from tests.mariadb import MariaDB
from tests.pieces import ASKED, PIECES, SR, heard, played
from tests.signals import sine, white_noise


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        assert self.out.isascii()
        return [json.loads(each) for each in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as left:
            cli.main([str(each) for each in arguments])
        printed = capfd.readouterr()
        return Outcome(int(left.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The six pieces as files, and a take of one of them."""
    folder = tmp_path_factory.mktemp("sounds 소리")
    (folder / "songs").mkdir()
    for piece in PIECES:
        sound = played(piece)
        soundfile.write(folder / "songs" / f"{piece.title}.flac", sound, SR)
        if piece.title == ASKED:
            take = heard(sound)
            soundfile.write(folder / "take.wav", take.samples, take.sr)
    soundfile.write(folder / "silence.wav", np.zeros(6 * SR), SR)
    soundfile.write(folder / "noise.wav", white_noise(6.0, level=0.3).samples, SR)
    soundfile.write(folder / "hum.wav", hum(6.0), SR)
    soundfile.write(folder / "second.wav", played(PIECES[0])[:SR], SR)
    (folder / "text.mp3").write_text("no sound at all\n" * 100)
    return folder


def hum(duration_s: float) -> Floats:
    """What a badly earthed cable gives: the mains and its overtones."""
    return np.sum([sine(50.0 * k, duration_s, sr=SR, level=0.2 / k).samples for k in range(1, 6)], axis=0)


@pytest.fixture(scope="session")
def filled(sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose catalogue has the six pieces."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setenv("MUSICREC_HOME", str(home))
        cli.main(["import", str(sounds / "songs"), "--json"])
    assert not left.value.code
    return home


@pytest.fixture
def home(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(filled))
    return filled


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def small_archive(mariadb: MariaDB, music: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A few real songs that went through every step of the curator's, from an empty server to a release."""
    songs = songs_of(music)
    return built(mariadb, tmp_path_factory.mktemp("archive"), songs[:: len(songs) // FEW][:FEW], whole=False)
