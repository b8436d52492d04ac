"""The source of a published file and its row of the register."""

from __future__ import annotations

import pytest

from perfnb.errors import ParameterError
from perfnb.importing.naming import GAPS, fill
from perfnb.quarters import parse_period

QUARTER = parse_period("2025-26 Q3")


@pytest.mark.parametrize(
    ("periods", "text", "expected"),
    [
        (["2025-26 Q3"], "{months}", "oct-dec-2025"),
        (["2025-26 Q3"], "{quarter}", "2025-26-q3"),
        (["February 2019"], "{months}", "feb-2019"),
        (["October 2018 to February 2019"], "{months}", "oct-2018-feb-2019"),
        (["2016-17", "2017-18"], "{year}", "2017-18"),
        (["2016-17", "2017-18"], "{period}", "2016-17 to 2017-18"),
        (["2025-26 Q3"], "{period}", "October to December 2025"),
        (["February 2019"], "{period}", "February 2019"),
    ],
)
def test_what_gaps_stand_for(periods, text, expected):
    spans = [parse_period(period) for period in periods]
    assert fill(text, spans, ["table 1"], "") == expected


@pytest.mark.parametrize(
    ("tables", "expected"),
    [(["table A1"], "table A1"), (["table 1", "costs", "3"], "tables 1, costs and 3")],
)
def test_tables(tables, expected):
    assert fill("{tables}", [QUARTER], tables, "") == expected


def test_every_gap_can_be_filled():
    text = " ".join(f"{{{gap}}}" for gap in GAPS)
    filled = fill(text, [parse_period("2017-18")], ["table 1"], "2019-02")
    assert "{" not in filled


@pytest.mark.parametrize("text", ["{year}", "{edition}", "{no such gap}"])
def test_a_gap_that_nothing_fills_asks_for_the_source(text):
    with pytest.raises(ParameterError, match="--source"):
        fill(text, [QUARTER], ["table 1"], "")
