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
