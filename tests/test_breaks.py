"""Breaks of a series, and the versions of a definition that they make."""

from datetime import date

import pytest
from pydantic import ValidationError

from perfnb import observations as tidy
from perfnb.analysis.vintages.reconciliation import reconciliations
from perfnb.breaks import Break, definition_version


def broken(starts, kind="definition", splits=True):
    """Make a break."""
    return Break(
        indicator="IL1",
        kind=kind,
        splits=splits,
        reason="Illustrative",
        source="late",
        **{"from": starts},
    )


def test_a_new_definition_always_splits():
    with pytest.raises(ValidationError, match="splits to be yes, since kind is"):
        broken("2023-24", splits=False)


@pytest.mark.parametrize("kind", ["source", "boundary", "method"])
@pytest.mark.parametrize("splits", [True, False])
def test_other_breaks_split_as_a_person_decides(kind, splits):
    assert broken("2023-24", kind, splits).splits is splits


def test_only_new_definitions_count_as_versions():
    breaks = [broken("2025-26 Q1"), broken("2023-24"), broken("2020-21", "method")]
    days = [date(2019, 4, 1), date(2023, 3, 31), date(2023, 4, 1), date(2025, 4, 1)]
    assert [definition_version(breaks, day) for day in days] == [1, 1, 2, 3]


def test_a_definition_that_never_changed_has_one_version():
    assert definition_version([], date(2023, 4, 1)) == 1


# --- what the real register says was measured -----------------------------------


def reason_of(book, indicator, starts):
    """Give the words of a real break."""
    (found,) = [
        each for each in book.catalogue.breaks_of(indicator) if each.starts == starts
    ]
    return found.reason


def headline(book, indicator, authority=None):
    """Give the figures for whole councils of an indicator, newest reports."""
    rows = tidy.headline(tidy.latest(book.observations), indicator)
    return rows if authority is None else rows[rows["authority"] == authority]


def test_the_change_of_publisher_is_as_large_as_its_reason_says(book):
    """945 figures, 4.5 kg lower, less than 1%; +0.004 points, 2 beyond rounding."""
    waste, recycling = reconciliations(
        book.observations, book.catalogue.indicators.values(), book.methods
    )
    said = reason_of(book, "NI191", "2015-16")
    assert f"{waste.n} figures of authorities" in said
    assert f"{-waste.mean_difference:.1f} kg per household lower on average" in said
    assert "less than 1%" in said
    assert -0.01 < waste.relative_difference < 0
    assert (waste.start.year, waste.end.year) == (2015, 2018)
    said = reason_of(book, "NI192", "2015-16")
    assert f"{recycling.n} figures of authorities" in said
    assert f"{recycling.mean_difference:+.3f} percentage points" in said
    differ = recycling.n - recycling.n_identical
    assert f"{differ} differ by more than rounding" in said
    for indicator in ("NI191", "NI192"):
        (revision,) = [
            each for each in book.catalogue.revisions if each.indicator == indicator
        ]
        assert f"{waste.n} figures of councils" in revision.reason
    assert "4.5 kg per household" in book.catalogue.revisions[0].reason


def test_the_new_definition_of_assessments_shows_in_england_s_figures(book):
    """Assessments that led to no duty, for each duty owed, before and after.

    England's published totals are rounded and weighted for missing returns; ours
    are the sums of the councils with both figures, hence the tolerance.
    """
    counts = {
        name: headline(book, name).set_index(["authority", "start"])["numerator"]
        for name in ("HOM1", "HOM2")
    }
    assessed, owed = counts["HOM1"].align(counts["HOM2"], join="inner")
    known = assessed.notna() & owed.notna()
    by_quarter = [c[known].groupby(level="start").sum() for c in (assessed, owed)]
    share = ((by_quarter[0] - by_quarter[1]) / by_quarter[1] * 100).astype(float)
    said = reason_of(book, "HOM1", "2023-24 Q2")
    assert "rose from 4.2% to 11.5% of duties owed" in said
    assert share["2023-04-01"] == pytest.approx(4.2, abs=0.1)
    assert share["2023-07-01"] == pytest.approx(11.5, abs=0.1)
    (split,) = [b for b in book.catalogue.breaks_of("HOM1") if b.splits]
    assert split.kind == "definition"


@pytest.mark.parametrize("indicator", ["HOM1", "HOM2"])
def test_the_new_household_projections_are_those_of_the_reason(book, indicator):
    ours = headline(book, indicator, "E07000239").set_index("start")["denominator"]
    said = reason_of(book, indicator, "2025-26 Q3")
    assert f"{ours['2025-10-01']:,.0f} households in place of" in said
    assert f"in place of {ours['2025-07-01']:,.0f}" in said
