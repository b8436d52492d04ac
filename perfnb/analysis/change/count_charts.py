"""Is a count or share beyond what chance makes of counts? Charts by their kind.

An XmR chart takes its limits from how much neighbouring figures differ. Where
the counts behind them are known, limits also follow from the counts: p for
shares, u for rates, c for plain counts. With large counts those become too
narrow, since real life varies more than dice; p' and u' widen them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.analysis.change.runs import Runs, runs
from perfnb.analysis.frames import Flags, Floats, Ints, column, floats, require
from perfnb.analysis.process_limits import SCREEN, TOLERANCE, mean_moving_range
from perfnb.analysis.segments import segments
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

D2 = 1.128
"""Mean range of two normal figures, in standard deviations. Shewhart (1931)."""

SIGMAS = 3
"""Limits stand this many standard deviations from the mean. Shewhart (1931)."""

KINDS = {
    "i": "individual figures",
    "mr": "moving ranges",
    "c": "counts",
    "p": "shares of a whole",
    "u": "events in a population",
    "p'": "shares of a whole, with more variation than counting gives",
    "u'": "events in a population, with more variation than counting gives",
}


@dataclass(frozen=True)
class CountChart:
    """Counts or shares with limits of their kind.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    rows : pandas.DataFrame
        The rows given, with `value`, `mean`, `lower_limit`, `upper_limit`
        [multiplied as asked; missing where there is nothing] and `beyond` (True
        beyond a limit).
    standings : mapping of int to str
        By part: 'no data', 'too few points', 'no variation' or 'limits'.
    runs : mapping of int to perfnb.analysis.change.runs.Runs
        By part, about its mean; only of parts with a mean.
    widened : mapping of int to float
        By part, how many times wider than counting gives p' and u' are; 1 for
        other kinds.
    method : str
        Method and source in words.
    """

    kind: str
    rows: pd.DataFrame
    standings: dict[int, str]
    runs: dict[int, Runs]
    widened: dict[int, float]
    method: str


class _Counts(NamedTuple):
    value: Floats
    numerator: Floats
    denominator: Floats


class _Lines(NamedTuple):
    mean: float
    sigma: Floats
    widened: float = 1.0


def count_chart(
    rows: pd.DataFrame,
    *,
    kind: str,
    methods: Methods,
    multiplier: float = 1.0,
    baseline_points: int | None = None,
) -> CountChart:
    """Draw limits about counts, shares or rates that follow from the counts.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per period, oldest first: `numerator` [count] for c, with
        `denominator` [count] for p, u, p' and u'; `value` [any unit] for i and
        mr. `part` [whole number, optional]: limits start anew where it changes.
        `included` [bool, optional]: rows without do not count towards limits
        and runs.
    kind : {'i', 'mr', 'c', 'p', 'u', "p'", "u'"}
        Which chart.
    methods : Methods
        House rule `minimum_points_for_limits`.
    multiplier : float
        Of values and limits, such as 100 for a percentage.
    baseline_points : int, optional
        Only the first so many rows of each part set mean and limits.

    Returns
    -------
    CountChart

    Raises
    ------
    PerfnbError
        When the kind is unknown, a column is missing or holds no numbers, a
        count is below 0 or a share above its whole, or a baseline is below 1.

    References
    ----------
    Shewhart (1931). Montgomery DC (2009) Introduction to Statistical Quality
    Control, 6th ed, chapters 6 and 7. Laney DB (2002) Qual Eng 14:531 (p', u').
    Moving ranges are screened once: Nelson LS (1982) J Qual Tech 14:172.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> rows = pd.DataFrame({"numerator": [4, 6, 5, 5, 6, 4, 5, 20]})
    >>> found = count_chart(rows, kind="c",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.rows["upper_limit"].iloc[0].round(2), found.rows["beyond"].tolist()[-1]
    (np.float64(14.74), True)
    """
    counts = _counts(rows, kind)
    if baseline_points is not None and baseline_points < 1:
        message = f"A baseline of {baseline_points} rows sets no limits."
        raise PerfnbError(message)
    included = _included(rows) & np.isfinite(counts.value)
    shown = np.full((3, len(rows)), np.nan)
    standings: dict[int, str] = {}
    found: dict[int, Runs] = {}
    widened: dict[int, float] = {}
    for name, places in _parts(rows).items():
        base = np.zeros(len(rows), dtype=bool)
        base[places[:baseline_points]] = True
        base &= included
        standings[name], lines = _part(counts, kind, places, base, methods)
        widened[name] = lines.widened
        shown[:, places] = _shown(lines, kind)
        if np.isfinite(lines.mean):
            used = np.where(included, counts.value, np.nan)[places]
            found[name] = runs(used, lines.mean)
    return CountChart(
        kind,
        _with_lines(rows, counts.value, shown, multiplier),
        standings,
        found,
        widened,
        f"{kind} chart: mean -/+ {SIGMAS} standard deviations of {KINDS[kind]} "
        f"({_SOURCES.get(kind, 'Shewhart 1931; Montgomery 2009')}).",
    )


_SOURCES = {"p'": "Laney 2002", "u'": "Laney 2002"}
_NEEDS = {"i": ("value",), "mr": ("value",), "c": ("numerator",)}


def _counts(rows: pd.DataFrame, kind: str) -> _Counts:
    if kind not in KINDS:
        message = f"'{kind}' is not a chart of counts; known are {', '.join(KINDS)}."
        raise PerfnbError(message)
    needed = _NEEDS.get(kind, ("numerator", "denominator"))
    require(rows, needed, "rows")
    first = floats(rows[needed[0]])
    ones = np.ones(len(rows))
    if kind == "i":
        return _Counts(first, first, ones)
    if kind == "mr":
        ranges = np.abs(np.diff(first, prepend=np.nan))
        return _Counts(ranges, first, ones)
    whole = ones if kind == "c" else floats(rows["denominator"])
    _check(first, whole, kind)
    value = np.divide(first, whole, out=np.full(len(rows), np.nan), where=whole > 0)
    return _Counts(value, first, whole)


def _check(numerator: Floats, denominator: Floats, kind: str) -> None:
    if (numerator < 0).any() or (denominator < 0).any():
        message = "A count is below 0."
        raise PerfnbError(message)
    if kind.startswith("p") and (numerator > denominator).any():
        message = "A numerator is larger than its denominator."
        raise PerfnbError(message)


def _included(rows: pd.DataFrame) -> Flags:
    if "included" not in rows:
        return np.ones(len(rows), dtype=bool)
    if rows["included"].isna().any():
        message = "A row does not say whether it is included."
        raise PerfnbError(message)
    return np.asarray(rows["included"], dtype=bool)


def _parts(rows: pd.DataFrame) -> dict[int, Ints]:
    if "part" not in rows:
        return {1: np.arange(len(rows))}
    part = rows["part"]
    if part.isna().any() or not part.is_monotonic_increasing:
        message = "The rows must be in order of 'part', and each have one."
        raise PerfnbError(message)
    return {int(name): np.flatnonzero(part == name) for name in part.unique()}


def _part(
    counts: _Counts, kind: str, places: Ints, base: Flags, methods: Methods
) -> tuple[str, _Lines]:
    """Give what a part allows, its mean and the standard deviation of each row."""
    nothing = _Lines(np.nan, np.full(len(places), np.nan))
    known = counts.value[base]
    if not len(known):
        return "no data", nothing
    if len(known) < methods.minimum_points_for_limits:
        return "too few points", nothing
    lines = _lines(counts, kind, places, base, methods.screen_moving_ranges)
    if not (lines.sigma[np.isfinite(lines.sigma)] > 0).any():
        return "no variation", nothing._replace(mean=lines.mean)
    return "limits", lines


def _lines(
    counts: _Counts, kind: str, places: Ints, base: Flags, screen: bool
) -> _Lines:
    whole = np.where(counts.denominator > 0, counts.denominator, np.nan)[places]
    if kind in ("i", "mr"):
        mean = float(counts.value[base].mean())
        usual = mean if kind == "mr" else _usual_range(counts.value, base, screen)
        unit = (SCREEN - 1) / SIGMAS if kind == "mr" else 1 / D2
        return _Lines(mean, np.full(len(places), usual * unit))
    mean = float(counts.numerator[base].sum() / counts.denominator[base].sum())
    variance = mean * (1 - mean) if kind.startswith("p") else mean
    # A share of all or none, reckoned from sums, may miss 0 by rounding.
    sigma = np.sqrt(max(variance, 0.0) / whole)
    if not kind.endswith("'") or variance <= 0:
        return _Lines(mean, sigma)
    scores = np.full(len(counts.value), np.nan)
    scores[places] = (counts.value[places] - mean) / sigma
    widened = _usual_range(scores, base, screen) / D2
    return _Lines(mean, sigma * widened, widened)


def _usual_range(values: Floats, base: Flags, screen: bool) -> float:
    held = np.where(base, values, np.nan)
    runs_of = segments(held, np.ones(len(held), dtype=np.int64))
    ranges = np.concatenate([np.abs(np.diff(values[run])) for run in runs_of])
    if not ranges.any():
        return 0.0
    return mean_moving_range(ranges) if screen else float(ranges.mean())


def _shown(lines: _Lines, kind: str) -> Floats:
    reach = SIGMAS * lines.sigma
    least = -np.inf if kind == "i" else 0.0
    most = 1.0 if kind.startswith("p") else np.inf
    lower = np.maximum(lines.mean - reach, least)
    upper = np.minimum(lines.mean + reach, most)
    return np.stack([np.full(len(reach), lines.mean), lower, upper])


def _with_lines(
    rows: pd.DataFrame, value: Floats, shown: Floats, multiplier: float
) -> pd.DataFrame:
    mean, lower, upper = shown
    close = TOLERANCE * np.abs(value)
    beyond = (value > upper + close) | (value < lower - close)
    return rows.assign(
        value=column(value * multiplier),
        mean=column(mean * multiplier),
        lower_limit=column(lower * multiplier),
        upper_limit=column(upper * multiplier),
        beyond=beyond,
    )
