"""Confidence limits against published answers."""

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis import intervals
from perfnb.errors import PerfnbError


def figures(numerator, denominator, **more):
    """Make a frame of one figure."""
    row = {"numerator": [numerator], "denominator": [denominator]}
    return pd.DataFrame(row | more, dtype="Float64")


def test_published_answers_are_met(own_case):
    for case in own_case("intervals.csv").itertuples():
        if case.method == "wilson":
            found = intervals.wilson([case.numerator], [case.denominator], 0.95)
        else:
            found = intervals.byar([case.numerator], 0.95)
        half = 0.5 * 10**-case.decimals
        assert found[0][0] == pytest.approx(case.lower, abs=half * 1.01), case
        assert found[1][0] == pytest.approx(case.upper, abs=half * 1.01), case


def test_reference_limits_are_met(shared_case):
    cases = shared_case("ci_wilson_byar_exact.csv")
    checked = 0
    for case in cases.itertuples():
        found = reckon(case)
        expected = np.array([case.lower, case.upper])
        np.testing.assert_allclose(found, expected, rtol=1e-9, err_msg=str(case))
        checked += 1
    assert checked == len(cases) == 91


def reckon(case):
    """Reckon the limits of one reference case as its file means them."""
    if case.method == "byars" and case.origin == "testdata_Byars_Wilson":
        # The file gives Byar's limits for 1 event too, where the house takes
        # the exact ones; the formula itself is held to it.
        lower, upper = intervals._byar(np.array([float(case.x)]), case.confidence)
        return np.where(lower < 0, np.nan, lower)[0], upper[0]
    interval = "wilson" if case.method == "wilson" else "byar"
    frame = figures(case.x, case.n)
    found = intervals.limits(frame, interval, case.multiplier, case.confidence)
    row = found[["lower_ci", "upper_ci"]].to_numpy(dtype=float, na_value=np.nan)
    return row[0]


def test_exact_limits_give_way_to_byar_at_ten():
    exact, _ = intervals.byar([9], 0.95)
    approximate, _ = intervals.byar([10], 0.95)
    assert exact[0] == pytest.approx(4.115, abs=5e-4)
    assert approximate[0] == pytest.approx(4.787, abs=5e-4)


@pytest.mark.parametrize(
    ("numerator", "denominator", "interval"),
    [
        (5, 0, "wilson"),
        (5, 0, "byar"),
        (None, 10, "wilson"),
        (5, None, "byar"),
        (11, 10, "wilson"),
        (5, 10, "none"),
    ],
)
def test_limits_are_missing_where_counts_allow_none(numerator, denominator, interval):
    found = intervals.limits(figures(numerator, denominator), interval, 100, 0.95)
    assert found[["lower_ci", "upper_ci"]].isna().all(axis=None)


def test_more_events_than_people_have_a_rate():
    found = intervals.limits(figures(11, 10), "byar", 100, 0.95)
    assert found["lower_ci"].iloc[0] < 110 < found["upper_ci"].iloc[0]


def test_a_value_that_parts_from_its_counts_is_refused():
    with pytest.raises(PerfnbError, match=r"gives the value 6\.5, but its counts"):
        intervals.limits(figures(65, 100, value=6.5), "wilson", 100, 0.95)


def test_a_rounded_value_is_not_refused():
    found = intervals.limits(figures(2, 3, value=66.7), "wilson", 100, 0.95)
    assert found["lower_ci"].notna().all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: intervals.limits(figures(1, 2), "wald", 1, 0.95), "'wald' is not an"),
        (lambda: intervals.limits(figures(1, 2), "byar", None, 0.95), "no multiplier"),
        (lambda: intervals.wilson([1], [2], 95), "confidence of 95"),
        (
            lambda: intervals.limits(pd.DataFrame(), "none", 1, 0.95),
            "lack the columns 'numerator', 'denominator'",
        ),
    ],
)
def test_mistakes_are_named(call, words):
    with pytest.raises(PerfnbError, match=words):
        call()
