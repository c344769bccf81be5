"""Files written whole or not at all."""

import json
from pathlib import Path
from typing import Any


def write_bytes(path: Path, payload: bytes) -> None:
    """Write beside the place, then move there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(payload)
    partial.replace(path)


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode())


def write_json(path: Path, value: Any) -> None:
    """Readable, in the order given, ending with a newline."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
