"""Do targets fit one another and their indicators? What no row tells alone.

`perfnb.registers` checks each target by itself. Here stands what only several
rows, or a row and its indicator, can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfnb.errors import Fault
from perfnb.registers import Indicator, Target

Subject = tuple[str, str, str, str]


def target_faults(
    targets: Sequence[Target], indicators: Mapping[str, Indicator]
) -> list[Fault]:
    """List what is wrong with targets that are each right by themselves.

    Parameters
    ----------
    targets : sequence of Target
        The register.
    indicators : mapping of str to Indicator
        By id; targets of an indicator that is not among them are left alone.

    Returns
    -------
    list of Fault
        A level without a good side, a gap that no interval can be given for, a
        single small area of people, a period both with and without a target, and a
        profile within the year that leads to no target for the year or, where
        counts add up, falls.
    """
    known = [target for target in targets if target.indicator in indicators]
    found = [
        *_without_side(known, indicators),
        *_without_interval(known, indicators),
        *_too_close(known, indicators),
        *_both_ways(known),
        *_astray(known, indicators),
    ]
    return sorted(found, key=lambda fault: fault.row or 0)


def subject(target: Target) -> Subject:
    """Say whose target it is: indicator, characteristic, group and area."""
    return target.indicator, target.characteristic, target.group, target.area


def is_part_of_year(target: Target) -> bool:
    """Whether a target is for a stretch from April that is neither quarter nor year."""
    return target.span.start.month == 4 and target.span.months in (6, 9)


def _without_side(
    targets: Iterable[Target], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    for target in targets:
        neutral = indicators[target.indicator].polarity == "neutral"
        if neutral and target.kind == "level" and target.value is not None:
            yield _fault(
                target,
                "low and high, since no side of this indicator is good",
                "value",
                "Give a range, or say that there is none with kind 'none'.",
            )


def _without_interval(
    targets: Iterable[Target], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    for target in targets:
        if target.kind == "gap" and indicators[target.indicator].interval == "none":
            yield _fault(
                target,
                "an indicator with an interval, since kind is gap",
                "indicator",
                "Set a level for the group instead.",
            )


def _too_close(
    targets: Iterable[Target], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    # Wards and fifths of deprivation are made of the same areas: beside them the
    # people of a single area could be worked out.
    for target in targets:
        if target.area and indicators[target.indicator].counts_people:
            yield _fault(
                target,
                "no single area, since the indicator counts people",
                "area",
                "Set it for a ward or a fifth of deprivation instead.",
            )


def _both_ways(targets: Sequence[Target]) -> Iterator[Fault]:
    levels = {(subject(t), t.period) for t in targets if t.kind == "level"}
    for target in targets:
        if target.kind == "none" and (subject(target), target.period) in levels:
            yield _fault(
                target,
                "no level for the same period, since kind is none",
                "kind",
                "Remove one of the two rows.",
            )


def _astray(
    targets: Sequence[Target], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    levels = sorted(
        (target for target in targets if target.kind == "level"),
        key=lambda target: target.span.end,
    )
    for target in filter(is_part_of_year, levels):
        later = [
            other
            for other in levels
            if subject(other) == subject(target)
            and other.span.start == target.span.start
            and other.span.end > target.span.end
        ]
        if not any(other.span.months == 12 for other in later):
            yield _fault(
                target,
                "a target for the whole year too, to which the profile leads",
                "period",
                "Add the year's target.",
            )
        elif indicators[target.indicator].year_to_date == "sum":
            yield from _falls(target, later[0])


def _falls(target: Target, following: Target) -> Iterator[Fault]:
    # Of a range the upper end tells: what has been counted stays counted.
    least, most = (
        each.value if each.value is not None else each.high
        for each in (target, following)
    )
    if least is not None and most is not None and least > most:
        yield _fault(
            target,
            f"no more than the target for {following.period}, since counts add up",
            "value",
            "Correct one of the two.",
        )


def _fault(target: Target, expected: str, column: str, remedy: str) -> Fault:
    value = getattr(target, column)
    found = f"{value:g}" if isinstance(value, float) else value
    file = "data/registers/targets.csv"
    return Fault(file, expected, found, remedy, target.row, column)
