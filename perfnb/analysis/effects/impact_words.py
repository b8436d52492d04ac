"""What may be said of a series after an action, and what may not.

The sentences of `perfnb.analysis.effects.impact`. They name no value: those that report
know the unit and the decimals.
"""

from __future__ import annotations

from perfnb.analysis.effects.course import Course
from perfnb.analysis.effects.segmented import Action
from perfnb.methods import Methods

UNCLEAR = (
    "The limits of the average effect include none at all: the figures after the "
    "action are no clearer apart from their earlier course than chance would have "
    "them."
)
LEANING = (
    "The figures look different after the action, but they lean on one another; once "
    "that is allowed for, the limits of the average effect include none at all."
)
LATE = (
    "On average over the figures after the action no effect is clear; the latest of "
    "them stands clearly apart from the earlier course and is to be judged again with "
    "more figures."
)
TURNED = (
    "After the action the figures moved one way at first, and the latest stand "
    "clearly on the other side of the earlier course."
)
AFTER_IS_NOT_BECAUSE = (
    "After is not because of: the figures show when they changed, not why.",
    "Whatever else changed at about the same time is in this effect too.",
    "The earlier course is drawn on as a straight line; the further it is drawn, the "
    "less it can be relied on.",
)
SIDES = {
    "improved after": "better than",
    "worsened after": "worse than",
    "changed after": "apart from",
}


def reason(verdict: str, *, fading: bool) -> str:
    """Say why figures count as changed.

    Parameters
    ----------
    verdict : {'improved after', 'worsened after', 'changed after'}
    fading : bool
        Whether the latest figure alone no longer shows it.

    Examples
    --------
    >>> reason("improved after", fading=False)
    'On average the figures after the action are clearly better than their earlier \
course led to expect.'
    """
    found = (
        f"On average the figures after the action are clearly {SIDES[verdict]} their "
        f"earlier course{'' if verdict == 'changed after' else ' led to expect'}."
    )
    return found + (" At the latest figure this is no longer clear." if fading else "")


def unfit(verdict: str, methods: Methods) -> str:
    """Say why nothing can be said.

    Parameters
    ----------
    verdict : str
        One that `perfnb.analysis.effects.impact.Impact` gives when no line is judged.
    methods : Methods
        House rules.
    """
    return {
        "too few points": (
            "To judge an action takes "
            f"{methods.minimum_points_before_action} figures before it and "
            f"{methods.minimum_points_after_action} after it."
        ),
        "too few events": (
            "To judge an action takes "
            f"{methods.minimum_events_for_comparison} events before it and as many "
            "after it, spread over more than one period."
        ),
        "overlapping windows": (
            "Each figure shares months with the one before, so that an effect would "
            "creep in over several of them."
        ),
        "confounded by a break": (
            "The measurement changed at the same time as the action, and the figures "
            "cannot tell the one from the other."
        ),
        "impossible course": (
            "The earlier course, drawn on, leaves the range that the figures can take, "
            "so that nothing can be set against it."
        ),
    }[verdict]


def cautions(action: Action, line: Course | None, verdict: str) -> tuple[str, ...]:
    """List what may not be concluded.

    Parameters
    ----------
    action : Action
    line : Course or None
        None when no line is fitted: then there is nothing to conclude from.
    verdict : str
        Of the result.
    """
    if line is None:
        return ()
    found = [*AFTER_IS_NOT_BECAUSE, _rebound(action)]
    if line.periods_in_year > 1 and not line.seasonal:
        found.append("The time of year is not allowed for.")
    if line.leftovers is not None and line.leftovers.leaning:
        found.append(line.leftovers.words)
    if verdict == "no clear change":
        found.append("No clear change does not show that nothing changed.")
    return tuple(found)


def method(line: Course | None, interval: str) -> str:
    """Name the method and its sources.

    Parameters
    ----------
    line : Course or None
        None when no line is fitted.
    interval : {'wilson', 'byar', 'none'}
        What the figures are.
    """
    if line is None:
        return "No line is fitted."
    kind = "Segmented regression of the figures by least squares"
    if interval == "byar":
        spread = "quasi-Poisson" if line.fit.dispersion > 1 else "Poisson"
        kind = f"Segmented {spread} regression of the counts"
    change = "level" if line.slope_change is None else "level and slope"
    season = ", with the time of year" if line.seasonal else ""
    periods = f"{line.fit.lag} {'period' if line.fit.lag == 1 else 'periods'}"
    return (
        f"{kind}, with a change of {change} at the action{season} (Wagner et al. 2002; "
        "Lopez Bernal et al. 2017). Limits rest on the larger of the ordinary error "
        f"and that of Newey and West (1987) over {periods}; a change is called only if "
        "it also holds when every error leans on the one before (Turner et al. 2021)."
    )


def _rebound(action: Action) -> str:
    if action.alarm is None:
        return (
            "If a bad figure led to the action, some return to the usual would have "
            "come without it (regression to the mean), and is in this effect."
        )
    return (
        "A bad figure led to the action and is left out, since bad figures are "
        "followed by better ones without any action (regression to the mean). If there "
        "were several, some of that return is still in this effect."
    )
