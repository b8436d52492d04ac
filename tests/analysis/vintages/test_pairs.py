"""Which figures two sources both give, and which of them is the later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.vintages.pairs import pairs
from perfnb.errors import PerfnbError

from .made_reports import both, made


def test_only_what_both_give_is_set_side_by_side():
    found = pairs(
        made(
            ("A", "2022-23", "first", 10),
            ("A", "2023-24", "first", 11),
            ("A", "2023-24", "second", 12),
            ("B", "2023-24", "second", 20),
            ("C", "2023-24", "first", None),
            ("C", "2023-24", "second", 30),
        ),
        1,
    )
    assert len(found) == 1
    only = found.iloc[0]
    assert (only["authority"], only["earlier"], only["later"]) == (
        "A",
        "first",
        "second",
    )
    assert (only["earlier_value"], only["later_value"], only["difference"]) == (
        11,
        12,
        1,
    )


def test_three_sources_make_three_pairs_in_their_order():
    rows = [
        ("A", "2023-24", s, v) for s, v in (("third", 3), ("first", 1), ("second", 2))
    ]
    found = pairs(made(*rows), 1)
    assert list(zip(found["earlier"], found["later"], strict=True)) == [
        ("first", "second"),
        ("first", "third"),
        ("second", "third"),
    ]
    assert list(found["difference"]) == [1, 2, 1]


@pytest.mark.parametrize(("decimals", "identical"), [(0, True), (1, True), (2, False)])
def test_identical_is_what_is_shown_alike(decimals, identical):
    """518.92 and 518.9 are both 518.9 with one decimal."""
    found = pairs(both([(518.92, 518.9)]), decimals)
    assert found["identical"].tolist() == [identical]


def test_a_source_that_gives_a_figure_twice_is_refused():
    twice = made(("A", "2023-24", "first", 1), ("A", "2023-24", "first", 2))
    with pytest.raises(PerfnbError, match=r"A, 2023-04-01.*first' comes more"):
        pairs(twice, 1)


def test_a_missing_column_is_named():
    with pytest.raises(PerfnbError, match="lack the column 'source'"):
        pairs(both([(1, 2)]).drop(columns="source"), 1)


@pytest.mark.parametrize("rows", [(), (("A", "2023-24", "first", 1),)])
def test_nothing_twice_is_no_pair(rows):
    assert pairs(made(*rows), 1).empty


values = st.lists(
    st.tuples(st.none() | st.floats(0, 900), st.none() | st.floats(0, 900)), max_size=12
)


@given(values, st.randoms())
def test_pairs_do_not_depend_on_the_order_of_the_rows(drawn, chance):
    reports = both(drawn)
    order = list(range(len(reports)))
    chance.shuffle(order)
    assert pairs(reports.iloc[order], 1).equals(pairs(reports, 1))


@given(values)
def test_every_figure_that_both_give_is_there_once(drawn):
    known = [pair for pair in drawn if None not in pair]
    found = pairs(both(drawn), 1)
    assert list(found["difference"]) == [later - earlier for earlier, later in known]
