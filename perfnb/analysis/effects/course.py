"""The course of a series before and after an action, as a fitted line.

The line before is drawn on as if nothing had been done (the counterfactual), and
the line after is set against it: at once, in its slope, on average and at last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfnb.analysis.effects.autoregressive_fit import autoregressive
from perfnb.analysis.effects.estimates import Estimate, estimate
from perfnb.analysis.effects.event_rate_fit import event_rates
from perfnb.analysis.effects.regression_fit import Fit, least_squares
from perfnb.analysis.effects.segmented import (
    Halves,
    design,
    season_length,
    seasonal_terms,
)
from perfnb.analysis.effects.serial_correlation import Leftovers, leftovers
from perfnb.analysis.frames import Flags, Floats, Ints, floats
from perfnb.methods import Methods

LINES = ("fitted", "counterfactual", "lower_ci", "upper_ci")


@dataclass(frozen=True)
class Course:
    """A line before and after an action.

    Attributes
    ----------
    fit : Fit
        The line; of events on the logarithmic scale.
    scale : str
        'difference' [indicator's unit] or 'ratio' [times] of what follows.
    level_change : Estimate
        At the first figure after.
    slope_change : Estimate or None
        Per period; None when only the level was expected to change.
    mean_effect, latest_effect : Estimate
        The course after against the counterfactual, on average over the figures
        after and at the latest of them.
    lines : pandas.DataFrame
        One row a row of the series: `fitted`, `counterfactual`, `lower_ci` and
        `upper_ci` of the counterfactual [indicator's unit].
    periods_in_year : int
        1 when figures have no season.
    seasonal : bool
        Whether the line allows for the time of year.
    correlation : float or None
        Of neighbouring errors [-1 to 1]; None where nothing is left over.
    remembering : Estimate
        The mean effect again, when every error leans on the one before
        [indicator's unit].
    leftovers : Leftovers or None
        Whether residuals lean on one another; None where nothing is left over.
    """

    fit: Fit
    scale: str
    level_change: Estimate
    slope_change: Estimate | None
    mean_effect: Estimate
    latest_effect: Estimate
    lines: pd.DataFrame
    periods_in_year: int
    seasonal: bool
    correlation: float | None
    remembering: Estimate
    leftovers: Leftovers | None

    @property
    def no_effect(self) -> float:
        """The effect of nothing: 0 of a difference, 1 of a ratio."""
        return 1.0 if self.scale == "ratio" else 0.0


@dataclass(frozen=True)
class _Layout:
    """The terms of every row, and which rows are fitted and lie after."""

    design: pd.DataFrame
    fitted: Flags
    after: Flags
    time: Ints
    season: int

    @property
    def effects(self) -> Floats:
        """Weights of the coefficients that part each row from no action."""
        kept = self.design.columns.isin(["level", "slope"])
        return self.design.to_numpy() * kept


def course(
    points: pd.DataFrame,
    cut: Halves,
    fitted: Flags,
    *,
    slope: bool,
    frequency: str,
    per: float | None,
    methods: Methods,
) -> Course | None:
    """Fit a line to a series before and after an action.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a period, oldest first: `start` [datetime64], `value`
        [indicator's unit] and, of events, `numerator` and `denominator`.
    cut : Halves
        Where the series is cut.
    fitted : numpy.ndarray
        Rows that the line is fitted to.
    slope : bool
        Whether the slope may change too, or only the level.
    frequency : {'quarterly', 'annual', 'rolling', 'snapshot'}
    per : float or None
        Of events: value = numerator / denominator * per; None for all others.
    methods : Methods
        House rules.

    Returns
    -------
    Course or None
        None when counts are too bare for any line to fit best.

    References
    ----------
    Wagner AK, Soumerai SB, Zhang F, Ross-Degnan D (2002) J Clin Pharm Ther
    27:299. Lopez Bernal J, Cummins S, Gasparrini A (2017, corrected) Int J
    Epidemiol 46:348. Turner SL et al (2021) BMC Med Res Methodol 21:181.
    """
    layout = _layout(points, cut, fitted, slope, frequency, methods)
    fit = _fit(points[fitted], layout, per)
    if fit is None:
        return None
    scale = "difference" if per is None else "ratio"
    unit = pd.DataFrame(np.eye(len(fit.coefficients)), columns=layout.design.columns)
    mean = layout.effects[layout.after].mean(axis=0)

    def effect(weights: npt.ArrayLike) -> Estimate:
        return _shown(estimate(fit, weights, methods.confidence), scale)

    values = floats(points["value"])[fitted]
    correlation, remembering = _remembering(values, layout, mean, methods)
    residuals = None if fit.exact else fit.residuals
    return Course(
        fit=fit,
        scale=scale,
        level_change=effect(unit["level"]),
        slope_change=effect(unit["slope"]) if slope else None,
        mean_effect=effect(mean),
        latest_effect=effect(layout.effects[layout.after][-1]),
        lines=_lines(layout, fit, cut, scale, methods.confidence),
        periods_in_year=season_length(points, frequency),
        seasonal=layout.season > 1,
        correlation=correlation,
        remembering=remembering,
        leftovers=(
            None
            if residuals is None
            else leftovers(residuals, layout.season, methods.confidence)
        ),
    )


def _layout(
    points: pd.DataFrame,
    cut: Halves,
    fitted: Flags,
    slope: bool,
    frequency: str,
    methods: Methods,
) -> _Layout:
    season = season_length(points, frequency)
    seasons = seasonal_terms(points["start"].dt.month.to_numpy(), season)
    plain = design(cut.time, cut.start, slope=slope)
    full = design(cut.time, cut.start, slope=slope, seasons=seasons)
    enough = fitted.sum() >= methods.minimum_years_for_seasons * season
    # A season that no fitted figure has cannot be told from the others.
    apart = np.linalg.matrix_rank(full[fitted]) == full.shape[1]
    seasonal = bool(season > 1 and enough and apart)
    return _Layout(
        design=full if seasonal else plain,
        fitted=fitted,
        after=fitted & (cut.role == "after"),
        time=cut.time[fitted],
        season=season if seasonal else 1,
    )


def _fit(points: pd.DataFrame, layout: _Layout, per: float | None) -> Fit | None:
    laid_out = layout.design[layout.fitted]
    if per is None:
        return least_squares(floats(points["value"]), laid_out, layout.time)
    events, exposure = floats(points["numerator"]), floats(points["denominator"]) / per
    fit = event_rates(events, exposure, laid_out, layout.time)
    if fit is not None and fit.dispersion < 1:
        # So few counts vary less than chance only by chance.
        return event_rates(events, exposure, laid_out, layout.time, dispersion=1)
    return fit


def _remembering(
    values: Floats, layout: _Layout, mean: Floats, methods: Methods
) -> tuple[float | None, Estimate]:
    laid_out = layout.design[layout.fitted]
    plain = least_squares(values, laid_out, layout.time)
    if plain.exact:
        return None, estimate(plain, mean, methods.confidence)
    fit, correlation = autoregressive(values, laid_out, layout.time)
    return correlation, estimate(fit, mean, methods.confidence)


def _lines(
    layout: _Layout, fit: Fit, cut: Halves, scale: str, confidence: float
) -> pd.DataFrame:
    rows = layout.design.to_numpy()
    fitted = [_shown(estimate(fit, row, confidence), scale).value for row in rows]
    without = [
        _shown(estimate(fit, row, confidence), scale) for row in rows - layout.effects
    ]
    lines = pd.DataFrame(
        {
            "fitted": fitted,
            "counterfactual": [each.value for each in without],
            "lower_ci": [each.lower for each in without],
            "upper_ci": [each.upper for each in without],
        }
    )
    lines.loc[~np.isin(cut.role, ["before", "alarm", "after"]), "fitted"] = np.nan
    later = np.isin(cut.role, ["phase-in", "after"])
    lines.loc[~later, ["counterfactual", "lower_ci", "upper_ci"]] = np.nan
    return lines


def _shown(estimated: Estimate, scale: str) -> Estimate:
    if scale == "difference":
        return estimated
    value, lower, upper = np.exp([estimated.value, estimated.lower, estimated.upper])
    return Estimate(float(value), float(lower), float(upper))
