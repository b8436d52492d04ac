"""Is a service worth its cost? Cost, performance and satisfaction together.

A service is called cheap or dear, good or poor only when its intervals clear
the mean of its peers on both; otherwise it cannot be placed, and why is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.frames import floats, require
from perfnb.analysis.worth.legs import INTERVALS, LEGS, placed
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

CANNOT = "cannot be placed"


@dataclass(frozen=True)
class Value:
    """What is known of the value for money of one service.

    Attributes
    ----------
    legs : pandas.DataFrame
        Cost, performance and satisfaction, as `perfnb.analysis.worth.legs.placed`
        gives them.
    quadrant : str
        'lower cost, better performance', 'lower cost, worse performance',
        'higher cost, better performance', 'higher cost, worse performance' or
        'cannot be placed'.
    reason : str
        Why it cannot be placed, or ''.
    satisfaction : str
        The verdict on satisfaction, which no quadrant tells.
    missing : tuple of str
        Legs without a figure.
    period_note : str
        Which figures are of which period, where they differ; '' otherwise.
    method : str
        Method and source in words.
    """

    legs: pd.DataFrame
    quadrant: str
    reason: str
    satisfaction: str
    missing: tuple[str, ...]
    period_note: str
    method: str


def value_for_money(
    legs: pd.DataFrame, peers: pd.DataFrame, *, methods: Methods
) -> Value:
    """Bring cost, performance and satisfaction of one service together.

    Parameters
    ----------
    legs, peers, methods
        As in `perfnb.analysis.worth.legs.placed`. Low cost is neither good nor bad by
        itself, so the quadrant says 'lower' or 'higher' of cost whatever its
        polarity.

    Returns
    -------
    Value

    Raises
    ------
    PerfnbError
        As in `perfnb.analysis.worth.legs.placed`.

    References
    ----------
    National Audit Office and Audit Commission: economy, efficiency and
    effectiveness, read together. Intervals: see `perfnb.analysis.worth.legs`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> start, end = pd.Timestamp("2017-04-01"), pd.Timestamp("2018-03-31")
    >>> legs = pd.DataFrame({"leg": ["cost", "performance"], "indicator": ["C1", "P1"],
    ...     "value": [20.0, 70], "unit": ["pounds per household", "%"],
    ...     "polarity": ["minimise", "maximise"], "interval": ["peers", "wilson"],
    ...     "numerator": [None, 700], "denominator": [None, 1000],
    ...     "per": [None, 100], "start": start, "end": end})
    >>> peers = pd.DataFrame({"leg": ["cost"] * 4 + ["performance"] * 4,
    ...     "authority": list("bcde") * 2, "value": [40.0, 42, 41, 43, 60, 62, 64, 66],
    ...     "start": start, "end": end})
    >>> found = value_for_money(legs, peers,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.quadrant, found.missing
    ('lower cost, better performance', ('satisfaction',))
    """
    found = placed(legs, peers, methods=methods)
    by_leg = {str(row["leg"]): row for row in found.to_dict("records")}
    reason = _reason(str(by_leg["cost"]["side"]), str(by_leg["performance"]["verdict"]))
    return Value(
        legs=found,
        quadrant=CANNOT if reason else _quadrant(by_leg["cost"], by_leg["performance"]),
        reason=reason,
        satisfaction=str(by_leg["satisfaction"]["verdict"]),
        missing=tuple(leg for leg in LEGS if by_leg[leg]["side"] == "missing"),
        period_note=_period_note(found),
        method=_method(found, methods),
    )


def completeness(legs: pd.DataFrame) -> pd.DataFrame:
    """List which services lack a leg.

    Parameters
    ----------
    legs : pandas.DataFrame
        One row per service and indicator: `service`, `leg` [one of
        `perfnb.analysis.worth.legs.LEGS`; missing when the service has none], `value`
        [missing allowed].

    Returns
    -------
    pandas.DataFrame
        One row per service, by name: `service`, `cost`, `performance`,
        `satisfaction` (indicators with a figure), `missing` (legs without any,
        in words) and `complete`.

    Raises
    ------
    PerfnbError
        When a column is missing, or a leg is unknown.

    Examples
    --------
    >>> legs = pd.DataFrame({"service": ["Waste", "Waste", "Housing"],
    ...     "leg": ["cost", "performance", "cost"], "value": [20.0, 30.0, None]})
    >>> completeness(legs)[["service", "missing"]].to_numpy().tolist()[1]
    ['Waste', 'satisfaction']
    """
    require(legs, ["service", "leg", "value"], "legs")
    wrong = [str(leg) for leg in legs["leg"].dropna() if leg not in LEGS]
    if wrong:
        message = f"'{wrong[0]}' is not a leg; known are {', '.join(LEGS)}."
        raise PerfnbError(message)
    counted = legs.assign(has=pd.notna(floats(legs["value"])))
    rows = []
    for service, these in counted.groupby("service", sort=True, observed=True):
        n = {leg: int(these.loc[these["leg"] == leg, "has"].sum()) for leg in LEGS}
        without = [leg for leg in LEGS if not n[leg]]
        missing = ", ".join(without)
        rows.append({"service": service, **n, "missing": missing})
    services = pd.DataFrame(rows, columns=["service", *LEGS, "missing"])
    return services.assign(complete=services["missing"] == "")


_WHY = {
    "missing": "there is no figure",
    "too few peers": "there are too few peers with a figure",
    "no interval": "the figure has no interval",
    "no clear difference": "the interval holds the mean of the peers",
    "different": "no side of the indicator is good",
}


def _reason(cost: str, performance: str) -> str:
    parts = []
    if cost in _WHY:
        parts.append(f"cost: {_WHY[cost]}")
    if performance in _WHY:
        parts.append(f"performance: {_WHY[performance]}")
    return "; ".join(parts)


def _quadrant(cost: dict[object, object], performance: dict[object, object]) -> str:
    level = "higher" if cost["side"] == "above" else "lower"
    return f"{level} cost, {performance['verdict']} performance"


def _period_note(legs: pd.DataFrame) -> str:
    names = ["Cost", "performance", "satisfaction"]
    between = periods.mismatch(names, list(legs["period"]))
    return " ".join(note for note in (between, *legs["period_note"]) if note)


def _method(legs: pd.DataFrame, methods: Methods) -> str:
    used = [
        f"{row['leg']}: {INTERVALS[str(row['interval'])]}"
        for row in legs.to_dict("records")
        if row["side"] != "missing"
    ]
    return (
        "Cost and performance beside the mean of the peers, the council left out; a "
        "quadrant only when both intervals leave that mean out (National Audit Office "
        f"and Audit Commission: economy, efficiency, effectiveness). "
        f"{methods.confidence:.0%} where the interval has a confidence: "
        f"{'; '.join(used) or 'no leg has a figure'}."
    )
