"""Groups made for a test, and a breakdown of them."""

import pandas as pd

from perfnb.analysis.groups import diversity


def table(numerators, denominators):
    """Make a breakdown."""
    return pd.DataFrame(
        {
            "group": [f"group {place}" for place in range(len(numerators))],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(denominators, dtype="Float64"),
        }
    )


def compare(groups, methods, district=None, **more):
    """Break a rate of events down."""
    whole = {name: float(groups[name].sum()) for name in ("numerator", "denominator")}
    settings = {
        "polarity": "minimise",
        "interval": "byar",
        "per": 1000,
        "counts_people": False,
    }
    return diversity.breakdown(
        groups, district=district or whole, methods=methods, **(settings | more)
    )
