"""Icons, marks, covers and halftones: drawn once, sharp, in the colours given."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from musicrec_desktop.ui import icons, marks
from musicrec_desktop.ui.sound_print import cover_pixmap, dot_sizes, halftone_height, halftone_pixmap
from musicrec_desktop.ui.theme import Theme

PRINT = np.random.default_rng(4).integers(0, 256, (12, 14), dtype=np.uint8)
NEEDED = (
    "mic computer listen moods search map folder playlists history settings file chevron heart block plus more-like "
    "play pause prev next queue volume shield offline check quiet warning close dots shuffle back"
)


def drawn(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 40 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_draws_in_its_colour_only(qapp: object, name: str) -> None:
    image = icons.icon_pixmap(name, 24, Theme.named("dark").warn, 2.0).toImage()
    assert (image.width(), image.devicePixelRatio()) == (48, 2.0)
    assert 20 < drawn(image) < 48 * 48 * 0.7
    solid = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250
    }
    wanted = Theme.named("dark").warn.getRgb()
    # One step of rounding where edges meet.
    assert all(max(abs(a - b) for a, b in zip(QColor(name).getRgb(), wanted, strict=True)) <= 1 for name in solid)
    border = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    assert max(border) < 40  # nothing is cut off


def test_every_icon_needed_is_there() -> None:
    assert set(NEEDED.split()) <= set(icons.NAMES)
    with pytest.raises(KeyError):
        icons.icon_pixmap("guitar", 24, QColor(), 1.0)


def test_pixmaps_are_cached(theme: Theme) -> None:
    assert (
        icons.icon_pixmap("mic", 20, theme.text, 1.0).cacheKey()
        == icons.icon_pixmap("mic", 20, theme.text, 1.0).cacheKey()
    )
    cover = {"mood_id": 3, "size": 44, "theme": theme, "dpr": 2.0}
    assert cover_pixmap("t", PRINT, **cover).cacheKey() == cover_pixmap("t", PRINT, **cover).cacheKey()


@pytest.mark.parametrize("slot", range(10))
def test_a_mark_stays_near_its_box(slot: int) -> None:
    box = marks.mark_path(slot).boundingRect()
    assert max(abs(box.left()), abs(box.right()), abs(box.top()), abs(box.bottom())) <= 1.2


def test_the_second_ten_are_outlined(theme: Theme) -> None:
    def middle(slot: int) -> int:
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        marks.paint_mark(painter, slot, 20, 20, 12, theme.mood(slot).mark)
        painter.end()
        return image.pixelColor(20, 20).alpha()

    assert middle(0) == 255
    assert middle(10) == 0


def test_dots_are_bands_without_their_own_level() -> None:
    steady = np.repeat(np.linspace(0, 200, 12)[:, None], 14, axis=1).astype(np.uint8)
    assert dot_sizes(steady, n_rows=12, n_columns=14).max() == 0
    pulse = steady // 2
    pulse[:, 7:9] += 100
    sizes = dot_sizes(pulse, n_rows=12, n_columns=14)
    assert (sizes[:, 7:9] > 0.9).all()
    assert sizes[:, [0, 3, 12]].max() < 0.3


@pytest.mark.parametrize(("rows", "columns"), [(6, 6), (9, 9), (13, 14)])
def test_any_grid_covers_the_whole_print(rows: int, columns: int) -> None:
    lively = np.zeros((12, 14), np.uint8)
    lively[:, 11:] = 200
    sizes = dot_sizes(lively, n_rows=rows, n_columns=columns)
    assert sizes.shape == (rows, columns)
    assert sizes[:, -1].min() == pytest.approx(1.0)
    assert sizes[:, 0].max() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_cover_uses_its_two_colours(theme: Theme, dpr: float) -> None:
    image = cover_pixmap("t", PRINT, mood_id=4, size=44, theme=theme, dpr=dpr).toImage()
    assert image.width() == round(44 * dpr)
    names = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.mood(4).cover.name() in names
    assert theme.mood(4).print.name() in names


def test_a_cover_without_sound_is_plain(theme: Theme) -> None:
    image = cover_pixmap("t", None, mood_id=None, size=44, theme=theme, dpr=1.0).toImage()
    assert image.pixelColor(22, 22) == theme.line2


def test_halftone_has_fourteen_columns(theme: Theme) -> None:
    full = np.tile(np.array([0, 255], np.uint8), (12, 7))
    image = halftone_pixmap(2, full, width=160, theme=theme, dpr=1.0).toImage()
    assert image.height() == halftone_height(160)
    row = [image.pixelColor(x, 6).alpha() > 128 for x in range(160)]
    assert sum(after and not before for before, after in zip(row, row[1:], strict=False)) == 7


def test_a_mood_without_songs_has_its_marks_at_rest(theme: Theme) -> None:
    image = halftone_pixmap(7, None, width=160, theme=theme, dpr=1.0).toImage()
    seen = [image.pixelColor(x, y).alpha() for x in range(160) for y in range(image.height())]
    assert 0 < sum(alpha > 60 for alpha in seen) < 0.2 * len(seen)
