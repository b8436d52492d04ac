"""What does one unit of a service cost? In cash and in the prices of one year.

A unit cost is spending divided by a count of what the spending was for. Where
the count is missing there is no unit cost; none is ever made up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_period

SPENDING = {
    "net": "net of the income that the service earns",
    "gross": "before any income",
}
"""The kinds of spending, and what each means."""

SOURCE = "HM Treasury, GDP deflators: a user's guide"


@dataclass(frozen=True)
class RealCosts:
    """Costs of several periods at the prices of one.

    Attributes
    ----------
    costs : pandas.DataFrame
        The rows given, with `period`, `deflator` [index], `real_value` [the
        unit of `value`, at the prices of the base] and `standing`: 'real
        terms', 'no figure' or 'no deflator'.
    base : str
        The period whose prices are used.
    cash_change, real_change : float or None
        From the first to the last period in real terms [share]; None with fewer
        than two, or when the first is not above 0.
    compared : str
        Which two periods the changes are between, or ''.
    method : str
        Method and source in words.
    """

    costs: pd.DataFrame
    base: str
    cash_change: float | None
    real_change: float | None
    compared: str
    method: str


def unit_costs(
    costs: pd.DataFrame, *, spending: str, per: float = 1, counted: str
) -> pd.DataFrame:
    """Give what each unit of a service cost.

    Parameters
    ----------
    costs : pandas.DataFrame
        One row per period or authority: `start`, `end` [datetime64], `spending`
        [pounds, below 0 where income exceeds it], `units` [count, 0 or more],
        both missing allowed; and `units_start`, `units_end` [datetime64] where
        the units were counted over other days.
    spending : {'net', 'gross'}
        Which spending it is.
    per : float, optional
        Units that the cost is given for.
    counted : str
        What the cost is for, `per` included ('household', '1,000 households').

    Returns
    -------
    pandas.DataFrame
        The rows given with `value` [pounds per `per` units], `unit`, `period`,
        `standing` ('unit cost', 'no spending', 'no units') and `period_note`
        (which days spending and units are of, where they differ).

    Raises
    ------
    PerfnbError
        When a column is missing, a count is negative, `per` is not above 0 or
        the kind of spending is unknown.

    References
    ----------
    National Audit Office and Audit Commission: economy (what inputs cost),
    efficiency (cost per unit of output), effectiveness (outcomes).

    Examples
    --------
    >>> costs = pd.DataFrame({"start": pd.to_datetime(["2017-04-01"]),
    ...     "end": pd.to_datetime(["2018-03-31"]), "spending": [1_290_000],
    ...     "units": [43_000]})
    >>> unit_costs(costs, spending="net", counted="household")[["value", "unit"]]
       value                             unit
    0   30.0  pounds per household, net spend
    """
    require(costs, ["start", "end", "spending", "units"], "costs")
    if spending not in SPENDING:
        message = f"'{spending}' is not a spending; known are {', '.join(SPENDING)}."
        raise PerfnbError(message)
    if not per > 0:
        message = f"A cost per {per:g} units is no cost; 'per' must be above 0."
        raise PerfnbError(message)
    period = periods.labels(costs, "costs")
    pounds, units = floats(costs["spending"]), floats(costs["units"])
    if (units < 0).any():
        message = f"{units[units < 0][0]:g} units is not a count."
        raise PerfnbError(message)
    counted_on = _units_periods(costs, period)
    value = pounds / np.where(units > 0, units, np.nan) * per
    return costs.assign(
        value=column(value),
        unit=f"pounds per {counted}, {spending} spend",
        period=period,
        standing=[
            "no spending" if np.isnan(cost) else "unit cost" if n > 0 else "no units"
            for cost, n in zip(pounds, units, strict=True)
        ],
        period_note=[
            periods.mismatch(["Spending", "the count of units"], [one, two])
            for one, two in zip(period, counted_on, strict=True)
        ],
    )


def real_terms(costs: pd.DataFrame, deflator: pd.DataFrame, *, base: str) -> RealCosts:
    """Give costs of several periods at the prices of one of them.

    Parameters
    ----------
    costs : pandas.DataFrame
        One row per period, oldest first: `start`, `end` [datetime64], `value`
        [pounds, or pounds per unit, missing allowed].
    deflator : pandas.DataFrame
        A price series: `period` [as people write it, '2017-18'] and `index`
        [above 0; any period may be its 100].
    base : str
        The period whose prices are to be used.

    Returns
    -------
    RealCosts

    Raises
    ------
    PerfnbError
        When a column is missing, a period comes twice or out of order or is
        none, an index is not above 0, or the base has no index.

    References
    ----------
    HM Treasury, GDP deflators: a user's guide, annex A: cash of one year times
    the index of the base over the index of that year.

    Examples
    --------
    >>> costs = pd.DataFrame({"start": pd.to_datetime(["1998-04-01"]),
    ...     "end": pd.to_datetime(["1999-03-31"]), "value": [7.4]})
    >>> deflator = pd.DataFrame({"period": ["1998-99", "2003-04"],
    ...                          "index": [91.031, 102.789]})
    >>> found = real_terms(costs, deflator, base="2003-04")
    >>> found.costs["real_value"].round(2).tolist()
    [8.36]
    """
    require(costs, ["start", "end", "value"], "costs")
    period = periods.labels(costs, "costs")
    _check_order(costs, period)
    prices = _prices(deflator)
    base = parse_period(base).label
    if base not in prices:
        message = f"The deflator has no index for {base}, the base."
        raise PerfnbError(message)
    index = np.array([prices.get(label, np.nan) for label in period], dtype=float)
    cash = floats(costs["value"])
    real = cash * prices[base] / index
    both = np.flatnonzero(np.isfinite(real))
    ends = (int(both[0]), int(both[-1])) if len(both) > 1 else None
    return RealCosts(
        costs=costs.assign(
            period=period,
            deflator=column(index),
            real_value=column(real),
            standing=[_standing(*pair) for pair in zip(cash, index, strict=True)],
        ),
        base=base,
        cash_change=_change(cash, ends),
        real_change=_change(real, ends),
        compared=" to ".join(period[end] for end in ends) if ends else "",
        method=(
            f"At {base} prices: cash times the price index of {base} over that of "
            f"the year ({SOURCE})."
        ),
    )


def _units_periods(costs: pd.DataFrame, period: list[str]) -> list[str]:
    days = ["units_start", "units_end"]
    if not set(days) <= set(costs.columns):
        return period
    counted = costs[days].set_axis(["start", "end"], axis=1)
    return periods.labels(counted, "counts of units")


def _check_order(costs: pd.DataFrame, period: list[str]) -> None:
    back = costs["start"].diff() <= pd.Timedelta(0)
    if "" in period or back.any():
        wrong = period[int(back.to_numpy().argmax())] if back.any() else "A cost"
        problem = "comes twice or out of order" if back.any() else "has no period"
        message = f"{wrong} {problem}."
        raise PerfnbError(message)


def _prices(deflator: pd.DataFrame) -> dict[str, float]:
    require(deflator, ["period", "index"], "price series")
    labels = [parse_period(str(period)).label for period in deflator["period"]]
    require_once(pd.Series(labels, dtype=object), "period of the price series")
    index = floats(deflator["index"])
    if not (index > 0).all():
        message = "An index of the price series is missing or not above 0."
        raise PerfnbError(message)
    return dict(zip(labels, index.tolist(), strict=True))


def _standing(cash: float, index: float) -> str:
    if np.isnan(cash):
        return "no figure"
    return "no deflator" if np.isnan(index) else "real terms"


def _change(values: Floats, ends: tuple[int, int] | None) -> float | None:
    if ends is None or values[ends[0]] <= 0:
        return None
    return float(values[ends[1]] / values[ends[0]] - 1)
