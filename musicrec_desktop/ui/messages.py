"""Errors and refusals in words: the only place that knows how to say what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from musicrec_desktop.core import errors
from musicrec_desktop.core.types import RefusalReason
from musicrec_desktop.ui.scales import Measured
from musicrec_desktop.ui.strings import decibels, number, percent, tr

Severity = Literal["hint", "banner", "failure"]
Remedy = Literal["", "retry", "keep", "choose", "repair", "log"]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said of an error, how loudly, and which button repairs it."""

    text: str
    severity: Severity
    remedy: Remedy = ""

    @property
    def button(self) -> str:
        return tr(f"error.button.{self.remedy}") if self.remedy else ""


# nearest class first; (words, severity, remedy)
_KNOWN: tuple[tuple[type[Exception], str, Severity, Remedy], ...] = (
    (errors.NoInputDevice, "error.no_device", "banner", "choose"),
    (errors.MicrophoneDenied, "error.denied", "banner", "retry"),
    (errors.DeviceLost, "error.unplugged_idle", "banner", "choose"),
    (errors.AudioError, "error.audio", "banner", "retry"),
    (errors.TooShort, "too_short.headline", "hint", ""),
    (errors.TooQuiet, "too_quiet.headline", "hint", ""),
    (errors.BeyondEnd, "error.beyond_end", "hint", ""),
    (errors.ModelMissing, "error.model_missing", "failure", "retry"),
    (errors.ModelMismatch, "error.model_mismatch", "failure", "log"),
    (errors.ModelError, "error.model_invalid", "failure", "log"),
    (errors.CatalogueEmpty, "empty_catalogue.headline", "hint", ""),
    (errors.CatalogueBusy, "error.catalogue_busy", "banner", "retry"),
    (errors.CatalogueDamaged, "error.catalogue_damaged", "failure", "repair"),
    (errors.CatalogueUnwritable, "error.unwritable", "failure", "retry"),
    (errors.SchemaTooNew, "error.schema_too_new", "failure", "log"),
    (errors.DiskFull, "error.disk_full", "banner", ""),
    (errors.DemonstrationUnusable, "error.no_demonstration", "hint", ""),
    (errors.UnknownTrack, "error.unknown_track", "hint", ""),
    (errors.UnknownMood, "error.unknown_mood", "hint", ""),
    (errors.ContentIncomplete, "error.incomplete", "hint", ""),
    (errors.RemoteUnreachable, "error.unreachable", "hint", ""),
    (errors.RemoteRefused, "error.refused", "hint", ""),
    (errors.RemoteUntrusted, "error.untrusted", "hint", ""),
    (errors.RemoteSchemaMismatch, "error.other_schema", "hint", ""),
    (errors.RemoteDamaged, "error.remote_damaged", "hint", ""),
    (errors.NothingPublished, "error.nothing_published", "hint", ""),
    (errors.ReleaseTooNew, "error.release_too_new", "hint", ""),
    (errors.NoPassword, "error.no_password", "hint", ""),
    (errors.AddressInvalid, "error.address", "hint", ""),
    (errors.SyncError, "error.sync", "hint", ""),
    (errors.PreviewsUnwritable, "error.previews_unwritable", "hint", ""),
    (errors.PreviewError, "error.no_preview", "hint", ""),
    (errors.SettingsError, "error.settings", "hint", "log"),
)


def describe(error: Exception) -> Message:
    """The words for any error; one that is not ours is a bug and is said to be unexpected."""
    if isinstance(error, errors.UndecodableFile):
        return Message(undecodable(error.reason), "hint")
    if isinstance(error, errors.DeviceLost) and error.kept_s > 0:
        return Message(tr("error.unplugged", kept_s=error.kept_s), "banner", "keep")
    for kind, key, severity, remedy in _KNOWN:
        if isinstance(error, kind):
            facts = error.facts if isinstance(error, errors.MusicRecError) else {}
            return Message(tr(key, **facts), severity, remedy)
    return Message(tr("error.unexpected"), "failure", "log")


def undecodable(reason: str) -> str:
    """Why a file could not be read; `reason` is one of UNDECODABLE_REASONS."""
    return tr(f"error.file_{reason}" if reason in errors.UNDECODABLE_REASONS else "error.file_damaged")


Button = Literal["again", "louder", "computer", "sound_settings", "last", "passage", "folder", "demo", "weaker"]

_BUTTONS: dict[RefusalReason, tuple[Button, ...]] = {
    "too_quiet": ("again", "louder", "computer"),
    "clipped": ("again", "sound_settings"),
    "too_short": ("again", "last"),
    "not_music": ("again", "passage"),
    "nothing_close": ("folder", "again"),
    "empty_catalogue": ("folder", "demo"),
}

BUTTON_WORDS: dict[Button, str] = {
    "again": "again",
    "louder": "refusal.louder",
    "computer": "refusal.computer",
    "sound_settings": "refusal.sound_settings",
    "last": "refusal.last",
    "passage": "refusal.passage",
    "folder": "refusal.folder",
    "demo": "refusal.demo",
    "weaker": "weaker",
}


@dataclass(frozen=True, slots=True)
class RefusalWords:
    cause: str
    headline: str
    sentence: str
    scale: Measured | None  # None where nothing was measured
    buttons: tuple[Button, ...]  # the one that repairs it first


def refusal_words(reason: RefusalReason, measured: Mapping[str, float]) -> RefusalWords:
    """A refusal, said with the engine's own value and threshold (`measured`: "value" and "needed")."""
    value, needed = measured.get("value"), measured.get("needed")
    shown = "" if value is None else _in_unit(reason, value)
    sentence_key = "nothing_close.sentence_plain" if reason == "nothing_close" and not shown else f"{reason}.sentence"
    scaled = value is not None and needed is not None and reason in _RANGES
    return RefusalWords(
        cause=tr(f"{reason}.cause"),
        headline=tr(f"{reason}.headline"),
        sentence=tr(sentence_key, value=shown),
        scale=_scale(reason, value, needed) if scaled else None,
        buttons=_BUTTONS[reason],
    )


# the ends of each bar, in the unit of the measured value
_RANGES: dict[RefusalReason, tuple[float, float]] = {
    "too_quiet": (-80.0, 0.0),
    "clipped": (0.0, 0.5),
    "too_short": (0.0, 6.0),
    "not_music": (0.0, 1.0),
    "nothing_close": (0.0, 100.0),
}

_GOOD_TO: dict[RefusalReason, float] = {"too_quiet": -6.0}  # from here on it clips


def _scale(reason: RefusalReason, value: float, needed: float) -> Measured:
    low, high = _RANGES[reason]
    fine_below = reason == "clipped"
    return Measured(
        low=low,
        high=high,
        heard=value,
        good_from=low if fine_below else needed,
        good_to=needed if fine_below else _GOOD_TO.get(reason, high),
        heard_text=tr(f"{reason}.value", value=_in_unit(reason, value)),
        good_text=tr(f"{reason}.needed", needed=_in_unit(reason, needed)),
    )


def _in_unit(reason: RefusalReason, value: float) -> str:
    match reason:
        case "too_quiet":
            return decibels(value)
        case "clipped":
            return percent(value)
        case "too_short":
            return tr("unit.seconds", value=round(value, 1))
        case "nothing_close":
            return number(value)
        case _:
            return number(value, 2)
