#!/usr/bin/env python3
"""Set up and start MusicRec Desktop in one command.

    python3 start.py                the window; without a screen, a sample recording in the terminal
    python3 start.py test [ARG...]  everything the tests need, then the whole suite (arguments go to pytest)
    python3 start.py COMMAND...     the command line: import, recommend, listen, moods ... (--help lists them)

Standard library only. Set-up lives in `.venv` beside this file, is done once, and speaks on standard error alone.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TextIO

if sys.hexversion < 0x030B0000:  # before anything that an older Python cannot even define
    sys.exit("MusicRec needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BASE = getattr(sys, "_base_executable", sys.executable)  # not an environment's own Python, should one be active
STATE = VENV / "set-up"  # "unfinished", or the purpose and the digest of what was installed
LOG = VENV / "set-up.log"
NEEDED_GB = 3.0
COMPILE = """import compileall, sysconfig
for folder in (sysconfig.get_path("purelib"), "musicrec_desktop"): compileall.compile_dir(folder, quiet=2, workers=0)"""
EXTRAS = {"use": "", "test": "[dev,curator]"}

LIBRARIES = """
    libportaudio2 libpulse0 libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libgssapi-krb5-2 libxkbcommon0
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxcb-randr0 libxcb-shape0
    libx11-xcb1 libxrandr2 fonts-noto-cjk
"""
TEST_SERVERS = """
    pulseaudio pulseaudio-utils libasound2-plugins xvfb xdotool mariadb-server-core mariadb-client-core
    ffmpeg lame vorbis-tools opus-tools flac id3v2
"""

SAMPLE = ROOT / "resources" / "demo" / "sample.opus"
NO_SCREEN = """There is no screen here for the window; all else works in the terminal:
  python3 start.py import FOLDER        python3 start.py recommend FILE --start 30 --duration 6
  python3 start.py listen               python3 start.py moods, mood, search, similar, tracks, devices, doctor
