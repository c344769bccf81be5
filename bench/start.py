"""How long does the window take?

    python -m bench.start [--rounds N] [--json FILE]

Starts the window N times in a fresh home on a virtual screen (Xvfb, xdotool), with no sound device, and tells the
medians: from the start of the process to the first paint, to the songs of the demonstration, to the mood tiles with
their counts, to the engine that can answer; and what `start.py` adds before the process is the program.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e.screen import ROOT, open_window

EVENTS = {"painted": "the window", "songs": "its songs", "tiles": "its tiles", "ready": "an engine to answer"}
PATIENT_S = 60.0

Figures = dict[str, float]


def one_start() -> Figures:
    """Seconds from the start of the process to the first of each event."""
    with tempfile.TemporaryDirectory(prefix="musicrec-start-") as home:
        nobody = {"MUSICREC_HOME": home, "HOME": home, "PULSE_SERVER": f"unix:{home}/none"}
        with open_window(nobody) as window:
            found = {event: window.seen_or_coming(event, timeout_s=PATIENT_S)["after_s"] for event in EVENTS}
            window.close()
            return found


def starter(rounds: int) -> float:
    """What start.py takes before it hands over to the program, in seconds."""
    environment = ROOT / ".venv" / "bin" / "python"
    return timed([sys.executable, "start.py", "--version"], rounds) - timed(
        [str(environment), "-P", "-m", "musicrec_desktop", "--version"], rounds
    )


def timed(command: list[str], rounds: int) -> float:
    """The median wall time of a command in seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    starts = [one_start() for _ in range(chosen.rounds)]
    figures = {f"start to {words}, median s": statistics.median(s[e] for s in starts) for e, words in EVENTS.items()}
    figures["start.py before that, median s"] = starter(chosen.rounds)
    for name, value in figures.items():
        print(f"{name:44s}{value:10.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
