"""Which figures are hidden, and what no reader can work out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.privacy.attack import intervals, worked_out
from perfnb.analysis.privacy.figures import Figures
from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.analysis.privacy.protection import Pattern, pattern, reader_of
from perfnb.analysis.privacy.tables import crossed

SUPPRESSION = Scheme(5, 1)


def groups(counts, known=("total",)):
    """Make a breakdown of one dimension."""
    return crossed(pd.DataFrame({"people": counts}, dtype="Float64"), known=known)


def hidden(figures, **kwargs):
    """Give the numbers of the figures that are hidden."""
    return np.flatnonzero(pattern(figures, SUPPRESSION, **kwargs).hidden).tolist()


def test_nothing_small_hides_nothing():
    assert hidden(groups([5, 9, 0])) == []


def test_a_small_count_takes_the_next_smallest_with_it():
    assert hidden(groups([30, 3, 9, 0])) == [1, 2]


def test_two_small_counts_cover_each_other():
    assert hidden(groups([30, 3, 2, 9])) == [1, 2]


def test_two_small_counts_whose_total_leaves_no_choice_do_not():
    # 1 and 1 make 2, and a hidden count is at least 1.
    assert hidden(groups([30, 1, 1, 9])) == [1, 2, 3]
    # 4 and 4 make 8: who knows that both are below 5 has them.
    assert hidden(groups([30, 4, 4, 9])) == [1, 2, 3]


def test_without_a_total_that_readers_know_the_total_can_cover():
    figures = groups([30, 3], known=())
    assert 1 in hidden(figures)
    assert len(hidden(figures)) == 2


def test_noughts_are_hidden_only_with_everything():
    found = pattern(groups([3, 0, 0]), SUPPRESSION)
    assert found.whole
    assert found.hidden.tolist() == [True, True, True, False]


def test_what_was_shown_is_not_hidden_and_what_was_hidden_is_not_shown():
    figures = groups([30, 3, 9, 40])
    before = np.zeros(5, dtype=bool)
    shown, dark = before.copy(), before.copy()
    shown[2] = True
    dark[3] = True
    assert hidden(figures, was_shown=shown) == [0, 1]
    assert hidden(figures, was_hidden=dark) == [1, 3]


def test_a_nought_that_was_hidden_stays_so():
    dark = np.array([True, False, False, False])
    assert hidden(groups([0, 9, 30]), was_hidden=dark) == [0]


def linked(counts, sums, seen=None):
    """Make figures of which readers know some sums."""
    size = len(counts) + len(sums)
    members = np.vstack([np.eye(len(counts)), np.array(sums)]).astype(float)
    return Figures(
        places=tuple((str(number), "people") for number in range(size)),
        members=members,
        counts=np.array(counts, dtype=float),
        unknown=np.zeros(len(counts), dtype=bool),
        known=np.arange(size) >= len(counts),
        seen=np.ones(size, dtype=bool) if seen is None else np.array(seen),
    )


def test_what_is_left_over_is_guarded_though_it_stands_nowhere():
    # 38 of 40 and 25 of 90: the left over are 2 and 65.
    seen = [True, True, False, False, True, True, True]
    sums = [[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]]
    assert hidden(linked([38, 25, 2, 65], sums, seen)) == [0, 1, 2, 3]


def test_where_only_fractions_of_people_would_help_everything_is_hidden():
    sums = [[1, 1, 1, 0, 1], [1, 1, 1, 1, 0], [0, 0, 1, 1, 1]]
    figures = linked([2, 4, 4, 6, 7], sums)
    assert pattern(figures, SUPPRESSION).whole


@pytest.mark.parametrize("rule", [SUPPRESSION, Scheme(8, 5)])
@given(
    st.lists(
        st.lists(st.sampled_from([0, 1, 2, 4, 5, 7, 9, 30]), min_size=3, max_size=3),
        min_size=1,
        max_size=3,
    ),
    st.booleans(),
)
def test_nothing_is_worked_out_even_by_who_knows_which_are_small(rule, rows, known):
    figures = crossed(pd.DataFrame(rows), known=("total",) if known else ())
    found = pattern(figures, rule)
    if found.whole:
        return
    reader = reader_of(figures, rule, found, knows_small=True)
    places = np.flatnonzero(found.primary & figures.single)
    assert not worked_out(figures.members, reader, places).any()


def test_breakdowns_that_share_their_headline_are_safe_together():
    """Each is safe beside the exact total, which is all that they share."""
    counts = [3, 20, 44, 1, 4, 62]
    figures = linked(counts, [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
    apart = [pattern(groups(some), SUPPRESSION) for some in (counts[:3], counts[3:])]
    dark = np.concatenate([*(found.hidden[:3] for found in apart), [False, False]])
    small = np.concatenate([*(found.primary[:3] for found in apart), [False, False]])
    reader = reader_of(figures, SUPPRESSION, Pattern(dark, small, whole=False))
    places = np.flatnonzero(small)
    least, most = intervals(figures.members, reader, places)
    assert len(places) == 3
    assert (least <= 1).all()
    assert (most >= 4).all()
