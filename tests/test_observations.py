"""One row a figure: newest report, gaps kept, nothing due before its time."""

from datetime import date

import pandas as pd
import pandera.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_workbook import MARSH, VALE

from perfnb import observations as tidy
from perfnb.quarters import parse_period, parse_quarter

_ROW = {
    "indicator": "IL1",
    "authority": VALE,
    "area": VALE,
    "characteristic": "all",
    "group": "all",
    "numerator": None,
    "denominator": None,
    "value": None,
    "status": "final",
    "basis": "illustrative",
    "source": "early",
    "denominator_source": "",
    "received": date(2025, 1, 10),
    "published": None,
    "note": "",
    "mark": "",
    "source_file": "illustrative.csv",
    "source_sheet": "",
}


def tidy_rows(*rows):
    """Lay out observations; each row says only what is different about it."""
    made = []
    for number, row in enumerate(rows, start=2):
        span = parse_period(row.get("period", "2024-25 Q1"))
        made.append(
            {
                **_ROW,
                "start": span.start,
                "end": span.end,
                "source_row": number,
                **{name: cell for name, cell in row.items() if name != "period"},
            }
        )
    return tidy.assemble(pd.DataFrame(made))


def values(rows):
    """List the values of rows, None for none."""
    return [None if pd.isna(value) else float(value) for value in rows["value"]]


# --- the frame itself ---------------------------------------------------------


def test_a_figure_is_in_the_quarter_in_which_its_span_ends():
    rows = tidy_rows(
        {"period": "2024-25", "value": 1},
        {"period": "2025-26 Q3", "value": 2},
        {"period": "January 2024 to December 2025", "value": 3},
    )
    assert list(rows["quarter"].astype(str)) == ["2025Q4", "2026Q3", "2026Q3"]
    assert tidy.period_labels(rows) == [
        "2024-25",
        "2025-26 Q3",
        "January 2024 to December 2025",
    ]


def test_the_types_of_the_frame():
    types = tidy_rows({"value": 1}).dtypes.astype(str)
    assert types["value"] == types["numerator"] == "Float64"
    assert types["indicator"] == types["area"] == types["status"] == "category"
    assert types["start"] == types["received"] == "datetime64[us]"
    assert types["quarter"] == "period[Q-MAR]"


@pytest.mark.parametrize(
    "row",
    [
        {"start": date(2025, 1, 1), "end": date(2024, 12, 31), "value": 1},
        {"status": "missing", "value": 1},
        {"status": "suppressed", "value": 0},
    ],
    ids=["ends before it starts", "missing yet there", "suppressed yet there"],
)
def test_the_frame_refuses_what_reading_should_have_refused(row):
    with pytest.raises(pandera.errors.SchemaErrors):
        tidy_rows(row)


# --- vintages -----------------------------------------------------------------


def test_the_newer_of_two_reports_is_kept_and_the_older_is_not_lost():
    rows = tidy_rows(
        {"value": 578.9, "source": "early", "received": date(2025, 1, 10)},
        {"value": 574.1, "source": "late", "received": date(2026, 2, 1)},
    )
    assert values(tidy.latest(rows)) == [574.1]
    assert values(rows) == [578.9, 574.1]
    assert values(tidy.latest(tidy.known_at(rows, date(2025, 6, 1)))) == [578.9]


def test_of_two_reports_of_one_day_the_later_published_is_kept():
    rows = tidy_rows(
        {"value": 574.1, "source": "a", "published": date(2024, 1, 1)},
        {"value": 578.9, "source": "b", "published": date(2018, 12, 11)},
    )
    assert values(tidy.latest(rows)) == [574.1]


def test_a_known_day_of_publication_counts_as_later_than_an_unknown_one():
    rows = tidy_rows(
        {"value": 1, "source": "b"},
        {"value": 2, "source": "a", "published": date(2018, 12, 11)},
    )
    assert values(tidy.latest(rows)) == [2]


@pytest.mark.parametrize("status", tidy.WITHOUT_FIGURES)
def test_a_source_without_a_figure_never_hides_one_that_has_it(status):
    rows = tidy_rows(
        {"value": 80, "source": "early", "received": date(2025, 1, 10)},
        {"status": status, "source": "late", "received": date(2026, 2, 1)},
    )
    assert values(tidy.latest(rows)) == [80]


def test_a_count_without_a_rate_is_a_figure_too():
    rows = tidy_rows(
        {"numerator": 45, "source": "early"},
        {"status": "missing", "source": "late", "received": date(2026, 2, 1)},
    )
    assert tidy.latest(rows)["numerator"].tolist() == [45]


def test_what_arrives_on_the_day_is_known_on_the_day():
    rows = tidy_rows({"value": 1, "received": date(2026, 2, 1)})
    assert len(tidy.known_at(rows, date(2026, 2, 1))) == 1
    assert len(tidy.known_at(rows, date(2026, 1, 31))) == 0


