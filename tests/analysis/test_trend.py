"""Verdicts of XmR charts against reference charts and by hand."""

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis import process_limits, trend
from perfnb.errors import PerfnbError

LABELS = {
    "Common Cause": "",
    "Above UCL": ("beyond limits", 1),
    "Below LCL": ("beyond limits", -1),
    "7 Point Trend (Increasing)": ("trend", 1),
    "7 Point Trend (Decreasing)": ("trend", -1),
    "2 in 3 Above CL": ("two of three", 1),
    "2 in 3 Below CL": ("two of three", -1),
    "7 Points Above CL": ("shift", 1),
    "7 Points Below CL": ("shift", -1),
}
VARIATION = {
    "common_cause": "common cause",
    "special_cause_concern": "concern",
    "special_cause_improvement": "improvement",
}
STEADY = [10, 12, 11, 10, 12, 11, 13, 11, 10, 12, 11, 12, 11]


def quarterly(values, first="2020Q1"):
    """Make the points of a quarterly series."""
    quarters = pd.period_range(first, periods=len(values), freq="Q-MAR")
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "value": pd.array(values, dtype="Float64"),
        }
    )


def judge(points, methods, polarity="maximise", **more):
    """Judge a quarterly series."""
    settings = {"window_months": 3, "frequency": "quarterly"} | more
    return trend.xmr(points, polarity=polarity, methods=methods, **settings)


@pytest.mark.parametrize("config", ["default", "no_screen"])
def test_reference_charts_are_met(shared_case, methods, config, monkeypatch):
    if config == "no_screen":
        monkeypatch.setattr(process_limits, "SCREEN", np.inf)
    inputs = shared_case("spc_ptd_inputs.csv")
    keys = ["series", "measure"]
    limits = shared_case("spc_ptd_limits.csv").query("config == @config")
    points = shared_case("spc_ptd_points.csv").query("config == @config")
    limits = limits.set_index(keys)
    checked = 0
    for key, rows in inputs.groupby(keys):
        found = chart(rows, methods)
        expected = limits.loc[key]
        assert found.mean == pytest.approx(expected["mean"], rel=1e-9)
        assert found.lower_limit == pytest.approx(expected["lpl"], rel=1e-9)
        assert found.upper_limit == pytest.approx(expected["upl"], rel=1e-9)
        marks = points[(points["series"] == key[0]) & (points["measure"] == key[1])]
        pairs = zip(found.points["special_cause"], found.points["side"], strict=True)
        labelled = [pair if pair[0] else "" for pair in pairs]
        assert labelled == [LABELS[mark] for mark in marks["special_cause_type"]]
        assert found.variation == VARIATION[marks["point_type"].iloc[-1]]
        checked += len(marks)
    assert checked == 1296


def chart(rows, methods):
    """Judge one reference series, which is monthly."""
    starts = pd.to_datetime(rows["period"]).array
    points = pd.DataFrame({"start": starts, "value": rows["value"].array})
    points["end"] = points["start"] + pd.offsets.MonthEnd(0)
    polarity = {"increase": "maximise", "decrease": "minimise"}
    direction = polarity[rows["improvement_direction"].iloc[0]]
    return judge(points, methods, direction, window_months=1, frequency="snapshot")


def test_limits_by_hand(methods):
    # Steps 2 1 1 2 1 2 2 1 2 1 1 1: 17 / 12; sum of the figures 146 / 13.
    found = judge(quarterly(STEADY), methods)
    assert found.mean == pytest.approx(146 / 13)
    assert found.upper_limit == pytest.approx(146 / 13 + 2.66 * 17 / 12)
    assert found.lower_limit == pytest.approx(146 / 13 - 2.66 * 17 / 12)
    assert (found.standing, found.variation) == ("limits", "common cause")
    assert found.signals == ()


def test_an_outlying_step_is_screened_once(methods):
    # Eleven steps add up to 16; the last, of 39, is above 3.267 * 55 / 12.
    found = judge(quarterly([*STEADY[:12], 51]), methods)
    mean = (135 + 51) / 13
    assert found.upper_limit == pytest.approx(mean + 2.66 * 16 / 11)
    assert found.signals == ("beyond limits",)


@pytest.mark.parametrize(
    ("polarity", "last", "variation"),
    [
        ("maximise", 30, "improvement"),
        ("maximise", -8, "concern"),
        ("minimise", 30, "concern"),
        ("minimise", -8, "improvement"),
        ("neutral", 30, "change"),
        ("midpoint", -8, "change"),
        ("range", 30, "change"),
        ("maximise", 11, "common cause"),
    ],
)
def test_good_and_bad_follow_polarity(methods, polarity, last, variation):
    found = judge(quarterly([*STEADY[:-1], last]), methods, polarity)
    assert found.variation == variation


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([], "no data"),
        ([None, None], "no data"),
        (STEADY[:7], "too few points"),
        ([4] * 7, "too few points"),
        ([4] * 8, "no variation"),
        (STEADY[:8], "trial limits"),
        (STEADY[:12], "trial limits"),
        (STEADY, "limits"),
    ],
)
def test_standing_says_what_the_series_allows(methods, values, standing):
    found = judge(quarterly(values), methods)
    assert found.standing == standing
    if "limits" not in standing:
        assert found.variation == "not assessed"
        assert found.upper_limit is None
        assert found.points["upper_limit"].isna().all()
        assert (found.points["special_cause"] == "").all()


