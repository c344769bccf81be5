"""Songs written by other people's programs: for tests of what reads them."""

import subprocess
from pathlib import Path

from tests.needs import need_programs


def run(*command: object, stdin: bytes | None = None) -> bytes:
    """What a program prints; its failure is the test's."""
    done = subprocess.run([*map(_as_argument, command)], input=stdin, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, (command, done.stderr.decode(errors="replace"))
    return done.stdout


def ffmpeg(source: Path, target: Path, *options: object) -> Path:
    """`source` encoded into `target`, by the format that its name and the options say."""
    need_programs("ffmpeg", packages="ffmpeg")
    run("ffmpeg", "-v", "error", "-nostdin", "-y", "-i", source, *options, target)
    return target


def _as_argument(part: object) -> str | bytes:
    return part if isinstance(part, bytes) else str(part)
