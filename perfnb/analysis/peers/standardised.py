"""Rates that do not mistake an older population for a worse service.

Directly standardised: what the rate would be, had the area the age make-up of
a standard population. Indirectly: how many events the area had for each one
that it would have had at the rates of a reference population.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.intervals import byar
from perfnb.errors import PerfnbError

DOBSON_FROM = 10
"""Events from which a directly standardised rate is given.

Public Health England, Technical Guide - Confidence Intervals (2018).
"""

_DOBSON = "Directly standardised rate, limits after Dobson et al (1991) Stat Med 10:457"
_REPEATED = f"{_DOBSON}, widened for people who come more than once"
_INDIRECT = (
    "Indirectly standardised, Byar's limits from 10 events, exact limits below "
    "(Breslow and Day 1987)"
)


def direct(
    strata: pd.DataFrame,
    *,
    per: float,
    confidence: float,
    repeats: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the directly standardised rate of each area.

    Parameters
    ----------
    strata : pandas.DataFrame
        One row per area and stratum (such as an age band): `area`, `stratum`,
        `numerator` [events], `denominator` [people], `standard` [people of the
        standard population]. Each area needs every figure of its strata.
    per : float
        Such as 100,000: rates are given for so many people.
    confidence : float
        Such as 0.95 [share].
    repeats : pandas.DataFrame, optional
        Where one person may have several events, which then do not come
        independently: one row per area, stratum and number of events, `area`,
        `stratum`, `times` [events that a person had], `people` [persons who had
        so many]. They must add up to the numerators.

    Returns
    -------
    pandas.DataFrame
        One row per area, in the order of their names: `area`, `numerator`,
        `denominator`, `value`, `lower_ci`, `upper_ci` [events per `per`],
        `standing` ('rate' or 'too few events'), `method`. Without a value
        where there are fewer than 10 events.

    Raises
    ------
    PerfnbError
        When a column or a figure is missing, a stratum comes twice in an area,
        a denominator or standard is not above 0, a numerator is below 0, or
        the repeated events do not add up to the numerators.

    References
    ----------
    Dobson AJ, Kuulasmaa K, Eberle E, Scherer J (1991) Stat Med 10:457. Public
    Health England, Technical Guide - Confidence Intervals (2018). Repeated
    events: the variance of those who had k events counts k squared times.

    Examples
    --------
    >>> strata = pd.DataFrame({"area": "a", "stratum": ["under 65", "65 and over"],
    ...     "numerator": [40, 60], "denominator": [8000, 1000],
    ...     "standard": [80_000, 20_000]})
    >>> found = direct(strata, per=1000, confidence=0.95)
    >>> found[["value", "lower_ci", "upper_ci"]].round(2).iloc[0].tolist()
    [16.0, 12.88, 19.62]
    """
    names = ["area", "stratum", "numerator", "denominator", "standard"]
    _check(strata, names, above_nought=("denominator", "standard"))
    share = _shares(strata)
    events = _repeated_events(strata, repeats)
    weighted = events.merge(share, on=["area", "stratum"])
    times, people = weighted["times"], weighted["people"]
    weighted = weighted.assign(
        value=weighted["share"] * times * people,
        variance=(weighted["share"] * times) ** 2 * people,
    )
    sums = weighted.groupby("area")[["value", "variance"]].sum()
    totals = strata.groupby("area")[["numerator", "denominator"]].sum()
    count = floats(totals["numerator"])
    lower, upper = byar(count, confidence)
    enough = count >= DOBSON_FROM
    value = np.where(enough, floats(sums["value"]), np.nan)
    scale = np.sqrt(floats(sums["variance"]) / np.where(enough, count, np.nan))
    return pd.DataFrame(
        {
            **_counts(totals),
            "value": column(value * per),
            "lower_ci": column((value + scale * (lower - count)) * per),
            "upper_ci": column((value + scale * (upper - count)) * per),
            "standing": np.where(enough, "rate", "too few events"),
            "method": _DOBSON if repeats is None else _REPEATED,
        }
    )


