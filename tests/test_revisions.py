"""Every change of a figure in order: what it was, what it is, since when and why."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from small_workbook import MARSH, REVISIONS, VALE, WASTE
from test_observations import reports, tidy_rows

from perfnb import observations as tidy
from perfnb.errors import CatalogueError
from perfnb.registers import Indicator
from perfnb.revisions import COLUMNS, Revision, as_shown, steps, unexplained

WYRE_FOREST = "E07000239"
EARLY = {"source": "early", "received": date(2025, 1, 10)}
MIDDLE = {"source": "middle", "received": date(2025, 6, 10)}
LATE = {"source": "late", "received": date(2026, 2, 1)}


class Shown:
    """As much of an indicator as revisions look at."""

    id = "IL1"
    decimals = 1


def reason(text, source="late", first="", last=""):
    """Make a row of the register."""
    return Revision(
        indicator="IL1",
        source=source,
        reason=text,
        decided=date(2026, 2, 1),
        **{"from": first, "to": last},
    )


def changes(*rows, register=()):
    """Give the steps of made-up reports."""
    return steps(tidy_rows(*rows), [Shown], register)


# --- steps ----------------------------------------------------------------------


def test_every_step_has_old_new_first_day_and_source():
    found = changes(
        {"value": 410, **EARLY},
        {"value": 407, **MIDDLE},
        {"value": 405.5, **LATE, "published": date(2026, 1, 15)},
        {"period": "2024-25 Q2", "value": 1, **EARLY},
    )
    assert list(found["step"]) == [1, 2]
    assert list(found["first_value"]) == [410, 410]
    assert list(found["old_value"]) == [410, 407]
    assert list(found["new_value"]) == [407, 405.5]
    assert list(found["old_source"]) == ["early", "middle"]
    assert list(found["new_source"]) == ["middle", "late"]
    assert list(found["received"].dt.date) == [date(2025, 6, 10), date(2026, 2, 1)]
    assert found["published"].isna().tolist() == [True, False]
    assert list(found["source_row"]) == [3, 4]
    assert list(found.columns) == COLUMNS


@pytest.mark.parametrize(
    ("first", "later", "n"),
    [
        (80, 80.04, 0),
        (80, 80.06, 1),
        (79.96, 80.04, 0),
        (80.04, 80.06, 1),
        (0, -0.04, 0),
    ],
)
def test_only_what_a_page_would_show_differently_is_a_change(first, later, n):
    """79.96 and 80.04 are both shown as 80.0; 80.06 is shown as 80.1."""
    assert len(changes({"value": first, **EARLY}, {"value": later, **LATE})) == n


def test_small_steps_that_add_up_are_told_when_they_show():
    found = changes(
        {"value": 80.01, **EARLY}, {"value": 80.04, **MIDDLE}, {"value": 80.07, **LATE}
    )
    assert list(zip(found["old_value"], found["new_value"], strict=True)) == [
        (80.04, 80.07)
    ]
    assert list(found["first_value"]) == [80.01]


def test_a_figure_that_goes_back_has_two_steps():
    found = changes({"value": 1, **EARLY}, {"value": 2, **MIDDLE}, {"value": 1, **LATE})
    assert list(found["new_value"]) == [2, 1]


def test_a_source_without_a_figure_withdraws_nothing():
    assert changes({"value": 80, **EARLY}, {"status": "missing", **LATE}).empty
    filled = changes({"status": "missing", **EARLY}, {"value": 80, **LATE})
    assert filled.empty


def test_figures_of_others_are_steps_of_their_own():
    found = changes(
        {"value": 1, **EARLY},
        {"value": 2, **LATE},
        {"value": 3, "authority": MARSH, "area": MARSH, **EARLY},
        {"value": 4, "authority": MARSH, "area": MARSH, **LATE},
    )
    assert list(found["authority"]) == [VALE, MARSH]
    assert list(found["step"]) == [1, 1]


def test_other_indicators_are_not_looked_at():
    rows = ({"value": 1, **EARLY}, {"value": 2, **LATE})
    assert steps(tidy_rows(*rows), []).empty


def test_no_reports_have_no_steps():
    found = steps(tidy_rows({"value": 1}).iloc[:0], [Shown])
    assert found.empty
    assert list(found.columns) == COLUMNS


@settings(max_examples=30)
@given(reports, st.randoms())
def test_the_last_step_leads_to_the_figure_that_is_used(rows, chance):
    """Whatever came in whatever order of rows: no step is lost and none invented."""
    turned = list(rows)
    chance.shuffle(turned)
    found = steps(tidy_rows(*turned), [Shown])
    again = steps(tidy_rows(*rows), [Shown])
    compared = [*tidy.KEY, "step", "old_value", "new_value", "new_source"]
    assert found[compared].astype(str).equals(again[compared].astype(str))
    newest = tidy.latest(tidy_rows(*rows)).set_index(tidy.KEY)["value"]
    for key, of_figure in found.groupby(tidy.KEY, observed=True):
        assert list(of_figure["step"]) == list(range(1, len(of_figure) + 1))
        last = of_figure["new_value"].iloc[-1]
        assert as_shown(last, 1) == as_shown(newest[key], 1)
        told = [as_shown(value, 1) for value in of_figure["new_value"]]
        before = [as_shown(value, 1) for value in of_figure["old_value"]]
        assert all(old != new for old, new in zip(before, told, strict=True))
        assert before[1:] == told[:-1]


# --- reasons --------------------------------------------------------------------


def test_a_reason_is_that_of_the_source_and_the_period():
    rows = [
        {"period": period, "value": value, **when}
        for period in ("2022-23", "2023-24", "2024-25")
        for value, when in ((1, EARLY), (2, LATE))
    ]
    register = [
        reason("of another source", source="middle"),
        reason("of one year", first="2023-24", last="2023-24"),
        reason("from then on", first="2023-24"),
    ]
    found = changes(*rows, register=register)
    assert list(found["reason"]) == ["", "of one year", "from then on"]


def test_a_reason_without_periods_is_for_all():
    found = changes(
        {"value": 1, **EARLY}, {"value": 2, **LATE}, register=[reason("Recount")]
    )
    assert list(found["reason"]) == ["Recount"]


def test_a_reason_cannot_end_before_it_starts():
    with pytest.raises(ValidationError, match="'from' to be no later than 'to'"):
        reason("Recount", first="2024-25", last="2023-24")


# --- what is not explained ------------------------------------------------------


def test_a_revision_without_a_reason_is_warned_of_at_its_row(small_workbook):
    header = small_workbook.text(REVISIONS).splitlines()[0]
    small_workbook.write(REVISIONS, f"{header}\n")
    (told,) = small_workbook.open().findings
    assert (told.severity, told.dimension) == ("warning", "reliability")
    assert (told.file, told.row, told.indicator) == (WASTE, 4, "IL2")
    assert str(told) == (
        f"{WASTE}, row 4: expected a reason in {REVISIONS} why late gives one figure "
        f"of IL2 differently from before, namely 405.5 in place of 410 for E07990001, "
        f"2023-24. Add a row there for IL2 and late that says what was revised and "
        f"why, or that the publisher does not say."
    )


def test_a_revision_with_its_reason_is_no_finding(small_workbook):
    assert small_workbook.open().findings == ()


def test_one_warning_for_all_figures_of_a_source_names_the_council_s_own():
    rows = [
        {"value": value, "authority": authority, "area": authority, **when}
        for authority in (MARSH, VALE)
        for value, when in ((1, EARLY), (2, LATE))
    ]
    (told,) = unexplained(steps(tidy_rows(*rows), [Shown]), MARSH)
    assert "gives 2 figures of IL1" in told.expected
    assert f"for {MARSH}" in told.expected
    (told,) = unexplained(steps(tidy_rows(*rows), [Shown]), "E07990009")
    assert f"for {VALE}" in told.expected


# --- the real figures -----------------------------------------------------------


def test_wyre_forest_s_revised_waste_has_its_reason(book):
    found = steps(
        tidy.headline(book.observations, "NI191"),
        book.catalogue.indicators.values(),
        book.catalogue.revisions,
    )
    ours = found[found["authority"] == WYRE_FOREST]
    assert list(ours["old_value"].round(1)) == [578.9, 544.1, 518.9]
    assert list(ours["new_value"]) == [574.1, 541.9, 516.9]
    assert set(ours["old_source"]) == {"env18-2017-18"}
    assert set(ours["new_source"]) == {"oflog-waste-2022-23"}
    assert len(found) == 943
    assert (found["reason"] != "").all()


def test_no_real_revision_lacks_its_reason(book):
    indicators: list[Indicator] = list(book.catalogue.indicators.values())
    found = steps(book.observations, indicators, book.catalogue.revisions)
    assert unexplained(found, WYRE_FOREST) == []
    assert set(found["indicator"]) == {"NI191", "NI192"}


def test_reasons_are_of_sources_and_periods_that_are_there(book):
    """A reason that fits no change is a mistake in the register."""
    found = steps(
        book.observations, book.catalogue.indicators.values(), book.catalogue.revisions
    )
    used = set(zip(found["indicator"], found["new_source"], strict=True))
    assert {(r.indicator, r.source) for r in book.catalogue.revisions} == used


def test_an_unknown_source_of_a_reason_is_refused(small_workbook):
    small_workbook.set_cell(REVISIONS, 2, "source", "never")
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (REVISIONS, 2, "source")
    assert "sources.csv" in fault.expected
