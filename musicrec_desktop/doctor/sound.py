"""What can be listened to, and where previews go. Looked up in a child: a sound server that hangs holds up no one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musicrec_desktop.core.checkup import said
from musicrec_desktop.core.errors import NoInputDevice
from musicrec_desktop.doctor.result import Result, attention, ok
from musicrec_desktop.doctor.round import Round

NAME = "sound"


@dataclass(frozen=True, slots=True)
class Devices:
    inputs: Sequence[str]
    monitors: int
    usual: str | None  # the default input
    output: str | None


def sound(here: Round) -> Result:
    """Raises OutOfTime, NoInputDevice."""
    here.begin(NAME, look)
    (found,) = here.begun(NAME).result(here.left_s)
    return sound_result(found)


def sound_result(found: Devices) -> Result:
    """Raises NoInputDevice where there is nothing to listen to."""
    if not found.inputs:
        raise NoInputDevice
    inputs = said("sound_inputs", n=len(found.inputs))
    usual = said("sound_usual", name=found.usual) if found.usual else said("sound_no_usual")
    monitors = said("sound_monitors", n=found.monitors) if found.monitors else said("sound_no_monitors")
    if found.output is None:
        return attention(inputs, usual, monitors, said("sound_no_output"))
    return ok(inputs, usual, monitors, said("sound_output", name=found.output))


def look() -> Iterator[Devices]:
    """Runs in the child. Raises NoInputDevice without PortAudio."""
    from musicrec_desktop.audio.devices import default_output, list_inputs

    inputs = list_inputs()
    usual = next((each.name for each in inputs if each.is_default and each.kind == "microphone"), None)
    monitors = sum(each.kind == "monitor" for each in inputs)
    yield Devices([each.name for each in inputs], monitors, usual, default_output())
