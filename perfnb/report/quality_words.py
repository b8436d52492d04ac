"""Words and marks of data quality that every page shares.

A grade is a word with a shape, never a colour alone: a full square is good, a
half one fair, an empty one poor.
"""

from __future__ import annotations

from datetime import date

from perfnb.analysis.data_quality.grades import FAIR, GOOD, NOT_JUDGED, POOR
from perfnb.analysis.data_quality.ratings import (
    SIGNED,
    UNSIGNED,
    DimensionRating,
    Rating,
    ratings,
)
from perfnb.registers import Indicator
from perfnb.report.elements import Terms
from perfnb.report.words import NOTHING, joined, sentence
from perfnb.selection import Held

GRADE = {
    GOOD: "■\u00a0Good",
    FAIR: "◧\u00a0Fair",
    POOR: "□\u00a0Poor",
    NOT_JUDGED: f"{NOTHING}\u00a0Not\u00a0judged",
}
MEANING = {
    "accuracy": "the value is right: it follows from its counts, and what stands out "
    "has been looked at",
    "validity": "it keeps the rules and the definition",
    "reliability": "it is made the same way from period to period",
    "timeliness": "it is here when it should be",
    "relevance": "it measures what it is there for",
    "completeness": "every figure is there that should be",
}


def quality_cell(indicator: Indicator, held: Held) -> str:
    """Write the rating of an indicator for the cell of a table.

    A latest figure that was let in with a mark says so.
    """
    found = ratings(held)[indicator.id]
    return f"{GRADE[found.overall]}{'; marked' if _newest_mark(found, held) else ''}"


def quality_terms(indicator: Indicator, held: Held, about: str) -> Terms:
    """Fold away how far an indicator's figures can be relied on; its grade shows.

    Parameters
    ----------
    indicator : Indicator
        Whose figures they are.
    held : Held
        What the report is about.
    about : str
        What the fold stands under; tells it from the others of a page.
    """
    found = ratings(held)[indicator.id]
    by_grade = {
        sentence(each.dimension): f"{sentence(each.grade)}: {_why(each)}."
        for each in found.dimensions
    }
    meanings = {**by_grade, "Owner": signature(found), "Marked": _marked(found)}
    return Terms(
        f"Data quality, {found.overall}: {about}",
        {term: meaning for term, meaning in meanings.items() if meaning},
    )


def verdict(found: Rating) -> str:
    """Say the rating of an indicator and what makes it so.

    Examples
    --------
    >>> from perfnb.analysis.data_quality.grades import Check
    >>> from perfnb.analysis.data_quality.ratings import rating
    >>> indicator = Indicator.model_construct(id="IL1")
    >>> verdict(rating(indicator, [Check("accuracy", "fair", "a jump")], []))
    'Fair, for its accuracy (a jump).'
    """
    if found.overall == NOT_JUDGED:
        return "Not judged: no check can say anything of its figures."
    if found.overall == GOOD:
        return "Good in every respect that can be judged."
    behind = [f"{each.dimension} ({_why(each)})" for each in found.behind]
    return f"{sentence(found.overall)}, for its {joined(behind)}."


def signature(found: Rating) -> str:
    """Say whether the owner has signed, and whether a check lowers it."""
    if found.signature == UNSIGNED:
        return "Not signed off by its owner."
    newest = max(each.signed for each in found.sign_offs)
    posts = joined(list(dict.fromkeys(each.owner for each in found.sign_offs)))
    made_up = all(each.basis == "illustrative" for each in found.sign_offs)
    how = "Signed off" if found.signature == SIGNED else "Partly signed off"
    said = f"{how} by {posts} on {day(newest)}"
    if made_up and "illustrative" not in posts:
        said += " (illustrative)"
    if found.lowered:
        names = joined([each.dimension for each in found.lowered])
        said += f"; the checks lower what was signed of its {names}"
    return f"{said}."


def day(moment: date) -> str:
    """Write a day as people do: 23 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def _why(found: DimensionRating) -> str:
    return "; ".join(found.reasons)


def _marked(found: Rating) -> str:
    if not found.marks:
        return ""
    told = [f"{period} ({mark})" for period, mark in found.marks]
    return f"Let in with a mark: {joined(told)}."


def _newest_mark(found: Rating, held: Held) -> bool:
    known = held.observations[
        (held.observations["indicator"] == found.indicator.id)
        & (held.observations["authority"] == held.council)
        & (held.observations["characteristic"] == "all")
        & held.observations["value"].notna()
    ]
    return bool(len(known)) and bool(
        (known.loc[known["end"] == known["end"].max(), "mark"] != "").any()
    )
