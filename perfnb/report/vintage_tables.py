"""Show how two sources of one indicator agree: a sentence and a table.

`table(found, catalogue, reference)` lists any number of reconciliations, of one
indicator or of many; `sentences(found, catalogue, reference)` says the same, one
sentence each.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.vintages.reconciliation import IDENTICAL, TOO_FEW, Reconciliation
from perfnb.catalogue import Catalogue
from perfnb.quarters import label
from perfnb.reference import Reference
from perfnb.registers import Indicator, Source
from perfnb.report.elements import Table
from perfnb.report.words import (
    NOTHING,
    joined,
    number,
    plural,
    value_of,
    value_with_unit,
)

_SIDES = {
    "lower": "lower for more councils than by chance",
    "higher": "higher for more councils than by chance",
    "either way": "as often higher as lower",
    IDENTICAL: "the same",
    TOO_FEW: "not known to be either: too few councils differ",
}


def table(
    found: Sequence[Reconciliation], catalogue: Catalogue, reference: Reference
) -> Table:
    """List how the sources of some indicators agree.

    Parameters
    ----------
    found : sequence of Reconciliation
        As `perfnb.analysis.vintages.reconciliation.reconciliations` gives them.
    catalogue : Catalogue
        For titles, units and the names of sources.
    reference : Reference
        For the names of authorities.

    Returns
    -------
    Table
        A row for each two sources of an indicator.
    """
    several = len({each.indicator for each in found}) > 1
    caption = "Figures that two sources both give, side by side"
    if found and not several:
        caption = f"{caption}: {catalogue.indicators[found[0].indicator].title}"
    headings = [
        *(["Indicator"] if several else []),
        *["Earlier source", "Later source", "Periods", "Figures", "Councils"],
        *["The same as shown", "Mean difference (later less earlier)"],
        *["Largest difference", "The later source is"],
    ]
    first = int(several)
    return Table(
        caption=caption,
        headings=headings,
        rows=[_row(each, catalogue, reference)[1 - first :] for each in found],
        numeric=(first + 3, first + 4, first + 5),
    )


def _row(
    found: Reconciliation, catalogue: Catalogue, reference: Reference
) -> list[str]:
    indicator = catalogue.indicators[found.indicator]
    earlier, later = names(found, catalogue)
    return [
        indicator.title,
        earlier,
        later,
        _periods(found),
        number(found.n),
        number(found.n_authorities),
        f"{number(found.n_identical)} ({found.share_identical:.1%})",
        _mean(found, indicator),
        _largest(found, indicator, reference),
        _SIDES[found.side],
    ]


def sentences(
    found: Sequence[Reconciliation], catalogue: Catalogue, reference: Reference
) -> list[str]:
    """Say how the sources of some indicators agree, a paragraph for each two."""
    return [_sentence(each, catalogue, reference) for each in found]


def names(found: Reconciliation, catalogue: Catalogue) -> tuple[str, str]:
    """Name the two sources as briefly as tells them apart."""
    earlier, later = (catalogue.sources[name] for name in (found.earlier, found.later))
    if earlier.publisher != later.publisher:
        return earlier.publisher, later.publisher
    return _edition(earlier), _edition(later)


def _edition(source: Source) -> str:
    return f"{source.publisher}, {source.edition or source.title}"


def _sentence(found: Reconciliation, catalogue: Catalogue, reference: Reference) -> str:
    indicator = catalogue.indicators[found.indicator]
    earlier, later = names(found, catalogue)
    both = plural(found.n, "figure")
    if found.n_identical == found.n:
        return (
            f"{earlier} and {later} both give {both} for {_periods(found)}, and all "
            f"are the same as shown here."
        )
    return (
        f"{earlier} and {later} both give {both} for {_periods(found)}. "
        f"{_counted(found)} {_on_average(found, indicator)} They differ most for "
        f"{_largest(found, indicator, reference)}. {_to_side(found)}"
    )


def _counted(found: Reconciliation) -> str:
    sides = {"higher": found.n_higher, "lower": found.n_lower}
    moved = joined([f"{plural(n, 'is', 'are')} {how}" for how, n in sides.items() if n])
    if not found.n_identical:
        return f"As shown here none is the same: in the later source {moved}."
    same = plural(found.n_identical, "is", "are")
    return f"As shown here {same} the same; in the later source {moved}."


def _on_average(found: Reconciliation, indicator: Indicator) -> str:
    gap = value_of(abs(found.mean_difference), indicator)
    if gap == value_of(0, indicator):
        return "On average they are as good as equal."
    side = "higher" if found.mean_difference > 0 else "lower"
    unit = "percentage points" if indicator.is_percentage else indicator.unit
    share = found.relative_difference
    # A percentage of percentages would be taken for points.
    relative = ""
    if share is not None and not indicator.is_percentage:
        relative = f" ({abs(share):.1%})"
    return f"On average the later source is {gap} {unit}{relative} {side}."


def _to_side(found: Reconciliation) -> str:
    if found.side in ("lower", "higher"):
        return (
            f"The later source is {found.side} for more councils than chance would "
            f"give: the two are not made alike."
        )
    if found.side == TOO_FEW:
        return "They differ for too few councils to say whether always to one side."
    return "They differ to either side, no more to one than chance would give."


def _mean(found: Reconciliation, indicator: Indicator) -> str:
    unit = "percentage points" if indicator.is_percentage else indicator.unit
    # A mean of rounded figures is known better than each of them.
    mean = number(found.mean_difference, indicator.decimals + 2)
    return f"{'+' if found.mean_difference > 0 else ''}{mean} {unit}"


def _largest(found: Reconciliation, indicator: Indicator, reference: Reference) -> str:
    largest = found.largest
    if found.n_identical == found.n:
        return NOTHING
    period = label(largest.start.date(), largest.end.date())
    return (
        f"{reference.name(largest.authority)} in {period}: "
        f"{value_of(largest.earlier_value, indicator)} became "
        f"{value_with_unit(largest.later_value, indicator)}"
    )


def _periods(found: Reconciliation) -> str:
    first, last = found.start, found.end
    return label(first.date(), last.date())
