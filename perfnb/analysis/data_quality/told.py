"""Pick out what is wrong with the returns of an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from perfnb.analysis.data_quality.grades import FAIR, POOR, Check
from perfnb.analysis.frames import require
from perfnb.errors import Dimension, Fault

_WHAT = {
    "error": (POOR, "row of a return was kept out", "rows of returns were kept out"),
    "warning": (FAIR, "figure came in with a mark", "figures came in with a mark"),
}


def of_indicator(
    findings: Iterable[Fault], indicator: str, others: pd.DataFrame
) -> tuple[Fault, ...]:
    """Keep the findings about the council's own figures of an indicator.

    Parameters
    ----------
    findings : iterable of Fault
        Of all returns.
    indicator : str
        Its id.
    others : pandas.DataFrame
        Accepted figures of other councils: source_file, source_sheet and
        source_row. A warning about one of them is not about the council. Of a
        row that was kept out nobody knows whose it is, so it counts.

    Returns
    -------
    tuple of Fault
        In the order they came in.

    Raises
    ------
    PerfnbError
        When a column is missing.
    """
    require(others, ["source_file", "source_sheet", "source_row"], "figures")
    ours = [each for each in findings if each.indicator == indicator]
    if not any(each.severity == "warning" for each in ours):
        return tuple(ours)
    files = others[others["source_file"].isin([each.file for each in ours])]
    places = set(
        zip(
            files["source_file"].astype(str),
            files["source_sheet"].astype(str),
            files["source_row"].astype(int),
            strict=True,
        )
    )
    return tuple(
        each
        for each in ours
        if each.severity == "error"
        or (each.file, each.sheet or "", each.row or 0) not in places
    )


def checks(findings: Sequence[Fault]) -> list[Check]:
    """Say what the findings of an indicator mean for each characteristic.

    Parameters
    ----------
    findings : sequence of Fault
        See `of_indicator`.

    Returns
    -------
    list of Check
        One for each characteristic and severity that there is.

    Examples
    --------
    >>> checks([Fault("a.csv", "a number", row=2, dimension="accuracy")])[0].said
    'one row of a return was kept out (a.csv)'
    """
    found: dict[tuple[Dimension, str], list[Fault]] = {}
    for each in findings:
        found.setdefault((each.dimension, each.severity), []).append(each)
    return [
        Check(dimension, _WHAT[severity][0], _said(severity, faults))
        for (dimension, severity), faults in found.items()
    ]


def _said(severity: str, faults: Sequence[Fault]) -> str:
    rows = len({(each.file, each.sheet, each.row) for each in faults})
    _, one, several = _WHAT[severity]
    files = ", ".join(dict.fromkeys(each.file.rsplit("/", 1)[-1] for each in faults))
    return f"{'one' if rows == 1 else rows} {one if rows == 1 else several} ({files})"
