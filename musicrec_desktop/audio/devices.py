"""What can be recorded from: microphones, and what the computer plays itself (monitors)."""

import json
import os
import subprocess
from dataclasses import dataclass, replace
from typing import Any, Literal

from musicrec_desktop.audio import portaudio
from musicrec_desktop.audio.portaudio import HostDevice
from musicrec_desktop.core.errors import NoInputDevice

Kind = Literal["microphone", "monitor"]

PACTL_S = 3.0  # a sound server that hangs must not hang the list
LOOPBACK = "[Loopback]"  # how PortAudio marks monitors on Windows
PULSE = "pulse"  # ALSA's way to a PulseAudio or PipeWire server, as PortAudio lists it


@dataclass(frozen=True, slots=True)
class InputDevice:
    name: str
    kind: Kind
    is_default: bool
    host: HostDevice
    pulse_source: str | None = None  # the server's name for it, where a sound server is asked


def list_inputs() -> list[InputDevice]:
    """Microphones first, then monitors, each with its default in front. Raises NoInputDevice without PortAudio."""
    hosts = portaudio.input_devices()
    pulse = next((host for host in hosts if host.name == PULSE), None)
    sources = _pulse_sources() if pulse else None
    found = _from_host(hosts) if pulse is None or sources is None else _from_pulse(pulse, sources)
    return sorted(_distinct(found), key=lambda each: (each.kind, not each.is_default))


def choose(name: str | None = None, *, kind: Kind | None = None) -> InputDevice:
    """The input of that name (exactly, else part of it, in any case); without a name the default of the kind.

    Raises NoInputDevice.
    """
    inputs = [each for each in list_inputs() if kind is None or each.kind == kind]
    if name:
        exact = [each for each in inputs if name in (each.name, each.pulse_source)]
        inputs = exact or [each for each in inputs if name.lower() in each.name.lower()]
    inputs.sort(key=lambda each: not each.is_default)
    if not inputs:
        raise NoInputDevice(device_name=name or None)
    return inputs[0]


def default_output() -> str | None:
    """What previews are played on; None where there is no output. Raises NoInputDevice without PortAudio."""
    return portaudio.default_output()


def refresh() -> bool:
    """Notice devices that came or went; False when that must wait for an open stream to close."""
    return portaudio.refresh()


def _from_host(hosts: list[HostDevice]) -> list[InputDevice]:
    """As PortAudio lists them; of the same device under several interfaces only the default interface's."""
    return [
        InputDevice(host.name, "monitor" if LOOPBACK in host.name else "microphone", host.is_default_input, host)
        for host in hosts
        if host.is_default_host or LOOPBACK in host.name
    ]


def _from_pulse(host: HostDevice, sources: list[dict[str, Any]]) -> list[InputDevice]:
    default_source, default_sink = _pulse_defaults()
    return [
        InputDevice(
            name=source.get("description") or source["name"],
            kind="monitor" if source.get("monitor_source") else "microphone",
            is_default=source["name"] == default_source or source.get("monitor_source") == default_sink,
            host=host,
            pulse_source=source["name"],
        )
        for source in sources
    ]


def _pulse_sources() -> list[dict[str, Any]] | None:
    """What the sound server can record from; None where it cannot be asked."""
    answer = _pactl("list", "sources")
    return answer if isinstance(answer, list) else None


def _pulse_defaults() -> tuple[str | None, str | None]:
    """The server's default source and sink, which a user may have overridden for this process."""
    answer = _pactl("info")
    if not isinstance(answer, dict):
        return None, None
    return (
        os.environ.get("PULSE_SOURCE") or answer.get("default_source_name"),
        os.environ.get("PULSE_SINK") or answer.get("default_sink_name"),
    )


def _pactl(*question: str) -> Any:
    """The server's answer, decoded; None when there is no server, no pactl, or one too old for JSON."""
    try:
        command = ["pactl", "-f", "json", *question]
        done = subprocess.run(command, capture_output=True, timeout=PACTL_S, check=True)
        return json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _distinct(inputs: list[InputDevice]) -> list[InputDevice]:
    """Names are how people choose and settings remember: equal ones get the server's own name added."""
    names = [each.name for each in inputs]
    return [
        replace(each, name=f"{each.name} ({each.pulse_source or each.host.host_api})")
        if names.count(each.name) > 1
        else each
        for each in inputs
    ]
