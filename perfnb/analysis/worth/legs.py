"""Cost, performance and satisfaction of one service, each beside its peers.

Three legs, each with its own figure, period, unit, interval and place among the
peers. A leg without a figure is shown as missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.intervals import limits
from perfnb.analysis.spread import varies
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.analysis.worth.peer_spread import peer_limits
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

LEGS = ("cost", "performance", "satisfaction")
"""The three legs, in the order in which they are shown."""

INTERVALS = {
    "wilson": "interval of a share (Wilson 1927)",
    "byar": "interval of a rate (Breslow and Day 1987)",
    "limits": "natural variation of its own series (Wheeler 1993)",
    "peers": "spread of the peers (Crawford and Howell 1998)",
    "none": "no interval",
}
"""Where the interval of a leg comes from."""

_NUMBERS = (
    "value",
    "numerator",
    "denominator",
    "per",
    "lower_limit",
    "upper_limit",
    "target",
)
_NEEDED = ("leg", "indicator", "value", "unit", "polarity", "start", "end", "interval")


def placed(
    legs: pd.DataFrame, peers: pd.DataFrame, *, methods: Methods
) -> pd.DataFrame:
    """Place each leg of a service among its peers.

    Parameters
    ----------
    legs : pandas.DataFrame
        One row per leg: `leg` [one of `LEGS`], `indicator`, `value` [indicator's
        unit, missing allowed], `unit`, `polarity`, `start`, `end` [datetime64],
        `interval` [one of `INTERVALS`]; and where they apply `numerator`,
        `denominator`, `per` (for 'wilson' and 'byar'), `lower_limit`,
        `upper_limit` [indicator's unit] (for 'limits'), `target` and `status`.
    peers : pandas.DataFrame
        One row per leg and peer: `leg`, `authority`, `value` [indicator's unit],
        `start`, `end` [datetime64]; the council not among them.
    methods : Methods
        House rules `confidence` and `minimum_peers_for_median`.

    Returns
    -------
    pandas.DataFrame
        Three rows in the order of `LEGS`: what was given, `period`, `lower_ci`,
        `upper_ci` [indicator's unit], `n_peers`, `centre` (mean of the peers),
        `z`, `lower_z`, `upper_z` [standard deviations of the peers from their
        mean], `gap_to_target` [value less target], `side` ('above', 'below', 'no
        clear difference', 'no interval', 'too few peers', 'missing'), `verdict`
        ('better', 'worse', 'different' or the side) and `period_note` (when the
        peers' figures are of other days).

    Raises
    ------
    PerfnbError
        When a column is missing; a leg, interval or polarity is unknown; a leg
        or a peer comes twice; limits are upside down; a figure has no period.

    References
    ----------
    National Audit Office and Audit Commission: economy and efficiency (cost),
    effectiveness (performance). Intervals as in `INTERVALS`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> year = {"start": pd.to_datetime(["2017-04-01"]),
    ...         "end": pd.to_datetime(["2018-03-31"])}
    >>> legs = pd.DataFrame({"leg": ["satisfaction"], "indicator": ["NI5"],
    ...     "value": [70.0], "unit": ["%"], "polarity": ["maximise"],
    ...     "interval": ["wilson"], "numerator": [700], "denominator": [1000],
    ...     "per": [100], **year})
    >>> peers = pd.DataFrame({"leg": "satisfaction", "authority": list("bcde"),
    ...     "value": [60.0, 62, 64, 66], "start": year["start"][0],
    ...     "end": year["end"][0]})
    >>> found = placed(legs, peers, methods=read_methods("parameters/methods.yaml"))
    >>> found["verdict"].tolist()
    ['missing', 'missing', 'better']
    """
    _check(legs, peers)
    label = dict(zip(legs["leg"], periods.labels(legs, "legs"), strict=True))
    theirs = peers.assign(period=periods.labels(peers, "peers"))
    given = {str(row["leg"]): row for row in legs.to_dict("records")}
    rows = [
        _placed(given.get(leg, {"leg": leg}), label.get(leg, ""), theirs, methods)
        for leg in LEGS
    ]
    frame = pd.DataFrame(rows)
    numbers = [name for name in (*_NUMBERS, *_RECKONED) if name in frame.columns]
    dates = {name: pd.to_datetime(frame[name]) for name in ("start", "end")}
    return frame.assign(
        **{name: column(floats(frame[name])) for name in numbers}, **dates
    )


_RECKONED = (
    "lower_ci",
    "upper_ci",
    "centre",
    "z",
    "lower_z",
    "upper_z",
    "gap_to_target",
)


def _placed(
    row: dict[Any, Any], period: str, peers: pd.DataFrame, methods: Methods
) -> dict[str, Any]:
    numbers = floats(pd.Series([row.get(name) for name in _NUMBERS], dtype="Float64"))
    figures = dict(zip(_NUMBERS, numbers.tolist(), strict=True))
    value = figures["value"]
    others = peers[peers["leg"] == row["leg"]]
    others = others[np.isfinite(floats(others["value"]))]
    theirs = floats(others["value"])
    interval = str(row.get("interval", "none"))
    ends = _ends(interval, figures, theirs, methods)
    centre = _centre(theirs, methods)
    side = _side(value, ends, centre)
    words = {name: row.get(name, "") for name in ("indicator", "unit", "polarity")}
    return {
        "leg": row["leg"],
        **words,
        "status": _text(row.get("status")),
        "start": row.get("start"),
        "end": row.get("end"),
        "period": period if np.isfinite(value) else "",
        **figures,
        "interval": interval,
        "lower_ci": ends[0],
        "upper_ci": ends[1],
        "n_peers": len(theirs),
        "centre": centre,
        **_standardised(value, ends, centre, theirs),
        "gap_to_target": value - figures["target"],
        "side": side,
        "verdict": _verdict(side, ends, centre, str(words["polarity"])),
        "period_note": _peers_note(row["leg"], period, others["period"]),
    }


def _ends(
    interval: str, figures: dict[str, float], peers: Floats, methods: Methods
) -> tuple[float, float]:
    nothing = (np.nan, np.nan)
    if np.isnan(figures["value"]) or interval == "none":
        return nothing
    if interval == "limits":
        return figures["lower_limit"], figures["upper_limit"]
    if interval == "peers":
        return peer_limits(figures["value"], peers, methods.confidence) or nothing
    row = pd.DataFrame(
        {name: [figures[name]] for name in ("value", "numerator", "denominator")}
    )
    per = None if np.isnan(figures["per"]) else figures["per"]
    found = limits(row, interval, per, methods.confidence)
    return float(floats(found["lower_ci"])[0]), float(floats(found["upper_ci"])[0])


def _centre(peers: Floats, methods: Methods) -> float:
    few = len(peers) < methods.minimum_peers_for_median
    return np.nan if few else float(peers.mean())


def _standardised(
    value: float, ends: tuple[float, float], centre: float, peers: Floats
) -> dict[str, float]:
    # Peers that are all alike give no measure of how far is far.
    spread = float(peers.std(ddof=1)) if varies(peers) else np.nan
    names = ("z", "lower_z", "upper_z")
    return {
        name: (number - centre) / spread
        for name, number in zip(names, (value, *ends), strict=True)
    }


def _side(value: float, ends: tuple[float, float], centre: float) -> str:
    if np.isnan(value):
        return "missing"
    if np.isnan(centre):
        return "too few peers"
    if np.isnan(ends).any():
        return "no interval"
    if ends[0] <= centre <= ends[1]:
        return "no clear difference"
    return "above" if ends[0] > centre else "below"


def _verdict(side: str, ends: tuple[float, float], centre: float, polarity: str) -> str:
    if side not in ("above", "below"):
        return side
    return verdict(ends, centre, good_side(polarity))


def _peers_note(leg: str, period: str, theirs: pd.Series) -> str:
    # Every period is told once, however many peers share it.
    other = [label for label in dict.fromkeys(theirs) if label != period]
    if not period or not other:
        return ""
    names = ["The council", *(f"{int((theirs == one).sum())} peers" for one in other)]
    return f"{leg.capitalize()}: {periods.mismatch(names, [period, *other])}"


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _check(legs: pd.DataFrame, peers: pd.DataFrame) -> None:
    require(legs, _NEEDED, "legs")
    require(peers, ["leg", "authority", "value", "start", "end"], "peers")
    require_once(legs["leg"], "leg")
    for frame, name, known in (
        (legs, "leg", LEGS),
        (peers, "leg", LEGS),
        (legs, "interval", tuple(INTERVALS)),
    ):
        wrong = [str(each) for each in frame[name] if each not in known]
        if wrong:
            message = f"'{wrong[0]}' is no known {name}; known are {', '.join(known)}."
            raise PerfnbError(message)
    for polarity in legs["polarity"]:
        good_side(str(polarity))
    _check_numbers(legs)
    pairs = peers[["leg", "authority"]].astype(str)
    if pairs.duplicated().any():
        twice = pairs[pairs.duplicated()].iloc[0]
        message = f"The peer '{twice['authority']}' comes twice for {twice['leg']}."
        raise PerfnbError(message)


def _check_numbers(legs: pd.DataFrame) -> None:
    bare = np.isfinite(floats(legs["value"])) & legs["start"].isna().to_numpy()
    if bare.any():
        leg = legs["leg"].iloc[int(bare.argmax())]
        message = f"The figure of {leg} has no period."
        raise PerfnbError(message)
    ends = ("lower_limit", "upper_limit")
    if set(ends) <= set(legs.columns):
        lower, upper = (floats(legs[end]) for end in ends)
        if (lower > upper).any():
            message = "A leg has its limits upside down."
            raise PerfnbError(message)
