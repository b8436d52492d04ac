"""Whether values follow from their counts."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.data_quality.recomputation import recomputation
from perfnb.errors import PerfnbError

from .made_quality import indicator


def figures(*rows):
    """Give figures of following months: numerator, denominator, value."""
    return pd.DataFrame(
        {
            "end": pd.date_range("2025-01-31", periods=len(rows), freq="ME"),
            **{
                name: pd.array([row[place] for row in rows], dtype="Float64")
                for place, name in enumerate(("numerator", "denominator", "value"))
            },
        }
    )


def test_values_are_worked_out_again_to_the_decimals_shown():
    """1 of 3 is 33.333...%: 33.3 follows, 33.4 does not."""
    found = recomputation(
        figures((1, 3, 33.3), (1, 3, 33.4), (1, 3, 100 / 3)), indicator()
    )
    assert (found.figures, found.agreeing, found.differing) == (3, 2, 1)
    assert (found.reasons, found.newest) == ((), True)


def test_a_half_of_the_last_decimal_is_rounding():
    assert recomputation(figures((1, 16, 6.3)), indicator()).differing == 0


def test_reasons_are_counted_most_first():
    rows = figures((None, None, 1.0), (None, None, 2.0), (1, None, 3.0), (None, 9, 4.0))
    found = recomputation(rows, indicator())
    assert [count for _, count in found.reasons] == [2, 1, 1]
    assert found.reasons[0][0] == "published without the two counts"
    assert (found.without, found.newest) == (4, False)


def test_without_a_multiplier_there_is_nothing_to_work_out():
    found = recomputation(figures((1, 2, 50.0)), indicator(per=None))
    ((reason, count),) = found.reasons
    assert (count, "no multiplier" in reason) == (1, True)


@pytest.mark.parametrize("rows", [[], [(1, 2, None)]])
def test_without_values_there_is_nothing_to_say(rows):
    found = recomputation(figures(*rows), indicator())
    assert (found.figures, found.without, found.newest) == (0, 0, None)


def test_columns_that_are_missing_are_named():
    with pytest.raises(PerfnbError, match="figures lack the column 'numerator'"):
        recomputation(figures().drop(columns="numerator"), indicator())


_COUNT = st.one_of(st.none(), st.integers(0, 10_000))


@given(st.lists(st.tuples(_COUNT, _COUNT, st.one_of(st.none(), st.just(1.0)))))
def test_every_value_is_counted_once(rows):
    found = recomputation(figures(*rows), indicator())
    assert found.agreeing + found.differing + found.without == found.figures
    assert found.figures == sum(value is not None for _, _, value in rows)
