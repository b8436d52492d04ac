"""Do ranges hold what they promise? Widened until earlier forecasts fit in.

A model's own range knows nothing of what the model gets wrong, so it is mostly
too narrow. How far earlier forecasts, made at the same point of the year, were
out says by how much. Only what was known before a year began may widen its
ranges or rule its model out: nothing is judged by figures that it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.backtest import Backtest
from perfnb.analysis.forecasting.year_course import levels
from perfnb.analysis.frames import Flags, Floats
from perfnb.methods import Methods

_LEAST = 1e-9
"""Difference, as a share of the figure, that is no difference at all."""


@dataclass(frozen=True)
class Setting:
    """What earlier forecasts ask of the next one at a point of the year.

    Attributes
    ----------
    known : int
        Periods of the year known at that point.
    repeats : bool
        Whether last year's figures are repeated, as the chosen model has proved
        no better.
    stretch : float
        By how much the ranges are widened; never below 1.
    n : int
        Earlier forecasts that this rests on; too few change nothing.
    """

    known: int
    repeats: bool
    stretch: float
    n: int


def setting(
    found: Backtest, known: int, methods: Methods, before: int | None = None
) -> Setting:
    """Learn from earlier forecasts how to make the next one.

    Parameters
    ----------
    found : Backtest
        Earlier forecasts.
    known : int
        Periods of the year that are known.
    methods : Methods
        `minimum_forecasts_for_backtest`, below which nothing is changed,
        `minimum_forecast_skill` and the two confidences.
    before : int, optional
        Only years before this one are learnt from.

    Returns
    -------
    Setting
        `repeats` where the mean error of the chosen model was not smaller by
        `minimum_forecast_skill` than that of repeating last year's outturn.
        `stretch` the larger of the two factors with which the inner and the outer
        range would have held their share.

    References
    ----------
    Lei J, G'Sell M, Rinaldo A, Tibshirani RJ, Wasserman L (2018) J Am Stat Assoc
    113:1094 (split conformal prediction, errors scaled by the model's spread).

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> methods = SimpleNamespace(minimum_forecasts_for_backtest=2, confidence=0.95,
    ...     forecast_inner_confidence=0.8, minimum_forecast_skill=0.05)
    >>> rows = pd.DataFrame({"year": [2024, 2025], "known": 0, "actual": [9.0, 5.0],
    ...     "last_year": [8.0, 8.0]})
    >>> drawn = np.array([[4.0, 5.0, 6.0]] * 2)
    >>> found = setting(SimpleNamespace(rows=rows, drawn=drawn, repeated=drawn), 0,
    ...     methods)
    >>> found.repeats, round(found.stretch, 3), found.n
    (True, 5.0, 2)
    """
    rows = found.rows
    earlier = (rows["known"] == known).to_numpy()
    if before is not None:
        earlier = earlier & (rows["year"] < before).to_numpy()
    repeats = _is_no_better(found, earlier, methods)
    # Where too few figures were held to repeat last year's, the model stays.
    possible = np.isfinite(found.repeated[:, 0]) if len(rows) else earlier
    drawn = found.repeated if repeats else found.drawn
    places = np.flatnonzero(earlier & possible if repeats else earlier)
    n = len(places)
    if n < methods.minimum_forecasts_for_backtest:
        return Setting(known, repeats, 1.0, n)
    actual = rows["actual"].to_numpy(dtype=float)[places]
    return Setting(known, repeats, _stretch(drawn[places], actual, methods), n)


def _is_no_better(found: Backtest, earlier: Flags, methods: Methods) -> bool:
    last_year = found.rows["last_year"].to_numpy(dtype=float)
    places = np.flatnonzero(earlier & np.isfinite(last_year))
    if len(places) < methods.minimum_forecasts_for_backtest:
        return False
    actual = found.rows["actual"].to_numpy(dtype=float)[places]
    middle = np.median(found.drawn[places], axis=1)
    error = float(np.abs(middle - actual).mean())
    error_before = float(np.abs(last_year[places] - actual).mean())
    return bool(skill(error, error_before) < methods.minimum_forecast_skill)


def skill(error: float, error_before: float) -> float:
    """Say by what share an error is smaller than that of last year's value.

    Where last year's value was exact and the forecast was not, no share says how
    much worse it is: minus infinity.

    References
    ----------
    Hyndman and Athanasopoulos (2021), section 5.9 (skill against a benchmark).

    Examples
    --------
    >>> skill(0.5, 2.0), skill(0.0, 0.0), skill(0.1, 0.0)
    (0.75, 0.0, -inf)
    """
    if error_before == 0:
        return 0.0 if error == 0 else -float("inf")
    return 1 - error / error_before


def _stretch(drawn: Floats, actual: Floats, methods: Methods) -> float:
    names = levels(methods)
    quantiles = np.quantile(drawn, list(names.values()), axis=1)
    limits = dict(zip(names, quantiles, strict=True))
    factors = [1.0]
    for share, kind in (
        (methods.forecast_inner_confidence, "inner"),
        (methods.confidence, "ci"),
    ):
        needed = widths_needed(
            actual, limits["value"], limits[f"lower_{kind}"], limits[f"upper_{kind}"]
        )
        place = min(int(np.ceil((len(needed) + 1) * share)), len(needed))
        factors.append(float(np.sort(needed)[place - 1]))
    return max(factors)


def widths_needed(
    actual: Floats, middle: Floats, lower: Floats, upper: Floats
) -> Floats:
    """Say by which factor each range would just have reached the outturn.

    Examples
    --------
    >>> one = np.ones(2)
    >>> widths_needed(np.array([7.0, 4.0]), 5 * one, 3 * one, 6 * one).tolist()
    [2.0, 0.5]
    """
    above = actual > middle
    width = np.where(above, upper - middle, middle - lower)
    least = _LEAST * np.maximum(np.abs(middle), 1)
    needed: Floats = np.abs(actual - middle) / np.maximum(width, least)
    return needed


def as_made(found: Backtest, methods: Methods) -> pd.DataFrame:
    """Give every earlier forecast as it would have been made in its year.

    Parameters
    ----------
    found : Backtest
        Earlier forecasts.
    methods : Methods
        House rules of forecasting.

    Returns
    -------
    pandas.DataFrame
        `found.rows` with `repeats`, `stretch` (learnt from the years before),
        `value`, `lower_inner`, `upper_inner`, `lower_ci`, `upper_ci` [indicator's
        unit] and `chance_above` (that the outturn is above last year's; missing
        where that is not known).

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> methods = SimpleNamespace(minimum_forecasts_for_backtest=20, confidence=0.95,
    ...     forecast_inner_confidence=0.8)
    >>> rows = pd.DataFrame({"year": [2025], "known": [0], "actual": [9.0],
    ...     "last_year": [5.5]})
    >>> drawn = np.array([[4.0, 5.0, 6.0, 7.0]])
    >>> made = as_made(SimpleNamespace(rows=rows, drawn=drawn, repeated=drawn), methods)
    >>> made[["value", "chance_above", "stretch"]].to_numpy().tolist()
    [[5.5, 0.5, 1.0]]
    """
    rows, names = found.rows, levels(methods)
    made = rows.assign(repeats=False, stretch=1.0, chance_above=np.nan)
    made = made.assign(**dict.fromkeys(names, np.nan))
    for _, part in rows.groupby(["known", "year"]):
        known, year = (int(part[name].iloc[0]) for name in ("known", "year"))
        learnt = setting(found, known, methods, before=year)
        places = part.index.to_numpy()
        repeats = np.isfinite(found.repeated[places, 0]) & learnt.repeats
        drawn = np.where(repeats[:, None], found.repeated[places], found.drawn[places])
        middle = np.median(drawn, axis=1, keepdims=True)
        wider = middle + learnt.stretch * (drawn - middle)
        quantiles = np.quantile(wider, list(names.values()), axis=1)
        made.loc[places, list(names)] = quantiles.T
        made.loc[places, "repeats"] = repeats
        made.loc[places, "stretch"] = learnt.stretch
        before = part["last_year"].to_numpy(dtype=float)
        chance = (wider > before[:, None]).mean(axis=1)
        made.loc[places, "chance_above"] = np.where(np.isnan(before), np.nan, chance)
    return made
