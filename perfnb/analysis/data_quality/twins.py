"""Find indicators that tell the same and so are collected twice.

An audit found the same waste figures collected by two teams. Two indicators are
told here when they carry the same number of a published list, count the same
things by the same words, or move together as if they were one.

References
----------
Pearson's correlation of the changes from period to period: levels of two series
that only share a trend correlate without having anything to do with each other
(Granger CWJ, Newbold P (1974) J Econometrics 2:111).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import pearsonr

from perfnb.analysis.frames import floats, require
from perfnb.methods import Methods
from perfnb.registers import Indicator

METHOD = (
    "Two indicators may be one when they have the same number in a published list, "
    "count the same by the same words, or when {n} or more changes from period to "
    "period correlate by {least:g} or more."
)
SAME_NUMBER = "same number"
SAME_COUNTS = "same counts"
SAME_SERIES = "same series"


@dataclass(frozen=True)
class Twins:
    """Two indicators that may be one.

    Parameters
    ----------
    first, second : str
        Their ids, in the order of the register.
    why : str
        same number, same counts or same series.
    said : str
        What they share, in words.
    correlation : float or None
        Of their changes, where that is why.
    n : int
        Changes behind it.
    """

    first: str
    second: str
    why: str
    said: str
    correlation: float | None = None
    n: int = 0


def twins(
    indicators: Sequence[Indicator],
    series: Mapping[str, pd.DataFrame],
    methods: Methods,
) -> tuple[Twins, ...]:
    """Find the pairs of indicators that tell the same.

    Parameters
    ----------
    indicators : sequence of Indicator
        In the order of the register.
    series : mapping of str to pandas.DataFrame
        The council's points of each, by id: start, end, value
        (`perfnb.observations.series`).
    methods : Methods
        House rules ``same_series_correlation`` and ``minimum_changes_for_quality``.

    Returns
    -------
    tuple of Twins
        Each pair once, by the strongest reason: number, counts, then series.

    Raises
    ------
    PerfnbError
        When a column is missing.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> first, second = (
    ...     Indicator.model_construct(id=name, reference_id="NI 191", numerator="",
    ...                               denominator="") for name in ("A", "B"))
    >>> twins([first, second], {}, read_methods("parameters/methods.yaml"))[0].said
    'both are NI 191 of the published list'
    """
    found = []
    for first, second in combinations(indicators, 2):
        said = _by_register(first, second)
        if said is not None:
            found.append(Twins(first.id, second.id, *said))
        elif first.id in series and second.id in series:
            alike = _by_series(series[first.id], series[second.id], methods)
            if alike is not None:
                correlation, n = alike
                how = f"correlation {correlation:.3f} of {n} changes"
                words = f"their changes agree ({how})"
                found.append(
                    Twins(first.id, second.id, SAME_SERIES, words, correlation, n)
                )
    return tuple(found)


def method(methods: Methods) -> str:
    """State the rule, as pages do."""
    return METHOD.format(
        n=methods.minimum_changes_for_quality, least=methods.same_series_correlation
    )


def _by_register(first: Indicator, second: Indicator) -> tuple[str, str] | None:
    if first.reference_id and first.reference_id == second.reference_id:
        return SAME_NUMBER, f"both are {first.reference_id} of the published list"
    counts = [
        tuple(_plain(text) for text in (each.numerator, each.denominator))
        for each in (first, second)
    ]
    if all(counts[0]) and counts[0] == counts[1]:
        return SAME_COUNTS, f"both set {first.numerator} against {first.denominator}"
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _by_series(
    first: pd.DataFrame, second: pd.DataFrame, methods: Methods
) -> tuple[float, int] | None:
    """Correlate the changes of the periods that both have."""
    for points in (first, second):
        require(points, ["start", "end", "value"], "figures")
    both = first[["start", "end", "value"]].merge(
        second[["start", "end", "value"]], on=["start", "end"]
    )
    ours, theirs = (np.diff(floats(both[name])) for name in ("value_x", "value_y"))
    held = np.isfinite(ours) & np.isfinite(theirs)
    ours, theirs, n = ours[held], theirs[held], int(held.sum())
    if n < methods.minimum_changes_for_quality or not (np.ptp(ours) and np.ptp(theirs)):
        return None
    correlation = float(pearsonr(ours, theirs).statistic)
    return (correlation, n) if correlation >= methods.same_series_correlation else None
