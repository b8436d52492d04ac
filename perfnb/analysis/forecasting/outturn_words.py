"""Say how a year's end was forecast, or why it was not."""

from __future__ import annotations

from perfnb.analysis.forecasting.year_end import COMPLETE, YearEnd
from perfnb.methods import Methods

REASONS = {
    "no rule": "its quarters are not put together to a year",
    "overlapping windows": "each figure shares months with the one before, so that "
    "the next one is mostly known months and no forecast",
    "no data": "there is no figure",
    "too old": "the latest figure is too old",
    "gap in the year": "a period of this year has no figure",
    "break in the year": "the figures are made differently within this year",
    "no counts": "the counts behind the figures are not held",
    "too few points": "too few figures follow on one another",
    "no variation": "the figures have no ups and downs of their own, so nothing "
    "tells how far the next may differ",
}
"""Why there is no forecast, by standing."""


def method(end: YearEnd, stretch: float, methods: Methods) -> str:
    """Name the method and its sources, or the reason why there is no forecast.

    Parameters
    ----------
    end : YearEnd
        What is known of the year and where it may end.
    stretch : float
        By how much the ranges are widened.
    methods : Methods
        House rules of forecasting.

    Examples
    --------
    >>> import numpy as np
    >>> from perfnb.methods import read_methods
    >>> nothing = np.empty((0, 0))
    >>> end = YearEnd("too old", np.array([]), np.array([]), nothing, None, 0, None)
    >>> method(end, 1.0, read_methods("parameters/methods.yaml"))
    'Insufficient data: the latest figure is too old.'
    """
    if end.standing == COMPLETE:
        return "Every period of the year is known: this is the outturn, no forecast."
    if end.forecast is None:
        return f"Insufficient data: {REASONS[end.standing]}."
    inner, outer = methods.forecast_inner_confidence, methods.confidence
    widened = ""
    if stretch > 1:
        widened = (
            " The ranges are widened as far as earlier forecasts ask for (Lei et al "
            "2018)."
        )
    return (
        f"{end.forecast.method} What is known is kept and the rest of the year "
        f"simulated {methods.forecast_paths:,} times on a scale on which errors are "
        f"alike (Bartlett 1947); the middle and the {inner:.0%} and {outer:.0%} "
        f"ranges are those of the simulated years.{widened}"
    )
