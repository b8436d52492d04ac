"""Do complaints run ahead of performance? Looked for quarter by quarter.

Complaints and performance are compared quarter by quarter and shifted against
one another, after trend, season and memory are taken out of both. A link is
claimed only when the strongest shift holds although many were tried; it is
never a cause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.correlations import Correlation, correlation, shifted
from perfnb.analysis.frames import Ints, column, floats, require
from perfnb.analysis.segments import check_periods, steps
from perfnb.analysis.verdicts import good_side
from perfnb.analysis.voices.whitening import Whitened, whitened
from perfnb.methods import Methods

NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class LeadLag:
    """Whether complaints and performance go together, and which runs ahead.

    Attributes
    ----------
    points : pandas.DataFrame
        The rows given, with what is new in each quarter: `complaint_news`,
        `performance_news` [unit of the series, missing where not known].
    lags : pandas.DataFrame
        One row per lag: `lag` [quarters; above 0 complaints come first], `n`
        (pairs of quarters), `correlation`, `lower_ci`, `upper_ci` [-1 to 1; the
        limits hold for all lags together; missing with too few pairs] and
        `holds` (the limits leave 0 out).
    n : int
        Quarters of which both news are known.
    lag : int or None
        The strongest lag that holds.
    correlation : float or None
        At that lag.
    verdict : str
        'complaints run ahead of performance by one quarter', 'complaints run
        behind performance by ...', 'complaints and performance move in the same
        quarter', 'no link can be shown', 'too few quarters' or 'no variation'.
    direction : str
        'more complaints go with worse performance', '... better performance',
        '... higher figures', '... lower figures' (no side is good), or ''.
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    lags: pd.DataFrame
    n: int
    lag: int | None
    correlation: float | None
    verdict: str
    direction: str
    method: str


def lead_lag(points: pd.DataFrame, *, polarity: str, methods: Methods) -> LeadLag:
    """Look for a link between complaints and performance, shifted by quarters.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per quarter, oldest first: `start`, `end` [datetime64],
        `complaints` [a rate], `value` [the indicator's unit]; both missing
        allowed, and quarters may be left out.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Of the performance.
    methods : Methods
        House rules `lead_lag_quarters`, `minimum_quarters_for_lead_lag` and
        `confidence`.

    Returns
    -------
    LeadLag

    Raises
    ------
    PerfnbError
        When a column is missing, a figure is no number, a row does not cover
        three months, a quarter comes twice or out of order, or the polarity is
        unknown.

    References
    ----------
    Box GEP, Jenkins GM (1976) Time Series Analysis, 11.1 and 11.2. Haugh LD
    (1976) JASA 71:378. Yule GU (1926) JRSS 89:1. Fisher RA (1921) Metron 1:3.
    Bonferroni: Dunn OJ (1961) JASA 56:52.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2015Q1", periods=12, freq="Q-MAR")
    >>> points = pd.DataFrame({"start": quarters.start_time,
    ...     "end": quarters.end_time.normalize(), "complaints": range(12),
    ...     "value": range(12)})
    >>> lead_lag(points, polarity="maximise",
    ...     methods=read_methods("parameters/methods.yaml")).verdict
    'too few quarters'
    """
    good = good_side(polarity)
    require(points, ["complaints", "value"], "points")
    check_periods(points, 3, "quarterly")
    floats(points["complaints"])
    place = np.cumsum(steps(points, "quarterly")) - 1
    complaints, performance = (
        _on_calendar(points, name, place) for name in ("complaints", "value")
    )
    n = int((np.isfinite(complaints.news) & np.isfinite(performance.news)).sum())
    standing = _standing(n, complaints, performance, methods)
    lags = _lags(complaints, performance, standing, methods)
    strongest = _strongest(lags)
    return LeadLag(
        points=points.assign(
            complaint_news=column(complaints.news[place]),
            performance_news=column(performance.news[place]),
        ),
        lags=lags,
        n=n,
        lag=None if strongest is None else strongest[0],
        correlation=None if strongest is None else strongest[1],
        verdict=standing or _verdict(strongest),
        direction=_direction(strongest, good),
        method=_method(methods),
    )


