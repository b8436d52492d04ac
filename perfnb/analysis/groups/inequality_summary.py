"""How unequal is a breakdown as a whole? Every summary measure in one table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.groups import inequality_measures as measures
from perfnb.analysis.groups.inequality_measures import Measure
from perfnb.errors import PerfnbError

MINIMUM_GROUPS = 2
"""Inequality is between at least two groups."""


@dataclass(frozen=True)
class Inequality:
    """How unequal groups are, all together.

    Attributes
    ----------
    measures : pandas.DataFrame
        One row per measure: `measure`, `estimate`, `standard_error` (of the
        logarithm for the ratio), `lower_ci`, `upper_ci` [in `unit`; missing where
        there is no closed form], `unit` ('value', 'square of the value', 'times',
        '%' or 'thousandths'). Empty where too little is known.
    n_groups, n_without : int
        Groups with a figure; groups left out because they have none.
    highest, lowest : str or None
        The two groups that difference and ratio compare.
    standing : str
        'measured' or 'too few groups'.
    method : str
        Method and source in words.
    """

    measures: pd.DataFrame
    n_groups: int
    n_without: int
    highest: str | None
    lowest: str | None
    standing: str
    method: str


def inequality(
    groups: pd.DataFrame,
    *,
    good: int,
    confidence: float,
    ordered: bool = False,
    reference: str | None = None,
) -> Inequality:
    """Reckon every summary measure of a breakdown.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group: `group`, `value`, `standard_error` [indicator's unit;
        missing where there is none], `population` [count]. A group that lacks one
        of them is left out. Ordered groups stand from the worst off to the best.
    good : {1, -1, 0}
        As `perfnb.analysis.verdicts.good_side` gives it.
    confidence : float
        Such as 0.95 [share].
    ordered : bool
        Whether difference and ratio compare the first and the last group; if not,
        the group with the highest value and the one with the lowest.
    reference : str, optional
        Group that is compared with the worst one instead; not for ordered groups.

    Returns
    -------
    Inequality

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, or the reference is not
        among the groups or is given where no side is good.

    References
    ----------
    World Health Organization (2013) Handbook on Health Inequality Monitoring.

    Examples
    --------
    >>> groups = pd.DataFrame({"group": ["a", "b"], "value": [9.0, 5.0],
    ...     "standard_error": [0.3, 0.4], "population": [100, 300]})
    >>> found = inequality(groups, good=-1, confidence=0.95)
    >>> found.measures[["measure", "estimate", "unit"]].head(3).round(2)
                      measure  estimate                 unit
    0              difference       4.0                value
    1                   ratio       1.8                times
    2  between-group variance       3.0  square of the value
    """
    require(groups, ["group", "value", "standard_error", "population"], "groups")
    require_once(groups["group"], "group")
    numbers = [floats(groups[name]) for name in _NUMBERS]
    known = np.isfinite(sum(numbers)) & (numbers[2] > 0)
    kept = groups[known]
    if len(kept) < MINIMUM_GROUPS:
        nothing = pd.DataFrame(columns=_COLUMNS)
        method = f"No measure: it needs {MINIMUM_GROUPS} groups with a figure."
        without = len(groups) - len(kept)
        return Inequality(
            nothing, len(kept), without, None, None, "too few groups", method
        )
    value, error, population = (each[known] for each in numbers)
    highest, lowest = _compared(kept["group"], value, good, ordered, reference)
    found = _all(value, error, population, highest, lowest, good)
    return Inequality(
        measures=_table(found, confidence),
        n_groups=len(kept),
        n_without=len(groups) - len(kept),
        highest=str(kept["group"].iloc[highest]),
        lowest=str(kept["group"].iloc[lowest]),
        standing="measured",
        method=_METHOD,
    )


_NUMBERS = ("value", "standard_error", "population")
_COLUMNS = ["measure", "estimate", "standard_error", "lower_ci", "upper_ci", "unit"]
_METHOD = (
    "Summary measures of inequality between groups, as in the World Health "
    "Organization's Handbook on Health Inequality Monitoring (2013). Chance alone "
    "makes small groups look unequal, so all but the difference and the ratio tend "
    "to be too high."
)
_FROM_NOUGHT = ("between-group variance", "mean log deviation", "Theil index")
_UNITS = {
    "ratio": "times",
    "between-group variance": "square of the value",
    "coefficient of variation": "%",
    "index of disparity": "%",
    "index of disparity, weighted": "%",
    "mean log deviation": "thousandths",
    "Theil index": "thousandths",
}


def _compared(
    names: pd.Series, value: Floats, good: int, ordered: bool, reference: str | None
) -> tuple[int, int]:
    if ordered:
        # The side that is expected to be higher: the best off of what is good.
        return (len(value) - 1, 0) if good > 0 else (0, len(value) - 1)
    if reference is None:
        return int(value.argmax()), int(value.argmin())
    places = np.flatnonzero((names == reference).to_numpy())
    if not len(places) or good == 0:
        message = (
            f"The reference '{reference}' is not among the groups with a figure, or "
            "no side of the indicator is good."
        )
        raise PerfnbError(message)
    place = int(places[0])
    return (place, int(value.argmin())) if good > 0 else (int(value.argmax()), place)


def _all(
    value: Floats,
    error: Floats,
    population: Floats,
    highest: int,
    lowest: int,
    good: int,
) -> dict[str, Measure]:
    both = (value, population)
    found = {
        "difference": measures.difference(value, error, highest, lowest),
        "ratio": measures.ratio(value, error, highest, lowest),
        "between-group variance": measures.between_group_variance(
            value, error, population
        ),
        "between-group standard deviation": (
            measures.between_group_standard_deviation(*both)
        ),
        "coefficient of variation": measures.coefficient_of_variation(*both),
    }
    for name, weighted in (("", False), (", weighted", True)):
        found[f"mean difference from mean{name}"] = measures.mean_difference_from_mean(
            *both, weighted=weighted
        )
        if good:
            best = float((value * good).max() * good)
            found[f"mean difference from best{name}"] = (
                measures.mean_difference_from_best(*both, best=best, weighted=weighted)
            )
        found[f"index of disparity{name}"] = measures.index_of_disparity(
            *both, weighted=weighted
        )
    entropy = (value, error, population)
    found["mean log deviation"] = measures.mean_log_deviation(*entropy)
    found["Theil index"] = measures.theil_index(*entropy)
    return found


def _table(found: dict[str, Measure], confidence: float) -> pd.DataFrame:
    z = stats.norm.ppf((1 + confidence) / 2)
    estimate = np.array([each.estimate for each in found.values()])
    error = np.array([each.standard_error for each in found.values()])
    at_least = np.where([name in _FROM_NOUGHT for name in found], 0.0, -np.inf)
    # Groups that are alike can come out a rounding below nought.
    estimate = np.maximum(estimate, at_least)
    lower = np.maximum(estimate - z * error, at_least)
    upper = estimate + z * error
    on_logs = np.array([name == "ratio" for name in found])
    reach = np.exp(np.where(on_logs, z * error, np.nan))
    return pd.DataFrame(
        {
            "measure": list(found),
            "estimate": column(estimate),
            "standard_error": column(error),
            "lower_ci": column(np.where(on_logs, estimate / reach, lower)),
            "upper_ci": column(np.where(on_logs, estimate * reach, upper)),
            "unit": [_UNITS.get(name, "value") for name in found],
        }
    )[_COLUMNS]
