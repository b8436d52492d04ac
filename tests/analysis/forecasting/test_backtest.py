"""Earlier forecasts made anew: nothing later than they could know is used."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis.forecasting.backtest import backtest
from perfnb.analysis.forecasting.calibration import (
    as_made,
    setting,
    skill,
    widths_needed,
)
from perfnb.analysis.forecasting.histories import YearRule
from perfnb.analysis.forecasting.outturn import outturn
from perfnb.analysis.forecasting.track_record import interval_score, track_record
from perfnb.errors import PerfnbError
from tests.analysis.forecasting.test_histories import quarterly
from tests.analysis.forecasting.test_outturn import annual

SUM = YearRule("quarterly", 3, "sum", per=1000, lower_bound=0)
YEARLY = YearRule("annual", 12, "none", lower_bound=0)


def councils(n, n_quarters, seed=1, drift=0.0):
    """Make up the quarterly counts of several councils."""
    random = np.random.default_rng(seed)
    walks = 100 + np.cumsum(random.normal(drift, 5, (n, n_quarters)), axis=1)
    return {
        f"E{place}": quarterly(walk.tolist(), "2018Q1", denominator=1000.0)
        for place, walk in enumerate(walks)
    }


@pytest.fixture(scope="module")
def many(methods):
    """Look back on ten made-up councils over seven years."""
    return backtest(councils(10, 28), SUM, methods)


def test_every_point_of_every_whole_year_is_looked_back_on(methods):
    rows = backtest(councils(1, 14), SUM, methods).rows
    # From six figures on: after two quarters of 2018-19 (not its whole before).
    assert rows[["year", "known"]].to_numpy().tolist() == [
        *([2019, known] for known in (2, 3)),
        *([2020, known] for known in (0, 1, 2, 3)),
    ]
    assert rows["n"].tolist() == [6, 7, 8, 9, 10, 11]


def test_an_earlier_forecast_knows_nothing_of_what_came_after(methods):
    points = councils(1, 14)["E0"]
    whole = backtest({"E0": points}, SUM, methods)
    then = outturn(points[:9], pd.Period("2020Q1", "Q-MAR"), SUM, methods)
    place = whole.rows.query("year == 2020 and known == 1").index[0]
    assert np.sort(whole.drawn[place]) == pytest.approx(then.outturns)
    changed = points.assign(numerator=[*points["numerator"][:9], 1, 1, 1, 1, 1])
    again = backtest({"E0": changed}, SUM, methods)
    assert again.drawn[place] == pytest.approx(whole.drawn[place])
    assert again.rows["actual"][place] != whole.rows["actual"][place]


def test_what_came_is_the_year_s_own_outturn(methods):
    points = councils(1, 14)["E0"]
    rows = backtest({"E0": points}, SUM, methods).rows
    row = rows.query("year == 2020 and known == 1").iloc[0]
    assert row["actual"] == pytest.approx(points["numerator"][8:12].sum())
    assert row["last_year"] == pytest.approx(points["numerator"][4:8].sum())


def test_years_on_either_side_of_a_split_are_not_compared(methods):
    points = councils(1, 24)
    rows = backtest(points, SUM, methods, splits=[date(2020, 4, 1)]).rows
    after = rows[rows["year"] > 2020]
    assert after["year"].tolist()[0] == 2022
    assert after["n"].max() <= 12
    first = rows[rows["year"] == 2020]
    assert first["last_year"].notna().all()


def test_an_annual_series_is_forecast_a_year_ahead(methods):
    found = backtest({"E0": annual([5, 6, 5, 7, 6, 5, 6, 8])}, YEARLY, methods)
    assert found.rows["known"].tolist() == [0, 0]
    assert found.rows["last_year"].tolist() == [5, 6]


def test_nothing_to_look_back_on_is_an_answer(methods):
    found = backtest({"E0": annual([5, 6, 5])}, YEARLY, methods)
    record = track_record(found, "maximise", methods)
    assert record.stages.empty
    assert record.made.empty
    assert record.settings[0].stretch == 1.0
    assert not record.settings[0].repeats
    assert backtest({}, SUM, methods).rows.empty


def test_gaps_and_constant_series_are_left_out(methods):
    still = quarterly([5] * 14, "2018Q1", denominator=1000.0)
    gap = councils(1, 14)["E0"]
    gap.loc[7, "numerator"] = pd.NA
    found = backtest({"still": still, "gap": gap}, SUM, methods)
    assert found.rows.empty


def test_no_simulated_year_is_without_a_figure(methods):
    """Even where a share of hardly anything is simulated."""
    pool = YearRule("quarterly", 3, "pool", 100, 0, 100)
    few = quarterly([1, 0, 2, 1, 1, 0, 1, 2, 1, 1, 0, 1, 1, 2], "2018Q1", 2.0)
    few["denominator"] = [3.0, 1, 4, 2, 1, 2, 3, 3, 2, 1, 1, 2, 3, 4]
    found = backtest({"E0": few}, pool, methods)
    assert len(found.rows)
    assert np.isfinite(found.drawn).all()


def test_ranges_are_widened_by_earlier_years_only(many, methods):
    before = setting(many, 3, methods, before=2021)
    everything = setting(many, 3, methods)
    assert before.n == 20
    assert everything.n == len(many.rows.query("known == 3"))
    made = as_made(many, methods)
    first = made.query("known == 3 and year <= 2020")
    assert first["stretch"].eq(1).all()
    later = made.query("known == 3 and year == 2021")
    assert later["stretch"].eq(before.stretch).all()


def test_ranges_too_narrow_are_widened_until_they_hold(many, methods):
    narrow = type(many)(many.rows, _squeezed(many.drawn), many.repeated, many.rule)
    made = as_made(narrow, methods)
    late = made[(made["known"] == 3) & (made["year"] >= 2021)]
    inside = (late["lower_inner"] <= late["actual"]) & (
        late["actual"] <= late["upper_inner"]
    )
    assert late["stretch"].min() > 2
    assert inside.mean() > 0.7


def _squeezed(drawn):
    middle = np.median(drawn, axis=1, keepdims=True)
    return middle + (drawn - middle) / 4


def test_a_model_that_is_no_nearer_gives_way_to_last_year(methods):
    """White noise about a level: last year's outturn is as good as its mean."""
    random = np.random.default_rng(4)
    series = {f"E{n}": annual(random.normal(50, 5, 14), 2010) for n in range(10)}
    walk = {
        name: points.assign(value=points["value"].cumsum())
        for name, points in series.items()
    }
    drifting = track_record(backtest(walk, YEARLY, methods), "maximise", methods)
    assert not drifting.settings[0].repeats
    assert drifting.stages["skill"].iloc[0] > 0.2
    still = {
        f"E{n}": annual(np.cumsum(random.normal(0, 1, 14)) + 50, 2010)
        for n in range(10)
    }
    record = track_record(backtest(still, YEARLY, methods), "maximise", methods)
    assert record.settings[0].repeats
    assert record.stages["skill"].iloc[0] < methods.minimum_forecast_skill


