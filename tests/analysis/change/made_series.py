"""Made-up series for the tests of what happens over time."""

import pandas as pd

from perfnb.analysis.change import trend

STEADY = [10, 12, 11, 10, 12, 11, 13, 11, 10, 12, 11, 12, 11]


def quarterly(values, first="2020Q1"):
    """Make the points of a quarterly series."""
    quarters = pd.period_range(first, periods=len(values), freq="Q-MAR")
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "value": pd.array(values, dtype="Float64"),
        }
    )


def judge(points, methods, polarity="maximise", **more):
    """Judge a quarterly series."""
    settings = {"window_months": 3, "frequency": "quarterly"} | more
    return trend.xmr(points, polarity=polarity, methods=methods, **settings)
