"""The whole error tree. An exception carries facts; `ui/messages.py` and `cli.py` turn them into words.

MusicRecError
+- AudioError      NoInputDevice  MicrophoneDenied  DeviceLost
+- ExcerptError    TooShort  TooQuiet  UndecodableFile  BeyondEnd
+- ModelError      ModelMissing  ModelMismatch  ModelInvalid
+- CatalogueError  CatalogueEmpty  CatalogueBusy  CatalogueDamaged  CatalogueUnwritable  SchemaTooNew  DiskFull
|                  UnknownTrack  UnknownMood  DemonstrationUnusable  ContentIncomplete
+- SyncError       RemoteUnreachable  RemoteRefused  RemoteUntrusted  RemoteSchemaMismatch  RemoteDamaged
|                  NothingPublished  ReleaseTooNew  NoPassword
+- PreviewError    PreviewUnavailable
+- SettingsError
Cancelled (in cancel.py) is control flow, not an error.
"""

from pathlib import Path


class MusicRecError(Exception):
    """Root of everything this program raises on purpose."""

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Facts are keywords, which pickling on the way from a child process would lose."""
        return _rebuilt, (type(self), self.facts)


def _rebuilt(kind: type[MusicRecError], facts: dict[str, object]) -> MusicRecError:
    return kind(**facts)


class AudioError(MusicRecError):
    """The sound card or its driver."""


class NoInputDevice(AudioError):
    def __init__(self, *, device_name: str | None = None) -> None:
        super().__init__(device_name=device_name)
        self.device_name = device_name


class MicrophoneDenied(AudioError):
    def __init__(self, *, device_name: str | None = None) -> None:
        super().__init__(device_name=device_name)
        self.device_name = device_name


class DeviceLost(AudioError):
    """The device went away, or its callbacks stopped, `kept_s` seconds into a recording."""

    def __init__(self, *, device_name: str | None = None, kept_s: float = 0.0) -> None:
        super().__init__(device_name=device_name, kept_s=kept_s)
        self.device_name = device_name
        self.kept_s = kept_s


class ExcerptError(MusicRecError):
    """The sound that was to be analysed."""


class TooShort(ExcerptError):
    def __init__(self, *, got_s: float, needed_s: float) -> None:
        super().__init__(got_s=got_s, needed_s=needed_s)
        self.got_s = got_s
        self.needed_s = needed_s


class TooQuiet(ExcerptError):
    def __init__(self, *, level_db: float, needed_db: float) -> None:
        super().__init__(level_db=level_db, needed_db=needed_db)
        self.level_db = level_db
        self.needed_db = needed_db


class UndecodableFile(ExcerptError):
    """`reason` is one of UNDECODABLE_REASONS; `detail` is the library's own text, for the log."""

    def __init__(self, *, path: Path, reason: str, detail: str = "") -> None:
        super().__init__(path=path, reason=reason, detail=detail)
        self.path = path
        self.reason = reason
        self.detail = detail


class BeyondEnd(ExcerptError):
    """The part that was asked for begins where the recording has ended."""

    def __init__(self, *, start_s: float, duration_s: float) -> None:
        super().__init__(start_s=start_s, duration_s=duration_s)
        self.start_s = start_s
        self.duration_s = duration_s


UNDECODABLE_REASONS = (
    "missing",  # no such file
    "not_a_file",  # a folder, a device
    "denied",  # no permission
    "empty",  # zero bytes or zero samples
    "not_audio",  # no decoder knows it
    "protected",  # locked by its seller
    "no_decoder",  # the system lacks what decoding this format needs
    "damaged",  # it starts well and breaks
    "too_long",  # the header promises more than the limit, or more than the file can hold
    "timeout",  # decoding took longer than its deadline
    "crashed",  # the decoding process died (memory limit, decoder fault)
)


class ModelError(MusicRecError):
    """The ONNX model or its card."""


class ModelMissing(ModelError):
    def __init__(self, *, path: Path) -> None:
        super().__init__(path=path)
        self.path = path


class ModelMismatch(ModelError):
    """The model was made for another feature fingerprint."""

    def __init__(self, *, model: str, program: str) -> None:
        super().__init__(model=model, program=program)
        self.model = model
        self.program = program


