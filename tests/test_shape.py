"""Small by default: the median function at most 10 lines, none over 60, no file over 500."""

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = [
    ROOT / "start.py",
    *sorted(path for folder in ("musicrec_desktop", "tools", "bench") for path in (ROOT / folder).rglob("*.py")),
]
EVERYTHING = [*PRODUCT, *sorted((ROOT / "tests").rglob("*.py"))]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def n_lines(function: Function) -> int:
    """Lines from the name to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    spoken = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - spoken


def test_the_median_function_is_short() -> None:
    assert median(n_lines(function) for path in PRODUCT for function in functions(path)) <= 10


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
    assert [function.name for function in functions(path) if n_lines(function) > 60] == []
