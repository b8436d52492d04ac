"""Say what the register lacks of an indicator: owner, definition, review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from perfnb.registers import Indicator

VACANT = ("vacant", "vacancy", "to be confirmed", "tbc", "none", "n/a", "-")
"""Words by which people say that a post is empty."""


@dataclass(frozen=True)
class Registered:
    """How an indicator stands in the register.

    Parameters
    ----------
    owner_vacant : bool
        Whether its owner's post is said to be empty.
    review_overdue : int or None
        Days since its definition should have been looked at; None when it is not
        overdue or no day is set.
    review_unset : bool
        Whether no day is set.
    counts_unnamed : bool
        Whether its value is made of counts that nobody has named.
    due_unset : bool
        Whether nothing says when its figures should be here.
    """

    owner_vacant: bool
    review_overdue: int | None
    review_unset: bool
    counts_unnamed: bool
    due_unset: bool


def registered(indicator: Indicator, as_at: date) -> Registered:
    """Say what is missing or overdue in an indicator's row of the register.

    Parameters
    ----------
    indicator : Indicator
        As the register has it.
    as_at : datetime.date
        The day on which it is looked at.

    Returns
    -------
    Registered

    Examples
    --------
    >>> indicator = Indicator.model_construct(
    ...     owner="Vacant (illustrative)", review_date=date(2025, 4, 1), per=100.0,
    ...     numerator="Streets found clean", denominator="Streets", due_days=None)
    >>> found = registered(indicator, date(2025, 4, 11))
    >>> found.owner_vacant, found.review_overdue, found.due_unset
    (True, 10, True)
    """
    day = indicator.review_date
    overdue = None if day is None or day >= as_at else (as_at - day).days
    return Registered(
        owner_vacant=_is_vacant(indicator.owner),
        review_overdue=overdue,
        review_unset=day is None,
        counts_unnamed=indicator.per is not None
        and not (indicator.numerator and indicator.denominator),
        due_unset=indicator.due_days is None,
    )


def _is_vacant(owner: str) -> bool:
    plain = owner.casefold().split("(")[0].strip(" .:")
    return plain in VACANT or plain.startswith("vacant ") or plain.endswith(" vacant")
