"""Better and worse follow from the good side and from the interval."""

import pytest

from perfnb.analysis.verdicts import good_side, verdict
from perfnb.errors import PerfnbError


@pytest.mark.parametrize(
    ("limits", "good", "words"),
    [
        ((51, 60), 1, "better"),
        ((51, 60), -1, "worse"),
        ((51, 60), 0, "different"),
        ((40, 49), 1, "worse"),
        ((40, 49), -1, "better"),
        ((40, 60), 1, "no clear difference"),
        ((50, 60), 1, "no clear difference"),
        ((40, 50), 1, "no clear difference"),
    ],
)
def test_a_level_is_left_out_on_one_side_or_not(limits, good, words):
    assert verdict(limits, 50, good) == words


def test_an_unknown_polarity_is_named():
    with pytest.raises(PerfnbError, match="'higher' is not a polarity"):
        good_side("higher")
