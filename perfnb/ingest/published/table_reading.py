"""Read the figures of one published table, row by row.

What cannot be read is told to the cell and not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfnb.errors import Fault
from perfnb.ingest.published.profile import PeriodRule, Profile
from perfnb.ingest.published.published_figures import Reading, Unreadable, read_figure
from perfnb.ingest.published.published_lines import Line, joined
from perfnb.ingest.published.published_periods import (
    given_example,
    period_in,
    period_of_table,
    where_looked,
)
from perfnb.ingest.published.published_rows import Dropped, Kept
from perfnb.ingest.published.published_tables import FoundFigure, FoundTable
from perfnb.ingest.published.wording import fits, tidied
from perfnb.quarters import Span


class TableReader:
    """Reads a table; keeps what it leaves out and what it cannot read.

    Parameters
    ----------
    found : FoundTable
        The table on its sheet.
    profile : Profile
        What the file holds.
    council : str
        GSS code of the council, for figures that are taken for it alone.
    period : Span or None
        The period of the whole file, where somebody has said it.
    """

    def __init__(
        self, found: FoundTable, profile: Profile, council: str, period: Span | None
    ) -> None:
        self.found, self.profile, self.given = found, profile, period
        self.council = council
        self.rule: PeriodRule = found.table.period or profile.period
        self.markers = {**profile.markers, **found.table.markers}
        self.dropped: list[Dropped] = []
        self.faults: list[Fault] = []

    def read(self, rows: list[Kept]) -> list[Line]:
        """Read every figure of the rows that are kept."""
        whole = self._period_of_all()
        if whole is None and self.rule.place != "column":
            self.faults.append(self._no_period())
            return []
        lines = []
        for row in rows:
            span = whole or self._period_of(row)
            if span is not None:
                lines += self._lines(row, span)
        return lines

    def _period_of_all(self) -> Span | None:
        if self.rule.place == "column":
            return None
        layout = self.found.layout
        return self.given or period_of_table(self.rule, layout, layout.sheet.file)

    def _period_of(self, row: Kept) -> Span | None:
        column = self.found.period or 0
        span = period_in(self.rule, row.cell(column))
        if span is None:
            remedy = "Its row was not taken."
            self._tell(row, column, where_looked(self.rule), remedy)
        return span

    def _lines(self, row: Kept, span: Span) -> list[Line]:
        indicator = self._indicator(row)
        if indicator is None:
            return []
        lines = [
            self._line(row, each, each.figure.indicator or indicator, span)
            for each in self.found.figures
            if self._wanted(row, each)
        ]
        return [line for line in lines if line is not None]

    def _wanted(self, row: Kept, each: FoundFigure) -> bool:
        if each.figure.authorities == "council" and row.authority != self.council:
            return False
        return all(fits(row.cell(at), text) for at, text in each.where.items())

    def _indicator(self, row: Kept) -> str | None:
        codes = self.found.table.indicators
        if codes is None or self.found.indicator is None:
            return ""
        text = row.cell(self.found.indicator)
        for code, indicator in codes.means.items():
            if fits(text, (code,)):
                return indicator
        reason = "the profile does not say which indicator of ours this is"
        name = self.found.table.name
        self.dropped.append(Dropped(name, row.number, tidied(text), reason))
        return None

    def _line(
        self, row: Kept, each: FoundFigure, indicator: str, span: Span
    ) -> Line | None:
        readings = self._readings(row, each)
        if readings is None:
            return None
        numbers = {w: r for w, r in readings.items() if isinstance(r, Decimal)}
        main = [readings[what] for what in ("value", "numerator") if what in readings]
        line = Line(
            (self.found.layout.sheet.name or "", row.number),
            each.figure,
            indicator,
            row.authority,
            row.area,
            span,
            numbers,
            self.profile.status,
            joined(each.figure.note, "" if self.given else self.rule.note),
        )
        if any(isinstance(reading, Decimal) for reading in main):
            return self._with_figures(line, row, each)
        absences = [reading for reading in main if isinstance(reading, str)]
        if not absences:
            return None
        line.numbers, line.status = {}, absences[0]
        return line

    def _readings(self, row: Kept, each: FoundFigure) -> Mapping[str, Reading] | None:
        readings = {
            what: read_figure(
                row.cell(at),
                each.figure.columns()[what],
                self.markers,
                self.found.table.blank,
            )
            for what, at in each.columns.items()
        }
        unreadable = [w for w, r in readings.items() if isinstance(r, Unreadable)]
        for what in unreadable:
            self._tell_unreadable(row, each.columns[what])
        return None if unreadable else readings

    def _with_figures(self, line: Line, row: Kept, each: FoundFigure) -> Line | None:
        denominator = line.numbers.get("denominator")
        if denominator == 0:
            return self._of_nothing(line, row, each)
        for what, column in line.figure.columns().items():
            if what not in each.columns:
                line.add_note(column.absent)
        if denominator is None and "denominator" in each.columns:
            line.add_note("no denominator in the source")
        if line.figure.numerator_from == "percentage":
            line.work_out_numerator()
        return line

    def _of_nothing(self, line: Line, row: Kept, each: FoundFigure) -> Line | None:
        line.numbers, line.status = {}, "not applicable"
        if not line.figure.nothing_counted:
            remedy = (
                f"The figure was not taken. If there was nothing to count, say so "
                f"under 'nothing_counted' in {self._file}."
            )
            column = each.columns["denominator"]
            self._tell(row, column, "a denominator above 0", remedy)
            return None
        line.note = line.figure.nothing_counted
        return line

    @property
    def _file(self) -> str:
        return f"data/profiles/{self.profile.id}.yaml"

    def _tell_unreadable(self, row: Kept, column: int) -> None:
        marks = ", ".join(f"'{mark}'" for mark in self.markers)
        expected = f"a number, or one of {marks}" if marks else "a number"
        remedy = (
            f"The figure was not taken. If this is a marker of the source, say under "
            f"'markers' in {self._file} what it means."
        )
        self._tell(row, column, expected, remedy)

    def _tell(self, row: Kept, column: int, expected: str, remedy: str) -> None:
        sheet = self.found.layout.sheet
        fault = Fault(
            sheet.file,
            expected,
            row.cell(column),
            remedy,
            row.number,
            sheet=sheet.name,
            place=column + 1,
        )
        if fault not in self.faults:
            self.faults.append(fault)

    def _no_period(self) -> Fault:
        sheet = self.found.layout.sheet
        remedy = (
            f"Say with --period which period the file is about, such as --period "
            f"{given_example(self.rule)}."
        )
        return Fault(
            sheet.file, where_looked(self.rule), None, remedy, sheet=sheet.name
        )
