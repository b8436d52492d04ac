"""Which counts of people may be shown? One gate before anything is shown.

The council chooses between two rules, `rounding` and `suppression`, in the house
rule `disclosure_rule`; what passes here has passed the one in force.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.analysis.frames import (
    Flags,
    Floats,
    column,
    floats,
    require,
    require_once,
)
from perfnb.analysis.intervals import rate, require_interval
from perfnb.analysis.privacy import protected_tables
from perfnb.analysis.privacy.disclosure_rule import in_force, rule, slack
from perfnb.analysis.privacy.protected_tables import Protected
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

__all__ = ["gate", "protect", "protect_year", "rule", "slack"]


def gate(
    groups: pd.DataFrame,
    *,
    interval: str,
    per: float | None,
    methods: Methods,
    headline: float | None = None,
) -> pd.DataFrame:
    """Hide the small counts of one breakdown, and what would tell them.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group of one indicator, period and characteristic: `group`,
        `numerator`, `denominator` [whole counts, missing allowed] and, if there,
        `status`: 'suppressed' where the source has hidden the numerator already.
    interval : str
        `wilson` when the numerator is part of the denominator: then the others
        (denominator less numerator) and the denominator are counts of people
        too and are guarded alike.
    per : float or None
        value = numerator / denominator * per.
    methods : Methods
        House rule `disclosure_rule` and those of that rule.
    headline : float, optional
        The published numerator of everybody [people]: those beyond the groups,
        such as people whose group is not known, are then guarded as well.

    Returns
    -------
    pandas.DataFrame
        The same groups in the same order: `numerator` as shown or missing,
        `denominator`, `value` reckoned from what is shown, `suppressed`. Other
        columns of text, dates or flags are kept; those of numbers are dropped,
        because any of them may tell the count.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, a count is negative, not
        whole, or (`wilson`) larger than its denominator, when the groups count
        more than the headline, or the interval is unknown.

    References
    ----------
    See `perfnb.analysis.privacy.rounding` and `perfnb.analysis.privacy.suppression`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> groups = pd.DataFrame({"group": ["16-24", "25-64", "65 and over"],
    ...     "numerator": [3, 51, 39], "denominator": [900, 4100, 2000]})
    >>> shown = gate(groups, interval="byar", per=1000,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> shown[["group", "numerator", "suppressed"]]
             group  numerator  suppressed
    0        16-24       <NA>        True
    1        25-64       50.0       False
    2  65 and over       40.0       False
    """
    require(groups, ["group", "numerator", "denominator"], "groups")
    require_once(groups["group"], "group")
    # A misspelt `wilson` would leave the complements unguarded.
    require_interval(interval)
    part = interval == "wilson"
    count, whole = floats(groups["numerator"]), floats(groups["denominator"])
    _check(groups, count, whole, part)
    unknown = _hidden_at_source(groups, count)
    scheme = in_force(methods).scheme
    # The order in which groups come makes no difference to which are hidden.
    order = np.argsort(groups["group"].astype(str).to_numpy(), kind="stable")
    hidden, no_base = np.zeros((2, len(groups)), dtype=bool)
    counts = _Counts(count[order], whole[order], unknown[order], part)
    hidden[order], no_base[order] = _chosen(counts, headline, methods)
    everybody = part & (count == whole)
    shown = np.where(everybody, count, scheme.rounded(count))
    shown = np.where(hidden, np.nan, shown)
    base = np.where(no_base, np.nan, whole)
    return _without_numbers(groups).assign(
        numerator=column(shown),
        denominator=column(base),
        value=column(rate(shown, base, per)),
        suppressed=hidden | no_base,
    )


def protect(
    table: pd.DataFrame,
    *,
    methods: Methods,
    known: Collection[str] = ("total",),
) -> Protected:
    """Hide what must be hidden of a table of groups by periods, areas or groups.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a group, one column a period, area or other group [whole counts
        of people, missing where the source hides them]; a row and a column
        named 'Total' may hold totals.
    methods : Methods
        House rule `disclosure_rule` and those of that rule.
    known : collection of {'rows', 'columns', 'total'}
        Totals that readers have from elsewhere, such as the headline: shown as
        they are.

    Returns
    -------
    Protected
        The table as it may be shown, with its totals, each by itself: under
        rounding they may not add up.

    Raises
    ------
    PerfnbError
        When a row or column comes twice, a count is no whole number of people
        from 0, a total is not that of its parts, or `known` holds another word.

    References
    ----------
    See `perfnb.analysis.privacy.protection.pattern`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> table = pd.DataFrame({"Q1": [3, 21, 46], "Q2": [12, 33, 52]},
    ...     index=["16-24", "25-64", "65 and over"])
    >>> protect(table, methods=read_methods("parameters/methods.yaml")).in_words
                     Q1  Q2 Total
    16-24        hidden  10    15
    25-64            20  35    55
    65 and over      45  50   100
    Total            70  95   167
    """
    scheme = in_force(methods).scheme
    return protected_tables.protect(table, scheme, rule(methods), known=known)


def protect_year(
    table: pd.DataFrame,
    *,
    methods: Methods,
    known: Collection[str] = ("columns", "total"),
) -> Protected:
    """Hide what must be hidden of the quarters of a year and the year to date.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a group, one column a quarter in the order of time [whole counts
        of people], without totals.
    methods, known
        As in `protect`.

    Returns
    -------
    Protected
        With a last column for the year to the last quarter. Reports are gone
        through in their order: nothing that an earlier one has hidden follows
        from a later one.

    Raises
    ------
    PerfnbError
        As `protect`.

    References
    ----------
    See `perfnb.analysis.privacy.protection.pattern`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> table = pd.DataFrame({"Q1": [3, 21, 46], "Q2": [12, 33, 52]},
    ...     index=["16-24", "25-64", "65 and over"])
    >>> found = protect_year(table, methods=read_methods("parameters/methods.yaml"))
    >>> found.shown.columns.tolist()
    ['Q1', 'Q2', 'Year to Q2']
    """
    scheme = in_force(methods).scheme
    return protected_tables.protect_year(table, scheme, rule(methods), known=known)


class _Counts(NamedTuple):
    """The counts of some groups, and whether they are parts of their wholes."""

    counted: Floats
    whole: Floats
    unknown: Flags
    part: bool


def _chosen(
    counts: _Counts, headline: float | None, methods: Methods
) -> tuple[Flags, Flags]:
    scheme, choose = in_force(methods)
    hidden, no_base = choose(*counts[:3], scheme, part=counts.part)
    if headline is None or np.isnan(counts.counted).any():
        return hidden, no_base
    beyond = headline - counts.counted.sum()
    if beyond < 0:
        message = "The groups count more people than the headline."
        raise PerfnbError(message)
    if scheme.small(np.array([beyond])).any():
        # To a reader of the headline, those in no group are one more group.
        more, _ = choose(
            np.append(counts.counted, beyond),
            np.append(counts.whole, np.nan),
            np.append(counts.unknown, False),
            scheme,
            part=counts.part,
        )
        hidden = hidden | more[:-1]
    return hidden, no_base


def _hidden_at_source(groups: pd.DataFrame, count: Floats) -> Flags:
    if "status" not in groups.columns:
        return np.zeros(len(groups), dtype=bool)
    return np.asarray((groups["status"] == "suppressed") & np.isnan(count), dtype=bool)


def _without_numbers(groups: pd.DataFrame) -> pd.DataFrame:
    # A new frame: neither its index nor its attributes carry anything over.
    kept = {
        name: groups[name].array
        for name in groups.columns
        if name == "group"
        or pd.api.types.is_bool_dtype(groups[name])
        or not pd.api.types.is_numeric_dtype(groups[name])
    }
    return pd.DataFrame(kept)


def _check(groups: pd.DataFrame, count: Floats, whole: Floats, part: bool) -> None:
    # A population can be an estimate; it need not be whole.
    checked = {"numerator": count} | ({"denominator": whole} if part else {})
    for name, numbers in checked.items():
        wrong = np.isfinite(numbers) & ((numbers < 0) | (numbers % 1 != 0))
        if wrong.any():
            group = groups["group"].iloc[int(wrong.argmax())]
            message = f"The {name} of the group '{group}' is not a count of people."
            raise PerfnbError(message)
    if part and (count > whole).any():
        group = groups["group"].iloc[int((count > whole).argmax())]
        message = f"The group '{group}' counts more people than its denominator."
        raise PerfnbError(message)