class ModelInvalid(ModelError):
    """The files are there, but cannot be read, or disagree with one another."""

    def __init__(self, *, path: Path, detail: str) -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail


class CatalogueError(MusicRecError):
    """The local catalogue."""


class CatalogueEmpty(CatalogueError):
    pass


class CatalogueBusy(CatalogueError):
    def __init__(self, *, path: Path) -> None:
        super().__init__(path=path)
        self.path = path


class CatalogueDamaged(CatalogueError):
    def __init__(self, *, path: Path, detail: str = "") -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail


class CatalogueUnwritable(CatalogueError):
    """The file or its folder cannot be made or written: read-only, no permission, not a folder."""

    def __init__(self, *, path: Path, detail: str = "") -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail


class SchemaTooNew(CatalogueError):
    def __init__(self, *, path: Path, found: int, known: int) -> None:
        super().__init__(path=path, found=found, known=known)
        self.path = path
        self.found = found
        self.known = known


class DiskFull(CatalogueError):
    def __init__(self, *, path: Path) -> None:
        super().__init__(path=path)
        self.path = path


class UnknownTrack(CatalogueError):
    def __init__(self, *, track_id: str) -> None:
        super().__init__(track_id=track_id)
        self.track_id = track_id


class UnknownMood(CatalogueError):
    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.name = name


class DemonstrationUnusable(CatalogueError):
    """The songs that come with the program are missing, or were analysed by another program."""

    def __init__(self, *, path: Path, detail: str) -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail


class ContentIncomplete(CatalogueError):
    """A content of the central catalogue cannot be used: not all of it is here, or it is not being staged."""

    def __init__(self, *, release: int) -> None:
        super().__init__(release=release)
        self.release = release


class SyncError(MusicRecError):
    """The central catalogue and the way to it; `server` is HOST:PORT, never with a password."""


class RemoteUnreachable(SyncError):
    """Nobody answers, or the link broke and did not come back."""

    def __init__(self, *, server: str, detail: str = "") -> None:
        super().__init__(server=server, detail=detail)
        self.server = server
        self.detail = detail


class RemoteRefused(SyncError):
    """The server is there and does not let this account in, or not do this."""

    def __init__(self, *, server: str, detail: str = "") -> None:
        super().__init__(server=server, detail=detail)
        self.server = server
        self.detail = detail


class RemoteUntrusted(SyncError):
    """No TLS where it must be, or a certificate that does not vouch for this server."""

    def __init__(self, *, server: str, detail: str = "") -> None:
        super().__init__(server=server, detail=detail)
        self.server = server
        self.detail = detail


class RemoteSchemaMismatch(SyncError):
    """The database is no central catalogue, or one of another version."""

    def __init__(self, *, server: str, detail: str = "") -> None:
        super().__init__(server=server, detail=detail)
        self.server = server
        self.detail = detail


class RemoteDamaged(SyncError):
    """What came does not match its digest, again and again."""

    def __init__(self, *, server: str, detail: str = "") -> None:
        super().__init__(server=server, detail=detail)
        self.server = server
        self.detail = detail


class NothingPublished(SyncError):
    """The central catalogue has no release yet."""

    def __init__(self, *, server: str) -> None:
        super().__init__(server=server)
        self.server = server


class ReleaseTooNew(SyncError):
    """The release was made for other features than this program computes: it wants another version of it."""

    def __init__(self, *, release: int, found: str, known: str) -> None:
        super().__init__(release=release, found=found, known=known)
        self.release = release
        self.found = found
        self.known = known


class NoPassword(SyncError):
    """The account needs a password and none is known."""

    def __init__(self, *, server: str, user: str) -> None:
        super().__init__(server=server, user=user)
        self.server = server
        self.user = user


class PreviewError(MusicRecError):
    """Playing a track."""


class PreviewUnavailable(PreviewError):
    def __init__(self, *, track_id: str, detail: str = "") -> None:
        super().__init__(track_id=track_id, detail=detail)
        self.track_id = track_id
        self.detail = detail


class SettingsError(MusicRecError):
    def __init__(self, *, path: Path, detail: str) -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail
