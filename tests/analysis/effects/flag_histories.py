"""Illustrative histories of indicators, for the tests of flags."""

import numpy as np
import pandas as pd

FIRST = "2019Q1"


def history(name, values, polarity="maximise"):
    """Make the quarters of one indicator from April 2018 on."""
    quarters = pd.period_range(FIRST, periods=len(values), freq="Q-MAR")
    return pd.DataFrame(
        {
            "indicator": name,
            "polarity": polarity,
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "value": pd.array(values, dtype="Float64"),
        }
    )


def flag(histories, places, *, flagged=True):
    """Judge some rows of some histories."""
    rows = histories.iloc[places][["indicator", "end"]]
    return rows.assign(flagged=flagged).reset_index(drop=True)


def chance(n_indicators, n_quarters, seed, correlation=0.0):
    """Draw indicators of many units in which nothing ever happens."""
    rng = np.random.default_rng(seed)
    drawn = []
    for number in range(n_indicators):
        values = [rng.normal() / np.sqrt(1 - correlation**2)]
        for shock in rng.normal(size=n_quarters - 1):
            values.append(correlation * values[-1] + shock)
        polarity = ["maximise", "minimise"][number % 2]
        own = rng.uniform(-100, 100) + rng.uniform(0.5, 20) * np.array(values)
        drawn.append(history(f"L{number}", own, polarity))
    return pd.concat(drawn, ignore_index=True)
