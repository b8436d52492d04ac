"""What a reader knows before reckoning."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.privacy.knowledge import Scheme, reader
from perfnb.analysis.privacy.tables import crossed

schemes = st.builds(Scheme, st.integers(2, 12), st.integers(1, 10))


@given(schemes, st.integers(0, 60))
def test_what_is_known_of_a_shown_count_is_what_the_rule_shows_so(scheme, count):
    if scheme.small(np.array([count]))[0]:
        return
    shown = scheme.rounded(np.array([float(count)]))
    known = scheme.known(np.array([float(count)]))
    tried = np.arange(0, 90.0)
    tried = tried[~scheme.small(tried)]
    same = tried[scheme.rounded(tried) == shown]
    assert (known.lower[0], known.upper[0]) == (same.min(), same.max())


def test_nobody_but_nobody_is_shown_as_nought():
    assert Scheme(2, 10).rounded(np.array([0.0, 2, 4, 5])).tolist() == [0, 10, 10, 10]


def known(counts, hidden, **kwargs):
    """Give what a reader knows of single counts."""
    figures = crossed(
        pd.DataFrame({"people": counts}, index=list("abcd")[: len(counts)])
    )
    dark = np.array([*hidden, False])
    found = reader(figures, Scheme(5, 1), dark, **kwargs)
    return list(zip(found.lower.tolist(), found.upper.tolist(), strict=True))[:-1]


def test_a_hidden_count_is_one_or_more():
    assert known([3, 9, 0], [True, True, False]) == [(1, np.inf), (1, np.inf), (0, 0)]


def test_who_knows_which_are_small_knows_more():
    small = np.array([True, False, False, False])
    found = known([3, 9, 0], [True, True, False], small=small)
    assert found == [(1, 4), (5, np.inf), (0, 0)]


def test_where_noughts_are_hidden_a_hidden_count_can_be_one():
    assert known([3, 0], [True, True])[0] == (0, np.inf)
    assert known([3, 9], [True, True], noughts_hidden=True)[1] == (0, np.inf)
