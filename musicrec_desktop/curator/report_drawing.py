"""Vector pictures for the report: matplotlib's SVG, made to sit inside a page and to follow its colours.

Pictures are drawn in stand-in colours; on the page each becomes a CSS variable, so that one drawing serves light, dark
and paper. Text stays text. Everything that would point outside the page is taken out.
"""

import html
import io
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, LINE, QUIET = "#010203", "#040506", "#070809"
NETWORK, TREES = "#0d0e0f", "#101112"
_VARIABLES = {
    INK: "currentColor",
    LINE: "var(--line)",
    QUIET: "var(--quiet)",
    NETWORK: "var(--network)",
    TREES: "var(--trees)",
}
# The ten mood slots: shapes near those of the window's marks, told apart without colour.
P = ParamSpec("P")
SHAPES = ("o", "X", "s", "^", "v", "d", "p", "*", "D", "P")
INCH = 96.0  # CSS pixels
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # titles are words, whatever signs are in them
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.titlesize": 9.0,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
}


def mood_colour(slot: int) -> str:
    """The stand-in of a slot's colour."""
    return f"#a0000{slot % 10}"


def styled(draw: Callable[P, str]) -> Callable[P, str]:
    """Draws in the report's style, whatever style matplotlib has elsewhere."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> str:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return drawn


def new_figure(width: float, height: float, *, rows: int = 1, columns: int = 1) -> tuple[Figure, list[Axes]]:
    """An empty transparent picture, in CSS pixels, with its panels row by row."""
    figure = Figure(figsize=(width / INCH, height / INCH), layout="constrained")
    figure.patch.set_alpha(0.0)
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes in panels.flat:
        axes.patch.set_alpha(0.0)
    return figure, list(panels.flat)


def svg(figure: Figure, *, name: str, description: str) -> str:
    """The picture as an element of a page; `description` is what a listener to the page is told."""
    out = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}):
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata={"Date": None, "Creator": None})
    drawn = out.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'\s(xmlns(:\w+)?|version)="[^"]*"', "", drawn)
    drawn = re.sub(r'(<svg[^>]*?)\swidth="[^"]*"', r"\1", drawn, count=1)
    drawn = re.sub(r'(<svg[^>]*?)\sheight="[^"]*"', r"\1", drawn, count=1)
    for stand_in, variable in _VARIABLES.items():
        drawn = drawn.replace(stand_in, variable)
    drawn = re.sub(r"#a0000(\d)", r"var(--m\1)", drawn)
    width = figure.get_figwidth() * INCH
    label = html.escape(description, quote=True)
    drawn = drawn.replace("<svg", f'<svg role="img" aria-label="{label}" style="max-width:{width:.0f}px"', 1)
    # Signs that are not seen could turn a line around; they are no part of a picture.
    return "".join(sign for sign in drawn if sign.isprintable() or sign == "\n")
