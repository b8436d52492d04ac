"""What a comparison of the performance system's export with the workbook says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfnb.errors import Fault
from perfnb.harmless import csv_text

AGREE, DIFFER = "agree", "differ"
ONLY_SYSTEM, ONLY_RETURNS = "only in the system", "only in the returns"

METHOD = (
    "A figure or target of the system agrees with the workbook's when both are the "
    "same at the decimals that the indicator is shown with; a status agrees when "
    "the figure of the system meets the target of targets.csv, comes close to it or "
    "misses it as the system says."
)

COLUMNS = [
    "indicator",
    "period",
    "figures",
    "system_value",
    "held_value",
    "held_source",
    "targets",
    "system_target",
    "held_target",
    "statuses",
    "system_status",
    "held_status",
    "system_owner",
    "held_owner",
    "commentary",
    "published_sheet",
    "published_row",
]


@dataclass(frozen=True)
class Reconciliation:
    """An export of the performance system beside what the workbook holds.

    Parameters
    ----------
    file : str
        Name of the export.
    rows : pandas.DataFrame
        A row is a figure of the export, or one of the returns that an export with
        other figures of its indicator and period lacks: the columns of `COLUMNS`.
        ``figures``, ``targets`` and ``statuses`` say ``"agree"``, ``"differ"``,
        ``"only in the system"`` or ``"only in the returns"`` (for targets: in
        targets.csv); blank where neither has one. Values are in the indicator's
        unit, statuses in the words of `perfnb.analysis.attainment`.
    method : str
        When two are said to agree.
    """

    file: str
    rows: pd.DataFrame
    method: str = METHOD

    def count(self, what: str) -> dict[str, int]:
        """Count the verdicts on ``figures``, ``targets`` or ``statuses``."""
        verdicts = self.rows[what]
        return {
            verdict: int(verdicts.eq(verdict).sum())
            for verdict in (AGREE, DIFFER, ONLY_SYSTEM, ONLY_RETURNS)
        }

    def remark(self) -> str:
        """Say in a sentence how many figures and targets agree."""
        figures, targets = self.count("figures"), self.count("targets")
        said = ", ".join(f"{number} {verdict}" for verdict, number in figures.items())
        return (
            f"Compared with the returns of the workbook: {said}. Targets: "
            f"{targets[AGREE]} agree with targets.csv, {targets[DIFFER]} differ, "
            f"{targets[ONLY_SYSTEM]} are only in the system."
        )

    def without_held(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Leave out the rows of an export whose figures the services returned."""
        held = self.rows[self.rows["held_value"].notna()]
        place = ["published_sheet", "published_row"]
        there = set(held[place].itertuples(index=False, name=None))
        keep = [
            at not in there for at in rows[place].itertuples(index=False, name=None)
        ]
        return rows[keep]

    def findings(self) -> tuple[Fault, ...]:
        """Tell what differs, row by row of the export."""
        given = self.rows[self.rows["published_row"].gt(0)]
        return tuple(
            fault for row in given.to_dict("records") for fault in _told(row, self.file)
        )

    def as_csv(self) -> str:
        """Write the rows as CSV that no spreadsheet program can take for formulas."""
        rows = self.rows.astype(object).where(self.rows.notna(), "")
        return csv_text(COLUMNS, rows.itertuples(index=False, name=None))


def _told(row: dict[Any, Any], file: str) -> Iterable[Fault]:
    about = f"{row['indicator']}, {row['period']}"
    remedy = "Find out which is right and correct it where it is wrong."
    said = {
        "figures": (
            f"{row['held_value']:.6g}, the figure of {row['held_source']} for {about}"
            if row["figures"] == DIFFER
            else "",
            row["system_value"],
        ),
        "targets": (
            f"{row['held_target']}, the target of targets.csv for {about}",
            row["system_target"],
        ),
        "statuses": (
            f"'{row['held_status']}', which the figure makes of the target of "
            f"targets.csv for {about}",
            row["system_status"],
        ),
    }
    for what, (expected, found) in said.items():
        if row[what] == DIFFER:
            shown = f"{found:.6g}" if isinstance(found, float) else str(found)
            yield Fault(
                file,
                expected,
                shown,
                remedy,
                int(row["published_row"]),
                {"figures": "value", "targets": "target", "statuses": "status"}[what],
                row["published_sheet"] or None,
                severity="warning",
                dimension="reliability",
            )
