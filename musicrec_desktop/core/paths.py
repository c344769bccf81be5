"""The only file that knows where things are: source tree or frozen program, default or moved home."""

import os
import re
import sys
from pathlib import Path

import platformdirs


def program_root() -> Path:
    """The folder that holds `resources/` and `models/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resources() -> Path:
    return program_root() / "resources"


def model_is_chosen() -> bool:
    """Whether `MUSICREC_MODEL` names a model, which then goes before any other."""
    return bool(os.environ.get("MUSICREC_MODEL"))


def model_folder() -> Path:
    """Where `mood.onnx` and `mood.json` are; `MUSICREC_MODEL` names another folder."""
    chosen = os.environ.get("MUSICREC_MODEL")
    return Path(chosen).expanduser().absolute() if chosen else program_root() / "models"


def demonstration_folder() -> Path:
    """The songs that come with the program: `catalogue.db`, the files it names, `sample.opus`, a recording of one."""
    return resources() / "demo"


def sample_recording() -> Path | None:
    """The recording that shows what the program does without a microphone; None where it is missing."""
    found = demonstration_folder() / "sample.opus"
    return found if found.is_file() else None


def home() -> Path:
    """Catalogue, settings and cache; `MUSICREC_HOME` moves them all."""
    chosen = os.environ.get("MUSICREC_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("MusicRec", appauthor=False)


def catalogue_file() -> Path:
    return home() / "catalogue.db"


def user_file() -> Path:
    """What the listener made: likes, and which files they brought."""
    return home() / "user.db"


def settings_file() -> Path:
    return home() / "settings.json"


def log_folder() -> Path:
    return home() / "log"


def cache_folder() -> Path:
    """What can be made again at any time; it may be emptied."""
    return home() / "cache"


def without_name(text: str) -> str:
    """Text about paths to be shown to others: `~` for the folder of this user, which is called after them."""
    try:
        own = Path.home()
    except RuntimeError:  # there is none
        return text
    is_root = own == own.parent
    return text if is_root else re.sub(rf"{re.escape(str(own))}(?![\w-])", "~", text)
