"""Small areas pooled into groups: wards, and national fifths of deprivation.

Counts are added up; rates of areas are never averaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats, require
from perfnb.errors import PerfnbError

QUINTILES = ("1 (most deprived)", "2", "3", "4", "5 (least deprived)")

_RANK = re.compile(r"[1-9][0-9]*( \((most|least) deprived\))?")


def pool(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Pool the counts of areas into groups: sums, never averaged rates.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per area: `numerator`, `denominator` [counts] and `by`.
    by : str
        Column that holds the group of each area.

    Returns
    -------
    pandas.DataFrame
        One row per group, sorted: `group`, `numerator`, `denominator` and
        `n_missing`, the areas left out of both sums because one of their
        counts is missing.

    Raises
    ------
    PerfnbError
        When a column is missing or an area has no group.

    Examples
    --------
    >>> rows = pd.DataFrame({"quintile": ["1", "1", "2"], "numerator": [3, 5, None],
    ...                      "denominator": [100, 300, 200]})
    >>> pool(rows, "quintile")
      group  numerator  denominator  n_missing
    0     1        8.0        400.0          0
    1     2       <NA>         <NA>          1
    """
    require(rows, ["numerator", "denominator", by], "areas")
    if rows[by].isna().any():
        message = f"{int(rows[by].isna().sum())} areas have no group in '{by}'."
        raise PerfnbError(message)
    count, whole = floats(rows["numerator"]), floats(rows["denominator"])
    gone = ~np.isfinite(count + whole)
    counts = pd.DataFrame(
        {
            "group": rows[by].array,
            "numerator": column(np.where(gone, np.nan, count)),
            "denominator": column(np.where(gone, np.nan, whole)),
            "n_missing": gone.astype("int64"),
        }
    )
    grouped = counts.groupby("group", observed=True, sort=True)
    sums = grouped[["numerator", "denominator"]].sum(min_count=1)
    return sums.assign(n_missing=grouped["n_missing"].sum()).reset_index()


def deprivation_quintile(decile: pd.Series) -> pd.Series:
    """Give the national deprivation quintile of each decile.

    Parameters
    ----------
    decile : pandas.Series
        National decile, 1 (most deprived) to 10; missing allowed.

    Returns
    -------
    pandas.Series
        '1 (most deprived)', '2', '3', '4', '5 (least deprived)' or missing;
        ordered from the most deprived.

    Raises
    ------
    PerfnbError
        When a decile is not one of 1 to 10.

    Examples
    --------
    >>> deprivation_quintile(pd.Series([1, 2, 3, 10])).tolist()
    ['1 (most deprived)', '1 (most deprived)', '2', '5 (least deprived)']
    """
    deciles = floats(decile)
    wrong = np.isfinite(deciles) & ~np.isin(deciles, np.arange(1, 11))
    if wrong.any():
        message = f"{deciles[wrong][0]:g} is not a decile; expected 1 to 10."
        raise PerfnbError(message)
    codes = np.where(np.isfinite(deciles), np.ceil(deciles / 2) - 1, -1)
    categories = pd.Categorical.from_codes(
        codes.astype(np.int64), categories=pd.Index(QUINTILES), ordered=True
    )
    return pd.Series(categories, index=decile.index, name=decile.name)


def from_most_deprived(groups: Iterable[str]) -> list[str] | None:
    """Put groups of deprivation in order, from the most deprived.

    Parameters
    ----------
    groups : iterable of str
        Such as `QUINTILES`, or tenths numbered alike.

    Returns
    -------
    list of str or None
        None when they are no numbered groups of deprivation.

    Examples
    --------
    >>> from_most_deprived(["3 (least deprived)", "1 (most deprived)", "2"])
    ['1 (most deprived)', '2', '3 (least deprived)']
    >>> from_most_deprived(["16-24", "25-34"]) is None
    True
    """
    ranks = {name: _RANK.fullmatch(name) for name in groups}
    if not ranks or None in ranks.values():
        return None
    if not any(" deprived)" in name for name in ranks):
        return None
    return sorted(ranks, key=lambda name: int(name.split(" ")[0]))
