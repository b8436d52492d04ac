"""Tell what is wrong in returns without telling a count of people.

``perfnb check`` tells the analyst every message in full. What is published says
where and what, and leaves out the figures of indicators that count people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from perfnb.errors import Fault
from perfnb.registers import Indicator

FIGURES = ("numerator", "denominator", "value")
NOT_SHOWN = "a figure that is not shown here"
TOLD_ELSEWHERE = "what 'perfnb check' tells, since counts of people are not shown here"

# What a rule says of every figure, whoever it counts.
_OF_THE_RULE = re.compile(r"0 or more|above 0|between 0 and 100")


def shown(
    findings: Iterable[Fault], indicators: Mapping[str, Indicator]
) -> tuple[Fault, ...]:
    """Leave counts of people out of findings that are to be published.

    Parameters
    ----------
    findings : iterable of Fault
        In any order.
    indicators : mapping of str to Indicator
        The register, by id. A row whose indicator is not known may count people.

    Returns
    -------
    tuple of Fault
        In the same order; those without a figure are as they were.

    Examples
    --------
    >>> told = Fault("help.csv", "no more than 12", "15", row=3, column="numerator")
    >>> print(shown([told], {})[0])
    help.csv, row 3, column numerator has "a figure that is not shown here". Expected \
what 'perfnb check' tells, since counts of people are not shown here.
    """
    return tuple(_shown(each, indicators) for each in findings)


def _shown(finding: Fault, indicators: Mapping[str, Indicator]) -> Fault:
    known = indicators.get(finding.indicator)
    nobody = known is not None and not known.counts_people
    if finding.row is None or finding.column not in (*FIGURES, None) or nobody:
        return finding
    found, expected = finding.found, finding.expected
    if found is not None and re.search("[0-9]", found):
        found = NOT_SHOWN
    if re.search("[0-9]", _OF_THE_RULE.sub("", expected)):
        expected = TOLD_ELSEWHERE
    return replace(finding, found=found, expected=expected)
