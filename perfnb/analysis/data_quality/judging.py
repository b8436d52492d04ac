"""Say what the evidence means for each of the six characteristics of good data.

The Audit Commission names the characteristics; which check speaks to which, and
what makes a figure fair or poor, is our house rule:

- accuracy: does the value follow from its counts, and is it out of the ordinary?
- validity: does it keep the rules and the definition?
- reliability: is it made the same way from period to period?
- timeliness: is it here when it should be?
- relevance: does it measure what it is there for, and is that looked at again?
- completeness: is every figure there that should be?

References
----------
Audit Commission (2007) Improving information to support decision making: standards
for better quality data.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.data_quality import told
from perfnb.analysis.data_quality.completeness import recent
from perfnb.analysis.data_quality.evidence import Evidence
from perfnb.analysis.data_quality.grades import (
    FAIR,
    GOOD,
    NOT_JUDGED,
    POOR,
    Check,
    Standing,
)
from perfnb.errors import Dimension
from perfnb.selection import Held
from perfnb.sign_offs import DIMENSIONS

_NO_FIGURE = "there is no figure to look at"
_ROBUSTNESS: dict[str, Standing] = {"good": GOOD, "fair": FAIR, "weak": POOR}
_ALL_WELL: dict[Dimension, str] = {
    "accuracy": "its values follow from their counts, and none is out of the ordinary",
    "validity": "no figure breaks a rule",
    "reliability": "made the same way throughout the quarters looked at",
    "timeliness": "every figure that can be judged was here by its day",
    "relevance": "nothing speaks against it",
    "completeness": "every figure due is there",
}


def checks(evidence: Evidence, held: Held) -> tuple[Check, ...]:
    """Judge each characteristic of an indicator by everything that was found.

    Parameters
    ----------
    evidence : Evidence
        What was found.
    held : Held
        The quarter and the house rules.

    Returns
    -------
    tuple of Check
        At least one for each characteristic, in the order of the six; the grade
        of a characteristic is the worst of its checks.
    """
    found = [
        *_accuracy(evidence, held),
        *_validity(evidence),
        *_reliability(evidence, held),
        *_timeliness(evidence),
        *_relevance(evidence),
        *_completeness(evidence),
        *told.checks(evidence.findings),
    ]
    return tuple(
        check
        for dimension in DIMENSIONS
        for check in _or_well([c for c in found if c.dimension == dimension], dimension)
    )


def _or_well(found: Sequence[Check], dimension: Dimension) -> Sequence[Check]:
    return found or [Check(dimension, GOOD, _ALL_WELL[dimension])]


def _accuracy(evidence: Evidence, held: Held) -> list[Check]:
    again = evidence.recomputation
    if not again.figures:
        return [Check("accuracy", NOT_JUDGED, _NO_FIGURE)]
    found = []
    if again.differing:
        said = f"{again.differing} of {again.figures} values do not follow from counts"
        found.append(Check("accuracy", POOR, said))
    if not again.newest:
        said = "the newest value cannot be worked out again, since it has no counts"
        found.append(Check("accuracy", FAIR, said))
    jumped = recent(
        evidence.jumps.found, held.quarter, held.methods.data_quality_quarters
    )
    for period in jumped.loc[jumped["explained"] == "", "period"]:
        said = f"the change in {period} is out of the ordinary and not explained"
        found.append(Check("accuracy", FAIR, said))
    return found


def _validity(evidence: Evidence) -> list[Check]:
    if not evidence.figures:
        return [Check("validity", NOT_JUDGED, _NO_FIGURE)]
    if evidence.registered.counts_unnamed:
        return [Check("validity", FAIR, "the register does not say what is counted")]
    return []


def _reliability(evidence: Evidence, held: Held) -> list[Check]:
    if evidence.figures < 2:
        said = "fewer than two figures say nothing of how steadily they are made"
        return [Check("reliability", NOT_JUDGED, said)]
    found = []
    if len(evidence.systems.current) > 1:
        said = f"{len(evidence.systems.current)} sources give the newest figure"
        found.append(Check("reliability", POOR, said))
    first = held.quarter - (held.methods.data_quality_quarters - 1)
    for each in evidence.breaks:
        if first.start_time.date() <= each.start <= held.quarter.end_time.date():
            said = f"made differently from {each.starts} on"
            found.append(Check("reliability", FAIR, said))
    apart = int((~evidence.doubles["identical"].astype(bool)).sum())
    if apart:
        said = f"two sources disagree on {apart} of its figures"
        found.append(Check("reliability", FAIR, said))
    if not evidence.indicator.comparable:
        found.append(Check("reliability", FAIR, "councils record it in different ways"))
    return found


def _timeliness(evidence: Evidence) -> list[Check]:
    found = evidence.timeliness
    if found.grade == NOT_JUDGED:
        reason = "no day is known on which its figures were here"
        if evidence.registered.due_unset:
            reason = "the register does not say when its figures are due"
        return [Check("timeliness", NOT_JUDGED, reason)]
    if found.worst_days is None:
        return []
    how = "came" if found.worst_is_here else "is"
    late = "late" if found.worst_is_here else "overdue"
    said = f"{found.worst_period} {how} {found.worst_days} days {late}"
    return [Check("timeliness", found.grade, said)]


def _relevance(evidence: Evidence) -> list[Check]:
    """Take the register's own judgement, which its first word gives."""
    robustness = evidence.indicator.robustness
    word = robustness.partition(":")[0].partition(" ")[0].strip(" .,;").casefold()
    found = []
    if word not in _ROBUSTNESS:
        said = "the register does not say how well it measures its outcome"
        found.append(Check("relevance", NOT_JUDGED, said))
    elif word != "good":
        found.append(Check("relevance", _ROBUSTNESS[word], _reason(robustness)))
    overdue = evidence.registered.review_overdue
    if overdue is not None:
        said = f"its definition should have been looked at {overdue} days ago"
        found.append(Check("relevance", FAIR, said))
    return found


def _reason(robustness: str) -> str:
    """Give what the register says after its first word, as a reason."""
    _, colon, rest = robustness.partition(":")
    return (rest if colon else robustness).strip().rstrip(".")


def _completeness(evidence: Evidence) -> list[Check]:
    found = evidence.completeness
    if found.grade == NOT_JUDGED:
        return [Check("completeness", NOT_JUDGED, "no figure was due lately")]
    if found.grade == GOOD:
        return []
    due = found.received + found.missing
    said = f"{found.missing} of {due} figures due lately are missing"
    return [Check("completeness", found.grade, said)]
