"""Rows are counted by district, small area and month, and none is lost unseen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.counted_table import laid_out
from perfnb.ingest.published.counting import Event, count
from perfnb.ingest.published.other_layouts import Counting
from perfnb.places import Gazetteer
from perfnb.quarters import Span
from perfnb.reference import Area, AreaChange, Authority, Reference

VALE, MARSH = "E07990001", "E07990002"
HEADINGS = ("Crime ID", "Month", "Location", "LSOA code", "LSOA name", "Crime type")
COUNTING = Counting(
    area=("LSOA code",),
    area_name=("LSOA name",),
    period=("Month",),
    form="month-number",
    kind=("Crime type",),
    number=("Crime ID",),
    districts=(VALE,),
)
FIRST, PART, OUTSIDE = "E01990001", "E01990008", "E01990009"


def crime(
    number="a",
    month="2019-02",
    area=FIRST,
    name="Illustrative Vale 001A",
    kind="Burglary",
):
    return (number, month, "On or near Made Up Lane", area, name, kind)


@pytest.fixture(scope="module")
def gazetteer():
    authorities = [
        Authority(code=VALE, name="Illustrative Vale", kind="district"),
        Authority(code=MARSH, name="Illustrative Marsh", kind="district"),
    ]
    areas = [
        Area(
            code=FIRST, name="Illustrative Vale 001A", kind="LSOA 2011", authority=VALE
        )
    ]
    split = AreaChange(
        older=FIRST,
        older_name="Illustrative Vale 001A",
        older_census="2011",
        change="split",
        newer=PART,
        newer_name="Illustrative Vale 001D",
        newer_census="2021",
        authority=VALE,
        source="illustrative",
    )
    return Gazetteer(
        Reference(
            {each.code: each for each in authorities},
            {each.code: each for each in areas},
            {},
            changes=(split,),
        )
    )


def counted(gazetteer, *rows):
    return count(Sheet("crime.csv", None, (HEADINGS, *rows)), COUNTING, gazetteer)


def month_of(year, month):
    return Span(date(year, month, 1), date(year, month, 28 if month == 2 else 31))


def test_rows_are_counted_by_place_month_and_kind(gazetteer):
    counts = counted(
        gazetteer,
        crime("a"),
        crime("b"),
        crime("c", month="2019-03"),
        crime("d", kind="Robbery"),
    )
    february = Event(VALE, FIRST, month_of(2019, 2), "Burglary")
    assert counts.events[february] == 2
    assert sum(counts.events.values()) == 4
    assert counts.of_kinds(VALE) == {"Burglary": 3, "Robbery": 1}


def test_a_part_of_a_small_area_counts_for_the_area(gazetteer):
    counts = counted(gazetteer, crime(area=PART, name="Illustrative Vale 001D"))
    ((event, number),) = counts.events.items()
    assert (event.area, number) == (FIRST, 1)


def test_a_small_area_outside_the_list_counts_for_the_district_alone(gazetteer):
    counts = counted(gazetteer, crime(area=OUTSIDE, name="Illustrative Vale 009A"))
    assert counts.unplaced(VALE) == 1
    assert counts.of_kinds(VALE) == {"Burglary": 1}


def test_rows_that_are_not_counted_are_told_with_the_reason(gazetteer):
    counts = counted(
        gazetteer,
        crime(area="", name=""),
        crime(name="Illustrative Marsh 001A"),
        crime(area="W01000001", name="Powys 001A"),
    )
    assert not counts.events
    assert [(row.number, row.reason) for row in counts.dropped] == [
        (2, "they have no small area"),
        (3, "they are in districts that are not asked for"),
        (4, "they are not in England"),
    ]


def test_what_cannot_be_read_is_told_to_the_cell(gazetteer):
    counts = counted(
        gazetteer, crime(name="Illustrative Vail 001A"), crime(month="02/2019")
    )
    assert [(fault.cell, fault.found) for fault in counts.faults] == [
        ("E2", "Illustrative Vail 001A"),
        ("B3", "02/2019"),
    ]


def test_a_number_that_stands_twice_is_counted_twice_and_told(gazetteer):
    counts = counted(gazetteer, crime("a"), crime("a"), crime(""), crime(""))
    assert counts.twice == 1
    assert sum(counts.events.values()) == 4


def test_a_file_without_a_column_is_refused_whole(gazetteer):
    sheet = Sheet("crime.csv", None, (HEADINGS[:3], ("a", "2019-02", "x")))
    counts = count(sheet, COUNTING, gazetteer)
    assert not counts.events
    assert [fault.expected for fault in counts.faults] == [
        "a column headed 'LSOA code'",
        "a column headed 'LSOA name'",
        "a column headed 'Crime type'",
    ]


def test_the_table_has_counts_alone_and_nothing_of_a_row(gazetteer):
    counts = counted(gazetteer, crime("secret"))
    table = laid_out(counts, "crime.csv", VALE, [FIRST, "E01990002"])
    assert table.rows == (
        ("authority", "area", "period", "count"),
        (VALE, "", "February 2019", "1"),
        (VALE, FIRST, "February 2019", "1"),
        (VALE, "E01990002", "February 2019", "0"),
    )


def test_months_make_quarters_and_a_whole_where_none_is_missing(gazetteer):
    months = [(2018, 10), (2018, 11), (2018, 12), (2019, 1)]
    rows = [
        crime(str(n), f"{year}-{month:02d}") for n, (year, month) in enumerate(months)
    ]
    table = laid_out(counted(gazetteer, *rows), "crime.csv", VALE, [])
    assert {row[2]: row[3] for row in table.rows[5:]} == {
        "2018-19 Q3": "3",
        "October 2018 to January 2019": "4",
    }
    gap = laid_out(counted(gazetteer, rows[0], rows[2]), "crime.csv", VALE, [FIRST])
    assert [row[2] for row in gap.rows[1:]] == 2 * ["October 2018", "December 2018"]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["2019-01", "2019-02", "nonsense", ""]),
            st.sampled_from(
                ["Illustrative Vale 001A", "Illustrative Marsh 002B", "Nowhere 1", ""]
            ),
            st.sampled_from([FIRST, PART, OUTSIDE, ""]),
        ),
        max_size=30,
    )
)
def test_every_row_is_counted_or_told(gazetteer, rows):
    counts = counted(
        gazetteer, *(crime("x", month, area, name) for month, name, area in rows)
    )
    told = len(counts.dropped) + len(counts.faults)
    assert sum(counts.events.values()) + told == len(rows)
