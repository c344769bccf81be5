"""The program and where it lives: versions, settings, the home folder, SQLite."""

import os
import platform
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version

import apsw

import musicrec_desktop
from musicrec_desktop.catalogue.database import sound_sqlite
from musicrec_desktop.core import paths, settings
from musicrec_desktop.core.checkup import said
from musicrec_desktop.doctor.result import Result, attention, ok
from musicrec_desktop.doctor.round import Round

LITTLE_MB = 500  # a thousand songs take a tenth of it
_MB, _GB = 1 << 20, 1 << 30


def program(here: Round) -> Result:
    return ok(
        said(
            "program",
            version=musicrec_desktop.__version__,
            python=platform.python_version(),
            qt=_installed("PySide6-Essentials"),
            system=f"{platform.system()} {platform.release()} {platform.machine()}",
        ),
        said("program_cores", n=os.cpu_count() or 1),
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a frozen program carries no such notes
        return "?"


def stored_settings(here: Round) -> Result:
    """Raises SettingsError."""
    path = paths.settings_file()
    settings.load(path)
    return ok(said("settings_read" if path.exists() else "settings_none", path=paths.without_name(str(path))))


def home(here: Round) -> Result:
    """Can the folder of all data be written to, and is there room?"""
    folder = paths.home()
    place = paths.without_name(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"doctor")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return attention(said("home_unwritable", path=place, why=error.strerror or str(error)))
    if free < LITTLE_MB * _MB:
        return attention(said("home_full", path=place, free_mb=free // _MB))
    return ok(said("home", path=place, free_gb=free / _GB))


def database(here: Round) -> Result:
    return sqlite_result(apsw.sqlite_lib_version())


def sqlite_result(sqlite: str) -> Result:
    """Is this version of SQLite safe for a file that two connections write?"""
    if sound_sqlite(tuple(int(part) for part in sqlite.split("."))):
        return ok(said("database", version=sqlite))
    return attention(said("database_unsafe", version=sqlite))
