"""What is said of two sources of one indicator, on the real figures and made up."""

from dataclasses import replace

import pytest

from perfnb.analysis.vintages.reconciliation import reconciliations
from perfnb.report import vintage_tables


@pytest.fixture(scope="module")
def found(book):
    """Reconcile the real waste figures."""
    indicators = [book.catalogue.indicators[name] for name in ("NI191", "NI192")]
    return reconciliations(book.observations, indicators, book.methods)


@pytest.fixture
def say(book):
    """Give what is said of a reconciliation."""

    def said(found):
        (text,) = vintage_tables.sentences([found], book.catalogue, book.reference)
        return text

    return said


def test_the_sentence_says_how_many_how_far_and_to_which_side(found, say):
    assert say(found[0]) == (
        "Department for Environment, Food and Rural Affairs and Office for Local "
        "Government (Oflog), from Defra statistics both give 945 figures for April "
        "2015 to March 2018. As shown here two are the same; in the later source four "
        "are higher and 939 are lower. On average the later source is 4.5 kg per "
        "household (0.9%) lower. They differ most for Vale of White Horse in 2017-18: "
        "304.9 became 282.4 kg per household. The later source is lower for more "
        "councils than chance would give: the two are not made alike."
    )


def test_what_hardly_differs_is_not_called_different(found, say):
    said = say(found[1])
    assert "943 are the same; in the later source two are higher." in said
    assert "On average they are as good as equal." in said
    assert "too few councils to say" in said


def test_percentages_differ_by_points(found, say):
    said = say(replace(found[1], mean_difference=-1.26, relative_difference=-0.03))
    assert "On average the later source is 1.3 percentage points lower." in said


def test_sources_that_agree_are_said_to_agree(found, say):
    alike = replace(found[0], n_identical=945, n_higher=0, n_lower=0, side="identical")
    assert say(alike).endswith("and all are the same as shown here.")
    assert "differ" not in say(alike)


def test_either_side_is_no_side(found, say):
    said = say(replace(found[0], side="either way"))
    assert "no more to one than chance would give" in said


def test_two_editions_of_one_publisher_are_told_apart(found, say, book):
    two = replace(found[0], earlier="p153-2025-01", later="p153-2025-03")
    earlier, later = vintage_tables.names(two, book.catalogue)
    assert earlier.endswith(", Held in 2025-01")
    assert later.endswith(", Held in 2025-03")


def test_the_table_has_a_row_for_each_two_sources(found, book):
    table = vintage_tables.table(found, book.catalogue, book.reference)
    rows = [dict(zip(table.headings, row, strict=True)) for row in table.rows]
    assert [row["Indicator"] for row in rows] == [
        "Residual household waste per household",
        "Household waste reused, recycled or composted",
    ]
    assert [row["Figures"] for row in rows] == ["945", "945"]
    assert [row["Councils"] for row in rows] == ["318", "318"]
    assert [row["The same as shown"] for row in rows] == ["2 (0.2%)", "943 (99.8%)"]
    assert [row["Mean difference (later less earlier)"] for row in rows] == [
        "−4.463 kg per household",
        "+0.004 percentage points",
    ]
    assert "Vale of White Horse in 2017-18" in rows[0]["Largest difference"]
    assert rows[0]["The later source is"] == "lower for more councils than by chance"


def test_the_table_of_one_indicator_names_it_once(found, book):
    table = vintage_tables.table(found[:1], book.catalogue, book.reference)
    assert "Indicator" not in table.headings
    assert table.caption.endswith(": Residual household waste per household")
    assert table.rows[0][table.headings.index("Figures")] == "945"
    assert [table.headings[place] for place in table.numeric] == [
        *("Figures", "Councils", "The same as shown")
    ]


def test_figures_that_all_differ_are_not_counted_as_the_same(found, say):
    said = say(replace(found[0], n_identical=0, n_higher=0, n_lower=945))
    assert "As shown here none is the same: in the later source 945 are lower." in said
