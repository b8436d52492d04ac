"""Verdicts of XmR charts against reference charts and by hand."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.eras import Start
from perfnb.errors import PerfnbError
from perfnb.methods import read_methods

from .made_series import STEADY, judge, quarterly

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
CONFIGS = ("default", "no_screen", "fix12", "rebase_2017-10", "rebase_2017-10_fix12")


@pytest.mark.parametrize("config", CONFIGS)
def test_reference_charts_are_met(shared_case, methods, config):
    inputs = shared_case("spc_ptd_inputs.csv")
    keys = ["series", "measure"]
    limits = shared_case("spc_ptd_limits.csv").query("config == @config")
    points = shared_case("spc_ptd_points.csv").query("config == @config")
    drawn = checked = 0
    for key, rows in inputs.groupby(keys):
        direction = rows["improvement_direction"].iloc[0]
        found = chart(rows["period"], rows["value"], direction, config, methods)
        expected = of(limits, key)
        assert_limits(found, expected.rename(columns=NAMES))
        marks = of(points, key)
        assert marked(found) == [LABELS[mark] for mark in marks["special_cause_type"]]
        assert found.variation == VARIATION[marks["point_type"].iloc[-1]]
        drawn, checked = drawn + len(expected), checked + len(marks)
    assert (drawn, checked) == (72 if "rebase" in config else 36, 1296)


@pytest.mark.parametrize("config", CONFIGS)
def test_a_published_chart_is_met(own_case, methods, config):
    """The same for one of the charts, from the figures held here."""
    points, limits = own_case("xmr_points.csv"), own_case("xmr_limits.csv")
    name = config.replace("-", "_")
    found = chart(points["period"], points["value"], "decrease", config, methods)
    assert_limits(found, limits[limits["config"] == name])
    assert marked(found) == [LABELS[mark] for mark in points[name]]


def of(rows, key):
    """Keep the rows of one series and measure."""
    return rows[(rows["series"] == key[0]) & (rows["measure"] == key[1])]


NAMES = {"lpl": "lower_limit", "upl": "upper_limit"}


def assert_limits(found, expected):
    """Hold the eras of a chart to mean and limits by stretch."""
    expected = expected.sort_values("rebase_group")
    for era, row in zip(found.eras, expected.itertuples(), strict=True):
        assert era.n == row.n
        for name in ("mean", "lower_limit", "upper_limit"):
            assert getattr(era, name) == pytest.approx(getattr(row, name), rel=1e-9)


def marked(found):
    """Give the kind and side of every point that is a special cause."""
    pairs = zip(found.points["special_cause"], found.points["side"], strict=True)
    return [pair if pair[0] else "" for pair in pairs]


def chart(periods, values, direction, config, methods):
    """Judge one reference series, which is monthly."""
    starts = pd.to_datetime(periods).array
    points = pd.DataFrame({"start": starts, "value": values.array})
    points["end"] = points["start"] + pd.offsets.MonthEnd(0)
    baseline = 12 if "fix12" in config else None
    rebased = [Start(date(2017, 10, 1), baseline)] if "rebase" in config else []
    screen = {"screen_moving_ranges": config != "no_screen"}
    return judge(
        points,
        methods.model_copy(update=screen),
        {"increase": "maximise", "decrease": "minimise"}[direction],
        window_months=1,
        frequency="snapshot",
        starts=rebased,
        baseline_points=baseline,
    )


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


# --- what does not matter -----------------------------------------------------

HOUSE = read_methods("parameters/methods.yaml")
SERIES = st.lists(st.integers(0, 200) | st.none(), min_size=1, max_size=30)
STARTS = st.lists(st.integers(0, 29), max_size=2)


def days(places):
    """Give a start for each quarter counted from the first."""
    quarters = pd.period_range("2020Q1", periods=30, freq="Q-MAR")
    return [Start(quarters[place].start_time.date()) for place in places]


@given(SERIES, STARTS)
def test_polarity_mirrored_mirrors_the_verdict(values, places):
    points, starts = quarterly(values), days(places)
    mirror = {"improvement": "concern", "concern": "improvement"}
    more = judge(points, HOUSE, "maximise", starts=starts).variation
    less = judge(points, HOUSE, "minimise", starts=starts).variation
    assert less == mirror.get(more, more)


@given(SERIES, STARTS, st.sampled_from([0.001, 0.5, 7, 1e6]))
def test_another_unit_gives_the_same_verdict(values, places, factor):
    scaled = [None if value is None else value * factor for value in values]
    plain = judge(quarterly(values), HOUSE, starts=days(places))
    other = judge(quarterly(scaled), HOUSE, starts=days(places))
    assert marked(other) == marked(plain)
    assert (other.variation, other.signals) == (plain.variation, plain.signals)
    assert [e.standing for e in other.eras] == [e.standing for e in plain.eras]


@given(SERIES, STARTS)
def test_a_figure_upside_down_is_marked_upside_down(values, places):
    turned = [None if value is None else 500 - value for value in values]
    plain = judge(quarterly(values), HOUSE, "maximise", starts=days(places))
    other = judge(quarterly(turned), HOUSE, "minimise", starts=days(places))
    assert other.variation == plain.variation
    assert other.points["side"].tolist() == (-plain.points["side"]).tolist()


@given(SERIES, STARTS)
def test_limits_contain_the_mean_and_every_row_has_its_era(values, places):
    found = judge(quarterly(values), HOUSE, starts=days(places))
    for era in found.eras:
        if era.upper_limit is not None:
            assert era.lower_limit <= era.mean <= era.upper_limit
    assert sum(era.n for era in found.eras) == sum(v is not None for v in values)
    assert found.points["era"].is_monotonic_increasing
    assert found.points["era"].nunique() == len(found.eras)
    assert found.method