def _on_calendar(points: pd.DataFrame, name: str, place: Ints) -> Whitened:
    # Quarters without a row get their place, so that nothing is reckoned across.
    first = points["start"].iloc[0].to_period("Q").ordinal if len(points) else 0
    size = int(place[-1]) + 1 if len(place) else 0
    values = np.full(size, np.nan)
    values[place] = floats(points[name])
    return whitened(values, first + np.arange(size))


def _standing(
    n: int, complaints: Whitened, performance: Whitened, methods: Methods
) -> str:
    if n < methods.minimum_quarters_for_lead_lag:
        return "too few quarters"
    return "" if complaints.varies and performance.varies else "no variation"


def _lags(
    complaints: Whitened, performance: Whitened, standing: str, methods: Methods
) -> pd.DataFrame:
    reach = methods.lead_lag_quarters
    lags = range(-reach, reach + 1)
    found = [_at(complaints, performance, lag, 2 * reach + 1, methods) for lag in lags]
    if standing:
        found = [each._replace(r=np.nan, lower=np.nan, upper=np.nan) for each in found]
    lower = np.array([each.lower for each in found])
    upper = np.array([each.upper for each in found])
    return pd.DataFrame(
        {
            "lag": lags,
            "n": [each.n for each in found],
            "correlation": column([each.r for each in found]),
            "lower_ci": column(lower),
            "upper_ci": column(upper),
            "holds": (lower > 0) | (upper < 0),
        }
    )


def _at(
    complaints: Whitened, performance: Whitened, lag: int, n_lags: int, methods: Methods
) -> Correlation:
    # A lag costs its own quarters; each limit is wide enough that all hold together.
    return correlation(
        *shifted(complaints.news, performance.news, lag),
        confidence=1 - (1 - methods.confidence) / n_lags,
        least=methods.minimum_quarters_for_lead_lag - methods.lead_lag_quarters,
        fitted=max(complaints.fitted, performance.fitted, 1) - 1,
    )


def _strongest(lags: pd.DataFrame) -> tuple[int, float] | None:
    holding = lags[lags["holds"]]
    if holding.empty:
        return None
    size = np.abs(floats(holding["correlation"]))
    row = holding.iloc[int(size.argmax())]
    return int(row["lag"]), float(row["correlation"])


def _verdict(strongest: tuple[int, float] | None) -> str:
    if strongest is None:
        return "no link can be shown"
    lag = strongest[0]
    if lag == 0:
        return "complaints and performance move in the same quarter"
    many = abs(lag)
    number = NUMBERS[many] if many < len(NUMBERS) else str(many)
    quarters = "quarter" if many == 1 else "quarters"
    side = "ahead of" if lag > 0 else "behind"
    return f"complaints run {side} performance by {number} {quarters}"


def _direction(strongest: tuple[int, float] | None, good: int) -> str:
    if strongest is None:
        return ""
    more = strongest[1] > 0
    if good == 0:
        return f"more complaints go with {'higher' if more else 'lower'} figures"
    better = more == (good > 0)
    return f"more complaints go with {'better' if better else 'worse'} performance"


def _method(methods: Methods) -> str:
    n = 2 * methods.lead_lag_quarters + 1
    return (
        "Two series that both rise or share their seasons go together by themselves "
        "(Yule 1926), so trend, season and the quarter before are taken out of both "
        "first (Box and Jenkins 1976; Haugh 1976). Correlation of what is left at "
        f"{n} lags, with {methods.confidence:.0%} limits by Fisher (1921) that hold "
        f"for all {n} together (Bonferroni); at least "
        f"{methods.minimum_quarters_for_lead_lag} quarters. A link is not a cause."
    )
