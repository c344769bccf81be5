"""Pictures of every page of the window for the documentation: `python tools/pictures.py MUSIC_FOLDER [--keep]`.

The window, the engine and the catalogue are the real ones, with a copy of the songs in a folder of their own, so that
no place of this computer is shown; it is thrown away, or kept for the next run, which need not analyse them again.
Only the microphone is played: what it hears is a song of the folder. The first pages are those of a stranger's first
day, with the demonstration's songs. Pictures of an earlier run that are no longer made are deleted.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea

from musicrec_desktop import app
from musicrec_desktop.audio.files import blocks
from musicrec_desktop.audio.ring import SampleRing
from musicrec_desktop.core import paths
from musicrec_desktop.core.central import Release
from musicrec_desktop.core.errors import RemoteUnreachable
from musicrec_desktop.core.settings import CentralSettings, LookSettings, Settings
from musicrec_desktop.core.types import Floats
from musicrec_desktop.ui.crash_reporter import CrashReporter
from musicrec_desktop.ui.session import State
from musicrec_desktop.workers.keeping import Kept
from musicrec_desktop.workers.sync import SyncStatus

SR = 44100
BLOCK_S = 0.1
NEAR, FAR = 0.3, 0.003  # of a song's loudness: as one would hold a laptop, and too far away
OUT = Path("docs/pictures")
USUAL, SMALL = QSize(1280, 800), QSize(900, 600)
PATIENCE_S = 600.0
ENDINGS = (".mp3", ".ogg", ".flac", ".wav", ".opus")


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window can look, how its pictures are called, and which of them are kept."""

    theme: Literal["light", "dark"]
    language: Literal["en", "ko"]
    pages: tuple[str, ...]
    size: QSize = USUAL

    @property
    def ending(self) -> str:
        small = "-900x600" if self.size == SMALL else ""
        return f"{small}-{self.theme}-{self.language}"


FIRST = ("first", "demo-listen", "demo-moods", "demo-library", "library-empty")
LISTEN = ("listen-idle", "listen-recording", "listen-results", "refusal")
CATALOGUE = ("moods", "mood", "search", "search-none", "search-empty", "library", "settings", "settings-more", "file")
CENTRAL = ("settings-central", "sync-coming", "sync-offline")
ALL = (*FIRST, *CENTRAL, "import", "doctor", *LISTEN, *CATALOGUE)
LOOKS = (
    Look("light", "en", ALL),
    Look("dark", "ko", ALL),
    Look("dark", "en", ALL),
    Look("light", "ko", ALL),
    Look("light", "ko", ("first", "listen-recording", "listen-results", "moods", "settings", *CENTRAL), SMALL),
    Look("dark", "en", ("listen-idle", "listen-results", "refusal", "search", "doctor"), SMALL),
)


# A central catalogue as it might be, for pictures of how things stand with it.
CATALOGUE_AT = CentralSettings("mysql://listener@music.example.org/music")
RELEASE = Release("a", 12, 7, "m", "f", 100_000, "d", f"{time.localtime().tm_year}-05-03T10:00:00Z")


class PlayedMicrophone:
    """An open microphone in front of which songs play."""

    played, name = False, "Microphone"

    def __init__(self) -> None:
        self.sr = SR
        self.ring = SampleRing(60 * SR, SR)

    def close(self, *, wait_s: float = 1.0) -> bool:
        """Nothing is open."""
        return True


