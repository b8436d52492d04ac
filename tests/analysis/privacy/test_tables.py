"""Tables laid out with all their totals, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis.privacy.tables import crossed, through_the_year
from perfnb.errors import PerfnbError


def table(rows, columns=("Q1", "Q2")):
    """Make a table of groups a, b, c ..."""
    index = pd.Index(list("abcdefgh")[: len(rows)], dtype="str")
    return pd.DataFrame(rows, index=index, columns=list(columns), dtype="Float64")


def by_place(figures):
    """Give what each figure counts."""
    return dict(zip(figures.places, figures.people.tolist(), strict=True))


def test_every_total_is_the_sum_of_its_parts():
    found = by_place(crossed(table([[1, 2], [3, 4]])))
    assert found["a", "Total"] == 3
    assert found["Total", "Q2"] == 6
    assert found["Total", "Total"] == 10


def test_one_column_and_one_row_have_one_total():
    assert crossed(table([[1], [2]], ["Q1"])).places[-1] == ("Total", "Q1")
    assert crossed(table([[1, 2]])).places[-1] == ("a", "Total")
    assert crossed(table([[1]], ["Q1"])).places == (("a", "Q1"),)


def test_totals_that_are_there_are_checked():
    full = table([[1, 2, 3], [3, 4, 7]], ["Q1", "Q2", "Total"])
    assert by_place(crossed(full)) == by_place(crossed(full.drop(columns="Total")))
    full.loc["a", "Total"] = 4
    with pytest.raises(PerfnbError, match=r"Row 'a', column 'Total' is 4, but.* 3"):
        crossed(full)


def test_the_total_of_a_single_count_is_checked_too():
    full = pd.DataFrame({"Q1": [5, 6]}, index=["a", "Total"])
    with pytest.raises(PerfnbError, match=r"Row 'Total', column 'Q1' is 6, but.* 5"):
        crossed(full)


def test_a_total_that_is_missing_is_reckoned():
    full = table([[1, 2, None], [3, 4, 7]], ["Q1", "Q2", "Total"])
    assert by_place(crossed(full))["a", "Total"] == 3


def test_a_count_hidden_at_source_is_taken_for_one_and_its_totals_are_unsure():
    figures = crossed(table([[None, 2], [3, 4]]))
    unsure = [figures.places[number] for number in np.flatnonzero(figures.unsure)]
    assert unsure == [("a", "Q1"), ("a", "Total"), ("Total", "Q1"), ("Total", "Total")]
    assert by_place(figures)["a", "Total"] == 3


def test_known_totals_are_marked():
    figures = crossed(table([[1, 2], [3, 4]]), known=("columns", "total"))
    marked = [figures.places[number] for number in np.flatnonzero(figures.known)]
    assert marked == [("Total", "Q1"), ("Total", "Q2"), ("Total", "Total")]


def test_the_year_adds_up_quarter_by_quarter():
    found = by_place(
        through_the_year(table([[1, 2, 3], [4, 5, 6]], ["Q1", "Q2", "Q3"]), known=())
    )
    assert found["a", "Year to Q2"] == 3
    assert found["b", "Year to Q3"] == 15
    assert found["Total", "Year to Q3"] == 21
    assert ("a", "Year to Q1") not in found


@pytest.mark.parametrize("layout", [crossed, through_the_year])
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (table([[1, -2]]), "-2 in row 'a', column 'Q2', is not a count"),
        (table([[1, 2.5]]), "2.5 in row 'a', column 'Q2', is not a count"),
        (table([[1, 2]], ["Q1", "Q1"]), "column 'Q1' comes more than once"),
        (pd.concat([table([[1, 2]])] * 2), "row 'a' comes more than once"),
        (pd.DataFrame({"Q1": ["few"]}, index=["a"]), "not a number in 'Q1'"),
    ],
)
def test_mistakes_are_named(layout, wrong, words):
    with pytest.raises(PerfnbError, match=words):
        layout(wrong, known=())


def test_an_unknown_total_is_named():
    with pytest.raises(PerfnbError, match="'grand' are no totals; known can be rows"):
        crossed(table([[1, 2]]), known=("grand",))


def test_an_empty_table_has_no_figures():
    figures = crossed(pd.DataFrame())
    assert figures.places == ()
    assert np.asarray(figures.people).tolist() == []
