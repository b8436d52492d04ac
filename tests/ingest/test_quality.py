"""Cells are judged by rule; a row enters as it is or stays out, and is told."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from small_workbook import HELP, INSPECTIONS, REPAIRS, RETURNS, VALE, WASTE

from perfnb.errors import ReturnError
from perfnb.ingest.quality import judge
from perfnb.ingest.returned.returns import read_returns
from perfnb.ingest.rules.numerals import PLAIN

FIGURES = [
    *["indicator", "authority", "area", "start", "end", "characteristic", "group"],
    *["numerator", "denominator", "value", "status", "source", "note"],
]


@pytest.fixture(scope="module")
def cells(vale):
    """Give the cells of the returns of Illustrative Vale."""
    return read_returns(vale.folder, vale.methods)[0]


def as_text(observations):
    """Write the figures of observations as text, in an order of their own."""
    text = observations[FIGURES].astype(str)
    return text.sort_values(FIGURES).reset_index(drop=True)


# --- what is worked out -------------------------------------------------------


def test_a_value_is_worked_out_from_its_counts(vale):
    rows, faults = judged(
        vale,
        {"numerator": "45", "denominator": "50"},
        {"indicator": "IL3", "numerator": "30", "denominator": "20000"},
        {"indicator": "IL3", "authority": "E07990002", "numerator": "0"}
        | {"denominator": "25000"},
    )
    assert faults == []
    assert rows["value"].tolist() == [90, 1.5, 0]


def test_counts_are_more_exact_than_a_rounded_value(vale):
    rows, faults = judged(vale, {"numerator": "1", "denominator": "3", "value": "33.3"})
    assert faults == []
    assert rows["value"][0] == pytest.approx(100 / 3)


def test_a_value_alone_stays_as_it_is(vale):
    rows, faults = judged(vale, {"indicator": "IL2", "value": "405.50"})
    assert faults == []
    assert rows["value"].tolist() == [405.5]


def test_a_count_alone_has_no_value(vale):
    rows, faults = judged(vale, {"numerator": "45"})
    assert faults == []
    assert rows["numerator"].tolist() == [45]
    assert rows["value"].isna().all()


def test_a_missing_figure_is_nothing_not_0(vale):
    rows, faults = judged(
        vale,
        {"status": "missing"},
        {"status": "suppressed"} | {"authority": "E07990002"},
    )
    assert faults == []
    assert rows[["numerator", "denominator", "value"]].isna().all(axis=None)


def test_a_blank_area_is_the_whole_authority(vale):
    rows, _ = judged(vale, {"value": "1"}, {"value": "2", "area": "E01990001"})
    assert rows["area"].tolist() == [VALE, "E01990001"]


def test_days_of_a_source_come_from_its_register(vale):
    early = {"source": "early", "period": "2024-25 Q1"}
    rows, _ = judged(vale, {"value": "1", **early})
    only = rows.iloc[0]
    assert str(only["published"].date()) == "2024-12-01"
    assert str(only["received"].date()) == "2025-01-10"
    assert only["basis"] == "illustrative"


@settings(max_examples=30)
@given(
    st.lists(
        st.integers(1, 10**6).flatmap(
            lambda d: st.tuples(st.integers(0, d), st.just(d))
        ),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(["IL1", "IL3"]),
)
def test_every_value_is_numerator_over_denominator_times_per(vale, counts, indicator):
    rows, faults = judged(
        vale,
        *(
            {
                "indicator": indicator,
                "characteristic": "illustrative",
                "group": f"illustrative {number}",
                "numerator": str(numerator),
                "denominator": str(denominator),
            }
            for number, (numerator, denominator) in enumerate(counts)
        ),
    )
    per = {"IL1": 100, "IL3": 1000}[indicator]
    assert faults == []
    for value, (numerator, denominator) in zip(rows["value"], counts, strict=True):
        assert value * denominator == pytest.approx(numerator * per)


@settings(max_examples=20)
@given(chance=st.randoms())
def test_the_order_of_the_rows_of_a_return_does_not_matter(vale, cells, chance):
    order = list(range(len(cells.rows)))
    chance.shuffle(order)
    shuffled = replace(cells, rows=cells.rows.iloc[order].reset_index(drop=True))
    rows, faults = judge(shuffled, vale.catalogue, vale.reference, vale.methods)
    assert faults == ()
    assert as_text(rows).equals(as_text(vale.observations))


def test_rows_and_columns_of_files_may_be_turned_round(small_workbook, vale):
    for name in RETURNS:
        small_workbook.reverse_columns(name)
        small_workbook.reverse_rows(name)
    assert as_text(small_workbook.open().observations).equals(
        as_text(vale.observations)
    )


# --- what is refused ----------------------------------------------------------

NOT_NUMBERS = [
    *["n/a", "-", "..", ":", "~", "x", "<5", "[c]", "*", "five", "nan", "inf"],
    *["1.234,5", "£30", "1_000", "1e3", "0x10", "2025-12-31", "#DIV/0!"],
    *["٣", "３", "½", "+5", "--5", "5.", ".5", "5\u00b2", "=2+3"],
]


@pytest.mark.parametrize("column", ["numerator", "denominator", "value"])
@pytest.mark.parametrize("typed", NOT_NUMBERS, ids=ascii)
def test_text_in_a_number_is_refused_not_mended(vale, column, typed):
    row = {"numerator": "4", "denominator": "5", "value": "80", column: typed}
    rows, (fault,) = judged(vale, row)
    assert rows.empty
    cell = {"numerator": "G2", "denominator": "H2", "value": "I2"}[column]
    assert str(fault).startswith(
        f'illustrative.xlsx, Return!{cell}, column {column} has "{typed}". Expected a '
    )
    assert fault.severity == "error"
    assert "; " in fault.expected
    assert fault.remedy


@pytest.mark.parametrize(
    ("column", "typed", "told"),
    [
        (
            "numerator",
            "<5",
            "a number, 0 or more; this is a small number already hidden at source. "
            "Type the figure, or leave it blank and put 'suppressed' in 'status'.",
        ),
        (
            "value",
            "..",
            "a number between 0 and 100; in many official tables this means that no "
            "data was received. Type the figure, or leave it blank and put 'missing' "
            "in 'status'.",
        ),
        (
            "denominator",
            "50%",
            "a number above 0; this is a share, not a count. Type the count.",
        ),
        (
            "numerator",
            "9" * 400,
            "a number, 0 or more; no figure has more than 15 digits. Check it.",
        ),
    ],
)
def test_a_refusal_says_what_was_wanted_what_it_means_and_what_to_do(
    vale, column, typed, told
):
    row = {"numerator": "4", "denominator": "5", "value": "80", column: typed}
    _, (fault,) = judged(vale, row)
    assert str(fault).endswith(f"Expected {told}")
    assert len(str(fault)) < 300


@pytest.mark.parametrize(
    ("row", "figures", "mark"),
    [
        (
            {"numerator": "1,234", "denominator": "1\u00a0500"},
            (1234, 1500),
            "numerator read as 1234; denominator read as 1500",
        ),
        (
            {"numerator": "12 345", "denominator": "20,000.0"},
            (12345, 20000),
            "numerator read as 12345; denominator read as 20000.0",
        ),
    ],
)
def test_thousands_are_read_marked_and_told(vale, row, figures, mark):
    rows, faults = judged(vale, row)
    assert (rows["numerator"][0], rows["denominator"][0]) == figures
    assert rows["mark"].tolist() == [mark]
    assert [fault.severity for fault in faults] == ["warning"] * 2
    assert all("it was read as" in fault.expected for fault in faults)


def test_a_sign_for_per_cent_is_read_where_the_unit_is_per_cent(vale):
    rows, (fault,) = judged(vale, {"value": "90.5%"})
    assert (rows["value"][0], fault.severity) == (90.5, "warning")
    assert fault.expected == "a figure without the sign %; it was read as 90.5"
    _, (fault,) = judged(vale, {"indicator": "IL2", "value": "90.5%"})
    assert fault.severity == "error"
    assert "this is a share, not kg per household" in fault.expected


def test_a_row_without_a_finding_has_no_mark(vale):
    rows, faults = judged(vale, {"value": "80"})
    assert (rows["mark"].tolist(), faults) == ([""], [])
    assert rows["source_sheet"].tolist() == ["Return"]


def test_a_warning_is_told_also_where_another_cell_keeps_the_row_out(vale):
    rows, faults = judged(vale, {"numerator": "1,000", "denominator": "<5"})
    assert rows.empty
    assert [fault.severity for fault in faults] == ["warning", "error"]


def test_a_finding_knows_its_indicator_and_what_it_touches(vale):
    _, faults = judged(
        vale,
        {"value": "<5"},
        {"indicator": "IL2", "value": ""},
        {"indicator": "IL3", "numerator": "9", "denominator": "8"},
    )
    assert [(f.indicator, f.dimension) for f in faults] == [
        ("IL1", "validity"),
        ("IL2", "completeness"),
        ("IL3", "accuracy"),
    ]


@settings(max_examples=60)
@given(typed=st.text(min_size=1).filter(lambda text: text == text.strip()))
def test_no_other_text_becomes_a_number_or_a_crash(vale, typed):
    rows, faults = judged(vale, {"indicator": "IL2", "value": typed})
    errors = [fault for fault in faults if fault.severity == "error"]
    assert len(rows) + len(errors) == 1
    assert rows["value"].notna().all()
    assert not (faults and re.fullmatch(PLAIN, typed))


def test_a_return_that_is_wrong_in_every_row_gives_no_rows(vale):
    rows, faults = judged(vale, {"indicator": "ZZ"}, {"indicator": "ZZ", "value": "1"})
    assert rows.empty
    assert {fault.found for fault in faults} >= {"ZZ"}


def test_right_rows_enter_beside_wrong_ones(vale):
    rows, (fault,) = judged(
        vale,
        {"value": "80"},
        {"value": "<5", "authority": "E07990002"},
        {"value": "90", "authority": "E07990003"},
    )
    assert rows["value"].tolist() == [80, 90]
    assert rows["source_row"].tolist() == [2, 4]
    assert fault.row == 3


@pytest.mark.parametrize(
    ("numerator", "denominator", "refused"),
    [("50", "50", False), ("51", "50", True), ("0", "50", False)],
)
def test_a_share_is_no_more_than_its_whole(vale, numerator, denominator, refused):
    _, faults = judged(vale, {"numerator": numerator, "denominator": denominator})
    assert bool(faults) == refused


def test_a_rate_of_people_counts_no_more_than_there_are(vale):
    """Swapped counts give 1,500 per 1,000: nobody would see it on a page."""
    row = {"indicator": "IL3", "numerator": "30", "denominator": "20"}
    _, (fault,) = judged(vale, row)
    assert fault.column == "numerator"
    assert "Check whether the two were swapped." in str(fault)


def test_events_for_each_event_may_be_more_than_one(book):
    """Wyre Forest took 343 actions on 196 fly-tips in 2012-13."""
    actions = book.observations.query("indicator == 'NI196e' and numerator == 343")
    assert (actions["value"] > 1).any()


def test_groups_do_not_count_more_than_everybody(vale):
    """340 for 34 would change every verdict of its page."""
    whole = {"indicator": "IL3", "numerator": "60", "denominator": "20000"}
    age = {**whole, "characteristic": "age"}
    _, (fault,) = judged(
        vale,
        whole,
        {**age, "group": "16-34", "numerator": "34", "denominator": "9000"},
        {**age, "group": "35 and over", "numerator": "34", "denominator": "9000"},
    )
    assert (fault.row, fault.column) == (3, "numerator")
    assert "the headline's 60 at most; they add up to 68" in str(fault)


def test_people_are_whole(vale):
    """Half a household cannot be owed a duty."""
    row = {"indicator": "IL3", "numerator": "34.5", "denominator": "20000"}
    _, (fault,) = judged(vale, row)
    assert fault.expected == "a whole number of people"


@pytest.mark.parametrize(
    ("value", "refused"), [("0", False), ("100", False), ("100.1", True), ("-1", True)]
)
def test_a_share_given_without_counts_is_between_0_and_100(vale, value, refused):
    _, faults = judged(vale, {"value": value})
    assert bool(faults) == refused


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ("33.3", False),
        ("33.35", False),
        ("33.29", False),
        ("33.2", True),
        ("0.33", True),
    ],
)
def test_a_value_agrees_with_its_counts_to_the_decimals_shown(vale, value, refused):
    _, faults = judged(vale, {"numerator": "1", "denominator": "3", "value": value})
    assert bool(faults) == refused


def test_a_denominator_of_nought_is_told_once(vale):
    row = {"indicator": "IL3", "numerator": "0", "denominator": "0", "value": "0"}
    _, (fault,) = judged(vale, row)
    assert (fault.column, fault.found) == ("denominator", "0")


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"value": "81"},
        {"area": VALE},
        {"period": "October to December 2025"},
        {"period": "October 2025 to December 2025"},
        {"status": "revised"},
    ],
    ids=[
        "same",
        "other value",
        "area said",
        "months",
        "months in full",
        "other status",
    ],
)
def test_a_figure_stands_once_in_a_source_however_it_is_written(vale, again):
    rows, (fault,) = judged(vale, {"value": "80"}, {"value": "80", **again})
    assert rows["source_row"].tolist() == [2]
    says = (
        "the same figures with the status 'final'" if "status" in again else "the same"
    )
    says = "other figures" if "value" in again else says
    assert str(fault) == (
        'illustrative.xlsx, Return!A3, column indicator has "IL1". Expected one row '
        "for each indicator, place, period and group of a source; row 2 has "
        f"{says}. Remove one of the two rows."
    )


@pytest.mark.parametrize(
    "other",
    [
        {"source": "early"},
        {"period": "2025-26 Q2"},
        {"period": "2024-25"},
        {"group": "16-34", "characteristic": "age"},
        {"area": "E01990001"},
        {"authority": "E07990002"},
    ],
)
def test_another_source_time_place_or_group_is_another_figure(vale, other):
    both = {"period": "2024-25 Q1"}
    rows, faults = judged(
        vale, {"value": "80", **both}, {"value": "81", **both, **other}
    )
    assert (len(rows), faults) == (2, [])


def test_a_figure_is_not_received_before_its_period_has_ended(vale):
    _, (fault,) = judged(vale, {"period": "2052-53 Q3", "value": "80"})
    assert (fault.column, fault.found) == ("period", "2052-53 Q3")


def test_faults_come_in_the_order_of_the_files_and_rows(small_workbook):
    small_workbook.set_cell(WASTE, 2, "value", "n/a")
    small_workbook.set_cell(HELP, 5, "group", "")
    small_workbook.set_cell(HELP, 2, "source", "nobody")
    small_workbook.set_cell(INSPECTIONS, 4, "numerator", "-1")
    small_workbook.set_cell(REPAIRS, 2, "period", "2025")
    places = [(f.file, f.row, f.column) for f in small_workbook.faults(ReturnError)]
    assert places == [
        (HELP, 2, "source"),
        (HELP, 5, "group"),
        (REPAIRS, 2, "period"),
        (INSPECTIONS, 4, "numerator"),
        (WASTE, 2, "value"),
    ]


def test_every_fault_of_one_row_is_told(vale):
    _, faults = judged(
        vale,
        {
            "indicator": "ZZ",
            "authority": "Illustrative Vale",
            "area": "E01999999",
            "period": "Q3 2025-26",
            "characteristic": "",
            "group": "",
            "numerator": "<5",
            "denominator": "-1",
            "status": "done",
            "source": "nobody",
            "denominator_source": "nobody",
        },
    )
    assert sorted(fault.column for fault in faults) == sorted(
        [
            *["indicator", "authority", "area", "period", "characteristic", "group"],
            *["numerator", "denominator", "status", "source", "denominator_source"],
        ]
    )
    assert all(fault.remedy for fault in faults)
