"""The groups that the rule of rounding hides."""

import numpy as np

from perfnb.analysis.privacy import rounding
from perfnb.analysis.privacy.knowledge import Scheme


def hidden(counts, wholes=None, unknown=()):
    """Give the groups of which the numerator, and of which the denominator goes."""
    flags = np.isin(np.arange(len(counts)), unknown)
    found = rounding.hidden_groups(
        np.array(counts, dtype=float),
        np.array(wholes or [900] * len(counts), dtype=float),
        flags,
        Scheme(8, 5),
        part=wholes is not None,
    )
    return [np.flatnonzero(each).tolist() for each in found]


def test_rounding_alone_covers_a_small_count_where_others_are_large_enough():
    assert hidden([3, 21, 33, 52, 61]) == [[0], []]


def test_the_next_smallest_goes_where_rounding_is_not_enough():
    assert hidden([3, 20, 0]) == [[0, 1], []]


def test_small_wholes_go_with_another_whole():
    assert hidden([0, 20, 200], [3, 100, 1000]) == [[0, 1], [0, 1]]


def test_a_count_hidden_at_source_counts_as_any_small_one():
    # As 1 it needs no cover, as 7 it does: 23 in all, and 18 to 22 in the second.
    assert hidden([1, 20, 40, 60]) == [[0], []]
    assert hidden([np.nan, 20, 0], unknown=[0]) == [[0, 1], []]
