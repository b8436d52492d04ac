"""How good were earlier forecasts? Skill, ranges that held, alarms that were right.

A forecast earns its place by being nearer than last year's value, its range by
holding as many outturns as it promises, and its chance of missing a target by
coming true as often as it says. No past targets are needed for the last: last
year's outturn stands in for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.backtest import Backtest
from perfnb.analysis.forecasting.calibration import Setting, as_made, setting, skill
from perfnb.analysis.frames import Floats
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods


@dataclass(frozen=True)
class TrackRecord:
    """How good earlier forecasts of an indicator were.

    Attributes
    ----------
    made : pandas.DataFrame
        Every earlier forecast as it would have been made
        (`perfnb.analysis.forecasting.calibration.as_made`).
    stages : pandas.DataFrame
        A row for each point of the year (`known` periods): `n` forecasts;
        `n_series` they are of; `first_year`, `last_year`; `inside_inner` and
        `inside_ci`, outturns within the ranges; `n_compared` with an outturn of
        the year before; `error` and `error_last_year`, mean absolute errors of
        the forecast and of repeating last year's outturn [indicator's unit];
        `skill`, 1 - error / error_last_year; `model_skill`, the same of the chosen
        model where it was not used; `interval_score` of the inner range and
        `interval_score_model`, of the model's own [indicator's unit, the smaller
        the better]; `brier` of the chance to be worse than last year,
        `brier_base` of always giving how often that came; `alerts`, `alerts_right`
        and `worse`, how often it came.
    chances : pandas.DataFrame
        A row a point of the year and band of chances to end above last year
        (unlikely, even, likely, by `likely_chance`): `known`, `low`, `high`, `n`,
        `chance` (mean), `came` (share that came true).
    settings : mapping of int to Setting
        By known periods, what this asks of the next forecast.
    n_series : int
        Series looked back on.
    """

    made: pd.DataFrame
    stages: pd.DataFrame
    chances: pd.DataFrame
    settings: dict[int, Setting]
    n_series: int


def track_record(found: Backtest, polarity: str, methods: Methods) -> TrackRecord:
    """Judge earlier forecasts.

    Parameters
    ----------
    found : Backtest
        Earlier forecasts beside what came.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which way is better; where no side is, 'worse' is more than last year and
        nothing is alerted.
    methods : Methods
        House rules of forecasting.

    Returns
    -------
    TrackRecord

    Raises
    ------
    PerfnbError
        When the polarity is unknown.

    References
    ----------
    Hyndman and Athanasopoulos (2021), section 5.9 (skill against a benchmark).
    Gneiting T, Raftery AE (2007) J Am Stat Assoc 102:359, equation 43 (interval
    score). Brier GW (1950) Monthly Weather Review 78:1.

    Examples
    --------
    >>> from perfnb.analysis.forecasting.backtest import backtest
    >>> from perfnb.analysis.forecasting.histories import YearRule
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> years = pd.period_range("2015-03", periods=9, freq="Y-MAR")
    >>> points = pd.DataFrame({"start": years.start_time,
    ...     "end": years.end_time.normalize(), "numerator": None,
    ...     "denominator": None, "value": [5.0, 6, 5, 7, 6, 5, 6, 8, 7]})
    >>> rule = YearRule("annual", 12, "none", lower_bound=0)
    >>> earlier = backtest({"Vale": points}, rule, methods)
    >>> stage = track_record(earlier, "minimise", methods).stages.iloc[0]
    >>> stage[["n", "inside_ci", "error_last_year"]].round(2).tolist()
    [3.0, 3.0, 1.33]
    """
    good = good_side(polarity)
    made = as_made(found, methods)
    parts = [part for _, part in made.groupby("known")]
    stages = [_stage(part, found, good, methods) for part in parts]
    bands = [band for part in parts for band in _bands(part, methods)]
    return TrackRecord(
        made=made,
        stages=pd.DataFrame(stages, columns=_STAGE),
        chances=pd.DataFrame(bands, columns=_BAND),
        settings={
            known: setting(found, known, methods) for known in range(found.rule.season)
        },
        n_series=int(found.rows["series"].nunique()),
    )


_STAGE = [
    *("known", "n", "n_series", "first_year", "last_year"),
    *("inside_inner", "inside_ci", "n_compared", "error", "error_last_year"),
    *("skill", "model_skill", "interval_score", "interval_score_model"),
    *("brier", "brier_base", "alerts", "alerts_right", "worse"),
]
_BAND = ["known", "low", "high", "n", "chance", "came"]


def _stage(
    part: pd.DataFrame, found: Backtest, good: int, methods: Methods
) -> dict[str, object]:
    inner = 1 - methods.forecast_inner_confidence
    drawn = found.drawn[part.index.to_numpy()]
    own = np.quantile(drawn, [inner / 2, 1 - inner / 2], axis=1)
    actual = part["actual"].to_numpy(dtype=float)
    ranges = {name: part[name].to_numpy(dtype=float) for name in _RANGES}
    return {
        "known": int(part["known"].iloc[0]),
        "n": len(part),
        "n_series": part["series"].nunique(),
        "first_year": int(part["year"].min()),
        "last_year": int(part["year"].max()),
        "inside_inner": _inside(actual, ranges["lower_inner"], ranges["upper_inner"]),
        "inside_ci": _inside(actual, ranges["lower_ci"], ranges["upper_ci"]),
        "interval_score": interval_score(
            actual, ranges["lower_inner"], ranges["upper_inner"], 1 - inner
        ),
        "interval_score_model": interval_score(actual, own[0], own[1], 1 - inner),
        **_against_last_year(part, np.median(drawn, axis=1), good, methods),
    }


_RANGES = ("lower_inner", "upper_inner", "lower_ci", "upper_ci")


def _inside(actual: Floats, lower: Floats, upper: Floats) -> int:
    return int(((lower <= actual) & (actual <= upper)).sum())


def interval_score(
    actual: Floats, lower: Floats, upper: Floats, confidence: float
) -> float:
    """Score ranges by their width and by how far outturns lie outside.

    Returns
    -------
    float
        The smaller the better [unit of the values].

    References
    ----------
    Gneiting and Raftery (2007), equation 43.

    Examples
    --------
    >>> two = np.array([2.0, 2.0])
    >>> interval_score(np.array([3.0, 6.5]), two, two + 4, 0.8)
    6.5
    """
    outside = np.maximum(lower - actual, 0) + np.maximum(actual - upper, 0)
    return float((upper - lower + 2 / (1 - confidence) * outside).mean())


def _against_last_year(
    part: pd.DataFrame, model: Floats, good: int, methods: Methods
) -> dict[str, object]:
    """Compare with last year's value, as a forecast and as a stand-in target."""
    before = part["last_year"].to_numpy(dtype=float)
    known = np.isfinite(before)
    if not known.any():
        return {"n_compared": 0, "alerts": 0, "alerts_right": 0, "worse": 0}
    actual = part["actual"].to_numpy(dtype=float)[known]
    error, error_before, error_model = (
        float(np.abs(forecast[known] - actual).mean())
        for forecast in (part["value"].to_numpy(dtype=float), before, model)
    )
    chance = part["chance_above"].to_numpy(dtype=float)[known]
    worse = actual > before[known]
    if good > 0:
        chance, worse = 1 - chance, actual < before[known]
    alerts = (chance >= methods.likely_chance) & (good != 0)
    base = float(worse.mean())
    return {
        "n_compared": int(known.sum()),
        "error": error,
        "error_last_year": error_before,
        "skill": skill(error, error_before),
        "model_skill": skill(error_model, error_before),
        "brier": float(((chance - worse) ** 2).mean()),
        "brier_base": base * (1 - base),
        "alerts": int(alerts.sum()),
        "alerts_right": int((alerts & worse).sum()),
        "worse": int(worse.sum()),
    }


def _bands(part: pd.DataFrame, methods: Methods) -> Iterator[dict[str, object]]:
    """Set the chance to be above last year beside how often it came."""
    compared = part[part["last_year"].notna()]
    chance = compared["chance_above"].to_numpy(dtype=float)
    came = (compared["actual"] > compared["last_year"]).to_numpy()
    edges = (0.0, 1 - methods.likely_chance, methods.likely_chance, 1.0)
    for low, high in pairwise(edges):
        within = (chance >= low) & ((chance < high) | (high == 1))
        if within.any():
            yield {
                "known": int(part["known"].iloc[0]),
                "low": low,
                "high": high,
                "n": int(within.sum()),
                "chance": float(chance[within].mean()),
                "came": float(came[within].mean()),
            }
