"""Fixtures for every room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import missing

pytest_plugins = ["tests.pulse", "tests.mariadb", "tests.releases"]

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the tests marked slow, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: run with --all"))


@pytest.fixture(scope="session")
def music() -> Path:
    """The folder of real music: catalogue/, other_part/, manifest.csv."""
    named = os.environ.get("MUSICREC_MUSIC") or REPOSITORY.parent / "shared" / "data" / "music"
    folder = Path(named).resolve()  # the program names songs by their real paths
    if not (folder / "manifest.csv").is_file():
        missing(f"real music: nothing in {folder}; name another folder by MUSICREC_MUSIC")
    return folder


@pytest.fixture(scope="session")
def imported_home(music: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the command line has imported the real music. Read it, or copy it; do not change it."""
    home = tmp_path_factory.mktemp("imported") / "home"
    command = [sys.executable, "-m", "musicrec_desktop", "import", str(music / "catalogue"), "--json"]
    surroundings = os.environ | {"MUSICREC_HOME": str(home)}
    subprocess.run(command, env=surroundings, cwd=REPOSITORY, check=True, capture_output=True, timeout=280)
    return home
