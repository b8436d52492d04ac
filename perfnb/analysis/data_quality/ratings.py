"""One rating an indicator: what the checks find, and what its owner signs.

An owner knows things that no check can see, and a check sees what an owner may
not want to. So a signature counts where it is worse than the checks, or where
the checks cannot judge; where a check is worse, the check counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfnb.analysis.data_quality.evidence import Evidence, evidence
from perfnb.analysis.data_quality.grades import NOT_JUDGED, Check, Standing, worst
from perfnb.analysis.data_quality.judging import checks
from perfnb.errors import Dimension
from perfnb.quarters import write_quarter
from perfnb.registers import Indicator
from perfnb.selection import Held
from perfnb.sign_offs import DIMENSIONS, SignOff

METHOD = (
    "Each of the six characteristics is rated good, fair or poor by checks, or by the "
    "owner's signature where that is worse or no check can judge; a check that fails "
    "lowers a signature, and nothing raises a rating. The rating of the indicator is "
    "the worst of the six (characteristics: Audit Commission 2007; rules of rating: "
    "ours)."
)
SIGNED, PARTLY_SIGNED, UNSIGNED = "signed", "partly signed", "not signed"
# A page has one selection and asks again for each table; a few are open in tests.
_KEPT = 4


@dataclass(frozen=True)
class DimensionRating:
    """How good the figures are in one respect.

    Parameters
    ----------
    dimension : str
        One of the six characteristics of good data.
    checked : str
        What the checks give: good, fair, poor or not judged.
    signed : str
        What the owner signed; blank when nothing.
    grade : str
        Which counts: the worse of the two.
    reasons : tuple of str
        Why it is not better, or why it is good.
    """

    dimension: Dimension
    checked: Standing
    signed: str
    grade: Standing
    reasons: tuple[str, ...]

    @property
    def is_lowered(self) -> bool:
        """Whether a check has lowered what the owner signed."""
        return bool(self.signed) and self.grade != self.signed


@dataclass(frozen=True)
class Rating:
    """How far the figures of an indicator can be relied on.

    Parameters
    ----------
    indicator : Indicator
        Whose figures they are.
    dimensions : tuple of DimensionRating
        The six, in their order.
    overall : str
        The worst of them; not judged when none is judged.
    sign_offs : tuple of SignOff
        What the owner signed for the quarter.
    marks : tuple of (str, str)
        Periods whose figures were let in with a mark, and the mark.
    method : str
        The rule.
    """

    indicator: Indicator
    dimensions: tuple[DimensionRating, ...]
    overall: Standing
    sign_offs: tuple[SignOff, ...]
    marks: tuple[tuple[str, str], ...]
    method: str = METHOD

    @property
    def signature(self) -> str:
        """Whether its owner has signed: signed, partly signed or not signed."""
        covered = {name for each in self.sign_offs for name in each.covers}
        if not covered:
            return UNSIGNED
        return SIGNED if covered >= set(DIMENSIONS) else PARTLY_SIGNED

    @property
    def lowered(self) -> tuple[DimensionRating, ...]:
        """The characteristics of which a check has lowered the signature."""
        return tuple(each for each in self.dimensions if each.is_lowered)

    @property
    def behind(self) -> tuple[DimensionRating, ...]:
        """The characteristics that make the rating what it is."""
        if self.overall == NOT_JUDGED:
            return self.dimensions
        return tuple(each for each in self.dimensions if each.grade == self.overall)


def rating(
    indicator: Indicator,
    found: Sequence[Check],
    sign_offs: Sequence[SignOff],
    marks: tuple[tuple[str, str], ...] = (),
) -> Rating:
    """Rate an indicator by its checks and its owner's signature.

    Parameters
    ----------
    indicator : Indicator
        Whose figures they are.
    found : sequence of Check
        What the checks say (`perfnb.analysis.data_quality.judging`).
    sign_offs : sequence of SignOff
        What the owner signed for the quarter, each characteristic once.
    marks : tuple of (str, str)
        Periods whose figures were let in with a mark, and the mark.

    Returns
    -------
    Rating

    Examples
    --------
    >>> indicator = Indicator.model_construct(id="IL1")
    >>> found = rating(indicator, [Check("accuracy", "fair", "a jump")], [])
    >>> found.overall, found.signature, found.dimensions[0].reasons
    ('fair', 'not signed', ('a jump',))
    """
    signed = {name: each for each in sign_offs for name in each.covers}
    dimensions = tuple(
        _dimension(name, [c for c in found if c.dimension == name], signed.get(name))
        for name in DIMENSIONS
    )
    return Rating(
        indicator=indicator,
        dimensions=dimensions,
        overall=worst(each.grade for each in dimensions),
        sign_offs=tuple(sign_offs),
        marks=marks,
    )


@lru_cache(maxsize=_KEPT)
def evidence_of(held: Held) -> tuple[Evidence, ...]:
    """Gather the evidence of a selection, once for all who ask."""
    return evidence(held)


@lru_cache(maxsize=_KEPT)
def ratings(held: Held) -> Mapping[str, Rating]:
    """Rate every indicator of a selection, once for all who ask.

    Parameters
    ----------
    held : Held
        A service's selection or the whole council's. The rating of an indicator
        is the same in both.

    Returns
    -------
    mapping of str to Rating
        By the indicator's id. A signature dated after the day as at which the
        selection is made is not looked at.
    """
    quarter = write_quarter(held.quarter)
    return {
        each.indicator.id: rating(
            each.indicator,
            checks(each, held),
            [
                signature
                for signature in held.catalogue.sign_offs_of(each.indicator.id, quarter)
                if signature.signed <= held.as_at
            ],
            each.marks,
        )
        for each in evidence_of(held)
    }


def _dimension(
    name: Dimension, found: Sequence[Check], signature: SignOff | None
) -> DimensionRating:
    checked = worst(check.grade for check in found)
    signed: list[Standing] = [] if signature is None else [signature.rating]
    grade = worst([checked, *signed])
    reasons = [check.said for check in found if check.grade in (grade, NOT_JUDGED)]
    if signature is not None and grade != checked:
        reasons.insert(0, f"its owner signed it as {signature.rating}")
    return DimensionRating(
        dimension=name,
        checked=checked,
        signed="" if signature is None else signature.rating,
        grade=grade,
        reasons=tuple(reasons),
    )
