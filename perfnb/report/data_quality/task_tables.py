"""Set out who must do what and by when: what figures wait for, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.report.data_quality.tasks import Task, tasks
from perfnb.report.downloads import Download
from perfnb.report.elements import Element, Parts, Prose, Table
from perfnb.report.folded import Folded
from perfnb.report.tabled import Tabled
from perfnb.report.words import joined, plural


def table(found: CouncilQuality) -> Element:
    """List who must do what, where and by when; what figures wait for stands first.

    Parameters
    ----------
    found : CouncilQuality
        What is known of the council's data quality.

    Returns
    -------
    Element
        A row for each owner and kind of task, with the same rows to take away;
        what can wait is folded.
    """
    listed = tasks(found)
    if not listed:
        return Prose(["Nobody has to do anything: no check found anything to mend."])
    urgent = [each for each in listed if each.is_urgent]
    later = [each for each in listed if not each.is_urgent]
    parts: list[Element] = [Prose([_lead(urgent, later)])]
    if urgent:
        caption = f"What figures wait for, by {_by(urgent[0], found)}"
        parts.append(_tabled(urgent, caption, "data-quality-tasks", found))
    if later:
        caption = f"What can wait until {_by(later[0], found)}"
        shown = _tabled(later, caption, "data-quality-tasks-later", found)
        parts.append(Folded(f"{caption}: {plural(len(later), 'task')}", [shown]))
    return Parts(parts)


def _lead(urgent: Sequence[Task], later: Sequence[Task]) -> str:
    if not urgent:
        return f"No figure waits for anybody; {plural(len(later), 'task')} can wait."
    who = list(dict.fromkeys(each.owner for each in urgent))
    return f"Figures wait for {joined([_post(each) for each in who])}."


def _post(owner: str) -> str:
    """Name a post within a sentence."""
    return f"the {owner[:1].lower()}{owner[1:]}"


def _tabled(
    listed: Sequence[Task], caption: str, name: str, found: CouncilQuality
) -> Tabled:
    headings = ["Who", "What", "Where", "By"]
    rows = [[each.owner, each.what, each.where, _by(each, found)] for each in listed]
    return Tabled(
        Table(caption, headings, rows, whole=(3,)),
        Download(name, [heading.lower() for heading in headings], rows),
    )


def _by(task: Task, found: CouncilQuality) -> str:
    methods = found.held.methods
    days = methods.days_to_mend if task.is_urgent else methods.days_to_review
    last = found.held.as_at + timedelta(days=days)
    return f"{last.day} {last:%b %Y}"