def test_equal_shares_are_no_variation(methods):
    # 100 times a third, reckoned in different ways, differs in its last digit.
    values = [30 / 90 * 100, 0.1 * 1000 / 3, 31 / 93 * 100, 100 - 200 / 3] * 2
    assert len(set(values)) > 1
    assert judge(quarterly(values), methods).standing == "no variation"


def test_one_step_in_a_still_series_keeps_its_limits(methods):
    found = judge(quarterly([5] * 12 + [30]), methods)
    assert found.standing == "limits"
    assert found.signals == ("beyond limits",)


def test_no_moving_range_and_no_run_across_a_gap(methods):
    values = [*STEADY[:6], None, *[value + 40 for value in STEADY[:6]]]
    found = judge(quarterly(values), methods)
    assert (found.standing, found.n, found.n_missing) == ("trial limits", 12, 1)
    # Five steps 2 1 1 2 1 on either side, none of 30 across.
    assert found.upper_limit == pytest.approx(31 + 2.66 * 1.4)
    # Six points on one side and then six on the other: no run of seven.
    assert set(found.points["special_cause"]) == {"", "beyond limits"}


def test_a_run_does_not_go_through_a_missing_point(methods):
    rising = [1, 2, 3, 4, None, 5, 6, 7, 8, 9, 10]
    found = judge(quarterly(rising), methods)
    assert "trend" not in found.signals
    whole = judge(quarterly([value for value in rising if value]), methods)
    assert "trend" in whole.signals


def test_a_period_without_a_row_is_a_gap(methods):
    points = quarterly([*STEADY[:6], 99, *STEADY[:6]]).drop(index=6)
    found = judge(points, methods)
    assert (found.n, found.n_missing) == (12, 1)
    with_row = judge(quarterly([*STEADY[:6], None, *STEADY[:6]]), methods)
    assert found.upper_limit == with_row.upper_limit


def test_overlapping_windows_have_no_limits(methods):
    ends = pd.period_range("2020Q1", periods=14, freq="Q-MAR").end_time.normalize()
    starts = [end + pd.Timedelta(days=1) - pd.DateOffset(months=24) for end in ends]
    values = pd.array(range(14), dtype="Float64")
    points = pd.DataFrame({"start": starts, "end": ends, "value": values})
    found = judge(points, methods, frequency="rolling", window_months=24)
    assert (found.standing, found.variation) == ("overlapping windows", "not assessed")
    assert found.mean is None
    assert "shares months" in found.method


def test_limits_are_cut_for_display_after_the_judgement(methods):
    values = [1, 0, 2, 0, 1, 0, 2, 1, 0, 1, 0, 2, 9]
    plain = judge(quarterly(values), methods, "minimise")
    cut = judge(quarterly(values), methods, "minimise", lower_bound=0, upper_bound=5)
    assert plain.lower_limit < 0
    assert (cut.lower_limit, cut.upper_limit) == (0, min(plain.upper_limit, 5))
    assert cut.points["lower_limit"].eq(0).all()
    assert cut.variation == plain.variation == "concern"


def test_latest_and_earliest_are_points_with_a_value(methods):
    found = judge(quarterly([None, *STEADY, None]), methods)
    assert found.earliest["start"] == pd.Timestamp("2019-07-01")
    assert found.latest["end"] == pd.Timestamp("2022-09-30")
    assert found.latest["value"] == STEADY[-1]
    assert found.n_missing == 2


def test_the_frame_given_is_left_alone(methods):
    points = quarterly(STEADY)
    before = points.copy()
    judge(points, methods)
    pd.testing.assert_frame_equal(points, before)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda points: points.drop(columns="value"), "lack the column 'value'"),
        (lambda points: points.iloc[::-1], "twice or out of order"),
        (lambda points: pd.concat([points, points.tail(1)]), "twice or out of order"),
        (lambda points: points.assign(end=points["start"]), "3 months that a figure"),
        (lambda points: points.assign(start=pd.NaT), "lacks its first or last day"),
        (lambda points: points.assign(start="2020"), "must hold dates"),
        (lambda points: points.assign(value="n/a"), "not a number in 'value'"),
    ],
)
def test_mistakes_are_named(methods, change, words):
    with pytest.raises(PerfnbError, match=words):
        judge(change(quarterly(STEADY)), methods)


def test_unknown_words_are_named(methods):
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        judge(quarterly(STEADY), methods, "up")
    with pytest.raises(PerfnbError, match="'weekly' is not a frequency"):
        judge(quarterly(STEADY), methods, frequency="weekly")