def test_nothing_after_the_quarter_is_looked_at():
    rows = tidy_rows(
        {"period": "2024-25", "value": 1},
        {"period": "2025-26 Q3", "value": 2},
        {"period": "2025-26 Q4", "value": 3},
        {"period": "2025-26", "value": 4},
    )
    assert values(tidy.up_to(rows, parse_quarter("2025-26 Q3"))) == [1, 2]


reports = st.lists(
    st.fixed_dictionaries(
        {
            "period": st.sampled_from(["2024-25 Q1", "2024-25 Q2", "2024-25"]),
            "authority": st.sampled_from([VALE, MARSH]),
            "group": st.sampled_from(["all", "16-34"]),
            "value": st.none() | st.floats(0, 100),
            "received": st.dates(date(2025, 1, 1), date(2025, 1, 3)),
            "published": st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 2)),
            "source": st.sampled_from(["a", "b", "c"]),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: (
        *(row[k] for k in ("period", "authority", "group")),
        row["source"],
    ),
)


@settings(max_examples=20)
@given(reports)
def test_latest_keeps_one_row_a_figure_and_loses_none(rows):
    before = tidy_rows(*rows)
    after = tidy.latest(before)
    assert not after.duplicated(tidy.KEY).any()
    assert len(after) == len(before.drop_duplicates(tidy.KEY))
    had = before[before["value"].notna()].drop_duplicates(tidy.KEY)
    assert after["value"].notna().sum() == len(had)
    assert set(after["source_row"]) <= set(before["source_row"])


@settings(max_examples=20)
@given(reports, st.randoms())
def test_latest_does_not_depend_on_the_order_of_the_rows(rows, chance):
    turned = list(rows)
    chance.shuffle(turned)
    columns = [*tidy.KEY, "value", "source", "received"]
    kept = [tidy.latest(tidy_rows(*some))[columns] for some in (rows, turned)]
    assert kept[0].astype(str).equals(kept[1].astype(str))


@settings(max_examples=20)
@given(reports)
def test_latest_of_latest_changes_nothing(rows):
    once = tidy.latest(tidy_rows(*rows))
    assert tidy.latest(once).equals(once)


@pytest.fixture
def indicators(small_workbook):
    """Give the indicators of Illustrative Vale; all show one decimal."""
    return small_workbook.open().catalogue.indicators


def test_no_observations_have_no_latest():
    assert tidy.latest(tidy_rows({"value": 1}).iloc[:0]).empty


# --- series -------------------------------------------------------------------


def series(indicator, quarter, *rows):
    """Lay out the series of Illustrative Vale at a quarter."""
    rows = tidy_rows(*({"indicator": indicator.id, **row} for row in rows))
    return tidy.series(rows, indicator, VALE, parse_quarter(quarter))


def test_a_gap_stays_a_gap_whether_said_or_not(indicators):
    points = series(
        indicators["IL1"],
        "2025-26 Q1",
        {"period": "2024-25 Q1", "value": 80},
        {"period": "2024-25 Q2", "status": "missing", "note": "Illustrative gap"},
        {"period": "2024-25 Q4", "value": 0},
    )
    assert list(points["period"]) == [
        "2024-25 Q1",
        "2024-25 Q2",
        "2024-25 Q3",
        "2024-25 Q4",
        "2025-26 Q1",
    ]
    assert values(points) == [80, None, None, 0, None]
    assert list(points["status"]) == [
        "final",
        "missing",
        "missing",
        "final",
        "missing",
    ]
    assert points["note"][1] == "Illustrative gap"
    assert tidy.periods_behind(points) == 1


@pytest.mark.parametrize(
    ("quarter", "last"),
    [
        ("2025-26 Q1", "2024-25"),
        ("2025-26 Q2", "2024-25"),
        ("2025-26 Q3", "2024-25"),
        ("2025-26 Q4", "2025-26"),
    ],
)
def test_an_annual_indicator_is_not_due_before_its_year_has_ended(
    indicators, quarter, last
):
    due = tidy.spans_due(
        indicators["IL2"], parse_period("2022-23"), parse_quarter(quarter)
    )
    assert due[0].label == "2022-23"
    assert due[-1].label == last


@pytest.mark.parametrize(
    ("indicator", "first", "labels"),
    [
        ("IL1", "2025-26 Q1", ["2025-26 Q1", "2025-26 Q2", "2025-26 Q3"]),
        ("IL2", "2023-24", ["2023-24", "2024-25"]),
        (
            "IL4",
            "July 2023 to June 2025",
            [
                "July 2023 to June 2025",
                "October 2023 to September 2025",
                "January 2024 to December 2025",
            ],
        ),
    ],
)
def test_what_is_due_follows_the_frequency(indicators, indicator, first, labels):
    due = tidy.spans_due(
        indicators[indicator], parse_period(first), parse_quarter("2025-26 Q3")
    )
    assert [span.label for span in due] == labels


