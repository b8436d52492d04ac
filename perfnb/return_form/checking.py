"""What a spreadsheet checks of a return form as it is typed, and says beside it.

It catches slips early and replaces nothing: `perfnb.ingest.quality` judges every
cell when the form comes back.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from perfnb.registers import Indicator

_LONGEST_MESSAGE = 255
"""Characters that a spreadsheet shows beside a cell."""

_LARGEST = 10**15 - 1
"""As many digits as a number in a return may have."""

_NOUGHT = "0 means that you counted and found none."
_CHOICES = {
    "status": "Choose one. It must not be blank in a row with a figure.",
    "source": "Where the figure comes from. Choose one of the list.",
    "denominator_source": "Where the denominator comes from, if it is another place.",
}
_NOTE = "What a reader must know about this figure, such as why there is none."


def cell_check(
    heading: str, indicator: Indicator, lists: Mapping[str, str]
) -> dict[str, Any]:
    """Say what may be typed into a cell, in the words of xlsxwriter.

    Parameters
    ----------
    heading : str
        Heading of the cell's column.
    indicator : Indicator
        What the cell's row is about.
    lists : mapping of str to str
        For headings with a drop-down list, the cells that it comes from.

    Returns
    -------
    dict
        Options of ``Worksheet.data_validation``: the rule, what is said when the
        cell is chosen and what when something does not fit.
    """
    return {
        **_rule(heading, indicator, lists),
        "input_title": heading,
        "input_message": _message(told(heading, indicator)),
        "error_title": f"Please check {heading}",
        "error_message": _message(_error(heading, indicator)),
    }


def told(heading: str, indicator: Indicator) -> str:
    """Say what to type into a cell.

    Examples
    --------
    >>> told("note", None)
    'What a reader must know about this figure, such as why there is none.'
    """
    if heading == "note":
        return _NOTE
    if heading in _CHOICES:
        return _CHOICES[heading]
    alone = "You may leave it blank: the value is not worked out from it."
    blank = alone if indicator.per is None else ""
    counts = "Leave it blank when you give both counts: it is worked out."
    reckoned = "" if indicator.per is None else counts
    whole = "A whole number." if indicator.counts_people else "A plain number."
    share = "Type 33.1 for 33.1%." if indicator.is_percentage else ""
    sentences = {
        "numerator": (_counted(indicator.numerator), whole, _NOUGHT, blank),
        "denominator": (_counted(indicator.denominator), "More than 0.", blank),
        "value": (f"In {indicator.unit}.", share, reckoned),
    }
    return " ".join(filter(None, sentences[heading]))


def _counted(what: str) -> str:
    return f"{what}." if what else "No count is asked for."


def _rule(
    heading: str, indicator: Indicator, lists: Mapping[str, str]
) -> dict[str, Any]:
    if heading in lists:
        return {"validate": "list", "source": lists[heading]}
    if heading == "numerator":
        kind = "integer" if indicator.counts_people else "decimal"
        return {"validate": kind, "criteria": ">=", "value": 0}
    if heading == "denominator":
        return {"validate": "decimal", "criteria": ">", "value": 0}
    if heading == "value":
        low, high = (0, 100) if indicator.is_percentage else (-_LARGEST, _LARGEST)
        span = {"criteria": "between", "minimum": low, "maximum": high}
        return {"validate": "decimal", **span}
    return {"validate": "any"}


def _error(heading: str, indicator: Indicator) -> str:
    if heading in _CHOICES:
        return "Choose one of the list, or leave the cell blank."
    whole = "whole number" if indicator.counts_people else "number"
    share = " from 0 to 100" if indicator.is_percentage else ""
    wanted = {
        "numerator": f"a {whole}, 0 or more",
        "denominator": "a number above 0",
        "value": f"a number{share}",
    }.get(heading, "text")
    return (
        f"Type {wanted}, without words or signs. No figure? Leave the cell blank, "
        "choose a status that says so and say why in the note."
    )


def _message(text: str) -> str:
    return textwrap.shorten(text, _LONGEST_MESSAGE, placeholder=" ...")
