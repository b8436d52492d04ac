"""Set data quality side by side: ratings, what came, and when it came."""

from __future__ import annotations

import pandas as pd

from perfnb.analysis.data_quality.arrivals import LATE
from perfnb.analysis.data_quality.completeness import NOT_DUE, recent
from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.analysis.data_quality.evidence import Evidence
from perfnb.analysis.data_quality.grades import GOOD
from perfnb.analysis.data_quality.known_days import method
from perfnb.analysis.data_quality.ratings import UNSIGNED, Rating
from perfnb.quarters import write_quarter
from perfnb.report.downloads import Download
from perfnb.report.elements import Element, Parts, Prose, Table, Terms
from perfnb.report.folded import Folded
from perfnb.report.quality_words import GRADE, MEANING
from perfnb.report.tabled import Tabled
from perfnb.report.words import NOTHING, count, plural, sentence
from perfnb.sign_offs import DIMENSIONS

STANDING = {
    "received": "●\u00a0Here",
    "late": "◐\u00a0Late",
    "missing": "✗\u00a0Missing",
    "due": "○\u00a0Still in time",
    "suppressed": "◇\u00a0Withheld",
    "not applicable": "◇\u00a0Nothing to measure",
    NOT_DUE: f"{NOTHING}\u00a0Not due",
}
_KEY = {
    "Here": "the figure came, in time as far as that can be judged",
    "Late": "the figure came after its day",
    "Missing": "the period is over, its day has passed and there is no figure",
    "Still in time": "there is no figure yet, and its day has not passed",
    "Withheld": "its publisher keeps it back to protect people",
    "Nothing to measure": "there was nothing of which a figure could be made",
    "Not due": "no period of the indicator ends in the quarter, or its series had "
    "not begun",
}


def ratings_table(found: CouncilQuality) -> Element:
    """Set the ratings of all indicators side by side, respect by respect."""
    if not found.ratings:
        return Prose(["There is no indicator to rate."])
    names = [sentence(name) for name in DIMENSIONS]
    table = Table(
        caption="Six tests of the figures of each indicator, and the worst of them",
        headings=["Indicator", "Rating", *names, "Signed off"],
        rows=[_rated(rating) for rating in found.ratings.values()],
        whole=range(1, 2 + len(DIMENSIONS)),
    )
    headings = ["indicator", "title", "rating", *DIMENSIONS, "signed_off"]
    download = Download(
        "data-quality-ratings",
        headings,
        [
            [
                *(rating.indicator.id, rating.indicator.title, rating.overall),
                *(each.grade for each in rating.dimensions),
                _signed(rating),
            ]
            for rating in found.ratings.values()
        ],
    )
    meanings = {sentence(name): sentence(said) for name, said in MEANING.items()}
    return Parts([Tabled(table, download), Terms("What the six words mean", meanings)])


def _rated(rating: Rating) -> list[str]:
    grades = [GRADE[each.grade] for each in rating.dimensions]
    return [rating.indicator.title, GRADE[rating.overall], *grades, _signed(rating)]


def _signed(rating: Rating) -> str:
    if rating.signature == UNSIGNED:
        return "No"
    made_up = all(each.basis == "illustrative" for each in rating.sign_offs)
    said = "Yes" if rating.signature == "signed" else "In part"
    notes = [
        *(["illustrative"] if made_up else []),
        *(["lowered by checks"] if rating.lowered else []),
    ]
    return f"{said} ({', '.join(notes)})" if notes else said


def reasons(found: CouncilQuality) -> Element:
    """Say of every respect that is not good why, folded away."""
    rows = [
        [
            rating.indicator.title,
            sentence(each.dimension),
            GRADE[each.grade],
            sentence("; ".join(each.reasons)),
        ]
        for rating in found.ratings.values()
        for each in rating.dimensions
        if each.grade != GOOD
    ]
    if not rows:
        return Prose(["No rating is anything but good."])
    headings = ["Indicator", "Respect", "Rating", "Why"]
    table = Table("Why ratings are not good", headings, rows, whole=(1, 2))
    plain = [[row[0], row[1], row[2].split("\u00a0", 1)[1], row[3]] for row in rows]
    download = Download("data-quality-reasons", [h.lower() for h in headings], plain)
    summary = f"Why a rating is not good: {plural(len(rows), 'reason')}"
    return Folded(summary, [Tabled(table, download)])


