"""What can stop a step of the pipeline; the curator's branch of the error tree."""

from pathlib import Path

from musicrec_desktop.core.errors import MusicRecError


class CuratorError(MusicRecError):
    """The curator's own: a step out of order, or an input that makes no sense."""


class StepMissing(CuratorError):
    """A step needs what an earlier one makes."""

    def __init__(self, *, step: str) -> None:
        super().__init__(step=step)
        self.step = step


class UnknownSongs(CuratorError):
    """A list names songs that are not there."""

    def __init__(self, *, names: list[str]) -> None:
        super().__init__(count=len(names), first=names[0])
        self.names = names


class TooFewSongs(CuratorError):
    def __init__(self, *, got: int, needed: int) -> None:
        super().__init__(got=got, needed=needed)
        self.got = got
        self.needed = needed


class TooManyGone(CuratorError):
    """Most songs of the archive have no file any more: more likely a disk that is missing than meant."""

    def __init__(self, *, count: int, total: int) -> None:
        super().__init__(count=count, total=total)
        self.count = count
        self.total = total


class StoredDamaged(CuratorError):
    """Bytes in the central tables are not those that were put there."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.name = name


class MoodFileInvalid(CuratorError):
    """The text file with the moods' names cannot be understood."""

    def __init__(self, *, path: Path, detail: str) -> None:
        super().__init__(path=path, detail=detail)
        self.path = path
        self.detail = detail


class PublisherBusy(CuratorError):
    """Another publisher is at work and does not end."""

    def __init__(self, *, server: str) -> None:
        super().__init__(server=server)
        self.server = server


class NothingToPublish(CuratorError):
    """Not one song is there."""


class TooFewRemain(CuratorError):
    """A release would drop more than half of the songs: more likely a slip than meant."""

    def __init__(self, *, remaining: int, before: int) -> None:
        super().__init__(remaining=remaining, before=before)
        self.remaining = remaining
        self.before = before


class StagedGone(CuratorError):
    """What was staged is not there any more when it is to be published."""

    def __init__(self, *, count: int) -> None:
        super().__init__(count=count)
        self.count = count


class CardDiffers(CuratorError):
    """A network was published with other moods or thresholds than its card has now."""

    def __init__(self, *, model_id: str) -> None:
        super().__init__(model_id=model_id)
        self.model_id = model_id


class NoSuchRelease(CuratorError):
    """There is no such earlier release; without a number: none that has another content."""

    def __init__(self, *, number: int | None) -> None:
        super().__init__(number=number)
        self.number = number


class ObjectsUnusable(CuratorError):
    """The object store for previews cannot be reached or written, or its address makes no sense."""

    def __init__(self, *, place: str, detail: str) -> None:
        super().__init__(place=place, detail=detail)
        self.place = place
        self.detail = detail


class AccountTooPowerful(CuratorError):
    """The listeners' account may do more than read what is published."""

    def __init__(self, *, user: str, grant: str) -> None:
        super().__init__(user=user, grant=grant)
        self.user = user
        self.grant = grant


class AccountsAlike(CuratorError):
    """One account cannot be two of: who sets the database up, the curator, the listeners."""

    def __init__(self, *, user: str) -> None:
        super().__init__(user=user)
        self.user = user


class ClusterError(CuratorError):
    """The cluster that was to do the work; what is written stays."""


class ClusterUnreachable(ClusterError):
    """No scheduler answers, or it refuses us."""

    def __init__(self, *, scheduler: str, detail: str) -> None:
        super().__init__(scheduler=scheduler, detail=detail)


class ClusterLost(ClusterError):
    """The scheduler went away in the middle."""

    def __init__(self, *, scheduler: str) -> None:
        super().__init__(scheduler=scheduler)


class WorkersUnfit(ClusterError):
    """A worker cannot do the work: without this program, with another version of it, or without the music."""

    def __init__(self, *, worker: str, detail: str) -> None:
        super().__init__(worker=worker, detail=detail)
