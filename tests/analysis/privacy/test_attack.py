"""What a reader can work out, against published attacks and by trying every table."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.privacy.attack import Reader, intervals, worked_out
from perfnb.analysis.privacy.tables import crossed
from perfnb.errors import PerfnbError


def attacked(rows, hidden):
    """Give the interval of every cell of a table whose totals are published."""
    table = rows.pivot_table(index="row", columns="column", values="count")
    figures = crossed(table)
    marks = dict(
        zip(zip(rows["row"], rows["column"], strict=True), hidden, strict=True)
    )
    dark = np.array([marks.get(place, False) for place in figures.places])
    reader = Reader(
        np.where(dark, 0, figures.people), np.where(dark, np.inf, figures.people)
    )
    places = np.flatnonzero(figures.single)
    ends = zip(*intervals(figures.members, reader, places), strict=True)
    return dict(zip(figures.places, ends, strict=False))


def check(cases, hidden):
    """Hold the attack on each table to its published intervals."""
    checked = 0
    for _, rows in cases.groupby("table"):
        ends = attacked(rows, hidden[rows.index])
        for row in rows.itertuples():
            least, most = ends[row.row, row.column]
            assert least <= row.count <= most
            if not hidden[row.Index]:
                assert least == most
            if pd.notna(row.least):
                assert (least, most) == pytest.approx((row.least, row.most), abs=1e-6)
            checked += 1
    return checked


def test_shared_cases(shared_case):
    cases = shared_case("suppression_audit.csv").rename(
        columns={
            "col": "column",
            "value": "count",
            "expected_attacker_lower": "least",
            "expected_attacker_upper": "most",
        }
    )
    cases = cases.drop(columns="source")
    assert check(cases, cases["status"].isin(["u", "x"])) == 61


def test_own_cases(own_case):
    cases = own_case("suppression.csv")
    assert check(cases, cases["hidden"].notna()) == 49


def test_two_hidden_cells_in_every_row_and_column_are_not_enough(own_case):
    cases = own_case("suppression.csv")
    rows = cases[cases["table"] == "leaks"]
    for line in ("row", "column"):
        assert rows[rows["hidden"].notna()].groupby(line).size().min() >= 2
    assert attacked(rows, rows["hidden"].notna())["w", "b"] == (47, 47)


small_tables = st.lists(
    st.lists(st.integers(0, 9), min_size=2, max_size=4), min_size=2, max_size=4
).filter(lambda rows: len({len(row) for row in rows}) == 1)


@given(small_tables)
def test_with_only_the_totals_known_the_bounds_are_those_of_frechet(rows):
    """Dobra and Fienberg (2000) PNAS 97:11885: no tighter bounds follow."""
    table = np.array(rows)
    figures = crossed(pd.DataFrame(table))
    reader = Reader(
        np.where(figures.single, 0, figures.people),
        np.where(figures.single, np.inf, figures.people),
    )
    places = np.flatnonzero(figures.single)
    least, most = intervals(figures.members, reader, places)
    of_row, of_column = table.sum(axis=1)[:, None], table.sum(axis=0)[None, :]
    assert most.tolist() == np.minimum(of_row, of_column).ravel().tolist()
    lower = np.maximum(of_row + of_column - table.sum(), 0)
    assert least.tolist() == lower.ravel().tolist()


@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=4),
    st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=3),
    st.integers(0, 2),
)
def test_trying_every_table_gives_the_same(counts, sums, reach):
    size = len(counts)
    members = np.vstack([np.eye(size), np.array(sums)[:, :size].astype(float)])
    values = members @ counts
    lower = np.maximum(values - reach, 0)
    upper = values + reach
    lower[:size], upper[:size] = 0, 5
    tables = [
        table
        for table in product(range(6), repeat=size)
        if (members @ table >= lower).all() and (members @ table <= upper).all()
    ]
    found = intervals(members, Reader(lower, upper), np.arange(len(members)))
    tried = np.array(tables) @ members.T
    assert found[0].tolist() == tried.min(axis=0).tolist()
    assert found[1].tolist() == tried.max(axis=0).tolist()


def test_people_come_whole():
    # Halves of people would make 4.5 of three pairs of at most 3.
    members = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    reader = Reader(np.zeros(4), np.array([3, 3, 3, np.inf]))
    least, most = intervals(members, reader, np.array([3]))
    assert (least.tolist(), most.tolist()) == ([0], [4])


def test_without_a_total_nothing_bounds_a_hidden_count():
    reader = Reader(np.array([1.0, 7]), np.array([np.inf, 7]))
    least, most = intervals(np.eye(2), reader, np.array([0, 1]))
    assert (least.tolist(), most.tolist()) == ([1, 7], [np.inf, 7])


def test_nothing_to_work_out_is_nothing_worked_out():
    reader = Reader(np.array([7.0]), np.array([7.0]))
    assert worked_out(np.eye(1), reader, np.array([], dtype=int)).tolist() == []


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ([3.0, 4, 8], [3, 4, 8]),
        ([1.0, 4, 4], [np.inf, 4, 4]),
        ([9.0, 0, 0], [5, 9, 20]),
    ],
)
def test_what_cannot_be_is_refused(lower, upper):
    members = np.array([[1, 0], [0, 1], [1, 1]])
    reader = Reader(np.array(lower), np.array(upper))
    with pytest.raises(PerfnbError, match="No counts of people agree"):
        intervals(members, reader, np.array([0]))


def test_many_figures_are_attacked_as_one_by_one():
    table = pd.DataFrame(np.random.default_rng(1).poisson(6, (9, 8)))
    figures = crossed(table)
    hidden = figures.people < 8
    reader = Reader(
        np.where(hidden, np.minimum(figures.people, 1), figures.people),
        np.where(hidden, np.inf, figures.people),
    )
    places = np.flatnonzero(hidden)
    assert len(places) > 40
    together = intervals(figures.members, reader, places)
    singly = [intervals(figures.members, reader, places[[n]]) for n in range(45)]
    assert together[0][:45].tolist() == [float(least[0]) for least, _ in singly]
    assert together[1][:45].tolist() == [float(most[0]) for _, most in singly]
