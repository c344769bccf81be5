"""What tests need of the machine."""

import os
import shutil

import pytest


def missing(what: str) -> None:
    """Skip for want of something, except in CI, where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"not here: {what}")
    pytest.skip(f"not here: {what}")


def need_programs(*names: str, packages: str) -> None:
    absent = [name for name in names if not shutil.which(name)]
    if absent:
        missing(f"{' '.join(absent)}; install {packages}")
