"""start.py, in folders of its own whose name has spaces and Hangul, without network and without touching the system."""

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys, runpy; {changes}; sys.argv[:] = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
# Nobody answers at the discard port.
UNREACHABLE = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
DPKG = "#!/bin/sh\nexit 0\n"  # nothing is installed
APT = '#!/bin/sh\necho "$@" >> "{log}"\nexit {status}\n'
PYTHON = """#!/bin/sh
echo "$@" >> "{log}"
case "$*" in
  *"import sys, pip"*) exit 0 ;;
  *"pip install"*) {pip} ;;
esac
"""


class Clone:
    """A copy of what start.py reads, a fake Debian in front of PATH, and whatever environment a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "뮤직 렉"
        self.folder.mkdir()
        for name in ("start.py", "pyproject.toml", "constraints.txt"):
            (self.folder / name).write_bytes((ROOT / name).read_bytes())
        self.programs = folder / "programs"
        self.programs.mkdir()
        self.log = folder / "calls"
        self.python = self.folder / ".venv" / "bin" / "python"
        self.state = self.folder / ".venv" / "set-up"
        self.system(apt_status=0)

    def system(self, *, apt_status: int) -> None:
        script(self.programs / "dpkg-query", DPKG)
        script(self.programs / "apt-get", APT.format(log=self.log, status=apt_status))

    def environment(self, *, state: str | None = None, pip: str = "exit 0") -> None:
        self.python.parent.mkdir(parents=True)
        script(self.python, PYTHON.format(log=self.log, pip=pip))
        self.state.write_text(f"use {self.digest()}" if state is None else state)

    def digest(self) -> str:
        names: dict[str, Any] = runpy.run_path(str(self.folder / "start.py"))
        digest: str = names["digest"]()
        return digest

    def start(
        self, *arguments: str, changes: str = "pass", user: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        changes += f"; import os; os.geteuid = lambda: {user}"
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        clean = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        command = [sys.executable, "-c", RUN.format(changes=changes), str(self.folder / "start.py"), *arguments]
        return subprocess.run(
            command, env=clean | {"PATH": path} | environment, capture_output=True, text=True, check=False, timeout=120
        )

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


def script(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    if os.name == "nt":
        pytest.skip("the stand-ins of these tests are shell scripts")
    return Clone(tmp_path)


def test_the_second_start_passes_the_command_on_at_once(clone: Clone) -> None:
    clone.environment()
    took_s = []
    for _ in range(3):
        began = time.perf_counter()
        result = clone.start("recommend", "두 단어.wav", "--json")
        took_s.append(time.perf_counter() - began)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert clone.calls() == 3 * ["-P -m musicrec_desktop recommend 두 단어.wav --json"]
    assert min(took_s) < 0.3


def test_the_window_opens_where_there_is_a_screen(clone: Clone) -> None:
    clone.environment()
    clone.start(DISPLAY=":7")
    assert clone.calls() == ["-P -m musicrec_desktop"]


def test_without_a_screen_a_sample_recording_goes_through(clone: Clone) -> None:
    clone.environment()
    result = clone.start()
    sample = f"{clone.folder}/resources/demo/sample.opus"
    assert clone.calls() == [f"-P -m musicrec_desktop recommend {sample} --demo"]
    assert "no screen" in result.stderr


def test_the_tests_need_more_than_the_program(clone: Clone) -> None:
    clone.environment()
    result = clone.start("test", "-k", "dtw", user=1000)
    pip = next(call for call in clone.calls() if "pip install" in call)
    assert pip.endswith("-c constraints.txt -e .[dev,curator]")
    assert clone.calls()[-1] == "-m pytest -k dtw"
    assert clone.state.read_text() == f"test {clone.digest()}"
    assert "sudo apt-get install" in result.stderr and "xvfb" in result.stderr


def test_what_the_tests_installed_serves_the_program(clone: Clone) -> None:
    clone.environment(state="")
    clone.state.write_text(f"test {clone.digest()}")
    clone.start("moods")
    assert clone.calls() == ["-P -m musicrec_desktop moods"]


def test_root_installs_what_the_system_lacks(clone: Clone) -> None:
    clone.environment(state="")
    result = clone.start("moods")
    assert clone.calls()[0] == "update"
    assert clone.calls()[1].startswith("install -y --no-install-recommends --no-remove libportaudio2")
    assert "pulseaudio" not in clone.calls()[1]
    assert "sudo" not in result.stderr
    assert result.stdout == ""


def test_when_the_system_refuses_the_one_command_is_printed(clone: Clone) -> None:
    clone.environment(state="")
    clone.system(apt_status=100)
    result = clone.start("moods")
    assert "sudo apt-get install -y --no-install-recommends --no-remove libportaudio2" in result.stderr
    assert clone.calls()[-1] == "-P -m musicrec_desktop moods"


def test_an_interrupted_set_up_is_made_anew_and_without_network_says_so(clone: Clone) -> None:
    clone.environment(state="unfinished")
    leftover = clone.python.parent / "half a library"
    leftover.touch()
    result = clone.start("moods", **UNREACHABLE)
    assert not leftover.exists()
    assert clone.python.exists() and b"#!/bin/sh" not in clone.python.read_bytes()[:9]
    assert result.returncode == 1
    assert clone.state.read_text() == "unfinished"
    last = result.stderr.splitlines()[-1]
    assert "package index cannot be reached" in last and str(clone.folder) in last


def test_a_refused_upgrade_leaves_the_old_state(clone: Clone) -> None:
    clone.environment(state="use 0123", pip="echo '[Errno -3] Temporary failure in name resolution'; exit 1")
    result = clone.start("moods")
    assert result.returncode == 1
    assert "there is no network" in result.stderr
    assert clone.state.read_text() == "use 0123"


def test_an_upgrade_that_broke_in_the_middle_counts_as_unfinished(clone: Clone) -> None:
    pip = "echo Installing collected packages: numpy; echo 'ERROR: [Errno 28] No space left on device'; exit 1"
    clone.environment(state="use 0123", pip=pip)
    result = clone.start("moods")
    assert (result.returncode, clone.state.read_text()) == (1, "unfinished")
    assert "the disk is full" in result.stderr


def test_a_python_without_ensurepip_asks_another_pip(clone: Clone) -> None:
    changes = "sys.modules['ensurepip'] = None; sys._base_executable = sys.executable"
    result = clone.start("moods", changes=changes, user=1000, **UNREACHABLE)
    log = (clone.folder / ".venv" / "set-up.log").read_text()
    assert f"python3.{sys.version_info[1]}-venv" in result.stderr
    assert "the package index cannot be reached" in result.stderr
    assert "requirement pip" in log and clone.python.exists()


def test_an_old_python_is_told_so(clone: Clone) -> None:
    result = clone.start(changes="sys.hexversion = 0x03080A00")
    assert result.returncode == 1
    assert result.stderr.startswith("MusicRec needs Python 3.11 or newer")


def test_a_full_disk_is_told_before_anything_is_made(clone: Clone) -> None:
    changes = "import shutil; shutil.disk_usage = lambda path: shutil._ntuple_diskusage(9, 9, 10**9)"
    result = clone.start("moods", changes=changes)
    assert result.returncode == 1
    assert "3 GB of free disk" in result.stderr and "there are 1.0 GB" in result.stderr
    assert not clone.python.exists()


def test_a_folder_that_may_not_be_written_is_one_sentence(clone: Clone) -> None:
    (clone.folder / ".venv").write_text("in the way")
    result = clone.start("moods")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("Set-up stopped in ")