This is the sample recording, asked about among the demonstration songs:
"""

SIGNS = {  # what pip or venv says -> what we say
    "No space left on device": "the disk is full",
    "name resolution": "there is no network",
    "Name or service not known": "there is no network",
    "nodename nor servname": "there is no network",
    "getaddrinfo failed": "there is no network",
    "NewConnectionError": "the package index cannot be reached",
    "ConnectTimeoutError": "the package index does not answer",
    "ProxyError": "the proxy in front of the package index refuses",
    "SSLError": "the package index's certificate is not trusted here",
    "No module named venv": "this Python has no venv (on Debian: sudo apt-get install python3-venv)",
    "No module named pip": "this Python has neither ensurepip nor pip (on Debian: sudo apt-get install python3-venv)",
    "(from versions: none)": "the package index cannot be reached",
    "No matching distribution": "a library is not to be had for this Python on this system",
}


def main(arguments: list[str]) -> int:
    purpose = "test" if arguments[:1] == ["test"] else "use"
    try:
        if not is_ready(purpose):
            set_up(purpose)
    except SetUpFailed as error:
        return stop(str(error))
    except OSError as error:
        return stop(f"Set-up stopped in {VENV}: {error.strerror or error}.")
    except KeyboardInterrupt:
        return stop("Set-up was interrupted; the next start takes it up again.")
    if purpose == "test":
        os.chdir(ROOT)
        return become("-m", "pytest", *arguments[1:])
    if not arguments and not has_screen():
        say(NO_SCREEN)
        return become("-P", "-m", "musicrec_desktop", "recommend", str(SAMPLE), "--demo")
    return become("-P", "-m", "musicrec_desktop", *arguments)


class SetUpFailed(Exception):
    """One sentence for the user, and whether packages were already being replaced."""

    def __init__(self, sentence: str, *, begun: bool = False) -> None:
        super().__init__(sentence)
        self.begun = begun


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> int:
    say(sentence)
    return 1


def has_screen() -> bool:
    """macOS and Windows always have one."""
    return not sys.platform.startswith("linux") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def become(*arguments: str) -> int:
    """Run Python of the environment in this process's place (Windows knows no such thing)."""
    command = [str(PYTHON), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


# What is there already


def is_ready(purpose: str) -> bool:
    """Whether nothing has to be done; what the tests need includes what the program needs."""
    state = read_state()
    return PYTHON.exists() and state in {f"test {digest()}", f"{purpose} {digest()}"}


def read_state() -> str:
    try:
        return STATE.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def digest() -> str:
    """Changes with everything the environment was made from, and with the folder, for it cannot be moved."""
    facts = f"{sys.version_info[:2]} {ROOT} {LIBRARIES} {TEST_SERVERS}"
    text = hashlib.sha256(facts.encode(errors="surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        text.update((ROOT / name).read_bytes())
    return text.hexdigest()[:16]


# Making it


def set_up(purpose: str) -> None:
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    if not PYTHON.exists() and free_gb < NEEDED_GB:
        raise SetUpFailed(f"Set-up needs {NEEDED_GB:.0f} GB of free disk in {ROOT}; there are {free_gb:.1f} GB.")
    install_system_packages(purpose)
    before = read_state()
    if not is_usable(before):
        before = make_environment()
    install(purpose, before)
    run("-c", COMPILE)
    STATE.write_text(f"{purpose} {digest()}", encoding="utf-8")
    say("Set-up is done.")


def is_usable(state: str) -> bool:
    """Whether `.venv` can be installed into: made to the end, by a Python of this version that is still there."""
    if state == "unfinished" or not PYTHON.exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return subprocess.call([str(PYTHON), "-c", check], stderr=subprocess.DEVNULL) == 0


def make_environment() -> str:
    say(f"Making an environment in {VENV} ...")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    STATE.write_text("unfinished", encoding="utf-8")
    if importlib.util.find_spec("ensurepip") is None:
        apt_install([f"python3.{sys.version_info[1]}-venv"])
    importlib.invalidate_caches()
    with_pip = importlib.util.find_spec("ensurepip") is not None
    run("-m", "venv", *([] if with_pip else ["--without-pip"]), str(VENV), python=BASE)
    if not with_pip:  # Debian's Python without python3-venv: another pip may still put one there
        run("-m", "pip", "--python", str(PYTHON), "install", "pip", python=BASE)
    return "unfinished"


def install(purpose: str, before: str) -> None:
    """The pinned dependencies and this folder, editable; what pip gives up before it begins leaves the old state."""
    say("Installing the libraries: a few minutes, once ...")
    STATE.write_text("unfinished", encoding="utf-8")
    try:
        run("-m", "pip", "install", "--no-compile", "-c", "constraints.txt", "-e", "." + EXTRAS[purpose])
    except SetUpFailed as error:
        if not error.begun:
            STATE.write_text(before, encoding="utf-8")
        raise


def run(*arguments: str, python: str = str(PYTHON)) -> None:
    """Run Python with its output in the log and one moving line on the terminal; raise SetUpFailed."""
    lines = []
    with LOG.open("a", encoding="utf-8") as log, piped(python, *arguments) as process:
        for line in process.stdout or ():
            lines.append(line.decode(errors="replace"))
            show(lines[-1], log)
    if process.returncode:
        raise SetUpFailed(diagnosis(lines), begun="Installing collected packages" in "".join(lines))


def piped(*command: str) -> "subprocess.Popen[bytes]":
    no_input, one_stream = subprocess.DEVNULL, subprocess.STDOUT
    return subprocess.Popen(command, cwd=ROOT, stdin=no_input, stdout=subprocess.PIPE, stderr=one_stream)


def show(line: str, log: TextIO) -> None:
    print(line, end="", file=log, flush=True)
    if sys.stderr.isatty():
        print("\r\033[K" + line.strip()[:70], end="\r", file=sys.stderr, flush=True)


def diagnosis(lines: list[str]) -> str:
    text = "".join(lines)
    cause = next((words for sign, words in SIGNS.items() if sign in text), None)
    last = next((line.strip() for line in reversed(lines) if line.strip()), "no output")
    return f"Set-up stopped: {cause or last}. Start again when that is mended (details: {LOG})."


# The system's packages (Debian and its like)


def install_system_packages(purpose: str) -> None:
    if shutil.which("dpkg-query") and shutil.which("apt-get"):
        apt_install((LIBRARIES + (TEST_SERVERS if purpose == "test" else "")).split())
    elif sys.platform.startswith("linux"):
        say("This is no Debian: PortAudio and Qt's libraries (xcb-cursor, EGL) must come from your own packages.")


def apt_install(wanted: list[str]) -> None:
    """Install what is missing when root; else, or when that fails, say which command does it."""
    present = installed_packages()
    missing = [name for name in wanted if name not in present]
    if not missing or not shutil.which("apt-get"):
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", "--no-remove", *missing]
    if os.geteuid() == 0:
        say(f"Installing system packages: {' '.join(missing)} ...")
        quietly("apt-get", "update")
        if quietly(*command) == 0:
            return
    say(f"System packages are missing; this command installs them: sudo {' '.join(command)}")


def quietly(*command: str) -> int:
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)


def installed_packages() -> set[str]:
    """Names of what is installed, with the names it stands in for."""
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Provides}\n"]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    words = [line.replace(",", " ").split() for line in lines]
    return {word for line in words if line[:1] == ["installed"] for word in line[1:]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
