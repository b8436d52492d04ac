"""Counts and their sums."""

import numpy as np

from perfnb.analysis.privacy.figures import adding, cells


def test_a_total_counts_what_its_parts_count():
    ages = cells([("a", "n"), ("b", "n"), ("c", "n")], np.array([3.0, 9, 6]))
    found = adding(
        ages, [("a and c", "n"), ("all", "n")], [[0, 2], [0, 1, 2]], known=True
    )
    assert found.people.tolist() == [3, 9, 6, 9, 18]
    assert found.known.tolist() == [False, False, False, True, True]
    assert found.single.tolist() == [True, True, True, False, False]


def test_a_total_of_something_unknown_is_unsure():
    ages = cells([("a", "n"), ("b", "n"), ("c", "n")], np.array([np.nan, 9, 6]))
    found = adding(
        ages, [("a and b", "n"), ("b and c", "n")], [[0, 1], [1, 2]], known=False
    )
    assert found.unsure.tolist() == [True, False, False, True, False]
    # The least that the unknown count can be narrows most.
    assert found.people.tolist() == [1, 9, 6, 10, 15]
