"""Complaints before or after performance: a published lead, and false ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.voices.lead_lag import lead_lag
from perfnb.analysis.voices.whitening import whitened
from perfnb.errors import PerfnbError

QUIET = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NOISE = np.random.default_rng(20).normal(size=(2, 200))


def points(complaints, performance):
    """Put two series side by side, quarter by quarter from 2005-06 Q1."""
    quarters = pd.period_range("2006Q1", periods=len(complaints), freq="Q-MAR")
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "complaints": pd.array(list(complaints), dtype="Float64"),
            "value": pd.array(list(performance), dtype="Float64"),
        }
    )


def link(complaints, performance, methods, polarity="maximise"):
    """Look for a link between two series."""
    return lead_lag(points(complaints, performance), polarity=polarity, methods=methods)


def test_a_published_lead_is_found(methods, own_case):
    # Box and Jenkins: the leading indicator runs three periods ahead of sales.
    cases = own_case("lead_lag.csv")
    for n in (24, 40, 60):
        rows = cases.head(n)
        found = link(rows["leading"], rows["sales"], methods)
        assert found.lag == 3
        assert found.verdict == "complaints run ahead of performance by three quarters"
        assert found.correlation > 0.8
    turned = link(cases["sales"], cases["leading"], methods)
    assert turned.verdict == "complaints run behind performance by three quarters"
    assert "Box and Jenkins" in found.method
    assert "not a cause" in found.method


def test_the_lag_and_the_side_that_worse_is_on(methods):
    complaints = NOISE[0, :41]
    later = np.concatenate([[0.0], -complaints[:-1]]) + 0.3 * NOISE[1, :41]
    found = link(complaints[1:], later[1:], methods)
    assert found.verdict == "complaints run ahead of performance by one quarter"
    assert found.direction == "more complaints go with worse performance"
    same = link(complaints, complaints + 0.3 * NOISE[1, :41], methods, "minimise")
    assert same.verdict == "complaints and performance move in the same quarter"
    assert same.direction == "more complaints go with worse performance"
    plain = link(complaints, -complaints + 0.3 * NOISE[1, :41], methods, "neutral")
    assert plain.direction == "more complaints go with lower figures"


@pytest.mark.parametrize(
    "shared",
    [
        np.arange(40) * 2.0,
        20 * np.cos(np.arange(40) * np.pi / 2),
        50 - np.arange(40) + 9 * np.sin(np.arange(40) * np.pi / 2),
    ],
    ids=["trend", "season", "both"],
)
def test_what_both_share_with_the_calendar_is_no_link(methods, shared):
    complaints, performance = shared + NOISE[0, :40], shared + NOISE[1, :40]
    assert np.corrcoef(complaints, performance)[0, 1] > 0.9
    found = link(complaints, performance, methods)
    assert (found.verdict, found.lag) == ("no link can be shown", None)
    assert (found.correlation, found.direction) == (None, "")
    assert not found.lags["holds"].any()


def test_false_links_are_as_rare_as_they_should_be(methods):
    # Unrelated wandering series; plain correlations of such are often near 1.
    generator = np.random.default_rng(5)
    steps = generator.normal(size=(150, 2, 32)).cumsum(axis=2)
    found = [link(*pair, methods).lag is not None for pair in steps]
    assert sum(found) <= 15


@pytest.mark.parametrize(
    ("complaints", "performance", "verdict"),
    [
        (NOISE[0, :20], NOISE[1, :20], "too few quarters"),
        ([], [], "too few quarters"),
        ([5.0], [6.0], "too few quarters"),
        ([np.nan] * 40, [np.nan] * 40, "too few quarters"),
        ([5.0] * 40, NOISE[1, :40], "no variation"),
        ([0.0] * 40, [0.0] * 40, "no variation"),
        (np.arange(40.0), NOISE[1, :40], "no variation"),
    ],
)
def test_what_cannot_be_linked_is_said(methods, complaints, performance, verdict):
    found = link(complaints, performance, methods)
    assert found.verdict == verdict
    assert (found.lag, found.direction) == (None, "")
    assert found.lags["correlation"].isna().all()
    assert not found.lags["holds"].any()
    assert len(found.lags) == 9


def test_twenty_one_quarters_are_enough(methods):
    found = link(NOISE[0, :21], NOISE[1, :21], methods)
    assert found.n == 20
    assert found.verdict == "no link can be shown"
    assert found.lags.set_index("lag")["n"].to_dict()[4] == 16


def test_missing_quarters_are_gaps_with_or_without_a_row(methods):
    frame = points(NOISE[0, :40], NOISE[1, :40])
    gone = frame.drop(index=[10, 11]).reset_index(drop=True)
    blank = frame.copy()
    blank.loc[[10, 11], ["complaints", "value"]] = pd.NA
    one, two = (
        lead_lag(each, polarity="maximise", methods=methods) for each in (gone, blank)
    )
    # Two quarters are gone, and the one after has no quarter before it.
    assert one.n == two.n == 36
    pd.testing.assert_frame_equal(one.lags, two.lags)
    assert len(one.points) == 38


@QUIET
@given(
    st.integers(0, 150),
    st.sampled_from([0.001, 7.0, 1e6]),
    st.sampled_from(["maximise", "minimise"]),
)
def test_units_and_mirrors(methods, first, factor, polarity):
    complaints = NOISE[0, first : first + 40]
    performance = 0.9 * np.roll(complaints, 2) + 0.4 * NOISE[1, :40]
    found = link(complaints, performance, methods, polarity)
    scaled = link(complaints * factor + 3, performance * factor, methods, polarity)
    assert scaled.verdict == found.verdict
    assert scaled.direction == found.direction
    mirror = {
        "more complaints go with better performance": (
            "more complaints go with worse performance"
        ),
        "more complaints go with worse performance": (
            "more complaints go with better performance"
        ),
    }
    turned = link(complaints, -performance, methods, polarity)
    assert turned.direction == mirror.get(found.direction, "")
    known = found.lags.dropna()
    assert (known["lower_ci"] <= known["correlation"]).all()
    assert (known["correlation"] <= known["upper_ci"]).all()


def test_news_are_what_least_squares_leaves():
    # News lean on nothing that was fitted: not on time, season or the quarter before.
    values = 5 + 0.3 * np.arange(40) + 2 * (np.arange(40) % 4 == 1) + NOISE[0, :40]
    found = whitened(values, np.arange(40))
    assert np.isnan(found.news[0])
    news = found.news[1:]
    assert found.fitted == 6
    for fitted in (np.ones(39), np.arange(39), values[:-1], np.arange(1, 40) % 4 == 1):
        assert news @ fitted == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize(
    ("frame", "polarity", "words"),
    [
        (points([1], [2]).drop(columns="complaints"), "maximise", "'complaints'"),
        (points([1], [2]), "up", "'up' is not a polarity"),
        (points([1, 2], [2, 3]).iloc[::-1], "maximise", "twice or out of order"),
        (
            points([1], [2]).assign(end=pd.to_datetime(["2006-06-30"])),
            "maximise",
            "does not cover the 3 months",
        ),
        (points([1], [2]).assign(value="high"), "maximise", "not a number in 'value'"),
    ],
)
def test_mistakes_are_named(methods, frame, polarity, words):
    with pytest.raises(PerfnbError, match=words):
        lead_lag(frame, polarity=polarity, methods=methods)