def test_the_record_counts_by_hand(methods):
    found = backtest({"E0": annual([5, 6, 5, 7, 6, 5, 6, 8])}, YEARLY, methods)
    object.__setattr__(found, "drawn", np.array([np.linspace(4, 8, 2000)] * 2))
    stage = track_record(found, "minimise", methods).stages.iloc[0]
    # Middles 6 and 6; outturns 6 and 8; years before 5 and 6.
    assert (stage["n"], stage["n_series"], stage["n_compared"]) == (2, 1, 2)
    assert (stage["error"], stage["error_last_year"]) == (1.0, 1.5)
    assert stage["skill"] == pytest.approx(1 / 3)
    assert (stage["inside_inner"], stage["inside_ci"]) == (1, 1)
    # Chances of more than 5 and more than 6: 75% and 50%; both came.
    assert stage["brier"] == pytest.approx((0.25**2 + 0.5**2) / 2, abs=1e-3)
    assert stage["brier_base"] == 0
    assert (stage["alerts"], stage["alerts_right"], stage["worse"]) == (1, 1, 2)


def test_polarity_mirrored_mirrors_the_alarms(many, methods):
    low = track_record(many, "minimise", methods).stages
    high = track_record(many, "maximise", methods).stages
    neutral = track_record(many, "neutral", methods).stages
    assert (low["brier"] - high["brier"]).abs().max() < 1e-9
    assert low["worse"].sum() + high["worse"].sum() == low["n_compared"].sum()
    assert neutral["alerts"].sum() == 0
    assert low["skill"].tolist() == high["skill"].tolist()


def test_the_order_of_councils_does_not_matter(methods):
    series = councils(3, 16)
    mirrored = dict(reversed(series.items()))
    one, other = (
        track_record(backtest(held, SUM, methods), "minimise", methods).stages
        for held in (series, mirrored)
    )
    pd.testing.assert_frame_equal(one, other)


def test_chances_are_told_by_bands(many, methods):
    chances = track_record(many, "minimise", methods).chances
    late = chances[chances["known"] == 3]
    assert late["n"].sum() == len(many.rows.query("known == 3 and last_year > 0"))
    assert late["chance"].is_monotonic_increasing
    assert late["came"].iloc[0] < 0.5 < late["came"].iloc[-1]


def test_small_figures_by_hand():
    needed = widths_needed(*np.array([[9.0, 3], [5, 5], [4, 4], [7, 7]]))
    assert needed.tolist() == [2.0, 2.0]
    assert skill(1.0, 0.0) == -np.inf
    assert interval_score(np.array([5.0]), np.array([4.0]), np.array([7.0]), 0.8) == 3


def test_an_unknown_polarity_is_named(many, methods):
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        track_record(many, "up", methods)
