"""Figures: each is a number that can be, and its row agrees with itself."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken, broken_once
from perfnb.ingest.rules.numerals import shown
from perfnb.ingest.rules.reading import NUMERIC, Reading
from perfnb.observations import WITHOUT_FIGURES

_WEIGHED = "tonnes"
"""What of an indicator's counted things comes in parts."""

_POINTED = r"[0-9]{1,3}(?:\.[0-9]{3})+"
"""Digits that mean thousands where a point parts them, as in Germany or Spain."""

_CORRECT = "Correct it, or leave it blank and say why in 'status'."


def unreadable(read: Reading) -> Iterable[Broken]:
    """Find cells that are no figure, and figures that are not plainly written."""
    people, share = _of_people(read), _share(read)
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
    denominator, value = read.numbers["denominator"], read.numbers["value"]
    yield from _above_the_whole(read)
    for column in ("numerator", "denominator"):
        negative = read.numbers[column] < 0
        yield from _inaccurate(read, negative, column, "a count, 0 or more")
    yield from _broken_counts(read)
    per = read.of_indicator("per").astype("Float64")
    share = _share(read)
    outside = share & ~value.between(0, 100).fillna(value=True)
    yield from _inaccurate(read, outside, "value", "a share between 0 and 100")
    below = (value < 0) & per.notna() & ~share
    yield from _inaccurate(read, below, "value", "a rate, 0 or more")
    remedy = "A rate of nothing is no rate: leave both counts blank, status 'missing'."
    yield from _inaccurate(
        read, denominator == 0, "denominator", "a count above 0", remedy
    )


def _above_the_whole(read: Reading) -> Iterable[Broken]:
    """Find numerators above their denominators: an error where they are a part."""
    numerator, denominator = read.numbers["numerator"], read.numbers["denominator"]
    per, share = read.of_indicator("per").astype("Float64"), _share(read)
    above = (numerator > denominator) & (denominator > 0)
    # Events per event may be more than one.
    among = (per > 1).fillna(value=False)
    part = share | (_of_people(read) & among)
    above = above.fillna(value=False)
    wrong, odd = above & part, above & among & ~part
    typed = read.rows["denominator"]
    remedy = "Check whether the two were swapped."
    expected = [f"no more than the denominator, {shown(text)}" for text in typed[wrong]]
    yield from _inaccurate(read, wrong, "numerator", expected, remedy)
    yield from broken_once(
        read.cells,
        odd,
        "numerator",
        [f"as a rule less than the denominator, {shown(text)}" for text in typed[odd]],
        [remedy] * int(odd.sum()),
        mark=["numerator above the denominator"] * int(odd.sum()),
        dimension="accuracy",
    )


def _broken_counts(read: Reading) -> Iterable[Broken]:
    """Find parts of what is counted one by one, and thousands behind a point."""
    counted = read.of_indicator("counted").fillna("")
    counted = counted.where(counted.ne("") | ~_of_people(read), "people")
    by_one = counted.ne("") & counted.ne(_WEIGHED)
    for column in ("numerator", "denominator"):
        typed = read.rows[column]
        thousands = typed.str.fullmatch(_POINTED)
        # What a rate is of may be an estimate; the whole of a share is counted too.
        exact = by_one if column == "numerator" else by_one & _share(read)
        wrong = by_one & thousands
        wrong |= exact & (read.numbers[column] % 1 != 0).fillna(value=False)
        what = counted if column == "numerator" else counted.where(exact, "")
        yield from _inaccurate(
            read,
            wrong,
            column,
            [f"a whole number{f' of {name}' if name else ''}" for name in what[wrong]],
            [
                f"If the point stands for thousands, type {text.replace('.', '')}."
                if pointed
                else _CORRECT
                for text, pointed in zip(typed[wrong], thousands[wrong], strict=True)
            ],
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
    of_one &= _share(read)
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


def _share(read: Reading) -> pd.Series:
    return read.of_indicator("unit").eq("%")


def _of_people(read: Reading) -> pd.Series:
    return read.of_indicator("counts_people").eq(other=True)


def _kinds(column: str, people: pd.Series, share: pd.Series) -> list[str]:
    if column == "value":
        return ["a number between 0 and 100" if each else "a number" for each in share]
    if column == "denominator":
        return ["a number above 0"] * len(people)
    whole = "a whole number, 0 or more"
    return [whole if each else "a number, 0 or more" for each in people]
