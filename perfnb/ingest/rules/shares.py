"""Shares of 1 where per cent is meant: 0.45 for 45%, as spreadsheets keep them.

Beside a figure of its series such a slip is a jump (`jumps`), and beside its
counts it is wrong (`figures`). Here are those that nothing stands beside.
"""

from __future__ import annotations

from perfnb.ingest.rules.broken import Broken, broken_once
from perfnb.ingest.rules.jumps import CHECKED, checked
from perfnb.ingest.rules.reading import Reading


def of_one(read: Reading) -> list[Broken]:
    """Find files in which all per cents of an indicator may be shares of 1.

    That is: they stand without counts, none is above 1, and no other file has a
    figure of the same place. A figure of 0 or 1 may be as it should by itself.

    Parameters
    ----------
    read : Reading
        Accepted rows only.

    Returns
    -------
    list of Broken
        A warning for each file and indicator.
    """
    value = read.numbers["value"]
    bare = read.of_indicator("unit").eq("%") & value.notna() & read.reckoned.isna()
    rows = read.rows
    in_file = [rows["source_file"], rows["indicator"]]
    # A value that counts give tells the scale of the others.
    most = read.value.mask(read.reckoned.notna(), 100).groupby(in_file).transform("max")
    series = [rows["indicator"], read.place, rows["characteristic"], rows["group"]]
    files = rows["source_file"].groupby(series).transform("nunique")
    odd = bare & (most <= 1) & (value > 0) & (value < 1) & files.eq(1) & ~checked(read)
    odd = odd.fillna(value=False)
    typed = value[odd].tolist()
    check = f"if it is right, begin its note with '{CHECKED}'."
    return broken_once(
        read.cells,
        odd,
        "value",
        ["a share in per cent; it looks like a share of 1"] * len(typed),
        [f"Type {100 * each:.6g} for {100 * each:.6g}%; {check}" for each in typed],
        mark=["may be a share of 1"] * len(typed),
        dimension="accuracy",
    )