class Studio:
    """The running window, and what is done with it for a picture."""

    def __init__(self, out: Path, music: Path) -> None:
        self.made: list[str] = []
        self._application = app.open_application()
        self._out = out
        self._songs = sorted(path for path in music.rglob("*") if path.suffix in ENDINGS)
        settings = Settings(look=LookSettings(language="en", theme="light"))
        self.desktop = app.DesktopApp(settings, CrashReporter(paths.log_folder()))
        self.window = self.desktop.window
        self.window.show()
        self._microphone = PlayedMicrophone()
        self._look = LOOKS[0]
        self.wait(lambda: self.desktop.session.engine_ready)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the window did not get there")
            self._application.processEvents()
            time.sleep(0.005)

    def settle(self, duration_s: float = 0.4) -> None:
        until = time.monotonic() + duration_s
        self.wait(lambda: time.monotonic() > until)

    def put_on(self, look: Look) -> None:
        self._look = look
        self.window.resize(look.size)
        self.window.set_look(LookSettings(language=look.language, theme=look.theme))
        self.settle()

    def shoot(self, name: str) -> None:
        """Save the window, as it is now, under this name and that of its look."""
        if name not in self._look.pages:
            return
        self.settle()
        path = self._out / f"{name}{self._look.ending}.png"
        in_256_colours(self.window.grab().toImage()).save(str(path), quality=0)
        self.made.append(path.name)
        print(f"{path.name} {path.stat().st_size // 1000} kB")

    def hear(self, duration_s: float, sound: Iterator[Floats]) -> None:
        """Let so much sound arrive, faster than in life, with the window looking at each block."""
        for _ in range(round(duration_s / BLOCK_S)):
            self._microphone.ring.write(next(sound))
            self.window.listen.live.pull()
            self.desktop.session.tick()
            self._application.processEvents()

    def song(self, number: int, *, loudness: float = NEAR) -> Iterator[Floats]:
        """A song in blocks, from its beginning, over and over."""
        path = self._songs[number % len(self._songs)]
        whole = np.concatenate([block.samples for block in blocks(path, sr=SR)]) * np.float32(loudness)
        step = round(BLOCK_S * SR)
        while True:
            for start in range(0, len(whole) - step, step):
                yield whole[start : start + step]

    def open_microphone(self) -> None:
        self.desktop.session.on_opened(self._microphone, "Built-in microphone")

    # the pages

    def in_every_look(self, name: str) -> None:
        """The page as it stands, without leaving it."""
        for look in LOOKS:
            if name in look.pages:
                self.put_on(look)
                self.shoot(name)

    def picture_first_day(self) -> None:
        """What a stranger sees: the first page, and the songs that come with the program."""
        self.settle(2.0)
        for page, name in (("first", "first"), ("listen", "demo-listen"), ("moods", "demo-moods")):
            self.window.show_page(page)
            self.settle(1.0)
            self.in_every_look(name)
        self.window.show_page("library")
        self.in_every_look("demo-library")

    def picture_central(self) -> None:
        """How things stand with a central catalogue: in the settings, while songs come, and without its server."""
        desktop, now_s = self.desktop, time.time()
        desktop.sync.stop()  # what it would say is said here
        section = self.window.settings.central
        section.connect_wanted.emit(CATALOGUE_AT, "")
        desktop.link.on_password_kept(True)
        desktop.link.on_status(SyncStatus("current", 12, looked_s=now_s), RELEASE)
        section.previews.show_done("keep", Kept(100_000, 31_000_000_000, 1204, 361_000_000), None)
        self.window.show_central()
        self.settle()
        for look in (look for look in LOOKS if "settings-central" in look.pages):
            self.put_on(look)
            self.window.show_central()
            self.shoot("settings-central")
        self.window.show_page("library")
        desktop.link.on_status(SyncStatus("fetching", 11, 34_120, 100_000), RELEASE)
        self.in_every_look("sync-coming")
        self.window.show_page("moods")
        gone = RemoteUnreachable(server="music.example.org:3306")
        desktop.link.on_status(SyncStatus("offline", 12, offline_since_s=now_s, error=gone), RELEASE)
        self.in_every_look("sync-offline")

    def picture_empty_library(self) -> None:
        """Without songs and without the demonstration."""
        self.window.library.set_demonstration(False)
        self.window.library.set_tracks([])
        self.window.show_page("library")
        self.in_every_look("library-empty")

    def import_music(self, music: Path) -> None:
        """The library fills; a picture half-way."""
        self.desktop.connections.import_paths([music])
        card = self.window.library.card
        self.wait(lambda: card.bar.value() >= len(self._songs) // 2 or not self.desktop.importer.running)
        self.in_every_look("import")
        self.wait(lambda: not self.desktop.importer.running)
        card.button.click()
        self.settle(1.0)

    def picture_doctor(self) -> None:
        """The self-test, once it is done."""
        self.window.show_page("doctor")
        self.wait(lambda: self.window.doctor.copy.isEnabled())
        self.in_every_look("doctor")

    def picture_listening(self, song: int) -> None:
        """Idle, recording, results; then the same from too far away."""
        session = self.desktop.session
        self.window.show_page("listen")
        session.escape()
        sound = self.song(song)
        self.hear(30.0, sound)
        self.shoot("listen-idle")
        session.click()
        self.hear(3.2, sound)
        self.settle(0.6)
        self.hear(1.0, sound)
        self.shoot("listen-recording")
        self.hear(2.0, sound)
        self.wait(lambda: session.state is State.SHOWING)
        self.shoot("listen-results")

    def picture_refusal(self, song: int) -> None:
        session = self.desktop.session
        near, far = self.song(song), self.song(song, loudness=FAR)
        self.hear(12.0, near)
        session.click()
        self.hear(6.1, far)
        self.wait(lambda: session.state is State.SHOWING)
        self.shoot("refusal")
        session.escape()

    def picture_catalogue(self) -> None:
        """Moods, the songs of one, search, library, settings with their end."""
        self.window.show_page("moods")
        self.shoot("moods")
        shelf = self.window.moods.counts
        self.desktop.connections.open_mood(max(shelf, key=lambda mood_id: shelf[mood_id]))
        self.shoot("mood")
        self.picture_search()
        self.window.show_page("library")
        self.shoot("library")
        self.window.show_page("settings")
        bar = self.window.settings.findChildren(QScrollArea)[0].verticalScrollBar()
        bar.setValue(0)
        self.shoot("settings")
        bar.setValue(bar.maximum())
        self.shoot("settings-more")

    def picture_search(self) -> None:
        """With hits, without, and before anything is typed."""
        field = self.window.search.field
        self.window.show_page("search")
        for text, name in (("an", "search"), ("qqqqqqqq", "search-none"), ("", "search-empty")):
            field.setText(text)
            self.settle(1.0)
            self.shoot(name)

    def picture_file(self, number: int) -> None:
        """The door for files: the whole file as a strip, its most typical passage in the frame."""
        self.desktop.connections.open_file(self._songs[number])
        self.wait(lambda: self.desktop.session.state is State.SHOWING)
        self.shoot("file")
        self.desktop.session.escape()

    def close(self) -> None:
        self.window.close()
        self.desktop.stop()


def in_256_colours(image: QImage) -> QImage:
    """The 256 commonest colours; the others become the nearest of them. Nothing is dithered."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.bits(), np.uint32).reshape(plain.height(), plain.width())
    colours, place, count = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-count)[:256]]
    apart = np.abs(_channels(colours)[:, None] - _channels(kept)[None]).sum(axis=2)
    indices = np.ascontiguousarray(apart.argmin(axis=1).astype(np.uint8)[place.reshape(pixels.shape)])
    flat = QImage(indices.data, plain.width(), plain.height(), plain.width(), QImage.Format.Format_Indexed8)
    flat.setColorTable([int(colour) for colour in kept])
    return flat.copy()  # owns its pixels


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int16]:
    return np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int16)


def delete_others(out: Path, made: Sequence[str]) -> None:
    """Pictures of the window that an earlier run made and this one did not."""
    for path in out.glob("*.png"):
        if re.fullmatch(r".+-(light|dark)-(en|ko)\.png", path.name) and path.name not in made:
            path.unlink()
            print(f"{path.name} deleted")


def first_day(out: Path, music: Path) -> list[str]:
    """Pictures in a home without songs."""
    studio = Studio(out, music)
    studio.picture_first_day()
    studio.picture_central()
    studio.picture_empty_library()
    studio.close()
    return studio.made


def later_days(out: Path, music: Path) -> list[str]:
    """Pictures with the songs of the folder."""
    studio = Studio(out, music)
    studio.import_music(music)
    studio.open_microphone()
    studio.picture_doctor()
    for number, look in enumerate(LOOKS):
        studio.put_on(look)
        studio.picture_listening(7 + 9 * number)
        studio.picture_refusal(5 + number)
        studio.picture_catalogue()
        studio.picture_file(11 + number)
    studio.close()
    return studio.made


def main(arguments: Sequence[str]) -> int:
    music = [argument for argument in arguments if argument != "--keep"]
    if len(music) != 1:
        print(__doc__)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    place = Path(tempfile.gettempdir()) / "listener"
    songs = place / "Music"
    if not songs.exists():
        shutil.copytree(music[0], songs)
    made = []
    for home, pictures in (("newcomer", first_day), ("MusicRec", later_days)):
        os.environ["MUSICREC_HOME"] = str(place / home)
        made += pictures(OUT.resolve(), songs)
    delete_others(OUT, made)
    if "--keep" not in arguments:
        shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
