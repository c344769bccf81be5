"""Settings: one frozen object, read once, passed by part. The file holds only what differs from the defaults."""

import json
import logging
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from musicrec_desktop.core.errors import SettingsError

log = logging.getLogger(__name__)

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class AudioSettings:
    device: str = ""  # the name of an input; empty: the system's default
    source: Literal["microphone", "monitor"] = "microphone"
    armed: bool = False  # the listener has let the microphone open
    take_s: float = 6.0
    volume: float = 0.8


@dataclass(frozen=True, slots=True)
class LookSettings:
    language: Literal["", "en", "ko"] = ""  # empty: the system's
    theme: Literal["", "light", "dark"] = ""
    covers: bool = True  # pictures of the listener's files in place of sound prints


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    folders: tuple[str, ...] = ()  # absolute; followed while the window is open
    search: Literal["both", "own", "central"] = "both"  # whose songs are found: the listener's, the central catalogue's


@dataclass(frozen=True, slots=True)
class FirstSettings:
    welcomed: bool = False  # the first page has been seen and left


@dataclass(frozen=True, slots=True)
class Settings:
    audio: AudioSettings = field(default_factory=AudioSettings)
    look: LookSettings = field(default_factory=LookSettings)
    library: LibrarySettings = field(default_factory=LibrarySettings)
    first: FirstSettings = field(default_factory=FirstSettings)


def load(path: Path) -> Settings:
    """Read settings; a missing file means the defaults. Raise SettingsError when it cannot be understood."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(path=path, detail=str(error)) from error
    if not isinstance(found, dict):
        raise SettingsError(path=path, detail="not an object")
    defaults = Settings()
    parts = {
        part.name: _overridden(getattr(defaults, part.name), found.pop(part.name, {})) for part in fields(Settings)
    }
    for name in found:
        log.warning("unknown settings section %s", name)
    return Settings(**parts)


def save(settings: Settings, path: Path) -> None:
    """Write what differs from the defaults, atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    partial.write_text(_as_json(_differences(settings)), encoding="utf-8")
    partial.replace(path)


def _as_json(changed: dict[str, dict[str, Any]]) -> str:
    text = json.dumps(changed, indent=1, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # the name of a folder that is not valid Unicode
        return json.dumps(changed, indent=1)
    return text


def _overridden(part: Part, changes: Any) -> Part:
    given = {name: _frozen(value) for name, value in _mapping(changes).items()}
    known = {name: value for name, value in given.items() if _fits(part, name, value)}
    return replace(part, **known)  # type: ignore[type-var]  # every part is a dataclass


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _fits(part: object, name: str, value: object) -> bool:
    kind = get_type_hints(type(part)).get(name)
    if get_origin(kind) is Literal:
        fits = value in get_args(kind)
    elif get_origin(kind) is tuple:
        fits = isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    elif kind is float:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    else:
        fits = kind is not None and isinstance(value, kind)
    if not fits:
        log.warning("setting %s=%r is unknown or of the wrong kind", name, value)
    return fits


def _differences(settings: Settings) -> dict[str, dict[str, Any]]:
    defaults, now = asdict(Settings()), asdict(settings)
    changed = {part: {k: v for k, v in now[part].items() if v != defaults[part][k]} for part in now}
    return {part: values for part, values in changed.items() if values}
