"""Draw many dots as one path."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path


def dots(
    axes: Axes, x: npt.ArrayLike, y: npt.ArrayLike, colour: str, size: float
) -> None:
    """Draw dots: strokes without length, whose round ends are all that is seen.

    A mark of its own for each of 180 councils would take ten times the bytes.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its limits are left as they are.
    x, y : array_like
        Where the dots are [the chart's units], none missing.
    colour : str
        Of all of them.
    size : float
        How wide each is [points].
    """
    places = np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
    if not len(places):
        return
    codes = np.tile([Path.MOVETO, Path.LINETO], len(places))
    path = Path(np.repeat(places, 2, axis=0), codes)
    # Simplified, a path of many strokes without length would lose all but one.
    path.should_simplify = False
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=colour,
            linewidth=size,
            capstyle="round",
            zorder=3,
        )
    )
