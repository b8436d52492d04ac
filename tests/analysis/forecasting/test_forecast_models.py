"""Plain forecasts and exponential smoothing beside those of R."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from perfnb.analysis.forecasting import forecast_models
from perfnb.analysis.forecasting.forecast import aicc, limits, standard_errors
from perfnb.analysis.forecasting.smoothing import smoothing
from perfnb.errors import PerfnbError

PLAIN = {
    "mean": lambda values, ahead, _: forecast_models.mean(values, ahead),
    "naive": lambda values, ahead, _: forecast_models.naive(values, ahead),
    "drift": lambda values, ahead, _: forecast_models.drift(values, ahead),
    "snaive": forecast_models.seasonal_naive,
}
# R gives normal limits, but for the mean, whose spread it takes from the sample.
FREEDOM = {"mean": None}
ENDS = {0.8: ("lo80", "hi80"), 0.95: ("lo95", "hi95")}


def plain_rows_met(series, expected):
    """Hold every row of plain forecasts against R's; give how many there are."""
    checked = 0
    for (name, method), rows in expected.groupby(["series", "method"]):
        if method not in PLAIN:
            continue
        given = series[series["series"] == name]
        values = given["value"].to_numpy(dtype=float)
        found = PLAIN[method](values, len(rows), int(given["frequency"].iloc[0]))
        assert found.mean == pytest.approx(rows["mean"].to_numpy(), rel=1e-9)
        for confidence, (low, high) in ENDS.items():
            lower, upper = limits(found, confidence, FREEDOM.get(method, np.inf))
            assert lower == pytest.approx(rows[low].to_numpy(), rel=1e-9)
            assert upper == pytest.approx(rows[high].to_numpy(), rel=1e-9)
        checked += len(rows)
    return checked


def test_every_plain_forecast_of_r_is_met(shared_case):
    series = shared_case("forecast_inputs.csv")
    assert plain_rows_met(series, shared_case("forecast_expected.csv")) == 244


def test_the_plain_forecasts_that_the_repository_holds_are_met(own_case):
    series = own_case("forecast_series.csv")
    assert plain_rows_met(series, own_case("forecasts.csv")) == 22


def smoothed(series, row):
    """Fit the model of a row of R's parameters."""
    given = series[series["series"] == row["series"]]
    values = given["value"].to_numpy(dtype=float)
    trend = "full" if row["model"] == "AAN" else "none"
    season = int(given["frequency"].iloc[0]) if row["model"] == "ANA" else 1
    return values, smoothing(values, 12, trend=trend, season=season)


def test_no_fit_of_r_is_better_by_its_own_yardstick(shared_case):
    """R's optimiser is another: ours may end elsewhere, but never worse."""
    series = shared_case("forecast_inputs.csv")
    forecasts = shared_case("forecast_expected.csv")
    rows = shared_case("forecast_ets_parameters.csv")
    for _, row in rows.iterrows():
        values, found = smoothed(series, row)
        assert row["aicc"] - 10 < aicc(found) < row["aicc"] + 1e-3
        assert 0.9 < found.sigma**2 / row["sigma2"] < 1.0001
        same = (forecasts["series"] == row["series"]) & (
            forecasts["method"] == f"ets_{row['model']}"
        )
        theirs = forecasts.loc[same, "mean"].to_numpy()
        apart = np.abs(found.mean[: len(theirs)] - theirs).max() / values.std()
        assert apart < (1e-3 if row["model"] == "ANN" else 0.6)
    assert len(rows) == 19


def test_a_smoothed_level_equals_that_of_r(own_case):
    series, forecasts = own_case("forecast_series.csv"), own_case("forecasts.csv")
    for _, row in own_case("smoothing.csv").iterrows():
        values, found = smoothed(series, row)
        assert found.carried[0] == pytest.approx(row["alpha"], abs=1e-3)
        assert found.sigma**2 == pytest.approx(row["sigma2"], rel=1e-4)
        assert aicc(found) == pytest.approx(row["aicc"], abs=1e-3)
        same = (forecasts["series"] == row["series"]) & (
            forecasts["method"] == "ets_ANN"
        )
        theirs = forecasts[same]
        lower, upper = limits(found, 0.95, np.inf)
        n, near = len(theirs), 1e-3 * values.std()
        assert found.mean[:n] == pytest.approx(theirs["mean"].to_numpy(), abs=near)
        assert lower[:n] == pytest.approx(theirs["lo95"].to_numpy(), abs=near)
        assert upper[:n] == pytest.approx(theirs["hi95"].to_numpy(), abs=near)


@pytest.mark.parametrize(
    ("trend", "season"), [("none", 1), ("damped", 1), ("full", 1), ("none", 4)]
)
def test_what_is_carried_on_gives_the_variances_of_statsmodels(trend, season):
    """Reckoned apart from them, by the table of Hyndman et al (2008)."""
    random = np.random.default_rng(3)
    values = np.tile([3.0, 6, -3, 0], 6) + random.normal(size=24).cumsum()
    index = pd.period_range("2000Q1", periods=24, freq="Q")
    settings = {"none": {}, "damped": {"trend": "add", "damped_trend": True}}
    settings["full"] = {"trend": "add"}
    seasonal = {"seasonal": "add", "seasonal_periods": 4} if season > 1 else {}
    scaled = pd.Series((values - values.mean()) / values.std(), index=index)
    fitted = ETSModel(scaled, error="add", **settings[trend], **seasonal).fit(disp=0)
    variances = np.asarray(fitted.get_prediction(24, 29).forecast_variance)
    found = smoothing(values, 6, trend=trend, season=season)
    relative = standard_errors(found) / found.sigma
    assert relative == pytest.approx(np.sqrt(variances / fitted.mse), rel=1e-6)


def test_last_year_is_the_last_figure_where_a_year_has_one():
    values = np.array([4.0, 7, 3, 5, 6])
    assert forecast_models.last_year(values, 1, 1).model == "last figure"
    assert forecast_models.last_year(values, 1, 4).mean.tolist() == [7.0]


@pytest.mark.parametrize("name", ["mean", "naive", "drift", "last year"])
def test_gaps_and_too_few_figures_are_refused(name):
    forecast = forecast_models.BENCHMARKS[name]
    with pytest.raises(PerfnbError, match="without a gap"):
        forecast(np.array([1.0, np.nan, 3, 4, 5, 6]), 1, 4)
    with pytest.raises(PerfnbError, match="figures or more"):
        forecast(np.array([1.0]), 1, 4)
    with pytest.raises(PerfnbError, match="one period ahead or more, not 0"):
        forecast(np.arange(6.0), 0, 4)


def test_smoothing_names_what_it_cannot_do():
    with pytest.raises(PerfnbError, match="'steep' is not a trend"):
        smoothing(np.arange(9.0), 1, trend="steep")
    with pytest.raises(PerfnbError, match="Every figure is the same"):
        smoothing(np.full(9, 5.0), 1)
    with pytest.raises(PerfnbError, match="needs 9 figures"):
        smoothing(np.arange(8.0), 1, season=4)
