"""Figures: each is a number that can be, and its row agrees with itself."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.reading import NUMERIC, Reading
from perfnb.observations import WITHOUT_FIGURES

_CORRECT = "Correct it, or leave it blank and say why in 'status'."


def unreadable(read: Reading) -> Iterable[Broken]:
    """Find cells that are no figure, and figures that are not plainly written."""
    people, share = _of_people(read), read.of_indicator("unit").eq("%")
    for column in NUMERIC:
        odd = read.numerals[column]
        refused = _among(read, [row for row, each in odd.items() if each.refused])
        kinds = _kinds(column, people[refused], share[refused])
        wrong = [odd[row] for row in refused.index[refused].tolist()]
        yield from broken(
            read.cells,
            refused,
            column,
            [f"{kind}; {each.says}" for kind, each in zip(kinds, wrong, strict=True)],
            [each.remedy for each in wrong],
        )
        reread = _among(read, [row for row, each in odd.items() if each.mark])
        right = [odd[row] for row in reread.index[reread].tolist()]
        yield from broken(
            read.cells,
            reread,
            column,
            [each.says for each in right],
            [each.remedy for each in right],
            mark=[f"{column} {each.mark}" for each in right],
        )


def impossible(read: Reading) -> Iterable[Broken]:
    """Find counts and shares that cannot be."""
    numerator, denominator = read.numbers["numerator"], read.numbers["denominator"]
    value, per = read.numbers["value"], read.of_indicator("per").astype("Float64")
    # Events per event may be more than one; events per hundred or more people or
    # homes are counted among them.
    above = (numerator > denominator) & (denominator > 0) & (per > 1)
    above = above.fillna(value=False)
    expected = [
        f"no more than the denominator, {whole}"
        for whole in read.rows["denominator"][above]
    ]
    remedy = "Check whether the two were swapped."
    yield from _inaccurate(read, above, "numerator", expected, remedy)
    for column in ("numerator", "denominator"):
        negative = read.numbers[column] < 0
        yield from _inaccurate(read, negative, column, "a count, 0 or more")
    part = (numerator % 1 != 0) & _of_people(read)
    yield from _inaccurate(read, part, "numerator", "a whole number of people")
    share = read.of_indicator("unit").eq("%")
    outside = share & ~value.between(0, 100).fillna(value=True)
    yield from _inaccurate(read, outside, "value", "a share between 0 and 100")
    below = (value < 0) & per.notna() & ~share
    yield from _inaccurate(read, below, "value", "a rate, 0 or more")
    remedy = "A rate of nothing is no rate: leave both counts blank, status 'missing'."
    yield from _inaccurate(
        read, denominator == 0, "denominator", "a count above 0", remedy
    )


def contradictory(read: Reading) -> Iterable[Broken]:
    """Find rows whose status and figures say different things."""
    without = read.status.isin(WITHOUT_FIGURES)
    given = read.rows["value"].ne("") | read.rows["numerator"].ne("")
    yield from _inaccurate(
        read,
        without & given,
        "status",
        "final, provisional or revised, since the row has figures",
        "Correct the status or blank the figures.",
    )
    yield from broken(
        read.cells,
        ~without & ~given,
        "value",
        "a figure, since the status does not say that there is none",
        "Fill it in, or say 'missing' in 'status'.",
        dimension="completeness",
    )


def misreckoned(read: Reading) -> Iterable[Broken]:
    """Find values that their counts do not give."""
    value, reckoned = read.numbers["value"], read.reckoned
    # A published value may be rounded to the decimals that it is shown with.
    decimals = read.of_indicator("decimals").astype("Float64")
    tolerance = 0.5 * 10.0**-decimals
    apart = ((reckoned - value).abs() > tolerance * 1.001).fillna(value=False)
    # The share of 1 that a spreadsheet keeps behind a cell formatted as per cent.
    of_one = (reckoned - 100 * value).abs() <= 100 * tolerance
    of_one &= read.of_indicator("unit").eq("%")
    expected = [f"{given:.6g}, which its counts give" for given in reckoned[apart]]
    remedy = [
        "It is written as a share of 1: type it in per cent."
        if share
        else "Correct the value or the counts."
        for share in of_one[apart].fillna(value=False)
    ]
    yield from _inaccurate(read, apart, "value", expected, remedy)


def _inaccurate(
    read: Reading,
    wrong: pd.Series,
    column: str,
    expected: str | list[str],
    remedy: str | list[str] = _CORRECT,
) -> list[Broken]:
    return broken(read.cells, wrong, column, expected, remedy, dimension="accuracy")


def _among(read: Reading, labels: list[int]) -> pd.Series:
    return pd.Series(read.rows.index.isin(labels), index=read.rows.index)


def _of_people(read: Reading) -> pd.Series:
    return read.of_indicator("counts_people").eq(other=True)


def _kinds(column: str, people: pd.Series, share: pd.Series) -> list[str]:
    if column == "value":
        return ["a number between 0 and 100" if each else "a number" for each in share]
    if column == "denominator":
        return ["a number above 0"] * len(people)
    whole = "a whole number, 0 or more"
    return [whole if each else "a number, 0 or more" for each in people]
