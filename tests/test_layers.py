"""The code keeps to the import table of docs/architecture.md, and Qt starts in ui."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "musicrec_desktop"
OURS = "musicrec_desktop."
QT = ("PySide6", "shiboken6", "pyqtgraph")
# Runs in the decoding child only, and imports Qt inside a function (docs/architecture.md, section 3).
QT_BELOW_UI = "audio/aac.py"
SOURCES = sorted(PACKAGE.rglob("*.py"))


def import_table() -> dict[str, set[str]]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.split("## 3. Who may import whom")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (.+) \|$", section, re.MULTILINE)
    return {room: {room, *re.split(r",\s*", allowed)} for room, allowed in rows if room != "package"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    return {name.removeprefix(OURS).split(".")[0] for name in imported(path) if name.startswith(OURS)}


def test_the_table_names_every_room() -> None:
    rooms = {room_of(path) for path in SOURCES} - {"__init__", "__main__"}
    assert rooms <= set(import_table())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_keep_to_the_table(path: Path) -> None:
    allowed = import_table() | {"__main__": {"cli"}, "__init__": set()}
    assert rooms_imported(path) - {"__version__"} <= allowed[room_of(path)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_qt_starts_in_ui(path: Path) -> None:
    uses_qt = any(name.split(".")[0] in QT for name in imported(path))
    is_exception = path.relative_to(PACKAGE).as_posix() == QT_BELOW_UI
    assert not uses_qt or is_exception or room_of(path) in {"ui", "app"}


def test_the_one_exception_loads_no_qt_by_itself() -> None:
    code = "import sys, musicrec_desktop.audio.files; print('musicrec_desktop.audio.aac' in sys.modules, *sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded[0] == "True"
    assert not [name for name in loaded if name.split(".")[0] in QT]


def test_the_rule_would_notice(tmp_path: Path) -> None:
    path = tmp_path / "late.py"
    path.write_text("def f():\n    from musicrec_desktop.ui import theme\n    import musicrec_desktop.engine.model\n")
    assert rooms_imported(path) == {"ui", "engine"}