@given(
    st.integers(1950, 2090),
    st.integers(1, 4),
    st.integers(0, 40),
)
def test_quarters_due_are_every_one_from_first_to_last(year, number, more):
    class Quarterly:
        frequency = "quarterly"

    first = pd.Period(f"{year}Q{number}", freq="Q-MAR")
    span = parse_period(f"{first.qyear - 1}-{first.qyear % 100:02d} Q{number}")
    due = tidy.spans_due(Quarterly, span, first + more)
    assert [each.quarter for each in due] == [first + n for n in range(more + 1)]


def test_annual_and_quarterly_figures_stand_side_by_side(small_workbook):
    selection = small_workbook.open().select("streets", "2025-26 Q3")
    quarterly, annual = (
        tidy.series(selection.observations, i, VALE, selection.quarter)
        for i in selection.indicators
    )
    assert quarterly["period"].iloc[-1] == "2025-26 Q3"
    assert values(quarterly)[-2:] == [88, 90]
    assert list(annual["period"]) == ["2022-23", "2023-24", "2024-25"]
    assert values(annual) == [420, 405.5, 400]
    assert "missing" not in set(annual["status"])
    assert tidy.periods_behind(annual) == tidy.periods_behind(quarterly) == 0


def test_a_figure_for_another_span_than_the_indicator_s_own_is_left_out(indicators):
    points = series(
        indicators["IL1"],
        "2024-25 Q2",
        {"period": "February 2024", "value": 1},
        {"period": "2023-24", "value": 2},
        {"period": "2024-25 Q1", "value": 80},
        {"period": "2024-25 Q2", "value": 81},
    )
    assert list(points["period"]) == ["2024-25 Q1", "2024-25 Q2"]


def test_other_places_groups_and_quarters_are_not_in_a_series(indicators):
    points = series(
        indicators["IL1"],
        "2024-25 Q1",
        {"value": 80},
        {"value": 1, "authority": MARSH, "area": MARSH},
        {"value": 2, "area": "E01990001"},
        {"value": 3, "characteristic": "age", "group": "16-34"},
        {"value": 4, "period": "2024-25 Q2"},
    )
    assert values(points) == [80]


def test_a_series_without_a_figure_is_empty(indicators):
    points = series(indicators["IL1"], "2023-24 Q4", {"value": 80})
    assert points.empty
    assert list(points["period"]) == []
    assert tidy.periods_behind(points) == 0


def test_a_series_of_gaps_only_is_behind_by_all_of_them(indicators):
    points = series(indicators["IL1"], "2024-25 Q3", {"status": "missing"})
    assert values(points) == [None, None, None]
    assert tidy.periods_behind(points) == 3


# --- the real figures ---------------------------------------------------------

WYRE_FOREST = "E07000239"


def real_series(book, indicator, quarter="2025-26 Q3"):
    """Lay out Wyre Forest's series of the newest reports."""
    return tidy.series(
        tidy.latest(book.observations),
        book.catalogue.indicators[indicator],
        WYRE_FOREST,
        parse_quarter(quarter),
    ).set_index("period")


@pytest.mark.parametrize("indicator", ["HOM1", "HOM2", "HOM3"])
@pytest.mark.parametrize("period", ["2021-22 Q3", "2023-24 Q4"])
def test_wyre_forest_s_missing_homelessness_figures_are_missing_not_0(
    book, indicator, period
):
    figure = real_series(book, indicator).loc[period]
    assert figure["status"] == "missing"
    assert pd.isna(figure["value"])
    assert pd.isna(figure["numerator"])


def test_both_vintages_of_wyre_forest_s_waste_of_2015_16_are_kept(book):
    rows = tidy.headline(book.observations, "NI191")
    rows = rows[(rows["authority"] == WYRE_FOREST) & (rows["end"] == "2016-03-31")]
    assert sorted(values(rows)) == [574.1, 578.9]
    assert real_series(book, "NI191").loc["2015-16", "value"] == 574.1


def test_wyre_forest_s_annual_figures_are_due_to_the_last_ended_year(book):
    waste = real_series(book, "NI191")
    assert waste.index[-1] == "2024-25"
    assert waste["value"].last_valid_index() == "2022-23"
    assert tidy.periods_behind(waste.reset_index()) == 2


def test_every_real_figure_of_the_council_is_in_its_series(book):
    newest = tidy.latest(book.observations)
    for indicator in book.catalogue.indicators.values():
        rows = tidy.headline(newest, indicator.id)
        rows = rows[(rows["authority"] == WYRE_FOREST) & rows["value"].notna()]
        months = [parse_period(label).months for label in tidy.period_labels(rows)]
        own = sum(each == indicator.window_months for each in months)
        assert real_series(book, indicator.id)["value"].count() == own, indicator.id


def test_latest_loses_no_real_figure(book):
    had = book.observations[book.observations["value"].notna()]
    newest = tidy.latest(book.observations)
    assert newest["value"].count() == len(had.drop_duplicates(tidy.KEY))
    assert not newest.duplicated(tidy.KEY).any()
