"""Errors and refusals in one English sentence each, for the terminal. The window has its own, in two languages."""

from collections.abc import Mapping

from musicrec_desktop.core import errors
from musicrec_desktop.core.types import RefusalReason

# The nearest class counts; {names} are the error's facts.
_SENTENCES: dict[type[errors.MusicRecError], str] = {
    errors.NoInputDevice: "No microphone was found{named}; `musicrec devices` lists what can be recorded from.",
    errors.MicrophoneDenied: "The system does not let this program use the microphone{named}.",
    errors.DeviceLost: "The sound device{named} went away after {kept_s:.1f} s of recording.",
    errors.AudioError: "The sound system does not work as expected ({facts}).",
    errors.TooShort: "{got_s:.1f} s of sound are too short; {needed_s:.0f} s are needed.",
    errors.TooQuiet: "The sound is too quiet: {level_db:.0f} dBFS where {needed_db:.0f} are needed.",
    errors.BeyondEnd: "The part that begins at {start_s:g} s lies beyond the end ({duration_s:.1f} s).",
    errors.ModelMissing: "There is no model: {path} is missing.",
    errors.ModelMismatch: "The model was made for other features ({model}) than this program computes ({program}).",
    errors.ModelInvalid: "The model in {path} cannot be used: {detail}.",
    errors.CatalogueEmpty: "The catalogue is empty; `musicrec import FOLDER` adds music.",
    errors.CatalogueBusy: "Another program is writing to the catalogue {path}; try again in a moment.",
    errors.CatalogueDamaged: "The catalogue {path} is damaged; move it away and import the music again.",
    errors.CatalogueUnwritable: "The catalogue {path} cannot be written.",
    errors.SchemaTooNew: "The catalogue {path} was made by a newer program (schema {found}, known is {known}).",
    errors.DiskFull: "The disk of {path} is full.",
    errors.UnknownTrack: "There is no track {track_id} in the catalogue.",
    errors.UnknownMood: "There is no mood called {name}; `musicrec moods` lists them.",
    errors.DemonstrationUnusable: "The demonstration songs cannot be used: {path}: {detail}.",
    errors.ContentIncomplete: "Release {release} is not here as a whole; the songs stay as they are.",
    errors.RemoteUnreachable: "The central catalogue at {server} cannot be reached; the songs here stay as they are.",
    errors.RemoteRefused: "{server} refuses this account: {detail}.",
    errors.RemoteUntrusted: "The link to {server} is not safe, so nothing was sent: {detail}.",
    errors.RemoteSchemaMismatch: "What {server} has is no central catalogue this program knows: {detail}.",
    errors.RemoteDamaged: "What {server} sent does not match its own checksums: {detail}.",
    errors.NothingPublished: "Nothing has been published at {server} yet.",
    errors.ReleaseTooNew: "Release {release} needs a newer version of this program; the songs here stay as they are.",
    errors.NoPassword: "A password is needed for {user} at {server}.",
    errors.PreviewUnavailable: "Track {track_id} cannot be played.",
    errors.SettingsError: "The settings {path} cannot be read: {detail}.",
    errors.MusicRecError: "{facts}",
}

UNDECODABLE: dict[str, str] = {
    "missing": "there is no such file",
    "not_a_file": "this is not a file",
    "denied": "the system does not let this program read it",
    "empty": "there is no sound in it",
    "not_audio": "this is no audio file that can be read (wav, flac, ogg, opus, mp3 and m4a can)",
    "protected": "its seller has locked it (DRM), so it cannot be read",
    "no_decoder": "what m4a needs is missing on this computer: Qt Multimedia does not start",
    "damaged": "the file is damaged",
    "too_long": "its header claims more sound than the file can hold, or than twelve hours",
    "timeout": "reading it took too long",
    "crashed": "reading it failed; it may be damaged",
    "too_short": "it is too short",
}

_REFUSALS: dict[RefusalReason, str] = {
    "too_short": "Too short: {value:.1f} s, and {needed:.0f} s are needed.",
    "too_quiet": "Too quiet: {value:.0f} dBFS, and {needed:.0f} are needed. Move closer or turn the song up.",
    "clipped": "Too loud: {value:.0%} of the sound is cut off at full scale. Turn it down or move away.",
    "not_music": "This does not sound like music.",
    "nothing_close": "Nothing in the catalogue sounds like this.",
    "empty_catalogue": "The catalogue is empty; `musicrec import FOLDER` adds music.",
}


def describe(error: BaseException) -> str:
    """One sentence on any error; one that is not ours is a bug and says so."""
    if isinstance(error, errors.UndecodableFile):
        return f"{error.path}: {undecodable(error.reason)}."
    if isinstance(error, errors.MusicRecError):
        template = next(_SENTENCES[kind] for kind in type(error).__mro__ if kind in _SENTENCES)
        return _one_line(template.format(**error.facts, facts=error, named=_named(error)))
    if isinstance(error, OSError):
        return _one_line(f"{error.filename or 'The system'}: {error.strerror or error}.")
    return _one_line(f"This is a fault of the program: {type(error).__name__}: {error}")


def undecodable(reason: str) -> str:
    """Why a file could not be read; `reason` is one of UNDECODABLE_REASONS."""
    return UNDECODABLE.get(reason, reason)


def refusal(reason: RefusalReason, measured: Mapping[str, float]) -> str:
    """One sentence on a refusal, with the measured value where there is one."""
    template = _REFUSALS[reason]
    if "{" in template and not {"value", "needed"} <= measured.keys():
        return template.split(":")[0] + "."
    return template.format(**measured)


def _named(error: errors.MusicRecError) -> str:
    name = error.facts.get("device_name")
    return f" ({name})" if name else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
