"""List the periods for which a figure is due by the end of a quarter."""

from __future__ import annotations

import pandas as pd

from perfnb.observations import spans_due
from perfnb.quarters import Span
from perfnb.registers import Indicator

_ONCE_A_YEAR = ("annual", "snapshot")


def due_spans(
    spans: list[Span], indicator: Indicator, quarter: pd.Period, quarters: int
) -> list[Span]:
    """List the periods for which an indicator's figure is due, oldest first.

    Parameters
    ----------
    spans : list of Span
        Periods of which anything was reported, in any order. Those of another
        length than the indicator's own are left out.
    indicator : Indicator
        How often and for how many months its figures come.
    quarter : pandas.Period
        The quarter reported on; a year that has not ended by then is not due.
    quarters : int
        How far back to look when nothing of the indicator was ever reported.

    Returns
    -------
    list of Span
        From the first period reported on; without one, those of the last
        `quarters` quarters. What comes once a year is then taken to be due for
        the financial year.

    Examples
    --------
    >>> from perfnb.quarters import parse_period, parse_quarter
    >>> indicator = Indicator.model_construct(frequency="annual", window_months=12)
    >>> due = due_spans([parse_period("2023-24")], indicator,
    ...                 parse_quarter("2025-26 Q3"), 8)
    >>> [span.label for span in due]
    ['2023-24', '2024-25']
    """
    own = [span for span in spans if span.months == indicator.window_months]
    if own:
        return spans_due(indicator, min(own, key=lambda span: span.end), quarter)
    return [
        _ending(quarter - back, indicator)
        for back in range(quarters - 1, -1, -1)
        if indicator.frequency not in _ONCE_A_YEAR or (quarter - back).quarter == 4
    ]


def _ending(quarter: pd.Period, indicator: Indicator) -> Span:
    yearly = indicator.frequency in _ONCE_A_YEAR
    months = 12 if yearly else indicator.window_months
    end = quarter.end_time
    first = (pd.Period(end, freq="M") - (months - 1)).start_time
    return Span(first.date(), end.date())
