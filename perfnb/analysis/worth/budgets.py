"""Is spending where the budget said? Forecast against budget for the same days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.frames import column, floats, require, require_once
from perfnb.errors import PerfnbError
from perfnb.methods import Methods


def variances(lines: pd.DataFrame, *, methods: Methods) -> pd.DataFrame:
    """Set what is forecast, or was spent, against the budget.

    Parameters
    ----------
    lines : pandas.DataFrame
        One row per budget line: `line`, `budget`, `forecast` [pounds, missing
        allowed], `budget_start`, `budget_end`, `forecast_start`,
        `forecast_end` [datetime64, missing with the figure].
    methods : Methods
        House rule `budget_tolerance`.

    Returns
    -------
    pandas.DataFrame
        The rows given with `budget_period`, `forecast_period`, `variance`
        [pounds, forecast less budget], `variance_share` [of the budget],
        `verdict` ('over budget', 'under budget', 'on budget', 'no budget', 'no
        forecast', 'different periods'), `period_note` and `method`. Without
        the same days there is no variance; a budget of 0 has no share.

    Raises
    ------
    PerfnbError
        When a column is missing, a line comes twice, or a figure has no period.

    References
    ----------
    None: arithmetic and the house rule.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> start, end = pd.to_datetime(["2025-04-01"]), pd.to_datetime(["2026-03-31"])
    >>> lines = pd.DataFrame({"line": ["Waste"], "budget": [2_000_000],
    ...     "forecast": [2_100_000], "budget_start": start, "budget_end": end,
    ...     "forecast_start": start, "forecast_end": end})
    >>> found = variances(lines, methods=read_methods("parameters/methods.yaml"))
    >>> found[["variance", "variance_share", "verdict"]]
       variance  variance_share      verdict
    0  100000.0            0.05  over budget
    """
    require(lines, ["line", "budget", "forecast"], "budget lines")
    require_once(lines["line"], "budget line")
    budget, forecast = floats(lines["budget"]), floats(lines["forecast"])
    planned, expected = (_period(lines, name) for name in ("budget", "forecast"))
    notes = [
        periods.mismatch(["Budget", "forecast"], pair)
        for pair in zip(planned, expected, strict=True)
    ]
    same = np.array([not note for note in notes], dtype=bool)
    variance = np.where(same, forecast - budget, np.nan)
    share = variance / np.where(budget == 0, np.nan, np.abs(budget))
    return lines.assign(
        budget_period=planned,
        forecast_period=expected,
        variance=column(variance),
        variance_share=column(share),
        verdict=[
            _verdict(*row, methods.budget_tolerance)
            for row in zip(budget, forecast, same, strict=True)
        ],
        period_note=notes,
        method=(
            "Forecast less budget, only when both are for the same days; on budget "
            f"within {methods.budget_tolerance:.0%} of it."
        ),
    )


def _verdict(budget: float, forecast: float, same: bool, tolerance: float) -> str:
    if np.isnan(budget):
        return "no budget"
    if np.isnan(forecast):
        return "no forecast"
    if not same:
        return "different periods"
    if abs(forecast - budget) <= tolerance * abs(budget):
        return "on budget"
    return "over budget" if forecast > budget else "under budget"


def _period(lines: pd.DataFrame, name: str) -> list[str]:
    days = [f"{name}_start", f"{name}_end"]
    require(lines, days, "budget lines")
    named = periods.labels(lines[days].set_axis(["start", "end"], axis=1), f"{name}s")
    bare = np.isfinite(floats(lines[name])) & (np.array(named, dtype=object) == "")
    if bare.any():
        line = lines["line"].iloc[int(bare.argmax())]
        message = f"The {name} of '{line}' has no period."
        raise PerfnbError(message)
    return named
