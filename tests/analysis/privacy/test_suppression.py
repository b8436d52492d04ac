"""The groups that the rule of suppression hides."""

import numpy as np
import pytest

from perfnb.analysis.privacy import suppression
from perfnb.analysis.privacy.knowledge import Scheme


def hidden(counts, wholes=None, unknown=()):
    """Give the groups of which the numerator, and of which the denominator goes."""
    found = suppression.hidden_groups(
        np.array(counts, dtype=float),
        np.array(wholes or [900] * len(counts), dtype=float),
        np.isin(np.arange(len(counts)), unknown),
        Scheme(5, 1),
        part=wholes is not None,
    )
    return [np.flatnonzero(each).tolist() for each in found]


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ([5, 9, 0], []),
        ([3, 9, 6, 0], [0, 2]),
        ([3, 2, 6, 0], [0, 1]),
        ([1, 1, 6, 9], [0, 1, 2]),
        ([4, 4, 6, 9], [0, 1, 2]),
        ([3, 0, 0], [0, 1, 2]),
        ([], []),
    ],
)
def test_the_small_go_and_the_cheapest_cover_for_them(counts, groups):
    assert hidden(counts)[0] == groups


def test_denominators_stay_where_none_is_small():
    # The denominator of the first, 40, would be the cheaper cover.
    assert hidden([38, 25, 90], [40, 90, 180]) == [[0, 1], []]


def test_a_small_denominator_goes_with_another_and_with_its_numerator():
    assert hidden([0, 20, 200], [3, 100, 1000]) == [[0, 1], [0, 1]]


def test_a_group_without_its_count_is_neither_hidden_nor_a_cover():
    assert hidden([3, np.nan, 9, 40]) == [[0, 2], []]
    assert hidden([3, np.nan, 90], [50, 3, 900]) == [[0, 2], [0, 1]]


def test_a_count_hidden_at_source_is_guarded_like_a_small_one():
    assert hidden([np.nan, 20, 9], unknown=[0]) == [[0, 2], []]
