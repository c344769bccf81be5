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
