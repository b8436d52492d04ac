"""The lines that Lopez Bernal and others fitted to admissions in Sicily."""

import numpy as np

from perfnb.analysis.effects.event_rate_fit import event_rates
from perfnb.analysis.effects.regression_fit import least_squares
from perfnb.analysis.effects.segmented import design, seasonal_terms

BAN = 36
"""Months before the ban of January 2005; R counts the change of slope from it."""


def terms_of(months, *, slope, seasons):
    """Lay out the terms as the paper and R do: time from 1, slope from the ban."""
    time = np.arange(1, len(months) + 1)
    waves = seasonal_terms(np.asarray(months), 12) if seasons else None
    return design(time, BAN + 1, slope=slope, origin=BAN, seasons=waves)


def fit(kind, events, population, months, *, slope, seasons, lag=None, adjust=True):
    """Fit one of the kinds of line: events per person, or per 100,000."""
    laid_out = terms_of(months, slope=slope, seasons=seasons)
    time = np.arange(len(months))
    events, population = np.asarray(events, float), np.asarray(population, float)
    if kind == "least squares":
        rates = events / population * 1e5
        return least_squares(rates, laid_out, time, lag=lag, adjust=adjust)
    dispersion = 1 if kind == "poisson" else None
    return event_rates(events, population, laid_out, time, dispersion=dispersion)
