"""Do two members of a basket tell the same thing? Then it is counted twice.

When the same councils do well on both, each counts for the other as well, and
what they share weighs double in the basket.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from perfnb.analysis.correlations import correlation
from perfnb.analysis.frames import Floats, column, floats
from perfnb.analysis.weighting.normalisation import SOURCE
from perfnb.methods import Methods


@dataclass(frozen=True)
class DoubleCounting:
    """How the members of a basket go together, pair by pair.

    Attributes
    ----------
    pairs : pandas.DataFrame
        One row per pair of members: `first`, `second`, `n` (councils with both
        scores), `correlation`, `lower_ci`, `upper_ci` [-1 to 1, missing] and
        `verdict`: 'much the same thing', 'pull against each other', 'different
        things', 'too few councils' or 'no spread'.
    notes : tuple of str
        A sentence for every pair that tells much the same thing or pulls
        against each other, the strongest first.
    method : str
        Method and source in words.
    """

    pairs: pd.DataFrame
    notes: tuple[str, ...]
    method: str


def double_counting(table: pd.DataFrame, *, methods: Methods) -> DoubleCounting:
    """Find members of a basket that tell much the same thing.

    Parameters
    ----------
    table : pandas.DataFrame
        Scores, higher is better, as
        `perfnb.analysis.weighting.normalisation.scores` gives them: a row per
        authority, a column per indicator.
    methods : Methods
        House rules `double_counting_correlation`,
        `minimum_councils_for_correlation` and `confidence`.

    Returns
    -------
    DoubleCounting

    Raises
    ------
    PerfnbError
        When a score is not a number.

    References
    ----------
    Correlation among members: OECD and JRC (2008) Handbook on Constructing
    Composite Indicators, steps 4 and 6. Interval: Fisher RA (1921) Metron 1:3.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> once = [float(place) for place in range(12)]
    >>> table = pd.DataFrame({"NI191": once, "NI192": [2 * x + 1 for x in once]})
    >>> found = double_counting(table, methods=read_methods("parameters/methods.yaml"))
    >>> found.pairs["verdict"].tolist()
    ['much the same thing']
    """
    names = sorted(str(name) for name in table.columns)
    columns = {str(name): floats(table[name]) for name in table.columns}
    rows = [
        {"first": one, "second": two, **_pair(columns[one], columns[two], methods)}
        for one, two in combinations(names, 2)
    ]
    pairs = pd.DataFrame(rows, columns=_COLUMNS)
    numbers = {
        name: column(floats(pairs[name]))
        for name in ("correlation", "lower_ci", "upper_ci")
    }
    pairs = pairs.assign(n=pairs["n"].astype("int64"), **numbers)
    return DoubleCounting(pairs, _notes(pairs), _method(methods))


_COLUMNS = ["first", "second", "n", "correlation", "lower_ci", "upper_ci", "verdict"]


def _pair(one: Floats, two: Floats, methods: Methods) -> dict[str, object]:
    found = correlation(
        one,
        two,
        confidence=methods.confidence,
        least=methods.minimum_councils_for_correlation,
    )
    strong = methods.double_counting_correlation
    verdict = "much the same thing" if found.r >= strong else "different things"
    verdict = "pull against each other" if found.r <= -strong else verdict
    said = {"too few pairs": "too few councils", "no spread": "no spread"}
    return {
        "n": found.n,
        "correlation": found.r,
        "lower_ci": found.lower,
        "upper_ci": found.upper,
        "verdict": said.get(found.standing, verdict),
    }


def _notes(pairs: pd.DataFrame) -> tuple[str, ...]:
    said = {
        "much the same thing": (
            "councils that do well on one do well on the other, so what they share "
            "counts twice"
        ),
        "pull against each other": (
            "councils that do well on one do badly on the other, so they cancel out "
            "in the score"
        ),
    }
    strong = pairs[pairs["verdict"].isin(list(said))]
    order = strong["correlation"].abs().sort_values(ascending=False, kind="stable")
    return tuple(
        f"{pair['first']} and {pair['second']}: {said[pair['verdict']]} (correlation "
        f"{pair['correlation']:.2f} among {pair['n']} councils)."
        for pair in strong.loc[order.index].to_dict("records")
    )


def _method(methods: Methods) -> str:
    return (
        "Pearson's correlation of the members' scores among councils with both, at "
        f"least {methods.minimum_councils_for_correlation} of them; much the same "
        f"thing from {methods.double_counting_correlation:g} on ({SOURCE}). "
        f"{methods.confidence:.0%} limits by Fisher (1921)."
    )
