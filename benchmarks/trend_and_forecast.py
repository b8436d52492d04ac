"""Time 500 indicators of 40 quarters through trend and forecast.

The series are made up (seeded draws): counts of steady, drifting and seasonal
processes, a tenth with a gap. Every one is judged by its XmR chart, slope and
seasons, and its year is forecast, on one core.

    python benchmarks/trend_and_forecast.py [indicators] [quarters]
"""

from __future__ import annotations

import os

# One core, and the small matrices of the fits are slower on many threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from perfnb.analysis.change.seasonality import seasonality
from perfnb.analysis.change.slope import slope
from perfnb.analysis.change.trend import xmr
from perfnb.analysis.forecasting.histories import YearRule
from perfnb.analysis.forecasting.outturn import Outturn, outturn
from perfnb.methods import Methods, read_methods

ROOT = Path(__file__).parents[1]
SEED = 40
RULE = YearRule("quarterly", 3, "sum", per=1000, lower_bound=0)
LAST = pd.Period("2026Q3", "Q-MAR")


def made_up(n_quarters: int, random: np.random.Generator) -> pd.DataFrame:
    """Make up a series of counts: steady, drifting or seasonal, some with a gap."""
    quarters = pd.period_range(end=LAST, periods=n_quarters, freq="Q-MAR")
    level = np.exp(random.normal(5, 1)) + 20
    course = np.cumsum(random.normal(0, random.choice([0, 0.05]), n_quarters))
    seasons = random.choice([0, 0.2]) * random.normal(size=4)
    rate = level * np.exp(course + seasons[quarters.quarter - 1])
    counts = pd.Series(random.poisson(rate), dtype="Float64")
    if random.random() < 0.1:
        counts[int(random.integers(0, n_quarters - 8))] = pd.NA
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "numerator": counts,
            "denominator": pd.Series(50_000.0, index=counts.index, dtype="Float64"),
            "value": counts / 50,
        }
    )


def timed(name: str, all_points: list[pd.DataFrame], judge: Callable) -> list:
    """Judge every series, say how long it took and give what was found."""
    started = time.perf_counter()
    found = [judge(points) for points in all_points]
    sys.stdout.write(f"{name:<12}{time.perf_counter() - started:6.1f} s\n")
    return found


def main(n_indicators: int, n_quarters: int) -> None:
    """Measure, and say what was found so that nobody measures an idle run."""
    methods: Methods = read_methods(ROOT / "parameters" / "methods.yaml")
    random = np.random.default_rng(SEED)
    all_points = [made_up(n_quarters, random) for _ in range(n_indicators)]
    due = {"window_months": 3, "frequency": "quarterly", "methods": methods}
    sys.stdout.write(
        f"{n_indicators} made-up indicators of {n_quarters} quarters, one core\n"
    )
    started = time.perf_counter()
    trends = timed(
        "trend",
        all_points,
        lambda points: xmr(points, polarity="minimise", lower_bound=0, **due),
    )
    timed("slope", all_points, lambda points: slope(points, polarity="minimise", **due))
    timed("seasonality", all_points, lambda points: seasonality(points, **due))
    ends: list[Outturn] = timed(
        "forecast", all_points, lambda points: outturn(points, LAST, RULE, methods)
    )
    sys.stdout.write(f"{'together':<12}{time.perf_counter() - started:6.1f} s\n")
    for words in (
        Counter(found.variation for found in trends),
        Counter(found.model or found.standing for found in ends),
    ):
        told = ", ".join(f"{word} {times}" for word, times in words.most_common())
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:3]]
    main(*sizes, *(500, 40)[len(sizes) :])
