"""How often does the Ombudsman uphold a complaint? Beside similar councils.

Most districts have a handful of decisions in a year, so a share of 100% may be
four of four: the count and the interval stand beside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.counts import require_counts
from perfnb.analysis.frames import column, floats, require
from perfnb.analysis.intervals import limits, rate
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

POLARITY = "minimise"
"""Of the share upheld: each is a fault found."""


def upheld(decisions: pd.DataFrame, *, methods: Methods) -> pd.DataFrame:
    """Set the share of complaints that the Ombudsman upheld against others'.

    Parameters
    ----------
    decisions : pandas.DataFrame
        One row per period: `start`, `end` [datetime64], `numerator` [upheld],
        `denominator` [decided]; `similar` [per cent upheld at similar councils
        in that period, as the Ombudsman publishes it; missing allowed].
    methods : Methods
        House rule `confidence`.

    Returns
    -------
    pandas.DataFrame
        The rows given with `period`, `value`, `lower_ci`, `upper_ci` [per cent],
        `verdict` ('better', 'worse', 'no clear difference', 'no decisions', 'no
        figure' or 'no comparison') and `method`.

    Raises
    ------
    PerfnbError
        When a column is missing, a period is wanting, a count is negative, or
        more were upheld than decided.

    References
    ----------
    Local Government and Social Care Ombudsman, annual letters: uphold rate
    beside the average of similar authorities. Wilson EB (1927) JASA 22:209.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> decisions = pd.DataFrame({"start": pd.to_datetime(["2024-04-01"]),
    ...     "end": pd.to_datetime(["2025-03-31"]), "numerator": [4],
    ...     "denominator": [4], "similar": [None]})
    >>> found = upheld(decisions, methods=read_methods("parameters/methods.yaml"))
    >>> found[["value", "lower_ci", "verdict"]].round(1)
       value  lower_ci        verdict
    0  100.0      51.0  no comparison
    """
    require(decisions, ["similar"], "decisions")
    require_counts(decisions, "decisions")
    period = periods.labels(decisions, "decisions")
    count, whole = floats(decisions["numerator"]), floats(decisions["denominator"])
    if (count > whole).any():
        message = f"{period[int((count > whole).argmax())]}: more upheld than decided."
        raise PerfnbError(message)
    plain = decisions.assign(value=column(rate(count, whole, 100)))
    found = limits(plain, "wilson", 100, methods.confidence)
    ends = zip(floats(found["lower_ci"]), floats(found["upper_ci"]), strict=True)
    return found.assign(
        period=period,
        verdict=[
            _verdict(pair, similar, counts)
            for pair, similar, counts in zip(
                ends,
                floats(decisions["similar"]),
                zip(count, whole, strict=True),
                strict=True,
            )
        ],
        method=(
            f"Share upheld with its {methods.confidence:.0%} Wilson interval (Wilson "
            "1927); better or worse only when it leaves the average of similar "
            "councils out."
        ),
    )


def _verdict(
    ends: tuple[float, float], similar: float, counts: tuple[float, float]
) -> str:
    if np.isnan(counts).any():
        return "no figure"
    if counts[1] == 0:
        return "no decisions"
    if np.isnan(similar):
        return "no comparison"
    return verdict(ends, similar, good_side(POLARITY))
