"""Where a year ends, and the chance that it misses its target."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.forecasting.histories import YearRule
from perfnb.analysis.forecasting.outturn import chance_of_missing, expectation, outturn
from perfnb.errors import PerfnbError
from tests.analysis.forecasting.test_histories import quarterly

SUM = YearRule("quarterly", 3, "sum", per=1000, lower_bound=0)
POOL = YearRule("quarterly", 3, "pool", per=100, lower_bound=0, upper_bound=100)
Q3 = pd.Period("2026Q3", "Q-MAR")
COUNTS = [50, 61, 48, 55, 52, 60, 47, 56, 53, 62, 49]
ENDS = ["lower_ci", "lower_inner", "value", "upper_inner", "upper_ci"]


def ended(points, methods, rule=SUM, quarter=Q3, **more):
    """Forecast the year of a quarter."""
    return outturn(points, quarter, rule, methods, **more)


def annual(values, first=2015, **more):
    """Make the points of an annual series."""
    years = pd.period_range(f"{first}-03", periods=len(values), freq="Y-MAR")
    return pd.DataFrame(
        {
            "start": years.start_time,
            "end": years.end_time.normalize(),
            "numerator": pd.NA,
            "denominator": pd.NA,
            "value": pd.array(values, dtype="Float64"),
        }
    ).assign(**more)


def test_what_is_known_is_kept_and_the_rest_added(methods):
    found = ended(quarterly(COUNTS, denominator=1000.0), methods)
    assert (found.standing, found.year, found.known) == ("forecast", "2025-26", 3)
    assert found.so_far == 53 + 62 + 49
    assert found.value > found.so_far + 40
    ends = [getattr(found, name) for name in ENDS]
    assert ends == sorted(ends)
    assert found.course["is_known"].tolist() == [True, True, True, False]
    assert found.course["value"].tolist()[:3] == [53, 115, 164]
    assert found.course["value"].iloc[-1] == found.value
    assert found.course["start"].eq(pd.Timestamp("2025-04-01")).all()


def test_the_interval_of_a_year_narrows_as_it_goes_on(methods):
    points = quarterly(COUNTS, denominator=1000.0)
    widths = []
    for quarter in pd.period_range("2026Q1", "2026Q3", freq="Q-MAR"):
        known = points[points["end"] <= quarter.end_time]
        found = ended(known, methods, quarter=quarter)
        widths.append(found.upper_inner - found.lower_inner)
    assert widths == sorted(widths, reverse=True)


def test_shares_are_pooled_by_their_counts(methods):
    """Three quarters of 100 cases at 50%, and one to come of about as many."""
    shares = [52, 48, 51, 49, 50, 53, 47, 50, 50, 51, 49]
    points = quarterly(shares, denominator=100.0)
    found = ended(points, methods, rule=POOL)
    assert found.so_far == 50
    assert 49 < found.value < 51
    cases = [*shares[:-1], 100]
    of = np.array([100.0] * 10 + [1000])
    few = points.assign(numerator=cases, denominator=of, value=cases / of * 100)
    weighed = ended(few, methods, rule=POOL)
    assert weighed.so_far == pytest.approx(201 / 1200 * 100)


def test_shares_stay_within_none_and_all(methods):
    found = ended(
        quarterly([20, 18, 20, 19, 20, 20, 19, 20, 20, 20, 20], denominator=20.0),
        methods,
        rule=POOL,
        stretch=3.0,
    )
    assert found.outturns.max() <= 100
    assert found.outturns.min() >= 0


def test_a_year_never_falls_below_what_is_counted_already(methods):
    found = ended(
        quarterly([9, 0, 4, 12, 1, 0, 8, 2, 30, 25, 0], denominator=1000.0),
        methods,
        stretch=4.0,
    )
    assert found.outturns.min() >= found.so_far


def test_the_last_figure_can_stand_for_the_year(methods):
    latest = YearRule("quarterly", 3, "latest", lower_bound=0)
    points = quarterly(COUNTS, denominator=1000.0)
    found = ended(points.assign(value=COUNTS), methods, rule=latest)
    assert found.course["value"].tolist()[:3] == [53, 62, 49]
    assert found.course["start"].iloc[-1] == pd.Timestamp("2026-01-01")


def test_the_year_of_an_annual_figure_is_the_next_one(methods):
    rule = YearRule("annual", 12, "none", lower_bound=0)
    found = ended(annual([5, 6, 5, 7, 6, 5, 6, 8, 7, 6, 7]), methods, rule=rule)
    assert (found.standing, found.year, found.known) == ("forecast", "2025-26", 0)
    assert found.course["end"].tolist() == [pd.Timestamp("2026-03-31")]
    complete = ended(
        annual([5, 6, 5, 7, 6, 5, 6, 8, 7, 6, 7, 9]),
        methods,
        rule=rule,
        quarter=pd.Period("2026Q4", "Q-MAR"),
    )
    assert (complete.standing, complete.value) == ("year complete", 9)
    assert len(complete.outturns) == 0


def test_a_yearly_count_is_due_in_its_own_quarter(methods):
    rule = YearRule("snapshot", None, "none", lower_bound=0)
    points = annual([5, 6, 5, 7, 6, 5, 6, 8, 7, 6, 7])
    autumn = points["start"] + pd.DateOffset(months=6)
    points = points.assign(start=autumn, end=autumn + pd.DateOffset(days=60))
    before = ended(points, methods, rule=rule, quarter=pd.Period("2026Q1", "Q-MAR"))
    assert (before.standing, before.known) == ("forecast", 0)
    assert before.course["start"].iloc[0].year == 2025


@pytest.mark.parametrize(
    ("counts", "standing"),
    [
        ([], "no data"),
        ([None] * 11, "no data"),
        ([*COUNTS[:8], None, None, None], "too old"),
        ([*COUNTS[:8], 53, None, 49], "gap in the year"),
        ([None] * 6 + COUNTS[:5], "too few points"),
        ([7] * 11, "no variation"),
        ([0] * 11, "no variation"),
        ([10, 20, 30, 40] * 2 + [10, 20, 30], "no variation"),
    ],
)
def test_insufficient_data_is_an_answer(methods, counts, standing):
    found = ended(quarterly(counts, denominator=1000.0), methods)
    assert found.standing == standing
    assert found.method.startswith("Insufficient data: ")
    assert found.value is found.lower_ci is found.upper_inner is None
    assert len(found.outturns) == 0
    assert chance_of_missing(found, "maximise", value=200) is None


def test_one_late_quarter_is_bridged(methods):
    points = quarterly(COUNTS, denominator=1000.0)[:-1]
    found = ended(points, methods)
    assert (found.standing, found.known) == ("forecast", 2)
    assert found.course["is_known"].tolist() == [True, True, False, False]


def test_only_the_unbroken_run_is_used(methods):
    broken = [500, 900, *COUNTS]
    broken[1] = None
    points = quarterly(broken, first="2023Q3", denominator=1000.0)
    whole = ended(quarterly(COUNTS, denominator=1000.0), methods)
    found = ended(points, methods)
    assert (found.n, found.value) == (len(COUNTS), whole.value)


def test_figures_from_before_a_split_are_not_used(methods):
    points = quarterly([500, 900, 700, 800, *COUNTS], "2023Q1", denominator=1000.0)
    found = ended(points, methods, splits=[date(2023, 4, 1)])
    assert found.n == len(COUNTS)
    within = ended(points, methods, splits=[date(2025, 7, 1)])
    assert within.standing == "break in the year"


def test_what_cannot_be_put_together_is_told(methods):
    points = quarterly(COUNTS, denominator=1000.0)
    bare = points.assign(numerator=pd.NA, denominator=pd.NA)
    assert ended(bare, methods, rule=POOL).standing == "no counts"
    none = YearRule("quarterly", 3, "none")
    assert ended(points, methods, rule=none).standing == "no rule"
    rolling = YearRule("rolling", 3, "latest")
    assert ended(points, methods, rule=rolling).standing == "overlapping windows"


def test_values_without_counts_add_up(methods):
    bare = quarterly(COUNTS, denominator=1000.0)
    bare = bare.assign(value=COUNTS, numerator=pd.NA, denominator=pd.NA)
    found = ended(bare, methods)
    counted = ended(quarterly(COUNTS, denominator=1000.0), methods)
    assert found.value == pytest.approx(counted.value)


def test_a_stretch_widens_about_the_middle(methods):
    points = quarterly(COUNTS, denominator=1000.0)
    plain, wide = ended(points, methods), ended(points, methods, stretch=2.0)
    assert wide.value == pytest.approx(plain.value)
    assert wide.upper_ci - wide.value == pytest.approx(
        2 * (plain.upper_ci - plain.value)
    )
    assert "widened as far as earlier forecasts ask for" in wide.method


def test_the_same_figures_give_the_same_bytes(methods):
    points = quarterly(COUNTS, denominator=1000.0)
    first, again = ended(points, methods), ended(points.copy(), methods)
    assert first.outturns.tobytes() == again.outturns.tobytes()


@pytest.mark.parametrize(
    ("polarity", "target", "chance"),
    [
        ("maximise", {"value": 9.5}, 0.5),
        ("minimise", {"value": 8.5}, 0.75),
        ("minimise", {"value": 12.0}, 0.0),
        ("neutral", {"value": 9.5}, None),
        ("midpoint", {"value": 9.5}, None),
        ("range", {"low": 8.5, "high": 10.5}, 0.5),
        ("neutral", {"low": 8.5, "high": 10.5}, 0.5),
        ("range", {"low": 9.5}, 0.5),
        ("maximise", {}, None),
    ],
)
def test_the_chance_of_missing_by_hand(methods, polarity, target, chance):
    found = ended(quarterly(COUNTS, denominator=1000.0), methods)
    object.__setattr__(found, "outturns", np.array([8.0, 9.0, 10.0, 11.0]))
    assert chance_of_missing(found, polarity, **target) == chance


def test_mistakes_are_named(methods):
    points = quarterly(COUNTS, denominator=1000.0)
    found = ended(points, methods)
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        chance_of_missing(found, "up", value=1)
    with pytest.raises(PerfnbError, match="from 3 to 2 holds nothing"):
        chance_of_missing(found, "range", low=3, high=2)
    with pytest.raises(PerfnbError, match="a factor above 0"):
        ended(points, methods, stretch=0)
    with pytest.raises(PerfnbError, match="'arima' is not a forecasting model"):
        ended(points, methods, model="arima")
    with pytest.raises(PerfnbError, match="twice or out of order"):
        ended(points[::-1], methods)
    with pytest.raises(PerfnbError, match=r"0\.05 lies above the upper bound"):
        ended(points, methods, rule=YearRule("quarterly", 3, "pool", 1, 0, 0.01))


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.66, "likely to be missed"),
        (0.65, "could go either way"),
        (0.33, "likely to be met"),
        (None, "not judged"),
    ],
)
def test_what_a_chance_amounts_to(methods, chance, words):
    assert expectation(chance, methods) == words


counts = st.lists(st.integers(0, 400), min_size=6, max_size=14)


@settings(max_examples=30)
@given(counts, st.sampled_from([0.01, 10.0, 1000.0]), st.integers(1, 1500))
def test_another_unit_scales_the_year_and_keeps_the_chance(methods, held, unit, aim):
    first = str(Q3 - len(held) + 1)
    points = quarterly(held, first, denominator=1000.0)
    plain = ended(points, methods)
    scaled = ended(points, methods, rule=YearRule("quarterly", 3, "sum", unit, 0))
    assert scaled.standing == plain.standing
    if plain.standing != "forecast":
        return
    assert scaled.value == pytest.approx(plain.value * unit / 1000, rel=1e-6)
    chance = chance_of_missing(plain, "minimise", value=aim + 0.123)
    again = chance_of_missing(scaled, "minimise", value=(aim + 0.123) * unit / 1000)
    assert chance == pytest.approx(again, abs=0.002)
    assert plain.lower_ci <= plain.lower_inner <= plain.value
    assert plain.value <= plain.upper_inner <= plain.upper_ci
    assert plain.outturns.min() >= (plain.so_far or 0) - 1e-9


@settings(max_examples=30)
@given(counts, st.integers(1, 1500))
def test_polarity_mirrored_mirrors_the_chance(methods, held, aim):
    points = quarterly(held, str(Q3 - len(held) + 1), denominator=1000.0)
    found = ended(points, methods)
    if found.standing != "forecast":
        return
    above = chance_of_missing(found, "minimise", value=aim + 0.123)
    below = chance_of_missing(found, "maximise", value=aim + 0.123)
    assert above + below == pytest.approx(1)
