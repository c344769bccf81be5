"""What the documents say is there."""

import re
from pathlib import Path

import pytest

from musicrec_desktop.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    assert {name for name in names if not re.search(rf"\b{name}\b", readme)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_tree_of_the_architecture_is_the_real_one() -> None:
    tree = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    top = re.findall(r"^([\w./-]+)", tree, re.MULTILINE)
    inside = re.findall(r"^  ([\w.]+/?) ", tree, re.MULTILINE)
    package = ROOT / "musicrec_desktop"
    assert [name for name in top if not (ROOT / name).exists()] == []
    assert [name for name in inside if not (package / name).exists()] == []
    rooms = {path.name + "/" * path.is_dir() for path in package.iterdir() if path.suffix in ("", ".py")}
    assert {name for name in rooms if not name.startswith("__")} <= set(inside)
