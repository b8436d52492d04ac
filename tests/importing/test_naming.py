"""The source of a published file and its row of the register."""

from __future__ import annotations

import pytest

from perfnb.errors import ParameterError
from perfnb.importing.naming import check_id, fill, source_id
from perfnb.ingest.published.profile import GAPS, Profile
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
        (["2025-26 Q4"], "{year}", "2025-26"),
        (["October to November 2022"], "{year}", "2022-23"),
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
    two_years = parse_period("January 2024 to December 2025")
    with pytest.raises(ParameterError, match="--source"):
        fill(text, [two_years], ["table 1"], "")


def profile_of(source):
    """Give a profile that names its source so."""
    table = {"name": "table 1", "figures": [{"indicator": "IL1", "value": "Rate"}]}
    return Profile.model_validate(
        {
            **dict.fromkeys(("publisher", "title", "licence", "about"), "Illustrative"),
            "id": "illustrative",
            "source": source,
            "period": {"place": "given"},
            "tables": [table],
        }
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sleeping-{period}", "sleeping-october-to-november-2022"),
        ("{tables}-{quarter}", "tables-1-and-2-2022-23-q3"),
        ("P--1-{edition}", "P--1-2026-03-final"),
    ],
)
def test_what_fills_a_gap_becomes_part_of_an_id(source, expected):
    spans = [parse_period("October to November 2022")]
    tables = ["table 1", "table 2"]
    named = source_id(profile_of(source), spans, tables, "2026_03 Final")
    assert named == expected


@pytest.mark.parametrize("source", ["a {year}", "a_{year}", "-{year}", "a-{yaer}"])
def test_a_profile_names_its_source_so_that_it_can_be_an_id(source):
    with pytest.raises(ValueError, match="gaps"):
        profile_of(source)


@pytest.mark.parametrize("name", ["a", "hclic-oct-dec-2025", "P--153.1"])
def test_an_id_of_the_register_is_accepted(name):
    check_id(name)


@pytest.mark.parametrize("name", ["my_source", "my source", " my source", "my/source"])
def test_a_text_that_is_no_id_is_told_with_one_that_is(name):
    with pytest.raises(ParameterError, match="points and hyphens only; write 'my-s"):
        check_id(name)


@pytest.mark.parametrize("name", ["", "__", "-"])
def test_a_text_of_signs_alone_is_no_id(name):
    with pytest.raises(ParameterError, match=r"points and hyphens only\.$"):
        check_id(name)
