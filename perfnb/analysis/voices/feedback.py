"""What do people tell the council? Complaints and compliments as rates.

Compliments are never set off against complaints: each is a rate of its own,
with the count behind it, what it is counted against, and its interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.counts import require_counts
from perfnb.analysis.frames import column, floats, require
from perfnb.analysis.intervals import limits, rate
from perfnb.analysis.privacy import disclosure
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

KINDS = ("complaint", "compliment", "comment")
"""What can be told."""


@dataclass(frozen=True)
class Feedback:
    """Complaints and compliments as rates.

    Attributes
    ----------
    rates : pandas.DataFrame
        One row per kind and period, or per group: what was given, `value`,
        `lower_ci`, `upper_ci` [`unit`], `unit`, and `standing`: 'rate', 'no
        count', 'no denominator', or 'hidden'.
    disclosure : str
        The disclosure rule in words, or '' when it was not needed.
    method : str
        Method and source in words.
    """

    rates: pd.DataFrame
    disclosure: str
    method: str


def rates(
    returns: pd.DataFrame, *, per: float, counted: str, methods: Methods
) -> Feedback:
    """Give complaints, compliments and comments as rates, each by itself.

    Parameters
    ----------
    returns : pandas.DataFrame
        One row per kind and period: `kind` [one of `KINDS`], `start`, `end`
        [datetime64], `numerator` [how many were received], `denominator` [what
        they are counted against]; both missing allowed.
    per : float
        The rate is per this many (1000).
    counted : str
        What the denominator counts, in the plural: 'households', 'contacts' or
        'decisions'.
    methods : Methods
        House rule `confidence`.

    Returns
    -------
    Feedback
        Rows by kind, oldest first, with `period`.

    Raises
    ------
    PerfnbError
        When a column is missing, a kind is unknown, a kind has two rows for a
        period, a period is wanting, a count is negative, or `per` is not above 0.

    References
    ----------
    Byar's interval, exact below 10: Breslow NE, Day NE (1987) vol II; Public
    Health England, Technical Guide - Confidence Intervals (2018).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> returns = pd.DataFrame({"kind": ["complaint"], "numerator": [65],
    ...     "denominator": [40_000], "start": pd.to_datetime(["2025-10-01"]),
    ...     "end": pd.to_datetime(["2025-12-31"])})
    >>> found = rates(returns, per=1000, counted="households",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.rates[["value", "lower_ci", "upper_ci", "unit"]].round(2)
       value  lower_ci  upper_ci                  unit
    0   1.62      1.25      2.07  per 1,000 households
    """
    require(returns, ["kind", "numerator", "denominator"], "returns")
    _check_per(per)
    period = periods.labels(returns, "returns")
    _check_returns(returns, period)
    require_counts(returns, "returns")
    plain = returns.assign(period=period)
    plain = plain.sort_values(["kind", "start", "end"]).reset_index(drop=True)
    return Feedback(
        rates=_with_rates(plain, per, counted, methods),
        disclosure="",
        method=_method(per, counted, methods),
    )


def by_group(
    groups: pd.DataFrame, *, per: float, counted: str, methods: Methods
) -> Feedback:
    """Give the complaints of one kind and period by group or area.

    Those who complain are people, so the counts pass the disclosure gate first
    and everything is reckoned from what it shows.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group: `group`, `numerator` [how many were received],
        `denominator` [people or households of the group].
    per, counted
        As in `rates`.
    methods : Methods
        House rules `confidence`, `smallest_count_shown`, `rounding_base`.

    Returns
    -------
    Feedback
        Rows in the order given; intervals are of the rounded counts.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, a count is negative or
        not whole, or `per` is not above 0.

    References
    ----------
    As in `rates` and `perfnb.analysis.privacy.disclosure.gate`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> groups = pd.DataFrame({"group": ["North", "South", "West"],
    ...     "numerator": [3, 51, 39], "denominator": [4000, 9000, 8000]})
    >>> found = by_group(groups, per=1000, counted="households",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.rates["standing"].tolist()
    ['hidden', 'rate', 'rate']
    """
    require(groups, ["group", "numerator", "denominator"], "groups")
    _check_per(per)
    shown = disclosure.gate(
        groups[["group", "numerator", "denominator"]],
        interval="byar",
        per=per,
        methods=methods,
    )
    found = _with_rates(shown, per, counted, methods)
    standing = np.where(shown["suppressed"], "hidden", found["standing"])
    return Feedback(
        rates=found.assign(standing=standing),
        disclosure=disclosure.rule(methods),
        method=_method(per, counted, methods),
    )


def _with_rates(
    counts: pd.DataFrame, per: float, counted: str, methods: Methods
) -> pd.DataFrame:
    count, whole = floats(counts["numerator"]), floats(counts["denominator"])
    plain = counts.assign(value=column(rate(count, whole, per)))
    return limits(plain, "byar", per, methods.confidence).assign(
        unit=f"per {per:,g} {counted}",
        standing=[
            "no count" if np.isnan(n) else "rate" if base > 0 else "no denominator"
            for n, base in zip(count, whole, strict=True)
        ],
    )


def _check_per(per: float) -> None:
    if not per > 0:
        message = f"A rate per {per:g} is no rate; 'per' must be above 0."
        raise PerfnbError(message)


def _check_returns(returns: pd.DataFrame, period: list[str]) -> None:
    for kind, label in zip(returns["kind"], period, strict=True):
        if kind not in KINDS:
            message = f"'{kind}' is not feedback; known are {', '.join(KINDS)}."
            raise PerfnbError(message)
        if not label:
            message = f"A {kind} has no period."
            raise PerfnbError(message)
    keys = returns.assign(period=period)[["kind", "period"]]
    if keys.duplicated().any():
        twice = keys[keys.duplicated()].iloc[0]
        message = f"There are two rows of {twice['kind']}s for {twice['period']}."
        raise PerfnbError(message)


def _method(per: float, counted: str, methods: Methods) -> str:
    return (
        f"Per {per:,g} {counted}, with the {methods.confidence:.0%} Byar interval, "
        "exact below 10 (Breslow and Day 1987). Compliments are not set off against "
        "complaints."
    )
