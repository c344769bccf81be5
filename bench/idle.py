"""What a process holds that has a catalogue loaded: `python -m bench.idle`, home by MUSICREC_HOME.

Prints one JSON object: seconds until it can answer, private and mapped memory in MB (Linux).
"""

import json
import time
from pathlib import Path

from musicrec_desktop import wiring


def memory_mb(field: str) -> float:
    """A line of this process's memory: RssAnon is private, RssFile mapped."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field + ":")), float("nan"))


def main() -> None:
    began = time.perf_counter()
    with wiring.open_catalogue() as store:
        recommender = wiring.open_recommender(store, wiring.open_model())
        recommender.warm_up()
        ready_s = time.perf_counter() - began
        facts = {"ready s": ready_s, "private MB": memory_mb("RssAnon"), "mapped MB": memory_mb("RssFile")}
        print(json.dumps(facts | {"peak MB": memory_mb("VmHWM")}))


if __name__ == "__main__":
    main()
