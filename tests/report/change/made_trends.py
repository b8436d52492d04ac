"""Made-up findings over time, for the tests of what is said and drawn of them."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from perfnb.analysis.change import over_time
from perfnb.breaks import Rebase
from perfnb.quarters import label
from perfnb.registers import Target


def with_registers(waste, rebases=(), targets=()):
    """Give the selection with other rebases and targets of NI 191."""
    catalogue = replace(waste.catalogue, rebases=rebases, targets=targets)
    return replace(waste, catalogue=catalogue)


def rebase(starts, points=None):
    """Make a rebase of NI 191."""
    return Rebase(
        indicator="NI191",
        **{"from": starts},
        baseline_points=points,
        reason="Illustrative new contract",
        decided=date(2026, 11, 24),
    )


def target(period, **aim):
    """Make a target of NI 191."""
    return Target(
        indicator="NI191",
        period=period,
        kind="level",
        rationale="Illustrative",
        basis="illustrative",
        **aim,
    )


STEADY = [10, 12, 11, 10, 12, 11, 13, 11, 10, 12, 11, 12, 11]


def made_up(selection, values, **changes):
    """Judge a made-up annual series of the service's first indicator."""
    starts = pd.date_range("2000-04-01", periods=len(values), freq="YS-APR")
    return judged(selection, starts, values, **changes)


def made_quarters(selection, values, **changes):
    """Judge a made-up quarterly series of the service's first indicator."""
    starts = pd.date_range("2000-04-01", periods=len(values), freq="QS-APR")
    quarterly = {"frequency": "quarterly", "window_months": 3, "year_to_date": "none"}
    return judged(selection, starts, values, **(quarterly | changes))


def judged(selection, starts, values, **changes):
    """Judge figures from these days on, each to the day before the next."""
    indicator = selection.indicators[0].model_copy(update=changes)
    ends = starts + pd.DateOffset(months=indicator.window_months, days=-1)
    nothing = pd.array([pd.NA] * len(values), dtype="Float64")
    held = pd.array(values, dtype="Float64")
    points = pd.DataFrame(
        {
            "period": pd.array(
                [
                    label(start.date(), end.date())
                    for start, end in zip(starts, ends, strict=True)
                ],
                dtype="string",
            ),
            "start": starts,
            "end": ends,
            "quarter": pd.PeriodIndex(ends, freq="Q-MAR"),
            "numerator": nothing,
            "denominator": nothing,
            "value": held,
            "status": ["missing" if gone else "final" for gone in held.isna()],
            "mark": "",
        }
    )
    return over_time.judged(indicator, points, selection)


def lines_of(svg, colour):
    """Give the path of every line of a colour that a chart draws."""
    paths = re.findall(r'<path d="([^"]*)"[^>]*style="([^"]*)"', svg)
    return [
        path
        for path, style in paths
        if f"stroke:{colour}" in style.replace(" ", "") and "L" in path
        if "fill:none" in style.replace(" ", "")
    ]
