"""Whether groups of people fare differently from the rest of the district.

Each group is compared with the rest of the district, never with a total that
it is part of. Counts are pooled, rates are never averaged. Counts of people go
through the disclosure gate before anything is reckoned from them. A verdict
stands only when it stands among all the comparisons made together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats, require, require_once
from perfnb.analysis.groups import false_discovery, gaps, parts
from perfnb.analysis.groups.gaps import BEST, REST, Gap
from perfnb.analysis.groups.group_verdicts import verdicts_alone, verdicts_among
from perfnb.analysis.intervals import limits, rate
from perfnb.analysis.privacy import disclosure
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods


@dataclass(frozen=True)
class Breakdown:
    """Groups of one characteristic, each against what it is compared with.

    Attributes
    ----------
    groups : pandas.DataFrame
        One row per group in the order given: `group`, `numerator`,
        `denominator` [counts as shown], `value`, `lower_ci`, `upper_ci`
        [indicator's unit], `reference_numerator`, `reference_denominator`
        [counts], `ratio`, `lower_ratio`, `upper_ratio` [group's value / that of
        its reference], `difference`, `lower_difference`, `upper_difference`
        [group less reference, indicator's unit], `p_value`, `p_adjusted` (for all
        comparisons made together), `alone` (verdict of the group taken alone),
        `verdict`, `suppressed`.
    reference : str
        What each group is compared with; '' where no group can be it.
    district_value : float or None
        [indicator's unit]
    n_suppressed : int
        Groups hidden.
    disclosure : str
        The disclosure rule in words, or '' when it was not needed.
    method : str
        Method and source in words.
    """

    groups: pd.DataFrame
    reference: str
    district_value: float | None
    n_suppressed: int
    disclosure: str
    method: str


def breakdown(
    groups: pd.DataFrame,
    *,
    district: Mapping[str, float] | pd.Series,
    polarity: str,
    interval: str,
    per: float | None,
    counts_people: bool,
    methods: Methods,
    reference: str = REST,
) -> Breakdown:
    """Compare each group with the rest of the district, or another reference.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group of one indicator, period and characteristic: `group`,
        `numerator`, `denominator` [pooled counts, missing allowed] and, if there,
        `status`: 'suppressed' where the source has hidden the numerator already.
    district : mapping
        `numerator` and `denominator` of the whole district [counts]. When they
        are summed from the groups, a group without its numerator belongs in
        neither sum: its denominator would dilute the rest of every other group.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        With the last three no side is good.
    interval, per
        As in `perfnb.analysis.intervals.limits`.
    counts_people : bool
        Whether the counts pass the disclosure gate first.
    methods : Methods
        House rules.
    reference : str
        `perfnb.analysis.groups.gaps.REST`, `BEST`, or the name of a group, such as the
        least deprived.

    Returns
    -------
    Breakdown
        Verdicts are 'better', 'worse', 'different' (no side is good), 'no clear
        difference', 'too few to say', 'reference', or 'not assessed' where the
        indicator has no interval.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, a group counts more than
        its district, or polarity, interval or reference is unknown.

    References
    ----------
    Rates: ratio with limits on the log scale, Breslow and Day (1987) vol II.
    Shares: difference by Newcombe RG (1998) Stat Med 17:873, method 10. The other
    measure of each: Zou GY, Donner A (2008) Stat Med 27:1693; Donner A, Zou GY
    (2012) Stat Methods Med Res 21:347. Many groups: see
    `perfnb.analysis.groups.false_discovery`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> groups = pd.DataFrame({"group": ["1 (most deprived)", "2"],
    ...     "numerator": [60, 40], "denominator": [10_000, 20_000]})
    >>> found = breakdown(groups, per=1000, interval="byar", polarity="minimise",
    ...     district={"numerator": 100, "denominator": 30_000},
    ...     counts_people=False, methods=read_methods("parameters/methods.yaml"))
    >>> found.groups[["group", "ratio", "verdict"]].round(2)
                   group  ratio verdict
    0  1 (most deprived)    3.0   worse
    1                  2   0.33  better
    """
    good = good_side(polarity)
    require(groups, ["group", "numerator", "denominator"], "groups")
    require_once(groups["group"], "group")
    total, base = parts.district_of(district)
    parts.check(groups, total, base)
    shown = _shown(groups, total, interval, per, counts_people, methods)
    shown = limits(shown, interval, per, methods.confidence)
    loose = slack(counts_people, methods)
    sides, name = gaps.against(
        shown,
        district=(total, base),
        reference=reference,
        good=good,
        methods=methods,
        slack=loose,
    )
    gap = gaps.measured(sides, interval=interval, per=per, methods=methods)
    p_value, side = gaps.surest(
        sides, interval=interval, per=per, slack=loose, methods=methods
    )
    alone = [
        "reference" if group == name else said
        for group, said in zip(
            sides["group"],
            verdicts_alone(p_value, side * good, interval, methods),
            strict=True,
        )
    ]
    compared = _with_gap(sides, gap).assign(p_value=column(p_value), alone=alone)
    value = float(rate(np.array(total), np.array(base), per))
    found = Breakdown(
        groups=verdicts_among(compared, p_value, methods)[_COLUMNS],
        reference=name,
        district_value=None if np.isnan(value) else value,
        n_suppressed=int(shown["suppressed"].sum()),
        disclosure=disclosure.rule(methods) if counts_people else "",
        method="",
    )
    return replace(found, method=_method(found.groups, reference, interval, methods))


def controlled(
    breakdowns: Sequence[Breakdown], methods: Methods
) -> tuple[Breakdown, ...]:
    """Judge several breakdowns that a reader sees together.

    Parameters
    ----------
    breakdowns : sequence of Breakdown
        All of a page.
    methods : Methods
        House rules `false_discovery_procedure` and `false_discovery_rate`.

    Returns
    -------
    tuple of Breakdown
        With the verdicts that stand both among the groups of their own breakdown
        and among those of all.

    References
    ----------
    See `perfnb.analysis.groups.false_discovery`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> groups = pd.DataFrame({"group": ["a", "b"], "numerator": [70, 100],
    ...     "denominator": [10_000, 20_000]})
    >>> one = breakdown(groups, per=1000, interval="byar", polarity="minimise",
    ...     district=groups[["numerator", "denominator"]].sum(),
    ...     counts_people=False, methods=methods)
    >>> many = [one, *[replace(one, groups=one.groups.assign(p_value=0.9))] * 9]
    >>> alone, among = one.groups, controlled(many, methods)[0].groups
    >>> alone["verdict"].tolist(), among["verdict"].tolist()
    (['worse', 'better'], ['no clear difference', 'no clear difference'])
    """
    if not breakdowns:
        return ()
    sizes = [len(each.groups) for each in breakdowns]
    everything = np.concatenate([floats(each.groups["p_value"]) for each in breakdowns])
    among = false_discovery.adjusted(everything, methods.false_discovery_procedure)
    ends = np.cumsum(sizes)[:-1]
    return tuple(
        replace(each, groups=verdicts_among(each.groups, adjusted, methods))
        for each, adjusted in zip(breakdowns, np.split(among, ends), strict=True)
    )


def slack(counts_people: bool, methods: Methods) -> int:
    """Give by how much a count may differ from the one shown.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> slack(True, read_methods("parameters/methods.yaml"))
    2
    """
    return disclosure.slack(methods) if counts_people else 0


_COLUMNS = [
    *("group", "numerator", "denominator", "value", "lower_ci", "upper_ci"),
    *("reference_numerator", "reference_denominator"),
    *("ratio", "lower_ratio", "upper_ratio"),
    *("difference", "lower_difference", "upper_difference"),
    *("p_value", "p_adjusted", "alone", "verdict", "suppressed"),
]


def _shown(
    groups: pd.DataFrame,
    headline: float,
    interval: str,
    per: float | None,
    counts_people: bool,
    methods: Methods,
) -> pd.DataFrame:
    names = ("group", "numerator", "denominator", "status")
    plain = groups[[name for name in names if name in groups]].reset_index(drop=True)
    if counts_people:
        return disclosure.gate(
            plain, interval=interval, per=per, methods=methods, headline=headline
        )
    count, whole = floats(plain["numerator"]), floats(plain["denominator"])
    return plain.assign(
        numerator=column(count),
        denominator=column(whole),
        value=column(rate(count, whole, per)),
        suppressed=False,
    )


def _with_gap(sides: pd.DataFrame, gap: Gap) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name in ("ratio", "difference"):
        names = (name, f"lower_{name}", f"upper_{name}")
        estimate = getattr(gap, name)
        columns |= {
            key: column(each) for key, each in zip(names, estimate, strict=True)
        }
    return sides.assign(**columns)


def _method(
    groups: pd.DataFrame, reference: str, interval: str, methods: Methods
) -> str:
    if interval == "none":
        return "Rates only: these figures have no confidence interval."
    name = {
        "byar": "ratio of rates, limits on the log scale (Breslow and Day 1987)",
        "wilson": "difference of shares (Newcombe 1998, method 10)",
    }[interval]
    how = (
        f"Each group against {reference}: {name}, {methods.confidence:.0%} confidence, "
        f"at least {methods.minimum_events_for_comparison} events on both sides."
    )
    if reference == BEST:
        how += (
            " The best group was picked by its figure, so gaps to it look larger than "
            "they are."
        )
    if groups["p_value"].isna().all():
        return how
    rule = false_discovery.rule(
        methods.false_discovery_procedure, methods.false_discovery_rate
    )
    return f"{how} Among the groups compared {rule}."
