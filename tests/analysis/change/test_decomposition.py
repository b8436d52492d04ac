"""Trend, seasons and the rest, against R and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.decomposition import (
    Components,
    decomposition,
    season_test,
    strength,
)
from perfnb.errors import PerfnbError


def deviation(found, expected, scale):
    """Give the largest difference of the three parts, in standard deviations."""
    return max(
        np.abs(part - expected[name].to_numpy()).max() / scale
        for name, part in found._asdict().items()
    )


def test_every_series_that_r_took_apart_is_met(shared_case):
    cases = shared_case("stl_r.csv").sort_values("t", kind="stable")
    checked = 0
    for _, rows in cases.groupby(["series", "s_window", "jump"]):
        first = rows.iloc[0]
        steady = first["s_window"] == "periodic"
        found = decomposition(
            rows["value"].to_numpy(dtype=float),
            period=int(first["frequency"]),
            seasonal_window=None if steady else int(first["s_window"]),
            trend_window=int(first["t_window"]),
            low_pass_window=int(first["l_window"]),
            jumps=(int(first["s_jump"]), int(first["t_jump"]), int(first["l_jump"])),
        )
        assert deviation(found, rows, rows["value"].std()) < 1e-8
        checked += len(rows)
    assert checked == 1296


def test_a_published_series_is_met(own_case):
    rows = own_case("seasons.csv")
    windows = {
        "trend_window": int(rows["t_window"].iloc[0]),
        "low_pass_window": int(rows["l_window"].iloc[0]),
    }
    found = decomposition(rows["value"].to_numpy(dtype=float), period=12, **windows)
    assert deviation(found, rows, rows["value"].std()) < 1e-8


def test_the_parts_add_up_to_the_figures():
    values = np.array([3.0, 8, 4, 6, 5, 9, 4, 7, 5, 11, 6, 8])
    found = decomposition(values, period=4)
    assert sum(found) == pytest.approx(values)
    assert found.seasonal[:4] == pytest.approx(found.seasonal[4:8])


def test_seasons_without_a_rest_are_as_strong_as_can_be():
    season = np.array([1.0, -1] * 6)
    assert strength(Components(season, season, np.zeros(12))) == 1
    assert strength(Components(season, np.zeros(12), season)) == 0
    assert strength(Components(season, np.zeros(12), np.zeros(12))) == 0


def test_the_test_is_the_f_test_of_a_regression():
    """It equals what statsmodels makes of comparing two regressions."""
    values = np.array([3.0, 8, 4, 6, 5, 9, 4, 7, 5, 11, 6, 8, 4, 9])
    rows = pd.DataFrame({"y": values, "t": range(14), "q": np.arange(14) % 4})
    full = smf.ols("y ~ t + C(q)", rows).fit()
    line = smf.ols("y ~ t", rows).fit()
    expected = full.compare_f_test(line)[1]
    assert season_test(values, np.arange(14) % 4) == pytest.approx(expected)


def test_a_straight_line_has_no_seasons():
    assert season_test(np.arange(12.0), np.arange(12) % 4) == 1


@pytest.mark.parametrize("values", [[1.0] * 7, [1.0] * 8 + [np.nan]])
def test_a_series_too_short_or_with_a_gap_is_refused(values):
    with pytest.raises(PerfnbError, match="two whole years of 4 figures"):
        decomposition(np.array(values), period=4)


@given(st.lists(st.integers(0, 99), min_size=12, max_size=24))
def test_strength_lies_between_nought_and_one(values):
    found = decomposition(np.array(values, dtype=float), period=4)
    assert 0 <= strength(found) <= 1
    assert sum(found) == pytest.approx(values, abs=1e-9)
