"""The figures that two sources both give: each twice, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats, require, require_once
from perfnb.errors import PerfnbError
from perfnb.revisions import as_shown

FIGURE = ["authority", "start", "end"]
COLUMNS = [*FIGURE, "earlier", "later", "earlier_value", "later_value"]

_NEEDED = [*FIGURE, "value", "source", "received", "published"]


def pairs(reports: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Set the reports of each figure by two sources side by side.

    Parameters
    ----------
    reports : pandas.DataFrame
        A row is what one source reports of an indicator for an authority and a
        period, in any order: authority and source (codes), start, end, received
        and published (days), value [the indicator's unit].
    decimals : int
        To how many decimals the indicator is shown.

    Returns
    -------
    pandas.DataFrame
        A row is a figure that two sources both give: authority, start, end,
        earlier and later (the sources, by when they were received, then
        published, then by name), earlier_value, later_value, difference (later
        less earlier) [the indicator's unit] and identical (whether both are the
        same as shown). In the order of sources, periods and authorities; without
        a row when no figure is held twice.

    Raises
    ------
    PerfnbError
        When a column is missing, a value is no number, or a source gives a
        figure twice.

    Examples
    --------
    >>> day = pd.Timestamp("2015-04-01")
    >>> reports = pd.DataFrame({
    ...     "authority": "E07000239", "start": day, "end": day.replace(year=2016),
    ...     "value": [578.9, 574.1], "source": ["env18", "oflog"],
    ...     "received": day, "published": [day, day + pd.DateOffset(years=6)]})
    >>> pairs(reports, 1)[["earlier", "later", "difference"]].round(1)
      earlier  later  difference
    0   env18  oflog        -4.8
    """
    require(reports, _NEEDED, "reports")
    known = reports.loc[~np.isnan(floats(reports["value"])), _NEEDED]
    known = known.astype({"authority": str, "source": str})
    _refuse_twice(known)
    ranked = known.assign(rank=known["source"].map(_ranks(known)))
    both = ranked.merge(ranked, on=FIGURE, suffixes=("_earlier", "_later"))
    both = both[both["rank_earlier"] < both["rank_later"]].sort_values(
        ["rank_earlier", "rank_later", "start", "end", "authority"], kind="stable"
    )
    earlier, later = (floats(both[f"value_{side}"]) for side in ("earlier", "later"))
    shown = [
        [as_shown(value, decimals) for value in values] for values in (earlier, later)
    ]
    return (
        both[FIGURE]
        .assign(
            earlier=both["source_earlier"],
            later=both["source_later"],
            earlier_value=column(earlier),
            later_value=column(later),
            difference=column(later - earlier),
            identical=[one == other for one, other in zip(*shown, strict=True)],
        )
        .reset_index(drop=True)
    )


def _ranks(known: pd.DataFrame) -> dict[str, int]:
    """Give sources their turn, from the first received to the last."""
    days = known.groupby("source", as_index=False)[["received", "published"]].min()
    in_turn = days.sort_values(
        ["received", "published", "source"], na_position="first", kind="stable"
    )
    return {source: rank for rank, source in enumerate(in_turn["source"])}


def _refuse_twice(known: pd.DataFrame) -> None:
    days = known["start"].astype(str) + " to " + known["end"].astype(str)
    who = known["authority"] + ", " + days + ", " + known["source"]
    try:
        require_once(who, "report")
    except PerfnbError as error:
        message = f"{error} A source gives each figure once."
        raise PerfnbError(message) from None
