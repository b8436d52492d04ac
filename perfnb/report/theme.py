"""How everything looks: colours, type and the two shapes of every chart.

Colours follow the semantics of NHS England's Making Data Count: blue improves,
orange is of concern, grey is common cause, purple is a change that is neither
good nor bad. Each stands at 4.5:1 or more against white and is never the only
sign of its meaning.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from perfnb.report.compact_svg import compact

INK = "#1d2a33"
QUIET = "#5b6770"
FAINT = "#d5dade"
COUNCIL = "#12436d"
IMPROVEMENT = "#005eb8"
CONCERN = "#b34700"
CHANGE = "#6a3d9a"

VARIATION_COLOURS = {
    "improvement": IMPROVEMENT,
    "concern": CONCERN,
    "change": CHANGE,
    "common cause": QUIET,
    "not assessed": QUIET,
}
VARIATION_MARKERS = {
    "improvement": "^",
    "concern": "v",
    "change": "D",
    "common cause": "o",
    "not assessed": "o",
}

_DRAWN_WITH = "DejaVu Sans"
_SHOWN_WITH = "Arial,'Liberation Sans',Helvetica,sans-serif"


@dataclass(frozen=True)
class Shape:
    """A size that each chart is drawn for.

    Parameters
    ----------
    name : str
        ``wide`` for laptops and paper, ``narrow`` for phones.
    width : float
        Inches; at 96 pixels an inch a chart is shown at its own size.
    labels : int
        How many labels fit along the horizontal axis.
    """

    name: str
    width: float
    labels: int


WIDE = Shape("wide", 7.4, 9)
NARROW = Shape("narrow", 3.4, 4)
SHAPES = (WIDE, NARROW)

# 9 points are 12 pixels: legible at the width of a phone. The salt and the
# missing date make the same figures give the same bytes.
_SETTINGS: Any = {
    "font.family": _DRAWN_WITH,
    "font.size": 9,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "perfnb",
}


@contextmanager
def canvas(shape: Shape, height: float, rows: int = 1, **grid: Any) -> Iterator[Any]:
    """Open a figure in the house style.

    The figure is free-standing: nothing of pyplot's global state is touched.

    Parameters
    ----------
    shape : Shape
        Which of the two sizes.
    height : float
        Inches.
    rows : int
        Panels above each other.
    **grid
        Passed to `matplotlib.figure.Figure.subplots`.

    Yields
    ------
    figure, axes
        As `Figure.subplots` gives them.
    """
    with mpl.rc_context(sns.axes_style("ticks") | _SETTINGS):
        figure = Figure(figsize=(shape.width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure, figure.subplots(rows, 1, **grid)


def to_svg(figure: Figure) -> str:
    """Write a figure as a small SVG, the same bytes for the same figure.

    Text stays text. It is laid out with the font that ships with matplotlib,
    so that every machine lays it out alike, and shown with the reader's Arial,
    which is narrower and so always fits.
    """
    buffer = io.StringIO()
    with mpl.rc_context(_SETTINGS):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg)
    return compact(svg.replace(f"'{_DRAWN_WITH}'", _SHOWN_WITH).strip())
