"""The rule of suppression: small counts hidden, others as they are.

Exact figures tell more than rounded ones, so further counts are hidden wherever
subtraction would give a small one away.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from perfnb.analysis.frames import Flags, Floats
from perfnb.analysis.privacy.figures import Figures, Place, adding, cells
from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.analysis.privacy.protection import pattern
from perfnb.methods import Methods


def scheme(methods: Methods) -> Scheme:
    """Give what the rule hides; the rest is shown as it is.

    Parameters
    ----------
    methods : Methods
        House rule `smallest_count_suppressed`.

    References
    ----------
    Hundepool A et al (2012) Statistical Disclosure Control, Wiley, chapter 4.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> scheme(read_methods("parameters/methods.yaml"))
    Scheme(smallest=5, base=1)
    """
    return Scheme(methods.smallest_count_suppressed, 1)


def hidden_groups(
    count: Floats, whole: Floats, unknown: Flags, rule: Scheme, *, part: bool
) -> tuple[Flags, Flags]:
    """Choose the groups of one breakdown to hide.

    Parameters
    ----------
    count, whole : numpy.ndarray
        Numerator and denominator of each group [people], missing allowed.
    unknown : numpy.ndarray
        Groups whose numerator their source has hidden already.
    rule : Scheme
        What is small.
    part : bool
        Whether the numerator is part of the denominator: then the breakdown is
        a table of groups by those counted and those left over, whose totals are
        the denominators.

    Returns
    -------
    counts, bases : numpy.ndarray
        Which numerators and which denominators to hide. Both are hidden where
        the denominator is, since a count without it makes no rate.

    References
    ----------
    See `perfnb.analysis.privacy.protection.pattern`.

    Examples
    --------
    Of 38 in 40 two are left over; the 25 are hidden so that they cannot be told:

    >>> none = np.zeros(3, dtype=bool)
    >>> counts, bases = hidden_groups(
    ...     np.array([38.0, 25, 90]), np.array([40.0, 90, 180]), none, Scheme(5, 1),
    ...     part=True)
    >>> counts.tolist(), bases.tolist()
    ([True, True, False], [False, False, False])
    """
    figures = _figures(count, whole, unknown, rule, part=part)
    hidden = dict(zip(figures.places, pattern(figures, rule).hidden, strict=True))
    groups = [str(group) for group in range(len(count))]
    counts = np.array([hidden.get((g, _COUNTED), False) for g in groups], dtype=bool)
    bases = np.array([hidden.get((g, _WHOLE), False) for g in groups], dtype=bool)
    return counts | (bases & np.isfinite(count)), bases


_COUNTED, _LEFT, _WHOLE, _TOTAL = "counted", "left over", "whole", "total"


def _figures(
    count: Floats, whole: Floats, unknown: Flags, rule: Scheme, *, part: bool
) -> Figures:
    """Lay out the groups; of all together both counts are known to readers."""
    single: dict[Place, float] = {}
    parts: dict[Place, list[Place]] = {}
    everybody: dict[str, list[Place]] = {_COUNTED: [], _WHOLE: []}
    for number in range(len(count)):
        counted, left, base = ((str(number), w) for w in (_COUNTED, _LEFT, _WHOLE))
        has_count = np.isfinite(count[number]) and not unknown[number]
        if has_count or unknown[number]:
            single[counted] = count[number] if has_count else np.nan
            everybody[_COUNTED].append(counted)
        if not part or np.isnan(whole[number]):
            continue
        if has_count:
            single[left] = whole[number] - count[number]
            parts[base] = [counted, left]
        else:
            single[base] = whole[number]
        everybody[_WHOLE] += parts.get(base, [base])
    figures = cells(list(single), np.array(list(single.values()), dtype=float))
    seen = np.array([which != _LEFT for _, which in single], dtype=bool)
    figures = replace(figures, seen=seen)
    numbers = {place: number for number, place in enumerate(single)}
    totals = {(_TOTAL, which): some for which, some in everybody.items() if some}
    # Readers have the denominators; only a small one can take others with it.
    bases = not rule.small(np.where(part, whole, 0.0)).any()
    for sums, known in ((parts, bases), (totals, True)):
        of_which = [[numbers[place] for place in some] for some in sums.values()]
        figures = adding(figures, list(sums), of_which, known=known)
    return figures
