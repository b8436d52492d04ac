"""The cheapest further figures to hide for one end of one interval."""

import numpy as np
import pytest

from perfnb.analysis.privacy.attack import Reader
from perfnb.analysis.privacy.complements import Aim, cheapest

ONE_TOTAL = np.vstack([np.eye(4), np.ones((1, 4))])


def chosen(counts, aim, cost, members=ONE_TOTAL):
    """Choose for a first count that is hidden already, the others shown."""
    values = members @ np.array(counts, dtype=float)
    shown = Reader(values.copy(), values.copy())
    shown.lower[0], shown.upper[0] = 1, np.inf
    everything = Reader(np.ones(len(values)), np.full(len(values), np.inf))
    return cheapest(members, shown, everything, np.array(cost, dtype=float), aim)


def test_the_cheapest_figure_that_reaches_far_enough_is_hidden():
    costs = [np.inf, 9, 6, 30, np.inf]
    found = chosen([3, 9, 6, 30], Aim(0, 4, True), costs)
    assert found.hide.tolist() == [False, False, True, False, False]
    assert found.cost == pytest.approx(6)


def test_what_can_give_nothing_is_no_cover():
    # To let the 3 be 6, somebody must give up three: the 2 can give one.
    found = chosen([3, 2, 40, 50], Aim(0, 6, True), [np.inf, 2, 40, 50, np.inf])
    assert found.hide.tolist()[2]


def test_downwards_others_take_what_is_given_up():
    found = chosen([3, 2, 40, 50], Aim(0, 1, False), [np.inf, 2, 40, 50, np.inf])
    assert found.hide.tolist() == [False, True, False, False, False]


def test_where_the_aim_is_reached_already_nothing_is_hidden():
    found = chosen([3, 9, 6, 30], Aim(0, 3, True), [np.inf, 9, 6, 30, np.inf])
    assert not found.hide.any()


@pytest.mark.parametrize(
    ("counts", "aim"),
    [([3, 0, 0, 0], Aim(0, 4, True)), ([3, 9, 6, 30], Aim(0, 0, False))],
    ids=["nobody is there to give up any", "less than a hidden count can be"],
)
def test_what_cannot_be_had_is_said(counts, aim):
    cost = np.where(np.array([*counts, 0]) > 4, 1.0, np.inf)
    assert chosen(counts, aim, cost) is None


def test_in_two_dimensions_a_whole_circle_is_hidden():
    members = np.vstack(
        [np.eye(4), [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]]
    )
    cost = [np.inf, 9, 8, 7, *[np.inf] * 4]
    found = chosen([3, 9, 8, 7], Aim(0, 4, True), cost, members)
    assert found.hide.tolist() == [False, True, True, True, *[False] * 4]