def indirect(
    strata: pd.DataFrame, *, per: float | None, confidence: float
) -> pd.DataFrame:
    """Give the indirectly standardised rate, or ratio, of each area.

    Parameters
    ----------
    strata : pandas.DataFrame
        One row per area and stratum: `area`, `stratum`, `numerator` [events],
        `denominator` [people], `reference_numerator`, `reference_denominator`
        [events and people of the reference population].
    per : float or None
        Such as 100,000: the ratio times the rate of the reference population
        for so many people. None gives the ratio itself [1 is as expected].
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    pandas.DataFrame
        One row per area, in the order of their names: `area`, `numerator`,
        `denominator`, `expected` [events], `reference` [per `per`; 1 for the
        ratio], `value`, `lower_ci`, `upper_ci`, `standing` ('rate', 'ratio' or
        'nothing expected'), `method`.

    Raises
    ------
    PerfnbError
        When a column or a figure is missing, a stratum comes twice in an area,
        a population is not above 0 or a number of events is below 0.

    References
    ----------
    Breslow NE, Day NE (1987) Statistical Methods in Cancer Research, vol II.
    Public Health England, Technical Guide - Confidence Intervals (2018).

    Examples
    --------
    >>> strata = pd.DataFrame({"area": "a", "stratum": ["under 65", "65 and over"],
    ...     "numerator": [40, 60], "denominator": [8000, 1000],
    ...     "reference_numerator": [500, 900],
    ...     "reference_denominator": [100_000, 20_000]})
    >>> found = indirect(strata, per=None, confidence=0.95)
    >>> found[["expected", "value", "lower_ci"]].round(3).iloc[0].tolist()
    [85.0, 1.176, 0.957]
    """
    names = ["area", "stratum", "numerator", "denominator"]
    names += ["reference_numerator", "reference_denominator"]
    _check(strata, names, above_nought=("denominator", "reference_denominator"))
    each = strata.assign(
        expected=strata["reference_numerator"]
        / strata["reference_denominator"]
        * strata["denominator"]
    )
    totals = each.groupby("area")[[*names[2:], "expected"]].sum()
    expected = floats(totals["expected"])
    base = np.where(expected > 0, expected, np.nan)
    reference = np.ones(len(totals))
    if per is not None:
        of = floats(totals["reference_denominator"])
        reference = floats(totals["reference_numerator"]) / of * per
    count = floats(totals["numerator"])
    lower, upper = byar(count, confidence)
    given = "ratio" if per is None else "rate"
    return pd.DataFrame(
        {
            **_counts(totals),
            "expected": column(expected),
            "reference": column(reference),
            "value": column(count / base * reference),
            "lower_ci": column(lower / base * reference),
            "upper_ci": column(upper / base * reference),
            "standing": np.where(expected > 0, given, "nothing expected"),
            "method": _INDIRECT,
        }
    )


def _counts(totals: pd.DataFrame) -> dict[str, Any]:
    return {
        "area": totals.index.astype(str),
        "numerator": column(floats(totals["numerator"])),
        "denominator": column(floats(totals["denominator"])),
    }


def _shares(strata: pd.DataFrame) -> pd.DataFrame:
    """Give how much one event of a stratum adds to the area's rate."""
    standard = floats(strata["standard"])
    whole = floats(strata.groupby("area")["standard"].transform("sum"))
    share: Floats = standard / whole / floats(strata["denominator"])
    return strata[["area", "stratum"]].assign(share=share)


def _repeated_events(
    strata: pd.DataFrame, repeats: pd.DataFrame | None
) -> pd.DataFrame:
    """Lay out the events as persons who each had so many."""
    if repeats is None:
        return strata[["area", "stratum"]].assign(
            times=1.0, people=floats(strata["numerator"])
        )
    names = ["area", "stratum", "times", "people"]
    require(repeats, names, "repeated events")
    each = repeats.assign(times=floats(repeats["times"]), n=floats(repeats["people"]))
    events = (each["times"] * each["n"]).groupby([each["area"], each["stratum"]]).sum()
    counted = strata.set_index(["area", "stratum"])["numerator"].astype(float)
    apart = counted.sub(events, fill_value=0).abs()
    if apart.isna().any() or (apart > 0).any():
        first = apart.fillna(1).gt(0).to_numpy().nonzero()[0][:1]
        where = ", ".join(apart.index[first].to_flat_index()[0])
        message = f"The repeated events of '{where}' do not add up to its numerator."
        raise PerfnbError(message)
    return each[["area", "stratum", "times"]].assign(people=each["n"])


def _check(
    strata: pd.DataFrame, names: list[str], above_nought: tuple[str, str]
) -> None:
    require(strata, names, "strata")
    keys = strata["area"].astype(str) + ", " + strata["stratum"].astype(str)
    require_once(keys, "stratum")
    for name in names[2:]:
        numbers = floats(strata[name])
        low = numbers <= 0 if name in above_nought else numbers < 0
        if (wrong := low | np.isnan(numbers)).any():
            found = numbers[wrong][0]
            message = (
                f"The stratum '{keys[wrong].iloc[0]}' has "
                f"{'nothing' if np.isnan(found) else format(found, 'g')} as its "
                f"{name.replace('_', ' ')}; expected a number that is "
                f"{'above' if name in above_nought else 'not below'} 0."
            )
            raise PerfnbError(message)
