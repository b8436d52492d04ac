"""Labels beside lines keep their order and do not meet."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from perfnb.report.margin_labels import spread


@given(st.lists(st.floats(0, 1), max_size=5))
def test_labels_keep_their_order_and_do_not_meet(heights):
    wanted = sorted(heights)
    placed = spread(wanted, [0.2] * len(wanted))
    gaps = [later - earlier for earlier, later in pairwise(placed)]
    assert all(gap > 0.2 - 1e-6 for gap in gaps)
    assert all(place <= 1 for place in placed)


def test_labels_with_room_stay_where_their_lines_are():
    assert spread([0.1, 0.5, 0.9], [0.1, 0.1, 0.1]) == [0.1, 0.5, 0.9]


def test_no_labels_are_no_trouble():
    assert spread([], []) == []
