"""Do flagged indicators do better afterwards than others? Pooled, and fairly.

Figures are flagged because they are bad, and a bad figure is mostly followed by a
better one whether anybody acts or not. Flagged figures are therefore set against
unflagged ones that stood equally far from their own usual level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from perfnb.analysis.effects.estimates import Estimate
from perfnb.analysis.effects.flag_episodes import FOLLOWED
from perfnb.analysis.effects.regression_fit import floor_of
from perfnb.analysis.frames import Floats, Ints, floats, require
from perfnb.analysis.verdicts import verdict
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

VERDICTS = {
    "better": "flagged did better",
    "worse": "flagged did worse",
    "no clear difference": "no clear difference",
}

CAUTIONS = (
    "Flagged figures were not drawn by lot: what led to a flag may lead to change too.",
    "The return to the usual level is taken for a straight line; where hardly any "
    "unflagged figure was as bad as the flagged ones, all rests on that line.",
    "What touched every indicator at the same time, such as a hard winter, is not "
    "taken out.",
)


@dataclass(frozen=True)
class Pooled:
    """How flagged and unflagged figures went on, over all indicators.

    In standard deviations of each indicator's own figures, good side up.

    Attributes
    ----------
    flagged_change, unflagged_change : float
        Mean change from the judged figure to those after it.
    difference : Estimate
        Of the two, before anything is allowed for.
    regression_to_the_mean : float
        How much of that difference is to be expected only because flagged
        figures were worse; with `adjusted` it adds up to the difference.
    persistence : float
        Share of a figure's distance from its usual level that is left
        afterwards; 1 where nothing returns, 0 where everything does.
    adjusted : Estimate
        The difference between flagged and unflagged figures that were equally
        bad.
    """

    flagged_change: float
    unflagged_change: float
    difference: Estimate
    regression_to_the_mean: float
    persistence: float
    adjusted: Estimate


@dataclass(frozen=True)
class FlagComparison:
    """Flagged figures against unflagged ones, over the periods that followed.

    Attributes
    ----------
    n_flagged, n_unflagged : int
        Figures compared.
    n_indicators_flagged, n_indicators_unflagged : int
        Indicators that they come from; one can be on both sides.
    n_left_out : int
        Judged figures that could not be followed.
    pooled : Pooled or None
        The differences; None when there are too few indicators.
    verdict : str
        'flagged did better', 'flagged did worse', 'no clear difference', 'too
        few indicators' or 'no spread' (how bad a figure was says all about
        whether it was flagged).
    reason : str
        Why, in a sentence.
    cautions : tuple of str
        What may not be concluded, in sentences.
    method : str
        Method and source in words.
    """

    n_flagged: int
    n_unflagged: int
    n_indicators_flagged: int
    n_indicators_unflagged: int
    n_left_out: int
    pooled: Pooled | None
    verdict: str
    reason: str
    cautions: tuple[str, ...]
    method: str


def comparison(judged: pd.DataFrame, methods: Methods) -> FlagComparison:
    """Set what came after flagged figures against what came after others.

    Parameters
    ----------
    judged : pandas.DataFrame
        One row per judged figure, as `perfnb.analysis.effects.flag_episodes.episodes`
        gives them: `indicator`, `flagged`, `standing`, `baseline`, `later`
        [standard deviations].
    methods : Methods
        House rules.

    Returns
    -------
    FlagComparison
        The adjusted difference is that of an analysis of covariance, later on
        flagged and baseline. Errors are reckoned from indicator to indicator,
        since the figures of one lean on one another.

    Raises
    ------
    PerfnbError
        When a column is missing, or a figure that was followed has no number.

    References
    ----------
    Barnett AG, van der Pols JC, Dobson AJ (2005) Int J Epidemiol 34:215. Davis
    CE (1976) Am J Epidemiol 104:493. Liang KY, Zeger SL (1986) Biometrika 73:13.
    Cameron AC, Miller DL (2015) J Human Resources 50:317.

    Examples
    --------
    Every flagged figure two below its usual level, every other one at it, and all
    of them back at it afterwards:

    >>> from perfnb.methods import read_methods
    >>> judged = pd.DataFrame({
    ...     "indicator": [f"L{i}" for i in range(40)],
    ...     "flagged": [True, False] * 20, "standing": "followed",
    ...     "baseline": [-2.5, 0.5, -1.5, -0.5] * 10,
    ...     "later": [0.1, 0.1, -0.1, -0.1] * 10})
    >>> found = comparison(judged, read_methods("parameters/methods.yaml"))
    >>> found.verdict, round(found.pooled.difference.value, 2)
    ('no clear difference', 2.0)
    """
    names = ["indicator", "flagged", "standing", "baseline", "later"]
    require(judged, names, "figures")
    rows = judged[judged["standing"] == FOLLOWED]
    flag, indicators = rows["flagged"].to_numpy(dtype=float), rows["indicator"]
    sides = [int(indicators[flag == side].nunique()) for side in (1, 0)]
    design = pd.DataFrame(
        {"intercept": 1.0, "flagged": flag, "baseline": floats(rows["baseline"])}
    )
    later = floats(rows["later"])
    if not (np.isfinite(later).all() and np.isfinite(design).all(axis=None)):
        message = "A figure that was followed has no number in 'baseline' or 'later'."
        raise PerfnbError(message)
    pooled = None
    word = "too few indicators"
    if min(sides) >= methods.minimum_indicators_for_flags:
        word = "no spread"
        if np.linalg.matrix_rank(design) == design.shape[1]:
            groups = pd.factorize(indicators.astype(str))[0]
            pooled = _pooled(later, design, groups, methods.confidence)
            limits = (pooled.adjusted.lower, pooled.adjusted.upper)
            word = VERDICTS[verdict(limits, 0.0, good=1)]
    return FlagComparison(
        n_flagged=int(flag.sum()),
        n_unflagged=int((1 - flag).sum()),
        n_indicators_flagged=sides[0],
        n_indicators_unflagged=sides[1],
        n_left_out=len(judged) - len(rows),
        pooled=pooled,
        verdict=word,
        reason=_reason(word, pooled, methods),
        cautions=CAUTIONS if pooled else (),
        method=_method(methods),
    )


def _pooled(
    later: Floats, design: pd.DataFrame, groups: Ints, confidence: float
) -> Pooled:
    baseline = design["baseline"].to_numpy()
    change, flag = later - baseline, design["flagged"].to_numpy() == 1
    difference, _ = _flag_effect(change, design.iloc[:, :2], groups, confidence)
    adjusted, persistence = _flag_effect(later, design, groups, confidence)
    worse = baseline[flag].mean() - baseline[~flag].mean()
    return Pooled(
        flagged_change=float(change[flag].mean()),
        unflagged_change=float(change[~flag].mean()),
        difference=difference,
        regression_to_the_mean=float((persistence - 1) * worse),
        persistence=persistence,
        adjusted=adjusted,
    )


def _flag_effect(
    values: Floats, design: pd.DataFrame, groups: Ints, confidence: float
) -> tuple[Estimate, float]:
    # The flag is the second term, what the figures persist by the last.
    fitted = sm.OLS(values, design.to_numpy()).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    error = max(float(fitted.bse[1]), floor_of(values))
    margin = stats.t.ppf((1 + confidence) / 2, groups.max()) * error
    effect = float(fitted.params[1])
    limits = (float(effect - margin), float(effect + margin))
    return Estimate(effect, *limits), float(fitted.params[-1])


def _reason(word: str, pooled: Pooled | None, methods: Methods) -> str:
    if word == "too few indicators":
        return (
            f"To compare them takes {methods.minimum_indicators_for_flags} indicators "
            "with a flagged figure and as many with an unflagged one, each with a "
            "history before and figures after."
        )
    if pooled is None:
        return "No flagged figure was as good or as bad as an unflagged one."
    compared = "than unflagged ones that had been equally bad"
    if word == VERDICTS["better"]:
        return f"Flagged figures went on better {compared}."
    if word == VERDICTS["worse"]:
        return f"Flagged figures went on worse {compared}."
    if pooled.difference.lower > 0:
        return (
            "Flagged figures went up more than others, but no more than figures as bad "
            "as they were do by themselves (regression to the mean)."
        )
    return f"Flagged figures went on no clearer better or worse {compared}."


def _method(methods: Methods) -> str:
    return (
        "Each judged figure and the mean of the "
        f"{methods.periods_after_flag} after it, in standard deviations of the "
        "indicator's own figures before it; flagged against unflagged by analysis of "
        "covariance on the judged figure, which takes out regression to the mean "
        "(Barnett et al. 2005); errors clustered by indicator (Liang and Zeger 1986)."
    )
