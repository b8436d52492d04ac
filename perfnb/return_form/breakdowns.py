"""Which groups and small areas an indicator is broken down by."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfnb.observations import HEADLINE

Place = tuple[str, str, str]
"""Code of an area (blank for the whole), characteristic and group."""

_PLACE = ["part", "characteristic", "group"]


def parts(own: pd.DataFrame) -> list[Place]:
    """List the groups and areas of the newest breakdown of each kind, as it had them.

    Groups of one characteristic are a kind, areas are another.

    Parameters
    ----------
    own : pandas.DataFrame
        Figures of one indicator and the council, one row a figure, with the column
        part: the area's code, blank for the whole.

    Returns
    -------
    list of (str, str, str)
        Area, characteristic and group of each.
    """
    rows = own[(own["part"] != "") | (own["characteristic"] != HEADLINE)]
    about = zip(rows["part"], rows["characteristic"], strict=True)
    kinds = [(part != "", characteristic) for part, characteristic in about]
    found: list[Place] = []
    for kind in sorted(set(kinds)):
        found += _newest_whole(rows[[each == kind for each in kinds]])
    return found


def _newest_whole(breakdowns: pd.DataFrame) -> list[Place]:
    """List the places of the newest breakdown that is whole.

    One whose places are but some of those of another, up to a year older, is taken
    for half handed in: what is not in yet must not be forgotten.
    """
    order = breakdowns.sort_values(["source_file", "source_row"], kind="stable")
    by_span: list[tuple[Any, list[Place]]] = [
        (end, list(rows[_PLACE].astype(str).itertuples(index=False, name=None)))
        for (end, _), rows in order.groupby(["end", "start"], sort=True)
    ]
    newest, whole = by_span[-1]
    for end, places in reversed(by_span[:-1]):
        if end >= newest - pd.DateOffset(years=1) and set(whole) < set(places):
            whole = places
    return whole