def completeness_table(found: CouncilQuality) -> Element:
    """Lay out which figures came and which did not, quarter by quarter."""
    if not found.evidence:
        return Prose(["There is no indicator whose figures could be missing."])
    quarters = [write_quarter(each) for each in pd.PeriodIndex(found.matrix.columns)]
    rows = [
        [each.indicator.title, *(STANDING[cell] for cell in cells)]
        for each, cells in zip(
            found.evidence, found.matrix.to_numpy().tolist(), strict=True
        )
    ]
    plain = [
        [each.indicator.id, *cells]
        for each, cells in zip(
            found.evidence, found.matrix.to_numpy().tolist(), strict=True
        )
    ]
    table = Table(
        "Figures due, by the quarter in which they end", ["Indicator", *quarters], rows
    )
    download = Download("data-quality-completeness", ["indicator", *quarters], plain)
    seen = {
        cell.split("\u00a0", 1)[1].replace("\u00a0", " ")
        for row in rows
        for cell in row[1:]
    }
    key = {word: sentence(said) for word, said in _KEY.items() if word in seen}
    return Parts(
        [
            Prose([_lead(found)]),
            _by_service(found),
            Folded(
                "Which figures came, indicator by indicator and quarter by quarter",
                [
                    Tabled(table, download),
                    Terms("What the words in the table mean", key),
                ],
            ),
        ]
    )


def _by_service(found: CouncilQuality) -> Table:
    """Count what came and what is missing, service by service."""
    services = found.held.catalogue.services
    rows = []
    for name in dict.fromkeys(each.indicator.service for each in found.evidence):
        theirs = [e for e in found.evidence if e.indicator.service == name]
        late = [
            int((recent_of(each, found)["standing"] == LATE).sum()) for each in theirs
        ]
        received = sum(each.completeness.received for each in theirs)
        missing = sum(each.completeness.missing for each in theirs)
        counts = (len(theirs), received + missing, received, sum(late), missing)
        rows.append([services[name].title, *map(str, counts)])
    return Table(
        "Figures due lately, by service",
        ["Service", "Indicators", "Due", "Came", "Of them late", "Missing"],
        rows,
        numeric=range(1, 6),
    )


def recent_of(evidence: Evidence, found: CouncilQuality) -> pd.DataFrame:
    """Keep the periods of an indicator that its rating looks at."""
    quarters = found.held.methods.data_quality_quarters
    return recent(evidence.arrivals, found.held.quarter, quarters)


def _lead(found: CouncilQuality) -> str:
    """Say how many figures were due lately, and how many of them are here."""
    received = sum(each.completeness.received for each in found.evidence)
    missing = sum(each.completeness.missing for each in found.evidence)
    quarters = found.held.methods.data_quality_quarters
    due = received + missing
    if not due:
        return f"No figure was due in the last {quarters} quarters."
    return (
        f"Of {plural(due, 'figure')} due in the last {quarters} quarters, {received} "
        f"came and {missing} are missing."
    )


def timeliness_table(found: CouncilQuality) -> Element:
    """Set beside each other when figures are due and when they came."""
    if not found.evidence:
        return Prose(["There is no indicator whose figures could be late."])
    quarters = found.held.methods.data_quality_quarters
    headings = [
        *("Indicator", "Newest period with a figure", "Due after (days)"),
        *("Published after (days)", "In time", "Late", "Overdue", "Cannot be judged"),
        "Longest overdue or late",
    ]
    rows = [_timed(each) for each in found.evidence]
    table = Table(
        f"Figures of the last {quarters} quarters by when they came",
        headings,
        rows,
        numeric=(2, 3, 4, 5, 6, 7),
    )
    download = Download("data-quality-timeliness", headings, rows)
    said = [_in_time(found), method(found.held.methods)]
    fold = Folded("Days, indicator by indicator", [Tabled(table, download)])
    return Parts([Prose(said), fold])


def _in_time(found: CouncilQuality) -> str:
    """Count the figures that were in time, late, overdue or cannot be judged."""
    held = [each.timeliness for each in found.evidence]
    in_time, late, overdue, unknown = (
        sum(getattr(each, name) for each in held)
        for name in ("in_time", "late", "overdue", "unknown")
    )
    quarters = found.held.methods.data_quality_quarters
    return (
        f"Of the figures of the last {quarters} quarters, {_many(in_time)} here in "
        f"time, {_many(late)} here late and {count(overdue) if overdue else 'none'} "
        f"overdue. Of {count(unknown) if unknown else 'none'} it cannot be said, since "
        f"no day is known on which the figure was here."
    )


def _many(n: int) -> str:
    return f"{count(n) if n else 'none'} {'was' if n < 2 else 'were'}"


def _timed(evidence: Evidence) -> list[str]:
    indicator, found = evidence.indicator, evidence.timeliness
    known = evidence.points[evidence.points["value"].notna()]
    longest = NOTHING
    if found.worst_days is not None:
        how = "late" if found.worst_is_here else "overdue"
        longest = f"{found.worst_period}: {found.worst_days} days {how}"
    return [
        indicator.title,
        NOTHING if known.empty else str(known["period"].iloc[-1]),
        _days(indicator.due_days),
        _days(found.lag),
        *(str(n) for n in (found.in_time, found.late, found.overdue, found.unknown)),
        longest,
    ]


def _days(days: int | None) -> str:
    return NOTHING if days is None or pd.isna(days) else str(days)
