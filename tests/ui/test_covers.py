"""Covers: decoded with care, kept on the disk and in memory, and never in the way of the window."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.types import TrackId
from musicrec_desktop.ui.cover_files import CoverFiles
from musicrec_desktop.ui.cover_images import Cover, decode
from musicrec_desktop.ui.covers import CoverShelf
from musicrec_desktop.ui.prints import PrintShelf, Sleeve
from musicrec_desktop.ui.sound_print import cover_pixmap
from musicrec_desktop.ui.theme import Theme
from tests.unit.intake.pictures import claiming_png, mp3, png

SIDE = 72
RED = (200, 40, 40)


def jpeg(wide: int = 300, high: int = 200, colour: tuple[int, int, int] = RED) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(*colour))
    for x in range(0, wide, 3):
        image.setPixelColor(x, high // 2, QColor("blue"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(buffer.data())


def near(image: QImage, colour: tuple[int, int, int], *, x: int = 10, y: int = 10) -> bool:
    found = image.pixelColor(x, y).getRgb()[:3]
    return all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize("data", [png(400, 400), png(30, 30), png(400, 120), jpeg()])
def test_the_middle_square(data: bytes) -> None:
    image = decode(data, SIDE)
    assert image is not None
    assert (image.width(), image.height()) == (SIDE, SIDE)
    assert near(image, RED)


HOSTILE = {
    "nothing": b"",
    "text": b"this is not a picture" * 50,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "bitmap": b"BM" + bytes(200),
    "half a png": png(300, 300)[:200],
    "half a jpeg": jpeg()[: len(jpeg()) // 2],
    "png in name only": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "jpeg in name only": b"\xff\xd8\xff\xe0" + bytes(500) + b"\xff\xd9",
    "says it is huge": claiming_png(100_000, 100_000),
    "says it is endless": claiming_png(2**31 - 1, 2**31 - 1),
    "says it is empty": claiming_png(0, 10),
    "a line": png(3000, 2),
    "unpacks to much": png(20_000, 2_000),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pictures_are_none(data: bytes) -> None:
    began = time.monotonic()
    assert decode(data, SIDE) is None
    assert time.monotonic() - began < 1.0


def test_kept_pictures_follow_their_files(tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"1")
    files = CoverFiles(tmp_path / "covers", side=SIDE)
    assert files.load(source) is None
    files.keep(source, decode(jpeg(), SIDE))
    kept = files.load(source)
    assert kept is not None and near(kept, RED)
    source.write_bytes(b"22")
    assert files.load(source) is None
    assert CoverFiles(tmp_path / "covers", side=144).load(source) is None
    assert files.load(tmp_path / "gone.mp3") is None
    next((tmp_path / "covers").iterdir()).write_bytes(b"\xff\xd8\xffdamaged")
    source.write_bytes(b"1")
    assert files.load(source) is None


def test_kept_pictures_are_bounded(tmp_path: Path) -> None:
    files = CoverFiles(tmp_path / "covers", side=SIDE, most_bytes=20_000)
    image = decode(jpeg(), SIDE)
    sources = []
    for number in range(60):
        source = tmp_path / f"{number}.mp3"
        source.write_bytes(b"x" * number)
        files.keep(source, image)
        for kept in (tmp_path / "covers").iterdir():
            if kept.stat().st_mtime_ns > 10**15:
                os.utime(kept, ns=(number, number))
        sources.append(source)
    files.clear()
    assert 5_000 < sum(kept.stat().st_size for kept in (tmp_path / "covers").iterdir()) <= 20_000
    assert files.load(sources[-1]) is not None, "the newest stay"
    assert files.load(sources[0]) is None


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "covers").write_text("a file in its place")
    source = tmp_path / "a.mp3"
    source.write_bytes(b"1")
    files = CoverFiles(tmp_path / "covers", side=SIDE)
    files.keep(source, decode(jpeg(), SIDE))
    files.clear()
    assert files.load(source) is None


@pytest.fixture
def shelf(tmp_path: Path, qtbot: QtBot) -> Iterator[CoverShelf]:
    shelf = CoverShelf(tmp_path / "covers")
    yield shelf
    shelf.stop()
    assert "covers" not in {thread.name for thread in threading.enumerate()}


def test_covers_arrive(shelf: CoverShelf, tmp_path: Path, qtbot: QtBot) -> None:
    inside = mp3(tmp_path / "inside.mp3", png(100, 100))
    (tmp_path / "album").mkdir()
    (tmp_path / "album" / "Folder.JPG").write_bytes(jpeg(colour=(20, 160, 40)))
    beside = tmp_path / "album" / "beside.mp3"
    beside.write_bytes(b"nothing in it")
    paths = (inside, beside, tmp_path / "none" / "gone.mp3")
    assert [shelf.cover_of(path) for path in paths] == [None] * 3
    qtbot.waitUntil(lambda: all(shelf.cover_of(path) for path in paths[:2]))
    assert near(shelf.cover_of(inside).image, RED)
    assert near(shelf.cover_of(beside).image, (20, 160, 40))
    assert shelf.cover_of(paths[2]) is None
    assert len(list((tmp_path / "covers").iterdir())) == 2


def test_hostile_files_fall_back_to_the_print(shelf: CoverShelf, tmp_path: Path, qtbot: QtBot) -> None:
    for number, data in enumerate(HOSTILE.values()):
        mp3(tmp_path / f"{number}.mp3", data)
        shelf.cover_of(tmp_path / f"{number}.mp3")
    good = mp3(tmp_path / "good.mp3", png(50, 50))
    qtbot.waitUntil(lambda: shelf.cover_of(good) is not None)
    qtbot.waitUntil(lambda: len(shelf._shelf) == len(HOSTILE) + 1)
    assert [path.name for path, cover in shelf._shelf.items() if cover] == ["good.mp3"]


def test_prints_until_covers_are_wanted(shelf: CoverShelf, tmp_path: Path, qtbot: QtBot) -> None:
    song, track_id, sound_print = mp3(tmp_path / "a.mp3", png(50, 50)), TrackId("a"), object()
    prints = PrintShelf(lambda ids: None)
    prints.use_covers(shelf)
    prints.take({track_id: Sleeve(sound_print, song), TrackId("b"): Sleeve(sound_print, None)})
    assert prints.print_of(track_id) is sound_print
    prints.show_covers(True)
    with qtbot.waitSignal(prints.arrived):
        assert prints.print_of(track_id) is sound_print
    assert isinstance(prints.print_of(track_id), Cover)
    assert prints.print_of(TrackId("b")) is sound_print
    prints.show_covers(False)
    assert prints.print_of(track_id) is sound_print


def test_a_cover_has_the_corners_of_all_covers(qtbot: QtBot) -> None:
    cover = Cover(decode(png(144, 144), 144))
    for size in (32, 44, 72):
        pixmap = cover_pixmap("a", cover, mood_id=3, size=size, theme=Theme.named("dark"), dpr=2.0)
        image = pixmap.toImage()
        assert (image.width(), pixmap.devicePixelRatio()) == (2 * size, 2.0)
        assert image.pixelColor(0, 0).alpha() == 0
        assert near(image, RED, x=size, y=size)


def test_reading_covers_leaves_the_window_its_turn(shelf: CoverShelf, tmp_path: Path, qtbot: QtBot) -> None:
    data = jpeg(1500, 1500)
    for number in range(40):
        shelf.cover_of(mp3(tmp_path / f"{number}.mp3", data))
    longest, last, end = 0.0, time.monotonic(), time.monotonic() + 20
    while len(shelf._shelf) < 40 and time.monotonic() < end:
        qtbot.wait(1)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    assert len(shelf._shelf) == 40
    assert longest < 0.2, f"the window waited {longest * 1000:.0f} ms"
