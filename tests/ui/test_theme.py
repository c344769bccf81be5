"""Contrast, and that colours come from the tokens alone."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from musicrec_desktop.ui import fonts, marks, theme
from musicrec_desktop.ui.theme import Theme, stylesheet

UI = Path(theme.__file__).parent
SURFACES = ("base", "sheet", "raised", "hover")


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: QColor) -> tuple[float, float, float]:
    """OKLab, times 100."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(part) for part in colour.getRgbF()[:3])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        100 * (0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short),
        100 * (1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short),
        100 * (0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short),
    )


@pytest.mark.parametrize("text", ["text", "text2", "text3", "ok", "warn", "danger"])
@pytest.mark.parametrize("surface", SURFACES)
def test_text_reads_on_every_surface(theme: Theme, text: str, surface: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, surface)) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_operated_is_seen(theme: Theme, surface: str) -> None:
    assert contrast(theme.control, getattr(theme, surface)) >= 3.0
    assert contrast(theme.focus, getattr(theme, surface)) >= 3.0


def test_white_reads_on_the_record_colour(theme: Theme) -> None:
    assert contrast(theme.on_record, theme.record_fill) >= 4.5
    assert contrast(theme.sheet, theme.text) >= 4.5


@pytest.mark.parametrize("slot", range(10))
def test_moods_are_seen_and_read(theme: Theme, slot: int) -> None:
    mood = theme.mood(slot)
    assert contrast(mood.mark, mood.tint) >= 3.0
    assert contrast(mood.mark, theme.sheet) >= 3.0
    assert contrast(mood.ink, mood.tint) >= 7.0
    assert contrast(theme.text, mood.tint) >= 6.2
    assert contrast(theme.text2, mood.tint) >= 4.5


def test_no_two_marks_look_alike(theme: Theme) -> None:
    colours = [lab(mood.mark) for mood in theme.moods]
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in itertools.combinations(colours, 2)
    )
    assert nearest > 10.5


def test_no_two_marks_have_one_shape() -> None:
    shapes = {str(marks.mark_path(slot).toFillPolygon().toList()) for slot in range(10)}
    assert len(shapes) == 10


def test_colours_repeat_after_ten_and_no_mood_borrows_none(theme: Theme) -> None:
    assert theme.mood(13).mark == theme.mood(3).mark
    assert theme.mood(None).mark not in [mood.mark for mood in theme.moods]


def test_ember_is_strictly_monotone_and_even(theme: Theme) -> None:
    assert len(theme.ember) == 256
    lightness = [lab(QColor.fromRgba(entry))[0] for entry in theme.ember]
    steps = [after - before for before, after in itertools.pairwise(lightness[::8])]
    assert all(step > 0 for step in steps) or all(step < 0 for step in steps)


def test_themes_are_one_object_each(qapp: object) -> None:
    assert Theme.named("dark") is Theme.named("dark")
    with pytest.raises(KeyError):
        Theme.named("sepia")


def test_stylesheet_knows_no_other_colour(theme: Theme) -> None:
    used = set(re.findall(r"#[0-9a-fA-F]{6}", stylesheet(theme)))
    tokens = {getattr(theme, name).name() for name in (*SURFACES, "line", "line2", "text", "text2", "text3")}
    assert used <= tokens | {theme.control.name(), theme.focus.name()}


def test_no_colour_outside_the_tokens() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*[\"'\d]|GlobalColor\.(?!transparent)")
    found = {
        f"{path.name}: {match.group()}"
        for path in UI.rglob("*.py")
        if path.name != "tokens.py"
        for match in literal.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_no_type_under_eleven_px(qapp: object) -> None:
    roles = fonts.Role.__args__
    assert min(fonts.font(role).pixelSize() for role in roles) == 11
    assert fonts.sized(6).pixelSize() == 11
    sizes = {match for path in UI.rglob("*.py") for match in re.findall(r"setPixelSize\((\d+)", path.read_text())}
    assert {int(size) for size in sizes if int(size) < 11} == set()


def test_only_two_weights(qapp: object) -> None:
    assert {fonts.font(role).weight().value for role in fonts.Role.__args__} == {400, 700}
