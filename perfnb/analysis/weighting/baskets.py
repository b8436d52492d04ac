"""Many indicators as one score that hides none of them.

A basket is scored only when enough of its weight has a figure. Whatever the
score, each member is listed with its own figure, and those that miss their
target are named: a good average is no excuse for a service that fails.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis import periods
from perfnb.analysis.attainment import CLOSE, JUDGED, NOT_MET
from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.verdicts import good_side
from perfnb.analysis.weighting.aggregation import MEANS, combined, shares, weight_over
from perfnb.analysis.weighting.normalisation import SOURCE
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

STATUSES = (
    *JUDGED,
    "not due",
    "no figure",
    "no target",
    "no target by choice",
    "context",
    "no good side",
)
"""What can be said of a member against its target."""


@dataclass(frozen=True)
class Basket:
    """A basket's score and each of its members.

    Attributes
    ----------
    members : pandas.DataFrame
        The rows given, in the order given, with `period`, `share` [of the whole
        basket's weight], `share_used` [of the weight that has a score; missing
        for the others], `contribution` [points of the score that come from the
        member; missing without a score or when the mean is not a sum], `fails`
        and `standing`: 'scored', 'no weight' or why there is no score.
    score : float or None
        On the scale of the members' scores; None without enough coverage.
    coverage : float
        Share of the weight that has a score.
    n_members, n_scored : int
        Members; members with a weight and a score.
    failing, close, not_scored : tuple of str
        Members that miss their target; that miss it within tolerance; that have
        a weight but no score.
    standing : str
        'scored', 'too little coverage', 'no figures' or 'no members'.
    verdict : str
        Of the members, whatever the score: 'no member fails', 'some members
        fail', 'every member fails' (of those with a target and a figure) or
        'no member has a status'.
    period_note : str
        Which members are of which period, or '' when they are all of one.
    method : str
        Method and source in words.
    """

    members: pd.DataFrame
    score: float | None
    coverage: float
    n_members: int
    n_scored: int
    failing: tuple[str, ...]
    close: tuple[str, ...]
    not_scored: tuple[str, ...]
    standing: str
    verdict: str
    period_note: str
    method: str


def basket(members: pd.DataFrame, *, mean: str, methods: Methods) -> Basket:
    """Make one score of the members of a basket, and show each of them.

    Parameters
    ----------
    members : pandas.DataFrame
        One row per indicator: `indicator`, `weight` [0 or more, any scale],
        `polarity`, `value` [indicator's unit, missing allowed], `unit`, `start`,
        `end` [datetime64, missing with the value], `score` [one scale for all,
        higher is better, missing allowed], `status` [one of `STATUSES`]. A
        column `no_score` may say why a score is missing; any others (target,
        counts, goalposts) are kept.
    mean : {'arithmetic', 'geometric', 'harmonic'}
        How far a strong member may make up for a weak one; see
        `perfnb.analysis.weighting.aggregation.MEANS`.
    methods : Methods
        House rule `minimum_basket_coverage`.

    Returns
    -------
    Basket

    Raises
    ------
    PerfnbError
        When a column is missing; an indicator comes twice or has no good side;
        a weight is missing or negative or all are 0; a status or the mean is
        unknown; a figure has no period or a score no figure.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, steps 6
    and 8 (a composite is taken apart again into its members).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> members = pd.DataFrame({
    ...     "indicator": ["NI191", "NI192"], "weight": [1, 3],
    ...     "polarity": ["minimise", "maximise"], "value": [520.0, 28.0],
    ...     "unit": ["kg", "%"], "start": pd.to_datetime(["2017-04-01"] * 2),
    ...     "end": pd.to_datetime(["2018-03-31"] * 2), "score": [40.0, 90.0],
    ...     "status": ["not met", "met"]})
    >>> found = basket(members, mean="arithmetic",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.score, found.verdict, found.failing
    (77.5, 'some members fail', ('NI191',))
    """
    _check(members)
    period = _periods(members)
    share = shares(members["weight"])
    scores = floats(members["score"])
    used = np.where(np.isfinite(scores) & (share > 0), share, np.nan)
    covered = float(np.nansum(used))
    standing = _standing(len(members), covered, methods)
    score = float(combined(scores[None, :], share, mean)[0]) if len(members) else np.nan
    scored = standing == "scored"
    used = used * float(weight_over(np.array(covered)))
    names, status = members["indicator"].astype(str), members["status"]
    return Basket(
        members=members.assign(
            period=period,
            share=column(share),
            share_used=column(used),
            contribution=column(_contributions(scores, used, mean, scored)),
            fails=(status == NOT_MET).to_numpy(dtype=bool),
            standing=_member_standings(members, share, scores),
        ),
        score=score if scored else None,
        coverage=covered,
        n_members=len(members),
        n_scored=int(np.isfinite(used).sum()),
        failing=tuple(names[status == NOT_MET]),
        close=tuple(names[status == CLOSE]),
        not_scored=tuple(names[(share > 0) & np.isnan(scores)]),
        standing=standing,
        verdict=_verdict(status),
        period_note=periods.mismatch(list(names), period),
        method=_method(mean, standing, methods),
    )


_NEEDED = ("indicator", "weight", "polarity", "value", "unit", "score", "status")


def _check(members: pd.DataFrame) -> None:
    require(members, [*_NEEDED, "start", "end"], "members")
    require_once(members["indicator"], "indicator")
    for name, polarity in zip(members["indicator"], members["polarity"], strict=True):
        good_side(str(polarity))
        if polarity == "neutral":
            message = f"'{name}' is neutral: with no good side it cannot be scored."
            raise PerfnbError(message)
    for name, status in zip(members["indicator"], members["status"], strict=True):
        if status not in STATUSES:
            message = (
                f"The status '{status}' of '{name}' is not known; "
                f"known are {', '.join(STATUSES)}."
            )
            raise PerfnbError(message)


def _periods(members: pd.DataFrame) -> list[str]:
    # The period of each figure; '' without one.
    labels = periods.labels(members, "members")
    valued = np.isfinite(floats(members["value"]))
    scored = np.isfinite(floats(members["score"]))
    for name, has, has_score, label in zip(
        members["indicator"], valued, scored, labels, strict=True
    ):
        if has_score and not has:
            message = f"'{name}' has a score but no figure."
            raise PerfnbError(message)
        if has and not label:
            message = f"The figure of '{name}' has no period."
            raise PerfnbError(message)
    return [label if has else "" for label, has in zip(labels, valued, strict=True)]


def _standing(n_members: int, covered: float, methods: Methods) -> str:
    if not n_members:
        return "no members"
    if covered == 0:
        return "no figures"
    # Shares such as 0.1 do not add up exactly.
    enough = covered >= methods.minimum_basket_coverage - 1e-12
    return "scored" if enough else "too little coverage"


def _member_standings(
    members: pd.DataFrame, share: Floats, scores: Floats
) -> list[str]:
    if "no_score" in members.columns:
        reasons = [str(reason or "not scored") for reason in members["no_score"]]
    else:
        valued = np.isfinite(floats(members["value"]))
        reasons = ["not scored" if has else "no figure" for has in valued]
    return [
        "no weight" if weight == 0 else reason if np.isnan(score) else "scored"
        for weight, score, reason in zip(share, scores, reasons, strict=True)
    ]


def _contributions(scores: Floats, used: Floats, mean: str, scored: bool) -> Floats:
    if mean != "arithmetic" or not scored:
        return np.full(len(scores), np.nan)
    return scores * used


def _verdict(status: pd.Series) -> str:
    judged = status[status.isin(list(JUDGED))]
    if judged.empty:
        return "no member has a status"
    fails = judged == NOT_MET
    if not fails.any():
        return "no member fails"
    return "every member fails" if fails.all() else "some members fail"


def _method(mean: str, standing: str, methods: Methods) -> str:
    least = f"{methods.minimum_basket_coverage:.0%}"
    how = (
        f"Weighted {mean} mean of the members' scores: {MEANS[mean]}. Weights of "
        f"members without a score are shared out among the others; no score when "
        f"less than {least} of the weight has one ({SOURCE})."
    )
    if mean != "arithmetic":
        how += f" The {mean} mean is not a sum, so it has no parts by member."
    if standing == "too little coverage":
        how += " Here too little of the weight has a score."
    return how
