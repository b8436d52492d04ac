"""Direct labels at the right edge of a chart, moved apart where they would meet.

A line with its name beside it needs no legend. Where two lines lie close, their
labels are moved apart, the order kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

_LINE = 0.155
_FRAME = 0.75


@dataclass(frozen=True)
class Label:
    """What a line is called.

    Parameters
    ----------
    height : float
        Where the line lies [the chart's unit].
    text : str
        One line or several.
    colour : str
        As the line's.
    """

    height: float
    text: str
    colour: str


def spread(heights: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Move labels apart just as far as they need, from the lowest up.

    Parameters
    ----------
    heights : sequence of float
        Middles, lowest first [share of the chart's height].
    sizes : sequence of float
        How tall each is [the same].

    Returns
    -------
    list of float
        Middles that do not meet; when they would leave the chart at the top, all
        that are pushed move down together.

    Examples
    --------
    >>> spread([0.5, 0.5], [0.25, 0.25])
    [0.5, 0.75]
    >>> spread([0.2, 0.9, 1.0], [0.2, 0.2, 0.2])
    [0.2, 0.8, 1.0]
    """
    placed: list[float] = []
    for height, size in zip(heights, sizes, strict=True):
        least = placed[-1] + (sizes[len(placed) - 1] + size) / 2 if placed else height
        placed.append(max(height, least))
    ceiling = 1.0 if placed else 0.0
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], ceiling)
        if place:
            ceiling = placed[place] - (sizes[place] + sizes[place - 1]) / 2
    return [round(each, 9) for each in placed]


def label_lines(axes: Axes, labels: Sequence[Label], height: float) -> None:
    """Write the names of lines beside them.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits as they will stay.
    labels : sequence of Label
        In any order.
    height : float
        Of the whole figure [inches].
    """
    low, high = axes.get_ylim()
    ordered = sorted(labels, key=lambda label: label.height)
    line = _LINE / (height - _FRAME)
    sizes = [(label.text.count("\n") + 1) * line for label in ordered]
    wanted = [(label.height - low) / (high - low) for label in ordered]
    for label, place in zip(ordered, spread(wanted, sizes), strict=True):
        axes.annotate(
            label.text,
            (1, place),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            color=label.colour,
            va="center",
            linespacing=1.0,
        )
